"""Each kind of question: what it reads back, what it counts, how XLSForm names it."""

import pytest

from situations.moteur.definition import Option, Question
from situations.moteur.genres import GENRES
from tests.definitions import VALEURS

OPTIONS = (Option("a", "Première"), Option("b", "Deuxième", precision="ancrage"))


def question(genre: str, **autres) -> Question:
    return Question("v", genre, "Question", **autres)


def test_every_kind_has_generated_answers_in_the_property_tests():
    assert VALEURS.keys() == GENRES.keys()


@pytest.mark.parametrize(
    ("genre", "valeur", "textes"),
    [
        ("choix", "b", ["Deuxième"]),
        ("choix", "z", ["réponse retirée (z)"]),
        ("choix_multiple", ["a", "b"], ["Première", "Deuxième"]),
        ("choix_multiple", ["a", "z"], ["Première", "réponse retirée (z)"]),
        ("echelle", "b", ["Deuxième"]),
        ("commune", "a", ["Première"]),
        ("droit", "a", ["Première"]),
        ("entier", 1234, ["1\u202f234"]),
        ("entier", 0, ["0"]),
        ("mois", "2026-03", ["mars\u00a02026"]),
        ("texte_court", "Un mot", ["Un mot"]),
        ("texte_long", "Deux\nlignes", ["Deux\nlignes"]),
    ],
)
def test_an_answer_is_read_back_in_words(genre, valeur, textes):
    assert GENRES[genre].lire(question(genre), OPTIONS, valeur) == textes


CLASSES = ((0, 4), (5, 9), (10, None))


@pytest.mark.parametrize(
    ("genre", "valeur", "codes"),
    [
        ("choix", "b", ["b"]),
        ("choix_multiple", ["a", "b"], ["a", "b"]),
        ("echelle", "b", ["b"]),
        ("commune", "a", ["a"]),
        ("droit", "a", ["a"]),
        ("mois", "2026-03", ["2026-03"]),
        ("texte_court", "Un mot", []),
        ("texte_long", "Des mots", []),
        ("entier", 0, ["0-4"]),
        ("entier", 4, ["0-4"]),
        ("entier", 5, ["5-9"]),
        ("entier", 10, ["10+"]),
        ("entier", 900, ["10+"]),
        ("entier", -1, []),
    ],
)
def test_what_statistics_count(genre, valeur, codes):
    assert GENRES[genre].codes(question(genre, classes=CLASSES), valeur) == codes


def test_a_whole_number_without_classes_is_not_counted():
    assert GENRES["entier"].codes(question("entier"), 3) == []


def test_xlsform_names_each_kind_differently():
    noms = {(genre.xlsform, genre.apparence) for genre in GENRES.values()}
    assert len(noms) == len(GENRES)
    assert GENRES["choix_multiple"].xlsform == "select_multiple"
    assert GENRES["texte_long"].xlsform == "text"
