"""Adapting a form alone, in a real browser, by mouse and by keyboard; filling it; undoing it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import bases
from tests.mains import Clavier, Souris
from tests.navigateur import Temoin, choisir, entrer
from tests.serveurs import ServeurWeb
from tests.test_parcours import ASPA, continuer, decrire_droit, remplir_reperage

pytestmark = pytest.mark.navigateur

ANIMATRICE, AUTRICE, NATIONAL = "Solène Vidal", "Denise Pialat", "Dominique Kessler"
TABLEAU = "/territoires/pays-des-vans/tableau-de-bord/"
MES_TERRITOIRES = "/tableau-de-bord/mes-territoires/"
LOT_NATIONAL = """
from tests.lots_ecrits import ecrire_lot
ecrire_lot(None, 2026, "national")
"""
QUESTION = "Un proche peut-il l’accompagner à un rendez-vous ?"
CHOIX, CHOIX_DU_SOCLE = "Caravane sur terrain familial", "Habitat mobile ou de fortune"
DU_MODULE = "La récupération sur succession a-t-elle été expliquée ?"
CONDITION = re.compile(r"Posée si\W+Quel âge a-t-elle\W+est\W+65-74 ans\W+ou\W+75 ans et plus")


def bouton(page: Page, nom: str) -> Locator:
    return page.get_by_role("button", name=re.compile(nom))


def lien(page: Page, nom: str) -> Locator:
    return page.get_by_role("link", name=re.compile(nom))


def ouvrir_le_brouillon(main: Souris) -> None:
    main.activer(main.page.get_by_role("link", name="Formulaire", exact=True))
    main.arriver("Le formulaire de Pays des Vans")
    main.activer(bouton(main.page, "^Adapter le formulaire$"))
    main.arriver("Brouillon du formulaire")


def prendre_le_module_aspa(main: Souris) -> None:
    main.activer(lien(main.page, "Prendre un module"))
    main.arriver("Modules de questions")
    main.activer(bouton(main.page, "Prendre le module .*Aspa"))
    expect(main.page.get_by_text("est dans le brouillon")).to_be_visible()
    expect(lien(main.page, DU_MODULE[:-2])).to_be_visible()
    main.temoin.examiner()


def ajouter_la_question(main: Souris) -> None:
    """A required one, asked about people over 65 only."""
    page = main.page
    main.activer(lien(page, r"Ajouter une question dans \W+La personne"))
    main.arriver("Nouvelle question")
    main.activer(lien(page, "^Oui, non ou ne sait pas"))
    expect(page.get_by_label("Réponse obligatoire")).to_be_visible()
    main.arriver("Nouvelle question")
    main.ecrire(page.get_by_label("Question", exact=False).first, QUESTION)
    main.cocher(page.get_by_label("Réponse obligatoire"))
    main.activer(bouton(page, "^L’ajouter et choisir quand la poser"))
    main.arriver("Quand poser cette question")
    main.cocher(page.get_by_label("Seulement selon d’autres réponses"))
    main.derouler(page.get_by_label("Si la réponse à"), "Quel âge a-t-elle ?")
    main.cocher(page.get_by_label("65-74 ans"))
    main.cocher(page.get_by_label("75 ans et plus"))
    expect(page.locator(".phrase-condition")).to_have_text(CONDITION)
    main.temoin.examiner()
    main.activer(bouton(page, "^Enregistrer$").last)
    ligne = page.get_by_role("listitem").filter(has=lien(page, re.escape(QUESTION[:-2])))
    expect(ligne.first).to_contain_text("(obligatoire)")
    expect(ligne.first).to_contain_text(CONDITION)
    main.temoin.examiner()


def ajouter_le_choix(main: Souris) -> None:
    """A home of here, that counts as one of the noyau's."""
    page = main.page
    main.activer(lien(page, "^Quel est son logement"))
    main.arriver("Quel est son logement")
    main.ecrire(page.get_by_label("Réponse", exact=True), CHOIX)
    main.derouler(page.get_by_label("Compte comme"), CHOIX_DU_SOCLE)
    main.activer(bouton(page, "^Ajouter cette réponse"))
    expect(page.locator(".liste-choix")).to_contain_text(
        re.compile(rf"Compte comme \W+{CHOIX_DU_SOCLE}")
    )
    main.temoin.examiner()
    main.activer(bouton(page, "^Enregistrer$").last)
    expect(page.get_by_text("La question est enregistrée")).to_be_visible()


