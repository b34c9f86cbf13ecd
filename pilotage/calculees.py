"""Variables that nobody is asked for: what the rights of a situation make of it. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from pilotage.instantane.selection import TAILLE
from pilotage.variables import Colonne, VariableComptee

NOMBRE_DE_DROITS = "par_situation"
DROITS_REUNIS = "droits_reunis"
CALCULEES = (NOMBRE_DE_DROITS, DROITS_REUNIS)

_NOMBRE = VariableComptee(
    NOMBRE_DE_DROITS,
    "Nombre de non-recours",
    "situation",
    modalites=(("1", "Un non-recours"), ("2", "Deux non-recours"), ("3", "Trois et plus")),
)
# Set s holds the situations of s non-recours, up to 255.
_COLONNE = Colonne(
    _NOMBRE,
    frozenset({"1", "2", "3"}),
    TAILLE,
    debuts=np.maximum(np.arange(257) - 1, 0),
    rangs=np.minimum(np.arange(255), 2),
)


@lru_cache(maxsize=32)
def colonnes_calculees(droits: Colonne | None) -> Mapping[str, Colonne]:
    """How many rights a situation names, and which ones; `droits`: the sets of rights, if read."""
    if droits is None:
        return {NOMBRE_DE_DROITS: _COLONNE}
    reunis = replace(
        droits.variable,
        code=DROITS_REUNIS,
        libelle="Droits de la situation",
        portee="situation",
        multiple=True,
    )
    return {NOMBRE_DE_DROITS: _COLONNE, DROITS_REUNIS: replace(droits, variable=reunis)}
