"""A form as large as a territory could make it: 150 questions, 40 of them conditional."""

from pilotage.banc.questions import QUESTION_LOCALE, REPONSE_RARE
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


def poser_question_locale(territoire, auteur) -> None:
    """Puts in force a form with one question of the territory's own."""

    def ajouter(document: dict) -> dict:
        return ajouter_question(
            document,
            SECTION,
            genre="choix",
            libelle="Utilise-t-elle le bus à la demande ?",
            code=QUESTION_LOCALE,
            options=[
                {"code": "souvent", "libelle": "Souvent"},
                {"code": "jamais", "libelle": "Jamais"},
                {"code": REPONSE_RARE, "libelle": "Une fois seulement"},
            ],
        )

    version = ouvrir_brouillon(territoire=territoire, par=auteur)
    modifier_brouillon(version=version, geste=ajouter, par=auteur)
    publier_brouillon(version=version, par=auteur)


def repondre(rang: int) -> dict[str, str]:
    """The answer to that question of the situation of this rank: often none, seldom the rare one."""
    if rang % 60 == 1:
        return {QUESTION_LOCALE: REPONSE_RARE}
    return {QUESTION_LOCALE: ("souvent", "jamais")[rang % 2]} if rang % 3 else {}


def brouillon_d_un_grand_formulaire(territoire, auteur) -> Situation:
    """A draft on such a form, put in force for this territory."""
    version = ouvrir_brouillon(territoire=territoire, par=auteur)
    modifier_brouillon(version=version, geste=agrandir, par=auteur)
    publier_brouillon(version=version, par=auteur)
    return actions.commencer(territoire=territoire, version=version, par=auteur)
