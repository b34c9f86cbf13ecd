"""Counting over a selection of facts: combinations of sets first, then their modalities. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pilotage.cellules import Cellules, Voulue
from pilotage.demande import Demande
from pilotage.faits import Faits
from pilotage.instantane.selection import (
    Base,
    Combinaisons,
    Filtre,
    Restriction,
    Selection,
)
from pilotage.variables import Colonne
from situations.calendrier import en_date, en_numero


@dataclass(frozen=True, eq=False)
class Compteur:
    """The rows that a request keeps, in every block, and what was already counted of them."""

    faits: Faits
    noyau: bool
    selections: tuple[Selection, ...]
    _connus: dict = field(default_factory=dict, repr=False)
    _tables: dict = field(default_factory=dict, repr=False)

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
        return self.combinaisons((source,), (largeur,), base).etaler(largeur)

    def identifiants(self) -> np.ndarray:
        """The situations kept, by their number in the database."""
        return np.concatenate([np.zeros(0, np.int64), *(s.identifiants() for s in self.selections)])

    def mois(self) -> Combinaisons:
        return _reunir([selection.mois() for selection in self.selections])

    def voulue(self, *colonnes: Colonne) -> Voulue:
        """The table of these columns crossed."""
        return Voulue.de(colonnes, base_de(*colonnes), self.noyau)

    def preparer(self, voulues: Sequence[Voulue]) -> None:
        """Counts at once what `compter` will be asked: far less than one after the other."""
        voulues = tuple(voulues)
        parties = (selection.sommer(voulues) for selection in self.selections)
        for voulue, comptees in zip(voulues, zip(*parties, strict=True), strict=True):
            premiere, *autres = comptees
            self._tables[voulue] = sum(autres, premiere)

    def compter(self, voulue: Voulue) -> np.ndarray:
        """How many rows gave these answers, shape (modalities of each, « Sans réponse » last)."""
        if voulue not in self._tables:
            self.preparer([voulue])
        return self._tables[voulue]

    def sommer(self, colonnes: Sequence[Colonne], base: Base) -> np.ndarray:
        """The same for these columns crossed, in this base."""
        return self.compter(Voulue.de(colonnes, base, self.noyau))

    def croiser(self, colonnes: Sequence[Colonne], base: Base) -> Cellules:
        """The combinations of these columns, to be summed by modality."""
        voulue = Voulue.de(colonnes, base, self.noyau)
        combinaisons = self.combinaisons(voulue.sources, voulue.largeurs, base)
        ensembles = combinaisons.separer(voulue.largeurs)
        return Cellules(voulue.membres, ensembles, combinaisons.effectifs)


def _reunir(parties: Sequence[Combinaisons]) -> Combinaisons:
    if len(parties) == 1:
        return parties[0]
    return Combinaisons(
        np.concatenate([p.rangs for p in parties] or [np.zeros(0, np.int64)]),
        np.concatenate([p.effectifs for p in parties] or [np.zeros(0, np.int64)]),
    )


def base_de(*colonnes: Colonne) -> Base:
    """What a crossing of these counts: non-recours as soon as one describes them."""
    for colonne in colonnes:
        if colonne.variable.portee == "non_recours":
            return "non_recours"
    return "situations"
