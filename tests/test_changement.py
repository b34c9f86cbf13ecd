"""Between two versions: a draft that stays or moves, answers that are counted together."""

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from situations import actions, adaptation
from situations.actions import DejaTransmise, RecodageImpossible
from situations.changement import ce_qui_ne_suit_pas
from situations.models import Recodage, Situation, Version
from situations.versions import definition_de, version_en_vigueur
from tests.adaptees import (
    ADAPTATION,
    BOIS_FIOUL,
    CHAUFFAGE,
    LOCALES,
    RETRAITE,
    effectifs,
    en_mots,
    geste,
    module,
    photographie,
    publier_gestes,
    question,
)
from tests.compte_naif import projetee
from tests.gens import aspa, brouillon, cheque_energie, transmise
from tests.remplissage import tirer_reponses
from tests.saisies import COMITE, fenetre_de

RETIREE = geste(adaptation.retirer_question, "mobilite")
MASQUE = geste(adaptation.masquer_droit, "aspa")
RAPPEL = "Une autre version du formulaire est en vigueur"


def perdues(situation: Situation, version: Version) -> set[tuple[str, str]]:
    """(question, answer) of all that moving to this version would lose, in words."""
    listees = ce_qui_ne_suit_pas(
        situation, definition_de(situation.version_id), definition_de(version.pk)
    )
    couples = [(perdue.libelle, texte) for perdue in listees for texte in perdue.textes]
    assert len(couples) == len(set(couples))
    return set(couples)


def reponses_de(situation: Situation) -> list[dict]:
    """Its answers, then those of each right, withdrawn ones too."""
    situation = Situation.objects.get(pk=situation.pk)
    return [
        situation.get_reponses(),
        *(ligne.get_reponses() for ligne in situation.non_recours.all()),
    ]


# --- staying --------------------------------------------------------------------------------


def test_a_draft_stays_on_its_version_and_is_transmitted_there(vans):
    premiere = version_en_vigueur(vans.territoire)
    situation = brouillon(vans, vans.travail, mobilite="mo_empechee")
    publier_gestes(vans, RETIREE, MASQUE)
    avant = reponses_de(situation)
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/saisie/personne/")
    assert RAPPEL in fenetre.texte
    fenetre.suivre("passer à la version en vigueur").suivre("Rester sur cette version")
    fenetre.cliquer(COMITE)
    assert "/transmise/" in fenetre.adresse
    situation.refresh_from_db()
    assert (situation.statut, situation.version_id) == ("transmise", premiere.pk)
    assert reponses_de(situation) == avant
    assert ("mobilite", "mo_empechee") in projetee()[situation.pk][3]


# --- moving ---------------------------------------------------------------------------------


def test_a_draft_moves_with_all_its_answers_when_the_new_version_still_asks_them(vans):
    situation = brouillon(vans, vans.travail, aspa(), cheque_energie(), mobilite="mo_empechee")
    avant = reponses_de(situation)
    version = publier_gestes(vans, *ADAPTATION)
    adresse = reverse("situations:changer_de_version", args=[situation.cle])
    fenetre = fenetre_de(vans.travail, adresse)
    assert "Toutes vos réponses sont gardées" in fenetre.texte
    fenetre.cliquer("Passer à la version en vigueur")
    assert "/saisie/" in fenetre.adresse
    assert "Votre brouillon suit maintenant le formulaire en vigueur" in fenetre.texte
    assert reponses_de(situation) == avant
    fenetre.ouvrir(f"/situations/{situation.cle}/saisie/personne/")
    assert RAPPEL not in fenetre.texte
    fenetre.choisir("chauffage_vans", "ch_bois").cliquer("Continuer")
    fenetre.ouvrir(f"/situations/{situation.cle}/transmettre/").cliquer(COMITE)
    situation.refresh_from_db()
    assert (situation.statut, situation.version_id) == ("transmise", version.pk)
    assert ("chauffage_vans", "ch_bois") in projetee()[situation.pk][3]


def test_the_page_lists_exactly_what_cannot_follow_before_the_draft_moves(vans):
    publier_gestes(vans, *ADAPTATION)
    droit = {**cheque_energie(), "obstacles": ["ob_delais"]}
    situation = brouillon(vans, vans.travail, aspa(), droit, mobilite="mo_empechee", **LOCALES)
    avant = reponses_de(situation)
    version = publier_gestes(
        vans, RETIREE, MASQUE, geste(adaptation.retirer_choix, "logement", "l_caravane_vans")
    )
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/version/")
    (liste,) = [ul for ul in fenetre.page.tous("main")[0].tous("ul") if "Sa mobilité" in ul.dit]
    assert [li.dit for li in liste.tous("li")] == [
        "Quel est son logement ? : Caravane sur terrain familial",
        "Sa mobilité : Empêchée",
        "De quel droit s’agit-il ? : Allocation de solidarité aux personnes âgées (Aspa)",
    ]
    assert reponses_de(situation) == avant
    fenetre.cliquer("Passer à la version en vigueur")
    for reponses, perdue in zip(avant, (("mobilite", "logement"), ("droit",), ()), strict=True):
        for variable in perdue:
            del reponses[variable]
    assert reponses_de(situation) == avant
    assert Situation.objects.get(pk=situation.pk).version_id == version.pk


