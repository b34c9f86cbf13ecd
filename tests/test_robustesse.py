"""What is acknowledged is kept: killed servers, an absent database, a stopped demonstration."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import psycopg2
import pytest

from bnr import postgres
from tests import bases
from tests.serveurs import ServeurWeb, _port_libre, rassembler_statiques

pytestmark = pytest.mark.serveur


class Navigateur:
    """A browser without a screen: cookies, forms, and the script's automatic saves."""

    def __init__(self, serveur: ServeurWeb):
        self.serveur = serveur
        self.cookies = CookieJar()
        self._ouvrir = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies)
        ).open

    def lire(self, chemin: str) -> str:
        with self._ouvrir(self.serveur.adresse + chemin, timeout=20) as reponse:
            self.chemin = reponse.url.removeprefix(self.serveur.adresse)
            return reponse.read().decode()

    def poster(self, chemin: str, *, auto: bool = False, **champs) -> str:
        requete = urllib.request.Request(
            self.serveur.adresse + chemin, urlencode(champs, doseq=True).encode()
        )
        if auto:
            requete.add_header("X-Enregistrement", "auto")
        with self._ouvrir(requete, timeout=20) as reponse:
            self.chemin = reponse.url.removeprefix(self.serveur.adresse)
            return reponse.read().decode()

    def enregistrer(self, chemin: str, **champs) -> dict | None:
        """An automatic save: what the script reads, or None when the page says 503."""
        try:
            return json.loads(self.poster(chemin, auto=True, **champs))
        except urllib.error.HTTPError as erreur:
            if erreur.code != 503:
                raise
            return None


def champ(page: str, nom: str) -> str:
    return re.search(rf'name="{nom}" value="([^"]*)"', page).group(1)


def entrer(navigateur: Navigateur, nom: str) -> None:
    page = navigateur.lire("/comptes/connexion/")
    adresse = re.search(
        r'action="(/comptes/demonstration/\d+/)"(?:(?!</form>).)*' + nom, page, re.S
    ).group(1)
    navigateur.poster(adresse, csrfmiddlewaretoken=champ(page, "csrfmiddlewaretoken"))


def commencer(navigateur: Navigateur) -> str:
    """Begins a draft; the address of its last step, where the free text is."""
    page = navigateur.lire("/territoires/pays-des-vans/situations/nouvelle/")
    navigateur.poster(navigateur.chemin, csrfmiddlewaretoken=champ(page, "csrfmiddlewaretoken"))
    return navigateur.chemin.replace("reperage", "suites")


def lire_recit(base: str, cle: str) -> str:
    serveur = postgres.demarrer(bases.DONNEES, rapide=True)
    connexion = psycopg2.connect(**serveur.parametres("application", base=base))
    try:
        with connexion.cursor() as curseur:
            curseur.execute(
                "SELECT reponses ->> 'recit' FROM situations_situation WHERE cle = %s", [cle]
            )
            return curseur.fetchone()[0]
    finally:
        connexion.close()


def test_kill_9_du_serveur_web_pendant_les_enregistrements(serveur):
    navigateur = Navigateur(serveur)
    entrer(navigateur, "Denise Pialat")
    adresse = commencer(navigateur)
    page = navigateur.lire(adresse)
    jeton, empreinte = champ(page, "csrfmiddlewaretoken"), champ(page, "empreinte")
    acquittes = []
    for rang in range(1000):
        if rang == 12:
            threading.Thread(target=serveur.tuer).start()
        try:
            reponse = navigateur.poster(
                adresse,
                auto=True,
                csrfmiddlewaretoken=jeton,
                empreinte=empreinte,
                recit=f"Récit {rang}",
            )
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            break
        empreinte = json.loads(reponse)["empreinte"]
        acquittes.append(rang)
    assert len(acquittes) >= 12
    serveur.processus.wait()
    serveur.demarrer()
    recit = lire_recit(serveur.base, adresse.split("/")[2])
    # The last acknowledged is there; the one in flight may have been written too.
    assert recit in (f"Récit {acquittes[-1]}", f"Récit {acquittes[-1] + 1}")
    assert recit in navigateur.lire(adresse)


