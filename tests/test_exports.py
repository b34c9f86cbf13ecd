"""The tables of a dashboard as files: what the page says, to whom it says it, and nothing more."""

import csv
import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from pilotage.actions.decisions import decider
from pilotage.demande import Demande
from pilotage.figures import figure_de
from pilotage.models import Lot, Population, Publication
from pilotage.presentation.sorties import nom_de_fichier, note_des_versions
from pilotage.views import exports
from situations import noyau
from territoires.actions import ajouter_membre
from territoires.models import Comite, Journal, Territoire, Utilisateur
from tests.base_demonstration import servie
from tests.bases import RACINE, environnement
from tests.fenetre import Element, Fenetre
from tests.gens import accepter
from tests.lots_ecrits import ecrire_lot
from tests.saisies import fenetre_de
from tests.tableaux_affiches import croisement

pytestmark = pytest.mark.django_db
VANS = "/territoires/pays-des-vans/tableau-de-bord/"
GRENOBLE = "/territoires/grenoble-alpes-metropole/tableau-de-bord/"
AUDIENCES = {
    "technique": ("camille.berthier", GRENOBLE),
    "territoire": ("bernard.mazaudier", VANS),
    "national": ("dominique.kessler", "/tableau-de-bord/national/"),
    "public": (None, "/publications/pays-des-vans/"),
    "plusieurs": ("camille.berthier", "/tableau-de-bord/mes-territoires/"),
}


@pytest.fixture(scope="module", autouse=True)
def base(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), servie("exports") as base:
        vans = Territoire.objects.get(slug="pays-des-vans")
        sieger_aussi(compte("camille.berthier"), vans)
        Lot.objects.all().delete()
        ecrire_lot(vans, 2026, Lot.Audience.TERRITOIRE)
        ecrire_lot(None, 2026, Lot.Audience.NATIONAL)
        publier_tout_de_suite(vans)
        yield base


def publier_tout_de_suite(territoire: Territoire) -> None:
    pilotage = territoire.comites.get(nature=Comite.Nature.PILOTAGE)
    decision = decider(
        comite=pilotage,
        nature="publication",
        intitule="Les résultats de 2026",
        prise_le=timezone.localdate(),
        par=compte("bernard.mazaudier"),
    )
    Publication.objects.create(
        territoire=territoire,
        lot=ecrire_lot(territoire, 2026, Lot.Audience.PUBLIC),
        decision=decision,
        publiee_le=timezone.now(),
    )


def sieger_aussi(utilisateur: Utilisateur, territoire: Territoire) -> None:
    """Someone who reviews a second territory."""
    ajouter_membre(
        comite=territoire.comites.get(nature=Comite.Nature.TECHNIQUE),
        utilisateur=utilisateur,
        organisme=territoire.organismes.first(),
        par=utilisateur,
    )
    if territoire.chartes.exists():
        accepter(territoire, utilisateur)


def compte(nom: str) -> Utilisateur:
    return Utilisateur.objects.get(email=f"{nom}@demo.example")


def page_de(audience: str, question: str = "") -> Fenetre:
    nom, adresse = AUDIENCES[audience]
    adresse = f"{adresse}?{question}" if question else adresse
    return fenetre_de(compte(nom), adresse) if nom else Fenetre(Client(), adresse)


def morceaux(page: Fenetre) -> list[Element]:
    return [m for m in page.classe("morceau") if fichiers(m)]


def fichiers(morceau: Element) -> list[str]:
    """The addresses of the files of a table: CSV, PNG, SVG."""
    return [a["href"] for a in morceau.tous("a") if "/export/" in a["href"]]


def lire(contenu: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(contenu.decode("utf-8-sig")), delimiter=";"))


def entetes(lignes: list[list[str]]) -> dict[str, str]:
    return {ligne[0]: ligne[1] for ligne in lignes[:4] if len(ligne) == 2}


def notes(lignes: list[list[str]]) -> str:
    return " ".join(ligne[1] for ligne in lignes if ligne[:1] == ["Note"])


