"""What forbids transmission, told in the order of the form by the forms themselves."""

from hypothesis import given, settings

from situations.moteur.conditions import retirer_cachees
from situations.moteur.formulaires import build_formulaire, donnees_du_formulaire
from situations.moteur.verification import Manque, manques
from tests.definitions import FENETRE, definition_noyau, situations


def premier(liste: str) -> str:
    return definition_noyau().listes[liste][0].code


def situation_complete() -> dict:
    return {
        "mois_observation": "2026-03",
        "contexte": "co_accueil",
        "personne_informee": "oui",
        "age": "a_75p",
        "famille": "f_seul",
        "activite": premier("activite"),
        "logement": premier("logement"),
        "intensite": "3",
    }


def droit_complet(code: str = "aspa", **autres) -> dict:
    return {
        "droit": code,
        "eligibilite": "el_averee",
        "type": "ND",
        "motif_principal": "nd_succession",
        "anciennete": "nsp",
        "dynamique": "nsp",
        "actions": [premier("action")],
        "issue": "nsp",
    } | autres


def trouver(reponses, non_recours, **options) -> list[Manque]:
    return manques(definition_noyau(), reponses, non_recours, **FENETRE | options)


def test_a_complete_situation_lacks_nothing():
    assert trouver(situation_complete(), [droit_complet()]) == []


def test_an_empty_situation_is_told_all_it_lacks_in_the_order_of_the_form():
    trouves = trouver({}, [])
    assert [m.variable for m in trouves] == [
        "mois_observation",
        "contexte",
        "personne_informee",
        "age",
        "famille",
        "activite",
        "logement",
        "",
        "intensite",
    ]
    assert Manque("non_recours", None, "", "Décrivez au moins un non-recours.") in trouves


def test_a_defect_of_a_right_says_which_right():
    (manque,) = trouver(situation_complete(), [droit_complet(), droit_complet("rsa", type=None)])
    assert (manque.section, manque.rang, manque.variable) == ("non_recours", 2, "type")


def test_a_motive_that_no_longer_fits_forbids_transmission():
    (manque,) = trouver(situation_complete(), [droit_complet(type="NC")])
    assert (manque.rang, manque.variable) == (1, "motif_principal")


def test_the_same_right_is_not_described_twice():
    blocs = [droit_complet(), droit_complet("rsa"), droit_complet()]
    (manque,) = trouver(situation_complete(), blocs)
    assert (manque.rang, manque.variable) == (3, "droit")
    assert "déjà décrit (droit n°\u00a01)" in manque.message


def test_other_rights_may_be_several():
    autres = [droit_complet("autre", droit_precision=f"Aide {x}") for x in "ab"]
    assert trouver(situation_complete(), autres) == []


def test_other_says_which():
    (manque,) = trouver(situation_complete(), [droit_complet("autre")])
    assert manque.variable == "droit_precision"


def test_a_month_that_has_become_too_old_is_told():
    (manque,) = trouver(situation_complete(), [droit_complet()], mois_min="2026-04")
    assert manque.variable == "mois_observation"


def test_hidden_answers_forbid_nothing():
    reponses = situation_complete() | {"contexte_precision": "x" * 10_000}
    assert trouver(reponses, [droit_complet()]) == []


@settings(max_examples=40, deadline=None)
@given(situations())
def test_verdict_and_forms_agree(cas):
    """A situation lacks nothing of a section exactly when the complete form of it is valid."""
    definition, reponses, non_recours = cas
    fautives = {
        (m.section, m.rang)
        for m in manques(definition, reponses, non_recours, **FENETRE)
        if m.variable and "déjà décrit" not in m.message
    }
    attendues = set()
    for section in definition.sections:
        blocs = list(enumerate(non_recours, 1)) if section.est_repetee else [(None, reponses)]
        for rang, saisies in blocs:
            formulaire = build_formulaire(
                definition,
                section,
                reponses=reponses,
                bloc=saisies,
                complet=True,
                data=donnees_du_formulaire(definition, section, saisies),
                **FENETRE,
            )
            if not formulaire.is_valid():
                attendues.add((section.code, rang))
    assert fautives == attendues


@settings(max_examples=40, deadline=None)
@given(situations())
def test_hidden_answers_change_no_verdict(cas):
    definition, reponses, non_recours = cas
    sans = retirer_cachees(definition, reponses, non_recours)
    assert manques(definition, *sans, **FENETRE) == manques(
        definition, reponses, non_recours, **FENETRE
    )
