"""Generated territories with their whole lists: rows of the core, counted as batches count them.

The list is the application's (`pilotage.lots`): every indicator and its crossings, the crossings
that the comité technique chose, each year and since the beginning.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np

from pilotage.faits import Faits, VariableComptee
from pilotage.indicateurs import besoins
from pilotage.lots.comptage import Comptage
from pilotage.lots.liste import Periode, periodes_de
from pilotage.lots.plan import (
    croisements_des_lots,
    est_trop_detaille,
    tables_des_lots,
    tables_du_noyau,
)
from pilotage.parcours import ISSUES
from pilotage.variables import CATEGORIE
from situations import noyau
from territoires.referentiel import lire_categories_organismes

ICI = 1
ANNEES = (2024, 2025, 2026)
# Nothing is counted of these in lists, but for the path.
LUES = ("actions", "demande_deposee")
OUVERTS = ISSUES["ouvert"]
REGULARITES = {"age": 0.8, "sexe": 0.5, "intensite": 0.5, "type": 0.8, "dynamique": 0.5}
TRIPLES = 0.1
# What a comité technique may choose to show, of the person and of the non-recours.
CROISABLES = (
    *("age", "sexe", "famille", "activite", "logement", "contexte", "zone", "suivi_social"),
    *("type", "etape", "organisme", "anciennete", "dynamique", "intensite", "ressource_nature"),
)


@dataclass(frozen=True, slots=True)
class Entier:
    """A whole list: its years and their sum, and the crossings chosen beyond the indicators'."""

    n: int
    annees: int
    choisis: tuple[tuple[str, ...], ...]
    periodes: tuple[Periode, ...]


@dataclass(frozen=True, slots=True)
class Lot:
    """The counted variables of the core, their numbers, the most answers of multiple ones."""

    variables: dict[str, VariableComptee]
    numeros: dict[tuple[str, str], int]
    choix: dict[str, tuple[int | None, tuple[str, ...]]]


def _lire_le_noyau() -> Lot:
    listes, variables, choix = noyau.listes(), {}, {}
    for ligne in noyau.lire("variables"):
        if ligne["liste"] and ligne["type"] != "commune":
            options = listes[ligne["liste"]]
            modalites = tuple((o["code"], o["libelle"], None) for o in options)
            multiple = ligne["type"] == "choix_multiple"
            code = ligne["code"]
            variables[code] = VariableComptee(
                code, ligne["libelle"], ligne["portee"], multiple, modalites
            )
            if multiple:
                exclusives = tuple(o["code"] for o in options if o["exclusif"])
                choix[code] = (int(ligne["max"]) if ligne["max"] else None, exclusives)
    paires = [(v.code, m.code) for v in variables.values() for m in v.modalites]
    return Lot(variables, {paire: n for n, paire in enumerate(paires, start=1)}, choix)


NOYAU = _lire_le_noyau()
KINDS = tuple(c["code"] for c in lire_categories_organismes())


def croisements_choisis(
    hasard: np.random.Generator, combien: int, triples: float = TRIPLES
) -> tuple[tuple[str, ...], ...]:
    """So many crossings that may be shown, of two variables, or three for this part of them, none
    of the indicators'."""
    pris, choisis = {frozenset(c) for c in besoins().croisements}, []
    while len(choisis) < combien:
        taille = 3 if hasard.random() < triples else 2
        variables = tuple(str(v) for v in hasard.choice(CROISABLES, taille, replace=False))
        if frozenset(variables) not in pris and not est_trop_detaille(variables, NOYAU.variables):
            pris.add(frozenset(variables))
            choisis.append(variables)
    return tuple(choisis)


