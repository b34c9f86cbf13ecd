"""Every page as it is rendered: no inline script or style, a sound structure, no unknown variable."""

import sys
from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from situations import actions
from situations.models import FaitSituation, Situation
from situations.versions import version_en_vigueur
from tests import matrice
from tests.bases import RACINE
from tests.gens import aspa, cheque_energie, transmise

SANS_ETIQUETTE = {"hidden", "submit", "button", "image", "reset"}


class Lecture(HTMLParser):
    """Reads a page and keeps what a careful reader would reproach to it."""

    def __init__(self, source: str):
        super().__init__()
        self.source = source
        self.balises: list[tuple[str, dict]] = []
        self.controles: list[tuple[dict, bool]] = []
        self.titre = ""
        self._dans: dict[str, int] = {"label": 0, "title": 0}
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        attributs = {nom: valeur or "" for nom, valeur in attrs}
        self.balises.append((tag, attributs))
        if tag in self._dans:
            self._dans[tag] += 1
        if tag in ("select", "textarea") or (
            tag == "input" and attributs.get("type", "text") not in SANS_ETIQUETTE
        ):
            self.controles.append((attributs, self._dans["label"] > 0))

    def handle_endtag(self, tag):
        if tag in self._dans:
            self._dans[tag] -= 1

    def handle_data(self, data):
        if self._dans["title"]:
            self.titre += data

    def valeurs(self, attribut: str, balise: str | None = None) -> list[str]:
        return [
            attributs[attribut]
            for tag, attributs in self.balises
            if attribut in attributs and balise in (None, tag)
        ]

    def nombre(self, balise: str) -> int:
        return sum(tag == balise for tag, _ in self.balises)

    def fautes(self) -> list[str]:
        return [*self._securite(), *self._structure(), *self._renvois(), *self._etiquettes()]

    def _securite(self):
        for tag, attributs in self.balises:
            if tag == "script" and "src" not in attributs:
                yield "script dans la page"
            if tag == "style" or "style" in attributs:
                yield f"style dans la page : {tag} {attributs}"
            yield from (f"attribut {nom} sur {tag}" for nom in attributs if nom.startswith("on"))
            if attributs.get("href", "").strip().lower().startswith("javascript:"):
                yield "lien javascript:"

    def _structure(self):
        if self.valeurs("lang", "html") != ["fr"]:
            yield "la langue n’est pas dite"
        if not self.titre.partition("·")[0].strip():
            yield f"la page n’a pas de titre à elle : « {self.titre} »"
        for balise in ("h1", "main"):
            if self.nombre(balise) != 1:
                yield f"{self.nombre(balise)} {balise}"
        liens = [attributs for tag, attributs in self.balises if tag == "a"]
        if not liens or liens[0].get("href") != "#contenu":
            yield "le premier lien ne mène pas au contenu"

    def _renvois(self):
        ids = self.valeurs("id")
        yield from (f"id « {double} » répété" for double in {i for i in ids if ids.count(i) > 1})
        cites = [
            *self.valeurs("for", "label"),
            *(mot for nom in RENVOIS for valeur in self.valeurs(nom) for mot in valeur.split()),
            *(lien[1:] for lien in self.valeurs("href", "a") if lien.startswith("#")),
        ]
        yield from (f"rien n’a l’id « {cite} »" for cite in sorted(set(cites) - set(ids)))

    def _etiquettes(self):
        pour = set(self.valeurs("for", "label"))
        for attributs, dans_une_etiquette in self.controles:
            nomme = attributs.get("id") in pour or attributs.keys() & {
                "aria-label",
                "aria-labelledby",
            }
            if not (dans_une_etiquette or nomme):
                yield f"champ sans étiquette : {attributs}"


RENVOIS = ("aria-labelledby", "aria-describedby", "aria-controls")


class Absente(str):
    """What Django shows for an unknown variable, and which ones our templates asked for.

    `{% if %}` and `{% for %}` do not show it: a variable that is not there is false, or empty.
    """

    def __new__(cls):
        absente = super().__new__(cls, "%s")
        absente.demandees = []
        return absente

    def __mod__(self, variable):
        contexte = sys._getframe(1).f_locals["context"]
        gabarit = contexte.render_context.template.origin.name
        if gabarit.startswith(str(RACINE / "templates")):
            self.demandees.append(f"{gabarit.removeprefix(f'{RACINE}/')} : {variable}")
        return ""


@pytest.fixture
def absente(monkeypatch) -> Absente:
    absente = Absente()
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", absente)
    return absente


