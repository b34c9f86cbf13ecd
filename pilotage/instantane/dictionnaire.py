"""The numbers that columns hold: which set of answers each one stands for. Pure.

A column never holds the numbers of the projection, but ranks of sets: for a simple variable, 0 or
the rank of its answer; for a multiple one, the rank of a set already met. Ranks are given once and
only ever added, so that a block made earlier still reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from pilotage.instantane.lignes import Ensembles, en_tableaux, singletons
from pilotage.instantane.selection import DROITS, Portee

INCONNUE = -1


class Nature(NamedTuple):
    """What a variable describes, whether it holds several answers, whether it is a territory's."""

    portee: Portee
    multiple: bool
    locale: bool = False


@dataclass(eq=False)
class Dictionnaire:
    """`numeros[source]`: the number of the answer of rank 1, 2… `rangs_d_ensembles[source]`: for
    multiple answers, set (ranks of its answers, in order) → its rank."""

    natures: dict[str, Nature] = field(default_factory=dict)
    numeros: dict[str, list[int]] = field(default_factory=dict)
    rangs_d_ensembles: dict[str, dict[tuple[int, ...], int]] = field(default_factory=dict)
    _tableaux: dict[str, tuple[int, Ensembles]] = field(default_factory=dict, repr=False)
    _places: tuple[list[str], np.ndarray, np.ndarray] | None = field(default=None, repr=False)

    def connaitre(self, natures: Mapping[str, Nature], codes: Mapping[int, str]) -> None:
        """Adds what is new among these variables, and these numbers (number → variable)."""
        for variable, nature in natures.items():
            self.natures.setdefault(variable, nature)
            self.numeros.setdefault(variable, [])
            if nature.multiple:
                self.rangs_d_ensembles.setdefault(variable, {(): 0})
        self.rangs_d_ensembles.setdefault(DROITS, {(): 0})
        deja = {numero for numeros in self.numeros.values() for numero in numeros}
        for numero in sorted(codes.keys() - deja):
            if codes[numero] in self.natures:
                self.numeros[codes[numero]].append(numero)
        self._places = None

    def largeur(self, source: str) -> int:
        """How many sets this column may hold."""
        if source in self.rangs_d_ensembles:
            return len(self.rangs_d_ensembles[source])
        return len(self.numeros[source]) + 1

    def ensembles(self, source: str) -> Ensembles:
        """Each set, as the ranks of its answers, from 0."""
        largeur = self.largeur(source)
        if self._tableaux.get(source, (0,))[0] != largeur:
            if source in self.rangs_d_ensembles:
                debuts, membres = en_tableaux(self.rangs_d_ensembles[source])
                self._tableaux[source] = (largeur, (debuts, membres - 1))
            else:
                self._tableaux[source] = (largeur, singletons(largeur - 1))
        return self._tableaux[source][1]

    def variables(self, portee: Portee) -> list[str]:
        """The variables counted at this grain."""
        return [code for code, nature in self.natures.items() if nature.portee == portee]

    def situer(self, numeros: np.ndarray) -> tuple[np.ndarray, np.ndarray, list[str]]:
        """For each number: the place of its variable in the list given with it (INCONNUE when it
        is not counted), and its rank."""
        if self._places is None:
            noms = list(self.natures)
            plus_grand = max((n for liste in self.numeros.values() for n in liste), default=0)
            places = np.full(plus_grand + 2, INCONNUE, dtype=np.int32)
            rangs = np.zeros(plus_grand + 2, dtype=np.int32)
            for place, nom in enumerate(noms):
                places[self.numeros[nom]] = place
                rangs[self.numeros[nom]] = np.arange(1, len(self.numeros[nom]) + 1)
            self._places = noms, places, rangs
        noms, places, rangs = self._places
        bornes = np.minimum(numeros, len(places) - 1)
        return places[bornes], rangs[bornes], noms

    def ranger_ensembles(
        self, source: str, lignes: np.ndarray, rangs: np.ndarray, hauteur: int
    ) -> np.ndarray:
        """The rank of the set of each of `hauteur` rows, from one (row, answer) pair an answer.

        Raises ValueError in the impossible case of two sets of the same fingerprint.
        """
        valeurs = np.zeros(hauteur, dtype=np.uint32)
        if not len(lignes):
            return valeurs
        # Rows in order, the answers of each in order, each once.
        uniques = np.unique(lignes.astype(np.int64) << 32 | rangs)
        lignes, rangs = uniques >> 32, uniques & 0xFFFFFFFF
        debuts = np.flatnonzero(np.diff(lignes, prepend=-1))
        tailles = np.diff(debuts, append=len(lignes))
        poids = _poids(int(rangs.max()) + 1)
        empreintes = np.add.reduceat(poids[rangs], debuts)
        _, premiers, inverse = np.unique(empreintes, return_index=True, return_inverse=True)
        connus = self.rangs_d_ensembles[source]
        trouves = np.zeros(len(premiers), dtype=np.uint32)
        for i, premier in enumerate(premiers.tolist()):
            debut = debuts[premier]
            ensemble = tuple(rangs[debut : debut + tailles[premier]].tolist())
            trouves[i] = connus.setdefault(ensemble, len(connus))
        modeles = premiers[inverse]
        if (tailles[modeles] != tailles).any() or not _memes(rangs, debuts, tailles, modeles):
            raise ValueError("two sets of answers have the same fingerprint")
        valeurs[lignes[debuts]] = trouves[inverse]
        return valeurs


def _poids(nombre: int) -> np.ndarray:
    """A random number of 64 bits for each answer: a set's fingerprint is their sum."""
    alea = np.random.default_rng(2017)
    return alea.integers(0, 1 << 64, size=nombre, dtype=np.uint64)


def _memes(rangs: np.ndarray, debuts: np.ndarray, tailles: np.ndarray, modeles: np.ndarray) -> bool:
    """Whether each set holds what its model holds."""
    decalages = np.repeat(debuts[modeles] - debuts, tailles)
    return bool((rangs == rangs[np.arange(len(rangs)) + decalages]).all())


def plus_petit_type(largeur: int) -> np.dtype:
    """The type of a column of that many sets."""
    return np.min_scalar_type(max(largeur - 1, 1))
