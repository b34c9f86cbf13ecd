"""Typing a situation as a browser without script does, from the first page to its number."""

from datetime import timedelta
from itertools import groupby

import pytest
from django.utils import timezone

from situations import actions
from situations.calendrier import decaler, en_mois
from situations.models import Evenement, FaitSituation, NonRecours, Situation
from situations.noyau import document_noyau
from situations.numeros import cle_de_luhn
from situations.versions import version_en_vigueur
from tests.compte_naif import attendue, projetee
from tests.gens import aspa, brouillon, cheque_energie, transmise
from tests.saisies import (
    COMITE,
    chercher_droit,
    commencer,
    etape,
    fenetre_de,
    publier_version,
    remplir_droit,
    remplir_personne,
    remplir_reperage,
    remplir_tout,
    situation_de,
)


def reponses(fenetre) -> dict:
    return situation_de(fenetre).get_reponses()


def blocs(fenetre) -> list[dict]:
    return [ligne.get_reponses() for ligne in situation_de(fenetre).non_recours_gardes()]


# --- beginning and saving -------------------------------------------------------------------


def test_the_draft_already_begun_is_shown_before_a_second_one(vans):
    fenetre = remplir_reperage(commencer(vans, vans.travail)).cliquer("Continuer")
    premier = situation_de(fenetre)

    fenetre = fenetre_de(vans.travail).suivre("Nouvelle situation")

    assert "Vous avez déjà un brouillon" in fenetre.texte
    assert f"/situations/{premier.cle}/transmettre/" in fenetre.liens()
    assert Situation.objects.count() == 1
    fenetre.cliquer("Commencer une autre situation")
    assert situation_de(fenetre) != premier


def test_a_draft_left_untouched_is_given_back_rather_than_doubled(vans):
    premier = situation_de(commencer(vans, vans.travail))
    assert situation_de(commencer(vans, vans.travail)) == premier


def test_a_draft_in_which_only_a_type_was_chosen_is_not_taken_for_an_untouched_one(vans):
    fenetre = etape(commencer(vans, vans.travail), "non_recours").choisir("nr1-type", "ND")
    fenetre.cliquer("Continuer")
    assert situation_de(commencer(vans, vans.travail)) != situation_de(fenetre)


def test_looking_at_the_first_page_begins_nothing(vans):
    fenetre_de(vans.travail).suivre("Nouvelle situation")
    assert not Situation.objects.exists()


def test_each_step_keeps_what_is_typed_and_shows_it_again(vans):
    fenetre = remplir_reperage(commencer(vans, vans.travail)).cliquer("Continuer")
    assert reponses(fenetre)["contexte"] == "co_permanence"
    fenetre = remplir_personne(fenetre).cliquer("Précédent")
    assert fenetre.valeur("contexte") == "co_permanence"
    assert reponses(fenetre)["logement"] == "l_prop"
    fenetre.cliquer("Continuer")
    assert fenetre.valeur("famille") == "f_seul"


def test_the_steps_say_what_they_hold(vans):
    fenetre = remplir_tout(vans, vans.travail)
    (etapes,) = fenetre.classe("etapes")
    assert [e.dit for e in etapes.tous("li")] == [
        "Le repérage 3 réponses",
        "La personne 4 réponses",
        "Les non-recours 1 droit décrit",
        "Conséquences et suites 1 réponse",
        "Relire et transmettre",
    ]


def test_an_answer_can_be_taken_back(vans):
    fenetre = remplir_reperage(commencer(vans, vans.travail)).choisir("venue", "nsp")
    fenetre.cliquer("Continuer").cliquer("Précédent")
    assert reponses(fenetre)["venue"] == "nsp"
    fenetre.choisir("venue", "").choisir("mois_observation", "").cliquer("Continuer")
    assert "venue" not in reponses(fenetre)
    assert "mois_observation" not in reponses(fenetre)


def test_the_function_of_the_profile_is_proposed_and_can_be_changed(vans):
    vans.travail.fonction = "fo_accueil"
    vans.travail.save()
    fenetre = commencer(vans, vans.travail)
    assert fenetre.valeur("fonction") == "fo_accueil"
    fenetre.choisir("fonction", "fo_ts").cliquer("Continuer")
    assert reponses(fenetre)["fonction"] == "fo_ts"


