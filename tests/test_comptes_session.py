"""A session closes after two hours without a gesture and twelve in all; its state is told to the page."""

from contextlib import suppress
from time import time

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from territoires.models import Journal
from territoires.sessions import OUVERTE_LE, VUE_LE
from tests.fenetre import Fenetre
from tests.gens import transmise

HEURE = 3600


@pytest.fixture
def ouverte(vans, client):
    """The author's session, open and seen."""
    client.force_login(vans.travail)
    client.get("/")
    return client


def reculer(client, **quoi) -> None:
    """So many seconds pass since the session opened, or since its last gesture."""
    session = client.session
    for nom, secondes in quoi.items():
        session[nom] -= secondes
    session.save()


def etat(client) -> dict:
    return client.get(reverse("etat_session")).json()


def test_une_session_se_ferme_apres_deux_heures_sans_geste(ouverte, vans):
    reculer(ouverte, **{VUE_LE: 2 * HEURE - 60})
    assert ouverte.get("/").status_code == 302
    assert ouverte.get(reverse("mon_compte")).status_code == 200
    reculer(ouverte, **{VUE_LE: 2 * HEURE + 1})
    assert ouverte.get(reverse("mon_compte"))["Location"] == "/comptes/connexion/?next=/comptes/"
    assert Journal.objects.filter(geste="expirer", utilisateur_id=vans.travail.pk).count() == 1
    assert etat(ouverte) == {"ouverte": False}


def test_une_session_se_ferme_apres_douze_heures_meme_active(ouverte):
    reculer(ouverte, **{OUVERTE_LE: 12 * HEURE - 30})
    assert etat(ouverte)["reste"] <= 30
    assert not etat(ouverte)["prolongeable"]
    reculer(ouverte, **{OUVERTE_LE: 31})
    assert ouverte.get(reverse("mon_compte")).status_code == 302


def test_le_geste_se_note_au_plus_toutes_les_cinq_minutes(ouverte):
    def ecrites() -> int:
        with CaptureQueriesContext(connection) as requetes:
            ouverte.get(reverse("mon_compte"))
        return sum("UPDATE" in r["sql"] and "session" in r["sql"] for r in requetes)

    assert ecrites() == 0
    reculer(ouverte, **{VUE_LE: settings.SESSION_PAS + 1})
    assert ecrites() >= 1
    assert ecrites() == 0


def test_demander_l_etat_ne_prolonge_rien_le_poster_prolonge(ouverte):
    reculer(ouverte, **{VUE_LE: 2 * HEURE - 100})
    for _ in range(2):
        assert etat(ouverte)["reste"] <= 100
    assert etat(ouverte)["prolongeable"]
    assert ouverte.post(reverse("etat_session")).json()["reste"] > 2 * HEURE - 5
    assert etat(ouverte)["reste"] > 2 * HEURE - 5


def test_se_reconnecter_rouvre_les_deux_durees(ouverte, vans):
    reculer(ouverte, **{OUVERTE_LE: 11 * HEURE})
    ouverte.force_login(vans.travail)
    assert ouverte.session[OUVERTE_LE] > time() - 60


def test_prolonger_demande_un_jeton(vans):
    client = Client(enforce_csrf_checks=True)
    client.force_login(vans.travail)
    client.get("/")
    assert client.post(reverse("etat_session")).status_code == 403


def test_apres_la_fermeture_on_revient_a_la_meme_page(ouverte, vans):
    adresse = f"/territoires/{vans.territoire.slug}/situations/?q=aspa"
    reculer(ouverte, **{VUE_LE: 3 * HEURE})
    fenetre = Fenetre(ouverte, adresse).ecrire("login", vans.travail.email)
    assert fenetre.ecrire("password", "secret").cliquer("Se connecter").adresse == adresse


def test_apres_un_envoi_refuse_on_revient_a_la_page_du_formulaire(ouverte, vans):
    """The address where a form posts is not always a page."""
    situation = transmise(vans, vans.travail)
    page = f"{situation.get_absolute_url()}?x=1"
    reculer(ouverte, **{VUE_LE: 3 * HEURE})
    for venu_de, retour in (
        (f"http://testserver{page}", page),
        ("https://ailleurs.example/piege/", f"{situation.get_absolute_url()}valider/"),
    ):
        reponse = ouverte.post(
            f"{situation.get_absolute_url()}valider/", headers={"Referer": venu_de}
        )
        assert reponse["Location"].startswith("/comptes/connexion/?next=")
        fenetre = Fenetre(Client(), reponse["Location"])
        assert fenetre.valeur("next") == retour


def test_fermer_une_session_la_ferme_meme_pour_une_page_ouverte(ouverte, vans):
    with suppress(UserSession.DoesNotExist):
        UserSession.objects.get(user=vans.travail).end()
    assert ouverte.post(reverse("etat_session")).json() == {"ouverte": False}
