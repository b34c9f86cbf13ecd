"""DuckDB: the columns in its own tables, in memory, both cores, one grouping-sets query a grain."""

from collections.abc import Callable

import pandas as pd

try:
    import duckdb
except ModuleNotFoundError:
    duckdb = None

from pilotage.banc.colonnes import Colonnes
from pilotage.banc.moteurs import Comptes
from pilotage.banc.moteurs.requetes import (
    TABLES,
    de_base,
    grouping_sets,
    lire_grouping_sets,
)
from pilotage.banc.questions import Selection

Lignes = list[dict]


class MoteurAbsent(Exception):
    """The message says what to install."""


def exiger_duckdb() -> None:
    """Raises MoteurAbsent when the reference engine is not installed."""
    if duckdb is None:
        raise MoteurAbsent(
            "DuckDB n’est pas installé : il sert de référence au banc. "
            "Faites « make installer-dev », puis recommencez."
        )


class Canard:
    def __init__(self, colonnes: Colonnes):
        exiger_duckdb()
        self._connexion = duckdb.connect(":memory:", config={"threads": 2})
        for base, table in TABLES.items():
            lignes = pd.DataFrame(colonnes.tables[base])
            self._connexion.register("lignes", lignes)
            self._connexion.execute(f"CREATE TABLE {table} AS SELECT * FROM lignes")
            self._connexion.unregister("lignes")

    def preparer(self, selection: Selection) -> Callable[[], Lignes]:
        requetes = [grouping_sets(de_base(base), selection) for base in TABLES]
        return lambda: [self._connexion.execute(requete).fetchnumpy() for requete in requetes]

    def lire(self, brut: Lignes) -> Comptes:
        comptes: Comptes = {}
        for base, colonnes in zip(TABLES, brut, strict=True):
            listes = [colonne.filled(0).tolist() if hasattr(colonne, "filled") else colonne.tolist()
                      for colonne in colonnes.values()]  # fmt: skip
            comptes |= lire_grouping_sets(de_base(base), list(zip(*listes, strict=True)))
        return comptes
