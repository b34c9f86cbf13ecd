from .annuaire import Correction, PointDeContact
from .formulaires import Formulaire, MiseEnVigueur, Question, Section, Version
from .modules import ModulePartage
from .nomenclature import Domaine, Droit, Modalite, Variable
from .noyau import EtatDuNoyau
from .projection import Code, FaitNonRecours, FaitRetire, FaitSituation, Revision
from .recodage import Recodage
from .situations import Evenement, NonRecours, Situation

__all__ = [
    "Code",
    "Correction",
    "Domaine",
    "Droit",
    "EtatDuNoyau",
    "Evenement",
    "FaitNonRecours",
    "FaitRetire",
    "FaitSituation",
    "Formulaire",
    "MiseEnVigueur",
    "Modalite",
    "ModulePartage",
    "NonRecours",
    "PointDeContact",
    "Question",
    "Recodage",
    "Revision",
    "Section",
    "Situation",
    "Variable",
    "Version",
]