def test_some_of_several_choices_follow_and_the_others_are_listed(vans):
    trajets = question(
        "personne", "trajets_vans", "choix_multiple", "Quels trajets ?", options=BOIS_FIOUL
    )
    publier_gestes(vans, trajets)
    situation = brouillon(vans, vans.travail, trajets_vans=["ch_bois", "ch_fioul"])
    train = geste(adaptation.ajouter_choix, "trajets_vans", libelle="En train", code="ch_train")
    version = publier_gestes(
        vans, train, geste(adaptation.retirer_choix, "trajets_vans", "ch_bois")
    )
    assert perdues(situation, version) == {("Quels trajets ?", "Au bois")}
    actions.changer_de_version(situation=situation, version=version, par=vans.travail)
    assert reponses_de(situation)[0]["trajets_vans"] == ["ch_fioul"]


def test_a_zero_is_an_answer_that_follows(vans):
    publier_gestes(vans, *ADAPTATION)
    situation = brouillon(vans, vans.travail, pieces_vans=0)
    version = publier_gestes(vans, RETIREE)
    assert perdues(situation, version) == set()
    actions.changer_de_version(situation=situation, version=version, par=vans.travail)
    assert reponses_de(situation)[0]["pieces_vans"] == 0


def test_what_a_right_set_aside_would_lose_is_listed_too(vans):
    situation = brouillon(vans, vans.travail, cheque_energie(), {**aspa(), "enjeu": "nsp"})
    actions.retirer_droit(situation=situation, rang=2, retire=True, par=vans.travail)
    version = publier_gestes(vans, MASQUE)
    assert {libelle for libelle, _ in perdues(situation, version)} == {
        "De quel droit s’agit-il\u202f?"
    }


def test_what_is_lost_is_what_was_shown_even_if_a_third_version_came_meanwhile(vans):
    situation = brouillon(vans, vans.travail, mobilite="mo_empechee")
    publier_gestes(vans, MASQUE)
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/version/")
    assert "Sa mobilité" not in fenetre.texte
    publier_gestes(vans, RETIREE)
    fenetre.cliquer("Passer à la version en vigueur")
    assert reponses_de(situation)[0].get("mobilite") == "mo_empechee"


def test_an_answer_whose_question_is_no_longer_shown_is_not_erased_in_silence(vans):
    situation = brouillon(vans, vans.travail, mobilite="mo_empechee", age="a_18_24")
    version = publier_gestes(vans, geste(adaptation.definir_condition, "mobilite", RETRAITE))
    listees = {libelle for libelle, _ in perdues(situation, version)}
    actions.changer_de_version(situation=situation, version=version, par=vans.travail)
    actions.transmettre(situation=situation, par=vans.travail)
    assert "mobilite" in reponses_de(situation)[0] or "Sa mobilité" in listees


def test_a_situation_already_transmitted_does_not_move(vans):
    situation = brouillon(vans, vans.travail)
    version = publier_gestes(vans, RETIREE)
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/version/")
    actions.transmettre(situation=situation, par=vans.travail)
    avant = photographie(situation)
    fenetre.cliquer("Passer à la version en vigueur")
    with pytest.raises(DejaTransmise):
        actions.changer_de_version(situation=situation, version=version, par=vans.travail)
    assert photographie(situation) == avant
    assert Situation.objects.get(pk=situation.pk).version_id != version.pk


def test_only_its_author_moves_a_draft(vans, drome):
    situation = brouillon(vans, vans.travail)
    publier_gestes(vans, RETIREE)
    adresse = f"/situations/{situation.cle}/version/"
    for compte, statut in ((vans.collegue, 403), (vans.animateur, 403), (drome.travail, 404)):
        assert fenetre_de(compte).client.get(adresse).status_code == statut


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_was_answered_what_moves_and_what_is_listed_make_all_of_it(data, vans):
    with transaction.atomic():
        ancienne = publier_gestes(vans, *ADAPTATION)
        situation = brouillon(vans, vans.travail)
        reponses, bloc = tirer_reponses(data.draw, definition_de(ancienne.pk))
        actions.enregistrer(
            situation=situation, reponses=reponses, blocs={1: bloc}, par=vans.travail
        )
        variables = sorted({"mobilite", "zone", "sexe", "etape", "pieces_vans", "guichet_vans"})
        retirees = data.draw(st.sets(st.sampled_from(variables), min_size=1))
        gestes = [geste(adaptation.retirer_question, variable) for variable in sorted(retirees)]
        choix = geste(adaptation.retirer_choix, "logement", "l_caravane_vans")
        version = publier_gestes(vans, *gestes, choix)
        listees = perdues(situation, version)
        avant = reponses_de(situation)
        actions.changer_de_version(situation=situation, version=version, par=vans.travail)
        for anciennes, suivies in zip(avant, reponses_de(situation), strict=True):
            assert suivies.items() <= anciennes.items()
            disparues = {v: r for v, r in anciennes.items() if v not in suivies}
            mots = en_mots(ancienne, disparues)
            assert mots <= listees
            listees -= mots
        assert not listees
        transaction.set_rollback(True)


