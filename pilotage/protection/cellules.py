"""Each count once: a cell shown by several tables (a margin, a total) is one and the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import numpy as np

from pilotage.protection.modele import Axe, Base, Liste, Somme, Tableau

Cle = tuple[Base, str, tuple[str, ...]]


class Bloc(NamedTuple):
    """The cells of some variables together (in alphabetical order), in one base and period."""

    axes: tuple[Axe, ...]
    ids: np.ndarray


@dataclass(slots=True)
class Cellules:
    """Numbers each distinct count of a list; `valeurs[id]` is the count."""

    blocs: dict[Cle, Bloc] = field(default_factory=dict)
    sommes: dict[tuple[str, str], int] = field(default_factory=dict)
    taille: int = 0
    _morceaux: list[np.ndarray] = field(default_factory=list)

    @classmethod
    def de(cls, liste: Liste) -> "Cellules":
        """Raises ValueError when two tables give different counts, or domains, to one thing."""
        cellules = cls()
        for tableau in sorted(liste.tableaux, key=lambda t: t.est_cooccurrence):
            if tableau.est_cooccurrence:
                cellules._ajouter_cooccurrence(tableau)
            else:
                cellules._ajouter(tableau)
        for somme in liste.sommes:
            for base, periode, variables in list(cellules.blocs):
                if (base, variables) == (somme.base, (somme.variable,)):
                    n = _valeur(cellules, somme, periode)
                    numero = int(cellules.numeroter(np.array([n]))[0])
                    cellules.sommes[somme.cle, periode] = numero
        return cellules

    @property
    def valeurs(self) -> np.ndarray:
        return np.concatenate([np.zeros(0, dtype=np.int64), *self._morceaux])

    def numeroter(self, valeurs: np.ndarray) -> np.ndarray:
        """New cells for these counts, with their shape."""
        ids = np.arange(self.taille, self.taille + valeurs.size).reshape(valeurs.shape)
        self._morceaux.append(valeurs.astype(np.int64).ravel())
        self.taille += valeurs.size
        return ids

    def fixer(self, ids: np.ndarray, valeurs: np.ndarray) -> None:
        """Gives their counts to cells that were numbered before these were known."""
        tous = self.valeurs
        tous[ids.ravel()] = valeurs.ravel()
        self._morceaux = [tous]

    def _ajouter(self, tableau: Tableau) -> None:
        for axes, valeurs in _sous_tables(tableau):
            cle = (tableau.base, tableau.periode, tuple(axe.variable for axe in axes))
            connu = self.blocs.get(cle)
            if connu is None:
                self.blocs[cle] = Bloc(axes, self.numeroter(valeurs))
                continue
            if [a.modalites for a in connu.axes] != [a.modalites for a in axes]:
                raise ValueError(f"{tableau.cle}: another domain for {cle}")
            if (self.valeurs[connu.ids] != valeurs).any():
                raise ValueError(f"{tableau.cle}: other counts for {cle}")

    def _ajouter_cooccurrence(self, tableau: Tableau) -> None:
        axe, periode = tableau.axes[0], tableau.periode
        effectifs = tableau.cellules
        if (effectifs != effectifs.T).any():
            raise ValueError(f"{tableau.cle}: a co-occurrence is symmetric")
        total = self.blocs.get((tableau.base, periode, ()))
        if total is None:
            total = Bloc((), self.numeroter(effectifs[-1, -1]))
            self.blocs[tableau.base, periode, ()] = total
        marge = self.blocs.get(("non_recours", periode, (axe.variable,)))
        diagonale = effectifs.diagonal()[:-1]
        if marge is None or (self.valeurs[marge.ids] != diagonale).any():
            marge = Bloc((axe,), self.numeroter(diagonale))
        n = len(axe.modalites)
        ids = np.zeros((n, n), dtype=np.int64)
        haut = np.triu_indices(n, 1)
        ids[haut] = self.numeroter(effectifs[haut])
        ids += ids.T
        np.fill_diagonal(ids, marge.ids)
        self.blocs[tableau.base, periode, (axe.variable, axe.variable)] = Bloc((axe, axe), ids)

    def ids_de(self, tableau: Tableau) -> np.ndarray:
        """The cells of a table, margins included, in its own order of axes."""
        variables = tuple(axe.variable for axe in tableau.axes)
        ids = np.empty(tableau.cellules.shape, dtype=np.int64)
        if tableau.est_cooccurrence:
            bloc = self.blocs[tableau.base, tableau.periode, variables].ids
            ids[:-1, :-1] = bloc
            ids[-1, :-1] = ids[:-1, -1] = bloc.diagonal()
            ids[-1, -1] = self.blocs[tableau.base, tableau.periode, ()].ids
            return ids
        for presents, place in _places(len(variables)):
            ordre = sorted(presents, key=lambda k: variables[k])
            cle = (tableau.base, tableau.periode, tuple(variables[k] for k in ordre))
            bloc = self.blocs[cle].ids
            ids[place] = np.transpose(bloc, [ordre.index(k) for k in presents])
        return ids


def _valeur(cellules: Cellules, somme: Somme, periode: str) -> int:
    bloc = cellules.blocs[somme.base, periode, (somme.variable,)]
    if bloc.axes[0].multiple:
        return somme.valeurs[periode]
    retenues = [k for k, code in enumerate(bloc.axes[0].modalites) if code in somme.modalites]
    return int(cellules.valeurs[bloc.ids[retenues]].sum())


def _places(dimensions: int) -> Iterator[tuple[tuple[int, ...], tuple]]:
    """The parts of a table: which axes are read line by line, and where, the others whole."""
    for combien in range(dimensions + 1):
        for presents in combinations(range(dimensions), combien):
            yield (
                presents,
                tuple(slice(None, -1) if k in presents else -1 for k in range(dimensions)),
            )


def _sous_tables(tableau: Tableau) -> Iterator[tuple[tuple[Axe, ...], np.ndarray]]:
    for presents, place in _places(len(tableau.axes)):
        ordre = sorted(presents, key=lambda k: tableau.axes[k].variable)
        valeurs = np.transpose(tableau.cellules[place], [presents.index(k) for k in ordre])
        yield tuple(tableau.axes[k] for k in ordre), valeurs
