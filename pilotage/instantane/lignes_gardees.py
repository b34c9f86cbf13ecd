"""Which rows of a grain are kept: a few slices, or a list of rows in order. Pure."""

from dataclasses import dataclass
from typing import Self

import numpy as np


@dataclass(frozen=True, eq=False)
class Plages:
    """Slices [début, fin), in order, not empty, that do not touch."""

    bornes: list[tuple[int, int]]

    @classmethod
    def depuis_cases(cls, gardees: np.ndarray, cases: np.ndarray) -> Self:
        """The rows of these cases; `cases[i]` to `cases[i + 1]` are the rows of case i."""
        bords = np.diff(gardees.astype(np.int8), prepend=0, append=0)
        debuts, fins = cases[np.flatnonzero(bords == 1)], cases[np.flatnonzero(bords == -1)]
        return cls(list(zip(debuts.tolist(), fins.tolist(), strict=True)))

    @property
    def nombre_de_plages(self) -> int:
        return len(self.bornes)

    @property
    def enveloppe(self) -> tuple[int, int]:
        """The one slice that holds them all."""
        return (self.bornes[0][0], self.bornes[-1][1]) if self.bornes else (0, 0)

    def __len__(self) -> int:
        return sum(fin - debut for debut, fin in self.bornes)

    def prendre(self, colonne: np.ndarray) -> np.ndarray:
        """The values of these rows; not a copy when they are one slice."""
        if len(self.bornes) == 1:
            return colonne[slice(*self.bornes[0])]
        return np.concatenate([colonne[:0], *(colonne[a:b] for a, b in self.bornes)])

    def masque(self) -> np.ndarray:
        """Which rows of the enveloppe are kept."""
        premier, dernier = self.enveloppe
        if len(self.bornes) == 1:
            return np.ones(dernier - premier, dtype=bool)
        gardees = np.zeros(dernier - premier, dtype=bool)
        for debut, fin in self.bornes:
            gardees[debut - premier : fin - premier] = True
        return gardees

    def contient(self, rangs: np.ndarray) -> np.ndarray:
        """Which of these rows are kept."""
        bords = np.array([bord for plage in self.bornes for bord in plage], dtype=np.int64)
        return np.searchsorted(bords, rangs, side="right") % 2 == 1

    def par_case(self, cases: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The cases where rows are kept, and how many: case i is between `cases[i]` and the next."""
        touchees, effectifs = [cases[:0]], [cases[:0]]
        for debut, fin in self.bornes:
            premiere, derniere = np.searchsorted(cases, (debut + 1, fin)).tolist()
            bords = cases[premiere - 1 : derniere + 1].copy()
            bords[0], bords[-1] = debut, fin
            touchees.append(np.arange(premiere - 1, derniere))
            effectifs.append(bords[1:] - bords[:-1])
        return np.concatenate(touchees), np.concatenate(effectifs)


@dataclass(frozen=True, eq=False)
class Rangs:
    """A list of rows, in order."""

    rangs: np.ndarray

    def __len__(self) -> int:
        return len(self.rangs)

    def prendre(self, colonne: np.ndarray) -> np.ndarray:
        """The values of these rows."""
        return colonne.take(self.rangs)

    def par_case(self, cases: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As in `Plages`."""
        return np.arange(len(cases) - 1), np.diff(np.searchsorted(self.rangs, cases))


Lignes = Plages | Rangs
