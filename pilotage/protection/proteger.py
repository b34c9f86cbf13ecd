"""Protects a whole list jointly: primaries, complements, repairs, economies, and a last check."""

from collections.abc import Collection, Mapping
from math import inf
from time import monotonic, perf_counter

import numpy as np

from pilotage.protection.annees import ecarter_les_petites_annees
from pilotage.protection.audit import Preuves, certifier
from pilotage.protection.couverture import couvrir
from pilotage.protection.economies import economiser
from pilotage.protection.imposes import garder_les_totaux, imposer, savoir
from pilotage.protection.modele import Imagines, Liste, Masques
from pilotage.protection.ouvertes import taire_les_noms
from pilotage.protection.primaires import couts, primaires_de
from pilotage.protection.reparation import reparer, reparer_ensemble
from pilotage.protection.systeme import GRANDE_LISTE, Systeme, systeme_de
from pilotage.protection.verification import verifier

SEUIL_MINIMAL = 2
TOURS = 40


def proteger(
    liste: Liste,
    seuil: int,
    imposes: Mapping[str, np.ndarray] | None = None,
    sommes_imposees: Mapping[tuple[str, str], bool] | None = None,
    a_cacher: Mapping[str, np.ndarray] | None = None,
    sommes_a_cacher: Collection[tuple[str, str]] = (),
    connus: Mapping[str, np.ndarray] | None = None,
    duree: float = inf,
) -> Masques:
    """What to display of a list shown to one audience, and what to hide in it.

    A reader of all the list, who knows all its links, finds for each count of 1 to `seuil` − 1 an
    interval that holds both 0 and a value of at least `seuil`. `imposes`: by key of a table, what
    is hidden in it (True) and what is shown, come what may; `sommes_imposees`, the same for key
    figures: what readers have seen already stays as it is. `a_cacher`, `sommes_a_cacher`: what is
    hidden at least, since another list of the same counts hides it from the same readers. `connus`:
    what another list shows them (True); of it, the counts of 1 to `seuil` − 1 are hidden all the
    same, as if they were not known.

    The choice of complements may vary: the search for a smaller one has a limit in time. Raises
    ValueError when the tables contradict each other, or when the threshold is under 2; TropLong
    when proofs are still sought after so many seconds (`duree`).
    """
    limite = monotonic() + duree
    if seuil < SEUIL_MINIMAL:
        raise ValueError("a threshold is at least 2")
    chrono = _Chrono()
    liste, ecartees = ecarter_les_petites_annees(liste, seuil)
    systeme = systeme_de(liste)
    deja_caches = imposer(
        systeme, liste, imposes or {}, sommes_imposees or {}, a_cacher or {}, sommes_a_cacher
    )
    savoir(systeme, liste, connus or {}, seuil)
    totaux = garder_les_totaux(systeme, seuil, deja_caches)
    primaires = primaires_de(systeme, liste, seuil)
    primaires.caches[deja_caches] = True
    chrono("systeme")
    cout = couts(systeme)
    caches, preuves = primaires.caches.copy(), _a_prouver(systeme, primaires, seuil, limite)
    if caches.any():
        sensibles = primaires.sensibles | primaires.dominees
        caches |= couvrir(systeme, caches, sensibles, cout, seuil)
        chrono("couverture")
        _prouver(systeme, caches, preuves, cout, chrono, insister=False)
        if preuves.manque.any():
            # Situations and non-recours bound each other: both totals cannot always be told. What
            # is proved already remains so when less is known.
            systeme.certaines[totaux] = False
            _prouver(systeme, caches, preuves, cout, chrono, insister=True)
        if not preuves.manque.any():
            economiser(systeme, caches, primaires.caches, preuves, cout)
        chrono("economies")
    complements = caches & ~primaires.caches
    taire_les_noms(systeme, caches)
    verifier(systeme, caches, preuves)
    chrono("verification")
    return Masques(
        liste=liste,
        tableaux=tuple(caches[systeme.cellules.ids_de(t)] for t in liste.tableaux),
        sommes={cle: bool(caches[n]) for cle, n in systeme.cellules.sommes.items()},
        annees_ecartees=ecartees,
        primaires=int((primaires.caches & ~primaires.zeros).sum()),
        zeros=int(primaires.zeros.sum()),
        complements=int(complements.sum()),
        cout=float(cout[complements].sum()),
        etapes=chrono.etapes,
        imagines=_imagines(systeme, preuves),
    )


