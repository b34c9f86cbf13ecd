"""pandas: categorical columns, one count a figure."""

from collections.abc import Callable

import pandas as pd

from pilotage.banc.colonnes import Colonnes
from pilotage.banc.moteurs import Comptes
from pilotage.banc.questions import FIGURES, Base, Figure, Selection


class Panda:
    def __init__(self, colonnes: Colonnes):
        self._tables: dict[Base, pd.DataFrame] = {
            base: pd.DataFrame(
                {
                    source: valeurs if source == "situation" else pd.Categorical(valeurs)
                    for source, valeurs in table.items()
                }
            )
            for base, table in colonnes.tables.items()
        }

    def preparer(self, selection: Selection) -> Callable[[], dict[Figure, pd.Series]]:
        return lambda: self._compter(selection)

    def _compter(self, selection: Selection) -> dict[Figure, pd.Series]:
        tables = self._filtrer(selection)
        return {
            figure: tables[figure.base][figure.sources[0]].value_counts(sort=False)
            if len(figure.sources) == 1
            else tables[figure.base].groupby(list(figure.sources), observed=True, sort=False).size()
            for figure in FIGURES
        }

    def _filtrer(self, selection: Selection) -> dict[Base, pd.DataFrame]:
        situations, non_recours = self._tables["situations"], self._tables["non_recours"]
        for critere in selection.de_portee("situation"):
            situations = situations[situations[critere.source].isin(critere.nombres)]
        for critere in selection.criteres:
            non_recours = non_recours[non_recours[critere.source].isin(critere.nombres)]
        if selection.de_portee("non_recours"):
            situations = situations[situations["situation"].isin(non_recours["situation"])]
        return {"situations": situations, "non_recours": non_recours}

    def lire(self, brut: dict[Figure, pd.Series]) -> Comptes:
        return {
            figure: {
                (cle if isinstance(cle, tuple) else (cle,)): nombre
                for cle, nombre in serie.items()
                if nombre
            }
            for figure, serie in brut.items()
        }
