"""Accounts in a real browser: second factor by code and by key, sessions that close, every page seen."""

import re
from contextlib import closing

import psycopg2
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page, expect

from bnr import postgres
from bnr.settings import SESSION_AVERTIR, SESSION_INACTIVITE
from situations.actions.demonstration import MOT_DE_PASSE
from territoires.sessions import OUVERTE_LE, VUE_LE
from tests import bases
from tests.navigateur import BUREAU, Temoin, entrer
from tests.serveurs import ServeurDurable, ServeurWeb

pytestmark = pytest.mark.navigateur

ANIMATRICE, ADRESSE = "Solène Vidal", "solene.vidal@demo.example"
RELECTURE = "/territoires/pays-des-vans/relecture/"


@pytest.fixture
def strict():
    """A server on a fresh copy of the demonstration, that requires the second factor."""
    serveur = ServeurDurable(DJANGO_SETTINGS_MODULE="tests.reglages_comptes")
    yield serveur
    serveur.tuer()


def se_connecter(page: Page, adresse: str, suite: str = "/", email: str = ADRESSE) -> None:
    page.goto(f"{adresse}/comptes/connexion/?next={suite}")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe", exact=False).first.fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def sortir(page: Page) -> None:
    page.context.clear_cookies()


def code(page: Page, secret: str) -> str:
    """What the application shows, at the browser's time; each call a code later."""
    maintenant = page.evaluate("Math.floor(Date.now() / 30000)")
    return format_hotp_value(hotp_value(secret, maintenant))


def ajouter_une_application(page: Page) -> tuple[str, list[str]]:
    page.get_by_role("link", name="Ajouter une application").click()
    page.get_by_text("Ou recopiez cette clé").click()
    secret = page.locator(".cle-a-copier").inner_text()
    page.get_by_label("Code").fill(code(page, secret))
    page.get_by_role("button", name="Ajouter l’application").click()
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    return secret, page.locator(".codes code").all_inner_texts()


def refuse_tout_droit(page: Page, adresse: str) -> None:
    """Straight to an address, one is brought back to the second factor."""
    for chemin in (RELECTURE, "/territoires/pays-des-vans/tableau-de-bord/", "/comptes/"):
        page.goto(adresse + chemin)
        expect(page.get_by_role("heading", name="Second facteur", exact=True)).to_be_visible()
        assert page.url == f"{adresse}/comptes/second-facteur/connexion/"


def test_un_code_est_exige_ajoute_puis_demande(strict, page):
    temoin = Temoin(page)
    se_connecter(page, strict.adresse, RELECTURE)
    expect(page.get_by_role("heading", name="Second facteur", exact=True)).to_be_visible()
    temoin.examiner()
    page.goto(strict.adresse + RELECTURE)
    assert page.url.endswith("/comptes/second-facteur/")
    page.get_by_role("link", name="Ajouter une application").click()
    temoin.examiner()
    page.go_back()
    secret, secours = ajouter_une_application(page)
    assert len(secours) == 10
    temoin.examiner()
    with page.expect_download() as telechargement:
        page.get_by_role("link", name="Télécharger").click()
    assert telechargement.value.path().read_text().split() == secours
    expect(page.get_by_role("button", name="Imprimer")).to_be_visible()
    page.get_by_role("link", name="Je les ai gardés").click()
    expect(page.get_by_role("link", name="Relecture")).to_be_visible()

    sortir(page)
    se_connecter(page, strict.adresse, RELECTURE)
    expect(page.get_by_text("Votre mot de passe est le bon")).to_be_visible()
    temoin.examiner()
    refuse_tout_droit(page, strict.adresse)
    page.goto(f"{strict.adresse}/comptes/second-facteur/connexion/")
    page.get_by_label("Code").fill(secours[0])
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(f"**{RELECTURE}")

    sortir(page)
    se_connecter(page, strict.adresse)
    # The code shown at the enrolment has not served to log in yet.
    page.get_by_label("Code").fill(code(page, secret))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(f"**{RELECTURE}")


def test_une_cle_d_acces_s_ajoute_puis_ouvre(strict, page):
    temoin = Temoin(page)
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    se_connecter(page, strict.adresse)
    page.get_by_role("link", name="Ajouter une clé").click()
    temoin.examiner()
    page.get_by_label("Nom de la clé").fill("Mon ordinateur")
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    page.goto(f"{strict.adresse}/comptes/second-facteur/cles/")
    expect(page.get_by_role("heading", name="Mon ordinateur")).to_be_visible()
    temoin.examiner()

    sortir(page)
    se_connecter(page, strict.adresse, RELECTURE)
    refuse_tout_droit(page, strict.adresse)
    page.goto(f"{strict.adresse}/comptes/second-facteur/connexion/")
    page.get_by_role("button", name="Employer ma clé d’accès").click()
    page.wait_for_url(f"**{RELECTURE}")


