"""What a territory may do to its form, and what it is told when it may not."""

import pytest

from situations.adaptation import (
    GesteImpossible,
    ajouter_choix,
    ajouter_droit,
    ajouter_question,
    ajouter_section,
    code_libre,
    definir_condition,
    deplacer_choix,
    deplacer_question,
    deplacer_section,
    dupliquer_question,
    duree_estimee,
    masquer_droit,
    modifier_choix,
    modifier_droit,
    modifier_question,
    problemes,
    reprendre_droit,
    reprendre_question,
    retirer_choix,
    retirer_droit,
    retirer_question,
    retirer_section,
)
from situations.adaptation.document import option, question, questions
from situations.moteur.definition import Definition
from situations.noyau import document_noyau, listes
from tests.definitions import condition

NOYAU = document_noyau()
CHOIX = [{"code": "a", "libelle": "Le car"}, {"code": "b", "libelle": "La voiture"}]


def codes(doc: dict, liste: str) -> list[str]:
    return [o["code"] for o in doc["listes"][liste]]


def avec_question(**autres) -> dict:
    donnees = {"genre": "choix", "libelle": "Comment vient-elle ?", "code": "venir_vans"}
    return ajouter_question(NOYAU, "personne", **donnees | {"options": CHOIX} | autres)


def refus(geste, *args, **kwargs) -> str:
    with pytest.raises(GesteImpossible) as refuse:
        geste(NOYAU, *args, **kwargs)
    return refuse.value.phrase


def test_a_local_question_has_its_own_choices_and_stands_where_it_is_put():
    doc = avec_question(rang=0, obligatoire=True)
    posee = doc["sections"][1]["questions"][0]
    assert (posee["variable"], posee["noyau"], posee["obligatoire"]) == ("venir_vans", False, True)
    assert doc["listes"]["venir_vans"][0] == {
        "code": "a",
        "libelle": "Le car",
        "precision": "",
        "exclusif": False,
        "local": True,
        "raffine": None,
    }
    assert Definition.depuis(doc).document() == doc
    assert questions(NOYAU).keys() == questions(doc).keys() - {"venir_vans"}


def test_a_question_may_use_a_list_of_the_noyau():
    doc = avec_question(options=None, liste="oui_non_nsp")
    assert question(doc, "venir_vans")["liste"] == "oui_non_nsp"
    assert doc["listes"] == NOYAU["listes"]


def test_a_code_is_made_from_the_label_and_names_its_territory():
    assert code_libre("À quelle heure ?", territoire="pays-des-vans", pris=set()) == (
        "a_quelle_heure_pays_des_vans"
    )
    assert code_libre("Sexe", territoire="drome", pris={"sexe_drome"}) == "sexe_2_drome"
    assert code_libre("3 enfants", territoire="drome", pris=set()) == "q_3_enfants_drome"
    long = code_libre("mot " * 60, territoire="un-territoire-au-nom-" * 4, pris=set())
    assert len(long) <= 60


@pytest.mark.parametrize("code", ["sexe", "aspa_succession", "Majuscule", "é", ""])
def test_a_variable_of_the_noyau_or_of_a_module_is_never_reused(code):
    assert "code" in refus(ajouter_question, "personne", genre="mois", libelle="Quand ?", code=code)


@pytest.mark.parametrize(
    "changement", [{"genre": "texte_long"}, {"liste": "oui_non"}, {"max": 3}, {"sensible": True}]
)
def test_the_meaning_of_a_core_question_never_changes(changement):
    assert "socle commun" in refus(modifier_question, "sexe", **changement)


def test_the_words_of_a_core_question_may_change_and_its_obligation_only_be_tightened():
    doc = modifier_question(NOYAU, "sexe", libelle=" Genre\n", aide="Tel que dit", obligatoire=True)
    assert question(doc, "sexe")["libelle"] == "Genre"
    assert not question(modifier_question(doc, "sexe", obligatoire=False), "sexe")["obligatoire"]
    assert "reste obligatoire" in refus(modifier_question, "age", obligatoire=False)


