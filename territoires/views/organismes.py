"""The organismes of a territory: create, rename, say what kind each is."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from territoires import actions
from territoires.acces import territoire_pour
from territoires.forms_membres import CATEGORIES, OrganismeForm
from territoires.models import Organisme
from territoires.permissions import Action

PAGE = {"page": "membres"}


def organismes(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them with how many people sit for each, and one more to create."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    formulaire = OrganismeForm(request.POST or None, instance=Organisme(territoire=territoire))
    if formulaire.is_valid():
        organisme = actions.creer_organisme(
            territoire=territoire, par=request.user, **formulaire.cleaned_data
        )
        messages.success(request, f"«\u00a0{organisme}\u00a0» est créé.")
        return redirect("territoires:organismes", territoire.slug)
    assis = Q(membre__au=None) | Q(membre__au__gt=timezone.localdate())
    libelles = dict(CATEGORIES)
    liste = territoire.organismes.annotate(
        nombre=Count("membre__utilisateur", filter=assis, distinct=True)
    )
    contexte = {
        "territoire": territoire,
        "form": formulaire,
        "organismes": [(o, libelles.get(o.categorie, o.categorie)) for o in liste],
    }
    return render(request, "membres/organismes.html", {**PAGE, **contexte})


def organisme(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Renames an organisme, or says what kind it is."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    objet = get_object_or_404(territoire.organismes, pk=pk)
    nom = objet.nom
    formulaire = OrganismeForm(request.POST or None, instance=objet)
    if formulaire.is_valid():
        actions.modifier_organisme(organisme=objet, par=request.user, **formulaire.cleaned_data)
        messages.success(request, f"«\u00a0{objet}\u00a0» est modifié.")
        return redirect("territoires:organismes", territoire.slug)
    contexte = {"territoire": territoire, "nom": nom, "form": formulaire}
    return render(request, "membres/organisme.html", {**PAGE, **contexte})
