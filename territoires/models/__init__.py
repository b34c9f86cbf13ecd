from .geographie import Commune, Departement, Empreinte, Epci, Region
from .journal import Journal
from .lieux import Comite, Organisme, Territoire
from .personnes import Administrateur, Membre, Utilisateur

__all__ = [
    "Administrateur",
    "Comite",
    "Commune",
    "Departement",
    "Empreinte",
    "Epci",
    "Journal",
    "Membre",
    "Organisme",
    "Region",
    "Territoire",
    "Utilisateur",
]
