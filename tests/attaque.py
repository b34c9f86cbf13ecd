"""The attacker: narrows what is hidden, by linear programming over all that it knows.

A small count is broken when it is shown, or when the least and the most that it may be do not hold
0 and the threshold. A state of all counts that agrees with what is known shows what it may be, and
spares the programmes that would find the same: those that the protector imagined are tried first,
and checked here row by row; every bound that none of them reaches is sought by a programme.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from pilotage.protection.modele import Imagines, Masques
from tests.attaque_savoir import LOIN, Savoir
from tests.pistes import placer

PRES = 1e-4


class Attaque:
    """The unseen counts, the rows that bind them, and the bounds that were reached: (rank, 0 for
    the low one or 1)."""

    def __init__(self, masques: Masques, seuil: int) -> None:
        self.savoir = savoir = Savoir(masques)
        self.toute, self.bas, self.haut = savoir.relations_de_tout()
        self.connus = savoir.connus()
        self.bornes = savoir.bornes(seuil)
        noms = list(savoir.rangs)
        self.inconnus = np.flatnonzero(np.isnan(self.connus))
        self.noms = [noms[k] for k in self.inconnus]
        self.cibles = np.array([k for k, nom in enumerate(self.noms) if nom in self.bornes], int)
        visees = [self.bornes[self.noms[k]] for k in self.cibles]
        self.a_atteindre = np.array(visees, dtype=float).reshape(-1, 2)
        self.atteints = np.zeros((len(self.cibles), 2), dtype=bool)
        vrais = np.array([savoir.vrais[self.noms[k]] for k in self.cibles], dtype=float)
        self._noter(vrais)
        reste = self.toute @ np.nan_to_num(self.connus)
        matrice = self.toute[:, self.inconnus]
        utiles = np.diff(matrice.indptr) > 0
        bas, haut = (self.bas - reste)[utiles], (self.haut - reste)[utiles]
        self.matrice = matrice[utiles]
        self.limites = (
            np.where(bas < -LOIN / 2, -np.inf, bas),
            np.where(haut > LOIN / 2, np.inf, haut),
        )

    @property
    def lignes(self):
        return LinearConstraint(self.matrice, *self.limites) if self.matrice.shape[0] else ()

    def suivre(self, imagines: Imagines, *, entiers: bool) -> None:
        """Takes, of the states imagined, those that agree with all that is known here: no count
        negative, nothing seen differs, every row holds. None when they leave a count unsaid."""
        vrai, ecarts = placer(imagines, self.savoir.rangs)
        produit = self.toute @ np.nan_to_num(vrai)
        if np.isnan(vrai).any() or not self._tient(produit, slice(None)).all():
            return
        if (np.abs(self.connus - vrai) > PRES).any():
            return
        change, cellules = (self.toute @ ecarts.T).tocoo(), ecarts.tocoo()
        refuses = np.zeros(ecarts.shape[0], dtype=bool)
        refuses[change.col[~self._tient(produit[change.row] + change.data, change.row)]] = True
        valeurs = vrai[cellules.col] + cellules.data
        vues = ~np.isnan(self.connus[cellules.col])
        contraires = (valeurs < -PRES) | (vues & (np.abs(cellules.data) > PRES))
        if entiers:
            contraires |= np.abs(valeurs - np.rint(valeurs)) > PRES
        refuses[cellules.row[contraires]] = True
        place = np.full(len(vrai), -1)
        place[self.inconnus[self.cibles]] = np.arange(len(self.cibles))
        bons = ~refuses[cellules.row] & (place[cellules.col] >= 0)
        rangs, valeurs = place[cellules.col[bons]], valeurs[bons]
        self.atteints[rangs[valeurs <= self.a_atteindre[rangs, 0] + PRES], 0] = True
        self.atteints[rangs[valeurs >= self.a_atteindre[rangs, 1] - PRES], 1] = True

    def _tient(self, produit: np.ndarray, rangs) -> np.ndarray:
        return (produit >= self.bas[rangs] - PRES) & (produit <= self.haut[rangs] + PRES)

    def violations(self, *, entiers: bool, une_suffit: bool) -> list[tuple]:
        """The counts whose interval is too narrow: what each counts, its true count, and why."""
        vrais, hasard, rates = self.savoir.vrais, np.random.default_rng(11), 0
        trouves = [(nom, vrais[nom], "montré") for nom in self.bornes if nom in self.savoir.vus]
        while rates < 2 and not entiers and not self.atteints.all():
            avant = self.atteints.sum()
            self._tirer_ensemble(hasard)
            rates = rates + 1 if self.atteints.sum() < avant + 4 else 0
        for rang, sens in np.argwhere(~self.atteints):
            if une_suffit and trouves:
                break
            if not self.atteints[rang, sens] and not self._seule(rang, sens, entiers):
                nom = self.noms[self.cibles[rang]]
                trouves.append((nom, vrais[nom], ("bas", "haut")[sens]))
        return trouves

    def _noter(self, valeurs: np.ndarray) -> None:
        """`valeurs`: of the targets, in a state that agrees with all."""
        self.atteints[:, 0] |= valeurs <= self.a_atteindre[:, 0] + 1e-6
        self.atteints[:, 1] |= valeurs >= self.a_atteindre[:, 1] - 1e-6

    def _tirer_ensemble(self, hasard) -> None:
        """One linear programme that pushes many cells at once, some up and some down."""
        n = self.matrice.shape[1]
        descendre = self.cibles[~self.atteints[:, 0]]
        monter = np.flatnonzero(~self.atteints[:, 1])
        monter = monter[hasard.random(len(monter)) < 0.5]
        m = len(monter)
        objectif = np.zeros(n + m)
        objectif[descendre] = hasard.uniform(0.5, 1, len(descendre))
        objectif[self.cibles[monter]] = 0
        objectif[n:] = -hasard.uniform(0.5, 4, m)
        lien = csr_matrix(
            (
                np.concatenate([np.ones(m), -np.ones(m)]),
                (
                    np.tile(np.arange(m), 2),
                    np.concatenate([n + np.arange(m), self.cibles[monter]]).astype(int),
                ),
            ),
            (m, n + m),
        )
        lignes = self.matrice
        large = csr_matrix((lignes.data, lignes.indices, lignes.indptr), (lignes.shape[0], n + m))
        contraintes = [LinearConstraint(large, *self.limites)] if lignes.shape[0] else []
        contraintes += [LinearConstraint(lien, -np.inf, 0)] if m else []
        maximum = np.concatenate([np.full(n, np.inf), self.a_atteindre[monter, 1]])
        solution = milp(objectif, constraints=contraintes, bounds=Bounds(0, maximum))
        assert solution.x is not None, solution.message
        self._noter(solution.x[self.cibles])

    def _seule(self, rang: int, sens: int, entiers: bool) -> bool:
        n, cible = len(self.noms), self.cibles[rang]
        objectif = np.zeros(n)
        objectif[cible] = -1 if sens else 1
        maximum = np.full(n, np.inf)
        maximum[cible] = self.a_atteindre[rang, 1] if sens else LOIN
        solution = milp(
            objectif,
            constraints=self.lignes,
            bounds=Bounds(0, maximum),
            integrality=np.full(n, int(entiers)),
        )
        assert solution.x is not None, solution.message
        self._noter(solution.x[self.cibles])
        return bool(self.atteints[rang, sens])


def attaquer(
    masques: Masques, seuil: int, *, entiers=False, une_suffit=False, pistes=True
) -> list[tuple]:
    """All that an attacker breaks in what is shown; an empty list when nothing.

    `entiers`: over whole numbers, exactly. `une_suffit`: stops at the first. Without `pistes`,
    nothing is taken from what the protector imagined: programmes find all by themselves.
    """
    attaque = Attaque(masques, seuil)
    if pistes and masques.imagines is not None:
        attaque.suivre(masques.imagines, entiers=entiers)
    return attaque.violations(entiers=entiers, une_suffit=une_suffit)
