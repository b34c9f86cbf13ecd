"""The form of a territory: the version in force, those before it, the draft beside it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from situations import adaptation, noyau
from situations.actions.adaptation import ouvrir_brouillon, remettre_en_vigueur
from situations.models import MiseEnVigueur, Version
from situations.views.formulaire.atelier import PAGE, Atelier, brouillon_de, version_suivie
from situations.views.formulaire.lecture import sections_lues
from situations.views.formulaire.mots import duree_en_mots
from territoires.acces import territoire_pour
from territoires.models import Territoire
from territoires.permissions import Action


def ensemble(request, slug: str) -> HttpResponse:
    """What is in force since when, the draft and what it changes, the history."""
    territoire = territoire_pour(request, slug, Action.ADAPTER)
    mise = _mise_en_vigueur(territoire)
    brouillon = brouillon_de(territoire)
    suivie = brouillon or mise.version
    return render(
        request,
        "formulaire/ensemble.html",
        {
            **PAGE,
            "territoire": territoire,
            "mise": mise,
            "duree": duree_en_mots(adaptation.duree_estimee(mise.version.definition)),
            "atelier": Atelier(territoire, brouillon, request.user) if brouillon else None,
            "socle_a_evolue": suivie.noyau != noyau.empreinte(),
            "versions": _publiees(territoire).order_by("-numero").defer("definition"),
        },
    )


@require_POST
def ouvrir(request, slug: str) -> HttpResponse:
    """Opens the draft, or comes back to the one already open."""
    territoire = territoire_pour(request, slug, Action.ADAPTER)
    version_suivie(territoire)
    ouvrir_brouillon(territoire=territoire, par=request.user)
    return redirect("situations:formulaire_brouillon", slug)


def lire(request, slug: str, numero: int) -> HttpResponse:
    """A published version, read as it is asked."""
    territoire = territoire_pour(request, slug, Action.ADAPTER)
    version = _publiee(territoire, numero)
    return render(
        request,
        "formulaire/version.html",
        {
            **PAGE,
            "territoire": territoire,
            "version": version,
            "est_en_vigueur": version == _mise_en_vigueur(territoire).version,
            "sections": sections_lues(version.definition),
            "duree": duree_en_mots(adaptation.duree_estimee(version.definition)),
        },
    )


def remettre(request, slug: str, numero: int) -> HttpResponse:
    """Says what putting a former version back changes, then does it."""
    territoire = territoire_pour(request, slug, Action.ADAPTER)
    version = _publiee(territoire, numero)
    mise = _mise_en_vigueur(territoire)
    if version == mise.version:
        messages.info(request, f"La version {numero} est déjà en vigueur.")
        return redirect("situations:formulaire", slug)
    if request.method == "POST":
        remettre_en_vigueur(version=version, par=request.user)
        messages.success(
            request,
            f"La version {numero} est de nouveau en vigueur. Rien n’est effacé\u00a0: la version "
            f"{mise.version.numero} reste dans l’historique.",
        )
        return redirect("situations:formulaire", slug)
    avant, apres = mise.version.definition, version.definition
    return render(
        request,
        "formulaire/remettre.html",
        {
            **PAGE,
            "territoire": territoire,
            "version": version,
            "actuelle": mise.version,
            "differences": adaptation.differences(avant, apres),
            "durees": [duree_en_mots(adaptation.duree_estimee(d)) for d in (avant, apres)],
        },
    )


def _mise_en_vigueur(territoire: Territoire) -> MiseEnVigueur:
    mise = (
        MiseEnVigueur.objects.filter(formulaire__territoire=territoire, jusqua__isnull=True)
        .select_related("version", "par")
        .first()
    )
    if mise is None:
        raise Http404
    return mise


def _publiees(territoire: Territoire):
    publiees = Version.objects.filter(formulaire__territoire=territoire, publiee_le__isnull=False)
    return publiees.select_related("publiee_par")


def _publiee(territoire: Territoire, numero: int) -> Version:
    return get_object_or_404(_publiees(territoire), numero=numero)
