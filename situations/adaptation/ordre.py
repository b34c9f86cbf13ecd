"""What moved between two orders of the same things."""

from bisect import bisect_left
from collections.abc import Sequence


def deplaces(avant: Sequence[str], apres: Sequence[str]) -> list[str]:
    """The fewest elements, common to both, whose moving explains the new order.

    They are those outside a longest increasing subsequence. Elements are unique in each sequence.
    """
    rangs = {element: rang for rang, element in enumerate(avant)}
    communs = [element for element in apres if element in rangs]
    fins: list[int] = []
    derniers: list[str] = []
    precedents: dict[str, str | None] = {}
    for element in communs:
        place = bisect_left(fins, rangs[element])
        fins[place : place + 1] = [rangs[element]]
        derniers[place : place + 1] = [element]
        precedents[element] = derniers[place - 1] if place else None
    immobiles = set()
    element = derniers[-1] if derniers else None
    while element is not None:
        immobiles.add(element)
        element = precedents[element]
    return [element for element in communs if element not in immobiles]
