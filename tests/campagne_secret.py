"""The long campaign: `python -m tests.campagne_secret [territoires] [whole lists]`.

Protects and attacks territories of 20 to 2,000 situations, then whole lists, and compares what is
hidden beyond primaries with the optimum of small tables. Prints what it measured.
"""

import sys
from dataclasses import replace
from itertools import combinations
from time import perf_counter, process_time

import numpy as np

from pilotage.protection.modele import Axe, Liste, Tableau, avec_marges
from pilotage.protection.primaires import primaires_de
from pilotage.protection.proteger import proteger
from pilotage.protection.systeme import systeme_de
from tests.attaque import attaquer
from tests.territoires_secrets import grande_liste, tirer

PLUS_GRAND_OPTIMUM = 5


def optimum(tableau: Tableau, seuil: int) -> int:
    """The fewest cells to hide beyond primaries in one table, all choices tried in turn.

    `PLUS_GRAND_OPTIMUM` when there is none under it.
    """
    liste = Liste((tableau,))
    systeme = systeme_de(liste)
    primaires = primaires_de(systeme, liste, seuil)
    ids = systeme.cellules.ids_de(tableau)
    autres = np.flatnonzero(~primaires.caches)
    masques = proteger(liste, seuil)
    for combien in range(PLUS_GRAND_OPTIMUM):
        for choix in combinations(autres, combien):
            caches = primaires.caches.copy()
            caches[list(choix)] = True
            if _plausible(tableau, caches[ids], seuil) and not _attaquer(
                masques, caches[ids], seuil
            ):
                return combien
    return PLUS_GRAND_OPTIMUM


def _plausible(tableau: Tableau, caches: np.ndarray, seuil: int) -> bool:
    """What any protection satisfies in the lines whose total is shown."""
    for cellules, masque in ((tableau.cellules, caches), (tableau.cellules.T, caches.T)):
        for ligne, cachees in zip(cellules, masque, strict=True):
            if cachees[-1] or not cachees[:-1].any():
                continue
            petites = ((ligne[:-1] > 0) & (ligne[:-1] < seuil)).any()
            if petites and ligne[:-1][cachees[:-1]].sum() < seuil:
                return False
    return True


def _attaquer(masques, caches: np.ndarray, seuil: int) -> list:
    return attaquer(replace(masques, tableaux=(caches,)), seuil)


def _comparer(combien: int, seuil: int = 5) -> None:
    trouves, optimaux = [], []
    for graine in range(combien):
        hasard = np.random.default_rng(graine)
        effectifs = hasard.poisson(hasard.choice([3, 8, 15]), (3, 4))
        axes = (Axe("a", tuple("wxy")), Axe("b", tuple("stuv")))
        table = Tableau("t", axes, "situations", "2026", avec_marges(effectifs))
        trouve = proteger(Liste((table,)), seuil).complements
        meilleur = optimum(table, seuil)
        if meilleur < PLUS_GRAND_OPTIMUM:
            trouves.append(trouve)
            optimaux.append(meilleur)
    print(
        f"{len(optimaux)} tables de 3 × 4 : {np.mean(trouves):.2f} cellules cachées au-delà des "
        f"primaires, {np.mean(optimaux):.2f} à l’optimum"
    )


def _grand_tableau() -> None:
    durees = []
    for graine in range(20):
        hasard = np.random.default_rng(graine)
        loi = np.outer(1 / np.arange(1, 51), hasard.dirichlet(np.full(6, 0.7)))
        effectifs = hasard.multinomial(800, (loi / loi.sum()).ravel()).reshape(50, 6)
        axes = (Axe("a", tuple(map(str, range(50)))), Axe("b", tuple(map(str, range(6)))))
        table = Tableau("t", axes, "situations", "2026", avec_marges(effectifs))
        debut = process_time()
        proteger(Liste((table,)), 5)
        durees.append(1000 * (process_time() - debut))
    print(f"50 × 6 : {np.median(durees):.0f} ms de processeur (au plus {max(durees):.0f})")


def _territoires(combien: int) -> None:
    from tests.test_protection_territoires import COURTES, MOYENNES, territoire

    violations, complements, primaires = 0, 0, 0
    for graine in range(combien):
        formes = MOYENNES if graine % 10 == 0 else COURTES
        exacte, seuil = territoire(10_000 + graine, formes, (20, 30, 50, 100, 200, 600, 2000))
        masques = proteger(exacte, seuil)
        violations += len(attaquer(masques, seuil))
        complements += masques.complements
        primaires += masques.primaires
    print(
        f"{combien} territoires : {violations} violations ; {primaires / combien:.1f} primaires et "
        f"{complements / combien:.1f} complémentaires en moyenne"
    )


def _listes(combien: int) -> None:
    for graine in range(combien):
        n = (50, 200, 1000, 2000)[graine % 4]
        exacte = grande_liste(tirer(np.random.default_rng(graine), n))
        debut, processeur = perf_counter(), process_time()
        masques = proteger(exacte, 5)
        duree, processeur = perf_counter() - debut, process_time() - processeur
        violations = attaquer(masques, 5)
        print(
            f"liste entière, {n} situations : {duree:.1f} s ({processeur:.1f} s de processeur), "
            f"{masques.primaires} primaires, {masques.complements} complémentaires, "
            f"{len(violations)} violations {violations[:3]}",
            flush=True,
        )


if __name__ == "__main__":
    territoires, listes = (int(a) for a in (*sys.argv[1:], *("2000", "4")[len(sys.argv) - 1 :]))
    _grand_tableau()
    _comparer(40)
    _territoires(territoires)
    _listes(listes)
