"""A small problem around one unseen cell, the others being as they truly are.

What is possible there is possible in the whole: a witness found around a cell is a witness.
"""

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from pilotage.protection.reduction import Reduit
from pilotage.protection.systeme import Systeme


class Alentours:
    """Neighbourhoods in the unseen cells of a system, two cells being linked by a row."""

    def __init__(self, systeme: Systeme, reduit: Reduit) -> None:
        self.reduit = reduit
        self.vrai = systeme.vrai[reduit.libres].astype(float)
        self.produit = reduit.matrice @ self.vrai
        motif = reduit.matrice
        self.lignes = csr_matrix((np.ones(motif.nnz), motif.indices, motif.indptr), motif.shape)
        self.colonnes = csc_matrix(reduit.matrice)
        self.cellules = self.lignes.T.tocsr()
        self.tailles = np.bincount(reduit.composante) if len(reduit.libres) else np.zeros(0)
        self.place = {int(cellule): i for i, cellule in enumerate(reduit.libres)}

    def taille(self, cellule: int) -> int:
        """How many cells are linked to this one, nearly or far."""
        return int(self.tailles[self.reduit.composante[self.place[cellule]]])

    def de(self, cellule: int, taille: int | None) -> Reduit | None:
        """The problem of the `taille` nearest cells, all when None; None when the cell is known."""
        depart = self.place.get(cellule)
        if depart is None:
            return None
        if taille is None or taille >= self.taille(cellule):
            composante = self.reduit.composante
            choisies = np.flatnonzero(composante == composante[depart])
        else:
            choisies = self._proches(depart, taille)
        matrice = self.colonnes[:, choisies].tocsr()
        lignes = np.flatnonzero(np.diff(matrice.indptr))
        matrice = matrice[lignes]
        autres = self.produit[lignes] - matrice @ self.vrai[choisies]
        return Reduit(
            self.reduit.libres[choisies],
            matrice,
            self.reduit.bas[lignes] - autres,
            self.reduit.haut[lignes] - autres,
            self.reduit.additives[lignes],
            np.zeros(len(choisies), dtype=np.int64),
        )

    def _proches(self, depart: int, taille: int) -> np.ndarray:
        """Grows from the cell, by rows; last ring: the cells most linked to it, not zero first."""
        vues = np.zeros(len(self.vrai))
        vues[depart] = 1
        while True:
            touchees = (self.lignes @ vues > 0).astype(float)
            liens = self.cellules @ touchees
            nouvelles = np.flatnonzero((liens > 0) & (vues == 0))
            manque = taille - int(vues.sum())
            if len(nouvelles) >= manque:
                interet = liens[nouvelles] + 0.5 * (self.vrai[nouvelles] > 0)
                vues[nouvelles[np.argsort(-interet, kind="stable")[:manque]]] = 1
                return np.flatnonzero(vues)
            vues[nouvelles] = 1