def masquer_le_sexe(main: Souris) -> None:
    page = main.page
    ligne = page.locator("#question-sexe")
    main.activer(ligne.locator("summary"))
    expect(ligne.get_by_role("button", name="Masquer")).to_be_visible()
    main.temoin.examiner()
    main.activer(ligne.get_by_role("button", name="Masquer"))
    expect(bouton(page, r"Poser à nouveau \W+Sexe")).to_be_visible()
    main.temoin.examiner()


def monter_les_suites(main: Souris) -> None:
    """The consequences come before the rights."""
    main.activer(bouton(main.page, r"Monter la section \W+Conséquences"))
    expect(main.page.locator("section.section-brouillon h2")).to_have_text(
        ["Le repérage", "La personne", "Conséquences et suites", "Les non-recours"]
    )
    expect(bouton(main.page, r"Monter la section \W+Conséquences")).to_be_focused()


def essayer_l_apercu(main: Souris) -> None:
    """Conditions answer at once, at both widths."""
    page = main.page
    main.activer(page.get_by_role("link", name="Aperçu", exact=True))
    main.activer(bouton(page, "^La personne$"))
    propre = page.get_by_role("radiogroup", name=QUESTION)
    expect(page.get_by_role("radiogroup", name="Quel âge")).to_be_visible()
    expect(propre).to_be_hidden()
    main.cocher(page.get_by_label("65-74 ans"))
    expect(propre).to_be_visible()
    main.temoin.examiner()
    main.activer(bouton(page, "^Voir comme sur un téléphone"))
    expect(propre).to_be_visible()
    assert page.locator(".apercu-telephone").bounding_box()["width"] <= 400
    main.cocher(page.get_by_label("60-64 ans"))
    expect(propre).to_be_hidden()
    main.temoin.examiner()
    main.activer(bouton(page, "^Les non-recours$"))
    du_module = page.get_by_role("radiogroup", name=DU_MODULE)
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(du_module).to_be_hidden()
    main.ecrire(page.get_by_role("searchbox"), "aspa")
    main.cocher(page.get_by_label("Allocation de solidarité aux personnes âgées (Aspa)"))
    expect(du_module).to_be_visible()
    main.temoin.examiner()


def lire_et_publier(main: Souris) -> None:
    page = main.page
    main.activer(page.get_by_role("link", name="Brouillon", exact=True))
    main.activer(lien(page, "^Voir ce qui change et publier"))
    differences = page.get_by_role("region", name=re.compile("^Ce qui change"))
    for dite in (QUESTION, CHOIX, "Sexe", DU_MODULE, "Conséquences et suites"):
        expect(differences).to_contain_text(dite)
    expect(page.get_by_role("region", name="Temps pour remplir")).to_contain_text("min")
    main.temoin.examiner()
    main.activer(page.get_by_role("button", name="Publier", exact=True))
    expect(page.get_by_text("La version 2 est en vigueur")).to_be_visible()
    main.temoin.examiner()


def adapter_et_publier(main: Souris) -> None:
    """Everything the animatrice does, from the form in force to its second version."""
    ouvrir_le_brouillon(main)
    prendre_le_module_aspa(main)
    ajouter_la_question(main)
    ajouter_le_choix(main)
    masquer_le_sexe(main)
    monter_les_suites(main)
    essayer_l_apercu(main)
    lire_et_publier(main)


def commencer(page: Page, adresse: str) -> None:
    entrer(page, adresse, AUTRICE)
    page.get_by_role("link", name="Nouvelle situation").click()
    bouton(page, "^Commencer").click()
    remplir_reperage(page)
    continuer(page, "La personne")


def saisir_et_transmettre(page: Page, adresse: str) -> None:
    """A member of the groupe de travail meets a person over 65 in a caravan."""
    temoin = Temoin(page)
    commencer(page, adresse)
    expect(page.get_by_role("radiogroup", name="Sexe")).to_have_count(0)
    choisir(page, "Quel âge a-t-elle", "40-49 ans")
    expect(page.get_by_role("radiogroup", name=QUESTION)).to_be_hidden()
    choisir(page, "Quel âge a-t-elle", "75 ans et plus")
    expect(page.get_by_role("radiogroup", name=QUESTION)).to_be_visible()
    choisir(page, "Quelle est sa situation familiale", "Personne seule, sans enfant à charge")
    page.get_by_label("Quelle est son activité").select_option(label="Retraité")
    choisir(page, "Quel est son logement", CHOIX)
    temoin.examiner()
    continuer(page, "Conséquences et suites")
    choisir(page, "Quelle est la gravité", "Forte")
    continuer(page, "Les non-recours")
    droit = page.locator("section[id='droit-1']")
    droit.get_by_role("searchbox").fill("aspa")
    droit.get_by_label("Allocation de solidarité aux personnes âgées (Aspa)").check()
    decrire_droit(page, droit, **ASPA)
    choisir(droit, DU_MODULE, "Non")
    temoin.examiner()
    continuer(page, "Relire et transmettre")
    repondre_a_l_obligatoire(page)
    for dite in (QUESTION, CHOIX, DU_MODULE):
        expect(page.get_by_text(dite).first).to_be_visible()
    bouton(page, "^Transmettre").click()
    expect(page.locator("#numero")).to_be_visible()


