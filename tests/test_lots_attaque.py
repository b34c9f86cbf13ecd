"""The demonstration's protected pages and files, read as anybody reads them, then attacked.

Every period, every table, for the territories, for all of them together and for the public: what
is read is compared with the true counts, and tells no small one. Spreadsheets are read number by
number, cell by cell, with the page.
"""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from unittest import mock

import pytest
from django.test import Client

from pilotage import travaux
from pilotage.actions import preparer_publication, publier
from pilotage.lots.ailleurs import LotLu, lus_ailleurs
from pilotage.lots.liste import Periode, periodes_de, periodes_nationales
from pilotage.models import Lot
from pilotage.protection.modele import TOUT, Imagines
from pilotage.protection.proteger import proteger
from pilotage.travaux import demander_lot, dernier_lot, preparer_lot, tranches_de
from situations.demonstration.territoires import TERRITOIRES
from territoires.models import Membre, Territoire, Utilisateur
from tests.attaque import attaquer
from tests.attaque_des_pages import Lue, lire_page, lire_page_nationale
from tests.base_demonstration import servie
from tests.lecture_de_pages import FichiersLus, LecteurDePage, lire_fichier

pytestmark = pytest.mark.django_db(transaction=False)
LONGUES = (
    *("droit", "motif_principal", "droit-type", "motif_principal-type", "organisme-etape"),
    *("droit-intensite", "cumuls", "famille-type", "age-sexe"),
)
COMPLETS = "&".join(f"complet={cle}" for cle in LONGUES)
SLUGS = [territoire.slug for territoire in TERRITOIRES]
# What each batch prepared here was proved with: the attacker checks it before its own programmes.
IMAGINES: dict[int, Imagines] = {}


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), servie("lots"):
        yield


def periode(nom: str) -> str:
    return "?" if nom == TOUT else f"?annee={nom}&"


def client_de(utilisateur: Utilisateur) -> Client:
    client = Client()
    client.force_login(utilisateur)
    return client


def du_pilotage(territoire: Territoire) -> Utilisateur:
    sieges = Membre.objects.actuels().filter(comite__territoire=territoire)
    return sieges.filter(comite__nature="pilotage").first().utilisateur


def preparer(lot: Lot) -> None:
    def garder(*demande, **precisions):
        masques = proteger(*demande, **precisions)
        IMAGINES[lot.pk] = masques.imagines
        return masques

    with mock.patch.object(travaux, "proteger", garder):
        preparer_lot(lot)


def prepare(territoire: Territoire | None) -> Lot:
    audience = Lot.Audience.TERRITOIRE if territoire else Lot.Audience.NATIONAL
    if dernier_lot(territoire, audience) is None:
        preparer(demander_lot(territoire, audience))
    return dernier_lot(territoire, audience)


def page_de(client: Client, racine: str, p: Periode) -> LecteurDePage:
    return LecteurDePage(client.get(f"{racine}{periode(p.nom)}{COMPLETS}").content.decode())


def fichiers_de(client: Client, racine: str, p: Periode, page: LecteurDePage) -> FichiersLus:
    """The spreadsheet of each table of a page; the archive of them all holds no other."""
    question = f"{periode(p.nom)}{COMPLETS}"
    contenus = {}
    for cle in page.tables:
        reponse = client.get(f"{racine}export/{cle}.csv{question}")
        if reponse.status_code == 200:
            contenus[cle] = reponse.content
    archive = zipfile.ZipFile(
        io.BytesIO(client.get(f"{racine}export/tableaux.zip{question}").content)
    )
    assert {archive.read(nom) for nom in archive.namelist()} == set(contenus.values())
    return FichiersLus({cle: lire_fichier(cle, c) for cle, c in contenus.items()})


def lire_tout(lue: Lue, client: Client, racine: str, lire) -> None:
    """Pages and files of every period. What a file tells beyond its page is counted as read."""
    for p in lue.periodes:
        page = page_de(client, racine, p)
        lire(lue, p, page)
        fichiers = fichiers_de(client, racine, p, page)
        assert "categorie" in page.tables.keys() & fichiers.tables.keys()
        assert len(fichiers.tables) > 10
        lire(lue, p, fichiers)


