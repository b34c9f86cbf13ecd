"""Every state of the dashboard's pages, at both widths, then printed: sound, whole, readable."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import bases, etats_du_tableau
from tests.matrice.pilotage import population_csv
from tests.navigateur import BUREAU, Temoin
from tests.serveurs import ServeurWeb, rassembler_statiques

pytestmark = pytest.mark.navigateur

ANIMATRICE, PILOTAGE, NATIONALE = "Camille Berthier", "Hélène Faure", "Dominique Kessler"
PUBLIC = ""
TERRITOIRE = f"/territoires/{etats_du_tableau.GRENOBLE}"
TABLEAU = f"{TERRITOIRE}/tableau-de-bord/"
VIDE = f"/territoires/{etats_du_tableau.VIDE}/tableau-de-bord/"
LONGS = "?lignes=logement&colonnes=longue_gam&complet=longue_gam"
# Who reads it, its address, what it must say.
ETATS = {
    "à l’instant": (ANIMATRICE, TABLEAU, "À jour à l’instant"),
    "filtré": (ANIMATRICE, f"{TABLEAU}?annee=2026&f_type=ND&f_type=NC&validees=1", "2 valeurs"),
    "deux variables": (ANIMATRICE, f"{TABLEAU}?lignes=organisme&colonnes=etape", "CCAS"),
    "trois variables": (
        ANIMATRICE,
        f"{TABLEAU}?lignes=age&colonnes=logement&onglets=sexe&onglet=f&affichage=ligne",
        "Femme",
    ),
    "tout affiché": (
        ANIMATRICE,
        f"{TABLEAU}?complet=droit&complet=droit-type&complet=cumuls&complet=motif_principal",
        "Afficher les 10 premiers",
    ),
    "quarante longs libellés": (ANIMATRICE, TABLEAU + LONGS, "Caravane sur terrain familial"),
    "rien": (ANIMATRICE, f"{TABLEAU}?f_age=a_18_24&f_droit=aspa&f_type=NO", "Pour élargir"),
    "côte à côte": (ANIMATRICE, "/tableau-de-bord/mes-territoires/", "Haut-Vallespir"),
    "vide, à l’instant": (ANIMATRICE, VIDE, "Rien à compter pour l’instant"),
    "tous les filtres": (ANIMATRICE, f"{TABLEAU}filtres/?f_type=ND", "Chercher une question"),
    "situations": (ANIMATRICE, f"{TABLEAU}situations/?etape=demandes", "Étape du parcours"),
    "vues": (ANIMATRICE, f"{TABLEAU}vues/", "Les personnes âgées"),
    "croisements": (ANIMATRICE, f"{TABLEAU}croisements/", "montrés au comité de pilotage"),
    "population": (ANIMATRICE, f"{TABLEAU}population/", "Remplacer"),
    "protégé": (PILOTAGE, TABLEAU, "secret"),
    "une année, protégée": (PILOTAGE, f"{TABLEAU}?annee=2026", "secret"),
    "vide, protégé": (PILOTAGE, VIDE, "Premiers chiffres dès que"),
    "publications": (PILOTAGE, f"{TERRITOIRE}/publications/", "Préparation interrompue."),
    "comités": (PILOTAGE, f"{TERRITOIRE}/comites/", "Pas encore publiée"),
    "national": (NATIONALE, "/tableau-de-bord/national/", "secret"),
    "public": (PUBLIC, f"/publications/{etats_du_tableau.GRENOBLE}/", "Méthode"),
}
IMPRIMES = (
    "filtré",
    "trois variables",
    "quarante longs libellés",
    "vide, protégé",
    "une année, protégée",
    "côte à côte",
    "national",
    "public",
    "situations",
)
# What goes beyond the sheet, in print: anything shown whose right edge is not on it.
HORS_DE_LA_FEUILLE = """
() => [...document.querySelectorAll("main *")].filter((e) => {
  const boite = e.getBoundingClientRect();
  return boite.width > 1 && boite.right > document.documentElement.clientWidth + 1
    && getComputedStyle(e).visibility !== "hidden" && !e.closest(".visually-hidden");
}).map((e) => `${e.tagName} ${e.className} ${e.textContent.slice(0, 60)}`)
"""
Ouvrir = Callable[[str], tuple[Page, Temoin]]


@pytest.fixture(scope="module")
def serveur_des_etats():
    rassembler_statiques()
    base = bases.cloner(bases.DEMONSTRATION, f"web_etats_{os.getpid()}")
    etats_du_tableau.dans(
        base, "lots", "echec", "publications", "population", "vues", "quarante_reponses"
    )
    serveur = ServeurWeb(base)
    yield serveur
    serveur.arreter()


@pytest.fixture(scope="module")
def sessions(chromium: Browser, serveur_des_etats: ServeurWeb) -> dict:
    """Each reader, once in; the territory without situations comes after."""
    gardees = {PUBLIC: None}
    for nom in (ANIMATRICE, PILOTAGE, NATIONALE):
        contexte = chromium.new_context(locale="fr-FR")
        entrer_partout(contexte.new_page(), serveur_des_etats.adresse, nom)
        gardees[nom] = contexte.storage_state()
        contexte.close()
    etats_du_tableau.dans(serveur_des_etats.base, "territoire_vide")
    return gardees


def entrer_partout(page: Page, adresse: str, nom: str) -> None:
    page.goto(f"{adresse}/comptes/connexion/")
    page.get_by_role("button", name=nom, exact=True).click()
    page.get_by_role("navigation", name="Principale").wait_for()


@pytest.fixture
def ouvrir(chromium: Browser, serveur_des_etats: ServeurWeb, sessions: dict):
    """The page of a state, seen by who reads it."""
    contextes = []

    def de(etat: str) -> tuple[Page, Temoin]:
        qui, adresse, _ = ETATS[etat]
        contextes.append(
            chromium.new_context(locale="fr-FR", viewport=BUREAU, storage_state=sessions[qui])
        )
        page = contextes[-1].new_page()
        temoin = Temoin(page)
        page.goto(serveur_des_etats.adresse + adresse)
        return page, temoin

    yield de
    for contexte in contextes:
        contexte.close()


@pytest.mark.parametrize("etat", ETATS)
def test_every_state_is_sound_at_both_widths(ouvrir: Ouvrir, etat: str):
    page, temoin = ouvrir(etat)
    expect(page.locator("main")).to_contain_text(ETATS[etat][2])
    temoin.examiner()


@pytest.mark.parametrize("etat", IMPRIMES)
def test_what_is_printed_fits_on_a4_and_keeps_its_tables(ouvrir: Ouvrir, etat: str):
    page, _ = ouvrir(etat)
    tables = page.locator("main table").count()
    page.emulate_media(media="print")
    # The width of the sheet between its margins, in pixels.
    page.set_viewport_size({"width": 673, "height": 900})
    assert page.evaluate(HORS_DE_LA_FEUILLE) == []
    for cache in (".filtres", ".sommaire-tableau", ".bascule", ".telecharger", ".btn-group"):
        for element in page.locator(cache).all():
            expect(element).to_be_hidden()
    visibles = page.locator("main table").evaluate_all(
        "(tables) => tables.filter((t) => t.getBoundingClientRect().height > 0).length"
    )
    assert visibles == tables
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_the_summary_says_where_one_is(ouvrir: Ouvrir):
    page, _ = ouvrir("à l’instant")
    page.get_by_role("navigation", name="Sommaire").get_by_role("link", name="Obstacles").click()
    expect(page.locator(".sommaire-tableau a[aria-current]")).to_contain_text("Obstacles pratiques")


def test_a_long_list_is_shortened_and_shown_whole_without_script(
    chromium: Browser, serveur_des_etats: ServeurWeb, sessions: dict
):
    contexte = chromium.new_context(storage_state=sessions[ANIMATRICE], java_script_enabled=False)
    page = contexte.new_page()
    page.goto(serveur_des_etats.adresse + TABLEAU)
    liste = page.locator("#t-longue_gam")
    assert liste.locator("tbody tr").count() == 11
    liste.get_by_role("link", name="Afficher les 40 lignes").click()
    assert page.locator("#t-longue_gam tbody tr").count() == 41
    page.locator("#t-longue_gam").get_by_role("link", name="Afficher les 10 premiers").first.click()
    assert page.locator("#t-longue_gam tbody tr").count() == 11
    contexte.close()


def test_numbers_are_reached_by_keyboard_and_named_for_those_who_listen(ouvrir: Ouvrir):
    page, _ = ouvrir("à l’instant")
    mois = page.get_by_role("table", name="Situations par mois d’observation")
    # Laid out in columns, it remains a table.
    assert mois.get_by_role("rowheader").count() >= 12
    assert mois.get_by_role("cell").count() >= 12
    nombre = page.locator("#t-type .effectif a").first
    nombre.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Situations derrière un chiffre")


def test_the_population_is_read_before_it_is_loaded(ouvrir: Ouvrir):
    page, temoin = ouvrir("population")
    fichier = population_csv(250)
    page.get_by_label("Fichier").set_input_files(
        {"name": fichier.name, "mimeType": "text/csv", "buffer": fichier.read()}
    )
    page.get_by_label("Source").fill("Insee")
    page.get_by_label("Année").fill("2022")
    page.get_by_role("button", name="Vérifier le fichier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Est-ce bien")
    temoin.examiner()


def test_a_publication_is_read_and_taken_before_it_appears(ouvrir: Ouvrir):
    page, temoin = ouvrir("publications")
    page.get_by_role("link", name="Le bilan du premier semestre", exact=True).click()
    expect(page.get_by_role("button", name="Publier")).to_be_visible()
    temoin.examiner()
    with page.expect_download() as telechargement:
        page.get_by_role("link", name="Télécharger tous les tableaux").click()
    assert telechargement.value.suggested_filename.endswith(".zip")
    page.locator("#t-type .telecharger summary").click()
    with page.expect_download() as telechargement:
        page.locator("#t-type").get_by_role("link", name="Tableau (CSV)").click()
    assert telechargement.value.suggested_filename.endswith(".csv")


def test_a_decision_to_publish_has_one_way(ouvrir: Ouvrir):
    page, _ = ouvrir("comités")
    page.get_by_role("link", name="Comité de pilotage").first.click()
    page.get_by_role("link", name="Publication", exact=True).click()
    expect(page.get_by_role("heading", name="Préparer une publication")).to_be_visible()


def test_what_is_being_prepared_is_told_step_by_step(ouvrir: Ouvrir, serveur_des_etats: ServeurWeb):
    page, temoin = ouvrir("protégé")
    expect(page.get_by_text("La préparation des chiffres a été interrompue.")).to_be_visible()
    etats_du_tableau.dans(serveur_des_etats.base, "en_preparation")
    page.reload()
    expect(page.locator("#preparation [aria-current=step]")).to_contain_text("Protéger")
    temoin.examiner()


def test_a_publication_opens_by_itself_once_prepared(ouvrir: Ouvrir, serveur_des_etats: ServeurWeb):
    etats_du_tableau.dans(serveur_des_etats.base, "publication_en_preparation")
    page, temoin = ouvrir("publications")
    expect(page.locator("tbody th").first).to_have_text("Le bilan de l’été")
    page.get_by_role("link", name="Le bilan de l’été", exact=True).click()
    expect(page.locator("#preparation [aria-current=step]")).to_be_visible()
    temoin.examiner()
    etats_du_tableau.dans(serveur_des_etats.base, "publication_prete")
    expect(page.get_by_role("button", name="Publier")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Les publications").click()
    page.get_by_role("link", name="Abandonner « Le bilan de l’été »").click()
    temoin.examiner()
    page.get_by_role("button", name="Abandonner").click()
    expect(page.get_by_text("elle ne paraîtra pas")).to_be_visible()
