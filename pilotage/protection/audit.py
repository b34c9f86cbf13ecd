"""Whether an attacker is left in doubt: for each small count, other tables as possible as the true.

A *witness* is another set of counts that agrees with all that is shown and all the links.
A small cell is proved when one witness makes it 0 and another makes it the threshold or more.
Where few unseen cells are linked, witnesses are whole numbers: the proof holds against enumeration
too. Beyond `ENTIERS`, they may be fractions: the proof holds against linear programming.
"""

from dataclasses import dataclass, field
from math import inf
from time import monotonic

import numpy as np

from pilotage.protection.alentours import Alentours
from pilotage.protection.modele import Etat
from pilotage.protection.reduction import TOLERANCE, Reduit, manquees, reduire, resoudre
from pilotage.protection.systeme import GRANDE_LISTE, TRES_GRAND, Systeme

ESSAIS = 40
ENTIERS = 500  # linked unseen cells up to which a witness is of whole numbers
VOISINAGES = (60, ENTIERS)
GRAND = 1e6
GRAND_SYSTEME = 3_000
PETIT = 100
DUREE = 5


class TropLong(Exception):
    """The tables are too many, or too entangled, to be protected in the time given."""


@dataclass(slots=True)
class Preuves:
    """For each sensitive cell, the bounds to reach and a witness of each.

    `manque[0]` / `manque[1]`: whether the low / high bound still lacks a witness. `limite`: when to
    give up, on the clock of `time.monotonic`.
    """

    total: int
    cibles: np.ndarray
    bas: np.ndarray
    haut: np.ndarray
    limite: float = inf
    temoins: list[Etat] = field(default_factory=list)
    numeros: np.ndarray = field(init=False)
    places: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.numeros = np.full((2, len(self.cibles)), -1)
        self.places = np.full(self.total, -1)
        self.places[self.cibles] = np.arange(len(self.cibles))

    @property
    def manque(self) -> np.ndarray:
        return self.numeros < 0

    def retenir(self, libres: np.ndarray, valeurs: np.ndarray, vrai: np.ndarray) -> int:
        """Takes a witness for all that it proves; how many proofs it brought.

        Raises TropLong once the limit is passed.
        """
        if monotonic() > self.limite:
            raise TropLong
        places = self.places[libres]
        visees = np.flatnonzero(places >= 0)
        rangs, atteint = places[visees], valeurs[visees]
        preuves = np.zeros((2, len(self.cibles)), dtype=bool)
        preuves[0, rangs] = atteint <= self.bas[rangs] + TOLERANCE
        preuves[1, rangs] = atteint >= self.haut[rangs] - TOLERANCE
        nouvelles = preuves & self.manque
        if nouvelles.any():
            differe = np.abs(valeurs - vrai[libres]) > TOLERANCE / 1000
            self.numeros[nouvelles] = len(self.temoins)
            self.temoins.append(Etat(libres[differe], valeurs[differe]))
        return int(nouvelles.sum())


def certifier(systeme: Systeme, caches: np.ndarray, preuves: Preuves, hasard) -> None:
    """Seeks the missing witnesses; those still missing at the end do not exist, or were not found.

    First with the zeros as they are, then the joint ones moving, then all the hidden ones (but, in
    a large list, those of co-occurrences), as long as they are not too many to be moved together.
    One by one, margins first: the cells of more variables wait until no margin lacks a proof, since
    hiding more there changes them; in a large list, what is found by no batch is left to
    `reparation`, which finds it or hides more. `caches`: mask of the hidden cells.
    """
    inconnues = caches | systeme.latentes
    mobiles = inconnues & ~systeme.figees
    presents = systeme.vrai > 0
    etages = [mobiles & presents, mobiles & (presents | systeme.latentes), mobiles]
    for libres in etages if mobiles.sum() > ENTIERS else etages[2:]:
        if not preuves.manque.any():
            return
        reduit = _restant(reduire(systeme, libres), preuves)
        if len(reduit.libres) > TRES_GRAND:
            return
        reduit = _par_lots(systeme, reduit, preuves, hasard)
    if len(systeme.vrai) > GRANDE_LISTE:
        return
    autour = Alentours(systeme, reduit)
    dimensions = systeme.dimensions[preuves.cibles]
    for dimension in np.unique(dimensions):
        if dimension > dimensions.min() and preuves.manque[:, dimensions < dimension].any():
            return
        for sens in (1, 0):
            for rang in np.flatnonzero(preuves.manque[sens] & (dimensions == dimension)):
                if preuves.numeros[sens, rang] < 0:
                    _autour(systeme, autour, preuves, int(rang), sens, hasard)


def retrouver(systeme: Systeme, caches: np.ndarray, preuves: Preuves, hasard) -> bool:
    """Whether the few missing witnesses are all found; stops at the first that is not.

    In a large list, only those that leave the zeros as they are.
    """
    mobiles = (caches | systeme.latentes) & ~systeme.figees
    if mobiles.sum() > GRAND_SYSTEME:
        mobiles &= systeme.vrai > 0
    autour = Alentours(systeme, _restant(reduire(systeme, mobiles), preuves))
    for sens, rang in zip(*np.nonzero(preuves.manque), strict=True):
        if preuves.numeros[sens, rang] < 0:
            _autour(systeme, autour, preuves, int(rang), int(sens), hasard, PETIT)
            if preuves.numeros[sens, rang] < 0:
                return False
    return True


