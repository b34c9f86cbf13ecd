"""The dashboard in a real browser: every state at both widths, with and without script, printed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import bases
from tests.navigateur import Temoin, entrer
from tests.serveurs import ServeurWeb

pytestmark = pytest.mark.navigateur

ANIMATRICE, PILOTAGE = "Camille Berthier", "Hélène Faure"
TABLEAU = "/territoires/grenoble-alpes-metropole/tableau-de-bord/"
UN_LOT = """
from tests.lots_ecrits import ecrire_lot
from territoires.models import Territoire
ecrire_lot(Territoire.objects.get(slug="grenoble-alpes-metropole"), 2026, "territoire")
"""
ETATS = {
    "plein": "",
    "une année, comparée": "?annee=2026",
    "filtré": "?annee=2026&f_type=ND&f_type=NC&f_age=a_75p&validees=1",
    "onglets": "?lignes=age&colonnes=logement&onglets=sexe&onglet=f&affichage=ligne",
    "longues listes": "?complet=droit&complet=droit-type&complet=cumuls&complet=motif_principal",
    "rien": "?f_age=a_18_24&f_zone=z_qpv&f_logement=l_prop&f_type=NO&f_droit=aspa",
}


@pytest.mark.parametrize("etat", ETATS)
def test_every_state_of_the_page_is_sound_at_both_widths(
    serveur: ServeurWeb, page: Page, etat: str
):
    temoin = Temoin(page)
    entrer(page, serveur.adresse, ANIMATRICE)
    page.goto(serveur.adresse + TABLEAU + ETATS[etat])
    temoin.examiner()


def test_the_pages_around_it_are_sound_too(serveur: ServeurWeb, page: Page):
    temoin = Temoin(page)
    entrer(page, serveur.adresse, ANIMATRICE)
    for suite in ("filtres/?f_type=ND", "situations/?c_type=ND", "vues/", "croisements/"):
        page.goto(serveur.adresse + TABLEAU + suite)
        temoin.examiner()
    page.goto(f"{serveur.adresse}/tableau-de-bord/mes-territoires/")
    temoin.examiner()


def test_what_others_read_is_sound_too(serveur: ServeurWeb, page: Page):
    bases.manage(serveur.base, "shell", "--verbosity=0", "-c", UN_LOT)
    temoin = Temoin(page)
    entrer(page, serveur.adresse, PILOTAGE)
    page.goto(serveur.adresse + TABLEAU)
    expect(page.get_by_text("secret", exact=True).first).to_be_visible()
    temoin.examiner()


def annonce(page: Page) -> str:
    return page.locator("#annonce").text_content()


def test_filters_change_the_figures_without_reloading(serveur: ServeurWeb, page: Page):
    temoin = Temoin(page)
    entrer(page, serveur.adresse, ANIMATRICE)
    page.goto(serveur.adresse + TABLEAU)
    page.evaluate("window.resteLa = true")
    page.get_by_label("Type de non-recours", exact=True).select_option("ND")
    page.get_by_role("button", name="Filtrer").press("Enter")
    expect(page.locator(".jeton")).to_contain_text("Non-demande")
    expect(page).to_have_url(re.compile("f_type=ND"))
    expect(page.locator("#filtrer")).to_be_focused()
    assert re.match(r"\d+ situations", annonce(page))
    page.locator("#droits").get_by_role("link", name=re.compile("Afficher les")).click()
    expect(page).to_have_url(re.compile("complet=droit"))
    expect(page.locator("#t-droit .groupe").first).to_be_visible()
    expect(page.locator("#t-droit")).to_be_focused()
    page.get_by_label("Troisième, en onglets").select_option("sexe")
    page.get_by_role("button", name="Croiser").click()
    page.locator("#croisement").get_by_role("link", name="Femme", exact=True).click()
    expect(page).to_have_url(re.compile("onglet=f"))
    expect(page.locator(".onglets .active")).to_have_text("Femme")
    assert page.evaluate("window.resteLa") is True
    temoin.examiner()
    page.go_back()
    expect(page.locator(".onglets .active")).to_have_text("Ensemble")
    page.goto(page.url)
    expect(page.locator(".jeton")).to_contain_text("Non-demande")


def test_everything_works_without_script(serveur: ServeurWeb, page_sans_script: Page):
    page = page_sans_script
    entrer(page, serveur.adresse, ANIMATRICE)
    page.goto(serveur.adresse + TABLEAU)
    page.get_by_label("Type de non-recours", exact=True).select_option("ND")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator(".jeton")).to_contain_text("Non-demande")
    page.get_by_role("button", name="Croiser").click()
    page.locator("#croisement td a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Situations derrière un chiffre")


def test_a_question_is_found_among_all_the_filters(serveur: ServeurWeb, page: Page):
    temoin = Temoin(page)
    entrer(page, serveur.adresse, ANIMATRICE)
    page.goto(serveur.adresse + TABLEAU + "filtres/")
    page.get_by_label("Chercher une question ou une réponse").press_sequentially("mobilite")
    expect(page.locator("#f_mobilite")).to_be_visible()
    expect(page.locator("#f_age")).to_be_hidden()
    temoin.examiner()


def test_the_page_printed_keeps_its_tables_and_loses_its_controls(serveur: ServeurWeb, page: Page):
    entrer(page, serveur.adresse, ANIMATRICE)
    page.goto(serveur.adresse + TABLEAU + "?annee=2026")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})
    for cache in (".filtres", ".sommaire-tableau", ".bascule", ".definition > summary"):
        expect(page.locator(cache).first).to_be_hidden()
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    trop_larges = page.evaluate(
        """[...document.querySelectorAll("table")].filter(
             (t) => t.getBoundingClientRect().right > document.documentElement.clientWidth + 1
           ).map((t) => t.caption.textContent)"""
    )
    assert trop_larges == []
    assert len(page.pdf(format="A4")) > 50_000
