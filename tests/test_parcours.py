"""The main job in a real browser: type, transmit, review, count; with a script and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur import Temoin, choisir, entrer
from tests.serveurs import ServeurWeb

pytestmark = pytest.mark.navigateur

AUTRICE, ANIMATRICE = "Denise Pialat", "Solène Vidal"
TABLEAU = "/territoires/pays-des-vans/tableau-de-bord/"


def figures(page: Page, serveur: ServeurWeb) -> dict[str, int]:
    """The counts on the animatrice's dashboard: key figures, and each line of each distribution."""
    page.goto(f"{serveur.adresse}{TABLEAU}?complet=droit&complet=motif_principal")
    lues = {
        carte.inner_text().split("\n")[1].strip(): carte.locator("strong").inner_text()
        for carte in page.locator(".chiffre").all()[:2]
    }
    for tableau in page.locator("table.distribution").all():
        titre = tableau.locator("caption").inner_text().strip()
        groupe = ""
        for ligne in tableau.locator("tbody tr").all():
            libelle = ligne.locator("th").inner_text().split("\n")[0].replace("\xa0", " ").strip()
            if not ligne.locator("td.effectif").count():
                groupe = f"{libelle} · "
                continue
            lues[f"{titre} · {groupe}{libelle}"] = ligne.locator("td.effectif").inner_text()
    return {nom: int(re.sub(r"\D", "", texte)) for nom, texte in lues.items()}


def ecarts(avant: dict[str, int], apres: dict[str, int]) -> dict[str, int]:
    noms = avant.keys() | apres.keys()
    return {
        nom: apres.get(nom, 0) - avant.get(nom, 0)
        for nom in sorted(noms)
        if apres.get(nom, 0) != avant.get(nom, 0)
    }


def remplir_reperage(page: Page) -> None:
    page.get_by_label("Quand la situation a-t-elle été repérée").select_option(index=1)
    choisir(page, "Dans quel contexte", "Permanence")
    choisir(page, "La personne sait-elle", "Oui")


def remplir_personne(page: Page) -> None:
    choisir(page, "Quel âge a-t-elle", "75 ans et plus")
    choisir(page, "Quelle est sa situation familiale", "Personne seule, sans enfant à charge")
    page.get_by_label("Quelle est son activité").select_option(label="Retraité")
    choisir(page, "Quel est son logement", "Propriétaire ou accédant")


def decrire_droit(page: Page, bloc, *, type_: str, motif: str, anciennete: str) -> None:
    """Everything required about one right but its name; `bloc` is its card."""
    for question, reponse in (
        ("La personne y est-elle éligible", "Très probable"),
        ("Quel est le type de non-recours", type_),
        ("Quel en est le motif principal", motif),
        ("Depuis combien de temps", anciennete),
        ("Y a-t-elle déjà recouru", "N’y a jamais recouru"),
        ("Qu’avez-vous pu faire", "Information donnée"),
        ("Où en est-on", "En cours"),
    ):
        choisir(bloc, question, reponse)


ASPA = {
    "type_": "Non-demande",
    "motif": "Crainte d’une récupération sur succession",
    "anciennete": "2 ans et plus",
}
CHEQUE = {
    "type_": "Non-connaissance",
    "motif": "N’a jamais entendu parler du droit",
    "anciennete": "Moins d’un mois",
}
# What one situation with these two rights adds to the dashboard, and nothing else.
ATTENDU = {
    "situations": 1,
    "non-recours signalés": 2,
    "Non-recours par situation · Deux non-recours": 1,
    "Droits concernés · Vieillesse et perte d’autonomie · Allocation de solidarité aux personnes âgées (Aspa)": 1,
    "Droits concernés · Énergie, eau, télécoms · Chèque énergie": 1,
    "Type d’organisme déclarant · Association": 1,
    "Types de non-recours · Non-demande": 1,
    "Types de non-recours · Non-connaissance": 1,
    "Motifs principaux · Motifs de : Non-demande · Crainte d’une récupération sur succession ou de la mise à contribution de la famille": 1,
    "Motifs principaux · Motifs de : Non-connaissance · N’a jamais entendu parler du droit": 1,
    "Âge · 75 ans et plus": 1,
    "Sexe · Sans réponse": 1,
    "Situation familiale · Personne seule, sans enfant à charge": 1,
    "Logement · Propriétaire ou accédant": 1,
    "Activité · Retraité": 1,
    "Ancienneté · 2 ans et plus": 1,
    "Ancienneté · Moins d’un mois": 1,
    "Dynamique · N’y a jamais recouru": 2,
    "Gravité des situations · Forte": 1,
    "Conséquences constatées · Sans réponse": 1,
    "Du repérage à l’ouverture du droit · Non-recours repérés": 2,
    "Du repérage à l’ouverture du droit · Personne informée": 2,
    "Du repérage à l’ouverture du droit · Issue à ce jour · En cours": 2,
    "Délai jusqu’à l’ouverture · Sans réponse": 2,
    "Obstacles pratiques · Sans réponse": 2,
}


def verifier_les_figures(avant: dict[str, int], apres: dict[str, int]) -> None:
    """The figures moved by exactly that situation, its month included."""
    mesures = ecarts(avant, apres)
    du_mois = {nom for nom in mesures if nom.startswith("Situations par mois")}
    assert [mesures.pop(nom) for nom in du_mois] == [1]
    assert mesures == ATTENDU


