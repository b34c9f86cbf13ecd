"""What is typed is what is kept; a draft is lenient, a complete form judges everything."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from situations.moteur.conditions import retirer_cachees
from situations.moteur.definition import Definition
from situations.moteur.formulaires import build_formulaire, donnees_du_formulaire
from tests.definitions import (
    FENETRE,
    OUI_NON,
    condition,
    definitions,
    document_option,
    document_question,
    document_section,
    reponses_pour,
    situations,
)
from tests.moteur_rendu import remplir


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_typing_then_reading_back_gives_exactly_what_was_typed(data):
    definition = data.draw(definitions)
    for section in definition.sections:
        saisies = data.draw(reponses_pour(definition, section))
        rempli = remplir(definition, section, saisies, prefixe="nr-0-")
        assert rempli.is_valid(), rempli.errors
        assert rempli.reponses() == saisies


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_stored_answers_are_shown_as_they_would_be_posted(data):
    definition = data.draw(definitions)
    for section in definition.sections:
        saisies = data.draw(reponses_pour(definition, section))
        vierge = build_formulaire(
            definition, section, reponses=saisies, bloc=saisies, complet=False, **FENETRE
        )
        affichees = {v: vierge[v].value() for v in saisies}
        postees = donnees_du_formulaire(definition, section, saisies)
        for variable, valeur in affichees.items():
            assert (valeur if isinstance(valeur, list) else [valeur]) == postees[variable]


@settings(max_examples=60, deadline=None)
@given(definitions)
def test_a_draft_never_asks_for_a_missing_answer(definition):
    for section in definition.sections:
        assert remplir(definition, section, {}).is_valid()


@settings(max_examples=60, deadline=None)
@given(situations())
def test_a_complete_form_keeps_only_visible_answers_and_reproaches_only_visible_questions(cas):
    definition, reponses, _ = cas
    visibles, _ = retirer_cachees(definition, reponses, [])
    for section in definition.sections:
        if section.est_repetee:
            continue
        juge = remplir(definition, section, reponses, complet=True)
        gardees = juge.reponses()
        assert gardees.items() <= visibles.items()
        repondues = {q.variable for q in section.questions} & visibles.keys()
        assert repondues - gardees.keys() <= juge.errors.keys()


def definition_de(*questions, **listes) -> Definition:
    return Definition.depuis(
        {
            "sections": [document_section("s", list(questions))],
            "listes": {"on": OUI_NON} | listes,
        }
    )


def juger(definition, saisies, **options):
    return remplir(definition, definition.sections[0], saisies, **{"complet": True} | options)


CASCADE = definition_de(
    document_question("a", liste="on", obligatoire=True),
    document_question("b", "entier", max=5, obligatoire=True, condition=condition("a", "oui")),
)


def test_an_obligatory_question_is_required_only_when_it_is_asked():
    assert juger(CASCADE, {"a": "non"}).is_valid()
    assert juger(CASCADE, {"a": "oui"}).errors == {
        "b": ["Indiquez un nombre\u00a0: cette question est obligatoire."]
    }
    assert list(juger(CASCADE, {}).errors) == ["a"]


def test_hidden_answers_are_kept_by_a_draft_and_dropped_on_completion():
    saisies = {"a": "non", "b": 3}
    assert juger(CASCADE, saisies, complet=False).reponses() == saisies
    assert juger(CASCADE, saisies).reponses() == {"a": "non"}


@pytest.mark.parametrize("complet", [True, False])
def test_hidden_questions_lose_their_errors(complet):
    cachee = juger(CASCADE, {"a": "non", "b": 99}, complet=complet)
    assert cachee.is_valid()
    assert cachee.reponses() == {"a": "non"}
    assert "b" in juger(CASCADE, {"a": "oui", "b": 99}, complet=complet).errors


def test_a_draft_keeps_its_valid_answers_beside_a_refused_one():
    saisies = {"a": "oui", "b": 99}
    brouillon = juger(CASCADE, saisies, complet=False)
    assert brouillon.errors == {"b": ["Indiquez un nombre entier, 5 au plus, en chiffres."]}
    assert brouillon.reponses() == {"a": "oui"}


MOIS = definition_de(document_question("m", "mois"))


@pytest.mark.parametrize("mois", ["2024-10", "2026-12", "2026-13", "hier", "٢٠٢٥-٠١"])
def test_a_month_outside_the_window_is_refused_with_a_sentence(mois):
    for complet in (True, False):
        (message,) = juger(MOIS, {"m": mois}, complet=complet).errors["m"]
        assert message.lower().endswith(
            "choisissez un mois entre novembre\u00a02024 et novembre\u00a02026."
        )


def test_both_ends_of_the_window_are_accepted():
    assert juger(MOIS, {"m": "2024-11"}).is_valid()
    assert juger(MOIS, {"m": "2026-11"}).is_valid()


TEXTE = definition_de(document_question("t", "texte_long", max=600))


def test_a_text_of_ten_thousand_characters_gets_a_clear_sentence_and_stays_in_the_form():
    long = "é" * 10_000
    for complet in (True, False):
        refuse = juger(TEXTE, {"t": long}, complet=complet)
        (message,) = refuse.errors["t"]
        assert "10\u202f000\u00a0caractères" in message
        assert "retirez-en 9\u202f400" in message
        assert refuse["t"].value() == long
        assert refuse.reponses() == {}


def test_line_breaks_and_outer_blanks_of_a_text_are_normalised():
    recu = build_formulaire(
        TEXTE,
        TEXTE.sections[0],
        reponses={},
        complet=True,
        data=QueryDict("t=%20un%0D%0Adeux%0Dtrois%0A"),
        **FENETRE,
    )
    assert recu.reponses() == {"t": "un\ndeux\ntrois"}


def test_the_limit_counts_characters_after_normalisation():
    lignes = "\r\n".join("a" * 300)
    assert len(lignes) == 898
    assert juger(TEXTE, {"t": lignes}).is_valid()


def refuser_les_chiffres(texte: str) -> None:
    if any(c.isdigit() for c in texte):
        raise ValidationError("Retirez les chiffres.")


def test_injected_validators_judge_texts_even_in_a_draft():
    options = {"validateurs_texte": [refuser_les_chiffres], "complet": False}
    assert juger(TEXTE, {"t": "Mme 12"}, **options).errors == {"t": ["Retirez les chiffres."]}
    assert juger(TEXTE, {"t": "Mme"}, **options).is_valid()


def test_multiple_answers_come_back_in_the_order_of_the_list_each_once():
    definition = definition_de(
        document_question("m", "choix_multiple", liste="l"),
        l=[document_option(code) for code in "abc"],
    )
    recu = juger(definition, {"m": ["c", "a", "c"]})
    assert recu.reponses() == {"m": ["a", "c"]}


def test_bad_codes_are_refused_in_a_draft_too():
    definition = definition_de(
        document_question("u", liste="on"), document_question("m", "choix_multiple", liste="on")
    )
    refuse = juger(definition, {"u": "peut-être", "m": ["oui", "jamais"]}, complet=False)
    assert list(refuse.errors) == ["u", "m"]


@pytest.mark.parametrize("saisie", ["trois", "3,5", "1e3", "²", "9" * 5000])
def test_a_whole_number_is_written_in_digits(saisie):
    definition = definition_de(document_question("n", "entier", min=0, max=30))
    (message,) = juger(definition, {"n": saisie}).errors["n"]
    assert message == "Indiquez un nombre entier entre 0 et 30, en chiffres."


def test_the_error_summary_follows_the_form_and_points_at_each_question():
    definition = definition_de(
        document_question("a", liste="on", obligatoire=True),
        document_question("t", "texte_court", max=3),
    )
    erreurs = juger(definition, {"t": "quatre"}, prefixe="nr-1-").resume_erreurs()
    assert [(e.ancre, e.libelle) for e in erreurs] == [
        ("q-nr-1-a", "Question a"),
        ("q-nr-1-t", "Question t"),
    ]


def test_answers_of_earlier_sections_decide_what_a_right_is_asked():
    definition = Definition.depuis(
        {
            "sections": [
                document_section(
                    "avant",
                    [
                        document_question("a", liste="on"),
                        document_question("b", liste="on", condition=condition("a", "oui")),
                    ],
                ),
                document_section(
                    "bloc",
                    [
                        document_question(
                            "c", liste="on", obligatoire=True, condition=condition("b", "oui")
                        )
                    ],
                    "non_recours",
                ),
            ],
            "listes": {"on": OUI_NON},
        }
    )

    def reproches(reponses):
        section = definition.section_non_recours
        return remplir(definition, section, {}, reponses=reponses, complet=True).errors

    assert list(reproches({"a": "oui", "b": "oui"})) == ["c"]
    assert not reproches({"a": "non", "b": "oui"})
