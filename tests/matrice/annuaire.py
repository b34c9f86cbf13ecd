"""« Qui appeler » : the directory of a territory."""

from datetime import date

from situations.actions.adaptation import empreinte_de
from situations.actions.annuaire import contenu_de, proposer_correction
from situations.models import PointDeContact
from territoires.models import Organisme
from tests.gens import Gens


def point(gens: Gens, **champs) -> PointDeContact:
    """A desk of the territory's only organisme, not verified for a long time."""
    contenu = {"service": "Accueil", "telephone": "04 65 71 00 01", **champs}
    return PointDeContact.objects.create(
        organisme=gens.organisme,
        verifie_le=date(2024, 3, 1),
        verifie_par=gens.animateur,
        **contenu,
    )


def proposition(gens: Gens) -> str:
    correction = proposer_correction(
        territoire=gens.territoire,
        point=point(gens),
        contenu={"telephone": "04 65 71 00 02"},
        commentaire="",
        par=gens.collegue,
    )
    return str(correction.pk)


def saisie() -> dict:
    """What one types in the form of a desk."""
    organisme = Organisme.objects.get(territoire__slug="pays-des-vans")
    return {"organisme": organisme.pk, "service": "Service social", "telephone": "04 65 71 00 09"}


def saisie_du_dernier() -> dict:
    """The same, from a page that shows the desk just made."""
    dernier = PointDeContact.objects.latest("pk")
    return {**saisie(), "empreinte": empreinte_de(contenu_de(dernier))}


OBJETS = {
    "PROPOSITION": proposition,
    "POINT": lambda gens: str(point(gens).pk),
    "RETIRE": lambda gens: str(point(gens, retire=True).pk),
}

TABLE = """
méthode adresse                                            situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /territoires/SLUG/annuaire/                        -           | 200    200    200    200    200    200    403    404    404    conn
GET  /territoires/SLUG/annuaire/qui-appeler/            -           | 200    200    200    200    200    200    403    404    404    conn
GET  /territoires/SLUG/annuaire/ajouter/                -           | 403    403    403    200    403    200    403    404    404    conn
POST /territoires/SLUG/annuaire/ajouter/                -           | 403    403    403    fait   403    fait   403    404    404    conn
GET  /territoires/SLUG/annuaire/proposer/               -           | 200    200    200    200    200    200    403    404    404    conn
POST /territoires/SLUG/annuaire/proposer/               -           | fait   fait   fait   fait   fait   fait   403    404    404    conn
GET  /territoires/SLUG/annuaire/propositions/           -           | 403    403    403    200    403    200    403    404    404    conn
GET  /territoires/SLUG/annuaire/propositions/PROPOSITION/ -           | 403    403    403    200    403    200    403    404    404    conn
POST /territoires/SLUG/annuaire/propositions/PROPOSITION/ -           | 403    403    403    fait   403    fait   403    404    404    conn
GET  /territoires/SLUG/annuaire/POINT/                  -           | 403    403    403    200    403    200    403    404    404    conn
POST /territoires/SLUG/annuaire/POINT/                  -           | 403    403    403    fait   403    fait   403    404    404    conn
POST /territoires/SLUG/annuaire/POINT/verifier/         -           | 403    403    403    fait   403    fait   403    404    404    conn
POST /territoires/SLUG/annuaire/POINT/retirer/          -           | 403    403    403    fait   403    fait   403    404    404    conn
POST /territoires/SLUG/annuaire/RETIRE/remettre/        -           | 403    403    403    fait   403    fait   403    404    404    conn
GET  /territoires/SLUG/annuaire/POINT/proposer/         -           | 200    200    200    200    200    200    403    404    404    conn
POST /territoires/SLUG/annuaire/POINT/proposer/         -           | fait   fait   fait   fait   fait   fait   403    404    404    conn
"""

DONNEES = {
    "/territoires/SLUG/annuaire/ajouter/": saisie,
    "/territoires/SLUG/annuaire/proposer/": saisie,
    "/territoires/SLUG/annuaire/propositions/PROPOSITION/": {"action": "accepter"},
    "/territoires/SLUG/annuaire/POINT/": saisie_du_dernier,
    "/territoires/SLUG/annuaire/POINT/proposer/": saisie,
}
