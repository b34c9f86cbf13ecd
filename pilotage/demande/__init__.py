"""What the reader of a dashboard asks: a value read from an address and able to write it back.

Parameters: `annee=2026`, or `du=2026-01` and `au=2026-06` (a form may post `periode=2026`,
`2026-T2` or `2026-03` instead); `f_<variable>=<code>` once or more; `c_<variable>=<code>`, the
answers of one cell; `validees=1`; `lignes` and `colonnes`, the two variables of the crossing,
`onglets`, the third, and `onglet`, its answer shown; `affichage=ligne` or `colonne`;
`complet=<table>`, shown with all its lines. The code « - » is « Sans réponse ».

A filter on a variable of the situation keeps situations. Filters on variables of the non-recours
keep the non-recours that meet all of them, and the situations with at least one of these.
Several values of one variable: either; several variables, or several cells: all.
"""

from .lecture import PREFIXE_DE_CASE, PREFIXE_DE_FILTRE, ecrire_code
from .phrases import bases_en_mots, phrase_de_filtre, phrases, phrases_de_periode
from .valeur import Affichage, Demande

__all__ = [
    "PREFIXE_DE_CASE",
    "PREFIXE_DE_FILTRE",
    "Affichage",
    "Demande",
    "bases_en_mots",
    "ecrire_code",
    "phrase_de_filtre",
    "phrases",
    "phrases_de_periode",
]
