"""Territories."""

TABLE = """
méthode adresse                                  situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /territoires/                               -           | 404    404      404       404       404      404            200      404    404      conn
GET  /territoires/nouveau/                       -           | 404    404      404       404       404      404            200      404    404      conn
GET  /territoires/nouveau/autre/                 -           | 404    404      404       404       404      404            200      404    404      conn
POST /territoires/nouveau/autre/                 -           | 404    404      404       404       404      404            fait     404    404      conn
GET  /territoires/nouveau/epci/200039832/        -           | 404    404      404       404       404      404            200      404    404      conn
POST /territoires/nouveau/epci/200039832/        -           | 404    404      404       404       404      404            fait     404    404      conn
GET  /territoires/SLUG/modifier/                 -           | 404    404      404       404       404      404            200      404    404      conn
POST /territoires/SLUG/modifier/                 -           | 404    404      404       404       404      404            fait     404    404      conn
GET  /territoires/SLUG/administrateurs/          -           | 404    404      404       404       404      404            200      404    404      conn
POST /territoires/SLUG/administrateurs/          -           | 404    404      404       404       404      404            fait     404    404      conn
GET  /territoires/SLUG/                          -           | 302    302      302       302       302      302            404      404    404      conn
"""

DONNEES = {
    "/territoires/nouveau/autre/": {"nom": "Bassin", "niveau": "autre", "ajouter": ["07334"]},
    "/territoires/nouveau/epci/200039832/": {"nom": "Cévennes", "niveau": "epci"},
    "/territoires/SLUG/modifier/": {
        "nom": "Les Vans",
        "seuil_copil": "6",
        "seuil_public": "12",
        "ajouter": ["07334"],
    },
    "/territoires/SLUG/administrateurs/": {"email": "collegue@pays-des-vans.example"},
}
