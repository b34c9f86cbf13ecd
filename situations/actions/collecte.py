"""Opening the collection of situations, and refusing to collect before."""

from django.db import transaction
from django.utils import timezone

from situations.actions.formulaires import mettre_en_vigueur
from situations.lancement import Condition, juger, lire_faits, manques
from situations.models import Formulaire
from territoires import journal
from territoires.models import Territoire


class CollecteFermee(Exception):
    """This territory does not collect situations yet: nothing is begun, kept or transmitted."""

    def __init__(self, territoire: Territoire):
        super().__init__(str(territoire))
        self.territoire = territoire


class ConditionsManquantes(Exception):
    """The collection does not open: `conditions` are not met."""

    def __init__(self, conditions: list[Condition]):
        super().__init__(", ".join(condition.code for condition in conditions))
        self.conditions = conditions


def exiger_collecte_ouverte(territoire: Territoire) -> None:
    """Raises CollecteFermee before the collection opens; once open it stays so."""
    if territoire.collecte_ouverte_le is None:
        raise CollecteFermee(territoire)


@transaction.atomic
def ouvrir_collecte(*, territoire: Territoire, par) -> None:
    """Opens the collection, once; judged on what is true at that very moment.

    Raises ConditionsManquantes, and opens nothing, when a condition is not met.
    """
    territoire = Territoire.objects.select_for_update().get(pk=territoire.pk)
    if territoire.collecte_ouverte_le is not None:
        return
    if conditions := manques(juger(lire_faits(territoire))):
        raise ConditionsManquantes(conditions)
    territoire.collecte_ouverte_le, territoire.collecte_ouverte_par = timezone.now(), par
    territoire.save(update_fields=["collecte_ouverte_le", "collecte_ouverte_par"])
    journal.ecrire("ouvrir_collecte", par=par, territoire=territoire, objet=territoire)


@transaction.atomic
def garder_formulaire(*, territoire: Territoire, par) -> None:
    """States that the version in force was read and stays: it is put in force again, by `par`."""
    version = Formulaire.objects.get(territoire=territoire).version_en_vigueur
    mettre_en_vigueur(version=version, par=par)
    journal.ecrire("confirmer_formulaire", par=par, territoire=territoire, objet=version)
