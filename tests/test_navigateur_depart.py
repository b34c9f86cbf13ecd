"""Leaving a page of the form never loses what was just typed; messages follow each save."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur import entrer

pytestmark = pytest.mark.navigateur

RECIT = "Ce qui s’est passé"


def ouvrir_les_suites(page: Page, adresse: str) -> str:
    entrer(page, adresse, "Denise Pialat")
    page.get_by_role("link", name="Nouvelle situation").click()
    page.get_by_role("button", name=re.compile("^Commencer")).click()
    page.wait_for_url("**/saisie/**")
    suites = page.url.replace("reperage", "suites")
    page.goto(suites)
    return suites


def continuer(page: Page) -> None:
    page.get_by_role("button", name="Continuer", exact=True).last.click()


def test_continuer_hors_ligne_ne_quitte_pas_la_page(serveur, page):
    suites = ouvrir_les_suites(page, serveur.adresse)
    page.context.set_offline(True)
    page.get_by_label(RECIT).fill("Saisi hors ligne")
    continuer(page)
    expect(page.locator("#etat")).to_contain_text("Pas encore enregistré")
    expect(page.get_by_label(RECIT)).to_have_value("Saisi hors ligne")
    page.context.set_offline(False)
    continuer(page)
    page.wait_for_url("**/transmettre/")
    page.goto(suites)
    expect(page.get_by_label(RECIT)).to_have_value("Saisi hors ligne")


def test_un_lien_suivi_aussitot_apres_la_frappe_enregistre_d_abord(serveur, page):
    suites = ouvrir_les_suites(page, serveur.adresse)
    page.get_by_label(RECIT).fill("Saisi à l’instant")
    page.get_by_role("link", name="La personne").click()
    page.wait_for_url("**/personne/")
    page.goto(suites)
    expect(page.get_by_label(RECIT)).to_have_value("Saisi à l’instant")


def test_session_fermee_continuer_garde_la_page_puis_enregistre(serveur, page):
    suites = ouvrir_les_suites(page, serveur.adresse)
    page.context.clear_cookies()
    page.get_by_label(RECIT).fill("Saisi sans session")
    continuer(page)
    lien = page.get_by_role("link", name="reconnectez-vous")
    with page.context.expect_page() as ouverte:
        lien.click()
    ouverte.value.get_by_role("button", name="Denise Pialat", exact=True).click()
    ouverte.value.get_by_role("link", name="Tableau de bord").first.wait_for()
    continuer(page)
    page.wait_for_url("**/transmettre/")
    page.goto(suites)
    expect(page.get_by_label(RECIT)).to_have_value("Saisi sans session")


def test_le_refus_affiche_suit_ce_qui_est_corrige(serveur, page):
    ouvrir_les_suites(page, serveur.adresse)
    page.get_by_label(RECIT).fill("x" * 2000)
    continuer(page)
    expect(page.locator("#resume-erreurs")).to_be_visible()
    page.get_by_label(RECIT).fill("écrire à jean@orange.fr")
    expect(page.locator(".invalid-feedback")).to_contain_text("adresse électronique")
    expect(page.locator("#etat")).to_contain_text("sauf une réponse à revoir")
    page.get_by_label(RECIT).fill("Un texte sain")
    expect(page.locator(".invalid-feedback")).to_have_count(0)
    expect(page.locator("#resume-erreurs")).to_have_count(0)
