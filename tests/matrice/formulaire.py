"""The territory's form, as it is adapted."""

TABLE = """
méthode adresse                                  situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /territoires/SLUG/formulaire/                                  -           | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/ouvrir/                           -           | 405    405      405       405       405      405            405      405    405      conn
POST /territoires/SLUG/formulaire/ouvrir/                           -           | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/importer/                         -           | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/importer/                         -           | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/recodages/                        -           | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/recodages/                        -           | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/recodages/1/annuler/              -           | 405    405      405       405       405      405            405      405    405      conn
POST /territoires/SLUG/formulaire/recodages/1/annuler/              -           | 403    403      403       404       403      404            403      404    404      conn
GET  /territoires/SLUG/formulaire/versions/1/                       -           | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/versions/1/xlsform/               -           | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/versions/1/remettre/              -           | 403    403      403       302       403      302            403      404    404      conn
GET  /territoires/SLUG/formulaire/evolution/                        -           | 403    403      403       302       403      302            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/                        -           | 403    403      403       302       403      302            403      404    404      conn

GET  /territoires/SLUG/formulaire/                                  adaptation  | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/versions/1/remettre/              adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/versions/1/remettre/              adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/evolution/                        adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/evolution/                        adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/                        adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/                        adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/abandonner/             adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/abandonner/             adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/publier/                adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/publier/                adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/sections/nouvelle/      adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/sections/nouvelle/      adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/sections/personne/      adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/sections/personne/      adaptation  | 403    403      403       409       403      409            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/questions/nouvelle/     adaptation  | 403    403      403       302       403      302            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/questions/zone/         adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/questions/zone/         adaptation  | 403    403      403       409       403      409            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/questions/zone/place/   adaptation  | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/questions/zone/condition/ adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/questions/zone/condition/ adaptation  | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/droits/                 adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/droits/                 adaptation  | 403    403      403       409       403      409            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/droits/nouveau/         adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/droits/nouveau/         adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/droits/aspa/            adaptation  | 403    403      403       302       403      302            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/modules/                adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/modules/                adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/apercu/                 adaptation  | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/apercu/personne/        adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/apercu/personne/        adaptation  | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/apercu/recherche/       adaptation  | 403    403      403       200       403      200            403      404    404      conn
"""

DONNEES = {
    "/territoires/SLUG/formulaire/brouillon/": {"geste": "monter-question:zone"},
    "/territoires/SLUG/formulaire/brouillon/sections/nouvelle/": {"titre": "La mobilité"},
    "/territoires/SLUG/formulaire/brouillon/sections/personne/": {"titre": "Elle"},
    "/territoires/SLUG/formulaire/brouillon/questions/zone/": {"libelle": "Quel secteur ?"},
    "/territoires/SLUG/formulaire/brouillon/droits/": {"droits": ["rsa"]},
    "/territoires/SLUG/formulaire/brouillon/droits/nouveau/": {
        "libelle": "Taxi solidaire",
        "raffine": "aspa",
        "nature": "EXT",
    },
    "/territoires/SLUG/formulaire/brouillon/modules/": {"action": "prendre:aspa"},
}
