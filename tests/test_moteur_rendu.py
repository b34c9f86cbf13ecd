"""The rendered form: escaped, labelled, linked, without inline style or script."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from crispy_forms.utils import render_crispy_form
from hypothesis import given, settings

from situations.moteur.definition import Definition
from situations.moteur.formulaires import build_formulaire, donnees_du_formulaire
from tests.definitions import (
    FENETRE,
    OUI_NON,
    condition,
    definition_noyau,
    definitions,
    document_option,
    document_question,
    document_section,
    situations,
)

VIDES = {"input", "br"}


@dataclass
class Element:
    nom: str
    attributs: dict
    parents: list["Element"]
    texte: str = ""
    enfants: list["Element"] = field(default_factory=list)

    @property
    def est_cache(self) -> bool:
        return any("hidden" in e.attributs for e in (self, *self.parents))


class Page(HTMLParser):
    """The elements of a page, in order, each with its parents and all its text."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[Element] = []
        self.pile: list[Element] = []
        self.feed(html)
        self.close()
        assert not self.pile, "unclosed elements"

    def handle_starttag(self, nom, attributs):
        element = Element(nom, dict(attributs), list(self.pile))
        assert len(element.attributs) == len(attributs), "attribute written twice"
        if self.pile:
            self.pile[-1].enfants.append(element)
        self.elements.append(element)
        if nom not in VIDES:
            self.pile.append(element)

    def handle_endtag(self, nom):
        assert self.pile.pop().nom == nom

    def handle_data(self, texte):
        for element in self.pile:
            element.texte += texte

    def tous(self, nom: str, **attributs) -> list[Element]:
        return [
            e for e in self.elements if e.nom == nom and attributs.items() <= e.attributs.items()
        ]

    def id(self, identifiant: str) -> Element:
        (element,) = [e for e in self.elements if e.attributs.get("id") == identifiant]
        return element


def rendre(definition, section, saisies, *, lie=False, prefixe="", **options) -> Page:
    options = {"complet": False, "reponses": saisies, "bloc": saisies} | FENETRE | options
    data = donnees_du_formulaire(definition, section, saisies, prefixe) if lie else None
    return Page(
        render_crispy_form(
            build_formulaire(definition, section, prefixe=prefixe, data=data, **options)
        )
    )


def verifier(page: Page) -> None:
    """What holds of every form: names, unique ids, links that lead somewhere, nothing inline."""
    ids = [e.attributs["id"] for e in page.elements if "id" in e.attributs]
    assert len(ids) == len(set(ids))
    etiquettes = {e.attributs.get("for"): e for e in page.tous("label")}
    for champ in (e for e in page.elements if e.nom in ("input", "select", "textarea")):
        entoure = [parent for parent in champ.parents if parent.nom == "label"]
        etiquette = entoure[0] if entoure else etiquettes[champ.attributs["id"]]
        assert etiquette.texte.strip()
        if champ.attributs.get("type") in ("radio", "checkbox"):
            fieldset = next(p for p in reversed(champ.parents) if p.nom == "fieldset")
            assert fieldset.enfants[0].nom == "legend"
            assert fieldset.enfants[0].texte.strip()
    for element in page.elements:
        assert element.nom not in ("script", "style", "b")
        assert not [a for a in element.attributs if a == "style" or a.startswith("on")]
        for lien in ("aria-describedby", "aria-labelledby"):
            assert set(element.attributs.get(lien, "").split()) <= set(ids)


@settings(max_examples=60, deadline=None)
@given(situations())
def test_every_generated_form_is_escaped_labelled_and_free_of_inline_code(cas):
    definition, reponses, non_recours = cas
    for section in definition.sections:
        saisies = reponses
        if section.est_repetee:
            saisies = non_recours[0] if non_recours else {}
        for lie in (False, True):
            options = {"lie": lie, "complet": lie, "reponses": reponses, "prefixe": "p-0-"}
            page = rendre(definition, section, saisies, **options)
            verifier(page)
            for question in section.questions:
                bloc = page.id(f"q-p-0-{question.variable}")
                assert question.libelle in bloc.texte
                if "data-condition" in bloc.attributs:
                    assert json.loads(bloc.attributs["data-condition"])["clauses"]


@settings(max_examples=30, deadline=None)
@given(definitions)
def test_an_obligatory_question_says_so_in_words_and_the_others_can_be_left(definition):
    for section in definition.sections:
        page = rendre(definition, section, {})
        for question in section.questions:
            bloc = page.id(f"q-{question.variable}")
            assert ("(obligatoire)" in bloc.enfants[0].texte) == question.obligatoire
            retirables = {"choix", "echelle", "commune"}
            if question.genre in retirables and not question.obligatoire:
                assert "Sans réponse" in bloc.texte


def test_the_noyau_renders_as_the_mock_up():
    definition = definition_noyau()
    page = rendre(definition, definition.section("reperage"), {"contexte": "co_suivi"})
    verifier(page)
    bloc = page.id("q-contexte")
    assert (bloc.nom, bloc.attributs["class"]) == ("fieldset", "question")
    (coche,) = [e for e in page.tous("input", name="contexte") if "checked" in e.attributs]
    assert coche.attributs["class"] == "form-check-input"
    assert coche.attributs["value"] == "co_suivi"
    assert coche.parents[-1].nom == "label"
    assert coche.parents[-2].attributs["class"] == "choix"


