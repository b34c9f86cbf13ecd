"""Launching a territory, its charter, its committees and what they decide."""

from django.utils import timezone

from pilotage.actions import decider
from tests.gens import Gens

TABLE = """
méthode adresse                                                   situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /territoires/SLUG/lancement/                                 -           | 200    200      200       200       200      200            403      404    404      conn
GET  /territoires/SLUG/lancement/porteur/                         -           | 403    403      403       302       403      302            403      404    404      conn
POST /territoires/SLUG/lancement/porteur/                         -           | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/lancement/reglages/                        -           | 403    403      403       302       403      302            403      404    404      conn
POST /territoires/SLUG/lancement/reglages/                        -           | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/lancement/confirmer/comites/               -           | 403    403      403       302       403      302            403      404    404      conn
POST /territoires/SLUG/lancement/confirmer/comites/               -           | 403    403      403       fait      403      fait           403      404    404      conn
POST /territoires/SLUG/lancement/confirmer/animateur/             -           | 403    403      403       fait      403      fait           403      404    404      conn
POST /territoires/SLUG/lancement/confirmer/notion/                -           | 403    403      403       fait      403      fait           403      404    404      conn
POST /territoires/SLUG/lancement/confirmer/formulaire/            -           | 403    403      403       fait      403      fait           403      404    404      conn
POST /territoires/SLUG/lancement/confirmer/porteur/               -           | 403    403      403       404       403      404            403      404    404      conn
GET  /territoires/SLUG/lancement/ouvrir/                          -           | 403    403      403       302       403      302            403      404    404      conn
POST /territoires/SLUG/lancement/ouvrir/                          -           | 403    403      403       302       403      302            403      404    404      conn
GET  /territoires/SLUG/charte/                                    -           | 200    200      200       200       200      200            403      404    404      conn
POST /territoires/SLUG/charte/                                    -           | 302    302      302       302       302      403            403      404    404      conn
GET  /territoires/SLUG/charte/1/                                  -           | 200    200      200       200       200      200            403      404    404      conn
GET  /territoires/SLUG/charte/2/                                  -           | 404    404      404       404       404      404            403      404    404      conn
GET  /territoires/SLUG/charte/adopter/                            -           | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/charte/adopter/                            -           | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/comites/                                   -           | 200    200      200       200       200      200            403      404    404      conn
GET  /territoires/SLUG/comites/nouveau/                           -           | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/comites/nouveau/                           -           | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/comites/COPIL/                             -           | 200    200      200       200       200      200            403      404    404      conn
GET  /territoires/SLUG/comites/COPIL/mandat/                      -           | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/comites/COPIL/mandat/                      -           | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/comites/COPIL/renommer/                    -           | 403    403      403       404       403      404            403      404    404      conn
GET  /territoires/SLUG/comites/GROUPE/renommer/                   -           | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/comites/GROUPE/renommer/                   -           | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/comites/COPIL/decisions/periode/           -           | 403    403      403       403       200      403            403      404    404      conn
POST /territoires/SLUG/comites/COPIL/decisions/periode/           -           | 403    403      403       403       fait     403            403      404    404      conn
POST /territoires/SLUG/comites/COPIL/decisions/priorites/         -           | 403    403      403       403       fait     403            403      404    404      conn
POST /territoires/SLUG/comites/COPIL/decisions/publication/       -           | 403    403      403       403       404      403            403      404    404      conn
POST /territoires/SLUG/comites/COTEC/decisions/autre/             -           | 403    403      fait      fait      403      403            403      404    404      conn
GET  /territoires/SLUG/comites/COTEC/decisions/periode/           -           | 403    403      404       404       403      403            403      404    404      conn
POST /territoires/SLUG/comites/GROUPE/decisions/autre/            -           | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/comites/COPIL/decisions/DECISION/annuler/  -           | 403    403      403       403       200      403            403      404    404      conn
POST /territoires/SLUG/comites/COPIL/decisions/DECISION/annuler/  -           | 403    403      403       403       fait     403            403      404    404      conn
"""

UNE_DECISION = {"intitule": "Rencontrer la Carsat", "prise_le": "2026-03-02"}

DONNEES = {
    "/territoires/SLUG/lancement/porteur/": {"porteur": "CCAS des Vans"},
    "/territoires/SLUG/lancement/reglages/": {
        "seuil_copil": "6",
        "seuil_public": "12",
        "conservation_brouillons": "30",
        "conservation_recits": "6",
    },
    "/territoires/SLUG/charte/": {"numero": "1", "acceptee": "on"},
    "/territoires/SLUG/charte/adopter/": {"suite": "Notre charte à nous."},
    "/territoires/SLUG/comites/nouveau/": {"nom": "Groupe santé"},
    "/territoires/SLUG/comites/COPIL/mandat/": {"mandat": "Porter le baromètre."},
    "/territoires/SLUG/comites/GROUPE/renommer/": {"nom": "Groupe des Vans"},
    "/territoires/SLUG/comites/COPIL/decisions/periode/": {
        "du": "2026-01",
        "au": "2026-06",
        "prise_le": "2026-03-02",
    },
    "/territoires/SLUG/comites/COPIL/decisions/priorites/": {
        "annee": "2027",
        "texte": "L’Aspa",
        "prise_le": "2026-03-02",
    },
    "/territoires/SLUG/comites/COPIL/decisions/publication/": UNE_DECISION,
    "/territoires/SLUG/comites/COTEC/decisions/autre/": UNE_DECISION,
    "/territoires/SLUG/comites/GROUPE/decisions/autre/": UNE_DECISION,
}


def comite(nature: str):
    return lambda gens: str(gens.territoire.comites.get(nature=nature).pk)


def decision(gens: Gens) -> str:
    """A decision of the comité de pilotage."""
    ecrite = decider(
        comite=gens.territoire.comites.get(nature="pilotage"),
        nature="autre",
        intitule="Rencontrer la Carsat",
        prise_le=timezone.localdate(),
        par=gens.pilotage,
    )
    return str(ecrite.pk)


OBJETS = {
    "COPIL": comite("pilotage"),
    "COTEC": comite("technique"),
    "GROUPE": comite("groupe_de_travail"),
    "DECISION": decision,
}
