"""The rules across questions, on the right that a social worker describes in the core form."""

import pytest

from situations.moteur.formulaires import build_formulaire
from tests.definitions import FENETRE, definition_noyau
from tests.moteur_rendu import remplir

DROIT = {
    "droit": "aspa",
    "eligibilite": "el_averee",
    "type": "ND",
    "motif_principal": "nd_succession",
    "anciennete": "nsp",
    "dynamique": "nsp",
    "actions": ["act_info"],
    "issue": "is_cours",
}


def bloc_du_noyau(complet=True, **autres):
    definition = definition_noyau()
    section = definition.section_non_recours
    saisies = {v: valeur for v, valeur in (DROIT | autres).items() if valeur is not None}
    return remplir(definition, section, saisies, reponses={}, complet=complet)


def codes(liste: str) -> list[str]:
    return [option.code for option in definition_noyau().listes[liste]]


def test_the_example_right_is_complete():
    assert bloc_du_noyau().errors == {}


def test_a_motive_of_another_type_is_refused_on_completion_only():
    (message,) = bloc_du_noyau(motif_principal="nc_info").errors["motif_principal"]
    assert "N’a jamais entendu parler du droit" in message
    assert "«\u00a0Non-demande\u00a0»" in message
    assert bloc_du_noyau(motif_principal="nc_info", complet=False).is_valid()


@pytest.mark.parametrize(
    "autres",
    [
        {"motif_principal": "autre", "motif_precision": "Peur du chien"},
        {"type": "NSP", "motif_principal": "nc_info"},
        {"types_secondaires": ["NC"], "motif_principal": "nc_info"},
        {"motifs_secondaires": ["nd_cout", "nd_lassitude"]},
    ],
)
def test_motives_that_go_with_the_types_are_accepted(autres):
    assert bloc_du_noyau(**autres).errors == {}


def test_the_main_type_is_not_also_a_secondary_one():
    (message,) = bloc_du_noyau(types_secondaires=["NC", "ND"]).errors["types_secondaires"]
    assert "«\u00a0Non-demande\u00a0» est déjà votre réponse" in message
    assert bloc_du_noyau(types_secondaires=["ND"], complet=False).is_valid()


def test_the_main_motive_is_not_also_a_secondary_one():
    errors = bloc_du_noyau(motifs_secondaires=["nd_succession"]).errors
    assert list(errors) == ["motifs_secondaires"]


def test_no_more_than_two_secondary_motives():
    trop = ["nd_cout", "nd_lassitude", "nd_stigma"]
    (message,) = bloc_du_noyau(motifs_secondaires=trop).errors["motifs_secondaires"]
    assert "3\u00a0réponses, 2 au plus" in message
    assert "décochez-en 1" in message
    brouillon = bloc_du_noyau(motifs_secondaires=trop, complet=False)
    assert set(brouillon.reponses()["motifs_secondaires"]) == set(trop)


def test_an_exclusive_choice_stands_alone():
    (message,) = bloc_du_noyau(obstacles=["ob_aucun", codes("obstacle")[0]]).errors["obstacles"]
    assert "Aucun obstacle pratique" in message
    assert bloc_du_noyau(obstacles=["ob_aucun"]).is_valid()
    assert bloc_du_noyau(obstacles=codes("obstacle"), complet=False).is_valid()


def test_the_right_must_be_in_the_list_of_the_definition():
    for complet in (True, False):
        assert list(bloc_du_noyau(droit="loterie", complet=complet).errors) == ["droit"]


def test_the_right_is_searched_then_chosen():
    (message,) = bloc_du_noyau(droit=None).errors["droit"]
    assert "Cherchez le droit" in message


def test_the_organisme_of_the_right_is_proposed_and_an_answer_is_not_overwritten():
    definition = definition_noyau()

    def propose(bloc):
        vierge = build_formulaire(
            definition,
            definition.section_non_recours,
            reponses={},
            bloc=bloc,
            complet=False,
            **FENETRE,
        )
        return vierge["organisme"].value()

    assert propose({"droit": "aspa"}) == "CARSAT"
    assert propose({"droit": "aspa", "organisme": "MSA"}) == "MSA"
    assert propose({}) is None
