"""Two tabs, a double click, a save while one types: nothing is replaced unseen, nothing doubled."""

import pytest

from situations import actions
from situations.models import Situation
from territoires.models import Journal
from tests.gens import aspa, brouillon, cheque_energie
from tests.saisies import (
    COMITE,
    autre_fenetre,
    commencer,
    etape,
    fenetre_de,
    remplir_droit,
    remplir_reperage,
    remplir_tout,
    situation_de,
)


def reponses(fenetre) -> dict:
    return situation_de(fenetre).get_reponses()


def blocs(fenetre) -> list[dict]:
    return [ligne.get_reponses() for ligne in situation_de(fenetre).non_recours_gardes()]


@pytest.fixture
def deux_onglets(vans):
    """The same step of the same draft, twice."""
    premier = remplir_reperage(commencer(vans, vans.travail))
    premier.cliquer("Continuer").cliquer("Précédent")
    return premier, autre_fenetre(premier)


# --- two tabs on one step -------------------------------------------------------------------


def test_answers_changed_elsewhere_are_never_replaced_unseen(deux_onglets):
    ici, ailleurs = deux_onglets
    ailleurs.choisir("contexte", "co_domicile").cliquer("Continuer")

    ici.choisir("contexte", "co_suivi").choisir("venue", "oui").cliquer("Continuer")

    assert ici.statut == 409
    assert reponses(ici)["contexte"] == "co_domicile"
    assert "venue" not in reponses(ici)
    lignes = [
        [case.dit for case in tr.descendants if case.nom in ("th", "td")]
        for tr in ici.page.tous("tr")
    ]
    assert lignes == [
        ["Question", "Ici", "Enregistré ailleurs"],
        ["Dans quel contexte ?", "Entretien de suivi", "Visite à domicile"],
        ["La personne venait-elle pour ce droit ?", "Oui", "Sans réponse"],
    ]
    assert ici.valeur("contexte") == "co_suivi"

    ici.cliquer("Garder ce que j’ai saisi ici")
    assert reponses(ici)["contexte"] == "co_suivi"
    assert reponses(ici)["venue"] == "oui"
    assert ici.adresse.endswith("/saisie/reperage/")


def test_what_was_saved_elsewhere_can_be_taken_back(deux_onglets):
    ici, ailleurs = deux_onglets
    ailleurs.choisir("contexte", "co_domicile").cliquer("Continuer")
    ici.choisir("contexte", "co_suivi").cliquer("Continuer")
    ici.suivre("Reprendre ce qui est enregistré ailleurs")
    assert ici.valeur("contexte") == "co_domicile"
    assert reponses(ici)["contexte"] == "co_domicile"


def test_the_choice_is_asked_again_when_the_draft_changed_again(deux_onglets):
    ici, ailleurs = deux_onglets
    ailleurs.choisir("contexte", "co_domicile").cliquer("Continuer")
    ici.choisir("contexte", "co_suivi").cliquer("Continuer")
    etape(ailleurs, "reperage").choisir("contexte", "co_accueil").cliquer("Continuer")
    ici.cliquer("Garder ce que j’ai saisi ici")
    assert ici.statut == 409
    assert reponses(ici)["contexte"] == "co_accueil"
    ici.cliquer("Garder ce que j’ai saisi ici")
    assert reponses(ici)["contexte"] == "co_suivi"


def test_the_same_answers_in_two_tabs_are_no_conflict(deux_onglets):
    ici, ailleurs = deux_onglets
    for onglet in (ailleurs, ici):
        onglet.choisir("contexte", "co_domicile").cliquer("Continuer")
        assert onglet.statut == 200
        assert onglet.adresse.endswith("/saisie/personne/")


