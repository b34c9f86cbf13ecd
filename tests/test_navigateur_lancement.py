"""From an empty application to the first situation transmitted, in a real browser."""

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import bases
from tests.navigateur import BUREAU, Temoin, choisir, entrer
from tests.serveurs import ServeurDurable
from tests.test_parcours import (
    ASPA,
    continuer,
    decrire_droit,
    remplir_personne,
    remplir_reperage,
)

pytestmark = pytest.mark.navigateur

MOT_DE_PASSE = "trois chèvres au col de l’Escrinet"
VANS = "/territoires/pays-des-vans/"


class Application:
    """An application that holds nobody yet, its mailboxes, and one browser window for each person."""

    def __init__(self, navigateur: Browser, boites: Path):
        self.boites = boites
        self.courrier = {"EMAIL_URL": f"filemail:///{boites}"}
        self.serveur = ServeurDurable(bases.VIDE, **self.courrier)
        self.base = self.serveur.base
        self.navigateur = navigateur
        self.contextes = []

    def fermer(self) -> None:
        for contexte in self.contextes:
            contexte.close()
        self.serveur.tuer()

    def fenetre(self) -> Page:
        """Somebody else's computer."""
        contexte = self.navigateur.new_context(locale="fr-FR", viewport=BUREAU)
        self.contextes.append(contexte)
        return contexte.new_page()

    def inviter_le_national(self, adresse: str, nom: str) -> str:
        """What an operator types; the link it prints."""
        sortie = bases.manage(
            self.base,
            *("inviter_national", adresse, nom, "--adresse", self.serveur.adresse),
            **self.courrier,
        )
        return re.search(r"http://\S+/invitations/\S+", sortie)[0]

    def lien_recu(self, adresse: str) -> str:
        """The link in the last e-mail of this address, once the background worker has sent it."""
        bases.manage(self.base, *("db_worker", "--batch", "--no-startup-delay"), **self.courrier)
        liens = [
            re.search(r"http://\S+/invitations/\S+", message.get_content())[0]
            for message in self._courriels()
            if adresse in message["To"] and "/invitations/" in message.get_content()
        ]
        assert liens, f"rien n’est arrivé à {adresse}"
        return liens[-1]

    def _courriels(self) -> Iterator[email.message.EmailMessage]:
        separateur = b"-" * 79 + b"\n"
        for fichier in sorted(self.boites.iterdir()):
            for brut in fichier.read_bytes().split(separateur):
                if brut.strip():
                    yield email.message_from_bytes(brut, policy=email.policy.default)


@pytest.fixture
def application(chromium, tmp_path):
    application = Application(chromium, tmp_path / "boites")
    yield application
    application.fermer()


def accepter_l_invitation(application: Application, lien: str, nom: str) -> Page:
    """Opens the link on one's own computer and makes one's account."""
    page = application.fenetre()
    page.goto(lien)
    page.get_by_label("Votre nom et votre prénom").fill(nom)
    page.get_by_label("Mot de passe", exact=False).first.fill(MOT_DE_PASSE)
    page.get_by_label("Le même mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Créer mon compte et accepter").click()
    expect(page.get_by_text("Bienvenue").first).to_be_visible()
    return page


def creer_le_territoire(page: Page, adresse: str) -> str:
    """From its EPCI; the address of the territory's pages."""
    page.goto(f"{adresse}/territoires/")
    page.get_by_role("link", name="Nouveau territoire").click()
    page.get_by_role("searchbox").fill("pays des vans")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=re.compile("Pays des Vans en Cévennes")).click()
    page.get_by_role("button", name="Créer le territoire").click()
    expect(page.get_by_text("Il reste à nommer son administrateur")).to_be_visible()
    return page.url.removesuffix("administrateurs/")


def inviter(page: Page, territoire: str, nom: str, adresse: str, comite: str) -> None:
    page.goto(f"{territoire}membres/inviter/")
    page.get_by_label("Nom et prénom").fill(nom)
    page.get_by_label("Adresse e-mail").fill(adresse)
    page.get_by_label("Organisme").select_option(label="CCAS des Vans")
    page.get_by_label("Comité").select_option(label=comite)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_text(f"L’invitation part pour {adresse}")).to_be_visible()


def poster(page: Page, bouton: str) -> None:
    """Once the next page is there: what was posted is written."""
    with page.expect_navigation():
        page.get_by_role("button", name=bouton).click()


def restantes(page: Page, territoire: str, nombre: int) -> None:
    """The page of the launch says how many conditions are left, and nothing opens before none is."""
    page.goto(f"{territoire}lancement/")
    expect(page.locator(".conditions .statut-a_completer")).to_have_count(nombre)
    ouvrir = page.get_by_role("button", name="Ouvrir la collecte")
    expect(ouvrir).to_have_count(0 if nombre else 1)


