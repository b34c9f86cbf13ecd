"""Addresses of the whole project, in French."""

from django.urls import include, path

from bnr import demonstration
from bnr.views import Connexion, accueil
from situations.views.compte import mon_compte

urlpatterns = [
    path("", accueil, name="accueil"),
    path("comptes/", mon_compte, name="mon_compte"),
    path("comptes/connexion/", Connexion.as_view(), name="account_login"),
    path("comptes/demonstration/<int:pk>/", demonstration.entrer, name="entrer_en_demonstration"),
    path("comptes/", include("territoires.urls_comptes")),
    path("", include("territoires.urls")),
    path("", include("situations.urls")),
    path("", include("pilotage.urls")),
]

handler400 = "bnr.erreurs.demande_refusee"
handler403 = "bnr.erreurs.acces_refuse"
handler404 = "bnr.erreurs.page_absente"
handler429 = "bnr.erreurs.trop_d_essais"
handler500 = "bnr.erreurs.erreur_serveur"
