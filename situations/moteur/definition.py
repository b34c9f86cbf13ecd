"""A published version of the form, compiled from its document once and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .coherence import forme, incoherences
from .elements import (
    NON_RECOURS,
    SITUATION,
    Clause,
    Condition,
    Filtre,
    Option,
    Propose,
    Question,
    Section,
)

__all__ = [
    "NON_RECOURS",
    "SITUATION",
    "Clause",
    "Condition",
    "Definition",
    "DefinitionInvalide",
    "Filtre",
    "Option",
    "Propose",
    "Question",
    "Section",
]


class DefinitionInvalide(ValueError):
    """A document that is not a form; `phrases` says why, in French, one sentence a defect."""

    def __init__(self, phrases: list[str]):
        super().__init__(" ".join(phrases))
        self.phrases = phrases


@dataclass(frozen=True)
class Definition:
    """Sections in order and the lists of options they draw on."""

    sections: tuple[Section, ...]
    listes: Mapping[str, tuple[Option, ...]] = field(hash=False)

    @classmethod
    def depuis(cls, document: dict) -> "Definition":
        """Compile a document (its shape: docs of the form). Raises DefinitionInvalide."""
        if phrases := forme(document):
            raise DefinitionInvalide(phrases)
        definition = cls(
            tuple(map(Section.depuis, document["sections"])),
            {
                nom: tuple(map(Option.depuis, options))
                for nom, options in document["listes"].items()
            },
        )
        if phrases := incoherences(definition.sections, definition.listes):
            raise DefinitionInvalide(phrases)
        return definition

    def document(self) -> dict:
        """The exact inverse of `depuis`."""
        return {
            "sections": [section.document() for section in self.sections],
            "listes": {
                nom: [option.document() for option in options]
                for nom, options in self.listes.items()
            },
        }

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its variable, in the order of the form."""
        return {q.variable: q for section in self.sections for q in section.questions}

    @cached_property
    def section_non_recours(self) -> Section | None:
        """The section repeated for each right, or None."""
        return next((section for section in self.sections if section.est_repetee), None)

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {section.code: section for section in self.sections}

    @cached_property
    def _section_de(self) -> dict[str, Section]:
        return {q.variable: section for section in self.sections for q in section.questions}

    @cached_property
    def _options(self) -> dict[str, dict[str, Option]]:
        return {nom: {o.code: o for o in options} for nom, options in self.listes.items()}

    def question(self, variable: str) -> Question:
        """The question that asks `variable`. Raises KeyError."""
        return self.questions[variable]

    def section(self, code: str) -> Section:
        """The section of that code. Raises KeyError."""
        return self._sections[code]

    def section_de(self, variable: str) -> Section:
        """The section where `variable` is asked. Raises KeyError."""
        return self._section_de[variable]

    def options(self, question: Question) -> tuple[Option, ...]:
        """The options of a question, in order; () for the kinds without a list."""
        return self.listes[question.liste] if question.liste else ()

    def option(self, question: Question, code: str) -> Option | None:
        """One option of a question by its code, or None when its list no longer has it."""
        return self._options.get(question.liste or "", {}).get(code)
