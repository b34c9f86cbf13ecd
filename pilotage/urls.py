from django.urls import include, path

from pilotage.views import (
    comites,
    croisements,
    exports,
    lots,
    panneau,
    population,
    publications,
    situations,
    tableaux,
    vues,
)

app_name = "pilotage"

# The committees: who sits there, what for, what they decided.
vie_des_comites = [
    path("", comites.lister, name="comites"),
    path("nouveau/", comites.creer, name="creer_groupe"),
    path("<int:pk>/", comites.lire, name="comite"),
    path("<int:pk>/mandat/", comites.mandat, name="mandat"),
    path("<int:pk>/renommer/", comites.renommer, name="renommer_groupe"),
    path("<int:pk>/decisions/<int:decision>/annuler/", comites.annuler, name="annuler_decision"),
    path("<int:pk>/decisions/<slug:nature>/", comites.decider_de, name="decider"),
]

# The dashboard of a territory, and what its readers do from it.
tableau_de_bord = [
    path("", tableaux.tableau_de_bord, name="tableau_de_bord"),
    path("filtres/", panneau.filtres, name="filtres"),
    path("situations/", situations.lister, name="situations_du_tableau"),
    path("preparation/", lots.preparation, name="preparation"),
    path("vues/", vues.vues, name="vues"),
    path("vues/<int:pk>/", vues.renommer, name="renommer_vue"),
    path("vues/<int:pk>/supprimer/", vues.supprimer, name="supprimer_vue"),
    path("croisements/", croisements.montrer, name="croisements"),
    path("croisements/<int:pk>/retirer/", croisements.retirer, name="retirer_croisement"),
    path("population/", population.charger, name="population"),
    path("export/tableaux.zip", exports.tables_du_territoire, name="tables_du_territoire"),
    path("export/<slug:cle>.<slug:forme>", exports.du_territoire, name="exporter"),
]

# What the comité de pilotage publishes.
vie_des_publications = [
    path("", publications.lister, name="publications"),
    path("<int:pk>/", publications.apercu, name="apercu_publication"),
    path("<int:pk>/export/tableaux.zip", exports.tables_d_apercu, name="tables_d_apercu"),
    path("<int:pk>/export/<slug:cle>.<slug:forme>", exports.d_apercu, name="exporter_apercu"),
    path("<int:pk>/preparation/", publications.preparation, name="preparation_de_publication"),
    path("<int:pk>/publier/", publications.publier_celle_ci, name="publier"),
    path("<int:pk>/retirer/", publications.retirer, name="retirer_publication"),
]

urlpatterns = [
    path("publications/<slug:slug>/", publications.publique, name="publication"),
    path("publications/<slug:slug>/<int:pk>/", publications.publique, name="publication_datee"),
    path(
        "publications/<slug:slug>/<int:pk>/export/tableaux.zip",
        exports.tables_publiques,
        name="tables_publiques",
    ),
    path(
        "publications/<slug:slug>/<int:pk>/export/<slug:cle>.<slug:forme>",
        exports.publique,
        name="exporter_publication",
    ),
    path("territoires/<slug:slug>/publications/", include(vie_des_publications)),
    path("territoires/<slug:slug>/comites/", include(vie_des_comites)),
    path("territoires/<slug:slug>/tableau-de-bord/", include(tableau_de_bord)),
    path("tableau-de-bord/mes-territoires/", tableaux.mes_territoires, name="mes_territoires"),
    path(
        "tableau-de-bord/mes-territoires/filtres/",
        panneau.filtres_de_mes_territoires,
        name="filtres_de_mes_territoires",
    ),
    path(
        "tableau-de-bord/mes-territoires/export/tableaux.zip",
        exports.tables_de_mes_territoires,
        name="tables_de_mes_territoires",
    ),
    path(
        "tableau-de-bord/mes-territoires/export/<slug:cle>.<slug:forme>",
        exports.de_mes_territoires,
        name="exporter_mes_territoires",
    ),
    path("tableau-de-bord/national/", tableaux.tableau_national, name="tableau_national"),
    path(
        "tableau-de-bord/national/preparation/",
        lots.preparation_nationale,
        name="preparation_nationale",
    ),
    path(
        "tableau-de-bord/national/export/tableaux.zip",
        exports.tables_nationales,
        name="tables_nationales",
    ),
    path(
        "tableau-de-bord/national/export/<slug:cle>.<slug:forme>",
        exports.national,
        name="exporter_national",
    ),
]
