"""Wrong passwords: throttled by account and by address, told to the owner, felt by nobody else."""

import time
from collections import Counter
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.test_comptes import LONG, lien, se_connecter

BEAUCOUP = 10_000
PAR_COMPTE, PAR_ADRESSE = 5, 20


@contextmanager
def hachages(monkeypatch):
    """How many passwords were hashed, to be compared or kept."""
    compte = Counter()
    encoder = MD5PasswordHasher.encode

    def compter(self, *arguments, **nommes):
        compte["fois"] += 1
        return encoder(self, *arguments, **nommes)

    monkeypatch.setattr(MD5PasswordHasher, "encode", compter)
    yield compte
    monkeypatch.setattr(MD5PasswordHasher, "encode", encoder)


@pytest.fixture
def horloge(monkeypatch):
    """The clock that throttling reads, to be moved."""

    horloge, reelle = SimpleNamespace(avance=0.0), time.time
    monkeypatch.setattr(
        "allauth.core.internal.ratelimit.time.time", lambda: reelle() + horloge.avance
    )
    return horloge


def verrous_annonces() -> list[str]:
    return [m.to[0] for m in mail.outbox if m.subject.endswith("Trop d’essais sur votre compte")]


def test_dix_mille_mauvais_mots_de_passe_sur_un_compte(vans, client, monkeypatch):
    """From one address: a handful is judged, the owner is told once, the others come in."""
    with hachages(monkeypatch) as haches:
        statuts = Counter(
            se_connecter(
                client, vans.travail.email, f"essai {n}", REMOTE_ADDR="192.0.2.66"
            ).status_code
            for n in range(BEAUCOUP)
        )
    assert statuts[200] + statuts[429] == BEAUCOUP
    assert statuts[429] > BEAUCOUP * 0.9
    assert haches["fois"] == PAR_COMPTE
    assert verrous_annonces() == [vans.travail.email]
    assert se_connecter(Client(), vans.collegue.email)["Location"] == "/"


