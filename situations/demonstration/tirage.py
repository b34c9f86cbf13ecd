"""Weighted draws with precomputed cumulative weights."""

from bisect import bisect
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate

Alea = Callable[[], float]


def lire(poids: str) -> dict[str, float]:
    """Read « code:weight code:weight » (a code alone weighs 1) into an ordered mapping."""
    lus = {}
    for mot in poids.split():
        code, _, valeur = mot.partition(":")
        lus[code] = float(valeur or 1)
    return lus


class Tirage:
    """One draw among codes, each with its weight.

    ``poids`` is a mapping code → weight or its text form (see ``lire``); weights of zero are
    left out. Raises ValueError when nothing is left to draw.
    """

    __slots__ = ("codes", "cumul", "dernier", "total")

    def __init__(self, poids: str | Mapping[str, float]) -> None:
        lus = lire(poids) if isinstance(poids, str) else poids
        retenus = [(code, valeur) for code, valeur in lus.items() if valeur > 0]
        if not retenus:
            raise ValueError("aucun code à tirer")
        self.codes = [code for code, _ in retenus]
        self.cumul = list(accumulate(valeur for _, valeur in retenus))
        self.total = self.cumul[-1]
        self.dernier = len(self.codes) - 1

    def tirer(self, alea: Alea) -> str:
        """Return one code; ``alea`` gives a float in [0, 1[ (``Random.random``)."""
        return self.codes[bisect(self.cumul, alea() * self.total, 0, self.dernier)]


def choisir(possibles: tuple, alea: Alea) -> object:
    """Return one of ``possibles``, all equally likely."""
    return possibles[int(alea() * len(possibles))]


def ordonner(codes: Iterable[str], rang: Mapping[str, int]) -> list[str]:
    """Distinct codes in the order of their list (``rang``: code → place)."""
    return sorted(set(codes), key=rang.__getitem__)


def rangs(codes: str) -> dict[str, int]:
    """Place of each code of a list written in its order."""
    return {code: place for place, code in enumerate(codes.split())}
