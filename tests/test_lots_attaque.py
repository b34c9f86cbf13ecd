"""The demonstration's protected pages and files, read as anybody reads them, then attacked.

Every period, every table, for the territories, for all of them together and for the public: what
is read is compared with the true counts, and tells no small one.
"""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.test import Client

from pilotage.actions import preparer_publication, publier
from pilotage.lots.liste import periodes_de, periodes_nationales
from pilotage.models import Lot
from pilotage.protection.modele import TOUT
from pilotage.travaux import demander_lot, dernier_lot, preparer_lot, tranches_de
from situations.demonstration.territoires import TERRITOIRES
from territoires.models import Membre, Territoire, Utilisateur
from tests.attaque import attaquer
from tests.attaque_des_pages import Lue, lire_page, lire_page_nationale
from tests.base_demonstration import servie

pytestmark = pytest.mark.django_db(transaction=False)
LONGUES = (
    *("droit", "motif_principal", "droit-type", "motif_principal-type", "organisme-etape"),
    *("droit-intensite", "cumuls", "famille-type", "age-sexe"),
)
COMPLETS = "&".join(f"complet={cle}" for cle in LONGUES)
SLUGS = [territoire.slug for territoire in TERRITOIRES]


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


def prepare(territoire: Territoire | None) -> Lot:
    audience = Lot.Audience.TERRITOIRE if territoire else Lot.Audience.NATIONAL
    lot = dernier_lot(territoire, audience)
    if lot is None:
        preparer_lot(demander_lot(territoire, audience))
    return lot or dernier_lot(territoire, audience)


def fichiers(client: Client, adresse: str) -> dict[str, list[list[str]]]:
    archive = zipfile.ZipFile(io.BytesIO(client.get(adresse).content))
    return {
        nom: list(csv.reader(io.StringIO(archive.read(nom).decode("utf-8-sig")), delimiter=";"))
        for nom in archive.namelist()
    }


@pytest.mark.parametrize("slug", SLUGS)
def test_les_pages_d_un_territoire_ne_disent_aucun_petit_effectif(demonstration, slug):
    territoire = Territoire.objects.get(slug=slug)
    lot = prepare(territoire)
    lue = Lue(periodes_de(list(tranches_de(lot).values())))
    client = client_de(du_pilotage(territoire))
    for p in lue.periodes:
        page = client.get(f"/territoires/{slug}/tableau-de-bord/{periode(p.nom)}{COMPLETS}")
        lire_page(lue, p, page.content.decode())
    assert lue.lus > 500
    assert attaquer(lue.masques_lus(), lot.seuil) == []


def test_les_fichiers_ne_disent_que_ce_que_dit_la_page(demonstration):
    """Each number of the spreadsheets is one that the page writes, in as many tables."""
    territoire = Territoire.objects.get(slug=SLUGS[0])
    lot = prepare(territoire)
    client = client_de(du_pilotage(territoire))
    for p in periodes_de(list(tranches_de(lot).values())):
        question = f"{periode(p.nom)}{COMPLETS}"
        page = client.get(f"/territoires/{SLUGS[0]}/tableau-de-bord/{question}").content.decode()
        texte = " ".join(page.split())
        tables = fichiers(
            client, f"/territoires/{SLUGS[0]}/tableau-de-bord/export/tableaux.zip{question}"
        )
        assert len(tables) > 20
        nombres = {c for t in tables.values() for ligne in t for c in ligne if c.isdigit()}
        serre = texte.replace("\u202f", "").replace("\u00a0", "")
        assert {n for n in nombres if n not in serre} == set()
        secrets = sum(c == "secret" for t in tables.values() for ligne in t for c in ligne)
        assert secrets > 50


def test_le_tableau_national_ne_dit_aucun_petit_effectif(demonstration):
    territoires = list(Territoire.objects.order_by("nom"))
    par_territoire = {t.slug: (t.nom, list(tranches_de(prepare(t)).values())) for t in territoires}
    lot = prepare(None)
    lue = Lue(periodes_nationales(par_territoire))
    client = client_de(Utilisateur.objects.get(est_administrateur_national=True))
    for p in lue.periodes:
        page = client.get(f"/tableau-de-bord/national/{periode(p.nom)}{COMPLETS}")
        lire_page_nationale(lue, p, page.content.decode())
    assert lue.lus > 300
    assert attaquer(lue.masques_lus(), lot.seuil) == []


def test_la_publication_ne_dit_aucun_petit_effectif(demonstration):
    territoire = Territoire.objects.get(slug=SLUGS[0])
    prepare(territoire)
    par = du_pilotage(territoire)
    publication = preparer_publication(
        territoire=territoire, intitule="Résultats", prise_le=date(2026, 9, 30), par=par
    )
    preparer_lot(publication.lot)
    publier(publication=publication, par=par)
    lue = Lue(periodes_de(list(tranches_de(publication.lot).values())))
    for p in lue.periodes:
        page = Client().get(f"/publications/{territoire.slug}/{periode(p.nom)}{COMPLETS}")
        lire_page(lue, p, page.content.decode())
    assert lue.lus > 300
    assert attaquer(lue.masques_lus(), publication.lot.seuil) == []
