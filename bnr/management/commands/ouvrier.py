"""The background worker of `demarrer`: django-tasks' own, which ends with whoever started it.

In production, the service manager runs `manage.py db_worker` itself.
"""

import logging
import os
import signal
import sys
import threading

from django_tasks_db.management.commands import db_worker


class Command(db_worker.Command):
    help = "Ouvrier des tâches de fond, arrêté quand son entrée se ferme (lancé par « demarrer »)."

    def configure_logging(self, verbosity: int) -> None:
        # A task that fails is said; one that succeeds, or a stop, is not.
        for nom in ("django_tasks", "django_tasks_db"):
            logging.getLogger(nom).setLevel(logging.ERROR)

    def handle(self, **options) -> None:
        threading.Thread(target=_attendre_la_fin, daemon=True).start()
        super().handle(**options)


def _attendre_la_fin() -> None:
    """The other end of this pipe is held by who started the worker, and closes however it dies."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