def test_the_organisme_is_proposed_after_the_right_and_the_answer_given_is_kept(vans):
    fenetre = remplir_droit(etape(commencer(vans, vans.travail), "non_recours"))
    fenetre.cliquer("Continuer").cliquer("Précédent")
    assert fenetre.valeur("nr1-organisme") == "CARSAT"
    fenetre.choisir("nr1-organisme", "MSA").cliquer("Continuer")
    assert blocs(fenetre)[0]["organisme"] == "MSA"


# --- refused texts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ("Écrire à nadia.b@example.org demain.", "Une adresse électronique"),
        ("La rappeler au 06 12 34 56 78 après 17 h.", "Un numéro de téléphone"),
        ("Virement sur FR14 2004 1010 0505 0001 3M02 606.", "Un numéro de compte bancaire"),
        ("Sécurité sociale 1 84 12 76 451 089 46.", "Un numéro de sécurité sociale"),
    ],
)
def test_what_identifies_someone_is_refused_and_everything_else_is_saved(vans, texte, raison):
    fenetre = etape(commencer(vans, vans.travail), "suites")
    fenetre.choisir("intensite", "4").ecrire("recit", texte).ecrire("proposition", "Un guichet.")
    fenetre.cliquer("Continuer")

    (resume,) = [e for e in fenetre.page.descendants if e["id"] == "resume-erreurs"]
    assert raison in resume.dit
    assert "tout le reste est enregistré" in resume.dit
    assert resume.tous("a")[0]["href"] == "#q-recit"
    assert raison in fenetre.id("erreur-recit").dit
    assert fenetre.valeur("recit") == texte
    assert fenetre.titre.startswith("Erreur")
    assert reponses(fenetre) == {"intensite": "4", "proposition": "Un guichet."}


def test_a_refused_text_leaves_the_one_stored_before(vans):
    fenetre = etape(commencer(vans, vans.travail), "suites").ecrire("recit", "Aucun guichet.")
    etape(fenetre.cliquer("Continuer"), "suites").ecrire("recit", "Appeler le 06 12 34 56 78.")
    fenetre.cliquer("Continuer")
    assert "n’est jamais accepté" in fenetre.id("erreur-recit").dit
    assert reponses(fenetre) == {"recit": "Aucun guichet."}


def test_a_text_far_too_long_is_refused_in_words_and_kept_on_the_page(vans):
    texte = "Elle attend une réponse. " * 400
    fenetre = etape(commencer(vans, vans.travail), "suites").choisir("intensite", "2")
    fenetre.ecrire("recit", texte).cliquer("Continuer")

    assert (
        "Votre texte compte 9 999 caractères, et 600 au plus sont possibles : retirez-en 9 399."
    ) in fenetre.id("erreur-recit").dit
    assert fenetre.valeur("recit") == texte
    assert reponses(fenetre) == {"intensite": "2"}


