"""What the comité de pilotage publishes: prepared from the territory's figures, read, then shown."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from pilotage.actions.decisions import decider
from pilotage.models import Decision, Lot, Publication
from pilotage.travaux import demander_lot, dernier_lot
from territoires import journal
from territoires.models import Comite, Territoire


class RienAPublier(Exception):
    """The territory has no figures yet."""


class DejaEnPreparation(Exception):
    """Another publication of the territory is being prepared."""


class Depassee(Exception):
    """Another publication has appeared since this one was prepared."""


@transaction.atomic
def preparer_publication(
    *, territoire: Territoire, intitule: str, texte: str = "", prise_le: date, par
) -> Publication:
    """Writes the decision and asks for its figures, which nobody but its readers sees yet."""
    if dernier_lot(territoire, Lot.Audience.TERRITOIRE) is None:
        raise RienAPublier
    lot = demander_lot(territoire, Lot.Audience.PUBLIC)
    if lot is None:
        raise DejaEnPreparation
    comite = territoire.comites.get(nature=Comite.Nature.PILOTAGE)
    decision = decider(
        comite=comite,
        nature=Decision.Nature.PUBLICATION,
        intitule=intitule,
        texte=texte,
        prise_le=prise_le,
        par=par,
    )
    publication = Publication.objects.create(territoire=territoire, lot=lot, decision=decision)
    journal.ecrire("preparer_publication", par=par, territoire=territoire, objet=publication)
    return publication


@transaction.atomic
def publier(*, publication: Publication, par) -> None:
    """Anybody may read it from now on. Published once: the first counts; given up, it is not.

    Raises Depassee when another appeared since: what that one hides, this one may show.
    """
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    decidee = publication.publiee_le is not None or publication.retiree_le is not None
    if decidee or publication.lot.etat != Lot.Etat.PRET:
        return
    parues = Publication.objects.filter(territoire=publication.territoire)
    if parues.filter(publiee_le__gt=publication.lot.demande_le).exists():
        raise Depassee
    publication.publiee_le = timezone.now()
    publication.save(update_fields=["publiee_le"])
    journal.ecrire(
        "publier_resultats", par=par, territoire=publication.territoire, objet=publication
    )


@transaction.atomic
def retirer_publication(*, publication: Publication, par) -> None:
    """It is read no more; who kept a copy keeps it. Before it appears, it is given up.

    Withdrawn once: the first counts.
    """
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    if publication.retiree_le is not None:
        return
    publication.retiree_le = timezone.now()
    publication.save(update_fields=["retiree_le"])
    journal.ecrire(
        "retirer_publication", par=par, territoire=publication.territoire, objet=publication
    )
