"""The facts that are counted, as blocks of columns of small integers at two grains.

Situations are sorted by (territory, month), so that a territory and a period are one slice; the
non-recours of a situation are consecutive rows of the other grain.

Every column, simple or multiple, holds the number of a *set* of modalities (0: the empty set, no
answer) and a small table says which modalities each set holds. Counting is then the same gesture
for all: count the numbers of the sets, then share each count between the modalities of its set.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from pilotage.calculees import colonnes_calculees
from pilotage.instantane.lignes import LigneNonRecours, LigneSituation, ranger
from pilotage.instantane.selection import Bloc, Restriction
from pilotage.variables import CATEGORIE, Colonne, Modalite, VariableComptee

__all__ = ["Colonne", "Faits", "LigneNonRecours", "LigneSituation", "Modalite", "VariableComptee"]


@dataclass(frozen=True, eq=False)
class Faits:
    """All that is counted, read-only, in blocks that share their sets.

    `colonnes`: the variables given, completed with the codes met in the data, and those of
    `calculees`. `droits`: the set of the rights of each situation; None when rights are not
    counted. `declarants`: how many sets the column of organismes has (0 when it is not read).
    `avant`: only what was transmitted before that day counts, in days since January 1st, 2000.
    """

    blocs: tuple[Bloc, ...]
    colonnes: Mapping[str, Colonne] = field(repr=False)
    droits: Colonne | None = field(default=None, repr=False)
    declarants: int = 0
    avant: int | None = None

    def __post_init__(self):
        # Not a copy: some columns are made only when they are read.
        completes = _Completees(colonnes_calculees(self.droits), self.colonnes)
        object.__setattr__(self, "colonnes", completes)

    @property
    def variables(self) -> dict[str, VariableComptee]:
        """What a `Demande` should be read with."""
        return {code: colonne.variable for code, colonne in self.colonnes.items()}

    def mois_presents(self, territoires: frozenset[int]) -> set[int]:
        """The months, since January 2000, in which these territories have situations."""
        restriction = Restriction(territoires, avant=self.avant)
        mois = [bloc.selectionner(restriction).mois() for bloc in self.blocs]
        presents = np.concatenate([m.rangs for m in mois])
        par_mois = np.bincount(presents, np.concatenate([m.effectifs for m in mois]))
        return set(np.flatnonzero(par_mois > 0).tolist())

    @classmethod
    def depuis_lignes(
        cls,
        situations: Iterable[LigneSituation],
        non_recours: Iterable[LigneNonRecours],
        codes: Mapping[int, tuple[str, str]],
        variables: Mapping[str, VariableComptee],
        categories: Mapping[int, str] | None = None,
    ) -> Self:
        """Sorts rows, in any order, into columns.

        `codes`: number → (variable, code). `categories`: organisme → the code of its category.
        The answers of a variable that is not in `variables` are not counted.
        Both lists must come from one snapshot of the database.

        Raises ValueError for a situation given twice, a non-recours without its situation, an
        answer at the wrong grain, two answers to a simple variable; KeyError for a number that
        `codes` does not know.
        """
        lignes = (LigneSituation(*ligne) for ligne in situations)
        bloc, colonnes, droits = ranger(lignes, non_recours, codes, variables, categories or {})
        declarants = colonnes[CATEGORIE].largeur if CATEGORIE in colonnes else 0
        return cls((bloc,), colonnes, droits, declarants)


class _Completees(Mapping[str, Colonne]):
    """The columns read, and those that are worked out from them."""

    def __init__(self, calculees: Mapping[str, Colonne], lues: Mapping[str, Colonne]):
        self._calculees, self._lues = calculees, lues

    def __getitem__(self, code: str) -> Colonne:
        return self._calculees[code] if code in self._calculees else self._lues[code]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._lues, *self._calculees)))

    def __len__(self) -> int:
        return len(self._lues.keys() | self._calculees.keys())
