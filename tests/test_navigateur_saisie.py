"""Typing as people do: interrupted, in two tabs, by keyboard alone, with mistakes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur import BUREAU, Temoin, choisir, entrer

pytestmark = pytest.mark.navigateur

AUTRICE = "Denise Pialat"


def commencer(page: Page, adresse: str) -> str:
    """A new draft of the autrice, on its first step; the address of that step."""
    entrer(page, adresse, AUTRICE)
    page.get_by_role("link", name="Nouvelle situation").click()
    page.get_by_role("button", name=re.compile("^Commencer")).click()
    expect(page.get_by_role("heading", name="Le repérage", exact=True)).to_be_visible()
    return page.url


def attendre_enregistrement(page: Page) -> None:
    expect(page.locator("#etat")).to_contain_text(re.compile(r"Brouillon enregistré à \d"))


def test_un_brouillon_se_retrouve_apres_une_panne_sur_un_autre_appareil(serveur, page, chromium):
    commencer(page, serveur.adresse)
    choisir(page, "Dans quel contexte", "Visite à domicile")
    attendre_enregistrement(page)
    page.context.close()

    contexte = chromium.new_context(locale="fr-FR", viewport={"width": 390, "height": 844})
    autre = contexte.new_page()
    entrer(autre, serveur.adresse, AUTRICE)
    autre.get_by_role("link", name="Nouvelle situation").click()
    expect(autre.get_by_text(re.compile("Vous avez déjà"))).to_be_visible()
    autre.get_by_role("link", name="Reprendre le brouillon").first.click()
    expect(autre.get_by_text("Visite à domicile")).to_be_visible()
    contexte.close()


def test_deux_onglets_ne_se_remplacent_jamais_en_silence(serveur, page):
    adresse = commencer(page, serveur.adresse)
    second = page.context.new_page()
    second.goto(adresse)
    choisir(page, "Dans quel contexte", "Permanence")
    attendre_enregistrement(page)
    choisir(second, "Dans quel contexte", "Visite à domicile")
    expect(second.locator("#etat")).to_contain_text("Modifié ailleurs")
    second.get_by_role("button", name="Voir les deux versions").click()
    tableau = second.get_by_role("region", name="Réponses qui diffèrent")
    expect(tableau).to_contain_text("Visite à domicile")
    expect(tableau).to_contain_text("Permanence")
    page.reload()
    expect(page.get_by_label("Permanence")).to_be_checked()
    second.get_by_role("button", name="Garder ce que j’ai saisi ici").click()
    expect(tableau).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Visite à domicile")).to_be_checked()


def test_ajouter_et_retirer_des_droits_ne_perd_rien(serveur, page):
    commencer(page, serveur.adresse)
    page.get_by_role("link", name="Les non-recours").click()
    premier = page.locator("section[id='droit-1']")
    premier.get_by_role("searchbox").fill("aspa")
    premier.get_by_label("Allocation de solidarité aux personnes âgées (Aspa)").check()
    choisir(premier, "Quel est le type", "Non-demande")
    page.get_by_role("button", name="Ajouter un autre droit").click()
    second = page.locator("section[id='droit-2']")
    second.get_by_role("searchbox").fill("rsa")
    second.get_by_label("Revenu de solidarité active (RSA)").check()
    premier.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("Droit retiré : Allocation de solidarité")).to_be_visible()
    expect(page.get_by_label("Revenu de solidarité active (RSA)")).to_be_checked()
    page.get_by_role("button", name=re.compile("^Remettre")).click()
    expect(
        premier.get_by_label("Allocation de solidarité aux personnes âgées (Aspa)")
    ).to_be_checked()
    expect(
        premier.get_by_role("radiogroup", name="Quel est le type").get_by_label("Non-demande")
    ).to_be_checked()


def test_une_donnee_personnelle_est_refusee_sous_le_champ_des_la_saisie(serveur, page):
    temoin = Temoin(page)
    commencer(page, serveur.adresse)
    page.get_by_role("link", name="Conséquences et suites").click()
    recit = page.get_by_label("Ce qui s’est passé")
    recit.fill("À rappeler au 06 12 34 56 78.")
    expect(page.get_by_text("Un numéro de téléphone").first).to_be_visible()
    temoin.examiner()
    page.get_by_role("button", name="Continuer", exact=True).last.click()
    expect(page.locator("#resume-erreurs")).to_be_focused()
    expect(recit).to_have_value("À rappeler au 06 12 34 56 78.")
    temoin.examiner()
    recit.fill("Elle ne savait pas.")
    page.get_by_role("button", name="Continuer", exact=True).last.click()
    expect(page.get_by_role("heading", name="Relire et transmettre")).to_be_visible()
    temoin.examiner()


def test_l_etape_se_remplit_au_clavier_seul(serveur, page):
    commencer(page, serveur.adresse)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    while not page.get_by_label("Quand la situation").evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    contexte = page.get_by_role("radiogroup", name="Dans quel contexte")
    expect(contexte.get_by_label("Entretien de suivi")).to_be_checked()
    attendre_enregistrement(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="La personne", exact=True)).to_be_visible()


PAGES = {
    "Denise Pialat": [
        "/territoires/pays-des-vans/situations/",
        "/territoires/pays-des-vans/situations/?q=introuvable",
        "/territoires/pays-des-vans/situations/?du=2026-09&au=2026-01",
        "/territoires/pays-des-vans/tableau-de-bord/?annee=2025",
        "/comptes/mot-de-passe/changer/",
    ],
    "Solène Vidal": [
        "/territoires/pays-des-vans/relecture/",
        "/territoires/pays-des-vans/relecture/?q=succession&statut=validee",
        "/territoires/pays-des-vans/tableau-de-bord/?f_age=a_75p&lignes=droit&colonnes=type&affichage=ligne",
        "/territoires/pays-des-vans/tableau-de-bord/?lignes=motif_principal&colonnes=etape",
        "/territoires/pays-des-vans/tableau-de-bord/?f_droit=cej&f_age=a_75p",
    ],
    "Bernard Mazaudier": [
        "/territoires/pays-des-vans/tableau-de-bord/",
        "/territoires/pays-des-vans/tableau-de-bord/?annee=2024&droits=tous",
    ],
    "Dominique Kessler": ["/tableau-de-bord/national/"],
}


def test_chaque_page_et_ses_etats_aux_deux_largeurs(serveur, page):
    temoin = Temoin(page)
    for nom, adresses in PAGES.items():
        page.context.clear_cookies()
        page.goto(serveur.adresse + "/comptes/connexion/")
        page.get_by_role("button", name=nom, exact=True).click()
        page.wait_for_url(lambda adresse: "/connexion/" not in adresse)
        for adresse in adresses:
            page.goto(serveur.adresse + adresse)
            temoin.examiner()
    page.context.clear_cookies()
    for adresse in ("/comptes/connexion/", "/comptes/mot-de-passe/oublie/"):
        page.goto(serveur.adresse + adresse)
        temoin.examiner()


def test_le_texte_agrandi_et_l_ecran_etroit_ne_debordent_pas(serveur, page):
    commencer(page, serveur.adresse)
    for etape in ("reperage", "personne", "non_recours", "suites"):
        page.goto(re.sub(r"saisie/.*", f"saisie/{etape}/", page.url))
        page.set_viewport_size({"width": 320, "height": 640})
        debord = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert debord <= 0, etape
        page.set_viewport_size(BUREAU)
