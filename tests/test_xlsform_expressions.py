"""The conditions and limits that XLSForms write, taken in when a definition can hold them."""

import pytest

from tests.classeurs import OUI_NON, SURVEY, lu, questions, raisons


@pytest.mark.parametrize(
    ("expression", "mode", "clauses"),
    [
        ("${a} = 'oui'", "toutes", [["a", "oui"]]),
        ("'oui' = ${a}", "toutes", [["a", "oui"]]),
        ('selected( ${b} , "oui")', "toutes", [["b", "oui"]]),
        ("${a}='oui' or ${a}='non'", "toutes", [["a", "oui", "non"]]),
        ("${a}='oui' or selected(${b}, 'non')", "une", [["a", "oui"], ["b", "non"]]),
        (
            "(${a}='oui' or ${a}='non') and selected(${b}, 'oui')",
            "toutes",
            [["a", "oui", "non"], ["b", "oui"]],
        ),
        (
            "((${a}='oui')) and (${a}='non' and ${b}='oui')",
            "toutes",
            [["a", "oui"], ["a", "non"], ["b", "oui"]],
        ),
    ],
)
def test_conditions_que_le_registre_exprime(expression, mode, clauses):
    rapport = lu(
        [
            (*SURVEY, "relevant"),
            ("select_one on", "a", "A", None),
            ("select_multiple on", "b", "B", None),
            ("text", "c", "C", expression),
        ],
        OUI_NON,
    )
    condition = list(questions(rapport).values())[-1]["condition"]
    assert condition["mode"] == mode
    assert [
        [c["variable"].removesuffix("_pays_des_vans"), *c["valeurs"]] for c in condition["clauses"]
    ] == clauses
    assert rapport.ecartes == []


@pytest.mark.parametrize(
    ("expression", "dit"),
    [
        ("not(selected(${b}, 'oui'))", "not()"),
        ("${a}='oui' and ${b}='oui' or ${b}='non'", "mêle"),
        ("(${a}='oui' or ${b}='oui') and ${b}='non'", "mêle"),
        ("${n} > 18", "au lieu de"),
        ("${a} != 'oui'", "au lieu de"),
        ("${n} = 18", "n’est pas une question à choix"),
        ("${a} = 'zut'", "n’est pas une réponse"),
        ("${disparue} = 'oui'", "n’est pas une question reprise"),
        ("${a} = ''", "réponse vide"),
        ("${a} = ", "la fin"),
        ("true()", "true()"),
        ("(" * 5000, "parenthèses"),
        ("${a} = 'oui' or " * 2000 + "${a} = 'oui'", "trop longue"),
    ],
)
def test_conditions_que_le_registre_n_exprime_pas(expression, dit):
    rapport = lu(
        [
            (*SURVEY, "relevant"),
            ("select_one on", "a", "A", None),
            ("select_multiple on", "b", "B", None),
            ("integer", "n", "N", None),
            ("text", "c", "C", expression),
        ],
        OUI_NON,
    )
    assert list(questions(rapport).values())[-1]["condition"] is None
    assert dit in raisons(rapport, 5)


def test_contraintes_reprises_et_ecartees():
    rapport = lu(
        [
            (*SURVEY, "constraint", "constraint_message"),
            ("integer", "a", "A", ". > 0 and . < 10", "Entre 1 et 9"),
            ("text", "b", "B", "string-length(.) <= 80 and regex(., '[a-z]+')", None),
            ("integer", "c", "C", ". >= 0 or . = -1", None),
        ]
    )
    a, b, c = questions(rapport).values()
    assert (a["min"], a["max"]) == (1, 9)
    assert "constraint_message" in raisons(rapport, 2)
    assert b["max"] == 80
    assert "regex" in raisons(rapport, 3)
    assert (c["min"], c["max"]) == (None, None)
    assert ". = -1" in raisons(rapport, 4)