def test_an_unknown_property_is_a_programming_error():
    with pytest.raises(TypeError):
        modifier_question(NOYAU, "sexe", couleur="rouge")


def test_a_required_core_question_is_never_removed_nor_conditioned():
    assert "posée partout" in refus(retirer_question, "age")
    assert "à chaque fois" in refus(definir_condition, "famille", condition("sexe", "f"))
    assert "déplacez d’abord" in refus(retirer_section, "personne")
    assert "ne peut pas être retirée" in refus(retirer_section, "non_recours")


def test_a_hidden_question_comes_back_as_the_noyau_has_it():
    doc = retirer_question(NOYAU, "types_secondaires")
    assert question(doc, "motif_principal")["filtre"]["variables"] == ["type"]
    assert problemes(doc, NOYAU) == []
    originale = question(NOYAU, "types_secondaires")
    doc = reprendre_question(doc, originale, "non_recours", listes())
    assert question(doc, "types_secondaires") == originale
    assert question(doc, "motif_principal") == question(NOYAU, "motif_principal")


def test_the_list_of_a_hidden_question_leaves_and_comes_back_with_it():
    doc = retirer_question(NOYAU, "pcs")
    assert "pcs" not in doc["listes"]
    doc = reprendre_question(doc, question(NOYAU, "pcs"), "personne", listes())
    assert doc["listes"]["pcs"] == NOYAU["listes"]["pcs"]


def test_a_question_keeps_its_scope():
    assert "pour chaque droit" in refus(deplacer_question, "etape", section="personne", rang=0)
    doc = deplacer_question(NOYAU, "sexe", section="reperage", rang=1)
    assert [q["variable"] for q in doc["sections"][0]["questions"]][:2] == [
        "mois_observation",
        "sexe",
    ]
    assert problemes(doc, NOYAU) == []


def test_the_copy_of_a_question_is_local_and_has_its_own_choices():
    doc = dupliquer_question(avec_question(), "venir_vans", code="venir_2_vans")
    doc = ajouter_choix(doc, "venir_2_vans", libelle="À pied", code="c")
    assert codes(doc, "venir_vans") == ["a", "b"]
    copie = question(dupliquer_question(NOYAU, "age", code="age_vans"), "age_vans")
    assert (copie["noyau"], copie["doit_etre_posee"], copie["liste"]) == (False, False, "age")


def test_sections_are_added_moved_and_removed_with_their_local_questions():
    doc = ajouter_section(NOYAU, titre="La mobilité", rang=1)
    doc = ajouter_section(doc, titre="La mobilité")
    assert [s["code"] for s in doc["sections"]][1::4] == ["la_mobilite", "la_mobilite_2"]
    doc = ajouter_question(doc, "la_mobilite", genre="entier", libelle="Km", code="km_vans")
    doc = deplacer_section(doc, "la_mobilite", 0)
    assert doc["sections"][0]["questions"][0]["variable"] == "km_vans"
    doc = retirer_section(retirer_section(doc, "la_mobilite"), "la_mobilite_2")
    assert doc == NOYAU


@pytest.mark.parametrize(
    ("limites", "attendu"),
    [
        ({"genre": "entier", "min": 5, "max": 2}, "minimum"),
        ({"genre": "entier", "classes": [[0, None], [5, 9]]}, "classes"),
        ({"genre": "texte_court", "max": 5000}, "longueur"),
        ({"genre": "choix_multiple", "max": 0}, "au moins une"),
        ({"genre": "mois", "max": 3}, "longueur à limiter"),
        ({"genre": "curseur"}, "n’existe pas"),
    ],
)
def test_impossible_limits_are_refused(limites, attendu):
    phrase = refus(ajouter_question, "personne", libelle="Combien ?", code="n_vans", **limites)
    assert attendu in phrase


