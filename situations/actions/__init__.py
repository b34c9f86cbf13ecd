"""Writing situations and forms: verbs of the trade, atomic, signed by `par`, journalled."""

from .changement import changer_de_version
from .collecte import CollecteFermee, ConditionsManquantes, garder_formulaire, ouvrir_collecte
from .formulaires import creer_territoire, mettre_en_vigueur, ouvrir_formulaire, publier
from .recodage import RecodageImpossible, annuler_recodage, recoder
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
    "CollecteFermee",
    "ConditionsManquantes",
    "DejaTransmise",
    "GesteImpossible",
    "RecodageImpossible",
    "actualiser_issues",
    "ajouter_droit",
    "annuler_recodage",
    "changer_de_version",
    "commencer",
    "creer_territoire",
    "ecarter",
    "enregistrer",
    "garder_formulaire",
    "masquer",
    "mettre_en_vigueur",
    "ouvrir_collecte",
    "ouvrir_formulaire",
    "publier",
    "qualifier",
    "recoder",
    "renvoyer",
    "retablir",
    "retirer_droit",
    "supprimer_brouillon",
    "transmettre",
    "valider",
    "verrouiller",
]
