"""The system once what is shown is known: only what the attacker does not see remains."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import csr_matrix

from pilotage.protection.cycles import composantes
from pilotage.protection.programmes import milp
from pilotage.protection.systeme import Systeme

TOLERANCE = 1e-6
# How far a link may be from holding: half of what the last verification bears.
ECART_PERMIS = 5e-5
PLAFOND = 1e9


@dataclass(frozen=True, slots=True)
class Reduit:
    """`libres`: the unseen cells; `bas` ≤ `matrice` @ cells ≤ `haut`; `composante` of each cell."""

    libres: np.ndarray
    matrice: csr_matrix
    bas: np.ndarray
    haut: np.ndarray
    additives: np.ndarray
    composante: np.ndarray

    def partie(self, gardees: np.ndarray) -> "Reduit":
        """The part of these cells (a mask), which are whole components."""
        matrice = self.matrice[:, gardees]
        lignes = np.diff(matrice.indptr) > 0
        return Reduit(
            self.libres[gardees],
            matrice[lignes],
            self.bas[lignes],
            self.haut[lignes],
            self.additives[lignes],
            self.composante[gardees],
        )


def reduire(systeme: Systeme, inconnues: np.ndarray) -> Reduit:
    """`inconnues`: mask of the cells that are not known; the others have their true counts.

    Cells that must be zero (in a sum of zero) are known too; an inequality between others only
    that holds whatever they are is left out.
    """
    inconnues = inconnues & ~systeme.certaines
    connues = systeme.matrice @ np.where(inconnues, 0, systeme.vrai)
    inconnues = _sans_zeros_forces(systeme, inconnues, connues)
    libres = np.flatnonzero(inconnues)
    matrice = systeme.matrice[:, libres]
    bas, haut = systeme.bas - connues, systeme.haut - connues
    lignes = np.flatnonzero(_utiles(matrice, bas, haut, systeme.additives))
    matrice = matrice[lignes]
    return Reduit(
        libres,
        matrice,
        bas[lignes],
        haut[lignes],
        systeme.additives[lignes],
        composantes(matrice),
    )


def _sans_zeros_forces(systeme: Systeme, inconnues: np.ndarray, connues) -> np.ndarray:
    nulles = systeme.additives & (np.abs(connues) < TOLERANCE)
    matrice = systeme.matrice[nulles]
    negatives = (matrice.minimum(0) @ inconnues.astype(float)) < 0
    positives = matrice[~negatives]
    forcees = np.unique(positives.indices[inconnues[positives.indices]])
    if not len(forcees):
        return inconnues
    restent = inconnues.copy()
    restent[forcees[systeme.vrai[forcees] == 0]] = False
    return restent


def _utiles(matrice: csr_matrix, bas: np.ndarray, haut: np.ndarray, additives) -> np.ndarray:
    """Rows that constrain: not empty, nor true of any counts below what the sums allow; these sums
    themselves are all kept, even of zero."""
    presentes = np.diff(matrice.indptr) > 0
    negatives, positives = -matrice.minimum(0), matrice.maximum(0)
    fermees = additives & presentes & (negatives.sum(axis=1).A1 == 0)
    plafond = np.full(matrice.shape[1], PLAFOND)
    closes = positives[fermees].tocoo()
    np.minimum.at(plafond, closes.col, haut[fermees][closes.row])
    libre_en_bas = (bas == -np.inf) | (bas <= -(negatives @ plafond))
    libre_en_haut = (haut == np.inf) | (haut >= positives @ plafond)
    return presentes & (fermees | ~(libre_en_bas & libre_en_haut))


def manquees(
    matrice: csr_matrix, bas: np.ndarray, haut: np.ndarray, comptes: np.ndarray
) -> np.ndarray:
    """The rows that these counts do not respect: many small roundings add up."""
    produit = matrice @ comptes
    return np.flatnonzero((produit < bas - ECART_PERMIS) | (produit > haut + ECART_PERMIS))


def resoudre(
    reduit: Reduit,
    objectif: np.ndarray,
    minimum: np.ndarray,
    maximum: np.ndarray,
    *,
    entiers: bool = False,
    duree: float = 10,
) -> np.ndarray | None:
    """Counts that minimise `objectif` between `minimum` and `maximum`; None when there are none."""
    contraintes = LinearConstraint(reduit.matrice, reduit.bas, reduit.haut)
    solution = milp(
        objectif,
        constraints=contraintes if reduit.matrice.shape[0] else (),
        bounds=Bounds(minimum, maximum),
        integrality=np.full(len(objectif), int(entiers)),
        options={"time_limit": duree},
    )
    return solution.x
