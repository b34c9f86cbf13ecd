"""Counting rows of packed columns. Pure.

One `bincount` for each key, whatever the number of figures that read it: each then works on the
keys met, far fewer than rows. Only what no key holds together is read row by row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from pilotage.cellules import Voulue
from pilotage.instantane.lignes_gardees import Lignes, Rangs
from pilotage.instantane.recette import Tiroir
from pilotage.instantane.selection import Base, Combinaisons, Portee, denombrer, toutes

if TYPE_CHECKING:
    from pilotage.instantane.dense import BlocDense


@dataclass(frozen=True, eq=False)
class SelectionDense:
    """`retranchee`: rows that are in the slices and no longer true, to be taken off every count.
    `parents`: the situation of each non-recours, when it is already known."""

    bloc: "BlocDense"
    situations: Lignes
    non_recours: Lignes
    retranchee: Self | None
    parents: np.ndarray | None = None
    _connues: dict = field(default_factory=dict, repr=False)
    _larges: dict = field(default_factory=dict, repr=False)

    def lignes(self, base: Base) -> Lignes:
        return self.situations if base == "situations" else self.non_recours

    def nombre(self, base: Base) -> int:
        moins = self.retranchee.nombre(base) if self.retranchee else 0
        return len(self.lignes(base)) - moins

    def identifiants(self) -> np.ndarray:
        identifiants = self.situations.prendre(self.bloc.ids)
        if self.retranchee is None:
            return identifiants
        return np.setdiff1d(identifiants, self.retranchee.identifiants())

    def mois(self) -> Combinaisons:
        touchees, combien = self.situations.par_case(self.bloc.cases)
        if self.retranchee:
            cases, moins = self.retranchee.situations.par_case(self.bloc.cases)
            touchees, combien = np.append(touchees, cases), np.append(combien, -moins)
        effectifs = np.bincount(self.bloc.mois[touchees], combien, minlength=1).astype(np.int64)
        mois = np.flatnonzero(effectifs)
        return Combinaisons(mois, effectifs[mois])

    def sommer(self, voulues: tuple[Voulue, ...]) -> list[np.ndarray]:
        recette = self.bloc.recette(voulues)
        tables = recette.appliquer(self._remplir(recette.tiroirs)) if recette.tiroirs else {}
        for rang in recette.autres:
            voulue = voulues[rang]
            combinaisons = self.compter(voulue.sources, voulue.largeurs, voulue.base)
            tables[rang] = voulue.sommer(combinaisons)
        return [tables[rang] for rang in range(len(voulues))]

    def _remplir(self, tiroirs: Sequence[Tiroir]) -> np.ndarray:
        """The counts of these drawers, laid end to end."""
        comptes = np.concatenate([self._remplir_un(tiroir) for tiroir in tiroirs])
        return comptes - self.retranchee._remplir(tiroirs) if self.retranchee else comptes

    def _remplir_un(self, tiroir: Tiroir) -> np.ndarray:
        if tiroir.cle is None:
            return self._par_valeur(tiroir.portee, tiroir.sources[0], tiroir.taille)
        cle, _ = self.bloc.grain(tiroir.portee).cles[tiroir.cle]
        presentes, effectifs = self._cles_presentes(tiroir.portee, tiroir.cle)
        if tiroir.classes is not None:
            cellules = tiroir.classes.take(presentes)
        else:
            cellules = cle.nombre(tiroir.sources, presentes)
        return np.bincount(cellules, effectifs, minlength=tiroir.taille)

    def _par_valeur(self, portee: Portee, source: str, largeur: int) -> np.ndarray:
        """How many rows hold each value of a column too wide for keys."""
        if (portee, source) not in self._larges:
            colonne = self.bloc.grain(portee).larges[source]
            lignes = self.situations if portee == "situation" else self.non_recours
            self._larges[portee, source] = np.bincount(lignes.prendre(colonne), minlength=largeur)
        return self._larges[portee, source]

    def compter(
        self, sources: tuple[str, ...], largeurs: tuple[int, ...], base: Base
    ) -> Combinaisons:
        comptees = self._compter(sources, largeurs, base)
        if self.retranchee is None:
            return comptees
        moins = self.retranchee.compter(sources, largeurs, base)
        return Combinaisons(
            np.concatenate([comptees.rangs, moins.rangs]),
            np.concatenate([comptees.effectifs, -moins.effectifs]),
        )

    def _compter(
        self, sources: tuple[str, ...], largeurs: tuple[int, ...], base: Base
    ) -> Combinaisons:
        portee: Portee = "situation" if base == "situations" else "non_recours"
        for place, (cle, _) in enumerate(self.bloc.grain(portee).cles):
            if set(sources) <= set(cle.sources):
                return self._regrouper(portee, place, sources, largeurs)
        if len(sources) == 1 and sources[0] in self.bloc.grain(portee).larges:
            comptes = self._par_valeur(portee, *sources, *largeurs)
            rangs = toutes(len(comptes))
            if rangs is None:
                rangs = comptes.nonzero()[0]
                comptes = comptes.take(rangs)
            return Combinaisons(rangs, comptes)
        poids, possibles = {}, 1
        for source, largeur in zip(reversed(sources), reversed(largeurs), strict=True):
            poids[source] = possibles
            possibles *= largeur
        return denombrer(self._joindre(poids, base), possibles)

    def _regrouper(
        self, portee: Portee, place: int, sources: tuple[str, ...], largeurs: tuple[int, ...]
    ) -> Combinaisons:
        """From the counts of the keys met, those of some of their digits."""
        cle, _ = self.bloc.grain(portee).cles[place]
        presentes, effectifs = self._cles_presentes(portee, place)
        rangees = cle.ranger(sources)
        siennes = cle.largeurs_de(rangees)
        sommes = np.bincount(cle.nombre(rangees, presentes), effectifs).astype(np.int64)
        rencontrees = np.flatnonzero(sommes > 0)
        rangs = rencontrees
        if len(sources) > 1 and (rangees != sources or siennes != largeurs):
            chiffres = dict(zip(rangees, np.unravel_index(rencontrees, siennes), strict=True))
            rangs = np.ravel_multi_index([chiffres[source] for source in sources], largeurs)
        return Combinaisons(rangs, sommes[rencontrees])

    def _cles_presentes(self, portee: Portee, place: int) -> Combinaisons:
        """The keys met, and how many rows hold each (as weights, for `bincount`)."""
        if (portee, place) not in self._connues:
            cle, colonne = self.bloc.grain(portee).cles[place]
            base: Base = "situations" if portee == "situation" else "non_recours"
            cles, effectifs = denombrer(self.lignes(base).prendre(colonne), cle.possibles)
            self._connues[portee, place] = Combinaisons(
                cles.astype(np.uint16), effectifs.astype(np.float64)
            )
        return self._connues[portee, place]

    def _joindre(self, poids: dict[str, int], base: Base) -> np.ndarray:
        """For each row kept, the sum of its values in these columns, each times its weight."""
        portee: Portee = "situation" if base == "situations" else "non_recours"
        grain = self.bloc.grain(portee)
        propres = {s: p for s, p in poids.items() if base == "situations" or grain.a(s)}
        joints = self._lire(portee, propres, self.lignes(base))
        autres = {s: p for s, p in poids.items() if s not in propres}
        if not autres:
            return joints
        if self.parents is not None:
            return joints + self._lire("situation", autres, Rangs(self.parents))
        des_situations = self._lire("situation", autres, self.situations)
        return joints + np.repeat(des_situations, self._tailles)

    @cached_property
    def _tailles(self) -> np.ndarray:
        return self.situations.prendre(self.bloc.tailles)

    def _lire(self, portee: Portee, poids: dict[str, int], lignes: Lignes) -> np.ndarray:
        grain, restants = self.bloc.grain(portee), dict(poids)
        joints = np.zeros(len(lignes), dtype=np.int64)
        while restants:
            couple = grain.cle_de(set(restants))
            if couple is None:
                break
            cle, colonne = couple
            pris = {s: restants.pop(s) for s in list(restants) if s in cle.sources}
            valeurs = lignes.prendre(colonne)
            if len(valeurs) > cle.possibles:
                joints += cle.table(pris).take(valeurs)
                continue
            for source, facteur in pris.items():
                joints += cle.nombre([source], valeurs).astype(np.int64) * facteur
        for source, facteur in restants.items():
            if source in grain.larges:
                joints += lignes.prendre(grain.larges[source]).astype(np.int64) * facteur
            elif source in grain.locales:
                joints += lignes.prendre(grain.locale(source)).astype(np.int64) * facteur
        return joints
