from .decisions import Decision
from .lots import Lot, Publication
from .vues import CroisementMontre, Population, VueEnregistree

__all__ = [
    "CroisementMontre",
    "Decision",
    "Lot",
    "Population",
    "Publication",
    "VueEnregistree",
]
