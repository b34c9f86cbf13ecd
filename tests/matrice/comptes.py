"""Accounts."""

TABLE = """
méthode adresse                                  situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /                                           -           | 302    302      302       302       302      302            302      200    302      conn
GET  /comptes/connexion/                         -           | 302    302      302       302       302      302            302      302    302      200
GET  /comptes/demonstration/1/                   -           | 405    405      405       405       405      405            405      405    405      405
POST /comptes/demonstration/1/                   -           | 404    404      404       404       404      404            404      404    404      404
GET  /comptes/inscription/                       -           | 302    302      302       302       302      302            302      302    302      200
POST /comptes/inscription/                       -           | 302    302      302       302       302      302            302      302    302      200
GET  /comptes/deconnexion/                       -           | 200    200      200       200       200      200            200      200    200      302
POST /comptes/deconnexion/                       -           | 302    302      302       302       302      302            302      302    302      302
GET  /comptes/confirmer-mon-identite/            -           | 200    200      200       200       200      200            200      200    200      conn
GET  /comptes/compte-desactive/                  -           | 200    200      200       200       200      200            200      200    200      200
GET  /comptes/mot-de-passe/changer/              -           | 200    200      200       200       200      200            200      200    200      conn
POST /comptes/mot-de-passe/changer/              -           | fait   fait     fait      fait      fait     fait           fait     fait   fait     conn
GET  /comptes/mot-de-passe/definir/              -           | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/mot-de-passe/oublie/               -           | 200    200      200       200       200      200            200      200    200      200
POST /comptes/mot-de-passe/oublie/               -           | 302    302      302       302       302      302            302      302    302      302
GET  /comptes/mot-de-passe/oublie/envoye/        -           | 200    200      200       200       200      200            200      200    200      200
GET  /comptes/mot-de-passe/nouveau/1-faux/       -           | 200    200      200       200       200      200            200      200    200      200
GET  /comptes/mot-de-passe/nouveau/fait/         -           | 200    200      200       200       200      200            200      200    200      200
"""

DONNEES = {
    "/comptes/inscription/": {
        "email": "intrus@exemple.fr",
        "password1": "une phrase assez longue",
        "password2": "une phrase assez longue",
    },
    "/comptes/mot-de-passe/changer/": {
        "oldpassword": "secret",
        "password1": "une phrase assez longue",
        "password2": "une phrase assez longue",
    },
    "/comptes/mot-de-passe/oublie/": {"email": "personne@exemple.fr"},
}
