"""Keeps a background worker alive beside the web server, and stops it with the server."""

import os
import subprocess
import sys
import threading
import time

from django.conf import settings

# A worker that dies as soon as it is started is not started again at once.
VIE_NORMALE, REPIT = 10, 5
# How long a task that is running may take to end, once asked to stop.
DELAI_D_ARRET = 10

# Held while starting the worker, and around any fork: a web worker born at that moment would keep
# the pipe by which Popen learns that the program has begun, and Popen would wait for ever.
_seul = threading.Lock()
os.register_at_fork(
    before=_seul.acquire, after_in_parent=_seul.release, after_in_child=_seul.release
)


class Ouvrier:
    """`manage.py ouvrier` in a process of its own, started again whenever it dies."""

    def __init__(self):
        self._arrete = threading.Event()
        self._processus: subprocess.Popen | None = None
        self._veille = threading.Thread(target=self._veiller, daemon=True)

    def demarrer(self) -> None:
        self._veille.start()

    def _veiller(self) -> None:
        while not self._arrete.is_set():
            debut = time.monotonic()
            with _seul:
                self._processus = _lancer()
            self._processus.wait()
            self._processus.stdin.close()
            if not self._arrete.is_set() and time.monotonic() - debut < VIE_NORMALE:
                self._arrete.wait(REPIT)

    def arreter(self) -> None:
        """Lets the task that is running end, then nothing is left of the worker."""
        self._arrete.set()
        if self._processus is not None:
            self._processus.terminate()
        self._veille.join(DELAI_D_ARRET)
        if self._veille.is_alive():
            self._processus.kill()
            self._veille.join()


def _lancer() -> subprocess.Popen:
    # A session of its own: Ctrl-C reaches this process only, which asks it to stop once.
    return subprocess.Popen(
        [sys.executable, "manage.py", "ouvrier"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
