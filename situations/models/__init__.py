from .formulaires import Formulaire, MiseEnVigueur, Question, Section, Version
from .modules import ModulePartage
from .nomenclature import Domaine, Droit, Modalite, Variable
from .noyau import EtatDuNoyau
from .projection import Code, FaitNonRecours, FaitSituation
from .recodage import Recodage
from .situations import Evenement, NonRecours, Situation

__all__ = [
    "Code",
    "Domaine",
    "Droit",
    "EtatDuNoyau",
    "Evenement",
    "FaitNonRecours",
    "FaitSituation",
    "Formulaire",
    "MiseEnVigueur",
    "Modalite",
    "ModulePartage",
    "NonRecours",
    "Question",
    "Recodage",
    "Section",
    "Situation",
    "Variable",
    "Version",
]
