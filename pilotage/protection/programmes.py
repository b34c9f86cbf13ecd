"""What the linear programmes share: SciPy's HiGHS kept from writing on the console, wider matrices.

Some of HiGHS's messages go to the process's standard output whatever its options say.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from scipy import optimize
from scipy.optimize import OptimizeResult
from scipy.sparse import csr_matrix

SORTIE = 1
_langage_c = ctypes.CDLL(None)


def milp(objectif: np.ndarray, **autres) -> OptimizeResult:
    """`scipy.optimize.milp`, silent. Only programmes over whole numbers write."""
    if not np.any(autres.get("integrality", 0)):
        return optimize.milp(objectif, **autres)
    with _silence():
        return optimize.milp(objectif, **autres)


def elargie(matrice: csr_matrix, colonnes: int) -> csr_matrix:
    """The same matrix with that many empty columns at the right."""
    return csr_matrix(
        (matrice.data, matrice.indices, matrice.indptr),
        (matrice.shape[0], matrice.shape[1] + colonnes),
    )


@contextmanager
def _silence() -> Iterator[None]:
    sys.stdout.flush()
    ancienne = os.dup(SORTIE)
    rien = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(rien, SORTIE)
        yield
    finally:
        # What C wrote is still in its own buffer.
        _langage_c.fflush(None)
        os.dup2(ancienne, SORTIE)
        os.close(ancienne)
        os.close(rien)
