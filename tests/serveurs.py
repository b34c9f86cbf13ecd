"""Real web servers of the application, for browsers and for being killed."""

import os
import signal
import socket
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import psutil

from tests import bases


class ServeurWeb:
    """gunicorn on the application, on one database, in a process group of its own."""

    APPLICATION = ("bnr.wsgi",)

    def __init__(self, base: str, **environnement: str):
        self.base = base
        self.environnement = environnement
        self.port = _port_libre()
        self.demarrer()

    @property
    def adresse(self) -> str:
        return f"http://localhost:{self.port}"

    def demarrer(self) -> None:
        """Starts, and returns once workers answer."""
        self.processus = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", *self.APPLICATION, "--workers=2"),
                *("--log-level=info", f"--bind=127.0.0.1:{self.port}"),
            ],
            cwd=bases.RACINE,
            env=bases.environnement(self.base, **self.environnement),
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        lignes = []
        for ligne in self.processus.stderr:
            lignes.append(ligne)
            if "Booting worker" in ligne:
                break
        else:
            raise AssertionError("".join(lignes))
        _vider(self.processus)

    def tuer(self) -> None:
        """kill -9, master and workers, in the middle of whatever they do."""
        os.killpg(self.processus.pid, signal.SIGKILL)
        self.processus.wait()

    def arreter(self) -> None:
        if self.processus.poll() is None:
            self.processus.terminate()
            self.processus.wait(timeout=20)


class ServeurDurable(ServeurWeb):
    """One for many tests: it reads the application once, each test has workers of its own."""

    APPLICATION = ("tests.wsgi_prechargee", "--preload")

    def __init__(self, modele: str = bases.DEMONSTRATION, **environnement: str):
        rassembler_statiques()
        self.modele = modele
        super().__init__(bases.cloner(modele, f"web_{uuid.uuid4().hex[:12]}"), **environnement)

    def renouveler(self) -> None:
        """Its database is a fresh copy of the template, its workers remember nothing."""
        if self.processus.poll() is not None:
            self.demarrer()
        ouvriers = psutil.Process(self.processus.pid).children()
        for ouvrier in ouvriers:
            ouvrier.kill()
        psutil.wait_procs(ouvriers)
        bases.cloner(self.modele, self.base)


def _vider(processus: subprocess.Popen) -> None:
    """Lets the process write on without filling its pipe."""
    threading.Thread(target=processus.stderr.read, daemon=True).start()


def _port_libre() -> int:
    with socket.socket() as essai:
        essai.bind(("127.0.0.1", 0))
        return essai.getsockname()[1]


def rassembler_statiques() -> None:
    """Static files as a server serves them, gathered once for all the processes of the tests."""
    chemin = Path(os.environ["BNR_DONNEES"]) / "statiques.verrou"
    with bases.verrou(os.open(chemin, os.O_RDONLY | os.O_CREAT, 0o644)):
        if not any((Path(os.environ["BNR_DONNEES"]) / "statiques").iterdir()):
            bases.manage(bases.VIDE, "collectstatic", "--no-input", "--verbosity=0")
