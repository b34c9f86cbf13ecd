"""The committees of a territory: their mandate, and as many groupes de travail as it wants."""

from django.db import transaction

from territoires import journal
from territoires.models import Comite, Territoire


@transaction.atomic
def ecrire_mandat(*, comite: Comite, mandat: str, par) -> None:
    """Says what this committee is for."""
    Comite.objects.filter(pk=comite.pk).update(mandat=mandat)
    journal.ecrire("ecrire_mandat", par=par, territoire=comite.territoire, objet=comite)


@transaction.atomic
def creer_groupe(*, territoire: Territoire, nom: str, mandat: str = "", par) -> Comite:
    """One more groupe de travail. Raises IntegrityError when another has this name."""
    groupe = Comite.objects.create(
        territoire=territoire, nature=Comite.Nature.GROUPE_DE_TRAVAIL, nom=nom, mandat=mandat
    )
    journal.ecrire("creer", par=par, territoire=territoire, objet=groupe)
    return groupe


@transaction.atomic
def renommer_groupe(*, comite: Comite, nom: str, par) -> None:
    """Renames a groupe de travail. Raises IntegrityError when another has this name.

    The two other committees are one of each kind: they keep the name of their kind.
    """
    groupes = Comite.objects.filter(nature=Comite.Nature.GROUPE_DE_TRAVAIL)
    groupes.filter(pk=comite.pk).update(nom=nom)
    journal.ecrire("renommer", par=par, territoire=comite.territoire, objet=comite)
