"""Questions, choices and conditions said in words."""

from collections.abc import Mapping, Sequence

from situations.moteur.genres import GENRES
from situations.moteur.langue import cite

from .document import options_du_noyau, questions, questions_du_noyau

_LIENS = {"toutes": " et si ", "une": " ou si "}


def nom_de_question(doc: dict, variable: str, libelles: Mapping[str, str] | None = None) -> str:
    """The label between quotation marks: the form's, else `libelles`', the noyau's, the code."""
    posee = questions(doc).get(variable)
    if posee is not None and posee["libelle"]:
        return cite(posee["libelle"])
    if libelles and variable in libelles:
        return cite(libelles[variable])
    if variable in questions_du_noyau():
        return cite(questions_du_noyau()[variable][1]["libelle"])
    return cite(variable)


def nom_de_choix(doc: dict, liste: str | None, code: str) -> str:
    """The label of a choice between quotation marks; of one no longer offered, what is known."""
    for option in doc["listes"].get(liste or "", ()):
        if option["code"] == code and option["libelle"]:
            return cite(option["libelle"])
    for option in options_du_noyau(liste or ""):
        if option["code"] == code:
            return cite(option["libelle"])
    return cite(code)


def enumerer(mots: Sequence[str], lien: str) -> str:
    """« a, b ou c », `lien` being « ou » or « et »."""
    if len(mots) < 2:
        return "".join(mots)
    return f"{', '.join(mots[:-1])} {lien} {mots[-1]}"


def phrase_condition(doc: dict, condition: dict, libelles: Mapping[str, str] | None = None) -> str:
    """« si « Quelle est son activité ? » est « Retraité » ou « Au foyer » et si … »."""
    clauses = [_phrase_clause(doc, clause, libelles) for clause in condition["clauses"]]
    return f"si {_LIENS.get(condition['mode'], ' et si ').join(clauses)}"


def _phrase_clause(doc: dict, clause: dict, libelles: Mapping[str, str] | None) -> str:
    variable = clause["variable"]
    question = questions(doc).get(variable) or questions_du_noyau().get(variable, (None, None))[1]
    liste = question["liste"] if question else None
    genre = GENRES.get(question["genre"]) if question else None
    verbe = "comprend" if genre and genre.est_multiple else "est"
    valeurs = [nom_de_choix(doc, liste, code) for code in clause["valeurs"]]
    return f"{nom_de_question(doc, variable, libelles)} {verbe} {enumerer(valeurs, 'ou')}"