def sans_espaces(texte: str) -> str:
    return re.sub(r"\s", "", texte)


def effectifs(morceau: Element) -> dict[str, list[str]]:
    """What each line of a table of the page says: its label, then its counts."""
    lus = {}
    for ligne in [tr for table in morceau.tous("table") for tr in table.tous("tr")]:
        noms = [th for th in ligne.tous("th") if th["scope"] == "row"]
        cases = [td for td in ligne.tous("td") if not a_la_classe(td, HORS)]
        if noms and cases:
            nom = noms[0].dit.partition(" Repère national")[0]
            lus[nom] = [sans_espaces(td.dit).strip("–") for td in cases]
    for paire in [div for dl in morceau.tous("dl") for div in dl.tous("div")]:
        lus[paire.tous("dt")[0].dit] = [sans_espaces(paire.tous("dd")[0].dit)]
    return lus


HORS = {"barre", "pourcent", "avant", "ecart", "empilee"}


def a_la_classe(element: Element, classes: set[str]) -> bool:
    vide = not element.attributs.get("class")
    return vide or bool(classes & set(element["class"].split()))


# --- every table, every audience, every kind of file -------------------------------------------


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_table_of_the_page_is_a_file_that_says_the_same(audience):
    page = page_de(audience)
    tous = morceaux(page)
    assert len(tous) >= 10
    for morceau in tous:
        tableau, *_ = fichiers(morceau)
        reponse = page.client.get(tableau)
        assert reponse.status_code == 200, tableau
        lignes = lire(reponse.content)
        par_nom = {
            " ".join(ligne[rang].split()): ligne[rang + 1 :]
            for ligne in lignes
            for rang in (0, 1)
            if len(ligne) > rang + 1
        }
        for nom, lus in effectifs(morceau).items():
            assert par_nom[nom][: len(lus)] == lus, (tableau, nom)
        assert ("secret" in morceau.texte) == ("secret" in reponse.content.decode()), tableau


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_figure_is_drawn_and_says_what_is_secret(audience):
    """Each table in one of the two formats, the other one for the next audience."""
    page = page_de(audience)
    decalage = list(AUDIENCES).index(audience)
    for rang, morceau in enumerate(morceaux(page)):
        _, png, svg = fichiers(morceau)
        if (rang + decalage) % 2:
            image = page.client.get(png)
            assert image.content.startswith(b"\x89PNG"), png
            assert image["Content-Type"] == "image/png"
            continue
        dessin = page.client.get(svg).content.decode()
        classes = [set(td["class"].split()) for td in morceau.tous("td")]
        caches = any("secret" in c and not c & {"avant", "marge"} for c in classes)
        caches |= any("secret" in dd["class"] for dd in morceau.tous("dd"))
        (description,) = re.findall(r"<desc>(.*?)</desc>", dessin, re.DOTALL)
        assert bool(re.search(r"valeurs? secrètes?", description)) == caches, svg


