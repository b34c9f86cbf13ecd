"""The rendered form: escaped, labelled, linked, without inline style or script."""

import json

from hypothesis import given, settings

from situations.moteur.definition import Definition
from tests.definitions import (
    OUI_NON,
    condition,
    definition_noyau,
    definitions,
    document_option,
    document_question,
    document_section,
    situations,
)
from tests.moteur_rendu import rendre, verifier


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


def test_nothing_is_ticked_before_it_is_answered():
    definition = definition_noyau()
    for section in definition.sections:
        for lie in (False, True):
            assert not [
                e
                for e in rendre(definition, section, {}, lie=lie).elements
                if "checked" in e.attributs
            ]


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
