"""Saying that two answers mean the same, and undoing it."""

from django.db import transaction

from situations.models import Code, Recodage, Variable
from situations.projection import numeroter
from situations.recodage import resoudre
from territoires import journal
from territoires.models import Territoire


class RecodageImpossible(Exception):
    """The message says why to the user."""


@transaction.atomic
def recoder(*, territoire: Territoire, ancien: tuple[str, str], nouveau: tuple[str, str], par):
    """From now on, `ancien` (variable, code) is counted as `nouveau` in this territory."""
    numeros = numeroter([ancien, nouveau])
    if ancien == nouveau:
        raise RecodageImpossible("Choisissez deux réponses différentes.")
    portees = Variable.objects.filter(code__in=[ancien[0], nouveau[0]]).values_list("portee")
    if len(set(portees)) > 1:
        raise RecodageImpossible(
            "L’une de ces réponses décrit la situation, l’autre un droit : "
            "elles ne se comptent pas ensemble."
        )
    if territoire.recodages.filter(ancien=numeros[ancien]).exists():
        raise RecodageImpossible("Cette réponse est déjà recodée : annulez d’abord son recodage.")
    existants = dict(
        Recodage.objects.filter(territoire=territoire).values_list("ancien", "nouveau")
    )
    try:
        resoudre({**existants, numeros[ancien]: numeros[nouveau]})
    except ValueError as erreur:
        raise RecodageImpossible(
            "Ces recodages tourneraient en rond : la nouvelle réponse est déjà comptée "
            "comme l’ancienne."
        ) from erreur
    recodage = Recodage.objects.create(
        territoire=territoire,
        ancien=Code.objects.get(pk=numeros[ancien]),
        nouveau=Code.objects.get(pk=numeros[nouveau]),
        par=par,
    )
    journal.ecrire("recoder", par=par, territoire=territoire, objet=recodage)
    return recodage


@transaction.atomic
def annuler_recodage(*, recodage: Recodage, par) -> None:
    """Counts the old answer as itself again."""
    journal.ecrire("annuler_recodage", par=par, territoire=recodage.territoire, objet=recodage)
    recodage.delete()
