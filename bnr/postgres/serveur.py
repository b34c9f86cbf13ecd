"""One PostgreSQL cluster and its server: create, start, question, stop.

The callers hold the start lock.
"""

import contextlib
import hashlib
import os
import shlex
import shutil
import stat
import tempfile
import time
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import psutil
import psycopg2

from bnr.postgres.systeme import ServeurIndisponible, compte_du_serveur, executer, fin_du_fichier

PORT = 5432
LONGUEUR_MAX_SOCKET = 107

REGLAGES = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
REGLAGES_RAPIDES = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}

# Written in template1, so that every database created later, the tests' included, obeys the same
# rules. There the schema public belongs to pg_database_owner, that is to the owner of each database.
PREPARATION = """\
CREATE ROLE bnr_proprietaire LOGIN CREATEDB;
CREATE ROLE bnr_application LOGIN;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO bnr_application;
ALTER DEFAULT PRIVILEGES FOR ROLE bnr_proprietaire IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO bnr_application;
ALTER DEFAULT PRIVILEGES FOR ROLE bnr_proprietaire IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO bnr_application;
CREATE DATABASE bnr OWNER bnr_proprietaire;
"""


@dataclass(frozen=True)
class Serveur:
    """Where a cluster lives (`cluster`) and the directory of its Unix socket (`socket`)."""

    cluster: Path
    socket: Path

    @property
    def adresse(self) -> dict[str, Any]:
        """The libpq parameters that reach the server: host (a directory) and port."""
        return {"host": str(self.socket), "port": PORT}

    def parametres(
        self, role: Literal["application", "proprietaire"], base: str = "bnr"
    ) -> dict[str, Any]:
        """Everything `psycopg2.connect` needs to enter the database `base` with that role."""
        return {**self.adresse, "user": f"bnr_{role}", "dbname": base}

    @property
    def journal(self) -> Path:
        return self.cluster / "serveur.log"


class Etat(Enum):
    """What a connection attempt says of the server; value: seconds one waits for that to pass."""

    REPOND = 0
    EN_TRANSITION = 60
    MUET = 15
    FIGE = 5


def faire_repondre(cluster: Path, compte: dict, rapide: bool) -> Serveur:
    """Create the cluster, start its server, wait for it: whatever is missing for it to answer.

    `compte` comes from `compte_du_serveur`. Raises ServeurIndisponible, OSError.
    """
    if not (cluster / "PG_VERSION").exists():
        _creer(cluster, compte, rapide)
    serveur = Serveur(cluster, repertoire_socket(cluster))
    _reserver_socket(serveur, compte)
    debut = time.monotonic()
    while (etat := etat_du_serveur(serveur)) is not Etat.REPOND:
        lance, echec = False, ""
        if etat is Etat.MUET and not _postmaster_vivant(cluster):
            lance, echec = _lancer(serveur, compte, rapide)
        if time.monotonic() - debut > etat.value or (echec and not _est_passager(echec)):
            raise ServeurIndisponible(
                f"PostgreSQL ne répond pas dans {cluster}. Fin de son journal "
                f"({serveur.journal}) :\n{echec or fin_du_fichier(serveur.journal)}"
            )
        if not lance:
            time.sleep(0.1)
    return serveur


def etat_du_serveur(serveur: Serveur) -> Etat:
    """Judge by a real connection: process numbers and files lie after a kill."""
    try:
        psycopg2.connect(
            **serveur.adresse, user="postgres", dbname="postgres", connect_timeout=3
        ).close()
    except psycopg2.OperationalError as erreur:
        if "the database system is" in str(erreur):
            return Etat.EN_TRANSITION
        if "timeout expired" in str(erreur):
            return Etat.FIGE
        # Any other refusal by the server (too many clients…) still shows that it runs.
        return Etat.REPOND if "FATAL:" in str(erreur) else Etat.MUET
    return Etat.REPOND


def _est_passager(echec: str) -> bool:
    """Whether a start only met what a killed or stopping server leaves behind for a moment."""
    return "is still in use" in echec or "already exists" in echec


