"""Who takes part: seats and organismes change, people leave, and what they had ends that minute."""

import re

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from bnr.contexte import entete
from situations import actions as gestes
from situations.actions import depart
from situations.brouillon import Etape
from situations.models import Evenement, Situation
from situations.versions import definition_de
from territoires import actions
from territoires.models import Comite, Journal, Membre, Organisme
from territoires.permissions import Role, roles_de, sans_animateur
from tests.gens import accepter, brouillon, transmise
from tests.matrice.membres import invitation

MEMBRES = "/territoires/pays-des-vans/membres/"


def siege(utilisateur, nature=None) -> Membre:
    sieges = Membre.objects.actuels().filter(utilisateur=utilisateur)
    return (sieges.filter(comite__nature=nature) if nature else sieges).get()


def asseoir(gens, utilisateur, nature, organisme=None) -> Membre:
    membre = actions.ajouter_membre(
        comite=gens.territoire.comites.get(nature=nature),
        utilisateur=utilisateur,
        organisme=organisme or gens.organisme,
        par=gens.animateur,
    )
    accepter(gens.territoire, utilisateur)
    return membre


def renvoyee(gens, auteur) -> Situation:
    situation = transmise(gens, auteur)
    gestes.renvoyer(situation=situation, message="Précisez.", par=gens.animateur)
    return Situation.objects.get(pk=situation.pk)


def connecter(utilisateur) -> Client:
    client = Client()
    client.force_login(utilisateur)
    return client


def test_chacun_lit_qui_siege_mais_seul_qui_gere_lit_les_adresses(vans, client):
    invitation(vans)
    for personne in (vans.travail, vans.technique, vans.pilotage):
        client.force_login(personne)
        texte = client.get(MEMBRES).text
        for attendu in ("Technique", "Groupe de travail", "CCAS", "Anime", "Administrateur"):
            assert attendu in texte
        assert "@pays-des-vans.example" not in texte
        assert "attendue@ici.example" not in texte
        assert "Inviter" not in texte
    for personne in (vans.animateur, vans.administrateur):
        client.force_login(personne)
        texte = client.get(MEMBRES).text
        assert vans.travail.email in texte
        assert "attendue@ici.example" in texte
        assert "ancien@" not in texte


def test_chercher_dans_une_longue_liste(vans, client):
    client.force_login(vans.animateur)
    assert 'type="search"' not in client.get(MEMBRES).text
    texte = client.get(MEMBRES, {"q": "TECHNIQUE ccas"}).text
    assert "2 sièges sur 5" in texte
    assert vans.technique.email in texte
    assert vans.travail.email not in texte


def test_changer_d_organisme_vaut_pour_la_suite(vans, client):
    avant = transmise(vans, vans.travail)
    autre = actions.creer_organisme(
        territoire=vans.territoire, nom="Mairie", categorie="CCAS", par=vans.animateur
    )
    client.force_login(vans.administrateur)
    client.post(f"{MEMBRES}{siege(vans.travail).pk}/", {"organisme": autre.pk})
    assert siege(vans.travail).organisme == autre
    assert Situation.objects.get(pk=avant.pk).organisme == vans.organisme
    assert transmise(vans, vans.travail).organisme == autre


def test_un_organisme_d_ailleurs_ne_se_choisit_pas(vans, drome, client):
    client.force_login(vans.administrateur)
    reponse = client.post(f"{MEMBRES}{siege(vans.travail).pk}/", {"organisme": drome.organisme.pk})
    assert "Choisissez un organisme de la liste" in reponse.text
    assert client.get(f"{MEMBRES}{siege(drome.travail).pk}/").status_code == 404
    adresse = f"{MEMBRES}organismes/{drome.organisme.pk}/"
    assert client.post(adresse, {"nom": "Pris", "categorie": "CAF"}).status_code == 404


