"""Serves the demonstration on this machine: database, data, static files, worker, web server."""

import os
import socket
import subprocess
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication

from bnr.ouvrier import Ouvrier
from bnr.statiques import rassembler
from bnr.verifications import base_servable
from pilotage.preparation_lots import demander_les_lots_dus
from pilotage.taches import publier_la_demonstration

OUVRIERS = 2


class ServeurWeb(BaseApplication):
    """gunicorn in this very process: it dies with it, and shares its use of the database."""

    def __init__(self, port: int):
        self.port = port
        self.ouvrier = Ouvrier()
        super().__init__()

    def load_config(self):
        self.cfg.set("bind", f"127.0.0.1:{self.port}")
        self.cfg.set("workers", OUVRIERS)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("proc_name", "barometre")
        # Both are called in this process, never in the web workers that it forks.
        self.cfg.set("when_ready", self.annoncer)
        self.cfg.set("on_exit", lambda arbitre: self.ouvrier.arreter())

    def annoncer(self, arbitre) -> None:
        self.ouvrier.demarrer()
        print(f"\nhttp://localhost:{self.port}   (Ctrl-C pour arrêter)", flush=True)

    def load(self):
        # Imported late: the application lists its static files once, when it is made.
        return import_string("bnr.wsgi.application")


class Command(BaseCommand):
    help = "Prépare la base et les données de démonstration, puis sert l’application."
    requires_system_checks = ()

    def handle(self, **options):
        if not settings.EN_DEMONSTRATION:
            raise CommandError(
                "« demarrer » ne sert que la démonstration. En production : "
                "« manage.py migrate », « manage.py collectstatic », puis « gunicorn bnr.wsgi »."
            )
        port = _port_libre(os.environ.get("PORT", "8000"))
        try:
            # This process keeps the server alive between the commands that follow.
            connection.ensure_connection()
        except OperationalError as erreur:
            raise CommandError(f"La base de données ne répond pas : {erreur}") from erreur
        if "territoires_utilisateur" in connection.introspection.table_names():
            # Before anything is written: this may be somebody's real database.
            base_servable()
        self._manage("migrate", "--verbosity=0")
        connection.close()
        est_installee = _contient_quelque_chose()
        connection.close()
        self._manage("demo", *(["--comptes"] if est_installee else []))
        # The worker prepares them while the first pages are read.
        demander_les_lots_dus()
        if not est_installee:
            publier_la_demonstration.enqueue()
        connection.close()
        rassembler()
        ServeurWeb(port).run()

    def _manage(self, *arguments: str) -> None:
        resultat = subprocess.run([sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR)
        if resultat.returncode:
            raise CommandError(f"« manage.py {arguments[0]} » n’a pas abouti : voir ci-dessus.")


def _contient_quelque_chose() -> bool:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT EXISTS (SELECT FROM territoires_territoire)"
            " OR EXISTS (SELECT FROM territoires_utilisateur)"
        )
        return curseur.fetchone()[0]


def _port_libre(texte: str) -> int:
    if not texte.isdecimal() or not 0 < int(texte) < 65536:
        raise CommandError(f"PORT vaut « {texte} » : donnez un nombre entre 1 et 65535.")
    port = int(texte)
    with socket.socket() as essai:
        essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            essai.bind(("127.0.0.1", port))
        except OSError as erreur:
            raise CommandError(
                f"Le port {port} est déjà pris : arrêtez ce qui l’occupe, ou choisissez-en un "
                "autre, par exemple « PORT=8001 make demarrer »."
            ) from erreur
    return port
