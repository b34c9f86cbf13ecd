"""Which variables must be imagined together, beyond the tables shown.

Tables that share margins can always be met together when their variables form a tree of cliques.
When they form a cycle (age × type, type × logement, age × logement), the joint cells constrain
what each may be: those cells, never shown, are added to what the attacker reasons on.
"""

from collections.abc import Iterable
from itertools import combinations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

Ensemble = frozenset[str]


def cliques_latentes(tables: Iterable[Ensemble]) -> list[Ensemble]:
    """The cliques of the triangulated graph of these tables that no table holds whole."""
    tables = [table for table in tables if len(table) > 1]
    voisins: dict[str, set[str]] = {}
    for table in tables:
        for a in table:
            voisins.setdefault(a, set()).update(table - {a})
    cliques: list[Ensemble] = []
    while voisins:
        sommet = min(sorted(voisins), key=lambda v: (_manquantes(voisins, v), len(voisins[v])))
        clique = frozenset(voisins[sommet] | {sommet})
        if not any(clique <= autre for autre in cliques):
            cliques.append(clique)
        for a, b in combinations(voisins[sommet], 2):
            voisins[a].add(b)
            voisins[b].add(a)
        for v in voisins.pop(sommet):
            voisins[v].discard(sommet)
    return [c for c in cliques if not any(c <= table for table in tables)]


def _manquantes(voisins: dict[str, set[str]], sommet: str) -> int:
    """How many edges eliminating this vertex would add."""
    return sum(b not in voisins[a] for a, b in combinations(voisins[sommet], 2))


def composantes(matrice: csr_matrix) -> np.ndarray:
    """Of each column, the number of the set of columns that rows bind together."""
    if not matrice.shape[1]:
        return np.zeros(0, dtype=np.int64)
    motif = csr_matrix((np.ones(len(matrice.data)), matrice.indices, matrice.indptr), matrice.shape)
    lignes, colonnes = motif.shape
    coo = motif.tocoo()
    bipartie = csr_matrix(
        (coo.data, (coo.row, coo.col + lignes)), (lignes + colonnes, lignes + colonnes)
    )
    return connected_components(bipartie, directed=False)[1][lignes:]