def test_a_post_larger_than_any_honest_one_gets_a_plain_refusal(vans, settings):
    fenetre = etape(commencer(vans, vans.travail), "suites")
    fenetre.ecrire("recit", "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    reponse = fenetre.envoyer("Continuer")
    assert reponse.status_code in (400, 413)
    assert '<html lang="fr">' in reponse.content.decode()
    assert reponses(fenetre) == {}


@pytest.mark.parametrize("decalage", [1, 12, -25, -240])
def test_a_month_in_the_future_or_too_old_is_refused(vans, decalage):
    fenetre = commencer(vans, vans.travail).choisir("contexte", "co_suivi")
    mois = en_mois(decaler(timezone.localdate(), decalage))
    fenetre.ecrire("mois_observation", mois).cliquer("Continuer")
    assert "est hors de la période" in fenetre.id("erreur-mois_observation").dit
    assert reponses(fenetre) == {"contexte": "co_suivi"}


@pytest.mark.parametrize("decalage", [0, -24])
def test_the_months_offered_go_from_today_to_two_years_back(vans, decalage):
    fenetre = commencer(vans, vans.travail)
    mois = en_mois(decaler(timezone.localdate(), decalage))
    offerts = [o["value"] for o in fenetre.champs("mois_observation")[0].tous("option")]
    assert len(offerts) == 1 + 25
    fenetre.choisir("mois_observation", mois).cliquer("Continuer")
    assert reponses(fenetre) == {"mois_observation": mois}


# --- rights ---------------------------------------------------------------------------------


def test_rights_are_added_and_removed_without_losing_what_was_typed(vans):
    fenetre = remplir_droit(etape(commencer(vans, vans.travail), "non_recours"))
    fenetre.cliquer("+ Ajouter un autre droit")
    assert fenetre.ancre == "droit-2"
    assert fenetre.id("droit-2")
    remplir_droit(fenetre, "chèque énergie", "cheque_energie", rang=2)
    fenetre.cliquer("Retirer le droit n° 1")

    assert [bloc["droit"] for bloc in blocs(fenetre)] == ["cheque_energie"]
    assert fenetre.ancre == "retires"
    assert "Droit retiré : Allocation de solidarité aux personnes âgées" in fenetre.texte
    assert fenetre.valeur("nr2-type") == "ND"
    assert fenetre.id("titre-2").dit == "Droit n° 1"

    fenetre.cliquer("Remettre Allocation de solidarité aux personnes âgées (Aspa)")
    assert fenetre.ancre == "droit-1"
    assert [bloc["droit"] for bloc in blocs(fenetre)] == ["aspa", "cheque_energie"]
    assert fenetre.valeur("nr1-motif_principal") == "nd_succession"


def test_when_the_last_right_is_removed_one_can_be_added_again(vans):
    fenetre = etape(commencer(vans, vans.travail), "non_recours")
    fenetre.cliquer("Retirer le droit n° 1")
    assert "Aucun droit n’est décrit pour l’instant." in fenetre.texte
    fenetre.cliquer("+ Ajouter un autre droit")
    assert fenetre.ancre == "droit-2"
    remplir_droit(fenetre, rang=2).cliquer("Continuer")
    assert [bloc["droit"] for bloc in blocs(fenetre)] == ["aspa"]


def test_a_right_is_found_by_its_domain_and_the_words_searched_stay(vans):
    fenetre = etape(commencer(vans, vans.travail), "non_recours")
    chercher_droit(fenetre, "énergie")
    assert "cheque_energie" in [champ["value"] for champ in fenetre.champs("nr1-droit")]
    assert fenetre.valeur("nr1-droit_recherche") == "énergie"
    chercher_droit(fenetre, "xyzxyz")
    assert [c["value"] for c in fenetre.champs("nr1-droit") if c["value"]] == ["autre"]


def test_searching_a_right_keeps_what_was_typed_in_the_other_fields(vans):
    fenetre = remplir_droit(etape(commencer(vans, vans.travail), "non_recours"))
    fenetre.cliquer("+ Ajouter un autre droit")
    fenetre.choisir("nr2-type", "NC")
    chercher_droit(fenetre, "rsa", rang=2)
    assert fenetre.valeur("nr2-type") == "NC"
    assert fenetre.valeur("nr1-droit") == "aspa"
    assert blocs(fenetre)[1]["type"] == "NC"


# --- questions opened by an answer ----------------------------------------------------------


def test_a_question_opened_by_an_answer_is_shown_before_going_on(vans):
    fenetre = remplir_reperage(commencer(vans, vans.travail)).choisir("contexte", "autre")
    assert not fenetre.champs("contexte_precision")[0].est_visible
    fenetre.cliquer("Continuer")

    assert "Vos réponses ouvrent une question de plus sur cette page." in fenetre.texte
    assert "#q-contexte_precision" in fenetre.liens()
    fenetre.ecrire("contexte_precision", "Au marché").cliquer("Continuer")
    assert fenetre.adresse.endswith("/saisie/personne/")
    assert reponses(fenetre)["contexte_precision"] == "Au marché"


def test_answers_to_hidden_questions_are_kept_in_a_draft_and_dropped_at_transmission(vans):
    fenetre = remplir_tout(vans, vans.travail)
    etape(fenetre, "reperage").choisir("contexte", "autre").cliquer("Continuer")
    fenetre.ecrire("contexte_precision", "Au marché").cliquer("Continuer")
    etape(fenetre, "reperage").choisir("contexte", "co_accueil").cliquer("Continuer")
    assert reponses(fenetre)["contexte_precision"] == "Au marché"
    fenetre.suivre("Relire et transmettre")
    assert "Au marché" not in fenetre.texte

    fenetre.cliquer(COMITE)

    assert "contexte_precision" not in reponses(fenetre)


# --- what is missing ------------------------------------------------------------------------


def test_what_is_missing_is_listed_with_links_that_lead_to_each_question(vans):
    fenetre = etape(commencer(vans, vans.travail), "non_recours")
    fenetre.cliquer("+ Ajouter un autre droit").suivre("Relire et transmettre")

    liste = fenetre.page.tous("div", role="alert")[0]
    liens = [a["href"] for a in liste.tous("a")]
    assert len(liens) == 3 + 4 + 2 * 8 + 1
    assert "Il reste 24 points à voir avant de transmettre" in liste.dit
    assert "Droit n° 2 De quel droit s’agit-il ?" in liste.dit
    assert "disabled" in fenetre.bouton(COMITE).attributs
    for page, ancres in groupby(liens, key=lambda lien: lien.partition("#")[0]):
        fenetre.ouvrir(page)
        for ancre in ancres:
            assert fenetre.id(ancre.partition("#")[2]).est_visible


def test_transmitting_an_incomplete_draft_by_force_changes_nothing(vans):
    fenetre = commencer(vans, vans.travail).suivre("Relire et transmettre")
    fenetre.bouton(COMITE).attributs.pop("disabled")
    fenetre.cliquer(COMITE)
    assert "Il reste 16 points à voir avant de transmettre" in fenetre.texte
    assert situation_de(fenetre).statut == "brouillon"


def test_the_same_right_twice_is_pointed_at(vans):
    situation = brouillon(vans, vans.travail, aspa(), aspa())
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/transmettre/")
    assert "est déjà décrit (droit n° 1)" in fenetre.texte
    fenetre.suivre("De quel droit s’agit-il ?")
    assert fenetre.ancre == "q-nr2-droit"
    assert fenetre.id("q-nr2-droit").est_visible


def test_a_motive_that_does_not_go_with_the_type_is_pointed_at(vans):
    situation = brouillon(vans, vans.travail, {**aspa(), "type": "NC"})
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/transmettre/")
    assert "ne va pas avec votre réponse" in fenetre.texte
    assert "disabled" in fenetre.bouton(COMITE).attributs


def test_a_person_not_informed_is_a_notice_that_blocks_nothing(vans):
    situation = brouillon(vans, vans.travail, personne_informee="non")
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/transmettre/")
    assert "La personne n’est pas informée" in fenetre.texte
    assert fenetre.cliquer(COMITE).adresse.endswith("/transmise/")


# --- doubtful texts -------------------------------------------------------------------------


def test_a_probable_name_must_be_confirmed_and_again_when_the_text_changes(vans):
    fenetre = remplir_tout(vans, vans.travail, recit="J’ai reçu M. Durand ce matin.")
    assert "Ces textes permettent-ils de reconnaître quelqu’un ?" in fenetre.texte
    fenetre.cliquer(COMITE)
    assert "Corrigez le texte, ou cochez la case pour confirmer." in fenetre.texte
    assert situation_de(fenetre).statut == "brouillon"

    cocher_la_confirmation(fenetre)
    autre = etape(fenetre_de(vans.travail, fenetre.adresse), "suites")
    autre.ecrire("recit", "J’ai reçu Mme Durand ce matin.").cliquer("Continuer")
    fenetre.cliquer(COMITE)
    assert "Corrigez le texte, ou cochez la case pour confirmer." in fenetre.texte
    assert situation_de(fenetre).statut == "brouillon"

    cocher_la_confirmation(fenetre)
    fenetre.cliquer(COMITE)
    assert fenetre.adresse.endswith("/transmise/")
    (evenement,) = situation_de(fenetre).evenements.all()
    assert len(evenement.details["textes_confirmes"]) == 1


def cocher_la_confirmation(fenetre) -> None:
    (case,) = fenetre.champs("confirme")
    fenetre.cocher("confirme", case["value"])


def test_the_doubt_is_said_on_the_step_where_the_text_is_typed(vans):
    fenetre = remplir_tout(vans, vans.travail, recit="J’ai reçu M. Durand.")
    etape(fenetre, "suites")
    assert "Ce texte permet-il de reconnaître quelqu’un ?" in fenetre.texte
    assert "#q-recit" in fenetre.liens()


# --- transmission ---------------------------------------------------------------------------


def test_transmission_gives_a_number_that_can_be_dictated(vans):
    fenetre = remplir_tout(vans, vans.travail).cliquer(COMITE)

    situation = situation_de(fenetre)
    assert situation.statut == "transmise"
    assert len(situation.numero) == 8
    assert situation.numero.isdecimal()
    assert situation.numero[0] != "0"
    assert cle_de_luhn(situation.numero[:7]) == situation.numero[7]
    dite = " ".join(situation.numero[i : i + 2] for i in (0, 2, 4, 6))
    assert fenetre.id("numero").dit == dite
    assert [ligne.rang for ligne in situation.non_recours.all()] == [1]
    assert abs(timezone.now() - situation.transmise_le) < timedelta(minutes=1)
    assert FaitSituation.objects.filter(situation=situation).count() == 1


def test_a_double_click_on_transmit_transmits_once(vans):
    fenetre = remplir_tout(vans, vans.travail)
    fenetre.envoyer(COMITE)
    numero = situation_de(fenetre).numero
    fenetre.cliquer(COMITE)

    assert fenetre.statut == 200
    assert "Cette situation est déjà transmise" in fenetre.texte
    assert situation_de(fenetre).numero == numero
    assert Evenement.objects.filter(situation=situation_de(fenetre)).count() == 1


def test_a_transmitted_situation_is_no_longer_edited(vans):
    fenetre = etape(remplir_tout(vans, vans.travail), "suites")
    ouverte = fenetre_de(vans.travail, fenetre.adresse.replace("saisie/suites/", "transmettre/"))
    ouverte.cliquer(COMITE)
    avant = reponses(ouverte)

    fenetre.choisir("intensite", "1").cliquer("Continuer")

    assert "Cette situation est déjà transmise" in fenetre.texte
    assert reponses(ouverte) == avant
    assert etape(fenetre, "reperage").adresse == f"/situations/{situation_de(ouverte).cle}/"


def test_withdrawn_rights_disappear_at_transmission(vans):
    situation = brouillon(vans, vans.travail, aspa(), cheque_energie())
    actions.retirer_droit(situation=situation, rang=1, retire=True, par=vans.travail)
    fenetre_de(vans.travail, f"/situations/{situation.cle}/transmettre/").cliquer(COMITE)
    (ligne,) = NonRecours.objects.filter(situation=situation)
    assert ligne.droit == "cheque_energie"


def test_a_draft_can_be_erased_and_a_transmitted_situation_cannot(vans):
    fenetre = commencer(vans, vans.travail).suivre("Relire et transmettre")
    adresse = f"/situations/{situation_de(fenetre).cle}/supprimer/"
    fenetre.cliquer("Supprimer définitivement")
    assert "Brouillon supprimé." in fenetre.texte
    assert not Situation.objects.exists()
    assert fenetre.client.post(adresse).status_code in (403, 404)

    situation = transmise(vans, vans.travail)
    fenetre = fenetre_de(vans.travail, "/")
    jeton = fenetre.page.tous("input", name="csrfmiddlewaretoken")[0]["value"]
    fenetre.client.post(f"/situations/{situation.cle}/supprimer/", {"csrfmiddlewaretoken": jeton})
    assert Situation.objects.get() == situation


# --- returned, then completed ---------------------------------------------------------------


def test_a_returned_situation_is_completed_and_its_figures_follow(vans):
    situation = transmise(vans, vans.travail)
    actions.renvoyer(situation=situation, message="Quel droit au juste ?", par=vans.technique)
    fenetre = fenetre_de(vans.travail)
    assert "Quel droit au juste ?" in fenetre.texte
    fenetre.suivre(f"Compléter la situation {situation.numero_dicte}")
    etape(fenetre, "personne").choisir("age", "a_65_74").cliquer("Continuer")
    fenetre.cliquer("+ Ajouter un autre droit")
    assert projetee() == attendue()
    remplir_droit(fenetre, "chèque énergie", "cheque_energie", rang=2).cliquer("Continuer")
    assert projetee() == attendue()
    fenetre.suivre("Relire et transmettre").cliquer(COMITE)

    situation.refresh_from_db()
    assert situation.statut == "transmise"
    assert situation.numero == situation_de(fenetre).numero
    assert [e.geste for e in situation.evenements.all()] == ["transmettre", "renvoyer", "completer"]
    assert projetee() == attendue()
    assert [bloc["droit"] for bloc in blocs(fenetre)] == ["aspa", "cheque_energie"]


def test_emptying_an_answer_of_a_returned_situation_keeps_its_month_counted(vans):
    situation = transmise(vans, vans.travail)
    actions.renvoyer(situation=situation, message="Quel mois ?", par=vans.technique)
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/saisie/reperage/")
    fenetre.choisir("mois_observation", "").choisir("contexte", "co_suivi").cliquer("Continuer")
    assert situation_de(fenetre).mois_observation == situation.mois_observation
    assert projetee() == attendue()


# --- outcomes, later ------------------------------------------------------------------------


def test_the_author_updates_outcomes_later_and_nothing_else(vans):
    situation = transmise(vans, vans.travail, aspa(), cheque_energie())
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/")
    fenetre.suivre("Actualiser les issues")
    posees = {e["name"] for e in fenetre.id("issues").descendants if e.nom in ("input", "select")}
    assert posees - {"csrfmiddlewaretoken"} == {
        f"nr{rang}-{variable}"
        for rang in (1, 2)
        for variable in ("demande_deposee", "issue", "delai_ouverture")
    }
    avant = projetee()
    fenetre.choisir("nr1-issue", "is_ouvert").choisir("nr1-demande_deposee", "oui")
    fenetre.cliquer("Enregistrer les issues")

    assert "Issues actualisées." in fenetre.texte
    assert "Issue actualisée" in fenetre.texte
    premier, second = blocs(fenetre)
    assert premier == {**aspa(), "issue": "is_ouvert", "demande_deposee": "oui"}
    assert second == cheque_energie()
    assert projetee() == attendue() != avant
    (dernier,) = situation.evenements.filter(geste="actualiser")
    assert dernier.details == {"issues": [{"rang": 1, "avant": "is_cours", "apres": "is_ouvert"}]}
    assert dernier.par == vans.travail


def test_the_delay_is_asked_only_when_the_right_was_opened(vans):
    ouvert = {**aspa(), "issue": "is_ouvert", "delai_ouverture": "de_1_3", "demande_deposee": "oui"}
    situation = transmise(vans, vans.travail, ouvert)
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/issues/")
    assert fenetre.champs("nr1-delai_ouverture")[0].est_visible
    fenetre.choisir("nr1-issue", "is_cours").choisir("nr1-demande_deposee", "")
    fenetre.cliquer("Enregistrer les issues")

    assert blocs(fenetre) == [aspa()]
    assert projetee() == attendue()
    fenetre.suivre("Actualiser les issues")
    assert not fenetre.champs("nr1-delai_ouverture")[0].est_visible


def test_an_outcome_left_empty_is_refused_and_nothing_changes(vans):
    situation = transmise(vans, vans.travail)
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/issues/")
    for champ in fenetre.champs("nr1-issue"):
        champ.attributs.pop("checked", None)
    fenetre.cliquer("Enregistrer les issues")
    assert fenetre.titre.startswith("Erreur")
    assert blocs(fenetre) == [aspa()]
    assert not situation.evenements.filter(geste="actualiser").exists()


def test_a_right_just_added_to_a_returned_situation_does_not_block_the_outcome_of_the_others(vans):
    situation = transmise(vans, vans.travail)
    actions.renvoyer(situation=situation, message="Un autre droit ?", par=vans.technique)
    actions.ajouter_droit(situation=situation, par=vans.travail)
    fenetre = fenetre_de(vans.travail, f"/situations/{situation.cle}/issues/")
    fenetre.choisir("nr1-issue", "is_abandon").cliquer("Enregistrer les issues")
    assert [bloc.get("issue") for bloc in blocs(fenetre)] == ["is_abandon", None]


# --- a new version of the form --------------------------------------------------------------


def test_a_draft_goes_on_with_the_version_it_began_with(vans):
    fenetre = remplir_reperage(commencer(vans, vans.travail))
    premiere = version_en_vigueur(vans.territoire)
    document = document_noyau()
    document["sections"][0]["questions"][1]["libelle"] = "Où l’avez-vous rencontrée ?"
    seconde = publier_version(vans, document)

    fenetre.cliquer("Continuer")

    etape(fenetre, "reperage")
    assert "Dans quel contexte ?" in fenetre.texte
    assert situation_de(fenetre).version == premiere
    nouvelle = commencer(vans, vans.travail)
    assert "Où l’avez-vous rencontrée ?" in nouvelle.texte
    assert situation_de(nouvelle).version == seconde
