"""The journal, for administrators."""

TABLE = """
méthode adresse                                            situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /territoires/SLUG/journal/                         -           | 403    403    403    403    403    200    200    404    404    conn
GET  /territoires/SLUG/journal/export/                  -           | 403    403    403    403    403    200    200    404    404    conn
GET  /journal/                                          -           | 404    404    404    404    404    404    200    404    404    conn
GET  /journal/export/                                   -           | 404    404    404    404    404    404    200    404    404    conn
"""

DONNEES = {}
