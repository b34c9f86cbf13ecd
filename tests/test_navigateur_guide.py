"""The guide, the directory and the journal in a real browser: found where the doubt arises, nothing
lost on the way, printed on A4."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur import Temoin, choisir, entrer

pytestmark = pytest.mark.navigateur

TERRITOIRE = "/territoires/pays-des-vans"
RECIT = "Ce qui s’est passé"


def commencer(page: Page, adresse: str, section: str) -> str:
    """A new draft of Denise's, at this step; its address."""
    entrer(page, adresse, "Denise Pialat")
    page.goto(f"{adresse}{TERRITOIRE}/situations/nouvelle/")
    page.get_by_role("button", name=re.compile("^Commencer")).click()
    page.wait_for_url("**/saisie/**")
    page.goto(page.url.replace("reperage", section))
    return page.url


def test_chaque_page_du_guide_est_saine(serveur, page):
    entrer(page, serveur.adresse, "Denise Pialat")
    temoin = Temoin(page)
    page.goto(f"{serveur.adresse}/guide/")
    codes = page.locator(".pages-du-guide a").evaluate_all("liens => liens.map(l => l.pathname)")
    assert len(codes) == 9
    for chemin in ("/guide/", *codes, "/guide/imprimer/", "/mentions-legales/"):
        page.goto(f"{serveur.adresse}{chemin}")
        temoin.examiner()
    page.context.clear_cookies()
    for chemin in ("/accessibilite/", "/note-d-information/"):
        page.goto(f"{serveur.adresse}{chemin}")
        temoin.examiner()


def test_le_guide_s_imprime_sur_du_a4(serveur, page):
    entrer(page, serveur.adresse, "Denise Pialat")
    page.goto(f"{serveur.adresse}/guide/imprimer/")
    page.emulate_media(media="print")
    for cache in (".bandeau", ".demonstration", ".pied"):
        expect(page.locator(cache).first).to_be_hidden()
    pdf = page.pdf(prefer_css_page_size=True)
    # 210 × 297 mm in points; one chapter at least on a page of its own.
    tailles = set(re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)[.\d]*\]", pdf))
    assert tailles <= {(b"594", b"841"), (b"595", b"841"), (b"595", b"842"), (b"594", b"842")}
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) >= 9


def test_le_doute_ouvre_le_guide_a_cote_et_la_saisie_reste(serveur, page):
    commencer(page, serveur.adresse, "suites")
    page.get_by_label(RECIT).fill("Elle craint la reprise de la maison.")
    lien = page.get_by_role("link", name=re.compile("En cas de doute sur .*Ce qui s’est passé"))
    with page.context.expect_page() as ouverte:
        lien.click()
    guide = ouverte.value
    guide.wait_for_load_state()
    assert guide.url.endswith("/guide/anonymat/#reecrire")
    expect(guide.locator("#reecrire")).to_be_in_viewport()
    expect(page.get_by_label(RECIT)).to_have_value("Elle craint la reprise de la maison.")
    expect(page.locator("#etat")).to_contain_text("Brouillon enregistré")
    page.reload()
    expect(page.get_by_label(RECIT)).to_have_value("Elle craint la reprise de la maison.")


def test_qui_appeler_s_ouvre_dans_la_saisie_sans_rien_perdre(serveur, page):
    temoin = Temoin(page)
    adresse = commencer(page, serveur.adresse, "non_recours")
    bouton = page.get_by_role("button", name="Qui appeler")
    bouton.click()
    panneau = page.get_by_role("region", name="Qui appeler")
    expect(panneau).to_contain_text("Choisissez d’abord un droit")
    page.get_by_label("Chercher un droit").fill("aspa")
    page.get_by_label(re.compile("Aspa")).first.check()
    choisir(page, "La personne y est-elle éligible", "Très probable")
    expect(panneau).to_contain_text("Conseiller retraite")
    expect(panneau.get_by_role("link", name="04 65 71 10 31")).to_have_attribute(
        "href", "tel:+33465711031"
    )
    temoin.examiner()
    expect(page.locator("#etat")).to_contain_text("Brouillon enregistré")
    bouton.click()
    expect(panneau).to_be_hidden()
    page.goto(adresse)
    expect(page.get_by_label("Très probable")).to_be_checked()


def test_sans_script_qui_appeler_est_un_lien_vers_l_annuaire(serveur, page_sans_script):
    page = page_sans_script
    commencer(page, serveur.adresse, "non_recours")
    with page.context.expect_page() as ouverte:
        page.get_by_role("link", name=re.compile("^Qui appeler.*L’annuaire")).click()
    annuaire = ouverte.value
    annuaire.wait_for_load_state()
    assert "/annuaire/?droit=" in annuaire.url
    annuaire.get_by_label("Un droit, un organisme, un service").fill("minimum vieillesse")
    annuaire.get_by_role("button", name="Chercher").click()
    expect(annuaire.locator("main")).to_contain_text("Conseiller retraite")


def test_l_annuaire_se_propose_se_corrige_et_se_tient(serveur, page):
    temoin = Temoin(page)
    annuaire = f"{serveur.adresse}{TERRITOIRE}/annuaire/"
    entrer(page, serveur.adresse, "Denise Pialat")
    page.goto(annuaire)
    temoin.examiner()
    page.get_by_role(
        "link", name=re.compile("^Proposer une correction.*Conseiller retraite")
    ).click()
    temoin.examiner()
    page.get_by_role("textbox", name="Téléphone").fill("pas un numéro")
    page.get_by_role("button", name="Proposer").click()
    expect(page.get_by_role("alert")).to_contain_text("dix chiffres")
    temoin.examiner()
    page.get_by_role("textbox", name="Téléphone").fill("04 65 71 10 99")
    page.get_by_role("button", name="Proposer").click()
    expect(page.get_by_role("status").first).to_contain_text("Merci")
    entrer(page, serveur.adresse, "Solène Vidal")
    page.goto(annuaire)
    page.get_by_role("link", name=re.compile("attendent votre avis")).click()
    temoin.examiner()
    page.get_by_role("link", name=re.compile("Conseiller retraite")).click()
    expect(page.get_by_role("cell", name="04 65 71 10 99")).to_be_visible()
    temoin.examiner()
    page.get_by_role("button", name="Accepter").click()
    page.goto(f"{annuaire}?q=conseiller")
    expect(page.get_by_role("link", name="04 65 71 10 99")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Modifier.*Conseiller retraite")).click()
    temoin.examiner()


def test_le_journal_se_lit_se_filtre_et_s_exporte(serveur, page):
    temoin = Temoin(page)
    entrer(page, serveur.adresse, "Quentin Roche")
    page.goto(f"{serveur.adresse}{TERRITOIRE}/journal/")
    temoin.examiner()
    page.get_by_label("Geste").select_option(label="Lire le journal")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Quentin Roche")
    temoin.examiner()
    with page.expect_download() as recu:
        page.get_by_role("button", name="Exporter en CSV").click()
    assert recu.value.suggested_filename.startswith("journal-pays-des-vans-")
    entrer_national(page, serveur.adresse)
    page.goto(f"{serveur.adresse}/journal/")
    temoin.examiner()


def entrer_national(page: Page, adresse: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{adresse}/comptes/connexion/")
    page.get_by_role("button", name="Dominique Kessler", exact=True).click()
    page.get_by_role("link", name="Tableau national").wait_for()
