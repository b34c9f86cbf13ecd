"""The application's own PostgreSQL, with real servers and real kills."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2
import psycopg2.errors
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from bnr import postgres
from bnr.postgres.serveur import arreter

pytestmark = pytest.mark.serveur

RACINE = Path(__file__).parent.parent

# Starts the server, says how to reach it, and does so again at each line received.
CLIENT = """
import json, sys
from bnr import postgres
while True:
    serveur = postgres.demarrer(sys.argv[1], rapide=sys.argv[2] == "rapide")
    print(json.dumps(serveur.parametres("proprietaire")), flush=True)
    if not sys.stdin.readline():
        break
"""

# Starts the server, forks; one of the two leaves at once, the other at the end of its input.
FOURCHE = """
import json, os, sys
from bnr import postgres
serveur = postgres.demarrer(sys.argv[1], rapide=True)
print(json.dumps(serveur.parametres("proprietaire")), flush=True)
enfant = os.fork()
if (enfant == 0) == (sys.argv[2] == "enfant"):
    sys.exit()
if enfant:
    os.waitpid(enfant, 0)
print("seul", flush=True)
sys.stdin.readline()
"""

# Creates the cluster, but stops between the two steps of that.
CREATION_INTERROMPUE = """
import sys
from bnr import postgres
from bnr.postgres import serveur
executer = serveur.executer
def bloquer(outil, *arguments, **options):
    if outil == "postgres":
        print("au milieu", flush=True)
        sys.stdin.readline()
    return executer(outil, *arguments, **options)