def _lancer(serveur: Serveur, compte: dict, rapide: bool) -> tuple[bool, str]:
    """Start a server known to be dead: (success, end of what the attempt wrote if it failed)."""
    # After a kill or a power cut the process numbers in there may belong to anything.
    for perime in (serveur.cluster / "postmaster.pid", serveur.socket / f".s.PGSQL.{PORT}.lock"):
        perime.unlink(missing_ok=True)
    reglages = {"port": PORT, "unix_socket_directories": serveur.socket}
    options = shlex.join(_options({**reglages, **(REGLAGES_RAPIDES if rapide else {})}))
    debut = serveur.journal.stat().st_size if serveur.journal.exists() else 0
    reussi, sortie = executer(
        "pg_ctl", serveur.cluster, compte, "start", "-w", "-l", serveur.journal, "-o", options
    )
    return reussi, "" if reussi else fin_du_fichier(serveur.journal, debut) or sortie


def arreter(cluster: Path) -> bool:
    """Stop the server at once, cleanly, whoever uses it; False when there was none."""
    if not _postmaster_vivant(cluster):
        return False
    executer("pg_ctl", cluster, compte_du_serveur(cluster), "stop", "-w", "-m", "fast")
    socket = repertoire_socket(cluster)
    if socket != cluster:
        with contextlib.suppress(OSError):
            socket.rmdir()
    return True


def _postmaster_vivant(cluster: Path) -> bool:
    """Whether the process that postmaster.pid names really is the server of this cluster."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().partition("\n")[0])
        commande = psutil.Process(pid).cmdline()
    except (FileNotFoundError, ValueError, psutil.Error):
        return False
    return Path(next(iter(commande), "")).name == "postgres" and str(cluster) in commande


def _creer(cluster: Path, compte: dict, rapide: bool) -> None:
    """Create the cluster beside its place, then rename it: an interrupted one is never trusted."""
    modele = f"{cluster.name}.preparation."
    for reste in cluster.parent.glob(f"{modele}*"):
        shutil.rmtree(reste, ignore_errors=True)
    neuf = Path(tempfile.mkdtemp(prefix=modele, dir=cluster.parent))
    if compte:
        os.chown(neuf, compte["user"], compte["group"])
    initdb = ["--username=postgres", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8",
              "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
              *(f"--set={nom}={valeur}" for nom, valeur in REGLAGES.items()),
              *(["--no-sync"] if rapide else [])]  # fmt: skip
    # A server for one user, without any socket: it obeys one line at a time, stops at an error.
    seul = _options({"exit_on_error": "on", **(REGLAGES_RAPIDES if rapide else {})})
    etapes = (("initdb", initdb, ""), ("postgres", [*seul, "template1"], PREPARATION))
    for outil, arguments, entree in etapes:
        reussi, sortie = executer(outil, neuf, compte, *arguments, entree=entree)
        if not reussi:
            raise ServeurIndisponible(
                f"PostgreSQL n’a pas pu créer ses données dans {cluster} :\n{sortie}"
            )
    neuf.rename(cluster)
    # The name must be on disk before anything is committed under it.
    parent = os.open(cluster.parent, os.O_RDONLY)
    os.fsync(parent)
    os.close(parent)


def _options(reglages: dict[str, Any]) -> list[str]:
    return [f"--{nom}={valeur}" for nom, valeur in reglages.items()]


def repertoire_socket(cluster: Path) -> Path:
    """The cluster itself, or a short directory when libpq could not take that path as a host."""
    chemin = str(cluster / f".s.PGSQL.{PORT}")
    if len(os.fsencode(chemin)) <= LONGUEUR_MAX_SOCKET and "," not in chemin:
        return cluster
    return Path("/tmp") / f"bnr-{hashlib.sha256(os.fsencode(cluster)).hexdigest()[:16]}"


def _reserver_socket(serveur: Serveur, compte: dict) -> None:
    """Make the socket's own directory, and refuse one that another account set up in /tmp."""
    if serveur.socket == serveur.cluster:
        return
    with contextlib.suppress(FileExistsError):
        serveur.socket.mkdir(mode=0o700)
    if compte and serveur.socket.lstat().st_uid == os.geteuid():
        os.chown(serveur.socket, compte["user"], compte["group"], follow_symlinks=False)
    etat = serveur.socket.lstat()
    proprietaire = compte.get("user", os.geteuid())
    if not stat.S_ISDIR(etat.st_mode) or etat.st_uid != proprietaire or etat.st_mode & 0o077:
        raise ServeurIndisponible(
            f"Le répertoire {serveur.socket} devrait n’être ouvert qu’au serveur : supprimez-le."
        )
