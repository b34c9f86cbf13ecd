"""The protection of a list: what stays true, what is hidden, and that a weaker one is caught."""

import ctypes
from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from pilotage.protection import programmes
from pilotage.protection.audit import Preuves, _admettre
from pilotage.protection.modele import Axe, Dominance, Lien, Liste, Somme, Tableau, avec_marges
from pilotage.protection.primaires import primaires_de
from pilotage.protection.proteger import proteger
from pilotage.protection.reduction import Reduit
from pilotage.protection.systeme import systeme_de
from pilotage.protection.verification import NonProuve, verifier
from tests.attaque import attaquer
from tests.campagne_secret import optimum
from tests.territoires_secrets import liste, tirer


def axe(nom: str, combien: int, **options) -> Axe:
    return Axe(nom, tuple(f"{nom}{k}" for k in range(combien)), **options)


def croisement(effectifs, periode="2026", base="situations", noms="ab", **options) -> Tableau:
    effectifs = np.array(effectifs)
    axes = tuple(axe(n, k, **options) for n, k in zip(noms, effectifs.shape, strict=False))
    return Tableau(f"{noms} {periode}", axes, base, periode, avec_marges(effectifs))


def lignes(effectifs, periode="2026", **options) -> Tableau:
    return croisement(effectifs, periode, noms="a", **options)


def montre(masques, rang=0):
    tableau, masque = masques.liste.tableaux[rang], masques.tableaux[rang]
    return np.where(masque, -1, tableau.cellules).tolist()


@pytest.mark.parametrize(
    ("effectifs", "attendu"),
    [
        ([12, 7, 0, 9], [12, 7, 0, 9, 28]),
        ([12, 2, 0, 9], [12, -1, 0, -1, 23]),
        ([12, 2, 3, 9], [12, -1, -1, 9, 26]),
        ([12, 2, 1, 9], [12, -1, -1, -1, 24]),
        ([5, 1], [-1, -1, 6]),
        ([0, 0], [0, 0, 0]),
    ],
)
def test_une_liste_de_reponses_cache_le_moins_possible(effectifs, attendu):
    assert montre(proteger(Liste((lignes(effectifs),)), 5)) == attendu


def test_un_croisement_cache_un_rectangle_et_garde_ses_marges():
    masques = proteger(Liste((croisement([[2, 20, 30], [9, 8, 40], [50, 60, 70]]),)), 5)
    assert masques.complements == 3
    assert not masques.tableaux[0][-1].any()
    assert not masques.tableaux[0][:, -1].any()
    assert attaquer(masques, 5, entiers=True) == []


def test_l_annee_qui_ferait_la_difference_est_cachee_aussi():
    """12 in all, 9 in 2025: the 3 of 2026 would be read by a subtraction."""
    annees = {"2024": [31, 40], "2025": [9, 30], "2026": [3, 50]}
    tout = [sum(n) for n in zip(*annees.values(), strict=True)]
    tables = [lignes(n, periode) for periode, n in {**annees, "tout": tout}.items()]
    masques = proteger(Liste(tuple(tables)), 5)
    assert masques.tableaux[2][0]
    assert attaquer(masques, 5, entiers=True) == []


def test_une_annee_trop_petite_ne_montre_rien_et_sort_du_total():
    tables = (lignes([2, 1], "2024"), lignes([30, 9], "2025"), lignes([32, 10], "tout"))
    masques = proteger(Liste(tables), 5)
    assert masques.annees_ecartees == ("2024",)
    assert [(t.periode, t.cellules.tolist()) for t in masques.liste.tableaux] == [
        ("2025", [30, 9, 39]),
        ("tout", [30, 9, 39]),
    ]


def test_des_annees_toutes_trop_petites_laissent_leur_somme():
    tables = (lignes([2, 1], "2024"), lignes([3, 1], "2025"), lignes([5, 2], "tout"))
    masques = proteger(Liste(tables), 5)
    assert [t.periode for t in masques.liste.tableaux] == ["tout"]
    assert montre(masques) == [-1, -1, 7]


def test_un_zero_d_une_petite_ligne_est_cache():
    """Shown, the zeros would say where the few of that line are."""
    masques = proteger(Liste((croisement([[3, 0, 0], [20, 30, 40], [25, 35, 45]]),)), 5)
    assert masques.tableaux[0][0].all()


def test_une_partie_d_un_petit_nombre_de_personnes_est_cachee():
    """Three persons of that age, seven non-recours: the seven would say that there is someone."""
    ages = axe("a", 3)
    personnes = Tableau("a", (ages,), "situations", "2026", avec_marges(np.array([3, 40, 50])))
    droits = Tableau("d", (ages,), "non_recours", "2026", avec_marges(np.array([7, 60, 80])))
    masques = proteger(Liste((personnes, droits)), 5)
    assert masques.tableaux[1][0]
    assert attaquer(masques, 5) == []


def test_un_chiffre_cle_est_une_somme_de_cellules():
    table = lignes([3, 10, 20, 30])
    somme = Somme("cle", "situations", "a", frozenset({"a0", "a1"}))
    masques = proteger(Liste((table,), (somme,)), 5)
    assert attaquer(masques, 5, entiers=True) == []
    assert masques.sommes["cle", "2026"] or masques.tableaux[0][:2].all()


