"""Answers read back in words, and the summary of each step."""

from hypothesis import given, settings

from situations.moteur.conditions import retirer_cachees
from situations.moteur.relecture import relire, resume
from tests.definitions import definition_noyau, situations

REPONSES = {
    "mois_observation": "2026-03",
    "contexte": "co_accueil",
    "contexte_precision": "réponse cachée",
    "evenement": ["ev_aucun"],
    "recit": "Une ligne\nune autre",
}
BLOCS = [{"droit": "aspa", "type": "ND"}, {"droit": "supprime"}, {}]


def test_answers_come_back_as_labels_in_the_order_of_the_form():
    reperage, personne, _, suites = relire(definition_noyau(), REPONSES, BLOCS)
    assert [ligne.textes for ligne in reperage.blocs[0].lignes] == [["mars\u00a02026"], ["Accueil"]]
    (evenement,) = personne.blocs[0].lignes
    assert evenement.textes == ["Aucun événement signalé"]
    assert evenement.sensible
    assert suites.blocs[0].lignes[0].textes == ["Une ligne\nune autre"]


def test_each_right_is_a_block_with_its_name():
    blocs = relire(definition_noyau(), REPONSES, BLOCS)[2].blocs
    assert [bloc.titre for bloc in blocs] == [
        "Droit n°\u00a01\u00a0: Allocation de solidarité aux personnes âgées (Aspa)",
        "Droit n°\u00a02\u00a0: réponse retirée (supprime)",
        "Droit n°\u00a03",
    ]
    assert [ligne.variable for ligne in blocs[0].lignes] == ["droit", "type"]
    assert blocs[0].lignes[1].textes == ["Non-demande"]


def test_the_summary_of_a_step():
    definition = definition_noyau()
    reperage, repetee = definition.section("reperage"), definition.section_non_recours
    assert resume(definition, reperage, REPONSES, BLOCS) == "2\u00a0réponses"
    assert resume(definition, reperage, {"contexte": "co_accueil"}, []) == "1\u00a0réponse"
    assert resume(definition, reperage, {}, []) == ""
    assert resume(definition, repetee, {}, []) == ""
    assert resume(definition, repetee, {}, BLOCS[:1]) == "1\u00a0droit décrit"
    assert resume(definition, repetee, {}, BLOCS) == "3\u00a0droits décrits"


@settings(max_examples=60, deadline=None)
@given(situations())
def test_what_is_read_back_is_exactly_what_is_answered_and_visible(cas):
    definition, reponses, non_recours = cas
    visibles, blocs = retirer_cachees(definition, reponses, non_recours)
    for section in relire(definition, reponses, non_recours):
        source = definition.section(section.code)
        attendus = blocs if source.est_repetee else [visibles]
        lues = [[ligne.variable for ligne in bloc.lignes] for bloc in section.blocs]
        assert lues == [
            [q.variable for q in source.questions if q.variable in attendu] for attendu in attendus
        ]
