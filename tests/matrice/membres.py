"""Members, invitations, organismes, leaving. SIEGE is that of « auteur », LIEN an invitation's key."""

import json
from datetime import timedelta

from django.utils import timezone

from territoires.actions import creer_organisme, nommer_administrateur
from territoires.envois import changer_la_cle
from territoires.models import Comite, Invitation, LotInvitations, Membre, Utilisateur
from tests.gens import Gens

TABLE = """
méthode adresse                                                   situation | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /territoires/SLUG/membres/                                   -         | 200    200      200       200       200      200            403      404    404      conn
GET  /territoires/SLUG/membres/inviter/                           -         | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/membres/inviter/                           -         | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/membres/liste/                             -         | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/membres/liste/                             -         | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/membres/envois/ENVOI/                      -         | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/membres/envois/ENVOI/                      -         | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/membres/invitations/INVITATION/            -         | 403    403      403       302       403      302            403      404    404      conn
POST /territoires/SLUG/membres/invitations/INVITATION/            -         | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/membres/administrateurs/                   -         | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/membres/administrateurs/                   -         | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/membres/administrateurs/MANDAT/retirer/    -         | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/membres/administrateurs/MANDAT/retirer/    -         | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/membres/organismes/                        -         | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/membres/organismes/                        -         | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/membres/organismes/ORGANISME/              -         | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/membres/organismes/ORGANISME/              -         | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/membres/SIEGE/                             -         | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/membres/SIEGE/                             -         | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/membres/SIEGE/depart/                      -         | 200    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/membres/SIEGE/depart/                      -         | fait   403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/membres/SUCCESSEUR/animateur/              -         | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/membres/SUCCESSEUR/animateur/              -         | 403    403      403       fait      403      fait           403      404    404      conn
GET  /invitations/LIEN/                                           -         | 200    200      200       200       200      200            200      200    200      200
POST /invitations/LIEN/                                           -         | fait   200      200       200       200      200            200      200    200      200
GET  /invitations/inconnue/                                       -         | 404    404      404       404       404      404            404      404    404      404
"""


def _comite() -> Comite:
    return Comite.objects.get(territoire__slug="pays-des-vans", nature="groupe_de_travail")


def _invitee() -> dict:
    organisme = _comite().territoire.organismes.get(nom="CCAS")
    return {"email": "neuve@ici.example", "organisme": organisme.pk, "comite": _comite().pk}


DONNEES = {
    "/territoires/SLUG/membres/inviter/": _invitee,
    "/territoires/SLUG/membres/liste/": {
        "lignes": json.dumps([[1, "Neuve", "neuve@ici.example", "CCAS", "GT"]]),
        "geste": "inviter",
    },
    "/territoires/SLUG/membres/invitations/INVITATION/": {"geste": "revoquer"},
    "/territoires/SLUG/membres/administrateurs/": {"email": "collegue@pays-des-vans.example"},
    "/territoires/SLUG/membres/organismes/": {"nom": "Mairie", "categorie": "CCAS"},
    "/territoires/SLUG/membres/organismes/ORGANISME/": {"nom": "Mairie", "categorie": "CCAS"},
    "/territoires/SLUG/membres/SIEGE/": _invitee,
}


def invitation(gens: Gens, email: str = "attendue@ici.example", **autres) -> tuple[Invitation, str]:
    """An invitation to the groupe de travail that nobody sent, and its key."""
    attendue = Invitation(
        territoire=gens.territoire,
        comite=gens.territoire.comites.get(nature="groupe_de_travail"),
        organisme=gens.organisme,
        email=email,
        par=gens.animateur,
        expire_le=timezone.now() + timedelta(days=30),
    )
    for champ, valeur in autres.items():
        setattr(attendue, champ, valeur)
    cle = changer_la_cle(attendue)
    attendue.save()
    return attendue, cle


def _envoi(gens: Gens) -> str:
    lot = LotInvitations.objects.create(territoire=gens.territoire, par=gens.animateur)
    invitation(gens, lot=lot, echec="Adresse refusée.")
    return str(lot.pk)


def _lien(gens: Gens) -> str:
    """To « auteur », for a seat they do not have."""
    pilotage = gens.territoire.comites.get(nature="pilotage")
    return invitation(gens, gens.travail.email, comite=pilotage)[1]


def _mandat(gens: Gens) -> str:
    """Of somebody who reads nothing of the table."""
    autre = Utilisateur.objects.create_user("autre@ici.example", "secret", nom="Autre")
    mandat = nommer_administrateur(
        territoire=gens.territoire, utilisateur=autre, par=gens.administrateur
    )
    return str(mandat.pk)


def _organisme(gens: Gens) -> str:
    creer = creer_organisme
    return str(creer(territoire=gens.territoire, nom="Caf", categorie="CAF", par=gens.animateur).pk)


def _siege(gens: Gens) -> str:
    """Sitting for another organisme than the one that is posted."""
    siege = Membre.objects.get(utilisateur=gens.travail)
    Membre.objects.filter(pk=siege.pk).update(organisme=_organisme(gens))
    return str(siege.pk)


OBJETS = {
    "ENVOI": _envoi,
    "INVITATION": lambda gens: str(invitation(gens)[0].pk),
    "LIEN": _lien,
    "MANDAT": _mandat,
    "ORGANISME": _organisme,
    "SIEGE": _siege,
    "SUCCESSEUR": lambda gens: str(Membre.objects.get(utilisateur=gens.technique).pk),
}
