"""When a question is shown: the condition that a territory builds."""

from situations.moteur.langue import cite

from .document import GesteImpossible, copier, question, questions
from .phrases import nom_de_question
from .relations import lisibles_avant


def definir_condition(doc: dict, variable: str, condition: dict | None) -> dict:
    """The question shown under a condition (shape: the form's document), or always with None.

    Clauses bear on choices asked before it. Raises GesteImpossible.
    """
    doc = copier(doc)
    posee = question(doc, variable)
    if posee["noyau"] and posee["doit_etre_posee"]:
        raise GesteImpossible(
            f"Le socle commun demande que {cite(posee['libelle'])} soit posée à chaque fois\u00a0: elle "
            "ne peut pas dépendre d’une condition."
        )
    posee["condition"] = None if condition is None else _normaliser(doc, variable, condition)
    return doc


def _normaliser(doc: dict, variable: str, condition: dict) -> dict:
    clauses, mode = condition["clauses"], condition["mode"]
    if mode not in ("toutes", "une"):
        raise GesteImpossible(
            "Indiquez si toutes les conditions doivent être remplies, ou une seule."
        )
    if not clauses:
        raise GesteImpossible(
            "Une condition porte au moins sur une question\u00a0: choisissez-en une, ou affichez "
            "toujours la question."
        )
    return {"mode": mode, "clauses": [_clause(doc, variable, clause) for clause in clauses]}


def _clause(doc: dict, variable: str, clause: dict) -> dict:
    source = clause["variable"]
    nom = nom_de_question(doc, source)
    if source not in lisibles_avant(doc, variable):
        raise GesteImpossible(
            f"La question {nom} n’est pas posée avant celle-ci\u00a0: choisissez-en une qui la précède."
        )
    liste = questions(doc)[source]["liste"]
    if liste is None:
        raise GesteImpossible(
            f"La question {nom} n’a pas de choix\u00a0: une condition ne peut porter que sur des choix."
        )
    codes = [option["code"] for option in doc["listes"].get(liste, ())]
    if not clause["valeurs"]:
        raise GesteImpossible(f"Cochez au moins un choix de {nom} pour cette condition.")
    for code in clause["valeurs"]:
        if code not in codes:
            raise GesteImpossible(
                f"Le choix {cite(code)} n’est plus proposé à {nom}\u00a0: choisissez-en un autre."
            )
    return {
        "variable": source,
        "valeurs": [code for code in codes if code in clause["valeurs"]],
    }
