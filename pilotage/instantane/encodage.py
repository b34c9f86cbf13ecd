"""From the numbers of the projection to columns. Pure.

Rows come in lots, as a matrix of numbers filled up with zeros on the right; an answer that is not
counted, or that describes the other grain, is left aside.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from pilotage.instantane.bloc import BlocSimple, Entetes
from pilotage.instantane.dictionnaire import Dictionnaire, plus_petit_type
from pilotage.instantane.selection import DECLARANT, DROITS, VALIDEE, Portee
from situations.recodage import recoder

DROIT = "droit"


@dataclass(frozen=True, eq=False)
class Recodages:
    """Old answers counted as others: by territory, the table of numbers, chains followed."""

    tables: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    variable_de: Mapping[int, str] = field(default_factory=dict)
    simples: frozenset[str] = frozenset()

    def appliquer(self, territoires: np.ndarray, numeros: np.ndarray) -> np.ndarray:
        """The same matrix with the recodings of the territory of each row."""
        concernees = np.isin(territoires, list(self.tables))
        if not concernees.any():
            return numeros
        numeros = numeros.copy()
        for territoire, table in self.tables.items():
            lignes = np.flatnonzero(territoires == territoire)
            touchees = lignes[np.isin(numeros[lignes], list(table)).any(axis=1)]
            for ligne in touchees.tolist():
                avant = [numero for numero in numeros[ligne].tolist() if numero]
                apres = recoder(avant, table, self.variable_de, self.simples)
                numeros[ligne] = 0
                numeros[ligne, : len(apres)] = apres
        return numeros


@dataclass(eq=False)
class Encodeur:
    """Gathers lots of rows of both grains, then gives them as one sorted block."""

    dictionnaire: Dictionnaire
    recodages: Recodages
    organismes: dict[int, int]
    _entetes: list[Entetes] = field(default_factory=list)
    _declarants: list[np.ndarray] = field(default_factory=list)
    _validees: list[np.ndarray] = field(default_factory=list)
    _parents: list[np.ndarray] = field(default_factory=list)
    _simples: dict[Portee, list[dict[str, np.ndarray]]] = field(
        default_factory=lambda: {"situation": [], "non_recours": []}
    )
    _multiples: dict[str, list[tuple[np.ndarray, np.ndarray]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _hauteurs: dict[Portee, int] = field(default_factory=lambda: {"situation": 0, "non_recours": 0})

    def situations(
        self, entetes: Entetes, validees: np.ndarray, organismes: np.ndarray, numeros: np.ndarray
    ) -> None:
        """One lot of situations; `organismes`: 0 for nobody."""
        self._entetes.append(entetes)
        self._validees.append(validees.astype(np.uint8))
        presents, inverse = np.unique(organismes, return_inverse=True)
        rangs = [
            self.organismes.setdefault(o, len(self.organismes) + 1) if o else 0
            for o in presents.tolist()
        ]
        self._declarants.append(np.array(rangs, dtype=np.uint32)[inverse])
        self._encoder("situation", entetes.territoires, numeros)

    def non_recours(
        self, situations: np.ndarray, territoires: np.ndarray, numeros: np.ndarray
    ) -> None:
        """One lot of non-recours: the id of the situation of each, and its territory."""
        self._parents.append(situations)
        self._encoder("non_recours", territoires, numeros)

    def _encoder(self, portee: Portee, territoires: np.ndarray, numeros: np.ndarray) -> None:
        numeros = self.recodages.appliquer(territoires, numeros)
        hauteur = len(numeros)
        lignes, positions = np.nonzero(numeros)
        places, rangs, noms = self.dictionnaire.situer(numeros[lignes, positions])
        # Sixteen bits: sorted by counting.
        ordre = np.argsort(places.astype(np.int16), kind="stable")
        lignes, places, rangs = lignes[ordre], places[ordre], rangs[ordre]
        presentes, debuts = np.unique(places, return_index=True)
        fins = np.append(debuts, len(places))[1:].tolist()
        lot: dict[str, np.ndarray] = {}
        for place, debut, fin in zip(presentes.tolist(), debuts.tolist(), fins, strict=True):
            nature = self.dictionnaire.natures[noms[place]] if place >= 0 else None
            if nature is None or nature.portee != portee:
                continue
            vues, reponses = lignes[debut:fin], rangs[debut:fin]
            if nature.multiple:
                self._multiples[noms[place]].append((vues + self._hauteurs[portee], reponses))
                continue
            largeur = self.dictionnaire.largeur(noms[place])
            lot[noms[place]] = np.zeros(hauteur, dtype=plus_petit_type(largeur))
            lot[noms[place]][vues] = reponses
        self._simples[portee].append({"": np.zeros(hauteur, dtype=np.uint8), **lot})
        self._hauteurs[portee] += hauteur

    def bloc(self) -> BlocSimple:
        """All that was given, sorted. Raises ValueError for a non-recours without situation."""
        entetes = Entetes(
            *(np.concatenate(parties) for parties in zip(*self._entetes, strict=True))
        )
        parents = self._situer_parents(entetes.ids)
        colonnes: dict[str, tuple[Portee, np.ndarray]] = {
            VALIDEE: ("situation", np.concatenate(self._validees)),
            DECLARANT: ("situation", _compacte(np.concatenate(self._declarants))),
        }
        for portee, lots in self._simples.items():
            for source in {source for lot in lots for source in lot} - {""}:
                parties = [lot.get(source, lot[""]) for lot in lots]
                colonnes[source] = (portee, np.concatenate(parties))
        for source, couples in self._multiples.items():
            portee = self.dictionnaire.natures[source].portee
            vues, reponses = (np.concatenate(p) for p in zip(*couples, strict=True))
            valeurs = self.dictionnaire.ranger_ensembles(
                source, vues, reponses, self._hauteurs[portee]
            )
            colonnes[source] = (portee, _compacte(valeurs))
        if DROIT in colonnes:
            droits = colonnes[DROIT][1]
            nommes = np.flatnonzero(droits)
            valeurs = self.dictionnaire.ranger_ensembles(
                DROITS, parents[nommes], droits[nommes], len(entetes.ids)
            )
            colonnes[DROITS] = ("situation", _compacte(valeurs))
        return BlocSimple.trier(entetes, parents, colonnes)

    def _situer_parents(self, ids: np.ndarray) -> np.ndarray:
        parents = np.concatenate(self._parents) if self._parents else np.zeros(0, dtype=np.int64)
        ordre = np.argsort(ids)
        places = np.searchsorted(ids, parents, sorter=ordre)
        if len(parents) and (places.max() >= len(ids) or (ids[ordre[places]] != parents).any()):
            raise ValueError("a non-recours belongs to no situation given")
        return ordre[places]


def _compacte(valeurs: np.ndarray) -> np.ndarray:
    return valeurs.astype(plus_petit_type(int(valeurs.max(initial=0)) + 1))
