"""The background worker: real processes, the queue in the database, e-mails that leave once."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import psycopg2
import pytest

from bnr import postgres
from tests import bases
from tests.serveurs import _port_libre, rassembler_statiques

pytestmark = pytest.mark.serveur

INVITER = """
from territoires.actions import inviter_plusieurs
from territoires.collage import Ligne
from territoires.models import Territoire, Utilisateur
territoire = Territoire.objects.get(slug="pays-des-vans")
lignes = [Ligne(i, f"P{i}", f"p{i}@ici.example", "CCAS des Vans", "GT") for i in range(30)]
lot, restent = inviter_plusieurs(
    territoire=territoire, lignes=lignes, racine="http://ici.example/",
    par=Utilisateur.objects.get(email="solene.vidal@demo.example"),
)
print(lot.invitations.count(), len(restent))
"""


@pytest.fixture
def base(request, monkeypatch, tmp_path):
    """A fresh copy of the demonstration, whose e-mails are written in a directory."""
    monkeypatch.setenv("EMAIL_URL", f"filemail:///{tmp_path}/courriels")
    return bases.cloner(bases.DEMONSTRATION, f"ouvrier_{os.getpid()}_{len(request.node.name)}")


def requete(base: str, ordre: str) -> list[tuple]:
    serveur = postgres.demarrer(bases.DONNEES, rapide=True)
    connexion = psycopg2.connect(**serveur.parametres("application", base=base))
    try:
        with connexion.cursor() as curseur:
            curseur.execute(ordre)
            return curseur.fetchall()
    finally:
        connexion.close()


def destinataires(dossier: Path) -> list[str]:
    """Of every e-mail; two that leave in the same second may share a file."""
    return [
        adresse
        for chemin in (dossier / "courriels").glob("*.log")
        for adresse in re.findall(r"^To: (\S+)", chemin.read_text(), re.M)
    ]


def test_l_ouvrier_envoie_la_file_une_seule_fois(base, tmp_path):
    assert bases.manage(base, "shell", "--verbosity=0", "-c", INVITER).split() == ["30", "0"]
    assert not (tmp_path / "courriels").exists()
    # Two at the same time, then once more: each e-mail leaves once.
    travail = ("db_worker", "--batch", "--no-startup-delay")
    ouvriers = [threading.Thread(target=bases.manage, args=(base, *travail)) for _ in range(2)]
    for ouvrier in ouvriers:
        ouvrier.start()
    for ouvrier in ouvriers:
        ouvrier.join()
    bases.manage(base, *travail)
    attendus = [f"p{i}@ici.example" for i in range(30)]
    assert sorted(destinataires(tmp_path)) == sorted(attendus)
    etats = requete(
        base,
        "SELECT count(*), count(envoyee_le), count(*) FILTER (WHERE echec <> '')"
        " FROM territoires_invitation",
    )
    assert etats == [(30, 30, 0)]


def test_un_ouvrier_tue_laisse_le_reste_au_suivant(base, tmp_path):
    """kill -9 while it sends: the next one goes on; nobody gets two links, at most one is in doubt."""
    bases.manage(base, "shell", "--verbosity=0", "-c", INVITER)
    processus = subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--no-startup-delay"],
        cwd=bases.RACINE,
        env=bases.environnement(base),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for ligne in processus.stderr:
            if "state=SUCCESSFUL" in ligne:
                break
    finally:
        processus.kill()
        processus.wait()
        processus.stderr.close()
    bases.manage(base, "db_worker", "--batch", "--no-startup-delay")
    parties, echouees, en_attente = requete(
        base,
        "SELECT count(envoyee_le), count(*) FILTER (WHERE echec <> ''),"
        " count(*) FILTER (WHERE envoyee_le IS NULL AND echec = '') FROM territoires_invitation",
    )[0]
    assert parties + echouees + en_attente == 30
    assert parties >= 29
    assert parties <= len(set(destinataires(tmp_path))) <= 30


def enfants(pid: int) -> list[psutil.Process]:
    return [
        enfant
        for enfant in psutil.Process(pid).children(recursive=True)
        if "ouvrier" in enfant.cmdline()
    ]


@pytest.fixture(scope="module")
def donnees(tmp_path_factory) -> Path:
    """A directory where the demonstration is installed once for all."""
    rassembler_statiques()
    return tmp_path_factory.mktemp("ouvrier")


@pytest.mark.parametrize("fin", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_demarrer_lance_l_ouvrier_le_relance_et_l_emporte(donnees, fin):
    environnement = {
        **os.environ,
        "BNR_DONNEES": str(donnees),
        "PORT": str(_port_libre()),
        "DJANGO_SETTINGS_MODULE": "bnr.settings",
    }
    processus = subprocess.Popen(
        [sys.executable, "manage.py", "demarrer"],
        cwd=bases.RACINE,
        env=environnement,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        for ligne in processus.stdout:
            if "http://localhost" in ligne:
                break
        (premier,) = attendre(lambda: enfants(processus.pid))
        premier.kill()
        # A dead one leaves no zombie, and another takes its place.
        premier.wait(timeout=60)
        (second,) = attendre(
            lambda: [enfant for enfant in enfants(processus.pid) if enfant.pid != premier.pid]
        )
        os.kill(processus.pid, fin)
        processus.wait(timeout=60)
        second.wait(timeout=60)
        assert not second.is_running()
    finally:
        if processus.poll() is None:
            os.killpg(processus.pid, signal.SIGKILL)
            processus.wait()
        processus.stdout.close()


def attendre(trouver, secondes: float = 120):
    """What `trouver` finds, as soon as it does."""
    essai = threading.Event()
    for _ in range(int(secondes / 0.1)):
        if trouves := trouver():
            return trouves
        essai.wait(0.1)
    raise AssertionError("l’ouvrier n’est pas là")
