from django.urls import path

from pilotage import views

app_name = "pilotage"

urlpatterns = [
    path(
        "territoires/<slug:slug>/tableau-de-bord/",
        views.tableau_de_bord,
        name="tableau_de_bord",
    ),
    path("tableau-de-bord/mes-territoires/", views.mes_territoires, name="mes_territoires"),
    path("tableau-de-bord/national/", views.tableau_national, name="tableau_national"),
]
