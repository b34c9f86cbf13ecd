"""What is written in `pilotage`: each verb is atomic, signed by `par`, and leaves its journal line."""

from .croisements import (
    DejaMontre,
    NonMontrable,
    TropDeMontres,
    TropDetaille,
    montrer_croisement,
    retirer_croisement,
)
from .decisions import annuler_decision, decider
from .population import charger_population
from .publications import (
    DejaEnPreparation,
    Depassee,
    RienAPublier,
    preparer_publication,
    publier,
    retirer_publication,
)
from .vues import NomDejaPris, enregistrer_vue, renommer_vue, supprimer_vue

__all__ = [
    "DejaEnPreparation",
    "DejaMontre",
    "Depassee",
    "NomDejaPris",
    "NonMontrable",
    "RienAPublier",
    "TropDeMontres",
    "TropDetaille",
    "annuler_decision",
    "charger_population",
    "decider",
    "enregistrer_vue",
    "montrer_croisement",
    "preparer_publication",
    "publier",
    "renommer_vue",
    "retirer_croisement",
    "retirer_publication",
    "supprimer_vue",
]