def test_different_steps_in_two_tabs_never_conflict(vans):
    premier = remplir_reperage(commencer(vans, vans.travail))
    second = etape(autre_fenetre(premier), "personne").choisir("age", "a_75p")
    troisieme = remplir_droit(etape(autre_fenetre(premier), "non_recours"))
    quatrieme = etape(autre_fenetre(premier), "suites").choisir("intensite", "2")
    for onglet in (second, premier, quatrieme, troisieme):
        onglet.cliquer("Continuer")
        assert onglet.statut == 200
    assert reponses(premier).keys() == {
        "mois_observation",
        "contexte",
        "personne_informee",
        "age",
        "intensite",
    }
    assert [bloc["droit"] for bloc in blocs(premier)] == ["aspa"]


def test_a_conflict_about_rights_says_which_one(vans):
    situation = brouillon(vans, vans.travail, aspa(), cheque_energie())
    ici = fenetre_de(vans.travail, f"/situations/{situation.cle}/saisie/non_recours/")
    ailleurs = autre_fenetre(ici)
    ailleurs.choisir("nr2-issue", "is_abandon").cliquer("Continuer")
    ici.choisir("nr2-issue", "is_refus").cliquer("Continuer")
    assert ici.statut == 409
    assert "Où en est-on aujourd’hui ? (droit n° 2)" in ici.texte


def test_a_right_withdrawn_in_another_tab_does_not_take_what_is_typed_here(vans):
    situation = brouillon(vans, vans.travail, aspa(), cheque_energie())
    ici = fenetre_de(vans.travail, f"/situations/{situation.cle}/saisie/non_recours/")
    autre_fenetre(ici).cliquer("Retirer le droit n° 2")
    ici.choisir("nr2-issue", "is_refus").cliquer("Continuer")
    assert ici.statut == 409
    assert ici.valeur("nr2-issue") == "is_refus"
    ici.cliquer("Garder ce que j’ai saisi ici").cliquer("Remettre Chèque énergie")
    assert blocs(ici)[1]["issue"] == "is_refus"


# --- double clicks --------------------------------------------------------------------------


def test_a_double_click_on_add_adds_one_right_and_stays_on_the_page(vans):
    fenetre = etape(commencer(vans, vans.travail), "non_recours")
    fenetre.envoyer("+ Ajouter un autre droit")
    fenetre.cliquer("+ Ajouter un autre droit")
    assert situation_de(fenetre).non_recours.count() == 2
    assert fenetre.adresse.endswith("/saisie/non_recours/")
    assert fenetre.id("droit-2")


def test_with_a_script_too_a_double_click_on_add_stays_on_the_page(vans):
    fenetre = etape(commencer(vans, vans.travail), "non_recours")
    (champ,) = fenetre.champs("sans_script")
    champ.attributs["disabled"] = ""
    fenetre.envoyer("+ Ajouter un autre droit")
    fenetre.cliquer("+ Ajouter un autre droit")
    assert situation_de(fenetre).non_recours.count() == 2
    assert fenetre.adresse.endswith("/saisie/non_recours/")


def test_adding_a_right_does_not_swallow_a_refused_answer(vans):
    fenetre = etape(commencer(vans, vans.travail), "non_recours")
    fenetre.ecrire("nr1-droit_recherche", "zzz").cliquer("Chercher", value="chercher:nr1-")
    fenetre.choisir("nr1-droit", "autre").cliquer("Continuer")
    fenetre.ecrire("nr1-droit_precision", "Écrire à a.b@example.org")
    fenetre.cliquer("+ Ajouter un autre droit")
    assert "n’est jamais acceptée" in fenetre.id("erreur-nr1-droit_precision").dit
    assert fenetre.valeur("nr1-droit_precision") == "Écrire à a.b@example.org"
    fenetre.ecrire("nr1-droit_precision", "Aide du fournisseur d’eau")
    fenetre.cliquer("+ Ajouter un autre droit")
    assert [bloc.get("droit_precision") for bloc in blocs(fenetre)] == [
        "Aide du fournisseur d’eau",
        None,
    ]


