"""The catalogue of indicators, and the national figures that may stand beside them."""

from dataclasses import asdict

import pytest

from pilotage.indicateurs import CALCULEES, INDICATEURS, PAR_CODE, besoins
from pilotage.presentation.noms import nom_de
from pilotage.reperes import AVERTISSEMENT, SANS_TAUX, lire_reperes, phrase_de, reperes_du_droit
from pilotage.statistiques import Plan
from situations import noyau

# The kind of organisme is counted though nobody is asked it.
VARIABLES = {ligne["code"]: ligne for ligne in noyau.lire("variables")} | {
    "categorie": {"portee": "situation", "type": "choix"}
}


def test_les_quinze_indicateurs_du_comite_de_pilotage_dans_l_ordre():
    assert [indicateur.numero for indicateur in INDICATEURS] == list(range(1, 16))
    assert len(PAR_CODE) == 15
    assert len({indicateur.titre for indicateur in INDICATEURS}) == 15


@pytest.mark.parametrize("indicateur", INDICATEURS, ids=lambda i: i.code)
def test_un_indicateur_se_definit_en_phrases_et_ne_compte_que_le_noyau(indicateur):
    assert indicateur.definition.endswith(".")
    assert len(indicateur.definition) > 100
    assert set(indicateur.variables) <= VARIABLES.keys()
    for variable in indicateur.variables:
        assert nom_de(variable, "") or variable == "droit"
        assert VARIABLES[variable]["type"] not in ("texte_court", "texte_long")


@pytest.mark.parametrize("indicateur", INDICATEURS, ids=lambda i: i.code)
def test_la_base_est_celle_des_variables(indicateur):
    """A right, its type, its motives are counted in non-recours; a person in situations."""
    for vue in indicateur.vues:
        portees = {VARIABLES[v]["portee"] for v in vue.variables if v in VARIABLES}
        if vue.genre in ("distribution", "croisement", "empilees") and portees:
            attendue = "non_recours" if "non_recours" in portees else "situations"
            assert vue.base == attendue
        if vue.genre in ("croisement", "matrice", "empilees"):
            assert len(vue.variables) == 2


@pytest.mark.parametrize("indicateur", INDICATEURS, ids=lambda i: i.code)
def test_plusieurs_reponses_possibles_se_disent_dans_la_definition(indicateur):
    multiples = {v for v in indicateur.variables if VARIABLES[v]["type"] == "choix_multiple"}
    assert bool(multiples) == ("Plusieurs réponses sont possibles" in indicateur.definition)


def test_les_besoins_sont_un_plan_de_comptage_sans_repetition():
    demandes = besoins()
    plan = Plan(**asdict(demandes))
    assert plan.cooccurrence
    assert plan.parcours
    assert len(set(plan.distributions)) == len(plan.distributions)
    assert not CALCULEES & set(plan.distributions)
    assert ("droit", "type") in plan.croisements
    assert ("dynamique", "anciennete") in plan.croisements
    assert {"age", "consequences", "obstacles", "intensite"} <= set(plan.distributions)


def test_les_besoins_de_quelques_indicateurs_seulement():
    demandes = besoins([PAR_CODE["types"]])
    assert asdict(demandes) == {
        "distributions": ("type",),
        "croisements": (),
        "cooccurrence": False,
        "parcours": False,
    }


def test_les_reperes_portent_sur_des_droits_du_noyau_et_disent_leur_source():
    droits = {ligne["code"] for ligne in noyau.lire("droits")}
    assert len(lire_reperes()) >= 10
    for repere in lire_reperes():
        assert set(repere.droits) <= droits
        assert repere.source
        assert repere.adresse.startswith("https://")
        assert repere.annee is None or 2000 < repere.annee < 2100


def test_un_repere_n_est_jamais_montre_sans_dire_qu_il_n_est_pas_comparable():
    for repere in lire_reperes():
        assert AVERTISSEMENT in phrase_de(repere)
    (rsa, *_) = reperes_du_droit("rsa")
    assert "34\u00a0% par trimestre\u202f; 20\u00a0%" in phrase_de(rsa)
    assert "Drees, 2018" in phrase_de(rsa)


def test_un_droit_dont_nul_ne_connait_le_taux_le_dit():
    (aah,) = reperes_du_droit("aah")
    assert SANS_TAUX in phrase_de(aah)
    assert reperes_du_droit("prime_noel") == ()
