"""The first choice of complements: a small integer programme over the sums of the whole list.

Two conditions are necessary in each sum whose total is shown: what is hidden makes the threshold
when a small count is in it, and a hidden cell is never alone. The programme hides the least that
meets them everywhere at once; the audit then tells what is still to hide.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import coo_matrix, csr_matrix

from pilotage.protection.programmes import elargie, milp
from pilotage.protection.systeme import Systeme

PROFONDEUR = 4
DUREE = 4
ECART = 0.01


def couvrir(
    systeme: Systeme, caches: np.ndarray, sensibles: np.ndarray, cout: np.ndarray, seuil: int
) -> np.ndarray:
    """The cells to hide besides `caches`, as a mask."""
    sommes = _sommes_visibles(systeme)
    en_defaut, candidates, seules = _etendue(systeme, sommes, caches, sensibles, seuil)
    ajout = np.zeros(len(caches), dtype=bool)
    libres = np.flatnonzero(candidates)
    if len(libres):
        ajout[libres] = _choisir(systeme, sommes, caches, cout, seuil, en_defaut, libres, seules)
    return ajout


def _sommes_visibles(systeme: Systeme) -> csr_matrix:
    latentes = systeme.matrice @ systeme.latentes.astype(float)
    touchees = (abs(systeme.matrice) @ systeme.latentes.astype(float)) > 0
    return systeme.matrice[systeme.additives & ~touchees & (latentes == 0)]


def _etendue(systeme, sommes, caches, sensibles, seuil):
    """The sums in default; the cells that could mend them, and mend what mending breaks; the sums
    without anything hidden, where a candidate would be alone."""
    membres = sommes.maximum(0)
    totaux = (-sommes).maximum(0)
    caches_par_somme = abs(sommes) @ caches.astype(float)
    total_cache = totaux @ caches.astype(float) > 0
    a_des_petits = membres @ sensibles.astype(float) > 0
    cache = membres @ np.where(caches, systeme.vrai, 0)
    en_defaut = (a_des_petits & ~total_cache & (cache < seuil)) | (caches_par_somme == 1)
    cachables = ~caches & ~systeme.certaines & ~systeme.latentes
    utiles = cachables & (systeme.vrai > 0)
    candidates = np.zeros(len(caches), dtype=bool)
    actives = en_defaut.copy()
    vues = actives.copy()
    transposee = sommes.T.tocsr()
    for _ in range(PROFONDEUR):
        candidates |= utiles & _touchees(sommes, actives)
        pauvres = actives & (abs(sommes) @ utiles.astype(float) < 2)
        candidates |= cachables & _touchees(sommes, pauvres)
        seules = (abs(transposee).T @ candidates.astype(float) > 0) & (caches_par_somme == 0)
        actives = seules & ~vues
        vues |= actives
    return en_defaut, candidates, seules


def _touchees(sommes: csr_matrix, lignes: np.ndarray) -> np.ndarray:
    return (
        (abs(sommes[lignes]).sum(axis=0) > 0).A1
        if lignes.any()
        else np.zeros(sommes.shape[1], dtype=bool)
    )


def _choisir(systeme, sommes, caches, cout, seuil, en_defaut, libres, seules) -> np.ndarray:
    """Minimises the cost of z (hidden or not), with y = « something is hidden in this sum »."""
    n = len(libres)
    places = sommes[:, libres]
    capacite = _capacite(systeme, places, sommes, caches, libres, seuil, en_defaut)
    nombre = abs(places[en_defaut & (abs(sommes) @ caches.astype(float) == 1)])
    motif = abs(places[seules]).tocoo()
    m = int(seules.sum())
    au_moins_deux = csr_matrix(
        coo_matrix(
            (
                np.concatenate([np.ones(motif.nnz), np.full(m, -2.0)]),
                (
                    np.concatenate([motif.row, np.arange(m)]),
                    np.concatenate([motif.col, n + np.arange(m)]),
                ),
            ),
            shape=(m, n + m),
        )
    )
    rangs = np.arange(motif.nnz)
    lient = csr_matrix(
        (
            np.concatenate([np.ones(motif.nnz), -np.ones(motif.nnz)]),
            (np.concatenate([rangs, rangs]), np.concatenate([motif.col, n + motif.row])),
        ),
        shape=(motif.nnz, n + m),
    )
    contraintes = [
        LinearConstraint(elargie(capacite[0], m), capacite[1], np.inf),
        LinearConstraint(elargie(nombre, m), 1, np.inf),
        LinearConstraint(au_moins_deux, 0, np.inf),
        LinearConstraint(lient, -np.inf, 0),
    ]
    solution = milp(
        np.concatenate([cout[libres], np.zeros(m)]),
        constraints=[c for c in contraintes if c.A.shape[0]],
        bounds=Bounds(0, 1),
        integrality=np.concatenate([np.ones(n), np.zeros(m)]),
        options={"time_limit": DUREE, "mip_rel_gap": ECART},
    )
    return np.zeros(n, dtype=bool) if solution.x is None else solution.x[:n] > 0.5


def _capacite(systeme, places, sommes, caches, libres, seuil, en_defaut):
    """In each sum in default, what is hidden and will be makes the threshold (a total does)."""
    lignes = places[en_defaut]
    poids = np.minimum(systeme.vrai[libres], seuil).astype(float)
    ponderees = lignes.maximum(0).multiply(poids) + (-lignes).maximum(0) * seuil
    deja = sommes[en_defaut].maximum(0) @ np.where(caches, systeme.vrai, 0)
    deja = deja + ((-sommes[en_defaut]).maximum(0) @ caches.astype(float)) * seuil
    besoin = np.maximum(seuil - deja, 0)
    atteignable = np.asarray(ponderees.sum(axis=1)).ravel()
    return csr_matrix(ponderees), np.minimum(besoin, atteignable)