@pytest.mark.parametrize("slug", SLUGS)
def test_ce_qu_un_territoire_lit_ne_dit_aucun_petit_effectif(demonstration, slug):
    territoire = Territoire.objects.get(slug=slug)
    lot = prepare(territoire)
    lue = Lue(periodes_de(list(tranches_de(lot).values())))
    client = client_de(du_pilotage(territoire))
    lire_tout(lue, client, f"/territoires/{slug}/tableau-de-bord/", lire_page)
    assert lue.lus > 500
    assert attaquer(lue.masques_lus(IMAGINES[lot.pk]), lot.seuil) == []


def test_une_figure_ne_dit_que_ce_que_dit_son_tableau(demonstration):
    """Each count that its description gives is one of its spreadsheet."""
    prepare(Territoire.objects.get(slug=SLUGS[0]))
    client = client_de(du_pilotage(Territoire.objects.get(slug=SLUGS[0])))
    racine = f"/territoires/{SLUGS[0]}/tableau-de-bord/export/"
    dits = set()
    for cle in ("type", "age", "droit-type"):
        figure = client.get(f"{racine}{cle}.svg?{COMPLETS}").content.decode()
        tableau = client.get(f"{racine}{cle}.csv?{COMPLETS}").content.decode("utf-8-sig")
        decrite = " ".join(re.findall(r"<(?:title|desc)[^>]*>(.*?)</", figure, re.DOTALL))
        nombres = {n.replace("\u202f", "") for n in re.findall(r"\s: (\d[\d\u202f]*)", decrite)}
        assert nombres <= set(re.findall(r"\d+", tableau.replace("\u202f", ""))), decrite
        dits |= nombres
    assert len(dits) > 3, decrite


def test_le_tableau_national_ne_dit_aucun_petit_effectif(demonstration):
    """All the territories side by side: columns by territory, and the whole."""
    territoires = list(Territoire.objects.order_by("nom"))
    par_territoire = {t.slug: (t.nom, list(tranches_de(prepare(t)).values())) for t in territoires}
    lot = prepare(None)
    lue = Lue(periodes_nationales(par_territoire))
    client = client_de(Utilisateur.objects.get(est_administrateur_national=True))
    lire_tout(lue, client, "/tableau-de-bord/national/", lire_page_nationale)
    assert lue.lus > 300
    masques = lue.masques_lus(IMAGINES[lot.pk])
    assert attaquer(masques, lot.seuil) == []
    # Nor to who reads beside it what the territories show, or publish.
    siens = {t.slug: prepare(t) for t in territoires}
    lots = {
        slug: LotLu(periodes_de(par_territoire[slug][1]), sien.exacts["masques"], sien.seuil)
        for slug, sien in siens.items()
    }
    assert {sien.seuil for sien in siens.values()} == {lot.seuil}
    _, connus = lus_ailleurs(lue.periodes, lots, lot.seuil)
    vus = [
        m & ~connus[t.cle] for t, m in zip(masques.liste.tableaux, masques.tableaux, strict=True)
    ]
    assert sum(m.sum() for m in vus) < sum(m.sum() for m in masques.tableaux)
    assert attaquer(replace(masques, tableaux=tuple(vus)), lot.seuil) == []


def test_la_publication_ne_dit_aucun_petit_effectif(demonstration):
    territoire = Territoire.objects.get(slug=SLUGS[0])
    prepare(territoire)
    par = du_pilotage(territoire)
    publication = preparer_publication(
        territoire=territoire, intitule="Résultats", prise_le=date(2026, 9, 30), par=par
    )
    preparer(publication.lot)
    publier(publication=publication, par=par)
    lue = Lue(periodes_de(list(tranches_de(publication.lot).values())))
    lire_tout(lue, Client(), f"/publications/{territoire.slug}/{publication.pk}/", lire_page)
    assert lue.lus > 300
    assert attaquer(lue.masques_lus(IMAGINES[publication.lot.pk]), publication.lot.seuil) == []
