"""A definition is read from its document, written back to it, and refused with sentences."""

import pytest
from hypothesis import given, settings

from situations.moteur.definition import Definition, DefinitionInvalide
from situations.noyau import document_noyau
from tests.definitions import (
    OUI_NON,
    condition,
    definition_noyau,
    document_option,
    document_question,
    document_section,
    documents,
)


@settings(max_examples=80, deadline=None)
@given(documents())
def test_a_definition_writes_back_the_document_it_was_read_from(document):
    assert Definition.depuis(document).document() == document


def test_the_noyau_is_a_valid_definition_that_writes_itself_back():
    assert definition_noyau().document() == document_noyau()


def test_lookups_of_the_noyau():
    definition = definition_noyau()
    question = definition.question("motif_principal")
    assert definition.section_non_recours.code == "non_recours"
    assert definition.section_de("motif_principal") is definition.section_non_recours
    assert definition.option(question, "nd_succession").valeurs("type") == ("ND",)
    assert definition.option(question, "inconnu") is None
    assert definition.options(definition.question("recit")) == ()


def refus(questions, *, bloc=(), suites=(), listes=None) -> list[str]:
    document = {
        "sections": [
            document_section("avant", list(questions)),
            document_section("bloc", list(bloc), "non_recours"),
            document_section("suites", list(suites)),
        ],
        "listes": {"on": OUI_NON} | (listes or {}),
    }
    with pytest.raises(DefinitionInvalide) as refus:
        Definition.depuis(document)
    return refus.value.phrases


def question(variable, **autres):
    return document_question(variable, **{"liste": "on"} | autres)


def test_an_unknown_kind_is_named():
    (phrase,) = refus([document_question("a", "curseur")])
    assert "genre inconnu, «\u00a0curseur\u00a0»" in phrase


@pytest.mark.parametrize(
    ("liste", "attendu"),
    [(None, "pas de liste"), ("absente", "liste absente"), ("courte", "moins de deux réponses")],
)
def test_a_choice_needs_a_list_of_two_options(liste, attendu):
    (phrase,) = refus([question("a", liste=liste)], listes={"courte": [document_option("x")]})
    assert attendu in phrase


def test_a_text_uses_no_list():
    (phrase,) = refus([question("a", genre="texte_court")])
    assert "n’emploie pas de liste" in phrase


def test_a_variable_is_asked_once_even_across_sections():
    (phrase,) = refus([question("a")], bloc=[question("a")])
    assert "posée deux fois" in phrase


def test_a_code_stands_once_in_its_list():
    (phrase,) = refus([question("a", liste="l")], listes={"l": [document_option("x")] * 2})
    assert "deux fois la réponse «\u00a0x\u00a0»" in phrase


@pytest.mark.parametrize(
    "renvoi",
    [
        {"condition": condition("b", "oui")},
        {"filtre": {"attribut": "type", "variables": ["b"]}},
        {"exclut": ["b"]},
        {"propose": {"variable": "b", "attribut": "organismes"}},
    ],
)
def test_nothing_refers_to_a_later_or_absent_question(renvoi):
    (plus_loin,) = refus([question("a", **renvoi), question("b")])
    assert "n’est pas posée avant elle" in plus_loin
    (absente,) = refus([question("a", **renvoi)])
    assert "que le formulaire ne pose pas" in absente


def test_a_question_does_not_depend_on_itself():
    (phrase,) = refus([question("a", condition=condition("a", "oui"))])
    assert "n’est pas posée avant elle" in phrase


def test_the_situation_cannot_depend_on_a_right():
    (phrase,) = refus(
        [], bloc=[question("b")], suites=[question("c", condition=condition("b", "oui"))]
    )
    assert "posée pour chaque droit" in phrase


def test_a_right_may_depend_on_earlier_answers_of_the_situation_and_of_its_own():
    Definition.depuis(
        {
            "sections": [
                document_section("avant", [question("a")]),
                document_section(
                    "bloc",
                    [
                        question("b", condition=condition("a", "oui")),
                        question("c", condition=condition("b", "oui")),
                    ],
                    "non_recours",
                ),
            ],
            "listes": {"on": OUI_NON},
        }
    )


def test_a_right_does_not_depend_on_what_is_asked_after_the_rights():
    (phrase,) = refus(
        [], bloc=[question("b", condition=condition("c", "oui"))], suites=[question("c")]
    )
    assert "n’est pas posée avant elle" in phrase


def test_only_one_section_is_repeated():
    with pytest.raises(DefinitionInvalide, match="Une seule section"):
        Definition.depuis(
            {
                "sections": [document_section(c, [], "non_recours") for c in ("a", "b")],
                "listes": {},
            }
        )


def test_conditions_are_neither_empty_nor_of_an_unknown_mode():
    vide = {"mode": "toutes", "clauses": []}
    inconnue = condition("a", "oui", mode="presque")
    phrases = refus(
        [question("a"), question("b", condition=vide), question("c", condition=inconnue)]
    )
    assert ["vide" in phrases[0], "mode inconnu" in phrases[1]] == [True, True]


def test_missing_and_unknown_properties_are_said_before_anything_else():
    incomplete = question("a")
    del incomplete["libelle"]
    phrases = refus([incomplete, question("b", couleur="rouge")])
    assert len(phrases) == 2
    assert "n’indique pas «\u00a0libelle\u00a0»" in phrases[0]
    assert "propriété inconnue, «\u00a0couleur\u00a0»" in phrases[1]


def test_all_defects_are_told_at_once():
    assert len(refus([document_question("a", "curseur"), question("b", liste=None)])) == 2


def test_a_variable_can_serve_as_an_identifier():
    (phrase,) = refus([question("Âge moyen")])
    assert "minuscules" in phrase


def test_a_minimum_does_not_exceed_its_maximum():
    (phrase,) = refus([document_question("n", "entier", min=5, max=2)])
    assert "minimum (5)" in phrase
