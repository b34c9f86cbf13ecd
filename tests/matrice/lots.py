"""Figures being prepared, and what a territory publishes."""

from django.utils import timezone

from pilotage.actions import preparer_publication
from pilotage.models import Lot
from tests.gens import Gens

TABLE = """
méthode adresse                                            situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /publications/SLUG/                                   -           | 404    404      404       404       404      404            404      404    404      404
GET  /publications/SLUG/1/                                 -           | 404    404      404       404       404      404            404      404    404      404
GET  /tableau-de-bord/national/preparation/                -           | 404    404      404       404       404      404            302      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/preparation/        -           | 302    302      302       302       302      302            403      404    404      conn
GET  /territoires/SLUG/publications/                       -           | 200    200      200       200       200      200            403      404    404      conn
POST /territoires/SLUG/publications/                       -           | 403    403      403       403       200      403            403      404    404      conn
GET  /territoires/SLUG/publications/PUBLICATION/           -           | 403    403      403       403       200      403            403      404    404      conn
GET  /territoires/SLUG/publications/PUBLICATION/export/type.csv -      | 403    403      403       403       404      403            403      404    404      conn
GET  /territoires/SLUG/publications/PUBLICATION/export/tableaux.zip -  | 403    403      403       403       404      403            403      404    404      conn
GET  /territoires/SLUG/publications/PUBLICATION/preparation/ -         | 403    403      403       403       302      403            403      404    404      conn
GET  /territoires/SLUG/publications/PUBLICATION/publier/   -           | 405    405      405       405       405      405            405      405    405      conn
POST /territoires/SLUG/publications/PUBLICATION/publier/   -           | 403    403      403       403       fait     403            403      404    404      conn
GET  /territoires/SLUG/publications/PUBLICATION/retirer/   -           | 403    403      403       403       200      403            403      404    404      conn
POST /territoires/SLUG/publications/PUBLICATION/retirer/   -           | 403    403      403       403       fait     403            403      404    404      conn
"""

# A decision without its title comes back to be completed.
DONNEES = {"/territoires/SLUG/publications/": {"intitule": ""}}


def publication(gens: Gens) -> str:
    """One whose figures are ready, to be read before it is published."""
    Lot.objects.create(
        territoire=gens.territoire,
        audience=Lot.Audience.TERRITOIRE,
        etat=Lot.Etat.PRET,
        seuil=5,
        arrete_le=timezone.now(),
    )
    preparee = preparer_publication(
        territoire=gens.territoire,
        intitule="Résultats",
        prise_le=timezone.localdate(),
        par=gens.pilotage,
    )
    preparee.lot.etat, preparee.lot.arrete_le = Lot.Etat.PRET, timezone.now()
    preparee.lot.save()
    return str(preparee.pk)


OBJETS = {"PUBLICATION": publication}
