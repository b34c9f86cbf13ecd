"""What else to hide so that one small count is in doubt: the cheapest way to imagine it otherwise.

Around the cell, other counts are sought that agree with all the links; each cell shown that would
differ has a price, and is then hidden. Near the cell, a mixed integer programme finds the least;
further, linear programmes whose prices follow the previous solution, so that few cells differ.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import csr_matrix, hstack, identity, vstack

from pilotage.protection.audit import ENTIERS, Preuves
from pilotage.protection.programmes import elargie, milp
from pilotage.protection.reduction import manquees
from pilotage.protection.systeme import TRES_GRAND, Systeme

EXACT = 300
# How many cells around, and which zeros among them: all, none but joint cells, the hidden ones.
VOISINAGES = ((EXACT, "tous"), (1_200, "aucun"), (10**9, "aucun"), (10**9, "caches"))
REPRISES = 2
ECART_NUL = 1e-6
DUREE = 2
MANQUE = 1_000  # the price of each unit that a cell lacks to reach its bound


class Probleme(NamedTuple):
    """The cells around, those shown among them, the rows that bind them, the bounds of each."""

    autour: np.ndarray
    visibles: np.ndarray
    matrice: csr_matrix
    bas: np.ndarray
    haut: np.ndarray
    minimum: np.ndarray
    maximum: np.ndarray
    vrai: np.ndarray
    prix: np.ndarray


def reparer(
    systeme: Systeme,
    caches: np.ndarray,
    preuves: Preuves,
    rang: int,
    sens: int,
    cout: np.ndarray,
) -> bool:
    """Hides (in `caches`) what lets the `rang`-th sensitive cell reach its low (0) or high (1)
    bound, and keeps the witness; False when nothing was found."""
    cellule = int(preuves.cibles[rang])
    for taille, zeros in VOISINAGES:
        autour = _voisinage(systeme, caches, cellule, taille, zeros)
        probleme = _poser(systeme, caches, autour, cout)
        place = int(np.searchsorted(autour, cellule))
        if sens:
            probleme.minimum[place] = preuves.haut[rang]
        else:
            probleme.maximum[place] = preuves.bas[rang]
        chercher = _au_moindre_nombre if len(autour) <= EXACT else _au_moindre_ecart
        trouve = chercher(probleme)
        if trouve is not None:
            _retenir(systeme, caches, preuves, probleme, trouve)
            return True
    return False


def reparer_ensemble(
    systeme: Systeme, caches: np.ndarray, preuves: Preuves, taches: list[tuple[int, int]], cout
) -> None:
    """The same for several cells (rank, bound) of a large list at once: one imagined state of the
    whole list for those that share no row, and again for those that fell short. One by one, at
    last, those that no such state reaches."""
    trop_grand = _utiles(systeme, joints=True).sum() > TRES_GRAND
    for joints in (False, True) if trop_grand else (True,):
        vaines: set[tuple[int, int]] = set()
        while restent := [t for t in _manquantes(preuves, taches) if t not in vaines]:
            ensemble = _separees(systeme, preuves, restent)
            _reparer_ensemble(systeme, caches, preuves, ensemble, cout, joints)
            if len(_manquantes(preuves, ensemble)) == len(ensemble):
                vaines.update(ensemble)
    for rang, sens in taches:
        if preuves.numeros[sens, rang] < 0:
            reparer(systeme, caches, preuves, rang, sens, cout)


def _manquantes(preuves: Preuves, taches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(rang, sens) for rang, sens in taches if preuves.numeros[sens, rang] < 0]


def _separees(systeme: Systeme, preuves: Preuves, taches) -> list[tuple[int, int]]:
    """Tasks to take together: cells to raise share no row, those to lower may."""
    par_cellule = systeme.matrice.tocsc()
    prises = np.zeros(systeme.matrice.shape[0], dtype=bool)
    cellules: set[int] = set()
    ensemble = []
    for rang, sens in taches:
        cellule = int(preuves.cibles[rang])
        debut, fin = par_cellule.indptr[cellule : cellule + 2]
        lignes = par_cellule.indices[debut:fin]
        lignes = lignes[systeme.additives[lignes]]
        if cellule in cellules or (sens and prises[lignes].any()):
            continue
        cellules.add(cellule)
        ensemble.append((rang, sens))
        if sens:
            prises[lignes] = True
    return ensemble


def _reparer_ensemble(systeme, caches, preuves: Preuves, ensemble, cout, joints: bool) -> None:
    """One programme where every cell may fall short of its bound, at a high price."""
    autour = np.flatnonzero(_utiles(systeme, joints))
    probleme = _poser(systeme, caches, autour, cout)
    rangs, sens = (np.array(x, dtype=np.int64) for x in zip(*ensemble, strict=True))
    places = np.searchsorted(autour, preuves.cibles[rangs])
    bornes = np.where(sens == 1, preuves.haut[rangs], preuves.bas[rangs])
    trouve = _au_moindre_ecart(probleme, (places, sens, bornes))
    if trouve is not None:
        _retenir(systeme, caches, preuves, probleme, trouve)


def _utiles(systeme: Systeme, joints: bool) -> np.ndarray:
    """The cells that may differ: those that are not zero, and the joint ones if asked."""
    utiles = systeme.vrai > 0
    if joints:
        utiles |= systeme.latentes
    return utiles & ~systeme.certaines & ~systeme.figees


def _retenir(systeme, caches, preuves: Preuves, probleme: Probleme, trouve: np.ndarray) -> None:
    """Hides the shown cells that differ; keeps the witness, unless it should be of whole numbers,
    or rounding breaks it."""
    autour = probleme.autour
    change = np.abs(trouve - systeme.vrai[autour]) > ECART_NUL
    caches[autour[change & ~systeme.latentes[autour]]] = True
    entiere = np.rint(trouve)
    fraction = np.abs(trouve - entiere) > ECART_NUL
    if len(autour) <= ENTIERS and fraction.any():
        return
    for comptes in (
        np.where(fraction, trouve, entiere),
        np.where(change, trouve, systeme.vrai[autour]),
    ):
        if not len(manquees(probleme.matrice, probleme.bas, probleme.haut, comptes)):
            preuves.retenir(autour, comptes, systeme.vrai)
            return


def _voisinage(
    systeme: Systeme, caches: np.ndarray, cellule: int, taille: int, zeros: str
) -> np.ndarray:
    """The cells linked to this one, the nearest first, at most `taille`."""
    vues = np.zeros(len(systeme.vrai), dtype=bool)
    vues[cellule] = True
    exclues = systeme.certaines | systeme.figees
    if zeros != "tous":
        gardes = systeme.latentes | (caches if zeros == "caches" else False)
        exclues |= (systeme.vrai == 0) & ~gardes
    motif = abs(systeme.matrice)
    while True:
        lignes = motif @ vues.astype(float) > 0
        atteintes = np.asarray(motif[lignes].sum(axis=0)).ravel() > 0
        nouvelles = np.flatnonzero(atteintes & ~vues & ~exclues)
        if vues.sum() + len(nouvelles) > taille:
            # Zeros last: they can only go up.
            ordre = np.argsort(systeme.vrai[nouvelles] == 0, kind="stable")
            vues[nouvelles[ordre[: max(0, taille - int(vues.sum()))]]] = True
            return np.flatnonzero(vues)
        if not len(nouvelles):
            return np.flatnonzero(vues)
        vues[nouvelles] = True


def _poser(systeme: Systeme, caches: np.ndarray, autour: np.ndarray, cout) -> Probleme:
    vrai = systeme.vrai[autour].astype(float)
    matrice = systeme.matrice[:, autour]
    lignes = np.diff(matrice.indptr) > 0
    matrice = matrice[lignes]
    ailleurs = (systeme.matrice[lignes] @ systeme.vrai) - matrice @ vrai
    visibles = np.flatnonzero(~caches[autour] & ~systeme.latentes[autour])
    return Probleme(
        autour,
        visibles,
        matrice,
        systeme.bas[lignes] - ailleurs,
        systeme.haut[lignes] - ailleurs,
        np.zeros(len(autour)),
        np.full(len(autour), np.inf),
        vrai,
        cout[autour[visibles]],
    )


def _au_moindre_nombre(p: Probleme) -> np.ndarray | None:
    """Counts for which the cells to hide cost least: z = 1 when a shown cell differs."""
    n, m = len(p.autour), len(p.visibles)
    vrai = p.vrai[p.visibles]
    marge = 4 * max(float(p.minimum.max()), 5) + 3
    choix = csr_matrix((np.ones(m), (np.arange(m), p.visibles)), shape=(m, n))
    monte = hstack([choix, -marge * identity(m)])
    descend = hstack([choix, csr_matrix((vrai, (range(m), range(m))), shape=(m, m))])
    large = hstack([p.matrice, csr_matrix((p.matrice.shape[0], m))])
    contraintes = [
        LinearConstraint(large, p.bas, p.haut),
        LinearConstraint(vstack([monte, -descend]), -np.inf, np.concatenate([vrai, -vrai])),
    ]
    for entiers in (0, 1):
        solution = milp(
            np.concatenate([np.zeros(n), p.prix]),
            constraints=contraintes,
            bounds=Bounds(
                np.concatenate([p.minimum, np.zeros(m)]), np.concatenate([p.maximum, np.ones(m)])
            ),
            integrality=np.concatenate([np.full(n, entiers), np.ones(m)]),
            options={"time_limit": DUREE, "mip_rel_gap": 0.02},
        )
        if solution.x is None:
            return None
        comptes = solution.x[:n]
        if np.abs(comptes - np.rint(comptes)).max() < 1e-5:
            return np.rint(comptes)
    return None


def _au_moindre_ecart(p: Probleme, voulues=None) -> np.ndarray | None:
    """Counts near the true ones, in few shown cells: the price of a cell falls as it differs.

    `voulues`: places, whether each goes up (1) or down (0), and the bound to reach if it can be.
    """
    n, m = len(p.autour), len(p.visibles)
    poids = p.prix.copy()
    comptes = None
    signes = p.matrice[:, p.visibles]
    large = hstack([p.matrice, signes, -signes], format="csr")
    vrai = p.vrai[p.visibles]
    fixes_bas, fixes_haut = p.minimum.copy(), p.maximum.copy()
    monte_au_moins = np.maximum(p.minimum[p.visibles] - vrai, 0)
    fixes_bas[p.visibles] = fixes_haut[p.visibles] = vrai
    places, sens, visees = voulues or (np.zeros(0, dtype=np.int64),) * 3
    k = len(places)
    bornes = Bounds(
        np.concatenate([fixes_bas, monte_au_moins, np.zeros(m + k)]),
        np.concatenate([fixes_haut, np.full(m, np.inf), vrai, np.full(k, np.inf)]),
    )
    contraintes = [LinearConstraint(elargie(large, k), p.bas, p.haut)]
    if k:
        contraintes.append(_souples(places, sens, visees, n + 2 * m))
    for _ in range(REPRISES):
        solution = milp(
            np.concatenate([np.zeros(n), poids, poids, np.full(k, MANQUE)]),
            constraints=contraintes,
            bounds=bornes,
            options={"time_limit": 10 * DUREE},
        )
        if solution.x is None:
            return comptes
        ecart = solution.x[n : n + m] - solution.x[n + m : n + 2 * m]
        comptes = solution.x[:n].copy()
        comptes[p.visibles] += ecart
        if (np.abs(ecart) < ECART_NUL).all():
            break
        poids = p.prix / (np.abs(ecart) + 0.1)
    return comptes


def _souples(places, sens, visees, debut: int) -> LinearConstraint:
    """Each cell reaches its bound, or its own last variable says how far it is."""
    k = len(places)
    rangs = np.arange(k)
    manque = np.where(sens == 1, 1.0, -1.0)
    entrees = np.concatenate([np.ones(k), manque])
    colonnes = np.concatenate([places, debut + rangs])
    matrice = csr_matrix((entrees, (np.tile(rangs, 2), colonnes)), shape=(k, debut + k))
    bas, haut = np.where(sens == 1, visees, -np.inf), np.where(sens == 1, np.inf, visees)
    return LinearConstraint(matrice, bas, haut)
