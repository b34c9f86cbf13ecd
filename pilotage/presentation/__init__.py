"""How figures are written: French typography, names, and the tables that templates show."""

from pilotage.presentation.noms import nom_de, titre_de
from pilotage.presentation.typographie import (
    accorder,
    avertissement,
    decimal,
    enumerer,
    intensite,
    nom_du_mois,
    nombre,
    phrase_base,
    pourcent,
)

__all__ = [
    "accorder",
    "avertissement",
    "decimal",
    "enumerer",
    "intensite",
    "nom_de",
    "nom_du_mois",
    "nombre",
    "phrase_base",
    "pourcent",
    "titre_de",
]