def test_all_the_tables_come_in_one_archive_in_the_order_of_the_page():
    page = page_de("technique", "annee=2026")
    (adresse,) = [lien for lien in page.liens() if "tableaux.zip" in lien]
    reponse = page.client.get(adresse)
    assert 'filename="grenoble-alpes-metropole-tableaux-2026.zip"' in reponse["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(reponse.content))
    noms = archive.namelist()
    assert noms[0] == "01-situations-recueillies-2026.csv"
    assert len(noms) >= len(morceaux(page)) >= 25
    assert len(set(noms)) == len(noms)
    seul = page.client.get(fichiers(morceaux(page)[0])[0])
    assert archive.read(noms[0]) == seul.content
    assert page.client.get(adresse).content == reponse.content


# --- what goes with the figures ---------------------------------------------------------------


def test_a_file_says_where_when_what_is_counted_and_by_which_form():
    page = page_de("technique", "annee=2026&f_logement=l_hlm&f_type=ND")
    reponse = page.client.get(adresse_de(page, "age.csv"))
    lignes = lire(reponse.content)
    assert entetes(lignes)["Territoire"] == "Grenoble-Alpes-Métropole"
    assert entetes(lignes)["Période"] == "année 2026"
    assert entetes(lignes)["Base"].startswith("n\u00a0=\u00a0")
    dites = notes(lignes)
    for phrase in ("Situations comptées", "Non-demande", "version", "ne mesure pas un taux"):
        assert phrase in dites
    nom = 'filename="grenoble-alpes-metropole-age-2026-filtre.csv"'
    assert nom in reponse["Content-Disposition"]


def adresse_de(page: Fenetre, fichier: str) -> str:
    (adresse,) = [lien for lien in page.liens() if f"/export/{fichier}" in lien]
    return adresse


def test_the_rights_come_with_what_is_known_nationally():
    page = page_de("technique")
    dites = notes(lire(page.client.get(adresse_de(page, "droit.csv")).content))
    assert "à titre de repère, non comparable" in dites


def test_the_period_before_and_the_population_stand_beside():
    grenoble = page_de("technique").reponse.context["territoire"]
    tranches = {m["code"]: 1000 for m in noyau.lire("modalites") if m["liste"] == "age"}
    Population.objects.update_or_create(
        territoire=grenoble,
        defaults={
            "effectifs": tranches,
            "source": "Insee, recensement",
            "annee": 2022,
            "par": compte("camille.berthier"),
        },
    )
    page = page_de("technique", "annee=2026")
    lignes = lire(page.client.get(adresse_de(page, "age.csv")).content)
    (tete,) = [ligne for ligne in lignes if "Effectif" in ligne]
    assert tete[-1] == "2025"
    assert "Population" in tete
    assert "Insee, recensement, 2022" in notes(lignes)


def test_the_crossing_asked_leaves_with_its_shares_and_its_tab():
    question = "lignes=age&colonnes=type&onglets=sexe&onglet=h&affichage=ligne"
    page = page_de("technique", question)
    lignes = lire(page.client.get(adresse_de(page, "croisement-choisi.csv")).content)
    (tete,) = [ligne for ligne in lignes if "Ensemble" in ligne and ligne[0] != "Ensemble"]
    effectifs_de_tete = tete[1 : tete.index("Ensemble")]
    assert [f"{nom} (%\u00a0en ligne)" for nom in effectifs_de_tete] == tete[
        len(effectifs_de_tete) + 2 :
    ]
    assert "homme" in entetes(lignes)["Base"].lower()
    sans_parts = lire(
        page.client.get(adresse_de(page, "droit-type.csv").replace("affichage=ligne", "")).content
    )
    assert not any("en ligne" in case for ligne in sans_parts for case in ligne)


@pytest.mark.parametrize("affichage", ["ligne", "colonne"])
def test_shares_shown_by_the_page_are_those_of_the_figure(affichage):
    affiche = croisement(6)
    en_parts = replace(affiche, affichage=affichage)
    dessins = [figure_de(tableau, "png") for tableau in (affiche, en_parts, en_parts)]
    assert dessins[0] != dessins[1] == dessins[2]
    for audience in ("technique", "plusieurs"):
        assert page_de(audience, f"affichage={affichage}").statut == 200


def test_a_figure_has_the_lines_of_the_page_and_the_spreadsheet_all_of_them():
    courte, entiere = page_de("technique"), page_de("technique", "complet=droit")
    hauteurs = [
        _hauteur(page.client.get(adresse_de(page, "droit.png")).content)
        for page in (courte, entiere)
    ]
    assert hauteurs[1] > hauteurs[0] * 2
    tables = [lire(p.client.get(adresse_de(p, "droit.csv")).content) for p in (courte, entiere)]
    assert "Groupe" in {ligne[0] for ligne in tables[1] if ligne}
    seuls = [
        {nombre for ligne in table if len(ligne) > 2 for nombre in ligne if nombre.isdigit()}
        for table in tables
    ]
    assert seuls[0] == seuls[1]


def _hauteur(png: bytes) -> int:
    return int.from_bytes(png[20:24], "big")


# --- the same bytes, the same rights ------------------------------------------------------------


def test_the_same_figures_make_the_same_bytes_in_another_process(base):
    """Two processes draw and archive: the bytes do not depend on which one answers."""
    page = page_de("technique", "annee=2025")
    adresses = [adresse_de(page, "droit-type.png"), adresse_de(page, "age.svg")]
    ici = [page.client.get(adresse) for adresse in adresses]
    for adresse, reponse in zip(adresses, ici, strict=True):
        encore = page.client.get(adresse, headers={"if-none-match": reponse["ETag"]})
        assert encore.status_code == 304
    # Somebody else: this test's own account is locked by its transaction.
    mehdi = str(compte("mehdi.ait-ali").pk)
    ailleurs = subprocess.run(
        [sys.executable, "-c", AUTRE_PROCESSUS, mehdi, *adresses],
        cwd=RACINE,
        env=environnement(base),
        capture_output=True,
        text=True,
    )
    assert ailleurs.returncode == 0, ailleurs.stderr
    assert ailleurs.stdout.split() == [reponse["ETag"] for reponse in ici]


AUTRE_PROCESSUS = """
import os, sys
sys.path.insert(0, os.getcwd())
import django
django.setup()
from django.test import Client
from territoires.models import Utilisateur
client = Client(SERVER_NAME="localhost")
client.force_login(Utilisateur.objects.get(pk=sys.argv[1]))
for adresse in sys.argv[2:]:
    print(client.get(adresse)["ETag"])
"""


def test_an_address_with_filters_gives_the_protected_audience_what_the_page_gives():
    page = page_de("territoire")
    annee = page.reponse.context["annees"][-1]
    entiere, filtree = (
        lire(page.client.get(f"{VANS}export/type.csv?annee={annee}{filtre}").content)
        for filtre in ("", "&f_sexe=h")
    )
    lignes = [[ligne for ligne in t if ligne[:1] != ["Note"]] for t in (entiere, filtree)]
    assert lignes[0] == lignes[1]
    assert "réservé au comité technique" in notes(filtree)
    croise = page.client.get(f"{VANS}export/croisement-choisi.csv?lignes=age&colonnes=sexe")
    assert croise.status_code == 404


def test_anybody_takes_what_is_published_and_nobody_what_is_withdrawn():
    page = page_de("public")
    adresse = adresse_de(page, "type.csv")
    avant = Journal.objects.count()
    reponse = page.client.get(adresse)
    assert reponse.status_code == 200
    assert Journal.objects.count() == avant
    encore = page.client.get(adresse, headers={"if-none-match": reponse["ETag"]})
    assert encore.status_code == 304
    Publication.objects.update(retiree_le=timezone.now())
    assert page.client.get(adresse).status_code == 404
    assert page_de("technique").client.get(adresse).status_code == 404


def test_before_the_first_figures_there_is_no_file():
    page = fenetre_de(compte("helene.faure"), GRENOBLE)
    assert page.statut == 200
    for fichier in ("type.csv", "tableaux.zip"):
        assert page.client.get(f"{GRENOBLE}export/{fichier}").status_code == 404


def test_a_name_that_a_spreadsheet_would_run_is_only_text():
    Territoire.objects.filter(slug="grenoble-alpes-metropole").update(nom='=HYPERLINK("x")')
    page = page_de("technique")
    (lieu,) = [
        x
        for x in lire(page.client.get(f"{GRENOBLE}export/type.csv").content)
        if x[:1] == ["Territoire"]
    ]
    assert lieu[1] == '\'=HYPERLINK("x")'


@pytest.mark.parametrize(
    "fichier", ["type.pdf", "inconnue.csv", "recit.csv", "croisement-choisi.png"]
)
def test_what_the_page_does_not_show_is_not_found(fichier):
    page = page_de("technique")
    assert page.client.get(f"{GRENOBLE}export/{fichier}").status_code == 404


def test_every_export_is_in_the_journal_once_for_each_territory():
    page = page_de("plusieurs")
    avant = Journal.objects.filter(geste="exporter").count()
    page.client.get("/tableau-de-bord/mes-territoires/export/type.csv")
    territoires = page.reponse.context["cotes"].paginator.count
    assert Journal.objects.filter(geste="exporter").count() == avant + territoires


def test_figures_are_not_loaded_before_one_is_asked(base):
    """matplotlib would weigh on every process."""
    code = "import django, sys; django.setup(); import bnr.urls; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=RACINE, env=environnement(base), check=True)


# --- names and words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("demande", "nom"),
    [
        (Demande(annee=2026), "vans-du-reperage-a-l-ouverture-2026.csv"),
        (Demande(), "vans-du-reperage-a-l-ouverture-depuis-le-debut.csv"),
        (
            Demande(du="2026-01", au="2026-03"),
            "vans-du-reperage-a-l-ouverture-2026-01-a-2026-03.csv",
        ),
        (Demande(du="2026-02", au="2026-02"), "vans-du-reperage-a-l-ouverture-2026-02.csv"),
        (
            Demande(annee=2026, filtres=(("age", ("a_75p",)),)),
            "vans-du-reperage-a-l-ouverture-2026-filtre.csv",
        ),
    ],
)
def test_a_file_is_named_after_where_what_and_when(demande, nom):
    assert nom_de_fichier("vans", "Du repérage à l’ouverture", demande, "csv") == nom


