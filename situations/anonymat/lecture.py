"""A text as a careful reader sees it, whatever Unicode it hides behind."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

APOSTROPHES = "’‘ʼ`´"
FINS_DE_LIGNE = "\n\r\v\f\x85\u2028\u2029"
# A letter and its accents; more than four of them is noise, and costly to normalise.
GROUPE = re.compile(r".[\u0300-\u036f]{0,4}", re.DOTALL)


class Lecture:
    """A text read in plain characters (`lu`), with the way back to the original."""

    def __init__(self, texte: str):
        """Plain spaces, ASCII digits, hyphens and apostrophes; nothing invisible (NFKC)."""
        groupes = GROUPE.findall(texte)
        lus = [_lire(groupe) for groupe in groupes]
        self.lu = "".join(lus)
        if len(self.lu) == len(groupes) == len(texte) and "" not in lus:
            self._debuts, self._fins = range(len(texte)), range(1, len(texte) + 1)
            return
        fins = list(accumulate(map(len, groupes)))
        origine = [i for i, lu in enumerate(lus) for _ in lu]
        self._debuts = [fins[i] - len(groupes[i]) for i in origine]
        self._fins = [fins[i] for i in origine]

    def constats(
        self, trouves: Iterable[tuple[str, int, int]]
    ) -> Iterator[tuple[str, str, int, int]]:
        """From (nature, start, end) in `lu`, most important first, to what is kept of it.

        Yields (nature, value as read, start, end) in reading order, without overlap; start and
        end are places in the original text.
        """
        pris = bytearray(len(self.lu))
        gardes = []
        for nature, debut, fin in trouves:
            if not any(pris[debut:fin]):
                pris[debut:fin] = b"\x01" * (fin - debut)
                gardes.append((debut, fin, nature))
        for debut, fin, nature in sorted(gardes):
            yield nature, self.lu[debut:fin], self._debuts[debut], self._fins[fin - 1]


@lru_cache(maxsize=4096)
def _lire(groupe: str) -> str:
    """A character with its combining marks, as read: "" when it is invisible."""
    if groupe in FINS_DE_LIGNE:
        return "\n"
    if groupe in APOSTROPHES:
        return "'"
    return "".join(_simplifier(c) for c in unicodedata.normalize("NFKC", groupe))


def _simplifier(c: str) -> str:
    match unicodedata.category(c):
        case "Zs" | "Cc":
            return " "
        case "Cf" | "Mn" | "Me":
            return ""
        case "Nd":
            return str(unicodedata.decimal(c))
        case "Pd":
            return "-"
    return c
