"""The views that readers keep under a name: private, or shared with one of their committees."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from pilotage.actions import (
    NomDejaPris,
    enregistrer_vue,
    renommer_vue,
    supprimer_vue,
)
from pilotage.forms_tableau import RequeteForm, VueForm
from pilotage.models import VueEnregistree
from pilotage.preparation import preparer
from pilotage.views.lecteurs import lecteur_du_territoire
from territoires.acces import territoire_pour
from territoires.models import Comite, Membre, Territoire
from territoires.permissions import Action

NOM_PRIS = "Vous avez déjà une vue de ce nom."


def vues_offertes(utilisateur, territoire: Territoire) -> QuerySet[VueEnregistree]:
    """One's own views of this territory, and those shared with a committee where one sits."""
    miens = comites_de(utilisateur, territoire)
    return (
        VueEnregistree.objects.filter(Q(auteur=utilisateur) | Q(comite__in=miens))
        .filter(territoire=territoire)
        .select_related("comite", "auteur", "territoire")
    )


def comites_de(utilisateur, territoire: Territoire) -> QuerySet[Comite]:
    """The committees of the territory where the person sits today."""
    sieges = Membre.objects.actuels().filter(utilisateur=utilisateur)
    return Comite.objects.filter(territoire=territoire, pk__in=sieges.values("comite"))


def vues(request: HttpRequest, slug: str) -> HttpResponse:
    """The views one may open; posting keeps another one."""
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU_SANS_SEUIL)
    comites = comites_de(request.user, territoire)
    formulaire = RequeteForm(request.POST or None, comites=comites)
    if request.method == "POST" and formulaire.is_valid():
        champs = formulaire.cleaned_data
        try:
            vue = enregistrer_vue(
                territoire=territoire,
                nom=champs["nom"],
                comite=champs["comite"],
                requete=_relire(request, territoire, champs["requete"]),
                par=request.user,
            )
        except NomDejaPris:
            formulaire.add_error("nom", NOM_PRIS)
        else:
            messages.success(request, f"La vue «\u00a0{vue.nom}\u00a0» est enregistrée.")
            return redirect(adresse_de(vue))
    return _montrer(request, territoire, nouvelle=formulaire if request.POST else None)


def _montrer(request: HttpRequest, territoire: Territoire, **formulaires) -> HttpResponse:
    miennes = vues_offertes(request.user, territoire)
    contexte = {
        "page": "tableau",
        "territoire": territoire,
        "vues": [(vue, adresse_de(vue), vue.auteur_id == request.user.pk) for vue in miennes],
        **formulaires,
    }
    return render(request, "pilotage/vues.html", contexte)


def adresse_de(vue: VueEnregistree) -> str:
    """The dashboard as it was kept."""
    adresse = reverse("pilotage:tableau_de_bord", args=[vue.territoire.slug])
    return f"{adresse}?{vue.requete}" if vue.requete else adresse


def _relire(request: HttpRequest, territoire: Territoire, requete: str) -> str:
    """The canonical address of what was posted: nothing else is kept."""
    lecteur = lecteur_du_territoire(request, territoire)
    return preparer(lecteur, QueryDict(requete)).demande.adresse()


def renommer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Changes the name of one's view, and with whom it is shared."""
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU_SANS_SEUIL)
    vue = get_object_or_404(VueEnregistree, pk=pk, territoire=territoire, auteur=request.user)
    formulaire = VueForm(
        request.POST or None, instance=vue, comites=comites_de(request.user, territoire)
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            renommer_vue(vue=vue, par=request.user, **formulaire.cleaned_data)
        except NomDejaPris:
            formulaire.add_error("nom", NOM_PRIS)
        else:
            messages.success(request, f"La vue s’appelle «\u00a0{vue.nom}\u00a0».")
            return redirect("pilotage:vues", slug)
    return render(
        request,
        "pilotage/renommer_vue.html",
        {"page": "tableau", "territoire": territoire, "form": formulaire, "vue": vue},
    )


def supprimer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Deletes one's view; asked once more by the page itself."""
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU_SANS_SEUIL)
    vue = get_object_or_404(VueEnregistree, pk=pk, territoire=territoire, auteur=request.user)
    if request.method == "POST":
        supprimer_vue(vue=vue, par=request.user)
        messages.success(request, f"La vue «\u00a0{vue.nom}\u00a0» est supprimée.")
        return redirect("pilotage:vues", slug)
    contexte = {"page": "tableau", "territoire": territoire, "vue": vue}
    return render(request, "pilotage/supprimer_vue.html", contexte)
