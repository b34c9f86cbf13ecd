"""Whatever a territory does to its form, and in whatever order."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from situations.adaptation import differences, duree_estimee, problemes
from situations.moteur.definition import Definition, DefinitionInvalide
from situations.moteur.formulaires import build_formulaire, donnees_du_formulaire
from situations.moteur.relecture import relire
from situations.noyau import document_noyau
from tests.adaptations import (
    adapter,
    atteintes_au_noyau,
    copie,
    departs,
    essayer,
    est_une_phrase,
    tirer_geste,
)
from tests.definitions import FENETRE, reponses_pour

LENT = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@LENT
@given(st.data(), departs)
def test_each_gesture_is_done_or_refused_with_a_sentence_and_leaves_its_input_as_it_was(data, doc):
    for _ in range(data.draw(st.integers(1, 8))):
        geste, avant = tirer_geste(data.draw, doc), copie(doc)
        apres, refus = essayer(geste, doc)
        assert refus is None or est_une_phrase(refus), refus
        assert doc == avant
        changements = differences(doc, apres)
        assert bool(changements) == (apres != doc)
        assert all(est_une_phrase(d.phrase) for d in changements), changements
        doc = apres


@LENT
@given(st.data(), departs)
def test_a_form_either_has_problems_or_can_be_filled_and_read_back(data, doc):
    doc = adapter(data.draw, doc, pas=10)
    trouves = problemes(doc, document_noyau())
    assert all(est_une_phrase(p.phrase) for p in trouves), trouves
    try:
        definition = Definition.depuis(doc)
    except DefinitionInvalide:
        assert trouves
        return
    assert definition.document() == doc
    assert duree_estimee(doc) >= 0
    _remplir_et_relire(data.draw, definition, publiable=not trouves)


@LENT
@given(st.data())
def test_an_adapted_noyau_without_problem_is_a_form_and_with_one_says_where(data):
    doc = adapter(data.draw, document_noyau(), pas=10)
    trouves = problemes(doc, document_noyau())
    try:
        definition = Definition.depuis(doc)
    except DefinitionInvalide:
        assert trouves
        assert all(probleme.cle for probleme in trouves)
        return
    _remplir_et_relire(data.draw, definition, publiable=not trouves)


def _remplir_et_relire(draw, definition: Definition, *, publiable: bool) -> None:
    reponses: dict = {}
    blocs: list[dict] = []
    for section in definition.sections:
        tirees = draw(reponses_pour(definition, section))
        formulaire = build_formulaire(
            definition,
            section,
            reponses=reponses,
            complet=False,
            data=donnees_du_formulaire(definition, section, tirees),
            **FENETRE,
        )
        assert formulaire.is_valid(), formulaire.errors
        assert formulaire.reponses() == tirees
        if section.est_repetee:
            blocs = [tirees]
        else:
            reponses |= tirees
    lues = relire(definition, reponses, blocs)
    assert [section.code for section in lues] == [s.code for s in definition.sections]
    textes = [texte for s in lues for b in s.blocs for ligne in b.lignes for texte in ligne.textes]
    assert all(textes) or not publiable


@LENT
@given(st.data())
def test_the_noyau_stays_whole_whatever_is_done(data):
    doc = adapter(data.draw, document_noyau(), pas=12)
    assert atteintes_au_noyau(doc, document_noyau()) == []


@LENT
@given(st.data(), departs)
def test_nothing_differs_from_itself(data, doc):
    doc = adapter(data.draw, doc)
    assert differences(doc, copie(doc)) == []
