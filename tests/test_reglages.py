"""What the settings refuse, what production refuses to serve, and the headers of every page."""

import os
import subprocess
import sys

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command

from bnr import postgres
from tests import bases

PRODUCTION = {
    "BNR_ENVIRONNEMENT": "production",
    "SECRET_KEY": "Quinze-mots-tires-au-sort-que-personne-ne-connait-7f3a9c1e5b2d8064",
    "ALLOWED_HOSTS": "bnr.example.fr",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "bnr@bnr.example.fr",
}
# Nothing listens there.
BASE_ABSENTE = {"DATABASE_URL": "postgres://bnr_application@127.0.0.1:1/bnr"}
PROPRIETAIRE = {"DATABASE_URL_PROPRIETAIRE": "postgres://bnr_proprietaire@127.0.0.1:1/bnr"}
# Serves one page to someone whose session is to be read, as gunicorn would, and says its status.
SERVIR = """
from bnr.wsgi import application
from django.test import RequestFactory
requete = RequestFactory(
    HTTP_HOST="bnr.example.fr", HTTP_X_FORWARDED_PROTO="https", HTTP_COOKIE="sessionid=inconnue"
).get("/")
application(requete.environ, lambda statut, entetes: print(statut))
"""
# The same, twice: while the database cannot be reached, then once it is back.
SERVIR_PUIS_SERVIR = f"""
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
embarque = connection.settings_dict.pop("SERVEUR_EMBARQUE")
connection.settings_dict["HOST"] = "/nulle/part"
{SERVIR}
connection.settings_dict["SERVEUR_EMBARQUE"] = embarque
try:
    application(requete.environ, lambda statut, entetes: print(statut))
except ImproperlyConfigured as erreur:
    print(erreur)
"""


