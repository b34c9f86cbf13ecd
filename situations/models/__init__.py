from .formulaires import Formulaire, MiseEnVigueur, Question, Section, Version
from .nomenclature import Domaine, Droit, Modalite, Variable
from .projection import Code, FaitNonRecours, FaitSituation
from .situations import Evenement, NonRecours, Situation

__all__ = [
    "Code",
    "Domaine",
    "Droit",
    "Evenement",
    "FaitNonRecours",
    "FaitSituation",
    "Formulaire",
    "MiseEnVigueur",
    "Modalite",
    "NonRecours",
    "Question",
    "Section",
    "Situation",
    "Variable",
    "Version",
]
