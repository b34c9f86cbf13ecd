"""What a block of facts is asked: which rows, and how many of them hold which answers. Pure.

Every column holds the number of a *set* of answers (0: none). Beside the answers, three columns
describe the situation itself, and one says who wrote it.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np

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


# Beyond, what is met is sorted rather than counted in one array: two multiple answers crossed.
COMBINAISONS_DENSES = 1 << 22


def denombrer(joints: np.ndarray, possibles: int) -> Combinaisons:
    """Which integers, from 0 to `possibles` − 1, and how many times each."""
    if 2 * len(joints) < possibles:
        tries = np.sort(joints)
        debuts = np.flatnonzero(tries[1:] != tries[:-1]) + 1
        bornes = np.concatenate([[0], debuts, [len(tries)]]) if len(tries) else debuts
        return Combinaisons(tries[bornes[:-1]].astype(np.int64), np.diff(bornes))
    if possibles <= COMBINAISONS_DENSES:
        effectifs = np.bincount(joints, minlength=1)
        # Looking for True is many times faster than looking for what is not zero.
        rangs = np.flatnonzero(effectifs > 0)
        return Combinaisons(rangs, effectifs[rangs])
    return Combinaisons(*np.unique(joints, return_counts=True))
