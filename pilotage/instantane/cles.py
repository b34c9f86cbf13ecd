"""Packing several small columns into one of 16 bits: a joint key counts them all at once. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import prod

import numpy as np

from pilotage.instantane.selection import TAILLE, VALIDEE

CAPACITE = 1 << 16
# What is crossed most often sits in one key; what does not fit is put wherever there is room.
SITUATIONS = (
    ("age", "activite", "logement", "famille", VALIDEE),
    (TAILLE, "intensite", "sexe", "personne_informee", "zone", "ressource_niveau"),
)
NON_RECOURS = (
    ("type", "droit", "anciennete", "dynamique"),
    ("type", "motif_principal"),
    ("organisme", "etape", "enjeu", "delai_ouverture"),
    # The path of a right.
    ("actions", "demande_deposee", "issue"),
    # Those of the person, repeated for each of her rights: profiles by type are one key.
    ("type", "age", "logement", "activite"),
)


@dataclass(frozen=True)
class Cle:
    """`sources` in the order of their digits, the last one the units; `largeurs`: their bases."""

    sources: tuple[str, ...]
    largeurs: tuple[int, ...]

    @property
    def possibles(self) -> int:
        return prod(self.largeurs)

    def largeurs_de(self, sources: Sequence[str]) -> tuple[int, ...]:
        """How many values the digits of these columns have."""
        return tuple(self.largeurs[self.sources.index(source)] for source in sources)

    def ranger(self, sources: Iterable[str]) -> tuple[str, ...]:
        """These columns, in the order of their digits."""
        return tuple(sorted(sources, key=self.sources.index))

    def nombre(self, sources: Sequence[str], cles: np.ndarray) -> np.ndarray:
        """The digits of these columns, in their order, as one number in each of these keys."""
        (unite, taille, est_debut), *suivantes = _suites(
            self.sources, self.largeurs, tuple(sources)
        )
        nombres = _lire_suite(unite, taille, est_debut, cles)
        for unite, taille, est_debut in suivantes:
            nombres = nombres * taille + _lire_suite(unite, taille, est_debut, cles)
        return nombres

    @cached_property
    def _toutes(self) -> np.ndarray:
        return np.arange(self.possibles, dtype=np.int32)

    def table(self, poids: Mapping[str, int]) -> np.ndarray:
        """For each possible key, the sum of its digits, each multiplied by its weight."""
        somme = np.zeros(self.possibles, dtype=np.int32)
        for source, facteur in poids.items():
            somme += self.nombre([source], self._toutes) * np.int32(facteur)
        return somme

    def composer(self, colonnes: Mapping[str, np.ndarray]) -> np.ndarray:
        """The keys of these columns, uint16."""
        cles = np.zeros(len(colonnes[self.sources[0]]), dtype=np.uint16)
        for source, largeur in zip(self.sources, self.largeurs, strict=True):
            cles *= np.uint16(largeur) if largeur < CAPACITE else np.uint16(1)
            cles += colonnes[source].astype(np.uint16)
        return cles


@lru_cache(maxsize=1_000)
def _suites(
    toutes: tuple[str, ...], largeurs: tuple[int, ...], sources: tuple[str, ...]
) -> list[tuple[int, int, bool]]:
    """Runs of neighbouring digits: what one is worth, how many values it has, whether it is first."""
    places = [toutes.index(source) for source in sources]
    suites: list[list[int]] = []
    for place in places:
        if suites and place == suites[-1][-1] + 1:
            suites[-1].append(place)
        else:
            suites.append([place])
    return [
        (prod(largeurs[suite[-1] + 1 :]), prod(largeurs[k] for k in suite), suite[0] == 0)
        for suite in suites
    ]


def _lire_suite(unite: int, taille: int, est_debut: bool, cles: np.ndarray) -> np.ndarray:
    """Divisions by one number: numpy makes several at once, which it does not for remainders."""
    quotients = cles // unite if unite > 1 else cles
    return quotients if est_debut else quotients - quotients // taille * taille


def repartir(
    groupes: Iterable[Sequence[str]], propres: Sequence[str], largeurs: Mapping[str, int]
) -> list[Cle]:
    """Keys that hold all the columns `propres`, those of each group together when they fit.

    `largeurs`: how many values each column takes; those too wide for company are left out.
    """
    cles: list[list[str]] = []
    for groupe in groupes:
        cle: list[str] = []
        for source in groupe:
            if source in largeurs and _produit([*cle, source], largeurs) <= CAPACITE:
                cle.append(source)
        cles.append(cle)
    rangees = {source for cle in cles for source in cle}
    restes = [s for s in propres if s not in rangees and largeurs[s] ** 2 <= CAPACITE]
    for source in sorted(restes, key=lambda s: (-largeurs[s], s)):
        for cle in cles:
            if _produit([*cle, source], largeurs) <= CAPACITE:
                cle.append(source)
                break
        else:
            cles.append([source])
    return [Cle(tuple(cle), tuple(largeurs[s] for s in cle)) for cle in cles if cle]


def _produit(sources: Sequence[str], largeurs: Mapping[str, int]) -> int:
    return prod(largeurs[source] for source in sources)
