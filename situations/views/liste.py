"""Finding situations again: one's own, and for the comité technique all those transmitted."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from situations.catalogue import catalogue_des_droits
from situations.forms import RechercheForm
from situations.models import Situation
from territoires import journal
from territoires.acces import entrer, territoire_pour
from territoires.models import Territoire
from territoires.permissions import Action, territoires_de

PAR_PAGE = 25
STATUTS_TRANSMIS = [choix for choix in Situation.Statut.choices if choix[0] != "brouillon"]


def entrer_dans(request, slug: str) -> HttpResponse:
    """Chooses the territory in which the next pages open."""
    miens = [territoire.pk for territoire in territoires_de(request.user)]
    entrer(request, get_object_or_404(Territoire, slug=slug, pk__in=miens))
    return redirect("accueil")


def lister(request, slug: str) -> HttpResponse:
    """The author's situations, drafts first, with what the comité technique says of each."""
    territoire = territoire_pour(request, slug, Action.SAISIR)
    miennes = Situation.objects.filter(territoire=territoire, auteur=request.user)
    return render(
        request,
        "situations/lister.html",
        {
            "page": "situations",
            "brouillons": Situation.objects.brouillons_de(request.user, territoire),
            "a_completer": miennes.filter(statut="a_completer").prefetch_related("evenements"),
            **_rechercher(request, territoire, miennes.exclude(statut="brouillon")),
        },
    )


def relecture(request, slug: str) -> HttpResponse:
    """The comité technique's queue, then all that was transmitted, to find again."""
    territoire = territoire_pour(request, slug, Action.RELIRE)
    toutes = Situation.objects.filter(territoire=territoire).exclude(statut="brouillon")
    file = Situation.objects.a_relire(territoire).select_related("auteur", "organisme")
    return render(
        request,
        "situations/relecture.html",
        {
            "page": "relecture",
            "file": file.prefetch_related("non_recours")[:PAR_PAGE],
            "nombre_a_relire": file.count(),
            **_rechercher(request, territoire, toutes.select_related("auteur", "organisme")),
        },
    )


def _rechercher(request, territoire: Territoire, situations) -> dict:
    journal.ecrire("lister", par=request.user, territoire=territoire)
    droits = catalogue_des_droits(territoire)
    formulaire = RechercheForm(request.GET or None, droits=droits, statuts=STATUTS_TRANSMIS)
    trouvees = formulaire.filtrer(situations).order_by("-transmise_le", "-id")
    pages = Paginator(trouvees.prefetch_related("non_recours"), PAR_PAGE)
    parametres = request.GET.copy()
    parametres.pop("page", None)
    return {
        "recherche": formulaire,
        "recherche_active": bool(request.GET.keys() - {"page"}),
        "resultats": pages.get_page(request.GET.get("page")),
        "parametres": parametres.urlencode(),
        "libelles_droits": droits.libelles,
    }
