"""Counting over a selection of facts: combinations of sets first, then their modalities. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np

from pilotage.demande import Demande
from pilotage.faits import Faits
from pilotage.instantane.selection import (
    Base,
    Combinaisons,
    Filtre,
    Restriction,
    Selection,
    derouler,
)
from pilotage.variables import Colonne, Membres
from situations.calendrier import en_date, en_numero


@dataclass(frozen=True, eq=False)
class Compteur:
    """The rows that a request keeps, in every block, and what was already counted of them."""

    faits: Faits
    noyau: bool
    selections: tuple[Selection, ...]
    _connus: dict = field(default_factory=dict, repr=False)

    @classmethod
    def depuis(
        cls, faits: Faits, demande: Demande, territoires: frozenset[int], noyau: bool
    ) -> "Compteur":
        """Raises KeyError when the request names a variable that the facts do not have."""
        premier, dernier = (mois and en_numero(en_date(mois)) for mois in demande.periode)
        filtres = []
        for variable, codes in demande.exigences:
            colonne = faits.colonnes[variable]
            retenues = colonne.retenues(codes, noyau)
            filtres.append(Filtre(colonne.source, colonne.variable.portee, retenues))
        restriction = Restriction(
            territoires=territoires,
            premier=premier,
            dernier=dernier,
            validees=demande.validees_seulement,
            avant=faits.avant,
            filtres=tuple(filtres),
        )
        return cls(faits, noyau, tuple(b.selectionner(restriction) for b in faits.blocs))

    def nombre(self, base: Base) -> int:
        """How many rows of this base."""
        return sum(selection.nombre(base) for selection in self.selections)

    def combinaisons(
        self, sources: tuple[str, ...], largeurs: tuple[int, ...], base: Base
    ) -> Combinaisons:
        """The combinations of sets met; the same one may come twice, from two blocks."""
        cle = (sources, base)
        if cle not in self._connus:
            parties = [s.compter(sources, largeurs, base) for s in self.selections]
            self._connus[cle] = _reunir(parties)
        return self._connus[cle]

    def par_ensemble(self, source: str, largeur: int, base: Base) -> np.ndarray:
        """How many rows hold each set of this column, shape (largeur,)."""
        rangs, effectifs = self.combinaisons((source,), (largeur,), base)
        return np.bincount(rangs, effectifs, minlength=largeur).astype(np.int64)

    def identifiants(self) -> np.ndarray:
        """The situations kept, by their number in the database."""
        return np.concatenate([np.zeros(0, np.int64), *(s.identifiants() for s in self.selections)])

    def mois(self) -> Combinaisons:
        return _reunir([selection.mois() for selection in self.selections])

    def croiser(self, colonnes: Sequence[Colonne], base: Base) -> "Cellules":
        """The counts of these columns crossed, by modality (see `Cellules`)."""
        largeurs = tuple(colonne.largeur for colonne in colonnes)
        sources = tuple(colonne.source for colonne in colonnes)
        rangs, effectifs = self.combinaisons(sources, largeurs, base)
        ensembles = np.unravel_index(rangs, largeurs) if len(rangs) else [rangs] * len(colonnes)
        membres = [colonne.membres(self.noyau) for colonne in colonnes]
        return Cellules(membres, list(ensembles), effectifs)


def _reunir(parties: Sequence[Combinaisons]) -> Combinaisons:
    if len(parties) == 1:
        return parties[0]
    return Combinaisons(
        np.concatenate([p.rangs for p in parties] or [np.zeros(0, np.int64)]),
        np.concatenate([p.effectifs for p in parties] or [np.zeros(0, np.int64)]),
    )


def base_de(*colonnes: Colonne) -> Base:
    """What a crossing of these counts: non-recours as soon as one describes them."""
    portees = {colonne.variable.portee for colonne in colonnes}
    return "non_recours" if "non_recours" in portees else "situations"


@dataclass(frozen=True, eq=False)
class Cellules:
    """Combinations of sets, `ensembles[axe]` and `effectifs`, and the members of the sets.

    The last modality of each axis is « Sans réponse ».
    """

    membres: list[Membres]
    ensembles: list[np.ndarray]
    effectifs: np.ndarray

    def sommer(self, *axes: int) -> np.ndarray:
        """Counts by modality of these axes, shape (modalities of each, « Sans réponse » last)."""
        forme = tuple(len(self.membres[axe].modalites) for axe in axes)
        lignes, rangs = self._deplier(axes)
        sommes = np.bincount(rangs, self.effectifs[lignes], minlength=prod(forme))
        return sommes.astype(np.int64).reshape(forme)

    def dominer(self, declarants: np.ndarray, *axes: int) -> tuple[np.ndarray, np.ndarray]:
        """For each modality of these axes: how many organismes contribute, the share of the first.

        `declarants`: the set of the organisme, for each combination; 0 is nobody.
        """
        forme = tuple(len(self.membres[axe].modalites) for axe in axes)
        lignes, rangs = self._deplier(axes)
        largeur = int(declarants.max(initial=0)) + 1
        cles, inverse = np.unique(rangs * largeur + declarants[lignes], return_inverse=True)
        apports = np.bincount(inverse, self.effectifs[lignes], minlength=len(cles))
        cases, connus = cles // largeur, (cles % largeur > 0) & (apports > 0)
        taille = prod(forme)
        sommes = np.bincount(cases, apports, minlength=taille)
        plus_gros = np.zeros(taille)
        np.maximum.at(plus_gros, cases[connus], apports[connus])
        parts = np.divide(plus_gros, sommes, out=np.zeros(taille), where=sommes > 0)
        return np.bincount(cases[connus], minlength=taille).reshape(forme), parts.reshape(forme)

    def _deplier(self, axes: tuple[int, ...]) -> tuple[np.ndarray | slice, np.ndarray]:
        """Each combination once for each tuple of modalities of its sets: its line, their rank."""
        if all(self.membres[axe].est_simple for axe in axes):
            return slice(None), self._rangs_simples(axes)
        lignes = np.arange(len(self.effectifs))
        rangs = np.zeros(len(lignes), dtype=np.int64)
        for axe in axes:
            modalites, debuts, membres = self.membres[axe]
            ensembles = self.ensembles[axe][lignes]
            if self.membres[axe].est_simple:
                rangs = rangs * len(modalites) + membres[ensembles]
                continue
            premiers, derniers = debuts[ensembles], debuts[ensembles + 1]
            repetees = np.repeat(np.arange(len(lignes)), derniers - premiers)
            lignes = lignes[repetees]
            rangs = rangs[repetees] * len(modalites) + membres[derouler(premiers, derniers)]
        return lignes, rangs

    def _rangs_simples(self, axes: tuple[int, ...]) -> np.ndarray:
        """The rank of the one tuple of modalities of each combination."""
        premier, *suivants = axes
        rangs = self.membres[premier].rangs[self.ensembles[premier]]
        for axe in suivants:
            membres = self.membres[axe]
            rangs = rangs * len(membres.modalites) + membres.rangs[self.ensembles[axe]]
        return rangs
