"""The tables of the dashboards as files: whoever reads the page, when it has figures."""

from django.utils import timezone

from pilotage.actions.decisions import decider
from pilotage.models import Lot, Publication
from territoires.models import Comite, Territoire
from tests.gens import Gens, transmise

# The protected audiences have no figures before their first batch: there, nothing to archive.
TABLE = """
méthode adresse                                               situation  | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /territoires/SLUG/tableau-de-bord/export/FICHIER.csv     -          | 200    200      200       200       200      200            403      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/export/tableaux.zip    transmise  | 404    404      200       200       404      404            403      404    404      conn
GET  /tableau-de-bord/mes-territoires/export/FICHIER.csv      -          | 404    404      200       200       404      404            404      404    404      conn
GET  /tableau-de-bord/mes-territoires/export/tableaux.zip     transmise  | 404    404      200       200       404      404            404      404    404      conn
GET  /tableau-de-bord/national/export/FICHIER.csv             -          | 404    404      404       404       404      404            200      404    404      conn
GET  /tableau-de-bord/national/export/tableaux.zip            transmise  | 404    404      404       404       404      404            404      404    404      conn
GET  /publications/SLUG/EXPORTEE/export/type.csv              -          | 200    200      200       200       200      200            200      200    200      200
GET  /publications/SLUG/EXPORTEE/export/tableaux.zip          -          | 200    200      200       200       200      200            200      200    200      200
"""
DONNEES: dict = {}


def lot(territoire: Territoire | None, audience: str) -> Lot:
    """A batch that shows types, this year and since the beginning."""
    types = {
        "libelle": "Type de non-recours",
        "base": "non_recours",
        "total": 12,
        "lignes": [["ND", "Non-demande", 12, None]],
        "sans_reponse": 0,
        "multiple": False,
    }
    montre = {
        "situations": 12,
        "non_recours": 12,
        "distributions": {"type": types},
        "croisements": [],
    }
    return Lot.objects.create(
        territoire=territoire,
        audience=audience,
        etat=Lot.Etat.PRET,
        seuil=5,
        arrete_le=timezone.now(),
        proteges={"periodes": {str(timezone.localdate().year): montre, "tout": montre}},
    )


def fichier(gens: Gens) -> str:
    """A situation, and batches that show the types of that year."""
    transmise(gens, gens.travail)
    lot(gens.territoire, Lot.Audience.TERRITOIRE)
    lot(None, Lot.Audience.NATIONAL)
    return "type"


def exportee(gens: Gens) -> str:
    """A publication that anybody reads."""
    decision = decider(
        comite=gens.territoire.comites.get(nature=Comite.Nature.PILOTAGE),
        nature="publication",
        intitule="Les résultats",
        prise_le=timezone.localdate(),
        par=gens.pilotage,
    )
    publication = Publication.objects.create(
        territoire=gens.territoire,
        lot=lot(gens.territoire, Lot.Audience.PUBLIC),
        decision=decision,
        publiee_le=timezone.now(),
    )
    return str(publication.pk)


OBJETS = {"FICHIER": fichier, "EXPORTEE": exportee}
