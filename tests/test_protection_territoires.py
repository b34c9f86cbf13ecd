"""Two thousand territories, sparse as in life, and what an attacker finds in all they show: nothing.

A longer campaign, with whole lists: `python -m tests.campagne_secret`.
"""

import numpy as np
import pytest

from pilotage.protection.proteger import proteger
from tests.attaque import attaquer
from tests.territoires_secrets import grande_liste, liste, tirer

PAR_LOT = 50
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


@pytest.mark.parametrize("lot", range(40))
def test_deux_mille_territoires_resistent_a_l_attaque(lot):
    for graine in range(lot * PAR_LOT, (lot + 1) * PAR_LOT):
        effectifs = (2000, 600) if graine % 25 == 0 else (20, 25, 30, 40, 60)
        exacte, seuil = territoire(graine, COURTES, effectifs)
        assert attaquer(proteger(exacte, seuil), seuil) == [], graine


@pytest.mark.parametrize("graine", range(7))
def test_des_listes_dont_les_tableaux_s_eclairent(graine):
    exacte, seuil = territoire(graine, MOYENNES, (20, 40, 80))
    assert attaquer(proteger(exacte, seuil), seuil) == []


@pytest.mark.parametrize("graine", range(20))
def test_l_enumeration_des_nombres_entiers_ne_trouve_rien_de_plus(graine):
    """Small lists: the exact interval of each cell over whole numbers, not only its relaxation."""
    exacte, seuil = territoire(graine, COURTES, (20, 30))
    assert attaquer(proteger(exacte, seuil), seuil, entiers=True) == []


def test_toute_la_liste_d_un_territoire_dont_les_cas_se_ressemblent_tous():
    exacte = grande_liste(tirer(np.random.default_rng(3), 40, annees=2, concentre=True))
    assert attaquer(proteger(exacte, 5), 5) == []