def test_a_double_click_on_continue_saves_once_and_goes_on(vans):
    fenetre = remplir_reperage(commencer(vans, vans.travail))
    fenetre.envoyer("Continuer")
    fenetre.cliquer("Continuer")
    assert fenetre.adresse.endswith("/saisie/personne/")
    assert Journal.objects.filter(geste="enregistrer").count() == 1


# --- saving while one types -----------------------------------------------------------------


def test_the_script_saves_and_learns_the_new_fingerprint(deux_onglets):
    ici, _ = deux_onglets
    ici.choisir("contexte", "co_domicile")
    reponse = ici.enregistrer_seule()
    corps = reponse.json()
    assert reponse.status_code == 200
    assert corps["enregistre"].startswith("Brouillon enregistré à ")
    assert corps["erreurs"] == {}
    assert corps["resumes"]["reperage"].split() == ["3", "réponses"]
    assert reponses(ici)["contexte"] == "co_domicile"

    (empreinte,) = ici.champs("empreinte")
    assert corps["empreinte"] == etape(autre_fenetre(ici), "reperage").valeur("empreinte")
    empreinte.attributs["value"] = corps["empreinte"]
    ici.choisir("contexte", "co_suivi").cliquer("Continuer")
    assert ici.statut == 200
    assert reponses(ici)["contexte"] == "co_suivi"


def test_the_script_is_told_what_is_refused_and_what_is_doubtful(vans):
    fenetre = etape(commencer(vans, vans.travail), "suites")
    fenetre.ecrire("recit", "Appeler le 06 12 34 56 78.").ecrire("proposition", "Voir M. Durand.")
    corps = fenetre.enregistrer_seule().json()
    assert "n’est jamais accepté" in corps["erreurs"]["q-recit"]
    assert "ressemble au nom d’une personne" in corps["doutes"]["q-proposition"]
    assert reponses(fenetre) == {"proposition": "Voir M. Durand."}


def test_the_script_is_told_of_a_conflict_and_replaces_nothing(deux_onglets):
    ici, ailleurs = deux_onglets
    ailleurs.choisir("contexte", "co_domicile").cliquer("Continuer")
    reponse = ici.choisir("contexte", "co_suivi").enregistrer_seule()
    assert reponse.status_code == 409
    assert reponse.json() == {"conflit": True}
    assert reponses(ici)["contexte"] == "co_domicile"


def test_the_script_is_led_to_the_situation_transmitted_meanwhile(vans):
    ici = etape(remplir_tout(vans, vans.travail), "suites")
    etape(autre_fenetre(ici), "suites").suivre("Relire et transmettre").cliquer(COMITE)
    reponse = ici.choisir("intensite", "1").enregistrer_seule()
    assert reponse.status_code == 409
    assert reponse.json() == {
        "transmise": True,
        "adresse": situation_de(ici).get_absolute_url(),
    }
    assert reponses(ici)["intensite"] == "3"


def test_saving_again_without_a_change_writes_nothing(deux_onglets):
    ici, _ = deux_onglets
    avant = Journal.objects.count(), situation_de(ici).modifiee_le
    assert ici.enregistrer_seule().status_code == 200
    assert (Journal.objects.count(), situation_de(ici).modifiee_le) == avant


def test_a_draft_made_incomplete_elsewhere_is_not_transmitted(vans, monkeypatch):
    """Between the check and the transmission, another tab empties a required answer."""
    fenetre = remplir_tout(vans, vans.travail)
    verrouiller = actions.saisie.verrouiller

    def verrouiller_apres_un_autre_onglet(situation):
        ailleurs = Situation.objects.get(pk=situation.pk)
        ailleurs.set_reponses({})
        ailleurs.save()
        return verrouiller(situation)

    monkeypatch.setattr(actions.saisie, "verrouiller", verrouiller_apres_un_autre_onglet)
    monkeypatch.setattr(actions, "verrouiller", verrouiller_apres_un_autre_onglet)
    fenetre.cliquer(COMITE)
    assert "points à voir avant de transmettre" in fenetre.texte
    assert situation_de(fenetre).statut == "brouillon"
