"""Recodings: analyses follow them, one answer a simple question, chains, no circle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from situations.recodage import recoder, resoudre

VARIABLES = {1: "ancienne", 2: "ancienne", 3: "nouvelle", 4: "nouvelle", 5: "multiple", 6: "autre"}


def test_une_ancienne_reponse_est_comptee_comme_la_nouvelle():
    assert recoder([1, 6], {1: 3}, VARIABLES, frozenset({"nouvelle"})) == [6, 3]


def test_une_question_simple_garde_la_reponse_qu_on_lui_a_donnee():
    assert recoder([1, 4], {1: 3}, VARIABLES, frozenset({"nouvelle"})) == [4]


def test_deux_choix_reunis_ne_comptent_qu_une_fois():
    assert recoder([1, 2], {1: 5, 2: 5}, VARIABLES, frozenset()) == [5]


def test_les_chaines_vont_jusqu_au_bout():
    assert resoudre({1: 2, 2: 3}) == {1: 3, 2: 3}


def test_un_cercle_est_refuse():
    with pytest.raises(ValueError, match="circle"):
        resoudre({1: 2, 2: 1})


@given(st.sets(st.integers(1, 6)))
def test_sans_recodage_rien_ne_change(numeros):
    assert set(recoder(numeros, {}, VARIABLES, frozenset())) == numeros
