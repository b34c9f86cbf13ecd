"""Writing who and where: each verb is atomic, signed by `par`, and leaves its journal line."""

from .acceptation import accepter_en_creant_son_compte, accepter_invitation
from .invitations import (
    InvitationImpossible,
    inviter,
    inviter_national,
    inviter_plusieurs,
    renvoyer_invitation,
    revoquer_invitation,
)
from .lieux import (
    SLUGS_RESERVES,
    creer_organisme,
    creer_territoire,
    modifier_organisme,
    modifier_territoire,
    slug_libre,
)
from .membres import (
    DernierAdministrateur,
    ajouter_membre,
    changer_organisme,
    designer_animateur,
    faire_partir,
    nommer_administrateur,
    nommer_national,
    retirer_administrateur,
)

__all__ = [
    "SLUGS_RESERVES",
    "DernierAdministrateur",
    "InvitationImpossible",
    "accepter_en_creant_son_compte",
    "accepter_invitation",
    "ajouter_membre",
    "changer_organisme",
    "creer_organisme",
    "creer_territoire",
    "designer_animateur",
    "faire_partir",
    "inviter",
    "inviter_national",
    "inviter_plusieurs",
    "modifier_organisme",
    "modifier_territoire",
    "nommer_administrateur",
    "nommer_national",
    "renvoyer_invitation",
    "retirer_administrateur",
    "revoquer_invitation",
    "slug_libre",
]
