"""The situations behind a number of the dashboard, for those who may read them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilotage.demande import Demande, bases_en_mots
from pilotage.filtres import jetons
from pilotage.parcours import demandes_de_l_etape
from pilotage.preparation import Preparation, preparer
from pilotage.presentation.affiches import ETAPES_EN_MOTS, ISSUES_EN_MOTS
from pilotage.protegees import Effectif, ParcoursProtege
from pilotage.statistiques import Plan, situations_comptees
from pilotage.views.lecteurs import lecteur_du_territoire
from situations.catalogue import catalogue_des_droits
from situations.models import Situation
from territoires import journal
from territoires.acces import territoire_pour
from territoires.permissions import Action

PAR_PAGE = 25


def lister(request: HttpRequest, slug: str) -> HttpResponse:
    """Those that the dashboard of the same address counts, latest first; 403 for the others.

    `etape`: of them, those of which a non-recours reached this step of the path.
    """
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU_SANS_SEUIL)
    parametres = request.GET.copy()
    page = parametres.pop("page", ["1"])[-1]
    etape = parametres.pop("etape", [""])[-1]
    lecteur = lecteur_du_territoire(request, territoire)
    preparation = preparer(lecteur, parametres)
    demande = preparation.demande.avec(croisement=None)
    precisees = demandes_de_l_etape(demande, etape, preparation.variables)
    comptees = {i for d in precisees or (demande,) for i in _comptees(preparation, d)}
    stats = preparation.compter(demande, Plan(distributions=(), parcours=bool(precisees)))
    situations = Situation.objects.filter(territoire=territoire, pk__in=comptees)
    pages = Paginator(
        situations.order_by("-transmise_le", "-id").prefetch_related("non_recours"), PAR_PAGE
    )
    journal.ecrire("lire_situations_du_tableau", par=request.user, territoire=territoire)
    situations_en_mots, non_recours_en_mots = bases_en_mots(demande, preparation.variables)
    contexte = {
        "page": "tableau",
        "territoire": territoire,
        "non_recours": _a_l_etape(stats.parcours, etape) if precisees else stats.non_recours,
        "etape": (ETAPES_EN_MOTS | ISSUES_EN_MOTS)[etape] if precisees else "",
        "situations_en_mots": situations_en_mots,
        "non_recours_en_mots": non_recours_en_mots,
        "jetons": jetons(demande, preparation.variables),
        "ignores": preparation.ignores,
        "resultats": pages.get_page(page),
        "requete": demande.adresse(),
        "suite": f"{demande.adresse()}&etape={etape}" if precisees else demande.adresse(),
        "libelles_droits": catalogue_des_droits(territoire).libelles,
    }
    return render(request, "pilotage/situations.html", contexte)


def _comptees(preparation: Preparation, demande: Demande) -> list[int]:
    lecteur = preparation.lecteur
    return situations_comptees(
        preparation.faits, demande, territoires=lecteur.territoires, noyau=lecteur.noyau
    )


def _a_l_etape(parcours: ParcoursProtege, etape: str) -> Effectif:
    """How many non-recours reached it, one situation having several."""
    return parcours.issues[etape] if etape in parcours.issues else getattr(parcours, etape)
