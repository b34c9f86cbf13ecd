"""Kinds of organisme, for who reads no situation: three organismes at least, none above 85 %."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from pilotage.lots.liste import liste_de, periodes_de, periodes_nationales
from pilotage.lots.montrer import Montrer
from pilotage.lots.tranches import AxeNomme, Noyau, Table, Tranche
from pilotage.protection.modele import TOUT
from pilotage.protection.proteger import proteger
from tests.attaque import attaquer

KINDS = ("CAF", "CCAS", "ASSO")
AXE = AxeNomme("Type d’organisme", (*((k, k, None) for k in KINDS), ("", "Sans réponse", None)))
TROIS = {4: 10, 5: 10, 6: 10}
MELEES = {7: 14, 8: 14, 9: 12}


def tranche(annee: int, *apports: dict[int, int]) -> Tranche:
    """A year in which each kind of organisme brought so many situations, organisme by organisme."""
    effectifs = [*(sum(par.values()) for par in apports), 0]
    n = sum(effectifs)
    tables = {
        (): Table("situations", np.array(n)),
        ("non_recours",): Table("non_recours", np.array(n + 30)),
        ("categorie",): Table(
            "situations",
            np.array([*effectifs, n]),
            {(kind,): par for kind, par in zip(KINDS, apports, strict=True)},
        ),
    }
    organismes = tuple(o for par in apports for o in par)
    noyau = Noyau({"categorie": AXE}, tables)
    return Tranche(annee, date(2026, 11, 3), {}, organismes, {"categorie": AXE}, tables, noyau)


def montrer(*tranches: Tranche) -> dict[str, dict[str, int | None]]:
    """Period → kind → what is shown of it."""
    periodes = periodes_de(tranches)
    masques = proteger(liste_de(periodes), 5)
    assert attaquer(masques, 5) == []
    montre = Montrer(periodes, masques, ()).ecrire()["periodes"]
    return {
        nom: {ligne[0]: ligne[2] for ligne in p["distributions"]["categorie"]["lignes"]}
        for nom, p in montre.items()
    }


def test_un_type_dont_un_organisme_fait_86_pour_cent_est_secret_et_un_autre_avec_lui():
    """Alone, it would be the total less the others."""
    vus = montrer(tranche(2026, {1: 86, 2: 7, 3: 7}, TROIS, MELEES))["2026"]
    assert vus["CAF"] is None
    assert sorted(n is None for n in vus.values()) == [False, True, True]


def test_a_85_pour_cent_il_est_montre():
    vus = montrer(tranche(2026, {1: 85, 2: 8, 3: 7}, TROIS, MELEES))["2026"]
    assert vus == {"CAF": 100, "CCAS": 30, "ASSO": 40}


def test_un_type_de_deux_organismes_est_secret_quel_que_soit_son_effectif():
    assert montrer(tranche(2026, {1: 300, 2: 300}, TROIS, MELEES))["2026"]["CAF"] is None


def test_deux_annees_de_deux_organismes_font_trois_organismes_depuis_le_debut():
    vus = montrer(
        tranche(2025, {1: 30, 2: 30}, TROIS, MELEES), tranche(2026, {2: 30, 3: 30}, TROIS, MELEES)
    )
    assert (vus["2025"]["CAF"], vus["2026"]["CAF"]) == (None, None)
    assert vus[TOUT]["CAF"] == 120


def test_un_protecteur_qui_montrerait_un_type_domine_est_pris():
    periodes = periodes_de([tranche(2026, {1: 300, 2: 300}, TROIS, MELEES)])
    masques = proteger(liste_de(periodes), 5)
    nus = replace(masques, tableaux=tuple(np.zeros_like(m) for m in masques.tableaux))
    assert {nom[2] for nom, *_ in attaquer(nus, 5)} == {frozenset({("categorie", "CAF")})}


def test_cote_a_cote_chaque_territoire_est_juge_pour_lui_meme():
    """Two organismes here, two there: four in all."""
    periodes = periodes_nationales(
        {
            "a": ("Ici", [tranche(2026, {1: 30, 2: 30}, TROIS, MELEES)]),
            "b": ("Là", [tranche(2026, {11: 30, 12: 30}, {13: 20, 14: 20, 15: 20}, MELEES)]),
        }
    )
    liste = liste_de(periodes)
    masques = proteger(liste, 5)
    assert attaquer(masques, 5) == []
    rang = [t.cle for t in liste.tableaux].index("territoire×categorie 2026")
    assert masques.tableaux[rang][:2, 0].all()
    assert not masques.tableaux[rang][2, 0]


@pytest.mark.parametrize("effectif", [1, 4])
def test_un_petit_type_est_cache_comme_tout_petit_effectif(effectif):
    vus = montrer(tranche(2026, {1: effectif}, TROIS, MELEES))["2026"]
    assert vus["CAF"] is None


def test_les_apports_se_relisent_tels_qu_ils_furent_ecrits():
    avant = tranche(2026, {1: 86, 2: 7, 3: 7}, TROIS, MELEES)
    relue = Tranche.lire(json.loads(json.dumps(avant.ecrire())))
    assert relue.tables["categorie",].apports == avant.tables["categorie",].apports
