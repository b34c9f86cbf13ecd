"""A form as large as a territory could make it: 150 questions, 40 of them conditional."""

from situations import actions
from situations.actions.adaptation import modifier_brouillon, ouvrir_brouillon, publier_brouillon
from situations.adaptation import ajouter_question, definir_condition
from situations.models import Situation

QUESTIONS, CONDITIONS = 150, 40
SECTION = "personne"
OUI_NON = [{"code": "oui", "libelle": "Oui"}, {"code": "non", "libelle": "Non"}]
SI_AGEE = {"mode": "toutes", "clauses": [{"variable": "age", "valeurs": ["a_65_74", "a_75p"]}]}


def agrandir(document: dict) -> dict:
    """The document with as many local questions as it takes."""
    posees = sum(len(section["questions"]) for section in document["sections"])
    for numero in range(QUESTIONS - posees):
        code = f"banc_{numero}"
        document = ajouter_question(
            document,
            SECTION,
            genre="choix",
            libelle=f"Question {numero} du banc ?",
            code=code,
            options=OUI_NON,
        )
        if numero < CONDITIONS:
            document = definir_condition(document, code, SI_AGEE)
    return document


def brouillon_d_un_grand_formulaire(territoire, auteur) -> Situation:
    """A draft on such a form, put in force for this territory."""
    version = ouvrir_brouillon(territoire=territoire, par=auteur)
    modifier_brouillon(version=version, geste=agrandir, par=auteur)
    publier_brouillon(version=version, par=auteur)
    return actions.commencer(territoire=territoire, version=version, par=auteur)
