"""From combinations of sets to the modalities that they hold. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import NamedTuple

import numpy as np

from pilotage.instantane.selection import Base, Combinaisons, derouler
from pilotage.variables import Colonne, Membres, Modalite


class Voulue(NamedTuple):
    """A table to count: these columns, by the modalities of their sets."""

    base: Base
    sources: tuple[str, ...]
    membres: tuple[Membres, ...]

    @classmethod
    def de(cls, colonnes: Sequence[Colonne], base: Base, noyau: bool) -> "Voulue":
        sources = tuple([colonne.source for colonne in colonnes])
        return cls(base, sources, tuple([colonne.membres(noyau) for colonne in colonnes]))

    @classmethod
    def par_valeur(cls, source: str, largeur: int, base: Base) -> "Voulue":
        """What is not an answer: each value of this column apart, from 0 to `largeur` − 1."""
        return cls(base, (source,), (_un_par_valeur(largeur),))

    @property
    def largeurs(self) -> tuple[int, ...]:
        """How many sets each column has."""
        return tuple(len(membres.debuts) - 1 for membres in self.membres)

    @property
    def forme(self) -> tuple[int, ...]:
        return tuple(len(membres.modalites) for membres in self.membres)

    @property
    def est_simple(self) -> bool:
        """Whether each row is in one cell."""
        return all(membres.est_simple for membres in self.membres)

    def sommer(self, combinaisons: Combinaisons) -> np.ndarray:
        """The table, « Sans réponse » last on each axis."""
        ensembles = combinaisons.separer(self.largeurs)
        cellules = Cellules(self.membres, ensembles, combinaisons.effectifs)
        return cellules.sommer(*range(len(self.membres)))


@lru_cache(maxsize=8)
def _un_par_valeur(largeur: int) -> Membres:
    modalites = tuple(Modalite(str(k), str(k)) for k in range(largeur))
    return Membres(modalites, np.arange(largeur + 1), np.arange(largeur))


@dataclass(frozen=True, eq=False)
class Cellules:
    """Combinations of sets, `ensembles[axe]` and `effectifs`, and the members of the sets.

    The last modality of each axis is « Sans réponse ».
    """

    membres: Sequence[Membres]
    ensembles: Sequence[np.ndarray]
    effectifs: np.ndarray

    def sommer(self, *axes: int) -> np.ndarray:
        """Counts by modality of these axes, shape (modalities of each, « Sans réponse » last)."""
        forme = tuple(len(self.membres[axe].modalites) for axe in axes)
        lignes, rangs = self.deplier(axes)
        sommes = np.bincount(rangs, self.effectifs[lignes], minlength=prod(forme))
        return sommes.astype(np.int64).reshape(forme)

    def dominer(self, declarants: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each modality of the axes: how many organismes contribute, the share of the first.

        `declarants`: the set of the organisme, for each combination; 0 is nobody.
        """
        comptees = np.flatnonzero(self.effectifs)
        ensembles = [ensembles[comptees] for ensembles in self.ensembles]
        rencontrees = Cellules(self.membres, ensembles, self.effectifs[comptees])
        forme = tuple(len(membres.modalites) for membres in self.membres)
        lignes, rangs = rencontrees.deplier(tuple(range(len(forme))))
        effectifs, auteurs = rencontrees.effectifs[lignes], declarants[comptees][lignes]
        largeur = int(auteurs.max(initial=0)) + 1
        par_declarant = rangs * largeur + auteurs
        cles, inverse = np.unique(par_declarant, return_inverse=True)
        apports = np.bincount(inverse, effectifs, minlength=len(cles))
        cases, connus = cles // largeur, (cles % largeur > 0) & (apports > 0)
        taille = prod(forme)
        sommes = np.bincount(cases, apports, minlength=taille)
        plus_gros = np.zeros(taille)
        np.maximum.at(plus_gros, cases[connus], apports[connus])
        parts = np.divide(plus_gros, sommes, out=np.zeros(taille), where=sommes > 0)
        return np.bincount(cases[connus], minlength=taille).reshape(forme), parts.reshape(forme)

    def deplier(self, axes: tuple[int, ...]) -> tuple[np.ndarray | slice, np.ndarray]:
        """Each combination once for each tuple of modalities of its sets: its line, their rank."""
        if all(self.membres[axe].est_simple for axe in axes):
            return slice(None), self._rangs_simples(axes)
        lignes = np.arange(len(self.effectifs))
        rangs = np.zeros(len(lignes), dtype=np.int64)
        for axe in axes:
            membres, ensembles = self.membres[axe], self.ensembles[axe][lignes]
            if membres.est_simple:
                rangs = rangs * len(membres.modalites) + membres.rangs[ensembles]
                continue
            premiers, derniers = membres.debuts[ensembles], membres.debuts[ensembles + 1]
            repetees = np.repeat(np.arange(len(lignes)), derniers - premiers)
            suivants = membres.rangs[derouler(premiers, derniers)]
            lignes = lignes[repetees]
            rangs = rangs[repetees] * len(membres.modalites) + suivants
        return lignes, rangs

    def _rangs_simples(self, axes: tuple[int, ...]) -> np.ndarray:
        """The rank of the one tuple of modalities of each combination."""
        premier, *suivants = axes
        rangs = self.membres[premier].rangs[self.ensembles[premier]]
        for axe in suivants:
            membres = self.membres[axe]
            rangs = rangs * len(membres.modalites) + membres.rangs[self.ensembles[axe]]
        return rangs
