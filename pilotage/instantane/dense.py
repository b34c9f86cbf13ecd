"""The bulk of the facts, read-only: joint keys of 16 bits, sorted by territory and month. Pure.

A territory and a period are one slice. Without filter nothing but slices is read; with filters,
the rows kept are listed once, and each key is read through that list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np

from pilotage.cellules import Voulue
from pilotage.instantane.bloc import BlocSimple
from pilotage.instantane.cles import NON_RECOURS, SITUATIONS
from pilotage.instantane.dictionnaire import Dictionnaire
from pilotage.instantane.grain import Grain, empaqueter
from pilotage.instantane.lignes_gardees import Plages, Rangs
from pilotage.instantane.recette import Recette
from pilotage.instantane.selection import (
    DECLARANT,
    DROITS,
    VALIDEE,
    Filtre,
    Portee,
    Restriction,
    derouler,
)
from pilotage.instantane.selection_dense import SelectionDense

# Beyond that many slices, one list of rows costs less.
PLAGES_MAX = 16
VALIDEES = Filtre(VALIDEE, "situation", np.array([False, True]))
# Beyond one situation out of so many, their non-recours are found faster from all of them.
NOMBREUSES = 8
# A non-recours out of so many says in full which situation is its own.
PAS = 64
RECETTES_AU_PLUS = 16
# Columns that no filter of a list reads, and too wide for a table by territory.
SANS_PRESENCE = {DROITS, DECLARANT}


@dataclass(frozen=True, eq=False)
class BlocDense:
    """`ids`: shape (situations,). `debuts`: shape (situations + 1,), as in `BlocSimple`.

    `cases`: the first row of each (territory, month) met, and one after the last; `territoires`
    and `mois`: those of each. `presences[source]`: booleans (territories, sets), for the columns
    where a filter may skip whole territories; `lieux`: these territories, in order.
    """

    ids: np.ndarray
    transmises: np.ndarray
    debuts: np.ndarray
    cases: np.ndarray
    territoires: np.ndarray
    mois: np.ndarray
    situations: Grain
    non_recours: Grain
    lieux: np.ndarray
    presences: Mapping[str, np.ndarray] = field(repr=False)
    _recettes: dict = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def depuis(cls, bloc: BlocSimple, dictionnaire: Dictionnaire) -> Self:
        """Packs a block; the ranks stay those of the dictionary."""
        entetes = bloc.entetes
        couples = entetes.territoires.astype(np.int64) << 16 | entetes.mois
        presents, premiers = np.unique(couples, return_index=True)
        lieux = np.unique(entetes.territoires)
        locales = {v for v, nature in dictionnaire.natures.items() if nature.locale}
        petits = np.uint32 if entetes.ids.max(initial=0) < 1 << 32 else np.int64
        communes = {
            source: np.repeat(bloc.colonnes[source][1], np.diff(bloc.debuts))
            for groupe in NON_RECOURS
            for source in groupe
            if source in bloc.colonnes and bloc.colonnes[source][0] == "situation"
        }
        return cls(
            ids=entetes.ids.astype(petits),
            transmises=entetes.transmises.astype(np.uint16),
            debuts=bloc.debuts.astype(np.uint32),
            cases=np.append(premiers, len(bloc)),
            territoires=presents >> 16,
            mois=presents & 0xFFFF,
            situations=empaqueter(bloc, "situation", SITUATIONS, {}, locales),
            non_recours=empaqueter(bloc, "non_recours", NON_RECOURS, communes, locales),
            lieux=lieux,
            presences=_presences(bloc, lieux, locales | SANS_PRESENCE),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def grain(self, portee: Portee) -> Grain:
        return self.situations if portee == "situation" else self.non_recours

    @cached_property
    def _lieux_connus(self) -> frozenset[int]:
        return frozenset(self.lieux.tolist())

    @cached_property
    def tailles(self) -> np.ndarray:
        """How many non-recours each situation has."""
        tailles = np.diff(self.debuts)
        return tailles.astype(np.min_scalar_type(int(tailles.max(initial=0))))

    @cached_property
    def _parents_par_pas(self) -> tuple[np.ndarray, np.ndarray]:
        """The situation of one non-recours out of `PAS`, and how much further that of each is:
        four times lighter than the situation of each, and read as fast."""
        parents = np.repeat(np.arange(len(self), dtype=np.uint32), self.tailles)
        reperes = parents[::PAS]
        ecarts = parents - np.repeat(reperes, PAS)[: len(parents)]
        return reperes.copy(), ecarts.astype(np.min_scalar_type(int(ecarts.max(initial=0))))

    def recette(self, voulues: tuple[Voulue, ...]) -> Recette:
        """How to count these tables; a few recipes are kept."""
        recette = self._recettes.get(voulues)
        if recette is None:
            if len(self._recettes) >= RECETTES_AU_PLUS:
                self._recettes.clear()
            recette = self._recettes[voulues] = Recette.de(self, voulues)
        return recette

    def bornes(self, territoire: int) -> tuple[int, int]:
        """The slice of a territory."""
        debut, fin = np.searchsorted(self.territoires, [territoire, territoire + 1])
        return int(self.cases[debut]), int(self.cases[fin])

    def ensembles_presents(self, source: str, territoires: frozenset[int]) -> np.ndarray:
        """The ranks of the sets met in this column, for these territories."""
        if source in self.presences:
            ici = np.isin(self.lieux, list(territoires))
            return np.flatnonzero(self.presences[source][ici].any(axis=0))
        portee: Portee = "situation" if self.situations.a(source) else "non_recours"
        vus = [np.zeros(0, dtype=np.int64)]
        for debut, valeurs in self.grain(portee).locales.get(source, ()):
            if self._territoire_de(debut, portee) in territoires:
                vus.append(np.unique(valeurs))
        return np.unique(np.concatenate(vus))

    def _territoire_de(self, rang: int, portee: Portee) -> int:
        if portee == "non_recours":
            rang = int(np.searchsorted(self.debuts, rang, side="right")) - 1
        return int(self.territoires[np.searchsorted(self.cases, rang, side="right") - 1])

    def selectionner(self, restriction: Restriction, mortes: np.ndarray) -> SelectionDense:
        """The rows kept, but for the situations of these rows, sorted, that are no longer true."""
        plages = self._plages(restriction)
        libre = not (restriction.filtres or restriction.validees or restriction.avant is not None)
        if libre and plages.nombre_de_plages <= PLAGES_MAX:
            enfants = Plages([(int(self.debuts[a]), int(self.debuts[b])) for a, b in plages.bornes])
            mortes = mortes[plages.contient(mortes)] if len(mortes) else mortes
            retranchee = self._explicite(mortes) if len(mortes) else None
            return SelectionDense(self, plages, enfants, retranchee)
        return self._filtrer(plages, restriction, mortes)

    def _plages(self, restriction: Restriction) -> Plages:
        """The slices of these territories and months, neighbours joined."""
        lieux = self._lieux_possibles(restriction)
        if len(lieux) == 1 and restriction.premier is None and restriction.dernier is None:
            return Plages([self.bornes(*lieux)])
        gardees = np.isin(self.territoires, list(lieux))
        if restriction.premier is not None:
            gardees &= self.mois >= restriction.premier
        if restriction.dernier is not None:
            gardees &= self.mois <= restriction.dernier
        return Plages.depuis_cases(gardees, self.cases)

    def _lieux_possibles(self, restriction: Restriction) -> frozenset[int]:
        """Those of the territories where each filter has something to keep."""
        possibles = restriction.territoires & self._lieux_connus
        for filtre in restriction.filtres:
            presence = self.presences.get(filtre.source)
            if presence is not None:
                retenus = filtre.retenus[: presence.shape[1]]
                lieux = self.lieux[presence[:, retenus].any(axis=1)]
                possibles &= frozenset(lieux.tolist())
            elif filtre.source in self.grain(filtre.portee).locales:
                segments = self.grain(filtre.portee).locales[filtre.source]
                possibles &= {self._territoire_de(d, filtre.portee) for d, _ in segments}
            elif not self.grain(filtre.portee).a(filtre.source):
                return frozenset()
        return possibles

    def _filtrer(
        self, plages: Plages, restriction: Restriction, mortes: np.ndarray
    ) -> SelectionDense:
        debut, fin = plages.enveloppe
        gardees = plages.masque()
        if len(mortes):
            ici = mortes[(mortes >= debut) & (mortes < fin)]
            gardees[ici - debut] = False
        if restriction.validees:
            (validees,) = self._masques([VALIDEES], debut, fin)
            gardees &= validees
        if restriction.avant is not None:
            gardees &= self.transmises[debut:fin] < restriction.avant
        for masque in self._masques(restriction.de_portee("situation"), debut, fin):
            gardees &= masque
        sur_les_droits = restriction.de_portee("non_recours")
        if not sur_les_droits:
            return self._explicite(np.flatnonzero(gardees) + debut)
        premier, dernier = int(self.debuts[debut]), int(self.debuts[fin])
        droits, *autres = self._masques(sur_les_droits, premier, dernier)
        for masque in autres:
            droits &= masque
        enfants = np.flatnonzero(droits)
        parents = self._parents(enfants + premier) - debut
        if not gardees.all():
            tenus = gardees[parents]
            enfants, parents = enfants[tenus], parents[tenus]
        nouvelles = np.flatnonzero(np.diff(parents, prepend=-1))
        return SelectionDense(
            self, Rangs(parents[nouvelles] + debut), Rangs(enfants + premier), None,
            parents + debut,
        )  # fmt: skip

    def _masques(self, filtres: list[Filtre], debut: int, fin: int) -> Iterator[np.ndarray]:
        """Which of these rows of their grain pass the filters: one mask for all those that a key
        holds together."""
        restants: dict[str, Filtre] = {}
        for filtre in filtres:
            # Two filters on one column: both.
            deja = restants.get(filtre.source, filtre)
            restants[filtre.source] = filtre._replace(retenus=filtre.retenus & deja.retenus)
        while restants:
            grain = self.grain(filtres[0].portee)
            couple = grain.cle_de(set(restants))
            if couple is None:
                break
            cle, colonne = couple
            passent = np.ones(cle.possibles, dtype=bool)
            for source in set(cle.sources) & restants.keys():
                passent &= restants.pop(source).retenus[cle.table({source: 1})]
            yield passent.take(colonne[debut:fin])
        for filtre in restants.values():
            yield self._masque_large(filtre, debut, fin)

    def _masque_large(self, filtre: Filtre, debut: int, fin: int) -> np.ndarray:
        grain = self.grain(filtre.portee)
        if filtre.source in grain.larges:
            return filtre.retenus.take(grain.larges[filtre.source][debut:fin])
        if filtre.source in grain.locales:
            return filtre.retenus.take(grain.locale(filtre.source)[debut:fin])
        return np.zeros(fin - debut, dtype=bool)

    def _parents(self, enfants: np.ndarray) -> np.ndarray:
        """The row of the situation of each of these non-recours."""
        reperes, ecarts = self._parents_par_pas
        return reperes.take(enfants // PAS).astype(np.int64) + ecarts.take(enfants)

    def _explicite(self, situations: np.ndarray) -> SelectionDense:
        """These situations with all their non-recours."""
        if len(situations) * NOMBREUSES > len(self):
            gardees = np.zeros(len(self), dtype=bool)
            gardees[situations] = True
            enfants = np.flatnonzero(np.repeat(gardees, self.tailles))
            return SelectionDense(self, Rangs(situations), Rangs(enfants), None)
        debuts = self.debuts[situations].astype(np.int64)
        fins = self.debuts[situations + 1].astype(np.int64)
        return SelectionDense(self, Rangs(situations), Rangs(derouler(debuts, fins)), None)


def _presences(bloc: BlocSimple, lieux: np.ndarray, sauf: set[str]) -> dict[str, np.ndarray]:
    """For each column, which sets each territory has; local columns tell it by their stretches."""
    presences = {}
    for source, (_, valeurs) in bloc.colonnes.items():
        if source in sauf:
            continue
        largeur = int(valeurs.max(initial=0)) + 1
        table = np.zeros((len(lieux), largeur), dtype=bool)
        for i, lieu in enumerate(lieux.tolist()):
            table[i, bloc.ensembles_presents(source, frozenset({lieu}))] = True
        presences[source] = table
    return presences
