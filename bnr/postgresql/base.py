"""Django's PostgreSQL backend, able to start the application's own server when it connects.

`DATABASES["default"]["SERVEUR_EMBARQUE"]` names the data directory of that server; without it this
is Django's backend. `SERVEUR_RAPIDE` (tests) trades durability for speed. Nothing starts before the
first connection, so that commands without database stay free of it.
"""

from django.db import OperationalError
from django.db.backends.postgresql import base
from django.utils.asyncio import async_unsafe

from bnr import postgres


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        return {"connect_timeout": 3, **super().get_connection_params()}

    @async_unsafe
    def get_new_connection(self, conn_params):
        donnees = self.settings_dict.get("SERVEUR_EMBARQUE")
        if not donnees:
            return super().get_new_connection(conn_params)
        try:
            serveur = postgres.serveur_en_usage(donnees) or self._demarrer(donnees)
            try:
                return super().get_new_connection({**conn_params, **serveur.adresse})
            except self.Database.OperationalError as erreur:
                # A frozen server keeps its place: starting it again would only double the wait.
                if "timeout expired" in str(erreur):
                    raise
                serveur = self._demarrer(donnees)
                return super().get_new_connection({**conn_params, **serveur.adresse})
        except postgres.ServeurIndisponible as erreur:
            raise OperationalError(str(erreur)) from erreur

    def _demarrer(self, donnees):
        return postgres.demarrer(donnees, rapide=self.settings_dict.get("SERVEUR_RAPIDE", False))
