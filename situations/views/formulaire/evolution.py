"""« Le socle a évolué » : what the noyau gained or retired, taken into the draft in one action."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from situations import adaptation, noyau
from situations.actions.adaptation import ouvrir_brouillon, prendre_noyau
from situations.models import EtatDuNoyau, Version
from situations.views.formulaire.atelier import PAGE, version_suivie
from territoires.acces import territoire_pour
from territoires.permissions import Action


def montrer(request, slug: str) -> HttpResponse:
    """The differences, then the gesture; the draft is opened for it when there is none."""
    territoire = territoire_pour(request, slug, Action.ADAPTER)
    suivie = version_suivie(territoire)
    if suivie.noyau == noyau.empreinte():
        messages.info(request, "Le formulaire suit déjà le socle commun d’aujourd’hui.")
        return redirect("situations:formulaire", slug)
    ancien, nouveau = noyau_de(suivie), noyau.document_noyau()
    if request.method == "POST":
        prendre_noyau(
            version=ouvrir_brouillon(territoire=territoire, par=request.user),
            geste=lambda document: adaptation.prendre_evolution(document, ancien, nouveau),
            par=request.user,
        )
        messages.success(request, "Les évolutions du socle sont dans le brouillon.")
        return redirect("situations:formulaire_brouillon", slug)
    return render(
        request,
        "formulaire/evolution.html",
        {
            **PAGE,
            "territoire": territoire,
            "differences": adaptation.evolution(ancien, nouveau, suivie.definition),
        },
    )


def noyau_de(version: Version) -> dict:
    """The noyau that a version was made from, as it was then.

    A state that this installation did not keep is found again in the form's first version, which
    is the whole noyau of its day.
    """
    etat = EtatDuNoyau.objects.filter(empreinte=version.noyau).first()
    if etat is not None:
        return etat.document
    return version.formulaire.versions.get(numero=1).definition
