"""Shows again what was hidden for nothing."""

import numpy as np

from pilotage.protection.audit import Preuves, retrouver
from pilotage.protection.systeme import GRANDE_LISTE, Systeme

# In a large list, where each proof costs more to seek again: fewer at a time, and in all.
AFFECTEES_AU_PLUS, REFAITES_AU_PLUS = (60, 30), (2_000, 300)


def economiser(
    systeme: Systeme, caches: np.ndarray, primaires: np.ndarray, preuves: Preuves, cout
) -> None:
    """Takes each complement out of `caches` when all proofs hold without it, the dearest first.

    A proof that needed it looks for another witness; when one finds none, the cell stays hidden.
    """
    hasard = np.random.default_rng(7)
    complements = np.flatnonzero(caches & ~primaires)
    grande = len(systeme.vrai) > GRANDE_LISTE
    reste = REFAITES_AU_PLUS[grande]
    for cellule in complements[np.argsort(-cout[complements], kind="stable")]:
        touchees = _qui_en_dependent(preuves, int(cellule))
        if touchees.sum() > min(AFFECTEES_AU_PLUS[grande], reste):
            continue
        caches[cellule] = False
        if touchees.any():
            reste -= int(touchees.sum())
            anciens = preuves.numeros.copy()
            preuves.numeros[touchees] = -1
            if not retrouver(systeme, caches, preuves, hasard):
                preuves.numeros[:] = anciens
                caches[cellule] = True


def _qui_en_dependent(preuves: Preuves, cellule: int) -> np.ndarray:
    """The proofs whose witness changes this cell."""
    changent = np.array([cellule in temoin.cellules for temoin in preuves.temoins] or [False])
    return changent[preuves.numeros] & ~preuves.manque
