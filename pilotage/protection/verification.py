"""The last word, by plain arithmetic: each witness agrees with all, and proves its cell."""

import numpy as np
from scipy.sparse import csr_matrix

from pilotage.protection.audit import Preuves
from pilotage.protection.systeme import Systeme

TOLERANCE = 1e-4


class NonProuve(Exception):
    """A list that could not be proved secret: nothing of it may be shown."""


def verifier(systeme: Systeme, caches: np.ndarray, preuves: Preuves) -> None:
    """Raises NonProuve unless every sensitive cell has its two true witnesses."""
    if preuves.manque.any():
        raise NonProuve(f"{int(preuves.manque.any(axis=0).sum())} cells are not proved")
    connues = ~(caches | systeme.latentes) | systeme.certaines
    for numero in np.unique(preuves.numeros):
        temoin = preuves.temoins[numero]
        if (temoin.valeurs < -TOLERANCE).any() or connues[temoin.cellules].any():
            raise NonProuve("a witness contradicts what is shown")
    _verifier_liens(systeme, preuves)
    imaginees = _imaginees(systeme, preuves)
    for sens, borne in ((0, preuves.bas), (1, preuves.haut)):
        atteint = imaginees[sens]
        if (
            (atteint > borne + TOLERANCE).any()
            if sens == 0
            else (atteint < borne - TOLERANCE).any()
        ):
            raise NonProuve("a witness does not reach its bound")


def _verifier_liens(systeme: Systeme, preuves: Preuves) -> None:
    utiles = [preuves.temoins[n] for n in np.unique(preuves.numeros)]
    if not utiles:
        return
    ecarts = csr_matrix(
        (
            np.concatenate([t.valeurs - systeme.vrai[t.cellules] for t in utiles]),
            np.concatenate([t.cellules for t in utiles]),
            np.cumsum([0, *(len(t.cellules) for t in utiles)]),
        ),
        shape=(len(utiles), len(systeme.vrai)),
    )
    change = (systeme.matrice @ ecarts.T).tocoo()
    produit = (systeme.matrice @ systeme.vrai)[change.row] + change.data
    dessous = produit < systeme.bas[change.row] - TOLERANCE
    if (dessous | (produit > systeme.haut[change.row] + TOLERANCE)).any():
        raise NonProuve("a witness contradicts a link")


def _imaginees(systeme: Systeme, preuves: Preuves) -> np.ndarray:
    """The value of each sensitive cell in its two witnesses."""
    valeurs = np.tile(systeme.vrai[preuves.cibles].astype(float), (2, 1))
    for (sens, rang), numero in np.ndenumerate(preuves.numeros):
        temoin = preuves.temoins[numero]
        ici = temoin.cellules == preuves.cibles[rang]
        if ici.any():
            valeurs[sens, rang] = temoin.valeurs[ici][0]
    return valeurs