def lancer(*arguments: str, base: str = "bnr", **environnement: str):
    """Runs Python with these arguments, in this environment and no other setting of ours."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        cwd=bases.RACINE,
        env=bases.environnement(base, **environnement),
        capture_output=True,
        text=True,
    )


def est_une_phrase(resultat) -> bool:
    """What an operator reads: one line, no traceback."""
    return len(resultat.stderr.strip().splitlines()) == 1 and "Traceback" not in resultat.stderr


def test_les_migrations_disent_tous_les_modeles(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def verifier(**environnement: str):
    arguments = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    return lancer(*arguments, **PRODUCTION, **BASE_ABSENTE, **environnement)


def test_une_production_bien_reglee_passe_les_verifications():
    resultat = verifier(**PROPRIETAIRE)
    assert resultat.returncode == 0, resultat.stderr


def test_une_production_avec_le_serveur_de_l_application_a_deja_ses_deux_roles():
    resultat = lancer("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert resultat.returncode == 0, resultat.stderr


def test_une_production_dont_l_application_possede_le_schema_est_refusee():
    resultat = verifier()
    assert resultat.returncode == 1
    assert "DATABASE_URL_PROPRIETAIRE manque" in resultat.stderr


@pytest.mark.parametrize(
    "variable", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "DEFAULT_FROM_EMAIL"]
)
def test_production_dit_la_variable_qui_lui_manque(variable):
    resultat = lancer("manage.py", "migrate", **{**PRODUCTION, variable: ""})
    assert resultat.returncode == 1
    assert est_une_phrase(resultat)
    assert resultat.stderr.startswith(f"{variable} manque : en production")


def test_le_serveur_web_dit_aussi_ce_qui_manque_et_ne_redemarre_pas_sans_fin():
    """gunicorn stops for good when a worker exits with 3."""
    resultat = lancer("-c", SERVIR, **{**PRODUCTION, "SECRET_KEY": ""})
    assert resultat.returncode == 3
    assert est_une_phrase(resultat)


def test_un_environnement_inconnu_est_refuse():
    resultat = lancer("manage.py", "check", BNR_ENVIRONNEMENT="prod")
    assert resultat.returncode == 1
    assert est_une_phrase(resultat)
    assert "« prod »" in resultat.stderr


@pytest.mark.parametrize("commande", ["demo", "demarrer"])
def test_la_demonstration_ne_va_pas_en_production(commande):
    resultat = lancer("manage.py", commande, **PRODUCTION, **BASE_ABSENTE)
    assert resultat.returncode == 1
    assert est_une_phrase(resultat)
    assert "production" in resultat.stderr


def test_la_demonstration_ne_se_sert_que_sur_cette_machine():
    resultat = lancer("manage.py", "check", ALLOWED_HOSTS="localhost,bnr.example.fr")
    assert resultat.returncode == 1
    assert est_une_phrase(resultat)
    assert "bnr.example.fr" in resultat.stderr
    assert lancer("manage.py", "check", ALLOWED_HOSTS="localhost,127.0.0.1").returncode == 0


def base_avec(nom: str, insertion: str) -> str:
    """A fresh database in which this was written."""
    base = bases.cloner(bases.VIDE, f"{nom}_{os.getpid()}")
    serveur = postgres.demarrer(bases.DONNEES, rapide=True)
    connexion = psycopg2.connect(**serveur.parametres("proprietaire", base=base))
    with connexion, connexion.cursor() as curseur:
        curseur.execute(insertion)
    connexion.close()
    return base


@pytest.fixture
def base_marquee() -> str:
    """A database which holds what the command `demo` leaves."""
    return base_avec(
        "marquee", "INSERT INTO territoires_empreinte (nom, sha256) VALUES ('demonstration', '')"
    )


@pytest.fixture
def base_reelle() -> str:
    """A database in which somebody has an account, and no demonstration."""
    return base_avec(
        "reelle",
        "INSERT INTO territoires_utilisateur"
        " (email, nom, fonction, password, est_administrateur_national, is_active, cree_le)"
        " VALUES ('marie@ccas.example', 'Marie', '', '', false, true, now())",
    )


def test_la_demonstration_ne_sert_ni_ne_migre_une_base_reelle(base_reelle):
    servie = lancer("-c", SERVIR, base=base_reelle)
    assert (servie.returncode, servie.stdout) == (3, "")
    demarree = lancer("manage.py", "demarrer", base=base_reelle, PORT="8741")
    assert (demarree.returncode, demarree.stdout) == (1, "")
    for resultat in (servie, demarree):
        assert est_une_phrase(resultat)
        assert "Cette base contient de vrais comptes" in resultat.stderr


def test_production_refuse_de_servir_une_base_de_demonstration(base_marquee):
    resultat = lancer("-c", SERVIR, base=base_marquee, **PRODUCTION)
    assert (resultat.returncode, resultat.stdout) == (3, "")
    assert est_une_phrase(resultat)
    assert "Cette base contient la démonstration" in resultat.stderr


def test_production_sert_une_base_sans_demonstration(db):
    base = settings.DATABASES["default"]["NAME"]
    resultat = lancer("-c", SERVIR, base=base, **PRODUCTION)
    assert resultat.stdout == "302 Found\n"


def test_production_sans_base_le_dit_et_repond_503():
    resultat = lancer("-c", SERVIR, **PRODUCTION, **BASE_ABSENTE)
    assert resultat.stdout == "503 Service Unavailable\n"
    assert "La base de données ne répond pas" in resultat.stderr
    assert "Traceback" not in resultat.stderr


def test_production_regarde_la_base_des_qu_elle_revient(base_marquee):
    resultat = lancer("-c", SERVIR_PUIS_SERVIR, base=base_marquee, **PRODUCTION)
    sans_la_base, avec_la_base = resultat.stdout.splitlines()
    assert sans_la_base == "503 Service Unavailable"
    assert avec_la_base.startswith("Cette base contient la démonstration")


def test_les_entetes_de_securite_sont_sur_chaque_page(client, vans):
    client.force_login(vans.travail)
    for adresse in ("/", f"/territoires/{vans.territoire.slug}/situations/", "/nulle-part/"):
        entetes = client.get(adresse).headers
        regles = dict(
            regle.strip().split(" ", 1) for regle in entetes["Content-Security-Policy"].split(";")
        )
        assert regles["script-src"] == regles["style-src"] == regles["default-src"] == "'self'"
        assert regles["img-src"] == "'self' data:"
        assert regles["object-src"] == regles["frame-ancestors"] == "'none'"
        assert "unsafe" not in entetes["Content-Security-Policy"]
        assert entetes["X-Frame-Options"] == "DENY"
        assert entetes["X-Content-Type-Options"] == "nosniff"
        assert entetes["Referrer-Policy"] == "same-origin"
        assert entetes["Cross-Origin-Opener-Policy"] == "same-origin"


def test_les_cookies_sont_hors_de_portee_des_scripts(client, vans):
    client.get("/comptes/connexion/")
    client.force_login(vans.travail)
    client.get(f"/territoires/{vans.territoire.slug}/situations/nouvelle/")
    for nom in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert client.cookies[nom]["httponly"]
        assert client.cookies[nom]["samesite"] == "Lax"


def test_les_cookies_de_production_ne_voyagent_que_chiffres():
    script = (
        "from bnr import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.DEBUG)"
    )
    assert lancer("-c", script, **PRODUCTION).stdout == "True True True False\n"
