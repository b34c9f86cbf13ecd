"""The repeated block as rendered: the motives follow the types, the right is searched."""

import json

import pytest
from crispy_forms.utils import render_crispy_form

from situations.moteur.formulaires import build_formulaire
from tests.definitions import FENETRE, definition_noyau
from tests.moteur_rendu import Page, rendre


def motifs(page: Page) -> dict[str, bool]:
    """The main motives by code: whether each can be seen."""
    return {
        e.attributs["value"]: not e.est_cache for e in page.tous("input", name="motif_principal")
    }


def titres(page: Page) -> list[str]:
    bloc = page.id("q-motif_principal")
    return [
        e.texte
        for e in page.elements
        if bloc in e.parents and e.nom == "p" and e.attributs.get("class") == "aide mt-3"
        if not e.est_cache
    ]


def test_motives_follow_the_type_on_the_page():
    definition = definition_noyau()
    section = definition.section_non_recours
    page = rendre(definition, section, {"type": "ND"})
    assert motifs(page)["nd_succession"]
    assert not motifs(page)["nc_info"]
    assert motifs(page)["autre"]
    assert titres(page) == []
    bloc = page.id("q-motif_principal")
    assert json.loads(bloc.attributs["data-filtre-variables"]) == ["type", "types_secondaires"]
    (succession,) = page.tous("input", name="motif_principal", value="nd_succession")
    assert succession.parents[-1].attributs["data-filtre"] == "ND"


@pytest.mark.parametrize("saisies", [{}, {"type": "NSP"}])
def test_without_a_type_all_motives_are_offered_under_the_names_of_the_types(saisies):
    definition = definition_noyau()
    page = rendre(definition, definition.section_non_recours, saisies)
    assert all(motifs(page).values())
    assert titres(page) == [
        "Non-connaissance",
        "Non-demande",
        "Non-réception",
        "Non-proposition",
        "Non-orientation",
        "Autres réponses",
    ]


def test_a_chosen_motive_stays_in_sight_when_the_type_no_longer_fits():
    definition = definition_noyau()
    saisies = {"type": "NC", "motif_principal": "nd_succession"}
    vus = motifs(rendre(definition, definition.section_non_recours, saisies))
    assert vus["nd_succession"]
    assert not vus["nd_cout"]


def test_types_carry_their_colour_and_exclusive_choices_say_so():
    definition = definition_noyau()
    page = rendre(definition, definition.section_non_recours, {})
    types = [e.parents[-1].attributs["data-type"] for e in page.tous("input", name="type")]
    assert types[:2] == ["non-connaissance", "non-demande"]
    assert types[-1] == "indetermine"
    (aucun,) = page.tous("input", name="obstacles", value="ob_aucun")
    assert "data-exclusif" in aucun.attributs
    secondaires = page.id("q-types_secondaires").attributs
    assert json.loads(secondaires["data-exclut"]) == ["type"]


def droits(page: Page) -> list[str]:
    return [e.attributs["value"] for e in page.tous("input", name="nr-0-droit")]


def rendre_droit(saisies, **options) -> Page:
    definition = definition_noyau()
    section = definition.section_non_recours
    return rendre(definition, section, saisies, prefixe="nr-0-", **options)


def test_a_right_is_searched_without_script():
    page = rendre_droit({})
    assert droits(page) == []
    (recherche,) = page.tous("input", name="nr-0-droit_recherche")
    assert recherche.attributs["type"] == "search"
    (bouton,) = page.tous("button")
    assert (bouton.attributs["name"], bouton.attributs["value"]) == ("action", "chercher:nr-0-")
    assert "data-recherche-droit" in page.id("q-nr-0-droit").attributs


def test_the_chosen_right_is_shown_with_its_domain_before_those_found():
    liste = definition_noyau().listes["droits"]
    trouves = [o for o in liste if o.code in ("rsa", "aspa", "ppa")]
    page = rendre_droit({"droit": "aspa"}, candidats=trouves)
    assert droits(page) == ["aspa", "rsa", "ppa"]
    (choisi,) = page.tous("input", name="nr-0-droit", value="aspa")
    assert "checked" in choisi.attributs
    assert "Vieillesse et perte d’autonomie" in choisi.parents[-1].texte
    assert "3\u00a0droits trouvés." in page.id("q-nr-0-droit").texte


def test_a_search_that_finds_nothing_says_so_and_offers_another_right():
    page = rendre_droit({}, candidats=[])
    assert droits(page) == ["autre"]
    assert "Aucun droit trouvé" in page.id("q-nr-0-droit").texte


def test_what_was_searched_stays_in_the_box():
    definition = definition_noyau()
    formulaire = build_formulaire(
        definition,
        definition.section_non_recours,
        prefixe="nr-0-",
        reponses={},
        complet=False,
        data={"nr-0-droit_recherche": ['<b>"minimum"']},
        candidats=[],
        **FENETRE,
    )
    page = Page(render_crispy_form(formulaire))
    (recherche,) = page.tous("input", name="nr-0-droit_recherche")
    assert recherche.attributs["value"] == '<b>"minimum"'
