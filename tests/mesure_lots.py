"""What the difference of two successive batches reveals, over the life of a territory.

    BNR_DONNEES=… python manage.py shell -c "from tests.mesure_lots import mesurer; mesurer('pays-des-vans')"

On a database that holds the demonstration: each month, the situations transmitted so far are
counted, the years that changed enough advance, the list is protected as it would be, and what is
shown twice is subtracted.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from unittest import mock

import numpy as np

from pilotage import travaux as actions
from pilotage.lecture import lire_lignes, variables_comptees
from pilotage.lots.avancement import arreter
from pilotage.lots.liste import cle, liste_de, periodes_de
from pilotage.lots.memoire import ecrire_masques, imposes_par, inchanges
from pilotage.lots.tranches import Tranche
from pilotage.protection.proteger import proteger
from situations.models import Code
from territoires.models import Territoire


@dataclass
class Bilan:
    """`petites`: differences of 1 to threshold − 1; `sur`: cells shown twice that changed;
    `isolees`: new situations of which three answers or more follow from differences of 1."""

    lots: int = 0
    avancees: int = 0
    sur: int = 0
    petites: int = 0
    nouvelles: int = 0
    isolees: int = 0
    par_lot: list[tuple] = field(default_factory=list)


@dataclass
class Etat:
    """A batch: its years, what it keeps of what it hides, what it shows by table."""

    tranches: dict[int, Tranche]
    gardes: dict[str, Any]
    montre: dict[str, np.ndarray]


def mesurer(slug: str, jours: list[date] | None = None) -> Bilan:
    territoire = Territoire.objects.get(slug=slug)
    bilan, avant = Bilan(), None
    for jour in jours or [date(a, m, 1) for a in (2025, 2026) for m in range(1, 13)]:
        tables, *_ = actions._tables(territoire)
        lire = partial(lire_lignes, transmises_avant=jour)
        with mock.patch.object(actions, "lire_lignes", lire):
            actuelles = actions.compter_les_annees(territoire, tables)
        anciennes = avant.tranches if avant else {}
        tranches, avancees = arreter(anciennes, actuelles, territoire.seuil_copil)
        if not avancees:
            continue
        apres = _proteger(territoire, tranches, avancees, avant)
        bilan.lots += 1
        if avant is not None:
            _comparer(bilan, avant, apres, avancees, _reponses(territoire, jour), territoire)
        avant = apres
        print(jour, sorted(avancees), bilan.par_lot[-1:], flush=True)
    print(bilan)
    return bilan


def _proteger(territoire, tranches, avancees, avant: Etat | None) -> Etat:
    periodes = periodes_de(list(tranches.values()))
    imposes, sommes, a_cacher = {}, {}, {}
    if avant is not None:
        imposes, sommes = imposes_par(avant.gardes, periodes, avancees)
        anciennes = periodes_de(list(avant.tranches.values()))
        a_cacher = inchanges(avant.gardes, anciennes, periodes)
    masques = proteger(liste_de(periodes), territoire.seuil_copil, imposes, sommes, a_cacher)
    montre = {
        t.cle: np.where(masque, -1, t.cellules)
        for t, masque in zip(masques.liste.tableaux, masques.tableaux, strict=True)
    }
    return Etat(tranches, ecrire_masques(masques), montre)


def _comparer(bilan: Bilan, avant: Etat, apres: Etat, avancees, reponses, territoire) -> None:
    ecarts = {}
    for identifiant, valeurs in apres.montre.items():
        anciennes = avant.montre.get(identifiant)
        if anciennes is not None and anciennes.shape == valeurs.shape:
            vus = (anciennes >= 0) & (valeurs >= 0)
            ecarts[identifiant] = np.where(vus, np.abs(valeurs - anciennes), -1)
    tous = np.concatenate([e.ravel() for e in ecarts.values()])
    petits = int(((tous > 0) & (tous < territoire.seuil_copil)).sum())
    nouvelles = isolees = 0
    for annee in sorted(avancees & avant.tranches.keys()):
        anciennes = avant.tranches[annee].empreintes
        tranche = apres.tranches[annee]
        for situation in tranche.empreintes.keys() - anciennes.keys():
            nouvelles += 1
            isolees += _est_isolee(reponses[situation], tranche, ecarts)
    bilan.avancees += len(avancees)
    bilan.sur += int((tous > 0).sum())
    bilan.petites += petits
    bilan.nouvelles += nouvelles
    bilan.isolees += isolees
    bilan.par_lot.append((nouvelles, petits, isolees))


def _est_isolee(rangees: list[dict[str, str]], tranche: Tranche, ecarts) -> bool:
    """Whether differences of 1 that surely speak of the same row give three of its answers."""
    return any(_liees(reponses, tranche, ecarts) >= 3 for reponses in rangees)


def _liees(reponses: dict[str, str], tranche: Tranche, ecarts) -> int:
    """The most answers linked by cells of difference 1, through answers of difference 1."""
    seules = {v for nom, v in _uns(reponses, tranche, ecarts) if len(nom) == 1 for v in nom}
    meilleures = 0
    for pivot in seules:
        connues = {pivot}
        for nom, variables in _uns(reponses, tranche, ecarts):
            if pivot in nom:
                connues |= set(variables)
        meilleures = max(meilleures, len(connues))
    return meilleures


def _uns(reponses: dict[str, str], tranche: Tranche, ecarts) -> Iterator[tuple]:
    for nom in tranche.tables:
        if not nom or any(v not in reponses or v not in tranche.axes for v in nom):
            continue
        identifiant = cle(nom, str(tranche.annee))
        if identifiant not in ecarts or len(set(nom)) < len(nom):
            continue
        try:
            place = tuple(tranche.axes[v].codes.index(reponses[v]) for v in nom)
        except ValueError:
            continue
        if ecarts[identifiant][place] == 1:
            yield nom, nom


def _reponses(territoire, jour: date) -> dict[str, list[dict[str, str]]]:
    """Situation → its rows: the answers of the person with those of each right."""
    codes = {c.numero: (c.variable, c.code) for c in Code.objects.all()}
    ici = frozenset({territoire.pk})
    lignes = lire_lignes(ici, variables_comptees(ici), transmises_avant=jour)
    rangees = {}
    for situation, blocs in lignes:
        personne = [codes[n] for n in situation.numeros]
        simples = Counter(v for v, _ in personne)
        commun = {v: c for v, c in personne if simples[v] == 1}
        rangees[str(situation.id)] = [
            {**commun, **{codes[n][0]: codes[n][1] for n in bloc}} for bloc in blocs
        ]
    return rangees
