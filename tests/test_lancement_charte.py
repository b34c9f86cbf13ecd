"""The charter at first login: before anything else of the territory, whatever the address."""

import html
import json
import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from situations.models import Situation
from territoires.actions import ajouter_membre
from territoires.actions.lancement import CharteRemplacee, accepter_charte, adopter_charte
from territoires.charte import ENONCE, en_vigueur, suite_de
from territoires.models import Adhesion, Charte, Comite, Journal, Utilisateur
from tests import matrice
from tests.gens import accepter, brouillon

ENTETE_DU_SCRIPT = {"X-Enregistrement": "auto"}


def charte_de(gens) -> str:
    return f"/territoires/{gens.territoire.slug}/charte/"


def nouvelle_charte(gens, suite="Une ligne de plus.") -> Charte:
    """Another version, that nobody has accepted yet."""
    return adopter_charte(territoire=gens.territoire, suite=suite, par=gens.administrateur)


def lire(client, adresse: str) -> str:
    return client.get(adresse).text


@pytest.fixture
def nouveau(vans, client) -> Utilisateur:
    """Just seated in the groupe de travail, logged in, has accepted nothing."""
    compte = Utilisateur.objects.create_user("nouveau@vans.example", "secret", nom="Nouveau")
    ajouter_membre(
        comite=vans.territoire.comites.get(nature=Comite.Nature.GROUPE_DE_TRAVAIL),
        utilisateur=compte,
        organisme=vans.organisme,
        par=vans.animateur,
    )
    client.force_login(compte)
    return compte


def test_a_la_premiere_connexion_la_charte_puis_la_page_demandee(vans, nouveau, client):
    demandee = f"/territoires/{vans.territoire.slug}/situations/?q=aspa&statut=validee"
    reponse = client.get(demandee, follow=True)
    assert reponse.redirect_chain[0][0].startswith(charte_de(vans))
    lue = reponse.text
    assert html.escape(ENONCE, quote=False) in lue
    for nom in ("connaissance", "demande", "réception", "proposition", "orientation"):
        assert f"<strong>Non-{nom}</strong>" in lue
    assert "Ce qu’il ne faut jamais écrire" in lue
    suite = html.unescape(re.search(r'name="suite" value="([^"]+)"', lue).group(1))
    envoi = {"numero": "1", "acceptee": "on", "suite": suite}
    apres = client.post(charte_de(vans), envoi)
    assert apres["Location"] == demandee
    assert client.get(demandee).status_code == 200
    adhesion = Adhesion.objects.get(utilisateur=nouveau)
    assert adhesion.charte.numero == 1
    assert Journal.objects.filter(geste="accepter_charte", utilisateur_id=nouveau.pk).count() == 1
    assert "Vous l’avez acceptée le" in lire(client, charte_de(vans))


def test_sans_cocher_rien_n_est_accepte(vans, nouveau, client):
    reponse = client.post(charte_de(vans), {"numero": "1", "suite": "/territoires/x/"})
    assert reponse.status_code == 200
    assert "Cochez la case" in reponse.text
    assert 'value="/territoires/x/"' in reponse.text
    assert not Adhesion.objects.filter(utilisateur=nouveau).exists()


def test_accepter_deux_fois_n_accepte_qu_une(vans, nouveau, client):
    for _ in range(2):
        client.post(charte_de(vans), {"numero": "1", "acceptee": "on"})
    assert Adhesion.objects.filter(utilisateur=nouveau).count() == 1
    assert Journal.objects.filter(geste="accepter_charte", utilisateur_id=nouveau.pk).count() == 1


def test_une_nouvelle_version_se_demande_de_nouveau(vans, client):
    client.force_login(vans.technique)
    relecture = f"/territoires/{vans.territoire.slug}/relecture/"
    assert client.get(relecture).status_code == 200
    nouvelle_charte(vans)
    assert client.get(relecture)["Location"].startswith(charte_de(vans))
    assert "Elle vient de changer" in lire(client, charte_de(vans))
    accepter(vans.territoire, vans.technique)
    assert client.get(relecture).status_code == 200


def test_on_n_accepte_pas_une_version_que_l_on_n_a_pas_lue(vans, nouveau, client):
    nouvelle_charte(vans, "Tout autre chose.")
    reponse = client.post(charte_de(vans), {"numero": "1", "acceptee": "on"})
    assert reponse.status_code == 200
    assert "La charte vient de changer" in reponse.text
    assert "Tout autre chose." in reponse.text
    assert not Adhesion.objects.filter(utilisateur=nouveau).exists()
    with pytest.raises(CharteRemplacee):
        accepter_charte(territoire=vans.territoire, numero=1, par=nouveau)


