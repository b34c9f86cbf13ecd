"""A draft begun on one version of the form, continued on another: what follows, what cannot."""

from dataclasses import dataclass

from situations.models import Situation
from situations.moteur.conditions import est_repondue, retirer_cachees
from situations.moteur.definition import Definition
from situations.moteur.genres import GENRES


@dataclass(frozen=True)
class Perdue:
    """An answer that the other version has no place for."""

    libelle: str
    textes: list[str]


def garder(ancienne: Definition, nouvelle: Definition, reponses: dict) -> tuple[dict, list[Perdue]]:
    """The answers that still have a question and a choice in `nouvelle`, and those that do not."""
    gardees, perdues = {}, []
    for variable, valeur in reponses.items():
        avant = ancienne.question(variable)
        apres = nouvelle.questions.get(variable)
        reste = _reste(nouvelle, apres, valeur) if apres and apres.genre == avant.genre else None
        if est_repondue(reste):
            gardees[variable] = reste
        if reste != valeur:
            perdu = valeur
            if isinstance(valeur, list) and reste:
                perdu = [code for code in valeur if code not in reste]
            perdues.append(_perdre(ancienne, variable, perdu))
    return gardees, perdues


def _perdre(ancienne: Definition, variable: str, valeur) -> Perdue:
    question = ancienne.question(variable)
    textes = GENRES[question.genre].lire(question, ancienne.options(question), valeur)
    return Perdue(question.libelle, textes)


def _reste(nouvelle: Definition, question, valeur):
    if not GENRES[question.genre].a_liste:
        return valeur
    codes = {option.code for option in nouvelle.options(question)}
    if isinstance(valeur, list):
        return [code for code in valeur if code in codes]
    return valeur if valeur in codes else None


def ce_qui_ne_suit_pas(
    situation: Situation, ancienne: Definition, nouvelle: Definition
) -> list[Perdue]:
    """Every answer of the draft that moving to `nouvelle` would lose, in the form's words: at
    once, or at the transmission because its question would no longer be asked.
    """
    lignes = list(situation.non_recours.all())
    avant = [porteur.get_reponses() for porteur in (situation, *lignes)]
    gardees = [garder(ancienne, nouvelle, reponses) for reponses in avant]
    perdues = [perdue for _, perdues in gardees for perdue in perdues]
    montrees = _montrees(ancienne, avant)
    demain = _montrees(nouvelle, [reponses for reponses, _ in gardees])
    for (reponses, _), hier, apres in zip(gardees, montrees, demain, strict=True):
        perdues += [
            _perdre(ancienne, variable, valeur)
            for variable, valeur in reponses.items()
            if variable in hier and variable not in apres
        ]
    return perdues


def _montrees(definition: Definition, porteurs: list[dict]) -> list[dict]:
    """The answers whose questions are asked: the situation's, then each right's."""
    reponses, blocs = retirer_cachees(definition, porteurs[0], porteurs[1:])
    return [reponses, *blocs]