@pytest.mark.parametrize(
    ("nom", "categorie", "phrase"),
    [
        ("", "CAF", "Donnez un nom"),
        ("ccas", "CAF", "porte déjà ce nom"),
        ("Caf", "", "Choisissez une catégorie"),
        ("Caf", "ROI", "Choisissez une catégorie"),
        ("x" * 161, "CAF", "trop long"),
    ],
)
def test_un_organisme_refuse_dit_pourquoi(vans, client, nom, categorie, phrase):
    client.force_login(vans.animateur)
    reponse = client.post(f"{MEMBRES}organismes/", {"nom": nom, "categorie": categorie})
    assert phrase in reponse.text
    assert Organisme.objects.filter(territoire=vans.territoire).count() == 1


def test_faire_partir_ferme_tout_a_la_minute_meme_la_page_ouverte(vans):
    """GET, the form that was on the screen, and what its script saves by itself."""
    situation = brouillon(vans, vans.travail)
    ouverte = connecter(vans.travail)
    adresse = f"{situation.get_absolute_url()}saisie/reperage/"
    assert ouverte.get(adresse).status_code == 200
    empreinte = Etape(
        situation, definition_de(situation.version_id).section("reperage")
    ).empreinte()
    saisie = {"empreinte": empreinte, "contexte": "co_accueil", "action": "continuer"}
    gestion = connecter(vans.animateur)
    gestion.post(f"{MEMBRES}{siege(vans.travail).pk}/depart/")
    apres = Situation.objects.get(pk=situation.pk).get_reponses()
    reponses = [
        ouverte.get(adresse),
        ouverte.post(adresse, saisie),
        ouverte.post(adresse, saisie, headers={"X-Enregistrement": "auto"}),
        ouverte.get(MEMBRES),
    ]
    # No role is left anywhere: the session itself is closed.
    assert {r.status_code for r in reponses} <= {302, 401, 403}
    assert all("/comptes/connexion/" in r["Location"] for r in reponses if r.status_code == 302)
    assert Situation.objects.get(pk=situation.pk).get_reponses() == apres
    reconnecte = connecter(vans.travail)
    assert reconnecte.get(adresse).status_code == 404
    assert reconnecte.post(adresse, saisie).status_code == 404
    assert reconnecte.get(MEMBRES).status_code == 404


def test_qui_garde_un_role_ailleurs_garde_sa_session_mais_rien_ici(vans, drome):
    asseoir(drome, vans.travail, Comite.Nature.GROUPE_DE_TRAVAIL)
    situation = brouillon(vans, vans.travail)
    ouverte = connecter(vans.travail)
    adresse = f"{situation.get_absolute_url()}saisie/reperage/"
    assert ouverte.get(adresse).status_code == 200
    actions.faire_partir(membre=siege_ici(vans, vans.travail), par=vans.animateur)
    assert ouverte.get(adresse).status_code == 404
    assert ouverte.post(adresse, {"contexte": "co_accueil"}).status_code == 404
    auto = ouverte.post(adresse, {"contexte": "co_accueil"}, headers={"X-Enregistrement": "auto"})
    assert auto.status_code == 404
    assert ouverte.get(MEMBRES).status_code == 404
    assert ouverte.get("/territoires/drome/situations/").status_code == 200


def siege_ici(gens, utilisateur) -> Membre:
    return Membre.objects.actuels().get(utilisateur=utilisateur, comite__territoire=gens.territoire)