# --- recodings ------------------------------------------------------------------------------


GRANULES = geste(adaptation.ajouter_choix, "chauffage_vans", libelle="Granulés", code="ch_granules")
BOIS, FIOUL, PELLETS = (("chauffage_vans", f"ch_{nom}") for nom in ("bois", "fioul", "granules"))


@pytest.fixture
def deux_versions(vans) -> tuple[Situation, Situation]:
    """« Au bois » on version 2; on version 3 it is « Granulés »."""
    publier_gestes(vans, CHAUFFAGE)
    ancienne = transmise(vans, vans.travail, chauffage_vans="ch_bois")
    publier_gestes(vans, GRANULES, geste(adaptation.retirer_choix, "chauffage_vans", "ch_bois"))
    return ancienne, transmise(vans, vans.travail, chauffage_vans="ch_granules")


def test_two_choices_of_two_versions_are_counted_together_then_apart_again(vans, deux_versions):
    avant, faits = [photographie(situation) for situation in deux_versions], projetee()
    apart = {"ch_bois": 1, "ch_granules": 1}
    assert effectifs("chauffage_vans", vans) == apart
    page = fenetre_de(vans.animateur, "/territoires/pays-des-vans/formulaire/recodages/")
    page.choisir("ancien", "|".join(BOIS)).choisir("nouveau", "|".join(PELLETS))
    page.cliquer("Compter ensemble")
    assert effectifs("chauffage_vans", vans) == {"ch_granules": 2}
    assert [photographie(situation) for situation in deux_versions] == avant
    actions.annuler_recodage(recodage=Recodage.objects.get(), par=vans.animateur)
    assert effectifs("chauffage_vans", vans) == apart
    assert [photographie(situation) for situation in deux_versions] == avant
    assert projetee() == faits


def test_recodings_in_a_circle_or_twice_or_of_itself_are_refused(vans, deux_versions):
    def recoder(ancien, nouveau):
        with transaction.atomic():
            actions.recoder(
                territoire=vans.territoire, ancien=ancien, nouveau=nouveau, par=vans.animateur
            )

    recoder(BOIS, PELLETS)
    recoder(PELLETS, FIOUL)
    assert effectifs("chauffage_vans", vans) == {"ch_fioul": 2}
    for couple, raison in (
        ((FIOUL, BOIS), "tourneraient en rond"),
        ((BOIS, FIOUL), "déjà recodée"),
        ((FIOUL, FIOUL), "deux réponses différentes"),
    ):
        with pytest.raises(RecodageImpossible, match=raison):
            recoder(*couple)
    assert Recodage.objects.count() == 2


def test_a_territory_recodes_its_own_figures_only(vans, drome):
    for gens in (vans, drome):
        publier_gestes(gens, module("aspa"))
        transmise(gens, gens.travail, {**aspa(), "aspa_propose": "nsp"})
    oui, non = ("aspa_propose", "oui"), ("aspa_propose", "nsp")
    actions.recoder(territoire=vans.territoire, ancien=non, nouveau=oui, par=vans.animateur)
    actions.recoder(territoire=drome.territoire, ancien=oui, nouveau=non, par=drome.animateur)
    assert effectifs("aspa_propose", vans) == {"oui": 1}
    assert effectifs("aspa_propose", drome) == {"nsp": 1}
    assert effectifs("aspa_propose", vans, drome) == {"oui": 1, "nsp": 1}


def test_an_answer_of_the_person_is_not_counted_as_one_of_a_right(vans, deux_versions):
    """Refused, or the dashboard still opens."""
    page = fenetre_de(vans.animateur, "/territoires/pays-des-vans/formulaire/recodages/")
    page.choisir("ancien", "|".join(BOIS)).choisir("nouveau", "eligibilite|el_probable")
    page.cliquer("Compter ensemble")
    page.ouvrir("/territoires/pays-des-vans/tableau-de-bord/")
    assert page.statut == 200
    assert effectifs("chauffage_vans", vans) == {"ch_bois": 1, "ch_granules": 1}