def confirmer(page: Page, bouton: str) -> None:
    page.get_by_role("button", name=bouton).click()
    expect(page.get_by_text(re.compile("^C’est noté"))).to_be_visible()


def test_d_une_application_vide_a_la_premiere_situation(application):
    lieu = application.serveur.adresse
    lien = application.inviter_le_national("dominique@national.example", "Dominique Kessler")
    national = accepter_l_invitation(application, lien, "Dominique Kessler")
    territoire = creer_le_territoire(national, lieu)
    national.get_by_label("Adresse e-mail").fill("nadia@ccas.example")
    national.get_by_role("button", name="Nommer").click()
    expect(national.get_by_text("part pour nadia@ccas.example")).to_be_visible()

    lien = application.lien_recu("nadia@ccas.example")
    nadia = accepter_l_invitation(application, lien, "Nadia Chérif")
    temoin = Temoin(nadia)
    restantes(nadia, territoire, 7)
    temoin.examiner()
    nadia.get_by_label("Organisme porteur").fill("CCAS des Vans")
    poster(nadia, "Enregistrer le porteur")
    restantes(nadia, territoire, 6)

    nadia.goto(f"{territoire}membres/organismes/")
    nadia.get_by_label("Nom").fill("CCAS des Vans")
    nadia.get_by_label("Catégorie").select_option(value="CCAS")
    poster(nadia, "Créer")
    for nom, adresse, comite in (
        ("Solène Vidal", "solene@ccas.example", "Comité technique"),
        ("Bernard Mazaudier", "bernard@ccas.example", "Comité de pilotage"),
        ("Denise Pialat", "denise@ccas.example", "Groupe de travail"),
    ):
        inviter(nadia, territoire, nom, adresse, comite)
    denise = accepter_l_invitation(
        application, application.lien_recu("denise@ccas.example"), "Denise Pialat"
    )
    for nom, adresse in (
        ("Solène Vidal", "solene@ccas.example"),
        ("Bernard Mazaudier", "bernard@ccas.example"),
    ):
        accepter_l_invitation(application, application.lien_recu(adresse), nom)

    denise.goto(f"{territoire}situations/nouvelle/")
    expect(
        denise.get_by_role("heading", name="La collecte n’est pas encore ouverte")
    ).to_be_visible()
    expect(denise.get_by_text("Aucune charte n’est adoptée.")).to_be_visible()
    Temoin(denise).examiner()

    nadia.goto(f"{territoire}membres/")
    nadia.get_by_role("link", name="Modifier le siège de Solène Vidal").click()
    nadia.get_by_role("link", name="Désigner comme animateur").click()
    poster(nadia, "Désigner")
    restantes(nadia, territoire, 6)
    confirmer(nadia, "Confirmer la composition des comités")
    restantes(nadia, territoire, 5)
    confirmer(nadia, "Confirmer que cette personne anime en permanence")
    nadia.get_by_role("link", name="Lire le guide").click()
    expect(nadia.get_by_role("heading", level=1)).to_be_visible()
    restantes(nadia, territoire, 4)
    confirmer(nadia, "J’ai lu le guide, et la notion est expliquée aux participants")
    nadia.get_by_role("link", name="Lire le texte proposé et l’adopter").click()
    temoin.examiner()
    poster(nadia, "Adopter cette charte")
    restantes(nadia, territoire, 2)
    poster(nadia, "Enregistrer les seuils et les durées")
    nadia.get_by_role("link", name="Lire le formulaire, l’adapter").click()
    expect(nadia.get_by_text("En vigueur : version 1")).to_be_visible()
    restantes(nadia, territoire, 1)
    confirmer(nadia, "Je l’ai relu : garder ce formulaire")
    restantes(nadia, territoire, 0)
    temoin.examiner()
    nadia.get_by_role("button", name="Ouvrir la collecte").click()
    expect(nadia.get_by_text("La collecte est ouverte depuis le")).to_be_visible()
    temoin.examiner()

    saisir_la_premiere(denise, territoire)


