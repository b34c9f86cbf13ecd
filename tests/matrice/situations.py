"""Situations: typing, reading, reviewing."""

TABLE = """
méthode adresse                                  situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /territoires/SLUG/situations/               -           | 200    200      200       200       403      403            403      404    404      conn
GET  /territoires/SLUG/situations/nouvelle/      -           | 200    200      200       200       403      403            403      404    404      conn
POST /territoires/SLUG/situations/nouvelle/      -           | fait   fait     fait      fait      403      403            403      404    404      conn
GET  /territoires/SLUG/relecture/                -           | 403    403      200       200       403      403            403      404    404      conn

GET  /situations/CLE/                            brouillon   | 200    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/saisie/reperage/            brouillon   | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/saisie/reperage/            brouillon   | fait   403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/droits/                     brouillon   | 200    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/transmettre/                brouillon   | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/transmettre/                brouillon   | fait   403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/transmise/                  brouillon   | 404    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/version/                    brouillon   | 302    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/version/                    brouillon   | 302    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/supprimer/                  brouillon   | 302    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/supprimer/                  brouillon   | fait   403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/issues/                     brouillon   | 404    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/issues/                     brouillon   | 404    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/valider/                    brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/renvoyer/                   brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/ecarter/                    brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/retablir/                   brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/qualifier/1/droit/          brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/masquer/recit/              brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/masquer/droit_precision/1/  brouillon   | 403    403      403       403       403      403            404      404    404      conn

GET  /situations/CLE/                            transmise   | 200    403      200       200       403      403            404      404    404      conn
GET  /situations/CLE/saisie/reperage/            transmise   | 302    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/saisie/reperage/            transmise   | 302    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/droits/                     transmise   | 200    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/transmettre/                transmise   | 302    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/transmettre/                transmise   | 302    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/transmise/                  transmise   | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/supprimer/                  transmise   | 302    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/issues/                     transmise   | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/issues/                     transmise   | fait   403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/valider/                    transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/valider/                    transmise   | 403    403      fait      fait      403      403            404      404    404      conn
GET  /situations/CLE/renvoyer/                   transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/renvoyer/                   transmise   | 403    403      fait      fait      403      403            404      404    404      conn
GET  /situations/CLE/ecarter/                    transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/ecarter/                    transmise   | 403    403      fait      fait      403      403            404      404    404      conn
POST /situations/CLE/retablir/                   transmise   | 403    403      302       302       403      403            404      404    404      conn
GET  /situations/CLE/qualifier/1/droit/          transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/qualifier/1/droit/          transmise   | 403    403      fait      fait      403      403            404      404    404      conn
GET  /situations/CLE/masquer/recit/              transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/masquer/recit/              transmise   | 403    403      fait      fait      403      403            404      404    404      conn
GET  /situations/CLE/masquer/droit_precision/1/  transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/masquer/droit_precision/1/  transmise   | 403    403      fait      fait      403      403            404      404    404      conn

GET  /situations/CLE/                            a_completer | 200    403      200       200       403      403            404      404    404      conn
GET  /situations/CLE/saisie/reperage/            a_completer | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/saisie/reperage/            a_completer | fait   403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/transmettre/                a_completer | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/transmettre/                a_completer | fait   403      403       403       403      403            404      404    404      conn
POST /situations/CLE/valider/                    a_completer | 403    403      302       302       403      403            404      404    404      conn

GET  /situations/CLE/                            validee     | 200    403      200       200       403      403            404      404    404      conn
POST /situations/CLE/saisie/reperage/            validee     | 302    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/issues/                     validee     | fait   403      403       403       403      403            404      404    404      conn
POST /situations/CLE/valider/                    validee     | 403    403      302       302       403      403            404      404    404      conn

GET  /situations/CLE/                            ecartee     | 200    403      200       200       403      403            404      404    404      conn
POST /situations/CLE/saisie/reperage/            ecartee     | 302    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/issues/                     ecartee     | 404    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/valider/                    ecartee     | 403    403      302       302       403      403            404      404    404      conn
GET  /situations/CLE/retablir/                   ecartee     | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/retablir/                   ecartee     | 403    403      fait      fait      403      403            404      404    404      conn
"""

DONNEES = {
    "/situations/CLE/issues/": {"nr1-issue": "is_ouvert"},
    "/situations/CLE/renvoyer/": {"renvoyer-message": "Précisez le droit."},
    "/situations/CLE/ecarter/": {"ecarter-motif": "doublon"},
    "/situations/CLE/qualifier/1/droit/": {"q1-droit-code": "cheque_energie"},
    "/situations/CLE/masquer/recit/": {"masquer-passage": "la maison"},
    "/situations/CLE/masquer/droit_precision/1/": {"masquer-passage": "département"},
}