@dataclass(frozen=True)
class Page:
    """A page to read: how it is asked for, in which status of the situation, by whom."""

    methode: str
    adresse: str
    etat: str = "-"
    lecteur: str = "auteur"
    poste: dict | None = None
    statuts: tuple[int, ...] = (200, 422)

    def __str__(self):
        return f"{self.methode} {self.adresse} ({self.etat}, {self.lecteur})"


# What answers a script or downloads a file.
SANS_PAGE = (
    "/comptes/session/",
    "/CLE/droits/",
    "/apercu/recherche/",
    "/xlsform/",
    "/qui-appeler/",
    "/export/",
)


def pages_de_la_table():
    """Each page that someone may read, by the first who may."""
    for ligne in matrice.LIGNES:
        lecteur = next((nom for nom, attendu in ligne.attendus.items() if attendu == "200"), None)
        if (
            lecteur
            and ligne.methode == "GET"
            and not any(mot in ligne.adresse for mot in SANS_PAGE)
        ):
            yield Page("GET", ligne.adresse, ligne.etat, lecteur)


TABLEAU, SITUATION = "/territoires/SLUG/tableau-de-bord/", "/situations/CLE/"
BROUILLON = "/territoires/SLUG/formulaire/brouillon/"
EN_BROUILLON = ("adaptation", "animateur")
AUTRES_PAGES = [
    Page("GET", f"{SITUATION}saisie/personne/", "brouillon"),
    Page("GET", f"{SITUATION}saisie/non_recours/", "brouillon"),
    Page("GET", f"{SITUATION}saisie/suites/", "brouillon"),
    Page("GET", SITUATION, "transmise", "animateur"),
    Page("GET", SITUATION, "ecartee", "animateur"),
    Page("GET", f"{TABLEAU}?annee=1999&invente=1", lecteur="pilotage"),
    Page("GET", f"{TABLEAU}?lignes=droit&colonnes=type&type=ND", lecteur="animateur"),
    Page("GET", f"{TABLEAU}?lignes=age&colonnes=type&affichage=ligne", lecteur="animateur"),
    Page("GET", "/territoires/SLUG/relecture/?q=maison", lecteur="animateur"),
    Page("GET", "/territoires/SLUG/relecture/?q=introuvable&du=hier", lecteur="animateur"),
    Page("GET", "/territoires/nouveau/?q=vans", lecteur="national"),
    Page("GET", "/territoires/nouveau/?q=zzzz", lecteur="national"),
    Page("GET", "/nulle-part/", statuts=(404,)),
    Page("GET", "/nulle-part/", lecteur="anonyme", statuts=(404,)),
    Page("GET", "/territoires/SLUG/relecture/", lecteur="pilotage", statuts=(403,)),
    # What is refused is shown again, with what is to be corrected.
    Page("POST", "/comptes/connexion/", lecteur="anonyme", poste={"login": "x", "password": "y"}),
    Page(
        "POST",
        f"{SITUATION}saisie/reperage/",
        "brouillon",
        poste={"contexte": "co_accueil"},
        statuts=(409,),
    ),
    Page("POST", f"{SITUATION}transmettre/", "commencée"),
    Page("POST", f"{SITUATION}issues/", "transmise", poste={"nr1-issue": "inventée"}),
    Page("POST", f"{SITUATION}renvoyer/", "transmise", "animateur"),
    Page("POST", f"{SITUATION}ecarter/", "transmise", "animateur"),
    Page("POST", "/territoires/nouveau/autre/", lecteur="national"),
    Page("POST", "/territoires/SLUG/modifier/", lecteur="national"),
    Page("POST", "/territoires/SLUG/administrateurs/", lecteur="national", poste={"email": "x"}),
    Page("POST", f"{BROUILLON}sections/nouvelle/", *EN_BROUILLON),
    Page("POST", f"{BROUILLON}sections/personne/", *EN_BROUILLON, {"titre": "Elle"}, (409,)),
    Page("GET", f"{BROUILLON}questions/nouvelle/?section=suites", *EN_BROUILLON),
    Page("GET", f"{BROUILLON}questions/nouvelle/?section=suites&genre=entier", *EN_BROUILLON),
    Page("POST", f"{BROUILLON}questions/nouvelle/?section=suites&genre=choix", *EN_BROUILLON),
    Page("GET", f"{BROUILLON}questions/type/", *EN_BROUILLON),
    Page("GET", f"{BROUILLON}questions/droit/", *EN_BROUILLON),
    Page("POST", f"{BROUILLON}questions/zone/", *EN_BROUILLON),
    Page("POST", f"{BROUILLON}questions/zone/", *EN_BROUILLON, {"libelle": "Quand ?"}, (409,)),
    Page("GET", f"{BROUILLON}questions/age/condition/", *EN_BROUILLON),
    Page("GET", f"{BROUILLON}questions/contexte_precision/condition/", *EN_BROUILLON),
    Page(
        "POST",
        f"{BROUILLON}questions/zone/condition/",
        *EN_BROUILLON,
        {"posee": "si", "clause-0-variable": "droit", "action": "enregistrer"},
    ),
    Page("POST", f"{BROUILLON}droits/", *EN_BROUILLON, {"droits": ["rsa"]}, (409,)),
    Page("POST", f"{BROUILLON}droits/nouveau/", *EN_BROUILLON),
    Page("POST", f"{BROUILLON}modules/", *EN_BROUILLON, {"action": "partager"}),
    Page("POST", f"{BROUILLON}apercu/suites/", *EN_BROUILLON),
    Page("GET", f"{BROUILLON}apercu/non_recours/?largeur=telephone", *EN_BROUILLON),
]


