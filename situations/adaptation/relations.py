"""How questions hang together (filtre, exclut, propose) when some of them leave or come back."""

from collections.abc import Collection

from .document import questions, questions_du_noyau, section_de


def relations(question: dict, posees: Collection[str]) -> dict:
    """The filtre, exclut and propose of a question, kept to the variables that are asked."""
    filtre, propose = question["filtre"], question["propose"]
    if filtre is not None:
        variables = [v for v in filtre["variables"] if v in posees]
        filtre = {**filtre, "variables": variables} if variables else None
    if propose is not None:
        propose = dict(propose) if propose["variable"] in posees else None
    exclut = [v for v in question["exclut"] if v in posees]
    return {"filtre": filtre, "exclut": exclut, "propose": propose}


def sources(question: dict) -> list[str]:
    """The variables named by the filtre, exclut and propose of a question."""
    filtre, propose = question["filtre"], question["propose"]
    return [
        *(filtre["variables"] if filtre else ()),
        *question["exclut"],
        *([propose["variable"]] if propose else ()),
    ]


def variables_de_condition(question: dict) -> list[str]:
    """The variables that decide whether a question is shown."""
    condition = question["condition"]
    return [clause["variable"] for clause in condition["clauses"]] if condition else []


def lisibles_avant(doc: dict, variable: str) -> set[str]:
    """The variables whose answers are known when `variable` is asked."""
    ici = section_de(doc, variable)
    connues: set[str] = set()
    for section in doc["sections"]:
        for q in section["questions"]:
            if q["variable"] == variable:
                return connues
            if section is ici or section["portee"] == "situation":
                connues.add(q["variable"])
    return connues


def delier(doc: dict) -> None:
    """Takes away what refers to questions no longer asked, conditions apart. Writes in `doc`."""
    posees = questions(doc)
    for question in posees.values():
        question.update(relations(question, posees))


def relier(doc: dict, variable: str) -> None:
    """Gives core questions back what the noyau makes them owe to `variable`. Writes in `doc`."""
    posees = questions(doc)
    for autre, question in posees.items():
        if question["noyau"] and autre in questions_du_noyau():
            _, originale = questions_du_noyau()[autre]
            if autre == variable or variable in sources(originale):
                question.update(relations(originale, posees))
