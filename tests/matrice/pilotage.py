"""The dashboards, and what their readers keep, show and load from them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from pilotage.actions import enregistrer_vue, montrer_croisement
from pilotage.forms_tableau import ApercuForm
from pilotage.population import tranches_d_age
from tests.gens import Gens

TABLE = """
méthode adresse                                            situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /tableau-de-bord/mes-territoires/                     -           | 404    404      200       200       404      404            404      404    200      conn
GET  /tableau-de-bord/mes-territoires/filtres/             -           | 404    404      200       200       404      404            404      404    200      conn
GET  /tableau-de-bord/national/                            -           | 404    404      404       404       404      404            200      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/                    -           | 200    200      200       200       200      200            403      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/filtres/            -           | 403    403      200       200       403      403            403      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/situations/         -           | 403    403      200       200       403      403            403      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/vues/               -           | 403    403      200       200       403      403            403      404    404      conn
POST /territoires/SLUG/tableau-de-bord/vues/               -           | 403    403      fait      fait      403      403            403      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/vues/VUE/           -           | 403    403      404       200       403      403            403      404    404      conn
POST /territoires/SLUG/tableau-de-bord/vues/VUE/           -           | 403    403      404       fait      403      403            403      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/vues/VUE/supprimer/ -           | 403    403      404       200       403      403            403      404    404      conn
POST /territoires/SLUG/tableau-de-bord/vues/VUE/supprimer/ -           | 403    403      404       fait      403      403            403      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/croisements/        -           | 403    403      200       200       403      403            403      404    404      conn
POST /territoires/SLUG/tableau-de-bord/croisements/        -           | 403    403      fait      fait      403      403            403      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/croisements/CROISE/retirer/ -   | 403    403      302       302       403      403            403      404    404      conn
POST /territoires/SLUG/tableau-de-bord/croisements/CROISE/retirer/ -   | 403    403      fait      fait      403      403            403      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/population/         -           | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/tableau-de-bord/population/         -           | 403    403      403       fait      403      fait           403      404    404      conn
"""

TABLEAU = "/territoires/SLUG/tableau-de-bord/"
DONNEES = {
    f"{TABLEAU}vues/": {"nom": "Les plus âgés", "requete": "f_age=a_75p", "comite": ""},
    f"{TABLEAU}vues/VUE/": {"nom": "Autre nom", "comite": ""},
    f"{TABLEAU}croisements/": {"lignes": "age", "colonnes": "zone"},
    f"{TABLEAU}population/": {
        "apercu": ApercuForm.signer(
            {
                "effectifs": {tranche.code: 100 for tranche in tranches_d_age()},
                "source": "Insee",
                "annee": 2022,
            }
        )
    },
}


def vue(gens: Gens) -> str:
    """A view that the animateur keeps for themself."""
    enregistree = enregistrer_vue(
        territoire=gens.territoire, nom="Aspa", requete="f_droit=aspa", par=gens.animateur
    )
    return str(enregistree.pk)


def croise(gens: Gens) -> str:
    """A crossing shown by the comité technique."""
    montre = montrer_croisement(
        territoire=gens.territoire, variables=("age", "logement"), par=gens.technique
    )
    return str(montre.pk)


OBJETS = {"VUE": vue, "CROISE": croise}


def population_csv(habitants: int = 100) -> SimpleUploadedFile:
    """A file of inhabitants by age band, as an administrator chooses it."""
    lignes = [f"{tranche.libelle};{habitants}" for tranche in tranches_d_age()]
    contenu = "\n".join(["Âge;Habitants", *lignes]).encode()
    return SimpleUploadedFile("population.csv", contenu, "text/csv")
