"""The crossings that the comité technique shows to the other audiences."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from pilotage.indicateurs import besoins
from pilotage.lecture import variables_comptees
from pilotage.lots.plan import MONTRES_AU_PLUS, est_montrable, est_trop_detaille
from pilotage.models import CroisementMontre
from territoires import journal
from territoires.models import Territoire


class DejaMontre(Exception):
    """These variables are crossed, in some order, by a table that is already shown."""


class NonMontrable(Exception):
    """Readers of batches may not have this crossing (see `lots.plan.est_montrable`)."""


class TropDetaille(Exception):
    """This crossing of three variables has too many cells (see `lots.plan.est_trop_detaille`)."""


class TropDeMontres(Exception):
    """As many crossings as may be are shown."""


@transaction.atomic
def montrer_croisement(
    *, territoire: Territoire, variables: Sequence[str], par
) -> CroisementMontre:
    """Adds a crossing of two or three variables to the list of tables of the territory.

    Raises NonMontrable; TropDetaille; DejaMontre, also for the crossings of the indicators;
    TropDeMontres when it would be one too many.
    """
    if not est_montrable(tuple(variables)):
        raise NonMontrable
    if est_trop_detaille(tuple(variables), variables_comptees([territoire.pk])):
        raise TropDetaille
    # One at a time: two members may show the same crossing at the same moment.
    Territoire.objects.select_for_update().get(pk=territoire.pk)
    montres = CroisementMontre.objects.filter(territoire=territoire, retire_le=None)
    deja = (*besoins().croisements, *(montre.variables for montre in montres))
    if any(set(croisement) == set(variables) for croisement in deja):
        raise DejaMontre
    if len(montres) >= MONTRES_AU_PLUS:
        raise TropDeMontres
    croisement = CroisementMontre.objects.create(
        territoire=territoire, variables=list(variables), par=par
    )
    journal.ecrire("montrer_croisement", par=par, territoire=territoire, objet=croisement)
    return croisement


@transaction.atomic
def retirer_croisement(*, croisement: CroisementMontre, par) -> None:
    """The next figures of the others will not have it. Withdrawn once: the first counts."""
    croisement = CroisementMontre.objects.select_for_update().get(pk=croisement.pk)
    if croisement.retire_le is not None:
        return
    croisement.retire_le, croisement.retire_par = timezone.now(), par
    croisement.save(update_fields=["retire_le", "retire_par"])
    journal.ecrire(
        "retirer_croisement", par=par, territoire=croisement.territoire, objet=croisement
    )
