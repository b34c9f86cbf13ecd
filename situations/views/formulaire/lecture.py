"""A document as the pages of the editor list it: sections, questions, choices, in words."""

from dataclasses import dataclass

from situations.adaptation.phrases import phrase_condition
from situations.views.formulaire.mots import genre_en_mots

# Beyond this many choices a list is summed up rather than told.
CHOIX_RACONTES = 8


@dataclass(frozen=True)
class QuestionLue:
    """One line of the list of questions."""

    variable: str
    libelle: str
    aide: str
    genre: str
    noyau: bool
    obligatoire: bool
    condition: str
    choix: list[str]
    nombre_choix: int
    monte: bool
    descend: bool
    toujours_posee: bool


@dataclass(frozen=True)
class SectionLue:
    code: str
    titre: str
    aide: str
    est_repetee: bool
    monte: bool
    descend: bool
    questions: list[QuestionLue]


def sections_lues(document: dict) -> list[SectionLue]:
    """The sections in order, each with its questions."""
    sections = document["sections"]
    return [
        SectionLue(
            code=section["code"],
            titre=section["titre"],
            aide=section["aide"],
            est_repetee=section["portee"] == "non_recours",
            monte=rang > 0,
            descend=rang < len(sections) - 1,
            questions=[
                question_lue(document, question, rang, len(section["questions"]))
                for rang, question in enumerate(section["questions"])
            ],
        )
        for rang, section in enumerate(sections)
    ]


def question_lue(document: dict, question: dict, rang: int, total: int) -> QuestionLue:
    options = document["listes"].get(question["liste"] or "", [])
    return QuestionLue(
        variable=question["variable"],
        libelle=question["libelle"],
        aide=question["aide"],
        genre=genre_en_mots(question),
        noyau=question["noyau"],
        obligatoire=question["obligatoire"],
        condition=condition_en_mots(document, question),
        choix=[o["libelle"] for o in options] if len(options) <= CHOIX_RACONTES else [],
        nombre_choix=len(options),
        monte=rang > 0,
        descend=rang < total - 1,
        toujours_posee=question["noyau"] and question["doit_etre_posee"],
    )


def condition_en_mots(document: dict, question: dict) -> str:
    """« si « Activité » est « Retraité » »; "" when the question is always asked."""
    condition = question["condition"]
    return phrase_condition(document, condition) if condition else ""
