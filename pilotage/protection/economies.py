"""Shows again what was hidden for nothing."""

import numpy as np

from pilotage.protection.audit import Preuves, retrouver
from pilotage.protection.systeme import Systeme

AFFECTEES_AU_PLUS = 60
ESSAIS_AU_PLUS = 250


def economiser(
    systeme: Systeme, caches: np.ndarray, primaires: np.ndarray, preuves: Preuves, cout
) -> None:
    """Takes each complement out of `caches` when all proofs hold without it, the dearest first.

    A proof that needed it looks for another witness; when one finds none, the cell stays hidden.
    """
    hasard = np.random.default_rng(7)
    complements = np.flatnonzero(caches & ~primaires)
    essais = 0
    for cellule in complements[np.argsort(-cout[complements], kind="stable")]:
        touchees = _qui_en_dependent(preuves, int(cellule))
        if touchees.sum() > AFFECTEES_AU_PLUS or (touchees.any() and essais > ESSAIS_AU_PLUS):
            continue
        caches[cellule] = False
        if touchees.any():
            essais += 1
            anciens = preuves.numeros.copy()
            preuves.numeros[touchees] = -1
            if not retrouver(systeme, caches, preuves, hasard):
                preuves.numeros[:] = anciens
                caches[cellule] = True


def _qui_en_dependent(preuves: Preuves, cellule: int) -> np.ndarray:
    """The proofs whose witness changes this cell."""
    changent = np.array([cellule in temoin.cellules for temoin in preuves.temoins] or [False])
    return changent[preuves.numeros] & ~preuves.manque