def _restant(reduit: Reduit, preuves: Preuves) -> Reduit:
    """The components where a proof is still missing."""
    cibles = preuves.cibles[preuves.manque.any(axis=0)]
    composantes = np.unique(reduit.composante[np.isin(reduit.libres, cibles)])
    return reduit.partie(np.isin(reduit.composante, composantes))


def _par_lots(systeme: Systeme, reduit: Reduit, preuves: Preuves, hasard) -> Reduit:
    """Many proofs by solution: some cells drawn to the threshold together, the others to 0."""
    grande = len(systeme.vrai) > GRANDE_LISTE
    peu = 2 + len(reduit.libres) // (500 if grande else 1_000)
    patience = 1 if grande else 2
    sans_progres = 0
    for _ in range(ESSAIS):
        if not len(reduit.libres) or sans_progres == patience:
            break
        objectif, maximum = _viser(systeme.vrai, reduit, preuves, hasard)
        solution = resoudre(reduit, objectif, np.zeros(len(objectif)), maximum)
        progres = 0
        if solution is not None:
            solution, bonnes = _admettre(reduit, solution)
            progres = preuves.retenir(reduit.libres[bonnes], solution[bonnes], systeme.vrai)
        sans_progres = 0 if progres > peu else sans_progres + 1
        reduit = _restant(reduit, preuves)
    return reduit


def _admettre(reduit: Reduit, solution: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The solution, whole where it nearly is; the cells of the components where it is a witness."""
    entiere = np.rint(solution)
    fraction = np.abs(solution - entiere) > TOLERANCE
    tailles = np.bincount(reduit.composante)
    refusees = fraction & (tailles[reduit.composante] <= ENTIERS)
    arrondie = np.where(fraction, solution, entiere)
    rompues = manquees(reduit.matrice, reduit.bas, reduit.haut, arrondie)
    if len(rompues):
        # A component that rounding breaks is kept as it was found.
        touchees = reduit.composante[np.unique(reduit.matrice[rompues].indices)]
        arrondie = np.where(np.isin(reduit.composante, touchees), solution, arrondie)
        rompues = manquees(reduit.matrice, reduit.bas, reduit.haut, arrondie)
        refusees[np.unique(reduit.matrice[rompues].indices)] = True
    bonnes = ~np.isin(reduit.composante, reduit.composante[refusees])
    return arrondie, bonnes


def _viser(vrai: np.ndarray, reduit: Reduit, preuves: Preuves, hasard):
    """As many cells upwards as their lines can bear, the others downwards."""
    n = len(reduit.libres)
    objectif, maximum = np.zeros(n), np.full(n, np.inf)
    rangs = preuves.places[reduit.libres]
    visees = np.flatnonzero(rangs >= 0)
    a_descendre = visees[preuves.manque[0, rangs[visees]]]
    objectif[a_descendre] = hasard.uniform(1, 2, len(a_descendre))
    par_cellule = reduit.matrice.tocsc()
    reserve = _reserves(reduit)
    for i in hasard.permutation(visees[preuves.manque[1, rangs[visees]]]):
        lignes = par_cellule.indices[par_cellule.indptr[i] : par_cellule.indptr[i + 1]]
        besoin = preuves.haut[rangs[i]]
        if (reserve[lignes] >= besoin).all():
            reserve[lignes] -= besoin
            objectif[i] = -hasard.uniform(2, 4)
            maximum[i] = max(besoin, vrai[reduit.libres[i]])
    return objectif, maximum


def _reserves(reduit: Reduit) -> np.ndarray:
    """How much the unseen lines of each sum can hold; infinite when their total is unseen."""
    ouvertes = np.asarray(reduit.matrice.minimum(0).sum(axis=1)).ravel() < 0
    return np.where(ouvertes, np.inf, np.where(reduit.haut < GRAND, reduit.haut, np.inf))


def _autour(
    systeme, autour: Alentours, preuves: Preuves, rang: int, sens: int, hasard, au_plus=10**9
) -> None:
    """One proof, in a growing neighbourhood, the rest being as it truly is; those beside it that
    come with it are taken as well. Whole numbers are sought up to `au_plus` cells."""
    cellule = int(preuves.cibles[rang])
    for taille in (*VOISINAGES, None):
        partie = autour.de(cellule, taille)
        if partie is None:
            return
        place = int(np.searchsorted(partie.libres, cellule))
        objectif, maximum = _viser(systeme.vrai, partie, preuves, hasard)
        minimum = np.zeros(len(objectif))
        if sens:
            minimum[place] = preuves.haut[rang]
            maximum[place] = np.inf
        else:
            maximum[place] = preuves.bas[rang]
        objectif[place] = 0
        for entiers in (False, True) if len(objectif) <= au_plus else (False,):
            solution = resoudre(
                partie, objectif * (not entiers), minimum, maximum, entiers=entiers, duree=DUREE
            )
            if solution is None:
                break
            solution, bonnes = _admettre(partie, solution)
            if bonnes.all():
                preuves.retenir(partie.libres, solution, systeme.vrai)
                return
        if len(partie.libres) == autour.taille(cellule):
            return
