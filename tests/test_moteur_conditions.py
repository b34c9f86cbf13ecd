"""Hidden questions count as unanswered; the options offered follow the types chosen."""

from hypothesis import given, settings

from situations.moteur.conditions import criteres, est_offerte, est_visible, retirer_cachees
from situations.moteur.definition import Definition
from tests.definitions import (
    OUI_NON,
    condition,
    definition_noyau,
    document_question,
    document_section,
    situations,
)


def definition_en_cascade() -> Definition:
    """a → b → c in the situation; d, for each right, follows c; e follows d."""
    q = document_question
    return Definition.depuis(
        {
            "sections": [
                document_section(
                    "avant",
                    [
                        q("a", liste="on"),
                        q("b", liste="on", condition=condition("a", "oui")),
                        q("c", liste="on", condition=condition("b", "oui")),
                    ],
                ),
                document_section(
                    "bloc",
                    [
                        q("d", liste="on", condition=condition("c", "oui")),
                        q("e", "texte_court", condition=condition("d", "oui")),
                    ],
                    "non_recours",
                ),
            ],
            "listes": {"on": OUI_NON},
        }
    )


def test_hidden_questions_lose_their_answers_down_the_chain():
    reponses = {"a": "non", "b": "oui", "c": "oui"}
    assert retirer_cachees(definition_en_cascade(), reponses, [{"d": "oui", "e": "texte"}]) == (
        {"a": "non"},
        [{}],
    )


def test_visible_answers_are_kept_as_they_are():
    reponses, bloc = {"a": "oui", "b": "oui", "c": "oui"}, {"d": "oui", "e": "texte"}
    assert retirer_cachees(definition_en_cascade(), reponses, [bloc]) == (reponses, [bloc])


def test_answers_to_variables_foreign_to_the_definition_are_left_out():
    definition = definition_en_cascade()
    assert retirer_cachees(definition, {"a": "oui", "z": 1}, [{"z": 2}]) == ({"a": "oui"}, [{}])


@settings(max_examples=60, deadline=None)
@given(situations())
def test_removing_hidden_answers_twice_changes_nothing_more(situation):
    definition, reponses, non_recours = situation
    une_fois = retirer_cachees(definition, reponses, non_recours)
    assert retirer_cachees(definition, *une_fois) == une_fois
    assert une_fois[0].items() <= reponses.items()
    for garde, donne in zip(une_fois[1], non_recours, strict=True):
        assert garde.items() <= donne.items()


@settings(max_examples=60, deadline=None)
@given(situations())
def test_every_answer_kept_belongs_to_a_visible_question(situation):
    definition, reponses, non_recours = situation
    reponses, blocs = retirer_cachees(definition, reponses, non_recours)
    for bloc in [{}, *blocs]:
        for variable in (*reponses, *bloc):
            assert est_visible(definition.question(variable), reponses, bloc)


def test_a_condition_looks_at_each_value_of_a_multiple_answer():
    definition = definition_noyau()
    delai = definition.question("delai_ouverture")
    assert est_visible(delai, {}, {"issue": "is_rappel"})
    assert not est_visible(delai, {}, {"issue": "is_cours"})
    assert not est_visible(delai, {}, {})
    assert est_visible(definition.question("enfants"), {"famille": ["f_seul", "f_mono"]})


def test_one_clause_is_enough_in_mode_une_and_not_in_mode_toutes():
    clauses = [{"variable": v, "valeurs": ["oui"]} for v in ("a", "b")]
    for mode, attendu in (("une", True), ("toutes", False)):
        document = {
            "sections": [
                document_section(
                    "s",
                    [
                        document_question("a", liste="on"),
                        document_question("b", liste="on"),
                        document_question(
                            "c", "texte_court", condition={"mode": mode, "clauses": clauses}
                        ),
                    ],
                )
            ],
            "listes": {"on": OUI_NON},
        }
        question = Definition.depuis(document).question("c")
        assert est_visible(question, {"a": "oui", "b": "non"}) is attendu


def motifs_offerts(**bloc) -> set[str]:
    definition = definition_noyau()
    question = definition.question("motif_principal")
    admis = criteres(question.filtre, bloc)
    return {
        option.code
        for option in definition.options(question)
        if est_offerte(option, question.filtre, admis)
    }


def test_non_demande_offers_its_motives_and_not_those_of_non_connaissance():
    offerts = motifs_offerts(type="ND")
    assert "nd_succession" in offerts
    assert "nc_info" not in offerts
    assert {"autre", "nsp"} <= offerts


def test_secondary_types_add_their_motives():
    offerts = motifs_offerts(type="ND", types_secondaires=["NC", "NO"])
    assert {"nd_succession", "nc_info", "no_renvoi"} <= offerts
    assert "nr_delai" not in offerts


def test_all_motives_are_offered_when_the_type_is_unknown_or_not_yet_answered():
    tous = {o.code for o in definition_noyau().listes["motifs"]}
    assert motifs_offerts() == tous
    assert motifs_offerts(type="NSP") == tous
    assert motifs_offerts(type="ND", types_secondaires=["NSP"]) == tous
