"""The in-app guide: its pages, their sections, and which question sends to which section.

Pure: reads `donnees/guide_pages.csv` and `donnees/guide.csv`. The text of a section is the
template `guide/<page>/<anchor>.html`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DOSSIER = Path(__file__).parent / "donnees"

# Who one is when opening the guide, in the order in which it says it.
LECTEURS = {
    "saisir": "Vous saisissez des situations",
    "relire": "Vous siégez au comité technique",
    "animer": "Vous animez le baromètre",
    "decider": "Vous siégez au comité de pilotage",
    "administrer": "Vous administrez un territoire",
}


@dataclass(frozen=True, slots=True)
class SectionDuGuide:
    """One section: `ancre` is its id, unique in the whole guide; `questions` are the codes of the
    variables for which one comes here in doubt."""

    page: str
    ancre: str
    titre: str
    questions: tuple[str, ...]

    @property
    def gabarit(self) -> str:
        return f"guide/{self.page}/{self.ancre}.html"


@dataclass(frozen=True, slots=True)
class PageDuGuide:
    """One page; `pour` are keys of LECTEURS."""

    code: str
    titre: str
    resume: str
    pour: tuple[str, ...]
    sections: tuple[SectionDuGuide, ...]


@cache
def pages() -> tuple[PageDuGuide, ...]:
    """All the pages, in reading order."""
    sections = [
        SectionDuGuide(**{**ligne, "questions": _codes(ligne["questions"])})
        for ligne in _lire("guide")
    ]
    return tuple(
        PageDuGuide(
            **{**ligne, "pour": _codes(ligne["pour"])},
            sections=tuple(s for s in sections if s.page == ligne["code"]),
        )
        for ligne in _lire("guide_pages")
    )


def page(code: str) -> PageDuGuide | None:
    """The page of this code, None when there is none."""
    return next((p for p in pages() if p.code == code), None)


def pages_par_lecteur() -> list[tuple[str, list[PageDuGuide]]]:
    """Each kind of reader in words, with the pages to read first."""
    return [
        (libelle, [p for p in pages() if lecteur in p.pour])
        for lecteur, libelle in LECTEURS.items()
    ]


@cache
def reperes() -> dict[str, SectionDuGuide]:
    """Code of a variable → the section that helps to answer its question."""
    return {question: s for p in pages() for s in p.sections for question in s.questions}


@cache
def reecritures() -> tuple[tuple[str, str, str], ...]:
    """(what not to write, what to write instead, why) for texts that let someone be recognised."""
    return tuple(
        (ligne["avant"], ligne["apres"], ligne["pourquoi"]) for ligne in _lire("guide_reecritures")
    )


def _lire(fichier: str) -> Iterator[dict[str, str]]:
    with (DOSSIER / f"{fichier}.csv").open(encoding="utf-8", newline="") as flux:
        yield from csv.DictReader(flux)


def _codes(texte: str) -> tuple[str, ...]:
    return tuple(filter(None, texte.split("|")))