def test_help_limit_and_error_are_linked_to_the_text_they_speak_of():
    definition = Definition.depuis(
        {
            "sections": [
                document_section(
                    "s", [document_question("t", "texte_long", aide="Sans nom.", max=5)]
                )
            ],
            "listes": {},
        }
    )
    page = rendre(definition, definition.sections[0], {"t": "x" * 10_000}, lie=True)
    (champ,) = page.tous("textarea")
    assert champ.attributs["aria-describedby"] == "aide-t limite-t erreur-t"
    assert champ.attributs["aria-invalid"] == "true"
    assert champ.attributs["data-max"] == "5"
    assert "maxlength" not in champ.attributs
    assert champ.texte.strip() == "x" * 10_000
    assert page.id("limite-t").texte == "5\u00a0caractères au plus."
    assert page.id("erreur-t").attributs["class"] == "invalid-feedback d-block"
    assert page.id("q-t").attributs["tabindex"] == "-1"


def test_a_refused_group_of_choices_is_marked_and_linked():
    definition = definition_noyau()
    section = definition.section_non_recours
    page = rendre(definition, section, {"type": "ND"}, lie=True, complet=True)
    groupe = page.id("q-eligibilite")
    assert groupe.attributs["role"] == "radiogroup"
    assert groupe.attributs["aria-invalid"] == "true"
    assert "erreur-eligibilite" in groupe.attributs["aria-describedby"]
    assert all(e.attributs["aria-invalid"] == "true" for e in page.tous("input", name="actions"))
    verifier(page)


def test_conditional_questions_are_hidden_until_their_condition_holds():
    definition = definition_noyau()
    section = definition.section("reperage")
    cachee = rendre(definition, section, {"contexte": "co_accueil"}).id("q-contexte_precision")
    assert "hidden" in cachee.attributs
    assert json.loads(cachee.attributs["data-condition"]) == condition("contexte", "autre")
    for lie in (False, True):
        montree = rendre(definition, section, {"contexte": "autre"}, lie=lie)
        assert "hidden" not in montree.id("q-contexte_precision").attributs


def test_a_condition_on_another_section_carries_its_verdict_for_the_browser():
    question = document_question("b", liste="on", condition=condition("a", "oui"))
    definition = Definition.depuis(
        {
            "sections": [
                document_section("avant", [document_question("a", liste="on")]),
                document_section("apres", [question]),
            ],
            "listes": {"on": OUI_NON},
        }
    )
    for reponse, vraie in (("oui", True), ("non", False)):
        page = rendre(definition, definition.sections[1], {"a": reponse})
        (clause,) = json.loads(page.id("q-b").attributs["data-condition"])["clauses"]
        assert clause["vraie"] is vraie


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


def test_long_lists_unfold_and_filtered_ones_stay_buttons():
    definition = definition_noyau()
    page = rendre(definition, definition.section_non_recours, {"organisme": "MSA"})
    (liste,) = page.tous("select", name="organisme")
    assert liste.attributs["class"] == "form-select"
    (choisie,) = [e for e in liste.enfants if "selected" in e.attributs]
    assert choisie.attributs["value"] == "MSA"
    assert not page.tous("select", name="motif_principal")


def test_months_are_listed_in_french_newest_first():
    definition = definition_noyau()
    section = definition.section("reperage")
    (liste,) = rendre(definition, section, {}).tous("select", name="mois_observation")
    libelles = [e.texte for e in liste.enfants]
    assert libelles[:3] == ["Choisissez…", "novembre\u00a02026", "octobre\u00a02026"]
    assert libelles[-1] == "novembre\u00a02024"


def test_a_stored_month_outside_the_window_is_kept_in_the_list():
    definition = definition_noyau()
    section = definition.section("reperage")
    (liste,) = rendre(definition, section, {"mois_observation": "2020-03"}).tous(
        "select", name="mois_observation"
    )
    assert [e.texte for e in liste.enfants if "selected" in e.attributs] == ["mars\u00a02020"]


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


def test_several_rights_on_one_page_never_share_an_id():
    definition = definition_noyau()
    section = definition.section_non_recours
    ids = [
        e.attributs["id"]
        for rang in range(2)
        for e in rendre(definition, section, {}, prefixe=f"nr-{rang}-").elements
        if "id" in e.attributs
    ]
    assert len(ids) == len(set(ids))


def test_labels_close_in_name_do_not_share_an_id():
    """« a » has options 0 and 1; « a_1 » and « a_recherche » are variables of their own."""
    questions = [document_question(v, liste="l") for v in ("a", "a_1", "a_0_1")]
    definition = Definition.depuis(
        {
            "sections": [document_section("s", questions)],
            "listes": {"l": [document_option(c) for c in ("0", "1", "2")]},
        }
    )
    verifier(rendre(definition, definition.sections[0], {}))