@pytest.fixture
def peuplee(vans):
    """Enough situations, transmitted long ago enough, for lists and dashboards to show some."""
    for droits in ((aspa(),), (cheque_energie(),), (aspa(), cheque_energie())):
        transmise(vans, vans.collegue, *droits)
    il_y_a_deux_mois = timezone.localdate() - timedelta(days=62)
    FaitSituation.objects.update(transmise_le=il_y_a_deux_mois)


def situation_pour(page: Page, gens) -> Situation | None:
    if page.etat == "commencée":
        version = version_en_vigueur(gens.territoire)
        return actions.commencer(territoire=gens.territoire, version=version, par=gens.travail)
    return None if page.etat == "-" else matrice.situation_en(page.etat, gens)


@pytest.mark.usefixtures("peuplee")
@pytest.mark.parametrize("page", [*pages_de_la_table(), *AUTRES_PAGES], ids=str)
def test_une_page_est_saine(page, client, vans, drome, national, absente):
    situation = situation_pour(page, vans)
    if lecteur := matrice.lecteurs(vans, drome, national)[page.lecteur]:
        client.force_login(lecteur)
    adresse = matrice.adresse_reelle(page.adresse, vans, situation)
    reponse = getattr(client, page.methode.lower())(adresse, page.poste)
    assert reponse.status_code in page.statuts
    assert Lecture(reponse.content.decode()).fautes() == []
    assert absente.demandees == []


@pytest.mark.parametrize("gabarit", ["500.html", "503.html"])
def test_les_pages_de_panne_tiennent_sans_base_ni_feuille_de_style(gabarit):
    page = Lecture(render_to_string(gabarit))
    assert not list(page._securite())
    assert page.nombre("h1") == page.nombre("main") == 1
    assert page.valeurs("lang", "html") == ["fr"]
    assert not page.nombre("link")


def test_les_refus_de_django_ont_aussi_leur_page(client, absente):
    """A form open for too long; a request made to another host than ours."""
    jeton_absent = Client(enforce_csrf_checks=True).post("/comptes/connexion/")
    autre_hote = client.get("/", HTTP_HOST="ailleurs.example")
    for reponse, statut in ((jeton_absent, 403), (autre_hote, 400)):
        assert reponse.status_code == statut
        assert Lecture(reponse.content.decode()).fautes() == []
    assert absente.demandees == []


def test_le_lecteur_de_pages_voit_les_fautes():
    source = """<html><title> · Baromètre</title><body onload="f()"><style>p {}</style>
    <script>f()</script><h1 id="a">Un</h1><h1 id="a">Deux</h1><p style="color: red">…</p>
    <a href="#nulle-part">Lien</a><input type="text" aria-describedby="rien"><input type="hidden">
    <label>Nom <input></label>"""
    assert sorted(faute.partition(":")[0].strip() for faute in Lecture(source).fautes()) == sorted(
        [
            "attribut onload sur body",
            "style dans la page",
            "script dans la page",
            "style dans la page",
            "la langue n’est pas dite",
            "la page n’a pas de titre à elle",
            "2 h1",
            "0 main",
            "le premier lien ne mène pas au contenu",
            "id « a » répété",
            "rien n’a l’id « nulle-part »",
            "rien n’a l’id « rien »",
            "champ sans étiquette",
        ]
    )
