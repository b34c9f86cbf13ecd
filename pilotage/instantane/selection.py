"""What a block of facts is asked: which rows, and how many of them hold which answers. Pure.

Every column holds the number of a *set* of answers (0: none). Beside the answers, three columns
describe the situation itself, and one says who wrote it.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import numpy as np

if TYPE_CHECKING:
    from pilotage.cellules import Voulue

Portee = Literal["situation", "non_recours"]
Base = Literal["situations", "non_recours"]

# Columns of the situation that are not answers; no code of a variable begins so.
VALIDEE = "#validee"
TAILLE = "#taille"
DROITS = "#droits"
DECLARANT = "#declarant"


class Filtre(NamedTuple):
    """Keeps the rows whose set is True in `retenus`, shape (sets,)."""

    source: str
    portee: Portee
    retenus: np.ndarray


@dataclass(frozen=True, eq=False)
class Restriction:
    """Which rows to keep: of these territories, between these months (included), and filters.

    `avant`: transmitted before this day (days since January 1st, 2000). Filters on non-recours
    keep those that pass all of them, and the situations with at least one of these.
    """

    territoires: frozenset[int]
    premier: int | None = None
    dernier: int | None = None
    validees: bool = False
    avant: int | None = None
    filtres: tuple[Filtre, ...] = ()

    def de_portee(self, portee: Portee) -> list[Filtre]:
        return [filtre for filtre in self.filtres if filtre.portee == portee]


class Combinaisons(NamedTuple):
    """The combinations of sets met, `rangs` in C order over the widths, and how many rows each."""

    rangs: np.ndarray
    effectifs: np.ndarray

    def etaler(self, possibles: int) -> np.ndarray:
        """How many rows hold each combination, met or not: shape (possibles,)."""
        if self.rangs is toutes(possibles):
            return self.effectifs
        return np.bincount(self.rangs, self.effectifs, minlength=possibles).astype(np.int64)

    def separer(self, largeurs: tuple[int, ...]) -> tuple[np.ndarray, ...]:
        """The set of each column, in each combination."""
        if self.rangs is toutes(prod(largeurs)):
            return _toutes_separees(largeurs)
        return (
            np.unravel_index(self.rangs, largeurs)
            if len(self.rangs)
            else (self.rangs,) * len(largeurs)
        )


class Selection(Protocol):
    """The rows of one block that a restriction keeps."""

    def nombre(self, base: Base) -> int:
        """How many rows of this base."""
        ...

    def compter(
        self, sources: tuple[str, ...], largeurs: tuple[int, ...], base: Base
    ) -> Combinaisons:
        """The combinations of the sets of these columns; `largeurs`: how many sets each has."""
        ...

    def sommer(self, voulues: "tuple[Voulue, ...]") -> "list[np.ndarray]":
        """These tables, by modality."""
        ...

    def mois(self) -> Combinaisons:
        """Situations by month, in months since January 2000."""
        ...

    def identifiants(self) -> np.ndarray:
        """The situations themselves, by their number in the database."""
        ...


class Bloc(Protocol):
    """Some of the facts."""

    def selectionner(self, restriction: Restriction) -> Selection: ...


def derouler(debuts: np.ndarray, fins: np.ndarray) -> np.ndarray:
    """The integers of each range [debut, fin), one range after the other."""
    tailles = fins - debuts
    decalages = debuts - (np.cumsum(tailles) - tailles)
    return np.repeat(decalages, tailles) + np.arange(tailles.sum(), dtype=np.int64)


# Up to so many, combinations that nobody gave are not told apart: it would cost more than they do.
PEU_DE_COMBINAISONS = 1 << 12


@lru_cache(maxsize=256)
def toutes(possibles: int) -> np.ndarray | None:
    """The ranks of that many combinations; None when they are too many to be all kept."""
    return _figer(np.arange(possibles)) if possibles <= PEU_DE_COMBINAISONS else None


@lru_cache(maxsize=256)
def _toutes_separees(largeurs: tuple[int, ...]) -> tuple[np.ndarray, ...]:
    return tuple(map(_figer, np.unravel_index(np.arange(prod(largeurs)), largeurs)))


def _figer(valeurs: np.ndarray) -> np.ndarray:
    valeurs.setflags(write=False)
    return valeurs


# Beyond, what is met is sorted rather than counted in one array: two multiple answers crossed.
COMBINAISONS_DENSES = 1 << 22


def denombrer(joints: np.ndarray, possibles: int) -> Combinaisons:
    """Which integers, from 0 to `possibles` − 1, and how many times each."""
    rangs = toutes(possibles)
    if rangs is not None:
        return Combinaisons(rangs, np.bincount(joints, minlength=possibles))
    if 2 * len(joints) < possibles:
        tries = np.sort(joints)
        nouveau = np.ones(len(tries), dtype=bool)
        np.not_equal(tries[1:], tries[:-1], out=nouveau[1:])
        debuts = nouveau.nonzero()[0]
        effectifs = np.empty_like(debuts)
        np.subtract(debuts[1:], debuts[:-1], out=effectifs[:-1])
        effectifs[-1:] = len(tries) - debuts[-1:]
        return Combinaisons(tries.take(debuts), effectifs)
    if possibles <= COMBINAISONS_DENSES:
        effectifs = np.bincount(joints, minlength=1)
        # Looking for True is many times faster than looking for what is not zero.
        rangs = (effectifs > 0).nonzero()[0]
        return Combinaisons(rangs, effectifs[rangs])
    return Combinaisons(*np.unique(joints, return_counts=True))