def valider_et_recompter(page: Page, serveur: ServeurWeb, numero: str, temoin=None) -> None:
    """The animatrice finds the situation in the queue, validates it: figures do not move again."""
    entrer(page, serveur.adresse, ANIMATRICE)
    transmises = figures(page, serveur)
    page.goto(f"{serveur.adresse}/territoires/pays-des-vans/relecture/?q={numero}")
    if temoin:
        temoin.examiner()
    page.get_by_role("link", name=numero).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(numero)
    expect(page.get_by_text("Crainte d’une récupération sur succession")).to_be_visible()
    if temoin:
        temoin.examiner()
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_text(f"Situation {numero} validée.")).to_be_visible()
    assert figures(page, serveur) == transmises


def test_une_situation_saisie_transmise_validee_et_comptee(serveur, page):
    temoin = Temoin(page)
    entrer(page, serveur.adresse, ANIMATRICE)
    avant = figures(page, serveur)
    temoin.examiner()

    page.context.clear_cookies()
    page.goto(serveur.adresse)
    temoin.examiner()
    entrer(page, serveur.adresse, AUTRICE)
    temoin.examiner()
    page.get_by_role("link", name="Nouvelle situation").click()
    temoin.examiner()
    page.get_by_role("button", name=re.compile("^Commencer")).click()
    remplir_reperage(page)
    temoin.examiner()
    continuer(page, "La personne")
    remplir_personne(page)
    temoin.examiner()
    continuer(page, "Les non-recours")

    premier = page.locator("section[id='droit-1']")
    premier.get_by_role("searchbox").fill("minimum viellesse")
    premier.get_by_label("Allocation de solidarité aux personnes âgées (Aspa)").check()
    expect(premier.get_by_label("Auprès de quel organisme")).to_have_value("CARSAT")
    decrire_droit(page, premier, **ASPA)
    expect(premier.get_by_label("N’a jamais entendu parler du droit").first).to_be_hidden()
    temoin.examiner()
    page.get_by_role("button", name="Ajouter un autre droit").click()
    second = page.locator("section[id='droit-2']")
    second.get_by_role("searchbox").fill("chéque energi")
    second.get_by_label("Chèque énergie").check()
    decrire_droit(page, second, **CHEQUE)
    continuer(page, "Conséquences et suites")

    choisir(page, "Quelle est la gravité", "Forte")
    temoin.examiner()
    page.get_by_role("button", name="Continuer", exact=True).last.click()
    expect(page.get_by_role("heading", name="Relire et transmettre")).to_be_visible()
    expect(page.get_by_text("Droit n° 2 : Chèque énergie")).to_be_visible()
    temoin.examiner()
    page.get_by_role("button", name="Transmettre au comité technique").click()
    numero = page.locator("#numero").inner_text()
    temoin.examiner()

    entrer(page, serveur.adresse, ANIMATRICE)
    verifier_les_figures(avant, figures(page, serveur))
    valider_et_recompter(page, serveur, numero, temoin)


def continuer(page: Page, titre: str) -> None:
    page.get_by_role("button", name="Continuer", exact=True).last.click()
    expect(page.get_by_role("heading", name=titre, exact=True)).to_be_visible()


def test_la_meme_situation_sans_script(serveur, page_sans_script):
    page = page_sans_script
    entrer(page, serveur.adresse, ANIMATRICE)
    avant = figures(page, serveur)
    entrer(page, serveur.adresse, AUTRICE)
    page.get_by_role("link", name="Nouvelle situation").click()
    page.get_by_role("button", name=re.compile("^Commencer")).click()
    remplir_reperage(page)
    choisir(page, "Dans quel contexte", "Autre")
    page.get_by_role("button", name="Continuer", exact=True).last.click()
    expect(page.get_by_text("Vos réponses ouvrent une question de plus")).to_be_visible()
    page.get_by_label("Lequel").fill("Sortie de marché")
    continuer(page, "La personne")
    remplir_personne(page)
    continuer(page, "Les non-recours")
    for rang, (texte, nom, reponses) in enumerate(
        (("aspa", "Allocation de solidarité", ASPA), ("cheque energie", "Chèque énergie", CHEQUE)),
        start=1,
    ):
        bloc = page.locator(f"section[id='droit-{rang}']")
        bloc.get_by_role("searchbox").fill(texte)
        bloc.get_by_role("button", name="Chercher").click()
        bloc.locator("[data-candidats] label", has_text=nom).first.locator("input").check()
        decrire_droit(page, bloc, **reponses)
        if rang == 1:
            page.get_by_role("button", name="Ajouter un autre droit").click()
    page.get_by_role("button", name="Continuer", exact=True).last.click()
    expect(page.get_by_role("heading", name="Conséquences et suites", exact=True)).to_be_visible()
    choisir(page, "Quelle est la gravité", "Forte")
    page.get_by_role("button", name="Continuer", exact=True).last.click()
    page.get_by_role("button", name="Transmettre au comité technique").click()
    numero = page.locator("#numero").inner_text()
    entrer(page, serveur.adresse, ANIMATRICE)
    verifier_les_figures(avant, figures(page, serveur))
    valider_et_recompter(page, serveur, numero)