def test_mon_compte_mes_sessions_et_les_autres_pages(serveur, page, chromium):
    temoin = Temoin(page)
    se_connecter(page, serveur.adresse)
    ailleurs = chromium.new_context(locale="fr-FR", viewport=BUREAU).new_page()
    entrer(ailleurs, serveur.adresse, ANIMATRICE)
    page.get_by_text(ANIMATRICE).first.click()
    page.get_by_role("link", name="Mon compte").click()
    for lien in ("Changer d’adresse", "Changer mon mot de passe", "Ajouter un second facteur"):
        temoin.examiner()
        page.get_by_role("link", name=lien).click()
        temoin.examiner()
        page.get_by_role("link", name="Mon compte", exact=True).first.click()
    page.get_by_role("link", name="Voir mes sessions").click()
    expect(page.get_by_text("Celle-ci")).to_have_count(1)
    temoin.examiner()
    page.get_by_role("button", name="Fermer toutes les autres").click()
    expect(page.get_by_text("Les autres sessions sont fermées")).to_be_visible()
    ailleurs.reload()
    assert "/comptes/connexion/" in ailleurs.url
    for chemin in ("deconnexion", "compte-desactive", "mot-de-passe/oublie/envoye"):
        page.goto(f"{serveur.adresse}/comptes/{chemin}/")
        temoin.examiner()
    sortir(page)
    for chemin in (
        "connexion",
        "inscription",
        "mot-de-passe/oublie",
        "mot-de-passe/nouveau/1-faux",
        "adresse/confirmer/fausse",
    ):
        page.goto(f"{serveur.adresse}/comptes/{chemin}/")
        temoin.examiner()


# --- the session ------------------------------------------------------------------------------

AUTRICE = "Denise Pialat"


def ouvrir_mon_compte(page: Page, adresse: str) -> None:
    # Its clock goes on by itself, and may be put forward.
    page.clock.install()
    entrer(page, adresse, AUTRICE)
    page.goto(f"{adresse}/comptes/")


def laisser_passer(serveur: ServeurWeb, page: Page, secondes: int) -> None:
    """Nobody does anything for that long: the sessions that the server keeps are older, then the
    browser's clock is put forward."""
    sessions = SessionStore()
    postgresql = postgres.demarrer(bases.DONNEES, rapide=True)
    connexion = psycopg2.connect(**postgresql.parametres("application", base=serveur.base))
    with closing(connexion), connexion, connexion.cursor() as curseur:
        curseur.execute("SELECT session_key, session_data FROM django_session")
        for cle, ecrite in curseur.fetchall():
            lue = sessions.decode(ecrite)
            datees = {nom: lue[nom] - secondes for nom in (OUVERTE_LE, VUE_LE) if nom in lue}
            curseur.execute(
                "UPDATE django_session SET session_data = %s WHERE session_key = %s",
                [sessions.encode({**lue, **datees}), cle],
            )
    page.clock.fast_forward(secondes * 1000)


def test_la_session_previent_et_se_prolonge_en_un_geste_dans_les_deux_onglets(serveur, page):
    temoin = Temoin(page)
    ouvrir_mon_compte(page, serveur.adresse)
    autre = page.context.new_page()
    autre.goto(f"{serveur.adresse}/comptes/")
    page.bring_to_front()
    page.get_by_label("Nom et prénom").focus()
    avis = page.get_by_role("alertdialog", name="Êtes-vous toujours là ?")
    expect(avis).to_have_count(0)
    laisser_passer(serveur, page, SESSION_INACTIVITE - SESSION_AVERTIR + 1)
    expect(avis).to_be_visible()
    expect(avis).to_contain_text(re.compile(r"votre session se fermera à \d+:\d\d"))
    rester = page.get_by_role("button", name="Rester connecté")
    expect(rester).to_be_focused()
    rester.click()
    expect(avis).to_have_count(0)
    expect(page.get_by_label("Nom et prénom")).to_be_focused()
    # The other tab was told: it does not ask again.
    expect(autre.get_by_role("alertdialog")).to_have_count(0)
    reste = autre.evaluate("fetch('/comptes/session/').then(r => r.json())")["reste"]
    assert SESSION_AVERTIR < reste <= SESSION_INACTIVITE
    assert not temoin.plaintes


def test_ce_qui_etait_tape_revient_a_la_meme_personne_et_a_elle_seule(serveur, page):
    ouvrir_mon_compte(page, serveur.adresse)
    page.get_by_label("Nom et prénom").fill("Denise Pialat-Roux")
    ferme = page.get_by_role("alertdialog", name="Votre session est fermée")
    laisser_passer(serveur, page, SESSION_INACTIVITE)
    expect(ferme).to_be_visible()
    expect(ferme).to_contain_text("est gardé dans cet onglet")
    page.get_by_role("link", name="Se reconnecter").click()
    page.get_by_role("button", name=AUTRICE, exact=True).click()
    page.wait_for_url("**/comptes/")
    expect(page.get_by_label("Nom et prénom")).to_have_value("Denise Pialat-Roux")
    expect(page.get_by_role("status")).to_contain_text("est de nouveau là")
    page.reload()
    expect(page.get_by_label("Nom et prénom")).to_have_value("Denise Pialat")

    page.get_by_label("Nom et prénom").fill("À moi seule")
    laisser_passer(serveur, page, SESSION_INACTIVITE)
    expect(ferme).to_be_visible()
    page.get_by_role("link", name="Se reconnecter").click()
    page.get_by_role("button", name=ANIMATRICE, exact=True).click()
    page.wait_for_url("**/comptes/")
    expect(page.get_by_label("Nom et prénom")).to_have_value(ANIMATRICE)
    assert page.evaluate("Object.keys(sessionStorage).length") == 0


def test_un_mot_de_passe_tape_n_est_pas_garde(serveur, page):
    ouvrir_mon_compte(page, serveur.adresse)
    page.goto(f"{serveur.adresse}/comptes/mot-de-passe/changer/")
    page.get_by_label("Mot de passe actuel").fill("un secret")
    laisser_passer(serveur, page, SESSION_INACTIVITE)
    expect(page.get_by_role("alertdialog", name="Votre session est fermée")).to_be_visible()
    assert "un secret" not in page.evaluate("JSON.stringify(sessionStorage)")
