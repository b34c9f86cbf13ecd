"""The crossings that the comité technique shows to those who do not read situations."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from pilotage.actions import (
    DejaMontre,
    NonMontrable,
    TropDeMontres,
    TropDetaille,
    montrer_croisement,
    retirer_croisement,
)
from pilotage.demande import Demande
from pilotage.lots.plan import (
    CASES_AU_PLUS,
    MONTRES_AU_PLUS,
    cases_de,
    est_montrable,
    est_trop_detaille,
)
from pilotage.lots.tranches import Nom
from pilotage.models import CroisementMontre, Lot
from pilotage.preparation import preparer
from pilotage.presentation.noms import nom_de
from pilotage.presentation.typographie import nombre
from pilotage.variables import VariableComptee
from pilotage.views.lecteurs import lecteur_du_territoire
from pilotage.views.lots import echec_de
from territoires.acces import territoire_pour
from territoires.models import Territoire
from territoires.permissions import Action

NON_MONTRABLE = (
    "Le type d’organisme, le nombre de non-recours et les droits d’une même situation ne se croisent "
    "pas pour le comité de pilotage\u00a0: il en lit les tableaux."
)


def croisements_montres(
    territoire: Territoire, variables: Mapping[str, VariableComptee]
) -> list[tuple[CroisementMontre, str, str]]:
    """Those shown today: the crossing, its name, the address that asks it."""
    montres = CroisementMontre.objects.filter(territoire=territoire, retire_le=None)
    return [
        (
            montre,
            nom_du_croisement(montre.variables, variables),
            Demande(croisement=tuple(montre.variables)).adresse(),
        )
        for montre in montres.select_related("par")
        if all(variable in variables for variable in montre.variables)
    ]


def nom_du_croisement(codes: list[str], variables: Mapping[str, VariableComptee]) -> str:
    """« Droit × Type de non-recours »."""
    return " × ".join(nom_de(code, variables[code].libelle) for code in codes)


def pourquoi_non_montrable(croisement: Nom, variables: Mapping[str, VariableComptee]) -> str:
    """What to say of a crossing that may not be shown; nothing when it may."""
    if not est_montrable(croisement):
        return NON_MONTRABLE
    if est_trop_detaille(croisement, variables):
        return (
            f"Ce croisement a {nombre(cases_de(croisement, variables))} cases, presque toutes vides "
            "ou secrètes pour le comité de pilotage\u00a0: il n’en lit pas de plus de "
            f"{nombre(CASES_AU_PLUS)}. Pour le lui montrer, retirez une variable, ou prenez-en une "
            "qui ait moins de réponses."
        )
    return ""


def montrer(request: HttpRequest, slug: str) -> HttpResponse:
    """The crossings shown; posting one (`lignes`, `colonnes`, `onglets`) adds it."""
    territoire = territoire_pour(request, slug, Action.ANALYSER)
    parametres = request.POST.copy()
    parametres.pop("csrfmiddlewaretoken", None)
    preparation = preparer(lecteur_du_territoire(request, territoire), parametres)
    variables, croisement = preparation.variables, preparation.demande.croisement
    if request.method == "POST" and croisement is not None:
        nom = nom_du_croisement(list(croisement), variables)
        try:
            montrer_croisement(territoire=territoire, variables=croisement, par=request.user)
        except DejaMontre:
            messages.info(request, f"Le croisement «\u00a0{nom}\u00a0» est déjà montré.")
        except (NonMontrable, TropDetaille):
            messages.warning(request, pourquoi_non_montrable(croisement, variables))
        except TropDeMontres:
            messages.warning(
                request,
                f"{MONTRES_AU_PLUS} croisements sont déjà montrés\u00a0: retirez-en un pour montrer "
                f"«\u00a0{nom}\u00a0» à sa place. Chaque croisement oblige à cacher davantage "
                "d’effectifs dans tous les autres.",
            )
        else:
            messages.success(
                request,
                f"Le croisement «\u00a0{nom}\u00a0» sera dans les prochains chiffres du comité de pilotage.",
            )
        return redirect("pilotage:croisements", slug)
    if request.method == "POST":
        messages.warning(request, " ".join(preparation.ignores) or "Choisissez un croisement.")
    contexte = {
        "page": "tableau",
        "territoire": territoire,
        "montres": croisements_montres(territoire, variables),
        "echec": echec_de(territoire, Lot.Audience.TERRITOIRE),
    }
    return render(request, "pilotage/croisements.html", contexte)


def retirer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Takes a crossing off the list."""
    territoire = territoire_pour(request, slug, Action.ANALYSER)
    croisement = get_object_or_404(CroisementMontre, pk=pk, territoire=territoire)
    if request.method == "POST":
        retirer_croisement(croisement=croisement, par=request.user)
        messages.success(request, "Ce croisement ne sera plus dans les prochains chiffres.")
    return redirect("pilotage:croisements", slug)
