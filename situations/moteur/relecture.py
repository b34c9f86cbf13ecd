"""Answers read back in words, and the summary of a step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .conditions import retirer_cachees
from .definition import Definition
from .elements import VARIABLE_DROIT, Section
from .genres import GENRES
from .langue import compter


@dataclass(frozen=True, slots=True)
class LigneRelue:
    """One answered question; `textes` holds one text a value, labels and never codes."""

    variable: str
    libelle: str
    textes: list[str]
    sensible: bool


@dataclass(frozen=True, slots=True)
class BlocRelu:
    """The answers of a section, or of one right; `titre` is empty in the first case."""

    titre: str
    lignes: list[LigneRelue]


@dataclass(frozen=True, slots=True)
class SectionRelue:
    """A section; `blocs` holds one block for the situation's, one a right for the repeated one."""

    titre: str
    code: str
    blocs: list[BlocRelu]


def relire(
    definition: Definition, reponses: Mapping, non_recours: Sequence[Mapping]
) -> list[SectionRelue]:
    """Every section in order with its answered and visible questions, in words."""
    reponses, blocs = retirer_cachees(definition, reponses, non_recours)
    return [
        SectionRelue(
            section.titre,
            section.code,
            [
                BlocRelu(_titre(definition, rang, bloc), _lignes(definition, section, bloc))
                for rang, bloc in enumerate(blocs, 1)
            ]
            if section.est_repetee
            else [BlocRelu("", _lignes(definition, section, reponses))],
        )
        for section in definition.sections
    ]


def _lignes(definition: Definition, section: Section, reponses: Mapping) -> list[LigneRelue]:
    return [
        LigneRelue(
            question.variable,
            question.libelle,
            GENRES[question.genre].lire(
                question, definition.options(question), reponses[question.variable]
            ),
            question.sensible,
        )
        for question in section.questions
        if question.variable in reponses
    ]


def _titre(definition: Definition, rang: int, bloc: Mapping) -> str:
    """« Droit n° 1 : Allocation de solidarité aux personnes âgées (Aspa) »."""
    titre = f"Droit n°\u00a0{rang}"
    if VARIABLE_DROIT not in bloc:
        return titre
    question = definition.question(VARIABLE_DROIT)
    textes = GENRES[question.genre].lire(
        question, definition.options(question), bloc[VARIABLE_DROIT]
    )
    return f"{titre}\u00a0: {', '.join(textes)}"


def resume(
    definition: Definition, section: Section, reponses: Mapping, non_recours: Sequence[Mapping]
) -> str:
    """The summary of a step: « 3 réponses », « 2 droits décrits », or nothing yet."""
    if section.est_repetee:
        return compter(len(non_recours), "droit", "décrit") if non_recours else ""
    reponses, _ = retirer_cachees(definition, reponses, ())
    n = sum(question.variable in reponses for question in section.questions)
    return compter(n, "réponse") if n else ""
