"""How far the figures being prepared are; the page of those who read batches asks it by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh

from pilotage.models import Lot
from pilotage.travaux import en_preparation
from pilotage.views.lecteurs import lecteur_national
from territoires.acces import territoire_pour
from territoires.models import Territoire
from territoires.permissions import Action

# What is being done until this percentage.
ETAPES = (
    (25, "Compter les situations de chaque année"),
    (90, "Protéger tous les tableaux ensemble"),
    (100, "Vérifier et enregistrer"),
)


def etapes_de_preparation(progression: int) -> list[tuple[str, str]]:
    """Each step, and whether it is « faite », « en_cours » or « a_venir »."""
    etats, debut = [], 0
    for fin, libelle in ETAPES:
        etat = "faite" if progression >= fin else "en_cours" if progression >= debut else "a_venir"
        etats.append((libelle, etat))
        debut = fin
    return etats


def echec_de(territoire: Territoire | None, audience: str) -> str:
    """Why the latest preparation did not end; nothing when it did, or goes on."""
    lots = Lot.objects.filter(territoire=territoire, audience=audience)
    finis = lots.exclude(etat=Lot.Etat.EN_PREPARATION).order_by("-demande_le", "-pk")
    dernier = finis.values_list("pk", "etat").first()
    if dernier is None or dernier[1] != Lot.Etat.ECHEC:
        return ""
    return Lot.objects.values_list("exacts__echec", flat=True).get(pk=dernier[0]) or ""


def preparation(request: HttpRequest, slug: str) -> HttpResponse:
    """Of one territory; back to its dashboard once they are ready."""
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU)
    en_cours = en_preparation(territoire, Lot.Audience.TERRITOIRE)
    return dire_ou_en_est(request, en_cours, reverse("pilotage:tableau_de_bord", args=[slug]))


def preparation_nationale(request: HttpRequest) -> HttpResponse:
    """Of all territories."""
    lecteur_national(request)
    en_cours = en_preparation(None, Lot.Audience.NATIONAL)
    return dire_ou_en_est(request, en_cours, reverse("pilotage:tableau_national"))


def dire_ou_en_est(request: HttpRequest, en_cours: Lot | None, retour: str) -> HttpResponse:
    """The bar of progress that the page asks for; the page again once it is over."""
    if not request.htmx:
        return redirect(retour)
    if en_cours is None:
        return HttpResponseClientRefresh()
    contexte = {
        "progression": en_cours.progression,
        "etapes": etapes_de_preparation(en_cours.progression),
        "adresse": request.path,
    }
    return render(request, "pilotage/_preparation.html", contexte)
