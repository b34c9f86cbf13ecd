"""A definition as rows of a workbook: one dictionary of cells a row, keyed by header."""

from situations.moteur.genres import GENRES

from .ecriture import LANGUE, encoder, nommer_variables, oui_non, unique, visible
from .expressions import (
    Lexique,
    colonne_du_filtre,
    condition,
    contraintes,
    filtre,
    valeurs_du_filtre,
)

LIBELLE, AIDE = f"label::{LANGUE}", f"hint::{LANGUE}"
MESSAGE, RAPPEL = f"constraint_message::{LANGUE}", f"required_message::{LANGUE}"

# Properties of a question that only we know, and those that an expression may say otherwise.
DRAPEAUX = ("noyau", "doit_etre_posee", "sensible")
VALEURS = ("min", "max", "classes", "condition", "filtre", "exclut", "propose")
ENTETES_SURVEY = (
    *("type", "name", LIBELLE, AIDE, "required", RAPPEL, "relevant", "constraint", MESSAGE),
    *("choice_filter", "appearance", "bnr_genre"),
    *(f"bnr_{nom}" for nom in DRAPEAUX + VALEURS),
    *("bnr_variable", "bnr_libelle", "bnr_code", "bnr_titre", "bnr_aide"),
)
ENTETES_CHOICES = ("list_name", "name", LIBELLE, "bnr_liste", "bnr_code", "bnr_libelle")
PROPRES_OPTION = ("code", "libelle")

Ligne = dict[str, str]


def lignes_survey(document: dict) -> list[Ligne]:
    """The rows of `survey`: a group a section, a repeat for the section of the rights."""
    lexique = Lexique.depuis(document)
    # Groups and questions share one space of names, where questions come first.
    pris = set(lexique.variables.values())
    lignes: list[Ligne] = []
    for section in document["sections"]:
        (nom,) = nommer_variables([section["code"]]).values()
        nom = unique(f"groupe_{nom}" if nom in pris else nom, pris)
        pris.add(nom)
        lignes += _lignes_section(section, nom, lexique)
    return lignes


def _lignes_section(section: dict, nom: str, lexique: Lexique) -> list[Ligne]:
    sorte = "repeat" if section["portee"] == "non_recours" else "group"
    debut = {"type": f"begin_{sorte}", "name": nom, "bnr_code": encoder(section["code"])}
    debut |= _texte(LIBELLE, "bnr_titre", section["titre"], nom)
    if section["aide"]:
        debut["bnr_aide"] = encoder(section["aide"])
    questions = [ligne_question(question, lexique) for question in section["questions"]]
    return [debut, *questions, {"type": f"end_{sorte}"}]


def _texte(colonne: str, exacte: str, texte: str, defaut: str = "") -> Ligne:
    """A text as other tools may read it, and exactly beside when that is not the same."""
    montre = visible(texte, defaut)
    return {colonne: montre} if montre == texte else {colonne: montre, exacte: encoder(texte)}


def ligne_question(question: dict, lexique: Lexique) -> Ligne:
    """The row of one question."""
    genre = GENRES[question["genre"]]
    nom = lexique.variables[question["variable"]]
    liste = lexique.listes.get(question["liste"] or "", "")
    regles = contraintes(question, lexique)
    ligne = {
        "type": f"{genre.xlsform} {liste}".strip(),
        "name": nom,
        "required": "yes" if question["obligatoire"] else "",
        RAPPEL: f"{genre.consigne}\u00a0: cette question est obligatoire."
        if question["obligatoire"]
        else "",
        "relevant": condition(question, lexique),
        "constraint": " and ".join(expression for expression, _ in regles),
        MESSAGE: visible(" ".join(phrase for _, phrase in regles)),
        "choice_filter": filtre(question, lexique),
        "appearance": genre.apparence,
        "bnr_genre": question["genre"],
    }
    ligne |= _texte(LIBELLE, "bnr_libelle", question["libelle"], nom)
    if question["aide"]:
        ligne |= _texte(AIDE, "bnr_aide", question["aide"])
    if nom != question["variable"]:
        ligne["bnr_variable"] = encoder(question["variable"])
    ligne |= {f"bnr_{cle}": oui_non(question[cle]) for cle in DRAPEAUX}
    return ligne | {
        f"bnr_{cle}": encoder(question[cle]) for cle in VALEURS if question[cle] not in (None, [])
    }


def lignes_choices(document: dict) -> list[Ligne]:
    """The rows of `choices`, list by list."""
    lexique = Lexique.depuis(document)
    filtres: dict[str, dict[str, dict]] = {}
    for question in lexique.questions.values():
        if question["filtre"]:
            parmi = filtres.setdefault(question["liste"], {})
            parmi[colonne_du_filtre(question["filtre"]["attribut"])] = question["filtre"]
    return [
        _ligne_option(option, liste, lexique)
        | {
            colonne: valeurs_du_filtre(option, regle, lexique)
            for colonne, regle in filtres.get(liste, {}).items()
        }
        for liste, options in document["listes"].items()
        for option in options
    ]


def _ligne_option(option: dict, liste: str, lexique: Lexique) -> Ligne:
    nom = lexique.codes[liste][option["code"]]
    ligne = {"list_name": lexique.listes[liste], "name": nom, "bnr_liste": encoder(liste)}
    ligne |= _texte(LIBELLE, "bnr_libelle", option["libelle"], nom)
    if nom != option["code"]:
        ligne["bnr_code"] = encoder(option["code"])
    for cle, valeur in option.items():
        if cle == "exclusif":
            ligne["bnr_exclusif"] = oui_non(valeur)
        elif cle not in PROPRES_OPTION and (cle, valeur) != ("precision", ""):
            ligne[f"bnr_{cle}"] = encoder(valeur)
    return ligne
