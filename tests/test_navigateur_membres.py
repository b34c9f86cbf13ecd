"""The members in a real browser: nobody yet, two hundred, a list corrected, its sending followed."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests import bases
from tests.navigateur import Temoin, entrer

pytestmark = pytest.mark.navigateur

DEUX_CENTS = """
from territoires.actions import ajouter_membre
from territoires.models import Membre, Territoire, Utilisateur
territoire = Territoire.objects.get(slug="pays-des-vans")
organismes = list(territoire.organismes.all())
for rang in range(200):
    compte = Utilisateur.objects.create(
        email=f"p{rang}@ici.example", nom=f"Prénom{rang} Nom{rang}", password="!"
    )
    comite = territoire.comites.all()[rang % 3]
    organisme = organismes[rang % len(organismes)]
    ajouter_membre(comite=comite, utilisateur=compte, organisme=organisme, par=None)
"""
PERSONNE = """
from django.utils import timezone
from territoires.models import Membre
Membre.objects.filter(comite__territoire__slug="pays-des-vans").update(au=timezone.localdate())
"""
LISTE = (
    "Nom\tE-mail\tOrganisme\tComité\n"
    "Aude Roux\taude.roux@ici.example\tCCAS des Vans\tGT\n"
    "Paul Durand\tpaul(at)ici.example\tCCAS des Vans\tGT\n"
    "Zoé Martin\tzoe@ici.example\tAssociation Le Pont\tGT\n"
    "Luc Petit\tluc@ici.example\tCCAS des Vans\tcomité des fêtes\n"
    "Aude Roux\taude.roux@ici.example\tCCAS des Vans\tGT\n"
)


def executer(serveur, code: str) -> None:
    bases.manage(serveur.base, "shell", "--verbosity=0", "-c", code)


def ouvrir(page: Page, serveur, suite: str = "") -> None:
    page.goto(f"{serveur.adresse}/territoires/pays-des-vans/membres/{suite}")


def test_la_page_des_membres_sans_personne_puis_avec_deux_cents(serveur, page):
    temoin = Temoin(page)
    entrer(page, serveur.adresse, "Quentin Roche")
    executer(serveur, PERSONNE)
    ouvrir(page, serveur)
    expect(page.get_by_text("cherche son animateur")).to_be_visible()
    expect(page.get_by_text("Personne n’y siège encore")).to_have_count(3)
    temoin.examiner()
    executer(serveur, DEUX_CENTS)
    ouvrir(page, serveur)
    expect(page.get_by_role("row")).to_have_count(203)
    temoin.examiner()
    page.get_by_label("Nom, organisme ou comité").fill("prenom42")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("status").filter(has_text="pour «")).to_contain_text("1 siège sur 200")
    for suite in ("inviter/", "organismes/", "administrateurs/", "liste/"):
        ouvrir(page, serveur, suite)
        temoin.examiner()


def test_une_liste_se_colle_se_corrige_et_son_envoi_se_suit(serveur, page, tmp_path):
    temoin = Temoin(page)
    entrer(page, serveur.adresse, "Quentin Roche")
    ouvrir(page, serveur, "liste/")
    page.get_by_role("textbox", name="La liste").fill(LISTE)
    page.get_by_role("button", name="Relire la liste").click()
    expect(page.get_by_role("status")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("3 lignes à corriger")
    temoin.examiner()
    ligne = page.get_by_role("group", name="Ligne 3")
    ligne.get_by_label("Adresse e-mail").fill("paul@ici.example")
    page.get_by_role("group", name="Ligne 5").get_by_label("Comité").select_option(
        "Groupe de travail"
    )
    page.get_by_role("checkbox", name="Association Le Pont").check()
    page.get_by_label("Catégorie de Association Le Pont").select_option(index=1)
    page.get_by_role("button", name="Créer les organismes cochés").click()
    expect(page.get_by_role("status")).to_contain_text("4 personnes prêtes")
    page.get_by_role("button", name="Inviter les 4 personnes prêtes").click()
    avancement = page.locator("#avancement")
    expect(avancement).to_contain_text("0 invitation partie sur 4, 4 en attente")
    temoin.examiner()
    _laisser_envoyer(serveur, tmp_path)
    # The page follows by itself.
    expect(avancement).to_contain_text("Envoi terminé", timeout=15_000)
    expect(page).to_have_title(re.compile("Envoi terminé"))
    temoin.examiner()


def test_sans_script_l_avancement_s_actualise_par_un_lien(serveur, page_sans_script, tmp_path):
    page = page_sans_script
    entrer(page, serveur.adresse, "Quentin Roche")
    ouvrir(page, serveur, "liste/")
    page.get_by_role("textbox", name="La liste").fill("aude@ici.example;CCAS des Vans;GT;Aude")
    page.get_by_role("button", name="Relire la liste").click()
    page.get_by_role("button", name="Inviter la personne prête").click()
    expect(page.locator("#avancement")).to_contain_text("1 en attente")
    _laisser_envoyer(serveur, tmp_path)
    page.get_by_role("link", name="Actualiser").click()
    expect(page.locator("#avancement")).to_contain_text("Envoi terminé")


def _laisser_envoyer(serveur, dossier) -> None:
    """The worker empties the queue; e-mails are written in this directory."""
    subprocess.run(
        [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay"],
        cwd=bases.RACINE,
        env=bases.environnement(serveur.base, EMAIL_URL=f"filemail:///{dossier}/courriels"),
        check=True,
        stderr=subprocess.DEVNULL,
    )


def test_une_personne_invitee_cree_son_compte_et_arrive(serveur, page, tmp_path):
    temoin = Temoin(page)
    entrer(page, serveur.adresse, "Solène Vidal")
    ouvrir(page, serveur, "inviter/")
    page.get_by_label("Nom et prénom").fill("Noé Vidal")
    page.get_by_label("Adresse e-mail").fill("noe@ici.example")
    page.get_by_label("Organisme").select_option("CCAS des Vans")
    page.get_by_label("Comité").select_option("Groupe de travail")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_text("part pour noe@ici.example")).to_be_visible()
    _laisser_envoyer(serveur, tmp_path)
    (courriel,) = [
        (tmp_path / "courriels" / nom).read_text() for nom in os.listdir(tmp_path / "courriels")
    ]
    lien = re.search(r"http://localhost:\d+/invitations/\S+", courriel.replace("=\n", "")).group()
    page.goto(lien)
    expect(page.get_by_role("heading", level=1)).to_contain_text("n’est pas pour ce compte")
    temoin.examiner()
    page.locator("main").get_by_role("button", name="Se déconnecter").click()
    page.goto(lien)
    temoin.examiner()
    page.get_by_label("Mot de passe", exact=False).first.fill("une phrase assez longue")
    page.get_by_label("une seconde fois").fill("une phrase assez longue")
    page.get_by_role("button", name="Créer mon compte et accepter").click()
    expect(page.get_by_text("Noé Vidal").first).to_be_visible()
