"""PostgreSQL on narrow tables: one GROUP BY a figure, or grouping sets on two connections."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from pilotage.banc.colonnes import Colonnes
from pilotage.banc.moteurs import Comptes
from pilotage.banc.moteurs.requetes import (
    TABLES,
    de_base,
    group_by,
    grouping_sets,
    lire_grouping_sets,
    nommer,
)
from pilotage.banc.questions import FIGURES, Selection
from pilotage.instantane.binaire import ENTETE, FIN

REGLAGES = "SET work_mem = '512MB'; SET jit = off; SET max_parallel_workers_per_gather = 2"
LOT = 100_000


def deposer(colonnes: Colonnes, executer: Callable[[str], None]) -> None:
    """Makes the narrow tables: smallest integers, sorted by territory, an index on it.

    `executer` runs a statement as the owner of the database.
    """
    for base, table in TABLES.items():
        valeurs = colonnes.tables[base]
        genres = {s: "int2" if v.max(initial=0) < 1 << 15 else "int4" for s, v in valeurs.items()}
        declarations = ", ".join(f"{nommer(s)} {genre} NOT NULL" for s, genre in genres.items())
        executer(f"CREATE UNLOGGED TABLE {table} ({declarations})")
        with connection.cursor() as curseur:
            curseur.copy_expert(f"COPY {table} FROM STDIN (FORMAT binary)", _Flux(valeurs, genres))
        executer(f"CREATE INDEX ON {table} (territoire)")
        if base == "non_recours":
            executer(f"CREATE INDEX ON {table} (droit, type)")
        executer(f"VACUUM ANALYZE {table}")


class ParGroupBy:
    """One GROUP BY a figure, on one connection; PostgreSQL may use both cores for each."""

    def preparer(self, selection: Selection) -> Callable[[], list]:
        requetes = [group_by(figure, selection) for figure in FIGURES]
        return lambda: [_executer(connection, requete) for requete in requetes]

    def lire(self, brut: list) -> Comptes:
        return {
            figure: {ligne[:-1]: ligne[-1] for ligne in lignes}
            for figure, lignes in zip(FIGURES, brut, strict=True)
        }


class ParGroupingSets:
    """Two connections, each with half of the work: situations and a few figures of non-recours on
    one, the other figures of non-recours on the other."""

    def __init__(self):
        droits = de_base("non_recours")
        self._parts = [[de_base("situations"), droits[:4]], [droits[4:]]]
        self._connexions = [
            ConnectionHandler({"default": connection.settings_dict})["default"] for _ in self._parts
        ]
        for connexion in self._connexions:
            connexion.inc_thread_sharing()
        self._fils = ThreadPoolExecutor(len(self._parts))

    def close(self) -> None:
        self._fils.shutdown()
        for connexion in self._connexions:
            connexion.close()

    def preparer(self, selection: Selection) -> Callable[[], list]:
        requetes = [[grouping_sets(f, selection) for f in part] for part in self._parts]
        return lambda: list(self._fils.map(_executer_toutes, self._connexions, requetes))

    def lire(self, brut: list) -> Comptes:
        comptes: Comptes = {}
        for part, reponses in zip(self._parts, brut, strict=True):
            for figures, lignes in zip(part, reponses, strict=True):
                comptes |= lire_grouping_sets(figures, lignes)
        return comptes


def _executer_toutes(connexion: BaseDatabaseWrapper, requetes: Sequence[str]) -> list:
    return [_executer(connexion, requete) for requete in requetes]


def _executer(connexion: BaseDatabaseWrapper, requete: str) -> list[tuple]:
    with connexion.cursor() as curseur:
        curseur.execute(f"{REGLAGES}; {requete}")
        return curseur.fetchall()


class _Flux:
    """The rows as `COPY … (FORMAT binary)` reads them."""

    def __init__(self, valeurs: dict[str, np.ndarray], genres: dict[str, str]):
        self._morceaux = self._ecrire(valeurs, genres)
        self._reste = b""

    @staticmethod
    def _ecrire(valeurs: dict[str, np.ndarray], genres: dict[str, str]):
        champs: list[tuple[str, str]] = [("champs", ">i2")]
        for i, genre in enumerate(genres.values()):
            champs += [(f"l{i}", ">i4"), (f"v{i}", f">i{genre[-1]}")]
        yield ENTETE
        hauteur = len(next(iter(valeurs.values())))
        for debut in range(0, hauteur, LOT):
            lot = np.zeros(min(LOT, hauteur - debut), dtype=champs)
            lot["champs"] = len(genres)
            for i, (source, genre) in enumerate(genres.items()):
                lot[f"l{i}"] = int(genre[-1])
                lot[f"v{i}"] = valeurs[source][debut : debut + LOT]
            yield lot.tobytes()
        yield FIN

    def read(self, taille: int = -1) -> bytes:
        while taille < 0 or len(self._reste) < taille:
            morceau = next(self._morceaux, None)
            if morceau is None:
                break
            self._reste += morceau
        rendu, self._reste = self._reste[:taille], self._reste[taille:]
        return rendu
