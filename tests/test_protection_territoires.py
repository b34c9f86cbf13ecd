"""Territories sparse as in life, and what an attacker finds in all that they show: nothing.

Two thousand of them, with their whole lists: `python -m tests.campagne_secret`.
"""

from dataclasses import replace

import numpy as np
import pytest

from pilotage.lots.liste import liste_de
from pilotage.protection.modele import Etat
from pilotage.protection.proteger import proteger
from tests.attaque import Attaque, attaquer
from tests.campagne_secret import essayer
from tests.territoires_entiers import croisements_choisis, tirer_entier
from tests.territoires_secrets import liste, tirer

PAR_LOT = 25
# Tables, years, and whether « since the beginning » is shown with them.
COURTES = (
    ((("age", "sexe"),), 1, False),
    ((("type",), ("anciennete",)), 1, False),
    ((("age",), ("consequences",), ("quartier",)), 1, False),
    ((("logement",), ("evenement",)), 1, False),
    ((("intensite",), ("sexe",)), 3, True),
    ((("motif",), ("type",)), 1, False),
    ((("evenement", "sexe"),), 1, False),
    ((("par_situation",), ("issue",), ("etape",)), 1, False),
    ((("activite", "famille"),), 1, False),
    ((("organisme",), ("droit",)), 1, False),
)
MOYENNES = (
    ((("age", "type"), ("logement", "type"), ("age", "logement")), 1, False),
    ((("droit", "type"), ("par_situation",), ("consequences",)), 1, False),
    ((("par_situation",), ("sexe", "type"), ("sexe",)), 1, False),
    ((("dynamique", "type"),), 2, True),
    ((("quartier",), ("logement",)), 2, True),
    ((("intensite", "sexe"), ("dynamique", "intensite"), ("dynamique", "sexe")), 2, True),
    ((("issue",), ("obstacles", "type"), ("anciennete", "dynamique")), 2, True),
)


def territoire(graine: int, formes, effectifs: tuple[int, ...]):
    """A generated list, and its threshold."""
    hasard = np.random.default_rng(graine)
    tables, annees, tout = formes[graine % len(formes)]
    n = int(hasard.choice(effectifs))
    tire = tirer(hasard, n, annees=annees, concentre=graine % 41 == 0)
    return liste(tire, tables, tout=tout, extras=("liens", "contributeurs")), hasard.choice([5, 11])


@pytest.mark.parametrize("lot", range(8))
def test_deux_cents_territoires_resistent_a_l_attaque(lot):
    for graine in range(lot * PAR_LOT, (lot + 1) * PAR_LOT):
        effectifs = (2000, 600) if graine % 25 == 0 else (20, 25, 30, 40, 60)
        exacte, seuil = territoire(graine, COURTES, effectifs)
        assert attaquer(proteger(exacte, seuil), seuil) == [], graine


@pytest.mark.parametrize("graine", range(7))
def test_des_listes_dont_les_tableaux_s_eclairent(graine):
    exacte, seuil = territoire(graine, MOYENNES, (20, 40, 80))
    assert attaquer(proteger(exacte, seuil), seuil) == []


@pytest.mark.parametrize("graine", range(10))
def test_des_programmes_seuls_ne_trouvent_rien_de_plus(graine):
    """Nothing taken from what the protector imagined: the attacker's own programmes find all."""
    exacte, seuil = territoire(graine, COURTES, (20, 30, 60))
    assert attaquer(proteger(exacte, seuil), seuil, pistes=False) == []


@pytest.mark.parametrize("graine", range(10))
def test_l_enumeration_des_nombres_entiers_ne_trouve_rien_de_plus(graine):
    """Small lists: the exact interval of each cell over whole numbers, not only its relaxation."""
    exacte, seuil = territoire(graine, COURTES, (20, 30))
    assert attaquer(proteger(exacte, seuil), seuil, entiers=True, pistes=False) == []


@pytest.mark.parametrize(
    ("n", "annees", "choisis", "concentre"),
    [(20, 1, 0, False), (40, 2, 1, True), (60, 1, 3, False), (250, 2, 2, False)],
)
def test_toute_la_liste_d_un_territoire_resiste(n, annees, choisis, concentre):
    hasard = np.random.default_rng(n)
    croisements = croisements_choisis(hasard, choisis)
    entier = tirer_entier(hasard, n, annees, croisements, concentre=concentre)
    exacte = liste_de(entier.periodes)
    assert len(exacte.tableaux) > 30 * annees
    assert attaquer(proteger(exacte, 5), 5) == []


def test_un_etat_impossible_n_abuse_pas_l_attaquant():
    """A state that contradicts a link, or what is shown, proves nothing."""
    exacte, seuil = territoire(3, COURTES, (40,))
    masques = proteger(exacte, seuil)
    faux = tuple(Etat(e.cellules, e.valeurs + 1) for e in masques.imagines.etats)
    attaque = Attaque(masques, seuil)
    attaque.suivre(replace(masques.imagines, etats=faux), entiers=False)
    sans = Attaque(masques, seuil)
    assert len(sans.cibles) > 0
    assert (attaque.atteints == sans.atteints).all()
    attaque.suivre(masques.imagines, entiers=False)
    assert attaque.atteints.all()


@pytest.mark.parametrize("graine", [1612, 1911])
def test_une_somme_vide_reste_un_lien(graine):
    """Territories of the campaign where a sum is of zero once others are: a state that fills it is
    no proof, and the list would be refused."""
    assert essayer(graine)["violations"] == []
