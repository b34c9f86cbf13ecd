"""Timing gestures: all of them in turn within each run, so that they meet the same machine."""

import math
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

# Prepares what a run needs, outside the clock, and returns what is timed.
Geste = Callable[[], Callable[[], Any]]


@dataclass(frozen=True, slots=True)
class Mesure:
    """How long a gesture took in each run, in milliseconds."""

    durees: tuple[float, ...]

    @property
    def mediane(self) -> float:
        return statistics.median(self.durees)

    @property
    def p95(self) -> float:
        """The duration that 95 % of the runs do not exceed (nearest rank)."""
        return sorted(self.durees)[math.ceil(0.95 * len(self.durees)) - 1]

    def rapport(self, autre: "Mesure") -> float:
        """How many times longer the other one takes, by their medians."""
        return autre.mediane / self.mediane


def mesurer(
    gestes: Mapping[str, Geste], repetitions: int, *, budget: float = math.inf
) -> dict[str, Mesure]:
    """Times each gesture `repetitions` times, one after the other within each run.

    Each is made once for nothing just before: the memory that the others have emptied is full
    again, as between two requests of a working day. Those that have taken more than `budget`
    seconds in all are left out of the next runs.
    """
    durees: dict[str, list[float]] = {nom: [] for nom in gestes}
    for _ in range(repetitions):
        for nom, preparer in gestes.items():
            if sum(durees[nom]) <= budget * 1000:
                preparer()()
                durees[nom].append(chronometrer(preparer()))
    return {nom: Mesure(tuple(valeurs)) for nom, valeurs in durees.items()}


def chronometrer(geste: Callable[[], Any]) -> float:
    """How long it takes, in milliseconds."""
    debut = perf_counter()
    geste()
    return (perf_counter() - debut) * 1000


def en_dictionnaire(mesure: Mesure) -> dict[str, float]:
    """Median and 95th percentile, for JSON."""
    return {"mediane_ms": round(mesure.mediane, 3), "p95_ms": round(mesure.p95, 3)}
