"""The guide, for whoever is signed in; what the law asks for, for all."""

TABLE = """
méthode adresse                                            situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /guide/                                            -           | 200    200    200    200    200    200    200    200    200    conn
GET  /guide/types/                                      -           | 200    200    200    200    200    200    200    200    200    conn
GET  /guide/imprimer/                                   -           | 200    200    200    200    200    200    200    200    200    conn
GET  /accessibilite/                                    -           | 200    200    200    200    200    200    200    200    200    200
GET  /mentions-legales/                                 -           | 200    200    200    200    200    200    200    200    200    200
GET  /note-d-information/                               -           | 200    200    200    200    200    200    200    200    200    200
"""

DONNEES = {}
