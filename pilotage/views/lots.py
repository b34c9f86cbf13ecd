"""How far the figures being prepared are; the page of those who read batches asks it by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh

from pilotage.models import Lot
from pilotage.travaux import en_preparation
from pilotage.views.lecteurs import lecteur_national
from territoires.acces import territoire_pour
from territoires.permissions import Action


def preparation(request: HttpRequest, slug: str) -> HttpResponse:
    """Of one territory; back to its dashboard once they are ready."""
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU)
    en_cours = en_preparation(territoire, Lot.Audience.TERRITOIRE)
    return _dire(request, en_cours, reverse("pilotage:tableau_de_bord", args=[slug]))


def preparation_nationale(request: HttpRequest) -> HttpResponse:
    """Of all territories."""
    lecteur_national(request)
    en_cours = en_preparation(None, Lot.Audience.NATIONAL)
    return _dire(request, en_cours, reverse("pilotage:tableau_national"))


def _dire(request: HttpRequest, en_cours: Lot | None, retour: str) -> HttpResponse:
    if not request.htmx:
        return redirect(retour)
    if en_cours is None:
        return HttpResponseClientRefresh()
    contexte = {"progression": en_cours.progression, "adresse": request.path}
    return render(request, "pilotage/_preparation.html", contexte)