def _imagines(systeme: Systeme, preuves: Preuves) -> Imagines:
    noms = {
        cle: (tuple(axe.modalites for axe in bloc.axes), bloc.ids)
        for cle, bloc in systeme.cellules.blocs.items()
    }
    utiles = np.unique(preuves.numeros).tolist()
    etats = tuple(preuves.temoins[n] for n in utiles)
    return Imagines(systeme.vrai, noms, systeme.cellules.sommes, etats)


class _Chrono:
    """Adds to each stage the seconds since the last call."""

    def __init__(self) -> None:
        self.etapes: dict[str, float] = {}
        self.depuis = perf_counter()

    def __call__(self, etape: str) -> None:
        maintenant = perf_counter()
        self.etapes[etape] = self.etapes.get(etape, 0) + maintenant - self.depuis
        self.depuis = maintenant


def _a_prouver(systeme: Systeme, primaires, seuil: int, limite: float) -> Preuves:
    """Small counts may be 0 or the threshold; a dominated line is not known nearer than this."""
    cibles = np.flatnonzero(primaires.sensibles | primaires.dominees)
    vrai = systeme.vrai[cibles]
    bas = np.where(primaires.sensibles[cibles], 0, np.maximum(vrai - seuil, 0))
    haut = np.where(primaires.sensibles[cibles], seuil, vrai)
    return Preuves(len(systeme.vrai), cibles, bas, haut, limite)


def _prouver(
    systeme: Systeme, caches: np.ndarray, preuves: Preuves, cout, chrono, insister: bool
) -> None:
    """Hides more until each small count has its two witnesses; margins first, which free the rest.

    Where repairs find nothing more, as a last resort, all that is linked to the cell is hidden;
    unless `insister` is false, and the search stops.
    """
    hasard = np.random.default_rng(5)
    rangs = systeme.dimensions[preuves.cibles]
    for tour in range(TOURS):
        certifier(systeme, caches, preuves, hasard)
        chrono("audit")
        if not preuves.manque.any():
            return
        avant = caches.sum() + (preuves.numeros >= 0).sum()
        premieres = rangs == rangs[preuves.manque.any(axis=0)].min()
        taches = [
            (int(rang), sens)
            for sens in (1, 0)
            for rang in np.flatnonzero(preuves.manque[sens] & premieres)
        ]
        _reparer(systeme, caches, preuves, taches, cout)
        chrono("reparation")
        if caches.sum() + (preuves.numeros >= 0).sum() == avant:
            if not insister:
                return
            _cacher_autour(systeme, caches, preuves.cibles[preuves.manque.any(axis=0)], tour + 1)


def _reparer(systeme: Systeme, caches: np.ndarray, preuves: Preuves, taches, cout) -> None:
    if len(systeme.vrai) > GRANDE_LISTE:
        reparer_ensemble(systeme, caches, preuves, taches, cout)
        return
    for rang, sens in taches:
        if preuves.manque[sens, rang]:
            reparer(systeme, caches, preuves, rang, sens, cout)


def _cacher_autour(systeme: Systeme, caches: np.ndarray, cellules: np.ndarray, pas: int) -> None:
    """Hides what is within so many links of these cells."""
    proches = np.zeros(len(caches))
    proches[cellules] = 1
    motif = abs(systeme.matrice)
    for _ in range(pas):
        proches = np.minimum(motif.T @ (motif @ proches > 0).astype(float), 1)
    caches |= (proches > 0) & ~systeme.latentes & ~systeme.certaines
