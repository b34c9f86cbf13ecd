"""What a territory publishes: prepared, read before, shown to anybody, withdrawn."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pilotage.actions import (
    DejaEnPreparation,
    Depassee,
    RienAPublier,
    preparer_publication,
    publier,
    retirer_publication,
)
from pilotage.forms import PublicationForm
from pilotage.groupes import groupes_de
from pilotage.models import Lot, Publication
from pilotage.presentation.chiffres import chiffres_cles
from pilotage.presentation.contexte import Contexte
from pilotage.presentation.liens import Liens
from pilotage.presentation.sections import Decor, sections_de
from pilotage.taches import preparer as tache_de_preparation
from pilotage.views import pages
from pilotage.views.exports import TOUTES
from pilotage.views.lots import dire_ou_en_est, etapes_de_preparation
from territoires.acces import territoire_pour
from territoires.models import Territoire
from territoires.permissions import Action, peut

PAGE = {"page": "tableau"}


def lister(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them, latest first; the comité de pilotage prepares one more by a post."""
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU)
    decide = peut(request.user, Action.DECIDER, territoire)
    if request.method == "POST" and not decide:
        raise PermissionDenied
    formulaire = PublicationForm(request.POST or None, initial={"prise_le": timezone.localdate()})
    if decide and formulaire.is_valid():
        publication = _preparer(request, territoire, formulaire)
        if publication is not None:
            return redirect("pilotage:apercu_publication", slug, publication.pk)
    publications = (
        Publication.objects.filter(territoire=territoire)
        .select_related("decision__par", "lot")
        .defer("lot__exacts", "lot__proteges")
        .order_by("-pk")
    )
    contexte = {
        **PAGE,
        "territoire": territoire,
        "publications": publications if decide else publications.exclude(publiee_le=None),
        "form": formulaire if decide else None,
    }
    return render(request, "pilotage/publications.html", contexte)


def _preparer(request, territoire: Territoire, formulaire) -> Publication | None:
    try:
        publication = preparer_publication(
            territoire=territoire, par=request.user, **formulaire.decision()
        )
    except RienAPublier:
        messages.warning(request, "Les premiers chiffres du territoire ne sont pas encore prêts.")
        return None
    except DejaEnPreparation:
        messages.info(request, "Une publication est déjà en préparation.")
        return None
    transaction.on_commit(lambda: tache_de_preparation.enqueue(publication.lot_id))
    messages.success(request, "La publication se prépare. Relisez-la, puis publiez-la.")
    return publication


def apercu(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """As anybody will read it, before and after."""
    publication = pages.publication_a_relire(request, slug, pk)
    return _montrer(request, publication, est_publique=False)


def preparation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Of its figures; back to it once they are ready."""
    publication = pages.publication_a_relire(request, slug, pk)
    en_cours = publication.lot if publication.lot.etat == Lot.Etat.EN_PREPARATION else None
    retour = reverse("pilotage:apercu_publication", args=[slug, pk])
    return dire_ou_en_est(request, en_cours, retour)


@require_POST
def publier_celle_ci(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Shows it to anybody."""
    publication = _a_decider(request, slug, pk)
    if publication.lot.etat != Lot.Etat.PRET:
        messages.warning(request, "Les chiffres de cette publication ne sont pas encore prêts.")
        return redirect("pilotage:apercu_publication", slug, pk)
    try:
        publier(publication=publication, par=request.user)
    except Depassee:
        messages.warning(
            request,
            "Une autre publication a paru depuis que celle-ci a été préparée, et les deux ensemble "
            "en diraient trop. Préparez-en une autre.",
        )
        return redirect("pilotage:publications", slug)
    messages.success(request, "Les résultats sont publiés\u00a0: chacun peut les lire.")
    return redirect("pilotage:publications", slug)


def retirer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Takes it back; asked once more by the page itself."""
    publication = _a_decider(request, slug, pk)
    if publication.retiree_le is not None:
        return redirect("pilotage:publications", slug)
    etait_publique = publication.publiee_le is not None
    if request.method != "POST":
        contexte = {**PAGE, "territoire": publication.territoire, "publication": publication}
        return render(request, "pilotage/retirer_publication.html", contexte)
    retirer_publication(publication=publication, par=request.user)
    messages.success(
        request,
        "La publication est retirée."
        if etait_publique
        else "Cette publication est abandonnée\u00a0: elle ne paraîtra pas.",
    )
    return redirect("pilotage:publications", slug)


@login_not_required
def publique(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """The latest one of a territory, or one of those before; 404 without any."""
    publiees = pages.publiees(slug)
    publication = publiees.filter(pk=pk).first() if pk else publiees.first()
    if publication is None:
        raise Http404
    autres = publiees.exclude(pk=publication.pk)
    return _montrer(request, publication, est_publique=True, autres=autres)


def _a_decider(request: HttpRequest, slug: str, pk: int) -> Publication:
    territoire = territoire_pour(request, slug, Action.DECIDER)
    publications = Publication.objects.select_related("territoire", "lot", "decision")
    return get_object_or_404(publications, pk=pk, territoire=territoire)


def _montrer(
    request: HttpRequest, publication: Publication, *, est_publique: bool, autres=()
) -> HttpResponse:
    territoire, lot, pk = publication.territoire, publication.lot, publication.pk
    page = pages.page_de_publication(publication, request.GET)
    preparation, stats, population = page.preparation, page.stats, page.population
    tables = "pilotage:tables_publiques" if est_publique else "pilotage:tables_d_apercu"
    exports = reverse(tables, args=[territoire.slug, pk])
    decor = Decor(
        liens=Liens.de(stats),
        contexte=Contexte(population=population.effectifs if population else {}),
        precedentes=page.precedentes,
        groupes=groupes_de({}),
        exports=exports.removesuffix(TOUTES),
    )
    contexte = {
        **PAGE,
        "territoire": territoire,
        "publication": publication,
        "autres": autres,
        "est_publique": est_publique,
        "peut_decider": not est_publique and peut(request.user, Action.DECIDER, territoire),
        "en_preparation": lot.etat == Lot.Etat.EN_PREPARATION,
        "est_prete": lot.etat == Lot.Etat.PRET,
        "etapes": etapes_de_preparation(lot.progression),
        "adresse": reverse("pilotage:preparation_de_publication", args=[territoire.slug, pk]),
        "adresse_publique": request.build_absolute_uri(
            reverse("pilotage:publication", args=[territoire.slug])
        ),
        "progression": lot.progression,
        "echec": lot.exacts.get("echec", "") if lot.etat == Lot.Etat.ECHEC else "",
        "annees": preparation.annees,
        "annees_ecartees": preparation.annees_ecartees,
        "demande": preparation.demande,
        "ignores": preparation.ignores,
        "seuil": lot.seuil,
        "arrete_le": preparation.arrete_le,
        "chiffres": chiffres_cles(stats, decor.precedentes, decor.liens),
        "sections": sections_de(stats, decor, page.locales),
        "exports": exports,
        "population": population,
    }
    return render(request, "pilotage/publication.html", contexte)
