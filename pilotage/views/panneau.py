"""All the filters: each variable, core or local, with its values to tick."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pilotage.filtres import (
    mois_proposes,
    periodes_proposees,
    restes_du_panneau,
    variables_offertes,
)
from pilotage.preparation import Lecteur, preparer
from pilotage.views.lecteurs import lecteur_de_mes_territoires, lecteur_du_territoire
from territoires.acces import territoire_pour
from territoires.permissions import Action


def filtres(request: HttpRequest, slug: str) -> HttpResponse:
    """Of one territory, for those whose figures are free."""
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU_SANS_SEUIL)
    lecteur = lecteur_du_territoire(request, territoire)
    return _montrer(request, lecteur, reverse("pilotage:tableau_de_bord", args=[slug]))


def filtres_de_mes_territoires(request: HttpRequest) -> HttpResponse:
    """Of all the territories whose situations one reviews, on the noyau."""
    lecteur, _ = lecteur_de_mes_territoires(request)
    return _montrer(request, lecteur, reverse("pilotage:mes_territoires"))


def _montrer(request: HttpRequest, lecteur: Lecteur, retour: str) -> HttpResponse:
    preparation = preparer(lecteur, request.GET)
    demande, variables = preparation.demande, preparation.variables
    contexte = {
        "page": "tableau",
        "demande": demande,
        "groupes": variables_offertes(demande, variables),
        "periodes": periodes_proposees(demande, preparation.annees),
        "bornes": [
            ("du", "Du début de", demande.du or ""),
            ("au", "À la fin de", demande.au or ""),
        ],
        "mois": mois_proposes(preparation.annees),
        "restes": restes_du_panneau(demande, variables),
        "retour": retour,
        "requete": demande.adresse(),
    }
    return render(request, "pilotage/filtres.html", contexte)