def tirer_entier(
    hasard: np.random.Generator,
    n: int,
    annees: int,
    choisis: tuple[tuple[str, ...], ...] = (),
    *,
    concentre: bool = False,
) -> Entier:
    """`n` situations over some years, sparse as in life. `concentre`: all gave the same answers."""
    croisements = croisements_des_lots(choisis)
    tables = tables_des_lots((), croisements)
    utiles = {*LUES, "droit", *(v for nom in tables for v in nom), "delai_ouverture"}
    variables = {c: v for c, v in NOYAU.variables.items() if c in utiles}
    lois = {
        v.code: _loi(hasard, len(v.modalites), REGULARITES.get(v.code, 1.1), concentre)
        for v in variables.values()
    }
    poids = hasard.dirichlet(np.full(annees, 1.5))
    quand = np.sort(hasard.choice(annees, n, p=poids)) + 3 - annees
    combien = 1 + int(hasard.integers(2, 40))
    presentes = hasard.choice(KINDS, 6, replace=False)
    categories = {o: str(hasard.choice(presentes)) for o in range(1, combien)}
    part = _loi(hasard, combien - 1, 1.0, concentre)[:-1]
    declarants = hasard.choice(combien - 1, n, p=part / part.sum()) + 1
    situations, non_recours = [], []
    for rang in range(n):
        personne = _repondre(hasard, variables, lois, "situation", {})
        mois = 12 * (24 + int(quand[rang])) + int(hasard.integers(12))
        situations.append(
            (rang, ICI, mois, bool(hasard.random() < 0.7), personne, int(declarants[rang]))
        )
        nommes: set[int] = set()
        for _ in range(1 + min(int(hasard.geometric(0.55)) - 1, 4)):
            bloc = _repondre(hasard, variables, lois, "non_recours", nommes)
            non_recours.append((rang, bloc))
    faits = Faits.depuis_lignes(
        situations,
        non_recours,
        {numero: paire for paire, numero in NOYAU.numeros.items()},
        {**variables, CATEGORIE: _categorie()},
        categories,
    )
    comptage = Comptage(faits, frozenset({ICI}), tables, tables_du_noyau(), NOYAU.choix, categories)
    tranches = [
        comptage.tranche(
            ANNEES[k],
            date(2026, 12, 31),
            {},
            Counter(int(o) for o in declarants[quand == k]),
        )
        for k in np.unique(quand).tolist()
    ]
    return Entier(n, annees, choisis, periodes_de(tranches))


def _categorie() -> VariableComptee:
    kinds = tuple((c["code"], c["libelle"], None) for c in lire_categories_organismes())
    return VariableComptee(CATEGORIE, "Type d’organisme", "situation", modalites=kinds)


def _loi(hasard, combien: int, regularite: float, concentre: bool) -> np.ndarray:
    """How probable each answer is, then none; a few frequent answers, many rare ones."""
    if concentre:
        return np.eye(combien + 1)[0]
    loi = np.arange(1.0, combien + 1) ** -regularite * hasard.uniform(0.3, 1.7, combien)
    loi = hasard.permutation(loi) if combien < 20 else loi
    complete = np.append(loi, loi.sum() * hasard.choice([0, 0.02, 0.1, 0.4]))
    return complete / complete.sum()


def _repondre(hasard, variables, lois, portee: str, nommes: set[int]) -> list[int]:
    """The numbers of the answers of one row; `nommes`: the rights already named."""
    numeros, reponses = [], {}
    for code, variable in variables.items():
        if variable.portee != portee:
            continue
        if code == "delai_ouverture" and reponses.get("issue") not in OUVERTS:
            continue
        for choisie in _choisir(hasard, variable, lois[code], nommes if code == "droit" else None):
            reponses[code] = variable.modalites[choisie].code
            numeros.append(NOYAU.numeros[code, reponses[code]])
    return numeros


def _choisir(
    hasard, variable: VariableComptee, loi: np.ndarray, deja: set[int] | None
) -> list[int]:
    cumul = np.cumsum(loi)
    premier = int(np.searchsorted(cumul, hasard.random() * cumul[-1], side="right"))
    if deja is not None:
        if premier in deja or premier == len(variable.modalites):
            premier = next(k for k in range(len(variable.modalites)) if k not in deja)
        deja.add(premier)
    if premier == len(variable.modalites):
        return []
    maximum, exclusives = NOYAU.choix.get(variable.code, (1, ()))
    choisis = [premier]
    if variable.multiple and variable.modalites[premier].code not in exclusives:
        while len(choisis) < (maximum or 3) and hasard.random() < 0.35:
            autre = int(hasard.integers(len(variable.modalites)))
            if autre not in choisis and variable.modalites[autre].code not in exclusives:
                choisis.append(autre)
    return choisis
