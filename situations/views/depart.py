"""Ending a seat, and designating the animateur: situations change hands."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from situations.actions import depart
from territoires.acces import memoriser, territoire_pour
from territoires.models import Membre, Territoire
from territoires.permissions import Action, exiger, fait_relire, peut, roles_par_territoire
from territoires.views.membres import sortir

PAGE = {"page": "membres"}


def faire_partir(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ends a seat: anyone's own, or another's for whoever manages the members.

    The page says first what passes to whom. Whoever refuses the charter may leave too.
    """
    territoire = get_object_or_404(Territoire, slug=slug)
    siege = _siege(request, territoire, pk)
    est_soi = siege.utilisateur == request.user
    if not est_soi:
        territoire_pour(request, slug, Action.GERER_MEMBRES)
    memoriser(request, territoire)
    if request.method == "POST":
        fait = depart.faire_partir(membre=siege, par=request.user)
        phrase = _dire(siege, fait, est_soi)
        if est_soi:
            return sortir(request, phrase)
        messages.success(request, phrase)
        return redirect("territoires:membres", territoire.slug)
    contexte = {
        "territoire": territoire,
        "membre": siege,
        "est_soi": est_soi,
        "prevu": depart.prevoir_depart(siege),
    }
    return render(request, "membres/depart.html", {**PAGE, **contexte})


def _siege(request: HttpRequest, territoire: Territoire, pk: int) -> Membre:
    """A present seat; 404 outside one's territories, 403 for another's that one does not manage."""
    if territoire.pk not in roles_par_territoire(request.user):
        exiger(request.user, Action.GERER_MEMBRES, territoire)
    sieges = Membre.objects.actuels().filter(comite__territoire=territoire)
    siege = sieges.select_related("utilisateur", "organisme", "comite__territoire").filter(pk=pk)
    trouve = siege.first()
    if trouve is not None and trouve.utilisateur == request.user:
        return trouve
    if not peut(request.user, Action.GERER_MEMBRES, territoire):
        raise PermissionDenied
    if trouve is None:
        raise Http404
    return trouve


def _dire(siege: Membre, fait: depart.Depart, est_soi: bool) -> str:
    phrase = (
        f"Vous ne siégez plus\u00a0: {siege.comite}."
        if est_soi
        else f"{siege.utilisateur} ne siège plus\u00a0: {siege.comite}. Son accès est fermé."
    )
    if fait.nombre and fait.repreneur:
        phrase += f" {_combien(fait.nombre)} à {fait.repreneur}."
    return phrase


def _combien(nombre: int) -> str:
    return "Une situation passe" if nombre == 1 else f"{nombre} situations passent"


def designer_animateur(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Designates a member of the comité technique as permanent animateur, after confirmation."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    actuels = Membre.objects.actuels().filter(comite__territoire=territoire)
    siege = get_object_or_404(actuels.select_related("utilisateur", "comite"), pk=pk)
    if not fait_relire(siege.comite):
        raise Http404
    if request.method == "POST":
        nombre = depart.designer_animateur(membre=siege, par=request.user)
        phrase = f"{siege.utilisateur} anime désormais «\u00a0{territoire}\u00a0»."
        if nombre:
            phrase += f" {_combien(nombre)} à cette personne."
        messages.success(request, phrase)
        if peut(request.user, Action.LIRE_MEMBRES, territoire):
            return redirect("territoires:membres", territoire.slug)
        return redirect("accueil")
    contexte = {
        "territoire": territoire,
        "membre": siege,
        "actuel": actuels.animateurs().select_related("utilisateur").first(),
    }
    return render(request, "membres/animateur.html", {**PAGE, **contexte})