def saisir_la_premiere(page: Page, territoire: str) -> None:
    """The charter and the short guide first, then a situation, transmitted."""
    page.goto(f"{territoire}situations/nouvelle/")
    expect(page.get_by_role("heading", name="Avant de commencer")).to_be_visible()
    Temoin(page).examiner()
    page.get_by_role("button", name="Accepter et continuer").click()
    expect(page.get_by_text("Il reste une chose à faire")).to_be_visible()
    page.get_by_label(re.compile("J’ai lu le guide et la charte")).check()
    page.get_by_role("button", name="Accepter et continuer").click()
    page.get_by_role("button", name="Commencer").click()
    remplir_reperage(page)
    continuer(page, "La personne")
    remplir_personne(page)
    continuer(page, "Les non-recours")
    droit = page.locator("section[id='droit-1']")
    droit.get_by_role("searchbox").fill("aspa")
    droit.get_by_label("Allocation de solidarité aux personnes âgées (Aspa)").check()
    decrire_droit(page, droit, **ASPA)
    continuer(page, "Conséquences et suites")
    choisir(page, "Quelle est la gravité", "Forte")
    page.get_by_role("button", name="Continuer", exact=True).last.click()
    page.get_by_role("button", name="Transmettre au comité technique").click()
    expect(page.locator("#numero")).to_have_text(re.compile(r"\d"))


def test_une_nouvelle_charte_pendant_qu_on_saisit_ne_perd_rien(serveur, page, chromium):
    entrer(page, serveur.adresse, "Denise Pialat")
    page.get_by_role("link", name="Nouvelle situation").click()
    page.get_by_role("button", name=re.compile("^Commencer")).click()
    page.wait_for_url("**/saisie/**")
    suites = page.url.replace("reperage", "suites")
    page.goto(suites)

    ailleurs = chromium.new_context(locale="fr-FR", viewport=BUREAU).new_page()
    entrer(ailleurs, serveur.adresse, "Solène Vidal")
    ailleurs.goto(f"{serveur.adresse}{VANS}charte/adopter/")
    ailleurs.get_by_label("La suite de la charte").fill("Rien ne sort d’ici.")
    ailleurs.get_by_role("button", name="Adopter la nouvelle version").click()
    expect(ailleurs.get_by_role("heading", name="Avant de commencer")).to_be_visible()
    ailleurs.context.close()

    page.get_by_label("Ce qui s’est passé").fill("Saisi sous l’ancienne charte.")
    lien = page.get_by_role("link", name="lire la charte dans un autre onglet")
    with page.context.expect_page() as ouverte:
        lien.click()
    onglet = ouverte.value
    expect(onglet.get_by_text("Elle vient de changer")).to_be_visible()
    onglet.get_by_label(re.compile("J’ai lu le guide et la charte")).check()
    onglet.get_by_role("button", name="Accepter et continuer").click()
    onglet.wait_for_url(lambda adresse: "/charte/" not in adresse)
    page.get_by_label("Ce qui s’est passé").press("End")
    with page.expect_response(lambda reponse: "gard" in (reponse.request.post_data or "")):
        page.get_by_label("Ce qui s’est passé").type(" Et gardé.")
    expect(page.locator("#etat")).to_contain_text(
        re.compile(r"Brouillon enregistré à \d"), timeout=15_000
    )
    page.goto(suites)
    expect(page.get_by_label("Ce qui s’est passé")).to_have_value(
        "Saisi sous l’ancienne charte. Et gardé."
    )


PAGES = {
    "Solène Vidal": ["lancement/", "charte/", "charte/1/", "charte/adopter/", "comites/nouveau/"],
    "Bernard Mazaudier": ["comites/"],
}


@pytest.mark.parametrize("nom", PAGES)
def test_les_pages_du_lancement_et_des_comites_sont_accessibles(serveur, page, nom):
    temoin = Temoin(page)
    entrer(page, serveur.adresse, nom)
    for suite in PAGES[nom]:
        page.goto(f"{serveur.adresse}{VANS}{suite}")
        temoin.examiner()


def test_une_decision_du_comite_de_pilotage(serveur, page):
    temoin = Temoin(page)
    entrer(page, serveur.adresse, "Bernard Mazaudier")
    page.goto(f"{serveur.adresse}{VANS}comites/")
    page.get_by_role("link", name="Comité de pilotage").first.click()
    page.get_by_role("link", name="Période observée").click()
    page.get_by_label("Du mois de").fill("2026-06")
    page.get_by_label("Au mois de").fill("2026-01")
    page.get_by_role("button", name="Écrire cette décision").click()
    expect(page.get_by_role("alert")).to_be_focused()
    temoin.examiner()
    page.get_by_role("link", name="Au mois de").click()
    expect(page.get_by_label("Au mois de")).to_be_focused()
    page.get_by_label("Au mois de").fill("2026-12")
    page.get_by_role("button", name="Écrire cette décision").click()
    periode = page.get_by_text("Période observée : de juin 2026 à décembre 2026", exact=True)
    expect(periode).to_be_visible()
    temoin.examiner()
    page.get_by_role("link", name=re.compile("^Annuler « Période")).click()
    temoin.examiner()
    page.get_by_role("button", name="Annuler cette décision").click()
    expect(page.get_by_text("Annulée par Bernard Mazaudier")).to_be_visible()
    temoin.examiner()