@pytest.fixture
def a_part(tmp_path_factory):
    """A durable cluster of its own, that a test may kill without harming the others."""
    rassembler_statiques()
    donnees = tmp_path_factory.mktemp("durable")
    environnement = {
        **os.environ,
        "BNR_DONNEES": str(donnees),
        "DJANGO_SETTINGS_MODULE": "bnr.settings",
    }
    # Installed without waiting for the disk; the web server starts PostgreSQL again, durable.
    postgres.demarrer(donnees, rapide=True)
    for commande in (["migrate", "--verbosity=0"], ["demo", "--jusqua", bases.JUSQUA]):
        subprocess.run(
            [sys.executable, "manage.py", *commande],
            cwd=bases.RACINE,
            env=environnement,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    assert postgres.arreter_si_dernier(donnees)
    (donnees / "statiques").symlink_to(bases.DONNEES / "statiques")
    serveur = ServeurWeb("bnr", BNR_DONNEES=str(donnees))
    yield serveur, donnees
    serveur.arreter()


def postmaster(donnees) -> int:
    return int((donnees / "postgres" / "postmaster.pid").read_text().split()[0])


def test_kill_9_de_postgresql_pendant_les_enregistrements(a_part):
    serveur, donnees = a_part
    navigateur = Navigateur(serveur)
    entrer(navigateur, "Denise Pialat")
    adresse = commencer(navigateur)
    page = navigateur.lire(adresse)
    jeton, empreinte = champ(page, "csrfmiddlewaretoken"), champ(page, "empreinte")
    dernier = None
    for rang in range(40):
        if rang == 10:
            os.kill(postmaster(donnees), signal.SIGKILL)
        champs = {"csrfmiddlewaretoken": jeton, "empreinte": empreinte, "recit": f"Récit {rang}"}
        reponse = navigateur.enregistrer(adresse, **champs)
        if reponse is None:
            # The plain page, for whoever asks while the server comes back; the next one works.
            page = navigateur.lire(adresse)
            empreinte = champ(page, "empreinte")
            assert f"Récit {dernier}" in page or f"Récit {rang}" in page
            continue
        empreinte, dernier = reponse["empreinte"], rang
    assert dernier == 39
    assert "Récit 39" in navigateur.lire(adresse)


def test_une_base_qui_ne_repond_pas_puis_revient(tmp_path_factory):
    """With a server of one's own (DATABASE_URL) that stops, then starts again."""
    rassembler_statiques()
    donnees = tmp_path_factory.mktemp("externe")
    adresse = postgres.demarrer(donnees, rapide=True).adresse
    environnement = {
        "DATABASE_URL": f"postgres://bnr_application@/bnr?{urlencode(adresse)}",
        "DATABASE_URL_PROPRIETAIRE": f"postgres://bnr_proprietaire@/bnr?{urlencode(adresse)}",
    }
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=bases.RACINE,
        env={**bases.environnement("bnr"), **environnement},
        check=True,
    )
    serveur = ServeurWeb("bnr", **environnement)
    try:
        navigateur = Navigateur(serveur)
        assert "Connexion" in navigateur.lire("/comptes/connexion/")
        postgres.arreter_si_dernier(donnees)
        with pytest.raises(urllib.error.HTTPError) as refus:
            navigateur.lire("/comptes/connexion/")
        assert refus.value.code == 503
        assert refus.value.headers["Retry-After"]
        assert "momentanément indisponible" in refus.value.read().decode()
        postgres.demarrer(donnees, rapide=True)
        assert "Connexion" in navigateur.lire("/comptes/connexion/")
    finally:
        serveur.arreter()
        postgres.arreter_si_dernier(donnees)


def test_demarrer_sert_la_demonstration_et_ctrl_c_arrete_tout(tmp_path_factory):
    donnees = tmp_path_factory.mktemp("demarrer")
    port = _port_libre()
    environnement = {
        **os.environ,
        "BNR_DONNEES": str(donnees),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "bnr.settings",
    }

    def demarrer() -> tuple[subprocess.Popen, str]:
        processus = subprocess.Popen(
            [sys.executable, "manage.py", "demarrer"],
            cwd=bases.RACINE,
            env=environnement,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        lu = ""
        for ligne in processus.stdout:
            lu += ligne
            if f"http://localhost:{port}" in ligne:
                return processus, lu
        raise AssertionError(lu)

    for passage in range(2):
        processus, annonce = demarrer()
        assert (donnees / "postgres" / "postmaster.pid").exists()
        assert "denise.pialat@demo.example" in annonce
        with urllib.request.urlopen(
            urllib.request.Request(f"http://localhost:{port}/comptes/connexion/"), timeout=30
        ) as reponse:
            page = reponse.read().decode()
        assert page.count("Denise Pialat") == 1, passage
        os.killpg(processus.pid, signal.SIGINT)
        assert processus.wait(timeout=30) == 0
        # A stopped server takes its file with it; a process number alone could be a zombie's.
        assert not (donnees / "postgres" / "postmaster.pid").exists()
    autre = subprocess.run(
        [sys.executable, "manage.py", "demarrer"],
        cwd=bases.RACINE,
        env={**environnement, "PORT": "abc"},
        capture_output=True,
        text=True,
    )
    assert autre.returncode == 1
    assert "PORT vaut « abc »" in autre.stderr
    assert "Traceback" not in autre.stderr
