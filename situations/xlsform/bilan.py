"""What an imported form still lacks: what is added to it, and what is said of it."""

from copy import deepcopy

from situations.adaptation import problemes
from situations.moteur.elements import NON_RECOURS

from .rapport import Carnet


def completer(document: dict, noyau: dict, carnet: Carnet) -> None:
    """Adds the noyau's section of rights to a form that describes none, for it must have one."""
    if any(section["portee"] == NON_RECOURS for section in document["sections"]):
        return
    for section in noyau["sections"]:
        if section["portee"] != NON_RECOURS:
            continue
        document["sections"].append(deepcopy(section))
        for question in section["questions"]:
            if question["liste"]:
                options = deepcopy(noyau["listes"][question["liste"]])
                document["listes"].setdefault(question["liste"], options)
        carnet.remarquer(
            f"Ce formulaire ne décrit pas de droits\u00a0: la section «\u00a0{section['titre']}\u00a0» du socle y est "
            "ajoutée."
        )


def juger(document: dict, noyau: dict, carnet: Carnet) -> None:
    """Says what forbids publishing the draft as it is."""
    for probleme in problemes(document, noyau):
        carnet.remarquer(f"À régler avant de publier\u00a0: {probleme.phrase}")
