"""Reading what `COPY … TO STDOUT (FORMAT binary)` writes, without a Python object per row. Pure.

https://www.postgresql.org/docs/current/sql-copy.html, « Binary Format ». Rows are all of the same
length: no null, integers, and at the end one array of integers of a fixed number of elements.
"""

from collections.abc import Callable

import numpy as np

ENTETE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
FIN = b"\xff\xff"
LOT = 50_000


def type_de_ligne(entiers: int, elements: int) -> np.dtype:
    """A row of that many bigint, then one integer[] of that many elements."""
    champs: list[tuple] = [("champs", ">i2")]
    for i in range(entiers):
        champs += [(f"l{i}", ">i4"), (f"v{i}", ">i8")]
    # Length, dimensions, flags, type, size, lower bound; then each element and its length.
    champs += [("tableau", ">i4", (6,)), ("elements", [("l", ">i4"), ("v", ">i4")], (elements,))]
    return np.dtype(champs)


class Recepteur:
    """What psycopg2 writes to; hands rows over in lots, as (bigints, matrix of the elements)."""

    def __init__(
        self,
        entiers: int,
        elements: int,
        recevoir: Callable[[list[np.ndarray], np.ndarray], None],
    ):
        self._type = type_de_ligne(entiers, elements)
        self._entiers, self._recevoir = entiers, recevoir
        self._morceaux: list[bytes] = []
        self._taille = 0
        self._commence = False

    def write(self, morceau: bytes) -> None:
        self._morceaux.append(morceau)
        self._taille += len(morceau)
        if self._taille >= LOT * self._type.itemsize:
            self._vider()

    def fermer(self) -> None:
        """Hands over what is left. Raises ValueError when the stream did not end as it should."""
        self._vider()
        if self._morceaux != [FIN]:
            raise ValueError("the binary stream is cut or has rows of another shape")

    def _vider(self) -> None:
        octets = b"".join(self._morceaux)
        if not self._commence:
            if not octets.startswith(ENTETE):
                raise ValueError("this is not a binary COPY")
            octets, self._commence = octets[len(ENTETE) :], True
        entieres = len(octets) // self._type.itemsize
        lignes = np.frombuffer(octets, self._type, count=entieres)
        reste = octets[entieres * self._type.itemsize :]
        self._morceaux, self._taille = [reste], len(reste)
        if entieres:
            colonnes = [lignes[f"v{i}"].astype(np.int64) for i in range(self._entiers)]
            self._recevoir(colonnes, lignes["elements"]["v"].astype(np.int32))