def test_dix_mille_mauvais_mots_de_passe_sur_autant_d_adresses(vans, client, monkeypatch):
    """Spread over many accounts from one address, one of them real: that address is refused."""
    depart = time.monotonic()
    with hachages(monkeypatch) as haches:
        for n in range(BEAUCOUP):
            email = vans.travail.email if n % 100 == 0 else f"personne{n}@exemple.fr"
            se_connecter(client, email, f"essai {n}", REMOTE_ADDR="192.0.2.66")
    minutes_commencees = int((time.monotonic() - depart) // 60) + 1
    assert haches["fois"] <= PAR_ADRESSE * minutes_commencees
    assert se_connecter(Client(), vans.collegue.email, REMOTE_ADDR="192.0.2.7")["Location"] == "/"


def test_cent_adresses_ensemble_n_essaient_pas_plus_sur_un_compte(vans, monkeypatch):
    with hachages(monkeypatch) as haches:
        for n in range(100):
            adresse = f"198.51.100.{n}"
            page = se_connecter(Client(), vans.travail.email, "faux", REMOTE_ADDR=adresse)
            assert page.status_code == 200
    assert haches["fois"] == PAR_COMPTE
    assert verrous_annonces() == [vans.travail.email]
    assert se_connecter(Client(), vans.collegue.email)["Location"] == "/"


def verrouiller(client, email: str) -> str:
    """The text of the page that refuses the attempt after the last."""
    for _ in range(PAR_COMPTE):
        se_connecter(client, email, "faux")
    return se_connecter(client, email).content.decode()


def test_un_compte_verrouille_dit_la_meme_chose_qu_une_adresse_inconnue(vans):
    connue = verrouiller(Client(REMOTE_ADDR="192.0.2.1"), vans.travail.email)
    inconnue = verrouiller(Client(REMOTE_ADDR="192.0.2.2"), "personne@exemple.fr")
    assert "attendez un quart d’heure" in connue
    assert "attendez un quart d’heure" in inconnue
    assert verrous_annonces() == [vans.travail.email]


def test_le_proprietaire_d_un_compte_verrouille_choisit_un_autre_mot_de_passe(vans, client):
    verrouiller(client, vans.travail.email)
    annonce = mail.outbox[-1]
    assert lien(annonce) == reverse("account_reset_password")
    client.post(lien(annonce), {"email": vans.travail.email})
    page = client.get(lien(mail.outbox[-1]), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": LONG, "password2": LONG})
    assert se_connecter(client, vans.travail.email, LONG)["Location"] == "/"


def test_le_verrou_s_ouvre_au_bout_d_un_quart_d_heure_et_le_suivant_est_redit(
    vans, client, horloge
):
    verrouiller(client, vans.travail.email)
    horloge.avance = 15 * 60 - 5
    assert se_connecter(client, vans.travail.email).status_code == 200
    horloge.avance = 15 * 60 + 5
    assert se_connecter(client, vans.travail.email)["Location"] == "/"
    verrouiller(Client(), vans.travail.email)
    assert len(verrous_annonces()) == 2


def test_un_verrou_que_l_attaquant_maintient_n_est_dit_qu_une_fois(vans, client, horloge):
    for quart_d_heure in range(4):
        horloge.avance = quart_d_heure * 16 * 60
        verrouiller(client, vans.travail.email)
    assert verrous_annonces() == [vans.travail.email]


def test_les_essais_comptent_meme_apres_trois_cents_autres_adresses(vans, client):
    """Django's cache keeps 300 rows: filling it must not erase the count of an account."""
    for _ in range(PAR_COMPTE):
        se_connecter(client, vans.travail.email, "faux")
    for n in range(400):
        cache.set(f"autre:{n}", [1.0], 3600)
    assert "attendez un quart d’heure" in se_connecter(client, vans.travail.email).content.decode()


def test_ce_qui_est_perime_quitte_le_cache(db, monkeypatch):
    cache.set("courte", 1, timeout=-1)
    cache.set("longue", 1, timeout=600)
    monkeypatch.setattr("bnr.cache.est_temps_de_purger", lambda: True)
    cache.set("autre", 1, timeout=600)
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM bnr_cache WHERE expires < now()")
        assert curseur.fetchone() == (0,)
    assert (cache.get("longue"), cache.get("courte")) == (1, None)


def test_une_cle_ne_s_ajoute_qu_une_fois_et_de_nouveau_une_fois_perimee(db):
    assert cache.add("cle", "a", 600)
    assert not cache.add("cle", "b", 600)
    assert cache.get("cle") == "a"
    assert cache.touch("cle", -1)
    assert cache.add("cle", "c", 600)
    assert not cache.touch("absente", 600)
    cache.set("sans_fin", "d", None)
    assert cache.get("sans_fin") == "d"


def travail(geste, monkeypatch) -> dict:
    """What a request makes the server do: hashes, queries, e-mails handed over."""
    avant = len(mail.outbox)
    with hachages(monkeypatch) as haches, CaptureQueriesContext(connection) as requetes:
        reponse = geste()
    return {
        "statut": reponse.status_code,
        "page": reponse.get("Location", ""),
        "hachages": haches["fois"],
        "requetes": [r["sql"].split(" WHERE ")[0].split(" VALUES ")[0] for r in requetes],
        "courriels": len(mail.outbox) - avant,
    }


def test_une_adresse_inconnue_fait_faire_le_meme_travail_a_la_connexion(vans, monkeypatch):
    connue, inconnue = (
        travail(lambda e=email: se_connecter(Client(), e, "faux"), monkeypatch)
        for email in (vans.travail.email, "personne@exemple.fr")
    )
    assert connue == inconnue
    assert connue["hachages"] == 1


@pytest.fixture
def en_file(settings):
    """Tasks wait for a worker, as in service."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.usefixtures("en_file")
def test_une_adresse_inconnue_fait_faire_le_meme_travail_au_mot_de_passe_oublie(vans, monkeypatch):
    def demander(email):
        return Client().post(reverse("account_reset_password"), {"email": email})

    connue, inconnue = (
        travail(lambda e=email: demander(e), monkeypatch)
        for email in (vans.travail.email, "personne@exemple.fr")
    )
    assert connue == inconnue
    assert (connue["hachages"], connue["courriels"]) == (0, 0)


@pytest.mark.usefixtures("en_file")
def test_une_adresse_inconnue_fait_faire_le_meme_travail_quand_elle_se_verrouille(
    vans, monkeypatch
):
    travaux = []
    for email, adresse in ((vans.travail.email, "192.0.2.1"), ("x@exemple.fr", "192.0.2.2")):
        client = Client(REMOTE_ADDR=adresse)
        for _ in range(PAR_COMPTE - 1):
            se_connecter(client, email, "faux")
        travaux += [travail(lambda c=client, e=email: se_connecter(c, e, "faux"), monkeypatch)]
    assert travaux[0] == travaux[1]