def test_ce_qui_est_en_cours_passe_a_un_membre_du_meme_organisme(vans, client):
    autre = actions.creer_organisme(
        territoire=vans.territoire, nom="Mairie", categorie="CCAS", par=vans.animateur
    )
    actions.changer_organisme(membre=siege(vans.travail), organisme=autre, par=vans.animateur)
    asseoir(vans, vans.pilotage, Comite.Nature.GROUPE_DE_TRAVAIL, autre)
    en_cours = [brouillon(vans, vans.travail), renvoyee(vans, vans.travail)]
    partie = transmise(vans, vans.travail)
    client.force_login(vans.administrateur)
    adresse = f"{MEMBRES}{siege(vans.travail).pk}/depart/"
    texte = client.get(adresse).text
    assert "2 situations en cours" in texte
    assert "passent à <strong>Pilotage</strong>" in texte
    assert "2 situations passent à Pilotage" in client.post(adresse, follow=True).text
    apres = [Situation.objects.get(pk=s.pk) for s in en_cours]
    assert {s.auteur for s in apres} == {vans.pilotage}
    assert [s.modifiee_le for s in apres] == [s.modifiee_le for s in en_cours]
    assert Situation.objects.get(pk=partie.pk).auteur == vans.travail
    evenement = apres[1].evenements.get(geste=Evenement.Geste.CONFIER)
    assert (evenement.par, evenement.details["de"]) == (vans.administrateur, vans.travail.pk)
    lignes = Journal.objects.filter(geste="confier", utilisateur_id=vans.administrateur.pk)
    assert set(lignes.values_list("objet_id", flat=True)) == {str(s.pk) for s in en_cours}
    # The new author goes on, and may still erase the draft.
    reprise = connecter(vans.pilotage)
    assert reprise.get(f"{apres[1].get_absolute_url()}saisie/reperage/").status_code == 200
    reprise.post(f"{apres[0].get_absolute_url()}supprimer/")
    assert not Situation.objects.filter(pk=apres[0].pk).exists()


def test_sans_personne_du_meme_organisme_l_animateur_reprend(vans):
    autre = actions.creer_organisme(
        territoire=vans.territoire, nom="Mairie", categorie="CCAS", par=vans.animateur
    )
    actions.changer_organisme(membre=siege(vans.travail), organisme=autre, par=vans.animateur)
    situation = brouillon(vans, vans.travail)
    fait = depart.faire_partir(membre=siege(vans.travail), par=vans.animateur)
    assert (fait.nombre, fait.repreneur) == (1, vans.animateur)
    assert Situation.objects.get(pk=situation.pk).auteur == vans.animateur


def test_qui_garde_un_siege_ou_saisir_garde_ses_brouillons(vans):
    asseoir(vans, vans.travail, Comite.Nature.TECHNIQUE)
    situation = brouillon(vans, vans.travail)
    groupe = siege(vans.travail, Comite.Nature.GROUPE_DE_TRAVAIL)
    assert depart.faire_partir(membre=groupe, par=vans.animateur) == depart.Depart(0, None)
    assert Situation.objects.get(pk=situation.pk).auteur == vans.travail
    assert roles_de(vans.travail, vans.territoire) == {Role.COMITE_TECHNIQUE}


