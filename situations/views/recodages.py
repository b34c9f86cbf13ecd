"""Recodings: which old answers are counted as which new ones, said and undone in a table."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from situations import actions
from situations.forms import RecoderForm
from situations.models import Recodage
from situations.nomenclature_locale import reponses_connues, reponses_locales
from territoires.acces import territoire_pour
from territoires.permissions import Action


def recoder(request, slug: str) -> HttpResponse:
    territoire = territoire_pour(request, slug, Action.ADAPTER)
    anciennes, nouvelles = reponses_locales(territoire), reponses_connues(territoire)
    form = RecoderForm(
        request.POST if request.method == "POST" else None,
        anciennes=anciennes,
        nouvelles=nouvelles,
    )
    if form.is_bound and form.is_valid():
        try:
            actions.recoder(territoire=territoire, par=request.user, **form.cleaned_data)
        except actions.RecodageImpossible as erreur:
            form.add_error(None, str(erreur))
        else:
            messages.success(
                request, "Recodage enregistré : les analyses le suivent dès maintenant."
            )
            return redirect("situations:recoder", territoire.slug)
    libelles = {code: f"{q} : {texte}" for q, choix in nouvelles for code, texte in choix}
    return render(
        request,
        "formulaire/recodages.html",
        {
            "page": "formulaire",
            "territoire": territoire,
            "form": form,
            "recodages": [
                (
                    recodage,
                    *(_nommer(libelles, code) for code in (recodage.ancien, recodage.nouveau)),
                )
                for recodage in territoire.recodages.select_related("ancien", "nouveau", "par")
            ],
        },
    )


def _nommer(libelles: dict[str, str], code) -> str:
    return libelles.get(f"{code.variable}|{code.code}", f"{code.variable} : {code.code}")


@require_POST
def annuler_recodage(request, slug: str, pk: int) -> HttpResponse:
    territoire = territoire_pour(request, slug, Action.ADAPTER)
    recodage = get_object_or_404(Recodage, pk=pk, territoire=territoire)
    actions.annuler_recodage(recodage=recodage, par=request.user)
    messages.success(
        request, "Recodage annulé : la réponse est de nouveau comptée comme elle-même."
    )
    return redirect("situations:recoder", territoire.slug)