def test_a_name_keeps_to_letters_that_every_system_accepts():
    nom = nom_de_fichier("pays", "Œuvre = « coût » ; " + "long " * 60, Demande(annee=2026), "png")
    assert re.fullmatch(r"[a-z0-9-]{1,110}\.png", nom)
    assert "oeuvre" in nom


def test_versions_are_said_only_when_there_are_some():
    assert note_des_versions(()) == ""
    assert "version 1." in note_des_versions((1,))
    assert "versions 1, 2 et 4" in note_des_versions((1, 2, 4))


def test_a_published_figure_is_drawn_once_for_all_processes(monkeypatch):
    adresse = adresse_de(page_de("public"), "type.svg")
    dessinees = []

    def dessiner(affiche, forme):
        dessinees.append(affiche.cle)
        return f"<svg>{len(dessinees)}</svg>".encode()

    monkeypatch.setattr(exports, "_dessiner", dessiner)
    lues = [Client().get(adresse).content for _ in range(3)]
    assert lues == [b"<svg>1</svg>"] * 3
    # What is shown differently is another figure.
    Client().get(f"{adresse}?annee=2026")
    assert dessinees == ["type", "type"]


def test_those_without_account_draw_so_many_figures_a_minute(monkeypatch):
    monkeypatch.setattr(exports, "DESSINS_PUBLICS", "2/m/ip,9/m/key")
    monkeypatch.setattr(exports, "_dessiner", lambda affiche, forme: b"<svg/>")
    page = page_de("public")
    statuts = [
        Client().get(adresse_de(page, f"{cle}.png")).status_code
        for cle in ("age", "sexe", "famille")
    ]
    assert statuts == [200, 200, 429]
    # Those already drawn, and the tables, cost little.
    assert Client().get(adresse_de(page, "age.png")).status_code == 200
    assert Client().get(adresse_de(page, "famille.csv")).status_code == 200


def test_what_will_be_published_is_taken_before_by_who_decides_and_noted():
    publication = Publication.objects.get()
    Publication.objects.update(publiee_le=None)
    adresse = f"/territoires/pays-des-vans/publications/{publication.pk}/"
    page = fenetre_de(compte("bernard.mazaudier"), adresse)
    exportees = Journal.objects.filter(geste="exporter")
    avant = exportees.count()
    (lien,) = [lien for lien in page.liens() if lien.endswith("export/type.csv")]
    contenu = page.client.get(lien).content
    assert exportees.count() == avant + 1
    assert page.client.get(f"{adresse}export/tableaux.zip").status_code == 200
    assert fenetre_de(compte("quentin.roche"), lien).statut == 403
    Publication.objects.update(publiee_le=timezone.now())
    public = Client().get(f"/publications/pays-des-vans/{publication.pk}/export/type.csv")
    assert public.content == contenu
