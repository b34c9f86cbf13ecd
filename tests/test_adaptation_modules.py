"""Ready-made groups of questions, taken in one gesture."""

import json

import pytest

from situations.adaptation import (
    GesteImpossible,
    Module,
    ajouter_choix,
    ajouter_question,
    ajouter_section,
    definir_condition,
    module_depuis_section,
    modules,
    prendre_module,
    problemes,
)
from situations.adaptation.document import question, questions
from situations.moteur.definition import Definition
from situations.noyau import document_noyau, lire
from tests.definitions import condition

NOYAU = document_noyau()
PAR_CODE = {module.code: module for module in modules()}


def mobilite() -> dict:
    """A form with a section of the territory's own: two questions, one depending on the other."""
    doc = ajouter_section(NOYAU, titre="La mobilité")
    doc = ajouter_question(
        doc, "la_mobilite", genre="choix", libelle="Permis ?", code="permis_vans", liste="oui_non"
    )
    doc = ajouter_question(
        doc,
        "la_mobilite",
        genre="choix",
        libelle="Lequel ?",
        code="lequel_vans",
        options=[{"code": "b", "libelle": "B"}, {"code": "am", "libelle": "AM"}],
    )
    return definir_condition(doc, "lequel_vans", condition("permis_vans", "oui"))


def test_four_modules_are_ready():
    assert list(PAR_CODE) == ["aspa", "bourses", "cellule", "rdv_droits"]
    assert all(module.titre and module.description for module in PAR_CODE.values())


@pytest.mark.parametrize("code", PAR_CODE)
def test_a_module_taken_makes_a_form_without_problem_and_is_taken_once(code):
    module = PAR_CODE[code]
    doc = prendre_module(NOYAU, module)
    assert problemes(doc, NOYAU) == []
    assert Definition.depuis(doc).document() == doc
    assert questions(doc).keys() - questions(NOYAU).keys() == {
        q["variable"] for q in module.questions
    }
    with pytest.raises(GesteImpossible, match="déjà dans le formulaire"):
        prendre_module(doc, module)


def test_questions_of_each_right_follow_the_others():
    doc = prendre_module(NOYAU, PAR_CODE["aspa"])
    assert [q["variable"] for q in doc["sections"][2]["questions"]][-4:] == [
        "aspa_succession",
        "aspa_propose",
        "aspa_residence",
        "aspa_compte",
    ]
    assert question(doc, "aspa_compte")["condition"] == condition("droit", "aspa")


def test_the_interview_grid_goes_through_every_domain_before_the_rights():
    doc = prendre_module(NOYAU, PAR_CODE["rdv_droits"])
    assert [s["titre"] for s in doc["sections"]] == [
        "Le repérage",
        "La personne",
        "Rendez-vous des droits",
        "Les non-recours",
        "Conséquences et suites",
    ]
    domaines = {ligne["libelle"] for ligne in lire("domaines") if ligne["code"] != "AUTRE"}
    assert domaines <= {q["libelle"] for q in doc["sections"][2]["questions"]}
    assert all(
        q["condition"] == condition("contexte", "co_rdv_droits")
        for q in doc["sections"][2]["questions"]
    )


def test_a_section_becomes_a_module_that_another_territory_takes():
    module = module_depuis_section(mobilite(), "la_mobilite", titre="Mobilité")
    relu = Module.depuis(json.loads(json.dumps(module.document())))
    assert relu == module
    doc = prendre_module(NOYAU, relu)
    assert question(doc, "lequel_vans") == question(mobilite(), "lequel_vans")
    assert problemes(doc, NOYAU) == []


def test_a_module_leaves_at_home_the_local_choices_of_core_lists():
    doc = ajouter_choix(mobilite(), "oui_non", libelle="Bientôt", code="bientot", raffine="non")
    module = module_depuis_section(doc, "la_mobilite", titre="Mobilité")
    assert [o["code"] for o in module.listes["oui_non"]] == ["oui", "non"]
    assert len(module.listes["lequel_vans"]) == 2


def test_what_cannot_be_a_module_is_said():
    with pytest.raises(GesteImpossible, match="pas de question à vous"):
        module_depuis_section(NOYAU, "personne", titre="La personne")
    with pytest.raises(GesteImpossible, match="titre"):
        module_depuis_section(mobilite(), "la_mobilite", titre=" ")
    doc = ajouter_question(
        mobilite(), "suites", genre="choix", libelle="Et ?", code="et_vans", liste="oui_non"
    )
    doc = ajouter_section(doc, titre="Suite")
    doc = ajouter_question(
        doc, "suite", genre="choix", libelle="Alors ?", code="alors_vans", liste="oui_non"
    )
    doc = definir_condition(doc, "alors_vans", condition("et_vans", "oui"))
    with pytest.raises(GesteImpossible, match="dépend d’une question"):
        module_depuis_section(doc, "suite", titre="Suite")