def repondre_a_l_obligatoire(page: Page) -> None:
    """Transmitting waits for the required local question, and for it alone."""
    expect(page.get_by_text("Il reste un point à voir avant de transmettre")).to_be_visible()
    expect(bouton(page, "^Transmettre")).to_be_disabled()
    page.get_by_role("alert").get_by_role("link", name=QUESTION).click()
    choisir(page, QUESTION, "Oui")
    continuer(page, "Conséquences et suites")
    page.get_by_role("link", name="Relire et transmettre").click()


def effectif(page: Page, distribution: str, reponse: str) -> int:
    """What the page counts for this answer; 0 when it does not know it."""
    morceau = page.locator(".morceau").filter(
        has=page.get_by_role("heading", name=distribution, exact=True)
    )
    lignes = morceau.locator("table.distribution tr").filter(
        has=page.get_by_role("rowheader", name=reponse)
    )
    return int(lignes.locator("td.effectif").inner_text()) if lignes.count() else 0


def verifier_les_tableaux(page: Page, serveur: ServeurWeb, au_socle: int) -> None:
    """The territory reads its own words; beyond it the refined choice is the noyau's.

    A batch hides small numbers: the national page shows no more than that the local words never
    appear. The live page over one's territories counts on the same noyau, so it shows the roll-up.
    """
    adresse = serveur.adresse
    entrer(page, adresse, ANIMATRICE)
    page.goto(adresse + TABLEAU)
    expect(page.get_by_role("heading", name="Questions propres au territoire")).to_be_visible()
    assert effectif(page, QUESTION, "Oui") == 1
    assert effectif(page, DU_MODULE, "Non") == 1
    assert effectif(page, "Logement", CHOIX) == 1
    page.goto(adresse + MES_TERRITOIRES)
    assert effectif(page, "Logement", CHOIX_DU_SOCLE) == au_socle
    expect(page.locator("main")).not_to_contain_text(CHOIX)
    bases.manage(serveur.base, "shell", "--verbosity=0", "-c", LOT_NATIONAL)
    page.context.clear_cookies()
    page.goto(adresse + "/comptes/connexion/")
    page.get_by_role("button", name=NATIONAL, exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Tableau national")).to_be_visible()
    expect(page.locator("main")).to_contain_text(CHOIX_DU_SOCLE)
    for local in (CHOIX, QUESTION):
        expect(page.locator("main")).not_to_contain_text(local)


def remettre_la_premiere(main: Souris, adresse: str) -> None:
    """The former version is in force again, and a new draft follows it."""
    page = main.page
    entrer(page, adresse, ANIMATRICE)
    main.activer(page.get_by_role("link", name="Formulaire", exact=True))
    main.activer(lien(page, "^Remettre en vigueur la version 1"))
    main.arriver("Remettre la version 1 en vigueur")
    main.activer(bouton(page, "^Remettre en vigueur$"))
    expect(page.get_by_text("La version 1 est de nouveau en vigueur")).to_be_visible()
    main.arriver("Le formulaire de Pays des Vans")
    commencer(page, adresse)
    expect(page.get_by_role("radiogroup", name="Sexe")).to_be_visible()
    expect(page.get_by_label(CHOIX)).to_have_count(0)
    choisir(page, "Quel âge a-t-elle", "75 ans et plus")
    expect(page.get_by_role("radiogroup", name=QUESTION)).to_have_count(0)


def parcourir(main: Souris, serveur: ServeurWeb) -> None:
    """From the form in force to its second version, filled and counted, and back to the first."""
    adresse = serveur.adresse
    entrer(main.page, adresse, ANIMATRICE)
    main.page.goto(adresse + MES_TERRITOIRES)
    avant = effectif(main.page, "Logement", CHOIX_DU_SOCLE)
    adapter_et_publier(main)
    saisir_et_transmettre(main.page, adresse)
    verifier_les_tableaux(main.page, serveur, au_socle=avant + 1)
    remettre_la_premiere(main, adresse)


def test_adapter_le_formulaire_a_la_souris_le_remplir_et_revenir(serveur: ServeurWeb, page: Page):
    parcourir(Souris(page), serveur)


def test_adapter_le_formulaire_au_clavier_seul(serveur: ServeurWeb, page: Page):
    parcourir(Clavier(page), serveur)