serveur.executer = bloquer
postgres.demarrer(sys.argv[1], rapide=True)
"""


class Client:
    """A process that runs a script on a data directory, and speaks by lines."""

    def __init__(self, script: str, donnees: Path, *arguments: str):
        self.processus = subprocess.Popen(
            [sys.executable, "-c", script, str(donnees), *arguments],
            cwd=RACINE, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def lire(self) -> str:
        return self.processus.stdout.readline().strip()

    def demander(self) -> str:
        print(file=self.processus.stdin, flush=True)
        return self.lire()

    def finir(self) -> None:
        """End its input, then wait until it and its forks are gone."""
        self.processus.stdin.close()
        self.processus.stdout.read()
        self.processus.wait()

    def tuer(self) -> None:
        self.processus.kill()
        self.processus.wait()


@pytest.fixture
def donnees(tmp_path):
    yield tmp_path / "bnr"
    # Clients killed by a test have left their server behind.
    arreter(tmp_path / "bnr" / "postgres")


@pytest.fixture
def lancer(donnees):
    clients = []

    def lancer(script: str, donnees: Path, *arguments: str) -> Client:
        clients.append(Client(script, donnees, *arguments))
        return clients[-1]

    yield lancer
    for client in clients:
        client.processus.kill()
        client.processus.wait()
        client.processus.stdin.close()
        client.processus.stdout.close()


def repond(parametres: dict) -> bool:
    try:
        psycopg2.connect(**parametres, connect_timeout=3).close()
    except psycopg2.OperationalError:
        return False
    return True


def lire_valeurs(parametres: dict, requete: str) -> list:
    with closing(psycopg2.connect(**parametres)) as connexion, connexion.cursor() as curseur:
        curseur.execute(requete)
        return [ligne[0] for ligne in curseur]


def executer(parametres: dict, *instructions: str) -> None:
    with closing(psycopg2.connect(**parametres)) as connexion:
        connexion.autocommit = True
        with connexion.cursor() as curseur:
            for instruction in instructions:
                curseur.execute(instruction)


def tuer_le_serveur(donnees: Path) -> None:
    pid = int((donnees / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)


def test_deux_processus_partagent_le_serveur_et_le_dernier_l_arrete(lancer, donnees):
    premier, second = (lancer(CLIENT, donnees, "rapide") for _ in range(2))
    parametres = json.loads(premier.lire())
    assert json.loads(second.lire()) == parametres

    premier.finir()
    assert repond(parametres)
    second.finir()
    assert not repond(parametres)


def test_un_client_tue_ne_laisse_pas_de_trace(lancer, donnees):
    tue, vivant = (lancer(CLIENT, donnees, "rapide") for _ in range(2))
    parametres = json.loads(vivant.lire())
    tue.lire()

    tue.tuer()
    assert repond(parametres)
    vivant.finir()
    assert not repond(parametres)


@pytest.mark.parametrize("premier_sorti", ["enfant", "parent"])
def test_un_processus_et_son_enfant_comptent_jusqu_au_dernier(lancer, donnees, premier_sorti):
    client = lancer(FOURCHE, donnees, premier_sorti)
    parametres = json.loads(client.lire())
    assert client.lire() == "seul"
    if premier_sorti == "parent":
        client.processus.wait()

    assert repond(parametres)
    client.finir()
    assert not repond(parametres)


def test_ce_qui_est_enregistre_survit_a_la_mort_du_serveur(lancer, donnees):
    client = lancer(CLIENT, donnees, "durable")
    parametres = json.loads(client.lire())
    executer(parametres, "CREATE TABLE temoin (valeur int)", "INSERT INTO temoin VALUES (7)")

    # A connection left open keeps an orphan of the killed server alive for a moment.
    with closing(psycopg2.connect(**parametres)):
        tuer_le_serveur(donnees)
        client.demander()
    assert lire_valeurs(parametres, "SELECT valeur FROM temoin") == [7]
    assert lire_valeurs(parametres, "SHOW fsync") == ["on"]
    assert lire_valeurs(parametres, "SHOW data_checksums") == ["on"]


def test_le_numero_de_processus_perime_n_empeche_pas_de_demarrer(lancer, donnees):
    client = lancer(CLIENT, donnees, "rapide")
    client.lire()
    pid_perime = donnees / "postgres" / "postmaster.pid"
    contenu = pid_perime.read_text().splitlines()
    client.finir()

    for fichier in (pid_perime, donnees / "postgres" / ".s.PGSQL.5432.lock"):
        fichier.write_text("\n".join([str(os.getpid()), *contenu[1:]]) + "\n")
    client = lancer(CLIENT, donnees, "rapide")
    assert repond(json.loads(client.lire()))
    # Ending its use must not stop the innocent process either: this one.
    client.finir()


def test_un_chemin_trop_long_pour_une_socket_convient(lancer, donnees):
    client = lancer(CLIENT, donnees / ("d" * 120), "rapide")
    parametres = json.loads(client.lire())
    socket = Path(parametres["host"])

    assert repond(parametres)
    assert socket.stat().st_mode & 0o077 == 0
    client.finir()
    assert not socket.exists()


def test_une_creation_interrompue_est_recommencee(lancer, donnees):
    interrompu = lancer(CREATION_INTERROMPUE, donnees)
    assert interrompu.lire() == "au milieu"
    interrompu.tuer()
    assert [chemin.name for chemin in donnees.glob("postgres.*")]

    client = lancer(CLIENT, donnees, "rapide")
    assert repond(json.loads(client.lire()))
    assert not list(donnees.glob("postgres.*"))
    client.finir()


def test_une_panne_durable_se_dit_a_l_exploitant(donnees):
    (donnees / "postgres").mkdir(parents=True)
    (donnees / "postgres" / "PG_VERSION").write_text("9.6\n")

    with pytest.raises(postgres.ServeurIndisponible, match=r"PostgreSQL ne répond pas dans"):
        postgres.demarrer(donnees)


def test_le_role_de_l_application_ecrit_mais_ne_possede_rien(lancer, donnees):
    client = lancer(CLIENT, donnees, "rapide")
    proprietaire = json.loads(client.lire())
    application = {**proprietaire, "user": "bnr_application"}
    executer(proprietaire, "CREATE EXTENSION unaccent", "CREATE EXTENSION pg_trgm",
             "CREATE TABLE temoin (id int GENERATED BY DEFAULT AS IDENTITY)")  # fmt: skip

    executer(application, "INSERT INTO temoin DEFAULT VALUES")
    assert lire_valeurs(application, "SELECT id FROM temoin") == [1]
    for refus in ("CREATE TABLE autre ()", "DROP TABLE temoin", "TRUNCATE temoin",
                  "CREATE DATABASE autre"):  # fmt: skip
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            executer(application, refus)
    for role in ("application", "proprietaire"):
        pouvoirs = f"SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = 'bnr_{role}'"
        assert lire_valeurs(proprietaire, pouvoirs) == [False]

    # A database cloned for tests obeys the same rules.
    executer(proprietaire, "CREATE DATABASE essai")
    essai = {**application, "dbname": "essai"}
    executer({**proprietaire, "dbname": "essai"}, "CREATE TABLE temoin (valeur int)")
    executer(essai, "INSERT INTO temoin VALUES (1)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        executer(essai, "CREATE TABLE autre ()")
    client.finir()


def connexion_django(donnees: Path):
    reglages = {"ENGINE": "bnr.postgresql", "NAME": "bnr", "USER": "bnr_application",
                "SERVEUR_EMBARQUE": str(donnees), "SERVEUR_RAPIDE": True}  # fmt: skip
    return ConnectionHandler({"default": reglages})["default"]


def test_django_ne_demarre_le_serveur_qu_en_s_y_connectant(donnees):
    django = connexion_django(donnees)
    assert not donnees.exists()

    django.get_new_connection(django.get_connection_params()).close()
    tuer_le_serveur(donnees)
    django.get_new_connection(django.get_connection_params()).close()
    assert postgres.arreter_si_dernier(donnees)


def test_django_signale_un_serveur_indisponible(tmp_path):
    (tmp_path / "fichier").touch()
    django = connexion_django(tmp_path / "fichier" / "bnr")

    with pytest.raises(OperationalError, match="n’a pas pu être ouverte"):
        django.get_new_connection(django.get_connection_params())
