"""The population of a territory by age, loaded from a CSV file by who administers it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pilotage.actions import charger_population
from pilotage.forms_tableau import ApercuForm, PopulationForm
from pilotage.models import Population
from pilotage.population import tranches_d_age
from pilotage.presentation.typographie import nombre, pourcent
from territoires.acces import territoire_pour
from territoires.models import Territoire
from territoires.permissions import Action


def charger(request: HttpRequest, slug: str) -> HttpResponse:
    """What is loaded, and the form to load another file; its errors are said line by line."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    apercu = ApercuForm(request.POST) if "apercu" in request.POST else None
    if apercu is not None and apercu.is_valid():
        charger_population(territoire=territoire, par=request.user, **apercu.cleaned_data["apercu"])
        messages.success(request, "La population du territoire est chargée.")
        return redirect("pilotage:population", slug)
    formulaire = PopulationForm(
        request.POST if request.method == "POST" and apercu is None else None,
        request.FILES or None,
    )
    if formulaire.is_valid():
        return _apercevoir(request, territoire, formulaire.lue())
    population = Population.objects.filter(territoire=territoire).select_related("par").first()
    contexte = {
        "page": "tableau",
        "territoire": territoire,
        "form": formulaire,
        "population": population,
        "lignes": _lignes(population.effectifs) if population else [],
        "tranches": tranches_d_age(),
    }
    return render(request, "pilotage/population.html", contexte)


def _apercevoir(request: HttpRequest, territoire: Territoire, lue: dict) -> HttpResponse:
    """What was read of the file, before it replaces what is loaded."""
    contexte = {
        "page": "tableau",
        "territoire": territoire,
        "lue": lue,
        "lignes": _lignes(lue["effectifs"]),
        "total": nombre(sum(lue["effectifs"].values())),
        "form": ApercuForm(initial={"apercu": ApercuForm.signer(lue)}),
    }
    return render(request, "pilotage/population_apercu.html", contexte)


def _lignes(effectifs: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """Each band: its label, its inhabitants, their share."""
    total = sum(effectifs.values())
    return [
        (
            tranche.libelle,
            nombre(effectifs.get(tranche.code, 0)),
            pourcent(effectifs.get(tranche.code, 0), total),
        )
        for tranche in tranches_d_age()
    ]
