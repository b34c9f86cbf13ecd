"""The situations behind a number of the dashboard, for those who may read them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilotage.demande import bases_en_mots
from pilotage.filtres import jetons
from pilotage.preparation import preparer
from pilotage.statistiques import Plan, situations_comptees
from pilotage.views.lecteurs import lecteur_du_territoire
from situations.catalogue import catalogue_des_droits
from situations.models import Situation
from territoires import journal
from territoires.acces import territoire_pour
from territoires.permissions import Action

PAR_PAGE = 25


def lister(request: HttpRequest, slug: str) -> HttpResponse:
    """Those that the dashboard of the same address counts, latest first; 403 for the others."""
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU_SANS_SEUIL)
    parametres = request.GET.copy()
    page = parametres.pop("page", ["1"])[-1]
    lecteur = lecteur_du_territoire(request, territoire)
    preparation = preparer(lecteur, parametres)
    demande = preparation.demande.avec(croisement=None)
    comptees = situations_comptees(
        preparation.faits, demande, territoires=lecteur.territoires, noyau=lecteur.noyau
    )
    stats = preparation.compter(demande, Plan(distributions=()))
    situations = Situation.objects.filter(territoire=territoire, pk__in=comptees)
    pages = Paginator(
        situations.order_by("-transmise_le", "-id").prefetch_related("non_recours"), PAR_PAGE
    )
    journal.ecrire("lire_situations_du_tableau", par=request.user, territoire=territoire)
    situations_en_mots, non_recours_en_mots = bases_en_mots(demande, preparation.variables)
    contexte = {
        "page": "tableau",
        "territoire": territoire,
        "stats": stats,
        "situations_en_mots": situations_en_mots,
        "non_recours_en_mots": non_recours_en_mots,
        "jetons": jetons(demande, preparation.variables),
        "ignores": preparation.ignores,
        "resultats": pages.get_page(page),
        "requete": demande.adresse(),
        "libelles_droits": catalogue_des_droits(territoire).libelles,
    }
    return render(request, "pilotage/situations.html", contexte)