def test_un_motif_dit_son_type():
    motifs = Tableau(
        "motif",
        (Axe("motif", ("x1", "x2", "y1")),),
        "non_recours",
        "2026",
        avec_marges(np.array([6, 2, 30])),
    )
    types = Tableau(
        "type", (Axe("type", ("x", "y")),), "non_recours", "2026", avec_marges(np.array([8, 30]))
    )
    lien = Lien("motif", "type", {m: frozenset({m[0]}) for m in ("x1", "x2", "y1")})
    masques = proteger(Liste((motifs, types), liens=(lien,)), 5)
    assert montre(masques) == [-1, -1, 30, 38]
    assert attaquer(masques, 5, entiers=True) == []


def test_trois_organismes_et_aucun_au_dessus_de_85_pour_cent():
    dominance = Dominance(np.array([2, 6, 3, 9, 20]), np.array([0.5, 0.9, 0.4, 0.2, 0]))
    table = replace(lignes([20, 40, 60, 80]), dominance=dominance)
    assert montre(proteger(Liste((table,)), 5)) == [-1, -1, 60, 80, 200]


def test_une_longue_liste_ne_nomme_pas_ce_qu_elle_cache():
    """A right met once and a right never met look the same."""
    masques = proteger(Liste((lignes([30, 2, 0, 7, 0], ouverte=True),)), 5)
    assert montre(masques) == [30, -1, -1, -1, -1, 39]


def test_proteger_deux_fois_donne_la_meme_chose():
    exacte = liste(tirer(np.random.default_rng(2), 60), (("age", "sexe"), ("type",)))
    un, deux = proteger(exacte, 5), proteger(exacte, 5)
    assert all((a == b).all() for a, b in zip(un.tableaux, deux.tableaux, strict=True))


def test_des_tableaux_qui_se_contredisent_sont_refuses():
    with pytest.raises(ValueError, match="other counts"):
        proteger(Liste((lignes([9, 9]), replace(lignes([9, 8]), cle="autre"))), 5)
    with pytest.raises(ValueError, match="sum"):
        Tableau("a", (axe("a", 2),), "situations", "2026", np.array([1, 2, 4]))
    with pytest.raises(ValueError, match="years"):
        proteger(Liste((lignes([9, 9], "2025"), lignes([9, 10], "tout"))), 5)


def test_sans_preuve_rien_n_est_rendu():
    systeme = systeme_de(Liste((lignes([2, 30]),)))
    cibles = np.array([0])
    preuves = Preuves(len(systeme.vrai), cibles, np.array([0]), np.array([5]))
    with pytest.raises(NonProuve):
        verifier(systeme, np.ones(len(systeme.vrai), dtype=bool), preuves)


def test_un_programme_n_ecrit_rien_sur_la_console(monkeypatch, capfd):
    """HiGHS writes from C, whatever its options say."""
    langage_c = ctypes.CDLL(None)
    monkeypatch.setattr(programmes.optimize, "milp", lambda *_, **__: langage_c.puts(b"bavard"))
    programmes.milp(np.ones(1), integrality=np.ones(1))
    langage_c.fflush(None)
    assert capfd.readouterr().out == ""


CROISEES = (("age", "type"), ("sexe", "type"), ("age", "sexe"))


@pytest.mark.parametrize("graine", range(2))
def test_un_protecteur_trop_simple_est_pris(graine):
    """The attacker is worth something: small counts alone, or each table apart, do not resist."""
    exacte = liste(tirer(np.random.default_rng(graine), 60, annees=2), CROISEES)
    ensemble = proteger(exacte, 5)
    systeme = systeme_de(ensemble.liste)
    seuls = primaires_de(systeme, ensemble.liste, 5).sensibles
    faibles = tuple(seuls[systeme.cellules.ids_de(t)] for t in ensemble.liste.tableaux)
    separes = tuple(proteger(Liste((t,)), 5).tableaux[0] for t in ensemble.liste.tableaux)
    assert attaquer(replace(ensemble, tableaux=faibles), 5, une_suffit=True) != []
    assert attaquer(replace(ensemble, tableaux=separes), 5, une_suffit=True) != []
    assert attaquer(ensemble, 5) == []


@pytest.mark.parametrize("graine", range(12))
def test_on_cache_presque_aussi_peu_que_possible(graine):
    hasard = np.random.default_rng(graine)
    table = croisement(hasard.poisson(hasard.choice([3, 8, 15]), (3, 4)))
    masques = proteger(Liste((table,)), 5)
    if masques.complements <= 4:
        assert masques.complements <= optimum(table, 5) + 1


def test_ce_que_l_arrondi_rompt_reste_tel_qu_il_fut_trouve():
    """A thousand roundings of a millionth each, in one link, are a count of a thousandth."""
    trouvee = np.full(1_000, 1 + 9e-7)

    def lien(somme: float) -> Reduit:
        bornes = np.array([somme])
        ensemble = np.zeros(1_000, dtype=np.int64)
        return Reduit(
            np.arange(1_000), csr_matrix(np.ones((1, 1_000))), bornes, bornes, bornes > 0, ensemble
        )

    gardee, bonnes = _admettre(lien(trouvee.sum()), trouvee)
    assert bonnes.all()
    assert gardee.sum() == pytest.approx(trouvee.sum(), abs=1e-6)
    gardee, bonnes = _admettre(lien(1_000), trouvee)
    assert bonnes.all()
    assert (gardee == 1).all()
    _, bonnes = _admettre(lien(1_001), trouvee)
    assert not bonnes.any()