def test_ce_qui_echoue_ne_se_fait_pas_a_moitie(vans, monkeypatch):
    situation = brouillon(vans, vans.travail)

    def tomber(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(depart.journal, "ecrire", tomber)
    with pytest.raises(RuntimeError), transaction.atomic():
        depart.faire_partir(membre=siege(vans.travail), par=vans.animateur)
    assert siege(vans.travail).au is None
    assert Situation.objects.get(pk=situation.pk).auteur == vans.travail


def test_quitter_de_soi_meme(vans, client):
    client.force_login(vans.travail)
    adresse = f"{MEMBRES}{siege(vans.travail).pk}/depart/"
    assert "Votre siège" in client.get(adresse).text
    assert client.get(f"{MEMBRES}{siege(vans.collegue).pk}/depart/").status_code == 403
    assert "Vous ne siégez plus" in client.post(adresse, follow=True).text
    assert not roles_de(vans.travail, vans.territoire)
    assert client.get("/").status_code == 302
    assert Journal.objects.filter(geste="faire_partir", utilisateur_id=vans.travail.pk).exists()


def test_qui_refuse_la_charte_peut_quitter(vans, client):
    vans.territoire.chartes.create(numero=2, texte="Nouvelle.", adoptee_par=vans.animateur)
    client.force_login(vans.travail)
    adresse = f"{MEMBRES}{siege(vans.travail).pk}/depart/"
    assert client.get(adresse).status_code == 200
    client.post(adresse)
    assert not roles_de(vans.travail, vans.territoire)


def test_partir_revoque_ce_qui_etait_encore_offert_ici(vans):
    attendue, _ = invitation(vans, vans.travail.email)
    actions.faire_partir(membre=siege(vans.travail), par=vans.animateur)
    attendue.refresh_from_db()
    assert attendue.revoquee_le


def test_revenir_le_meme_jour(vans):
    actions.faire_partir(membre=siege(vans.travail), par=vans.animateur)
    asseoir(vans, vans.travail, Comite.Nature.GROUPE_DE_TRAVAIL)
    assert roles_de(vans.travail, vans.territoire) == {Role.GROUPE_DE_TRAVAIL}
    assert Membre.objects.filter(utilisateur=vans.travail, au=timezone.localdate()).count() == 1


def test_l_animateur_parti_le_territoire_le_dit_sur_toutes_ses_pages(vans, client):
    situation = brouillon(vans, vans.animateur)
    seul = actions.creer_organisme(
        territoire=vans.territoire, nom="Seul", categorie="CCAS", par=vans.animateur
    )
    actions.changer_organisme(membre=siege(vans.animateur), organisme=seul, par=vans.animateur)
    client.force_login(vans.administrateur)
    assert "cherche son animateur" not in client.get(MEMBRES).text
    adresse = f"{MEMBRES}{siege(vans.animateur).pk}/depart/"
    assert "prochain animateur désigné" in client.get(adresse).text
    client.post(adresse)
    assert sans_animateur(vans.territoire)
    for page in (MEMBRES, "/territoires/pays-des-vans/formulaire/"):
        assert "cherche son animateur" in client.get(page).text
    for autre in (vans.travail, vans.technique, vans.pilotage):
        assert "cherche son animateur" not in connecter(autre).get(MEMBRES).text
    # What nobody could take waits for the successor.
    assert Situation.objects.get(pk=situation.pk).auteur == vans.animateur
    adresse = f"{MEMBRES}{siege(vans.technique).pk}/animateur/"
    assert "Personne n’anime" in client.get(adresse).text
    reponse = client.post(adresse, follow=True)
    assert "Une situation passe à cette personne" in reponse.text
    assert "cherche son animateur" not in reponse.text
    assert Role.ANIMATEUR in roles_de(vans.technique, vans.territoire)
    assert Situation.objects.get(pk=situation.pk).auteur == vans.technique


def test_un_successeur_remplace_l_animateur_qui_reste_membre(vans, client):
    client.force_login(vans.animateur)
    client.post(f"{MEMBRES}{siege(vans.technique).pk}/animateur/")
    assert Membre.objects.actuels().animateurs().get().utilisateur == vans.technique
    assert roles_de(vans.animateur, vans.territoire) == {Role.COMITE_TECHNIQUE}
    assert client.get(f"{MEMBRES}inviter/").status_code == 403


def test_on_n_anime_que_depuis_le_comite_technique(vans, client):
    client.force_login(vans.administrateur)
    assert client.post(f"{MEMBRES}{siege(vans.travail).pk}/animateur/").status_code == 404
    with pytest.raises(ValueError, match="no animateur"):
        actions.designer_animateur(membre=siege(vans.travail), par=vans.administrateur)
    assert Membre.objects.actuels().animateurs().get().utilisateur == vans.animateur


def test_douze_territoires_tiennent_dans_l_en_tete(vans, national, client, rf):
    for rang in range(11):
        territoire = gestes.creer_territoire(
            nom=f"Territoire {rang:02}", niveau="autre", communes=[], par=national
        )
        actions.nommer_administrateur(
            territoire=territoire, utilisateur=vans.administrateur, par=national
        )
    client.force_login(vans.administrateur)
    texte = client.get(MEMBRES).text
    liste = re.search(r'<details class="deroulant">(.*?)</details>', texte, re.S).group(1)
    assert liste.count("<li>") == 12
    assert liste.count("aria-current") == 1
    suivante = client.get("/territoires/territoire-05/", follow=True)
    assert suivante.context["territoire_courant"].slug == "territoire-05"
    assert entete(suivante.wsgi_request)["territoire_courant"].slug == "territoire-05"
    assert mail.outbox == []
