"""The other engines: each counts the same figures on the same columns, in its own best way.

`preparer` gives, for a selection, what is timed: it returns the raw results. `lire` turns them
into counts, out of the clock.
"""

from collections.abc import Callable
from typing import Any, Protocol

from pilotage.banc.questions import Figure, Selection

# (numbers of the columns of the figure) → rows.
Comptes = dict[Figure, dict[tuple[int, ...], int]]


class Moteur(Protocol):
    """An engine that holds the columns."""

    def preparer(self, selection: Selection) -> Callable[[], Any]: ...

    def lire(self, brut: Any) -> Comptes: ...
