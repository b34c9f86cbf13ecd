"""What an attacker knows of a list's counts, as linear constraints between all of them.

Cells are non-negative; `bas` ≤ `matrice` @ cells ≤ `haut`. Links written here: lines and their
margins, whatever the table; years and their sum; situations and their non-recours; a right named
once by a situation; co-occurrences; multiple answers; the nomenclature; cycles of crossings.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import csr_matrix

from pilotage.protection.cellules import Bloc, Cellules, Cle
from pilotage.protection.cycles import cliques_latentes, composantes
from pilotage.protection.liens import Contraintes, lier
from pilotage.protection.modele import TOUT, Axe, Liste
from pilotage.protection.programmes import milp

# Beyond this number of joint cells a clique is replaced by its triangles, one by one.
CELLULES_LATENTES = 20_000
DUREE_LATENTES = 20
# Beyond this number of them in all, those that share no row are sought apart: together, the search
# for whole numbers may not end.
LATENTES_ENSEMBLE = 40_000
GRANDE_LISTE = 5_000
# Beyond so many cells that may differ, one programme over them all takes too long.
TRES_GRAND = 45_000


@dataclass(frozen=True, slots=True)
class Systeme:
    """`additives`: rows that say « these lines, minus their total, make zero ».

    `latentes`: cells that are never shown. `certaines`: zeros that everyone knows. `figees`: zeros
    that no witness needs to change, too many to be worth trying. `dimensions`: by how many
    variables a cell is described.
    """

    cellules: Cellules
    vrai: np.ndarray
    latentes: np.ndarray
    certaines: np.ndarray
    figees: np.ndarray
    dimensions: np.ndarray
    matrice: csr_matrix
    bas: np.ndarray
    haut: np.ndarray
    additives: np.ndarray


def systeme_de(liste: Liste) -> Systeme:
    """The cells and the links of a list. Raises ValueError when its tables contradict each other:
    different counts of one thing, or years that do not add up to their sum."""
    cellules = Cellules.de(liste)
    visibles = cellules.taille
    latents = _ajouter_latents(cellules, liste)
    contraintes = lier(cellules, liste, latents)
    certaines = _impossibles(cellules, liste)
    latentes = np.arange(cellules.taille) >= visibles
    matrice, bas, haut, additives = contraintes.matrice(cellules.taille)
    if latents:
        vrai = _completer(cellules.valeurs, latentes, certaines, matrice, bas, haut)
        cellules.fixer(np.arange(cellules.taille), vrai)
    vrai = cellules.valeurs
    garde = _vraies(matrice @ vrai, bas, haut, additives)
    return Systeme(
        cellules,
        vrai,
        latentes,
        certaines,
        _figees(cellules, vrai),
        _dimensions(cellules, len(vrai)),
        matrice[garde],
        bas[garde],
        haut[garde],
        additives[garde],
    )


def _figees(cellules: Cellules, vrai: np.ndarray) -> np.ndarray:
    figees = np.zeros(len(vrai), dtype=bool)
    if len(vrai) > GRANDE_LISTE:
        for (_, _, variables), bloc in cellules.blocs.items():
            if len(set(variables)) < len(variables):
                figees[bloc.ids[~np.eye(len(bloc.ids), dtype=bool)]] = True
    return figees & (vrai == 0)


def _dimensions(cellules: Cellules, taille: int) -> np.ndarray:
    """By how many variables each cell is described."""
    dimensions = np.ones(taille, dtype=np.int64)
    for (_, _, variables), bloc in cellules.blocs.items():
        dimensions[bloc.ids] = len(variables)
    for (_, _, variables), bloc in cellules.blocs.items():
        if len(variables) == 1:
            dimensions[bloc.ids] = 1
    return dimensions


def _vraies(produit: np.ndarray, bas: np.ndarray, haut: np.ndarray, additives) -> np.ndarray:
    """The rows that hold: a form may allow what a reader would not believe possible."""
    tenues = (produit >= bas - 1e-6) & (produit <= haut + 1e-6)
    if (~tenues & additives).any():
        raise ValueError("the years do not add up to their sum")
    return tenues


def _ajouter_latents(cellules: Cellules, liste: Liste) -> set[Cle]:
    """Numbers the joint cells of the cycles, year by year (or for the sum, without years)."""
    periodes = {periode for _, periode, _ in cellules.blocs}
    latents: set[Cle] = set()
    for periode in sorted(periodes - {TOUT} or periodes):
        tables = [(base, variables) for base, p, variables in cellules.blocs if p == periode]
        liens = [frozenset({lien.variable, lien.vers}) for lien in liste.liens]
        axes = {
            axe.variable: axe
            for (_, p, _), bloc in cellules.blocs.items()
            for axe in bloc.axes
            if p == periode
        }
        aretes = {frozenset(v) for _, v in tables} | {e for e in liens if e <= axes.keys()}
        for clique in cliques_latentes(aretes) + [e for e in liens if e in aretes]:
            for partie in _supportables(clique, axes):
                base = _base_de(partie, tables, liens)
                if base == "non_recours":
                    for triangle in _triangles_de_personnes(tables, partie):
                        latents |= _numeroter_latent(
                            cellules, "situations", periode, triangle, axes
                        )
                latents |= _numeroter_latent(cellules, base, periode, partie, axes)
    return latents


def _supportables(clique: frozenset[str], axes: dict[str, Axe]) -> list[frozenset[str]]:
    def taille(variables: frozenset[str]) -> float:
        return float(np.prod([len(axes[v].modalites) for v in variables]))

    if taille(clique) <= CELLULES_LATENTES:
        return [clique]
    triangles = (frozenset(t) for t in combinations(sorted(clique), 3))
    return [t for t in triangles if taille(t) <= CELLULES_LATENTES]


def _base_de(clique: frozenset[str], tables, liens) -> str:
    sur_les_droits = any(
        base == "non_recours" and len(clique & set(variables)) > 1 for base, variables in tables
    )
    return "non_recours" if sur_les_droits or clique in liens else "situations"


def _numeroter_latent(cellules: Cellules, base, periode, clique, axes) -> set[Cle]:
    """The joint cells, and the parts of them that another base shows."""
    ajoutes = set()
    for combien in range(2, len(clique) + 1):
        for partie in combinations(sorted(clique), combien):
            ailleurs = ("situations", periode, partie) in cellules.blocs
            if (base, periode, partie) in cellules.blocs or not (
                combien == len(clique) or ailleurs
            ):
                continue
            forme = [len(axes[v].modalites) for v in partie]
            ids = cellules.numeroter(np.zeros(forme, dtype=np.int64))
            cellules.blocs[base, periode, partie] = Bloc(tuple(axes[v] for v in partie), ids)
            ajoutes.add((base, periode, partie))
    return ajoutes


def _triangles_de_personnes(tables, clique: frozenset[str]) -> list[frozenset[str]]:
    """Three variables of a clique of non-recours, crossed two by two in situations."""
    cotes = {frozenset(p) for base, v in tables if base == "situations" for p in combinations(v, 2)}
    return [
        frozenset(t)
        for t in combinations(sorted(clique), 3)
        if all(frozenset(cote) in cotes for cote in combinations(t, 2))
    ]


def _impossibles(cellules: Cellules, liste: Liste) -> np.ndarray:
    certaines = np.zeros(cellules.taille, dtype=bool)
    valeurs = cellules.valeurs
    for lien in liste.liens:
        for (base, _, variables), bloc in cellules.blocs.items():
            if base == "non_recours" and {lien.variable, lien.vers} <= set(variables):
                k, v = variables.index(lien.variable), variables.index(lien.vers)
                vus = np.moveaxis(bloc.ids, (k, v), (0, 1))
                for i, code in enumerate(bloc.axes[k].modalites):
                    permises = lien.permises.get(code)
                    for j, vers in enumerate(bloc.axes[v].modalites):
                        if permises is not None and vers not in permises:
                            certaines[vus[i, j].ravel()] = True
    return certaines & (valeurs == 0)


def _completer(vrai, latentes, certaines, matrice, bas, haut) -> np.ndarray:
    """Some joint cells that agree with the true counts: there are some, those of the rows counted.

    Raises ValueError when none is found in time: the tables are not of the same rows.
    """
    libres = np.flatnonzero(latentes & ~certaines)
    reste = matrice @ np.where(latentes, 0, vrai)
    reduite, bas, haut = matrice[:, libres], bas - reste, haut - reste
    ensembles = composantes(reduite) if len(libres) > LATENTES_ENSEMBLE else np.zeros(len(libres))
    complet = vrai.copy()
    for ensemble in np.unique(ensembles):
        ici = np.flatnonzero(ensembles == ensemble)
        partie = reduite[:, ici]
        lignes = np.flatnonzero(np.diff(partie.indptr))
        solution = milp(
            np.zeros(len(ici)),
            constraints=LinearConstraint(
                partie[lignes], bas[lignes], np.maximum(haut, bas)[lignes]
            ),
            bounds=Bounds(0, np.inf),
            integrality=np.ones(len(ici)),
            options={"time_limit": DUREE_LATENTES},
        )
        if solution.x is None:
            raise ValueError("no joint cells agree with the tables")
        complet[libres[ici]] = np.rint(solution.x)
    return complet


__all__ = ["Contraintes", "Systeme", "systeme_de"]
