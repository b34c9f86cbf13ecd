from .charte import Adhesion, Charte, Etape, EtapeDeLancement
from .geographie import Commune, Departement, Empreinte, Epci, Region
from .invitations import Invitation, LotInvitations
from .journal import Journal
from .lieux import Comite, Organisme, Territoire
from .personnes import Administrateur, Membre, Utilisateur

__all__ = [
    "Adhesion",
    "Administrateur",
    "Charte",
    "Comite",
    "Commune",
    "Departement",
    "Empreinte",
    "Epci",
    "Etape",
    "EtapeDeLancement",
    "Invitation",
    "Journal",
    "LotInvitations",
    "Membre",
    "Organisme",
    "Region",
    "Territoire",
    "Utilisateur",
]
