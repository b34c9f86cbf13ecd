"""Django's cache in the database, each write one statement of PostgreSQL.

Throttling counts in it. Django's own backend counts the whole table at each write, and beyond 300
rows drops a third of them whether they are due or not: trying many addresses would erase the count
of the first ones. Here a row leaves when it expires, and two workers never both add the same key.
"""

import base64
import pickle
import random
from datetime import UTC, datetime

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from psycopg2 import sql

# One write in so many removes what has expired.
ECRITURES_ENTRE_PURGES = 500

ECRIRE = {
    "set": "INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) "
    "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires",
    "add": "INSERT INTO {table} AS ici (cache_key, value, expires) VALUES (%s, %s, %s) "
    "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires "
    "WHERE ici.expires < now()",
}
PROLONGER = "UPDATE {table} SET expires = %s WHERE cache_key = %s AND expires >= now()"
PURGER = "DELETE FROM {table} WHERE expires < now()"


def est_temps_de_purger() -> bool:
    return random.randrange(ECRITURES_ENTRE_PURGES) == 0


class CacheEnBase(DatabaseCache):
    def _base_set(self, mode, key, value, timeout=DEFAULT_TIMEOUT):
        limite = self.get_backend_timeout(timeout)
        expire = datetime.max.replace(tzinfo=UTC)
        if limite is not None:
            expire = datetime.fromtimestamp(limite, tz=UTC)
        with self._curseur() as curseur:
            if est_temps_de_purger():
                curseur.execute(self._ordre(PURGER))
            if mode == "touch":
                curseur.execute(self._ordre(PROLONGER), [expire, key])
            else:
                texte = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")
                curseur.execute(self._ordre(ECRIRE[mode]), [key, texte, expire])
            return bool(curseur.rowcount)

    def _curseur(self):
        return connections[router.db_for_write(self.cache_model_class)].cursor()

    def _ordre(self, texte: str) -> sql.Composed:
        return sql.SQL(texte).format(table=sql.Identifier(self._table))
