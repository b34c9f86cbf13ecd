"""A block of facts in plain columns: the facts of a territory read directly, or the latest ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from pilotage.instantane.selection import (
    TAILLE,
    VALIDEE,
    Base,
    Combinaisons,
    Portee,
    Restriction,
    denombrer,
    derouler,
)

if TYPE_CHECKING:
    from pilotage.cellules import Voulue

Colonnes = Mapping[str, tuple[Portee, np.ndarray]]


class Entetes(NamedTuple):
    """What a situation is, beside its answers: four arrays of the same length.

    `mois`: since January 2000. `transmises`: days since January 1st, 2000.
    """

    ids: np.ndarray
    territoires: np.ndarray
    mois: np.ndarray
    transmises: np.ndarray


@dataclass(frozen=True, eq=False)
class BlocSimple:
    """Situations sorted by (territory, month, id).

    `debuts`, shape (situations + 1,): the non-recours of situation i are the rows `debuts[i]` to
    `debuts[i + 1]`. `colonnes`: the rank of the set answered on each row of its grain; a column
    that is not there is empty. Those of the situation include its own (`selection.VALIDEE`…).
    """

    entetes: Entetes
    debuts: np.ndarray
    colonnes: Colonnes = field(repr=False)

    @classmethod
    def trier(cls, entetes: Entetes, parents: np.ndarray, colonnes: Colonnes) -> Self:
        """Sorts rows given in any order; `parents`: the row of its situation, for a non-recours."""
        ordre = np.lexsort((entetes.ids, entetes.mois, entetes.territoires))
        rangs = np.empty(len(ordre), dtype=np.int64)
        rangs[ordre] = np.arange(len(ordre))
        places = rangs[parents]
        enfants = np.argsort(places, kind="stable")
        tailles = np.bincount(parents, minlength=len(ordre))[ordre]
        ordres = {"situation": ordre, "non_recours": enfants}
        rangees: dict[str, tuple[Portee, np.ndarray]] = {
            source: (portee, valeurs[ordres[portee]])
            for source, (portee, valeurs) in colonnes.items()
        }
        rangees[TAILLE] = ("situation", np.minimum(tailles, 255).astype(np.uint8))
        return cls(
            Entetes(*(entete[ordre] for entete in entetes)),
            np.concatenate([[0], np.cumsum(tailles)]),
            rangees,
        )

    @classmethod
    def reunir(cls, blocs: Sequence["BlocSimple"], sauf: np.ndarray) -> Self:
        """The rows of these blocks in one, but for the situations whose id is in `sauf[bloc]`."""
        entetes, parents, colonnes = [], [], []
        decalage = 0
        for bloc, retirees in zip(blocs, sauf, strict=True):
            gardees = np.flatnonzero(~np.isin(bloc.entetes.ids, retirees))
            enfants = derouler(bloc.debuts[gardees], bloc.debuts[gardees + 1])
            tailles = bloc.debuts[gardees + 1] - bloc.debuts[gardees]
            entetes.append([entete[gardees] for entete in bloc.entetes])
            parents.append(np.repeat(np.arange(len(gardees)) + decalage, tailles))
            colonnes.append({"situation": gardees, "non_recours": enfants})
            decalage += len(gardees)
        sources = {source: c[0] for bloc in blocs for source, c in bloc.colonnes.items()}
        return cls.trier(
            Entetes(*(np.concatenate(parties) for parties in zip(*entetes, strict=True))),
            np.concatenate(parents),
            {
                source: (
                    portee,
                    np.concatenate(
                        [
                            bloc.valeurs(source, lignes[portee])
                            for bloc, lignes in zip(blocs, colonnes, strict=True)
                        ]
                    ),
                )
                for source, portee in sources.items()
            },
        )

    def __len__(self) -> int:
        return len(self.entetes.ids)

    @cached_property
    def bornes(self) -> dict[int, tuple[int, int]]:
        """The slice of each territory."""
        territoires = self.entetes.territoires
        presents = np.unique(territoires)
        debuts = np.searchsorted(territoires, presents).tolist()
        fins = np.searchsorted(territoires, presents, side="right").tolist()
        return dict(zip(presents.tolist(), zip(debuts, fins, strict=True), strict=True))

    @cached_property
    def situation_de(self) -> np.ndarray:
        """The row of its situation, for each non-recours."""
        return np.repeat(np.arange(len(self)), np.diff(self.debuts))

    def valeurs(self, source: str, lignes: np.ndarray) -> np.ndarray:
        """What these rows of its grain hold in this column."""
        if source not in self.colonnes:
            return np.zeros(len(lignes), dtype=np.uint8)
        return self.colonnes[source][1][lignes]

    def ensembles_presents(self, source: str, territoires: frozenset[int]) -> np.ndarray:
        """The ranks of the sets met in this column, for these territories."""
        if source not in self.colonnes:
            return np.zeros(0, dtype=np.int64)
        portee, valeurs = self.colonnes[source]
        vus = []
        for territoire in territoires & self.bornes.keys():
            debut, fin = self.bornes[territoire]
            if portee == "non_recours":
                debut, fin = self.debuts[debut], self.debuts[fin]
            vus.append(valeurs[debut:fin])
        return np.unique(np.concatenate(vus)) if vus else np.zeros(0, dtype=np.int64)

    def selectionner(self, restriction: Restriction) -> "SelectionSimple":
        situations = self._situations_de(restriction)
        if restriction.validees:
            situations = situations[self.valeurs(VALIDEE, situations) > 0]
        if restriction.avant is not None:
            situations = situations[self.entetes.transmises[situations] < restriction.avant]
        for filtre in restriction.de_portee("situation"):
            situations = situations[filtre.retenus[self.valeurs(filtre.source, situations)]]
        non_recours = derouler(self.debuts[situations], self.debuts[situations + 1])
        sur_les_droits = restriction.de_portee("non_recours")
        for filtre in sur_les_droits:
            non_recours = non_recours[filtre.retenus[self.valeurs(filtre.source, non_recours)]]
        if sur_les_droits:
            situations = np.unique(self.situation_de[non_recours])
        return SelectionSimple(self, situations, non_recours)

    def _situations_de(self, restriction: Restriction) -> np.ndarray:
        """The rows of these territories and months: one slice of the sorted months for each."""
        debuts, fins = [], []
        for territoire in sorted(restriction.territoires & self.bornes.keys()):
            debut, fin = self.bornes[territoire]
            mois = self.entetes.mois[debut:fin]
            premier, dernier = restriction.premier, restriction.dernier
            debuts.append(debut if premier is None else debut + np.searchsorted(mois, premier))
            fins.append(fin if dernier is None else debut + np.searchsorted(mois, dernier + 1))
        return derouler(np.array(debuts, dtype=np.int64), np.array(fins, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class SelectionSimple:
    """The rows kept, at the two grains: `non_recours` all belong to `situations`."""

    bloc: BlocSimple
    situations: np.ndarray
    non_recours: np.ndarray

    def identifiants(self) -> np.ndarray:
        return self.bloc.entetes.ids[self.situations]

    def nombre(self, base: Base) -> int:
        return len(self.situations if base == "situations" else self.non_recours)

    def compter(
        self, sources: tuple[str, ...], largeurs: tuple[int, ...], base: Base
    ) -> Combinaisons:
        joints = np.zeros(self.nombre(base), dtype=np.int64)
        possibles = 1
        for source, largeur in zip(sources, largeurs, strict=True):
            joints *= largeur
            joints += self._valeurs(source, base)
            possibles *= largeur
        return denombrer(joints, possibles)

    def sommer(self, voulues: "tuple[Voulue, ...]") -> "list[np.ndarray]":
        return [v.sommer(self.compter(v.sources, v.largeurs, v.base)) for v in voulues]

    def _valeurs(self, source: str, base: Base) -> np.ndarray:
        if base == "situations":
            return self.bloc.valeurs(source, self.situations)
        portee = self.bloc.colonnes[source][0] if source in self.bloc.colonnes else "non_recours"
        lignes = self.non_recours
        if portee == "situation":
            lignes = self.bloc.situation_de[lignes]
        return self.bloc.valeurs(source, lignes)

    def mois(self) -> Combinaisons:
        return Combinaisons(*np.unique(self.bloc.entetes.mois[self.situations], return_counts=True))
