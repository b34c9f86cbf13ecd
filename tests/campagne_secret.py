"""The long campaign: `python -m tests.campagne_secret [--territoires 2000] [--journal FICHIER]
[--processus 2]`.

Protects and attacks generated territories of 20 to 2,000 situations with their whole lists, one
line of JSON each in the journal. Started again with the same journal, it goes on where it stopped.
Then sums the journal up, and compares what is hidden beyond primaries with the optimum of small
tables. Exits with 1 if a small count was rebuilt, or if a list could not be proved and would have
been shown to nobody. `--bilan` only sums up; `--mesurer` only times the whole list of 1,000
situations.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from multiprocessing import Pool
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from pilotage.lots.liste import liste_de
from pilotage.lots.plan import MONTRES_AU_PLUS
from pilotage.protection.modele import Axe, Liste, Tableau, avec_marges
from pilotage.protection.primaires import primaires_de
from pilotage.protection.proteger import proteger
from pilotage.protection.systeme import systeme_de
from pilotage.protection.verification import NonProuve
from tests.attaque import Attaque, attaquer
from tests.territoires_entiers import TRIPLES, croisements_choisis, tirer_entier

PLUS_GRAND_OPTIMUM = 5
# One territory in so many is of 1,000 situations or more, with ten crossings and three years; one
# in so many shows ten crossings of two variables beside those of the indicators; one in so many
# gives only the same answers; of one in so many, the small ones, nothing that the protector
# imagined is taken.
UNE_LISTE_PLEINE, UNE_LISTE_LARGE, UN_CONCENTRE, UN_SANS_PISTES = 20, 50, 40, 25
PETIT = 60
INDICATEURS_CROISES = 7


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


def tirage(graine: int) -> dict[str, Any]:
    """What the territory of this seed is made of."""
    hasard = np.random.default_rng(graine)
    pleine, large = graine % UNE_LISTE_PLEINE == 0, graine % UNE_LISTE_LARGE == 10
    n = hasard.uniform(np.log(1000 if pleine else 20), np.log(2000))
    return {
        "graine": graine,
        "n": round(float(np.exp(n))),
        "annees": 3 if pleine else int(hasard.integers(1, 4)),
        "choisis": MONTRES_AU_PLUS if large else 3 if pleine else int(hasard.integers(0, 4)),
        "seuil": int(hasard.choice([5, 5, 5, 11])),
        "concentre": graine % UN_CONCENTRE == 7,
    }


def essayer(graine: int) -> dict[str, Any]:
    """Protects and attacks the whole list of one territory; what was found, and how long it took."""
    voulu = tirage(graine)
    hasard = np.random.default_rng(graine + 1_000_000)
    larges = voulu["choisis"] == MONTRES_AU_PLUS
    choisis = croisements_choisis(hasard, voulu["choisis"], 0 if larges else TRIPLES)
    exacte = liste_de(
        tirer_entier(
            hasard, voulu["n"], voulu["annees"], choisis, concentre=voulu["concentre"]
        ).periodes
    )
    debut = process_time()
    masques = proteger(exacte, voulu["seuil"])
    protegee = process_time()
    attaque = Attaque(masques, voulu["seuil"])
    attaque.suivre(masques.imagines, entiers=True)
    entiers = attaque.atteints.mean() if len(attaque.cibles) else 1.0
    sans_pistes = voulu["n"] <= PETIT and graine % UN_SANS_PISTES == 1
    if sans_pistes:
        attaque = Attaque(masques, voulu["seuil"])
    else:
        attaque.suivre(masques.imagines, entiers=False)
    directes = attaque.atteints.mean() if len(attaque.cibles) else 1.0
    violations = attaque.violations(entiers=False, une_suffit=False)
    return {
        **voulu,
        "croisements": INDICATEURS_CROISES + voulu["choisis"],
        "tableaux": len(masques.liste.tableaux),
        "cellules": sum(t.cellules.size for t in masques.liste.tableaux),
        "attaquees": len(attaque.cibles),
        "primaires": masques.primaires,
        "zeros": masques.zeros,
        "complements": masques.complements,
        "violations": [[*map(str, v)] for v in violations],
        "sans_pistes": sans_pistes,
        "par_etats": round(float(directes), 4),
        "par_etats_entiers": round(float(entiers), 4),
        "proteger_s": round(protegee - debut, 2),
        "attaquer_s": round(process_time() - protegee, 2),
    }


def _essayer_ou_dire(graine: int) -> dict[str, Any]:
    try:
        return essayer(graine)
    except NonProuve as refus:
        return {**tirage(graine), "refus": str(refus)}


def mesurer(combien: int = 3) -> None:
    """The whole list of 1,000 situations, three years and all: wall and processor. Ten crossings
    beside those of the indicators, of two variables."""
    for graine in range(combien):
        hasard = np.random.default_rng(graine)
        choisis = croisements_choisis(hasard, MONTRES_AU_PLUS, 0)
        exacte = liste_de(tirer_entier(hasard, 1000, 3, choisis).periodes)
        debut, processeur = perf_counter(), process_time()
        masques = proteger(exacte, 5)
        duree, processeur = perf_counter() - debut, process_time() - processeur
        etapes = ", ".join(f"{nom} {s:.1f}" for nom, s in masques.etapes.items())
        print(
            f"liste entière, 1 000 situations : {duree:.1f} s, {processeur:.1f} s de processeur "
            f"({etapes}), {masques.primaires} primaires, {masques.complements} complémentaires",
            flush=True,
        )


def lire(journal: Path) -> dict[int, dict[str, Any]]:
    lignes = journal.read_text().splitlines() if journal.exists() else []
    return {ligne["graine"]: ligne for ligne in map(json.loads, lignes)}


def campagne(combien: int, journal: Path, processus: int) -> None:
    """Tries the seeds that the journal does not hold."""
    faites = lire(journal)
    restent = [graine for graine in range(combien) if graine not in faites]
    with Pool(processus) as coureurs, journal.open("a") as flux:
        for essai in coureurs.imap_unordered(_essayer_ou_dire, restent):
            flux.write(json.dumps(essai) + "\n")
            flux.flush()


def bilan(faites: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    """What the journal says, in sentences."""
    for x in faites.values():
        if "refus" in x:
            yield f"territoire {x['graine']} ({x['n']} situations) refusé : {x['refus']}"
    protegees = [x for x in faites.values() if "refus" not in x]
    for nom, lignes in (
        ("territoires", protegees),
        (
            "dont 1 000 situations et plus, 10 croisements, 3 années",
            [x for x in protegees if x["n"] >= 1000 and x["choisis"] == x["annees"] == 3],
        ),
        (
            f"dont {MONTRES_AU_PLUS} croisements choisis en plus de ceux des indicateurs",
            [x for x in protegees if x["choisis"] == MONTRES_AU_PLUS],
        ),
        ("dont sans piste", [x for x in protegees if x["sans_pistes"]]),
    ):
        if not lignes:
            continue
        moyenne = {
            cle: np.mean([x[cle] for x in lignes])
            for cle in ("tableaux", "attaquees", "primaires", "complements")
        }
        durees = np.array([[x["proteger_s"], x["attaquer_s"]] for x in lignes])
        yield (
            f"{len(lignes)} {nom} : {sum(len(x['violations']) for x in lignes)} violations ; "
            f"{moyenne['tableaux']:.0f} tableaux, {moyenne['attaquees']:.0f} effectifs attaqués, "
            f"{moyenne['primaires']:.0f} primaires et {moyenne['complements']:.0f} "
            f"complémentaires en moyenne ; protéger {np.median(durees[:, 0]):.1f} s de processeur "
            f"(moyenne {durees[:, 0].mean():.1f}, au plus {durees[:, 0].max():.1f}), attaquer "
            f"{np.median(durees[:, 1]):.1f} s (moyenne {durees[:, 1].mean():.1f})"
        )


if __name__ == "__main__":
    lecteur = argparse.ArgumentParser()
    lecteur.add_argument("--territoires", type=int, default=2000)
    lecteur.add_argument("--journal", type=Path, default=Path("campagne_secret.jsonl"))
    lecteur.add_argument("--processus", type=int, default=1)
    lecteur.add_argument("--bilan", action="store_true")
    lecteur.add_argument("--mesurer", action="store_true")
    voulu = lecteur.parse_args()
    if voulu.mesurer:
        mesurer()
    if not (voulu.bilan or voulu.mesurer):
        campagne(voulu.territoires, voulu.journal, voulu.processus)
        _grand_tableau()
        _comparer(40)
    faites = lire(voulu.journal)
    for phrase in bilan(faites):
        print(phrase)
    sys.exit(any("refus" in x or x["violations"] for x in faites.values()))