def test_qui_refuse_la_charte_peut_quitter_son_comite(vans, nouveau, client):
    depart = reverse(
        "situations:faire_partir", args=[vans.territoire.slug, nouveau.sieges.get().pk]
    )
    assert f'href="{depart}"' in lire(client, charte_de(vans))
    assert client.get(depart).status_code == 200


def test_un_administrateur_sans_siege_n_a_rien_a_accepter(vans, client):
    nouvelle_charte(vans)
    client.force_login(vans.administrateur)
    assert client.get(f"/territoires/{vans.territoire.slug}/formulaire/").status_code == 200
    reponse = client.post(charte_de(vans), {"numero": "2", "acceptee": "on"})
    assert reponse.status_code == 403


def test_sans_charte_adoptee_rien_n_est_demande(national, client, vans):
    """A territory at its beginning: one enters, and the collection is closed anyway."""
    neuf = matrice.actions.creer_territoire(nom="Neuf", niveau="autre", communes=[], par=national)
    ajouter_membre(
        comite=neuf.comites.get(nature=Comite.Nature.TECHNIQUE),
        utilisateur=vans.technique,
        organisme=vans.organisme,
        par=national,
    )
    client.force_login(vans.technique)
    assert client.get(f"/territoires/{neuf.slug}/relecture/").status_code == 200
    assert "Aucune charte n’est adoptée" in lire(client, f"/territoires/{neuf.slug}/charte/")
    nouvelle = lire(client, f"/territoires/{neuf.slug}/situations/nouvelle/")
    assert "La collecte n’est pas encore ouverte" in nouvelle


def test_la_charte_d_un_territoire_n_arrete_pas_dans_un_autre(vans, drome, client):
    ajouter_membre(
        comite=drome.territoire.comites.get(nature=Comite.Nature.TECHNIQUE),
        utilisateur=vans.technique,
        organisme=drome.organisme,
        par=drome.animateur,
    )
    client.force_login(vans.technique)
    assert client.get(f"/territoires/{vans.territoire.slug}/relecture/").status_code == 200
    la_bas = client.get(f"/territoires/{drome.territoire.slug}/relecture/")
    assert la_bas["Location"].startswith(charte_de(drome))
    ensemble = client.get("/tableau-de-bord/mes-territoires/")
    assert ensemble["Location"].startswith(charte_de(drome))


def test_ce_qui_etait_poste_se_renvoie_apres_avoir_accepte(vans, client):
    """A new version is adopted while somebody types, without a script."""
    situation = brouillon(vans, vans.travail)
    client.force_login(vans.travail)
    nouvelle_charte(vans)
    adresse = reverse("situations:saisir", args=[situation.cle, "suites"])
    recit = "Elle craint « la succession ».\r\n<b>Aucun</b> guichet."
    saisi = {"empreinte": "x", "recit": recit, "intensite": "3", "action": "continuer"}
    refus = client.post(adresse, saisi)
    assert refus.status_code == 403
    assert "n’est pas perdu" in refus.text
    reprise = html.unescape(re.search(r'name="reprise" value="([^"]+)"', refus.text).group(1))
    assert json.loads(reprise)[0] == adresse
    sans_case = client.post(charte_de(vans), {"numero": "2", "reprise": reprise})
    assert html.escape(reprise) in sans_case.text
    apres = client.post(charte_de(vans), {"numero": "2", "acceptee": "on", "reprise": reprise})
    assert f'action="{adresse}"' in apres.text
    champs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', apres.text)
    renvoye = {nom: html.unescape(valeur) for nom, valeur in champs}
    assert {nom: renvoye[nom] for nom in saisi} == saisi


@pytest.mark.parametrize(
    "reprise",
    [
        "",
        "{",
        "[]",
        '["/", 3]',
        '["https://ailleurs.example/", []]',
        '["//ailleurs.example/", []]',
        '["javascript:alert(1)", []]',
    ],
)
def test_une_reprise_fabriquee_ne_mene_pas_ailleurs(vans, nouveau, client, reprise):
    envoi = {"numero": "1", "acceptee": "on", "reprise": reprise, "suite": "//ailleurs.example/"}
    reponse = client.post(charte_de(vans), envoi)
    assert (reponse.status_code, reponse["Location"]) == (302, "/")


