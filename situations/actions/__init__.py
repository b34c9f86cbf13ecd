"""Writing situations and forms: verbs of the trade, atomic, signed by `par`, journalled."""

from .formulaires import creer_territoire, mettre_en_vigueur, ouvrir_formulaire, publier
from .relecture import GesteImpossible, ecarter, masquer, qualifier, renvoyer, retablir, valider
from .saisie import (
    DejaTransmise,
    actualiser_issues,
    ajouter_droit,
    commencer,
    enregistrer,
    retirer_droit,
    supprimer_brouillon,
    transmettre,
    verrouiller,
)

__all__ = [
    "DejaTransmise",
    "GesteImpossible",
    "actualiser_issues",
    "ajouter_droit",
    "commencer",
    "creer_territoire",
    "ecarter",
    "enregistrer",
    "masquer",
    "mettre_en_vigueur",
    "ouvrir_formulaire",
    "publier",
    "qualifier",
    "renvoyer",
    "retablir",
    "retirer_droit",
    "supprimer_brouillon",
    "transmettre",
    "valider",
    "verrouiller",
]