def test_a_local_choice_refines_a_core_one_and_stands_after_it():
    doc = ajouter_choix(
        NOYAU, "logement", libelle="Caravane", code="l_caravane", raffine="l_mobile"
    )
    rang = codes(doc, "logement").index("l_mobile")
    ajoute = doc["listes"]["logement"][rang + 1]
    assert (ajoute["code"], ajoute["local"], ajoute["raffine"]) == ("l_caravane", True, "l_mobile")
    assert Definition.depuis(doc).document() == doc
    assert "précise" in refus(ajouter_choix, "logement", libelle="Caravane", code="l_caravane")


def test_a_local_motive_is_filtered_as_the_one_it_refines():
    doc = ajouter_choix(NOYAU, "motifs", libelle="Bus rare", code="bus", raffine="nc_ou")
    assert option(doc, "motifs", "bus")["type"] == "NC"
    assert "les mêmes partout" in refus(
        ajouter_choix, "types", libelle="Autre type", code="XX", raffine="NC"
    )


def test_what_is_shown_for_a_core_choice_is_shown_for_the_one_that_refines_it():
    doc = ajouter_choix(NOYAU, "famille", libelle="Mère seule", code="f_mere", raffine="f_mono")
    (clause,) = question(doc, "enfants")["condition"]["clauses"]
    assert "f_mere" in clause["valeurs"]
    assert retirer_choix(doc, "famille", "f_mere") == NOYAU


def test_core_choices_may_only_be_moved():
    assert "socle commun" in refus(retirer_choix, "sexe", "f")
    assert "socle commun" in refus(modifier_choix, "sexe", "f", libelle="Dame", precision="")
    assert codes(deplacer_choix(NOYAU, "sexe", "x", 0), "sexe") == ["x", "f", "h"]


def test_a_right_is_hidden_and_comes_back_at_its_place():
    doc = masquer_droit(NOYAU, "ass")
    assert "ass" not in codes(doc, "droits")
    assert reprendre_droit(doc, option(NOYAU, "droits", "ass")) == NOYAU
    assert "reste proposé" in refus(masquer_droit, "autre")


def test_a_local_right_refines_a_core_one_even_hidden_or_a_domain():
    doc = masquer_droit(NOYAU, "aide_alim")
    doc = ajouter_droit(
        doc,
        libelle="Épicerie sociale des Vans",
        code="epicerie_vans",
        domaine="RESS",
        raffine="aide_alim",
        organismes=["CCAS"],
        nature="SRV",
        sensible=False,
    )
    droit = option(doc, "droits", "epicerie_vans")
    assert (droit["domaine"], droit["domaine_libelle"]) == ("ALIM", "Alimentation")
    assert codes(doc, "droits")[-2:] == ["epicerie_vans", "autre"]
    doc = modifier_droit(doc, "epicerie_vans", libelle="Épicerie", organismes=["CCAS", "ASSO"])
    assert option(doc, "droits", "epicerie_vans")["organismes"] == ["CCAS", "ASSO"]
    assert "epicerie_vans" not in codes(retirer_droit(doc, "epicerie_vans"), "droits")
    assert "masquer" in refus(retirer_droit, "ass")


def test_a_condition_bears_on_a_choice_asked_before():
    assert "n’est pas posée avant" in refus(
        definir_condition, "fonction", condition("zone", "z_qpv")
    )
    assert "n’a pas de choix" in refus(
        definir_condition, "sexe", condition("contexte_precision", "x")
    )
    assert "n’est plus proposé" in refus(definir_condition, "zone", condition("sexe", "y"))
    assert "au moins un choix" in refus(definir_condition, "zone", condition("sexe"))
    doc = definir_condition(NOYAU, "zone", condition("age", "a_75p", "a_65_74"))
    assert question(doc, "zone")["condition"] == condition("age", "a_65_74", "a_75p")
    assert definir_condition(doc, "zone", None) == NOYAU


def test_the_noyau_takes_about_three_minutes_and_a_hidden_question_makes_it_shorter():
    assert 150 <= duree_estimee(NOYAU) <= 210
    assert duree_estimee(retirer_question(NOYAU, "pcs")) < duree_estimee(NOYAU)