def test_l_enregistrement_automatique_dit_d_aller_lire_la_charte(vans, client):
    situation = brouillon(vans, vans.travail)
    client.force_login(vans.travail)
    nouvelle_charte(vans)
    adresse = reverse("situations:saisir", args=[situation.cle, "reperage"])
    reponse = client.post(adresse, {"contexte": "co_accueil"}, headers=ENTETE_DU_SCRIPT)
    assert reponse.status_code == 403
    assert reponse.json()["adresse"] == charte_de(vans)
    assert "charte" in reponse.json()["message"]
    cherche = client.get(
        f"/situations/{situation.cle}/droits/?q=aspa", headers={"Sec-Fetch-Dest": "empty"}
    )
    assert (cherche.status_code, cherche.json()["lien"]) == (403, "Lire la charte")
    assert Situation.objects.get().get_reponses() == situation.get_reponses()


SIEGENT = ("auteur", "technique", "animateur", "pilotage")
OUVRENT = ("200", "409", "fait")
# The charter itself, and one's own departure: whoever refuses it may leave.
SANS_CHARTE = ("/territoires/SLUG/charte/", "/territoires/SLUG/membres/SIEGE/depart/")


@pytest.mark.parametrize("etat", matrice.ETATS)
def test_aucune_adresse_du_territoire_ne_contourne_la_charte(etat, vans, drome, national):
    """Each address that opens to a seat, for the first reader to whom it opens."""
    situation = None if etat == "-" else matrice.situation_en(etat, vans)
    nouvelle_charte(vans)
    lecteurs = matrice.lecteurs(vans, drome, national)
    clients = {}
    for nom in SIEGENT:
        clients[nom] = Client()
        clients[nom].force_login(lecteurs[nom])
    passees = []
    for ligne in matrice.LIGNES:
        du_territoire = "SLUG" in ligne.adresse or "CLE" in ligne.adresse
        nom = next((n for n in SIEGENT if ligne.attendus[n] in OUVRENT), None)
        if ligne.etat != etat or not du_territoire or nom is None:
            continue
        est_publique = ligne.attendus["anonyme"] in OUVRENT
        if ligne.adresse in SANS_CHARTE or est_publique:
            continue
        obtenu = _demander(ligne, clients[nom], vans, situation)
        if obtenu not in ("charte", "403"):
            passees.append(f"{ligne.methode} {ligne.adresse} ({etat}) pour {nom} : {obtenu}")
    assert passees == []


def _demander(ligne, client, gens, situation) -> str:
    """« charte » when the reader is sent to it, else what the table of addresses would say."""
    with transaction.atomic():
        adresse = matrice.adresse_reelle(ligne.adresse, gens, situation)
        avant = matrice.empreinte_de_la_base()
        reponse = matrice.demander(ligne, client, adresse, situation)
        change = matrice.empreinte_de_la_base() != avant
        transaction.set_rollback(True)
    if reponse.status_code == 302 and reponse["Location"].startswith(charte_de(gens)):
        return "charte"
    return matrice.resultat(reponse, change)


def test_l_enonce_reste_quoi_qu_on_ecrive(vans, client):
    client.force_login(vans.administrateur)
    adoption = f"{charte_de(vans)}adopter/"
    assert html.escape(ENONCE, quote=False) in lire(client, adoption)
    client.post(adoption, {"suite": "Rien ne sort d’ici.\r\n\r\nOn se réunit le mardi.\r\n"})
    charte = en_vigueur(vans.territoire)
    assert charte.numero == 2
    assert charte.texte == f"{ENONCE}\n\nRien ne sort d’ici.\n\nOn se réunit le mardi."
    assert suite_de(charte.texte) in lire(client, adoption)


def test_le_meme_texte_adopte_deux_fois_reste_la_meme_version(vans):
    premiere, seconde = nouvelle_charte(vans), nouvelle_charte(vans)
    assert premiere == seconde
    assert vans.territoire.chartes.count() == 2


def test_chaque_version_reste_lisible(vans, client):
    nouvelle_charte(vans, "La nouvelle.")
    client.force_login(vans.administrateur)
    assert "Une autre l’a remplacée depuis" in lire(client, f"{charte_de(vans)}1/")
    assert "La nouvelle." in lire(client, f"{charte_de(vans)}2/")
    assert "Version 1</a>" in lire(client, charte_de(vans))


def test_une_charte_vide_est_refusee(vans, client):
    client.force_login(vans.administrateur)
    reponse = client.post(f"{charte_de(vans)}adopter/", {"suite": "  \n "})
    assert reponse.status_code == 200
    assert "Gardez au moins le texte proposé" in reponse.text
    assert vans.territoire.chartes.count() == 1
