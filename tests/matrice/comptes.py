"""Accounts."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

TABLE = """
méthode adresse                                  situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /                                           -           | 302    302      302       302       302      302            302      200    302      conn
GET  /comptes/                                   -           | 200    200      200       200       200      200            200      200    200      conn
POST /comptes/                                   -           | fait   fait     fait      fait      fait     fait           fait     fait   fait     conn
GET  /comptes/connexion/                         -           | 302    302      302       302       302      302            302      302    302      200
GET  /comptes/demonstration/1/                   -           | 405    405      405       405       405      405            405      405    405      405
POST /comptes/demonstration/1/                   -           | 404    404      404       404       404      404            404      404    404      404
GET  /comptes/inscription/                       -           | 302    302      302       302       302      302            302      302    302      200
POST /comptes/inscription/                       -           | 302    302      302       302       302      302            302      302    302      200
GET  /comptes/deconnexion/                       -           | 200    200      200       200       200      200            200      200    200      302
POST /comptes/deconnexion/                       -           | 302    302      302       302       302      302            302      302    302      302
GET  /comptes/confirmer-mon-identite/            -           | 200    200      200       200       200      200            200      200    200      conn
GET  /comptes/compte-desactive/                  -           | 200    200      200       200       200      200            200      200    200      200
GET  /comptes/adresse/                           -           | 200    200      200       200       200      200            200      200    200      conn
POST /comptes/adresse/                           -           | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/adresse/confirmer/fausse/          -           | 200    200      200       200       200      200            200      200    200      200
POST /comptes/adresse/confirmer/fausse/          -           | 404    404      404       404       404      404            404      404    404      404
GET  /comptes/mot-de-passe/changer/              -           | 200    200      200       200       200      200            200      200    200      conn
POST /comptes/mot-de-passe/changer/              -           | fait   fait     fait      fait      fait     fait           fait     fait   fait     conn
GET  /comptes/mot-de-passe/definir/              -           | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/mot-de-passe/oublie/               -           | 200    200      200       200       200      200            200      200    200      200
POST /comptes/mot-de-passe/oublie/               -           | 302    302      302       302       302      302            302      302    302      302
GET  /comptes/mot-de-passe/oublie/envoye/        -           | 200    200      200       200       200      200            200      200    200      200
GET  /comptes/mot-de-passe/nouveau/1-faux/       -           | 200    200      200       200       200      200            200      200    200      200
GET  /comptes/mot-de-passe/nouveau/fait/         -           | 200    200      200       200       200      200            200      200    200      200
GET  /comptes/session/                           -           | 200    200      200       200       200      200            200      200    200      200
POST /comptes/session/                           -           | 200    200      200       200       200      200            200      200    200      200
GET  /comptes/sessions/                          -           | 200    200      200       200       200      200            200      200    200      conn
POST /comptes/sessions/                          -           | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/sessions/SESSION/fermer/           -           | 405    405      405       405       405      405            405      405    405      conn
POST /comptes/sessions/SESSION/fermer/           -           | 302    404      404       404       404      404            404      404    404      conn
GET  /comptes/second-facteur/                    -           | 200    200      200       200       200      200            200      200    200      conn
GET  /comptes/second-facteur/connexion/          -           | 302    302      302       302       302      302            302      302    302      302
POST /comptes/second-facteur/connexion/          -           | 302    302      302       302       302      302            302      302    302      302
GET  /comptes/second-facteur/confirmer/          -           | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/second-facteur/application/        -           | 302    302      302       302       302      302            302      302    302      conn
POST /comptes/second-facteur/application/        -           | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/second-facteur/application/retirer/ -          | 404    404      404       404       404      404            404      404    404      conn
POST /comptes/second-facteur/application/retirer/ -          | 404    404      404       404       404      404            404      404    404      conn
GET  /comptes/second-facteur/secours/            -           | 404    404      404       404       404      404            404      404    404      conn
GET  /comptes/second-facteur/secours/refaire/    -           | 302    302      302       302       302      302            302      302    302      conn
POST /comptes/second-facteur/secours/refaire/    -           | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/second-facteur/cles/               -           | 200    200      200       200       200      200            200      200    200      conn
GET  /comptes/second-facteur/cles/ajouter/       -           | 302    302      302       302       302      302            302      302    302      conn
POST /comptes/second-facteur/cles/ajouter/       -           | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/second-facteur/cles/confirmer/     -           | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/second-facteur/cles/FACTEUR/       -           | 302    302      302       302       302      302            302      302    302      conn
POST /comptes/second-facteur/cles/FACTEUR/       -           | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/second-facteur/cles/FACTEUR/retirer/ -         | 302    302      302       302       302      302            302      302    302      conn
POST /comptes/second-facteur/cles/FACTEUR/retirer/ -         | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/fournisseur/                       -           | 404    404      404       404       404      404            404      404    404      404
GET  /comptes/fournisseur/retour/                -           | 404    404      404       404       404      404            404      404    404      404
"""

DONNEES = {
    "/comptes/": {"nom": "Claude Exemple", "fonction": "fo_ts"},
    "/comptes/inscription/": {
        "email": "intrus@exemple.fr",
        "password1": "une phrase assez longue",
        "password2": "une phrase assez longue",
    },
    "/comptes/adresse/": {"action_add": "1", "email": "nouvelle@exemple.fr"},
    "/comptes/mot-de-passe/changer/": {
        "oldpassword": "secret",
        "password1": "une phrase assez longue",
        "password2": "une phrase assez longue",
    },
    "/comptes/mot-de-passe/oublie/": {"email": "personne@exemple.fr"},
}


def _session(gens) -> str:
    """A session of the author, elsewhere."""
    session, _ = UserSession.objects.get_or_create(
        session_key="ailleurs", defaults={"user": gens.travail, "ip": "192.0.2.1"}
    )
    return str(session.pk)


def _facteur(gens) -> str:
    """A key of the author: whoever asks must first prove who they are."""
    facteur, _ = Authenticator.objects.get_or_create(
        user=gens.travail, type=Authenticator.Type.WEBAUTHN, defaults={"data": {"name": "Clé"}}
    )
    return str(facteur.pk)


OBJETS = {"SESSION": _session, "FACTEUR": _facteur}
