"""Continuing a draft on the version of the form that is in force."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from situations import actions
from situations.acces import noter_lecture, situation_a_saisir
from situations.changement import ce_qui_ne_suit_pas
from situations.models import Situation
from situations.versions import definition_de, version_en_vigueur


def changer_de_version(request, cle) -> HttpResponse:
    """Lists what cannot be kept, then moves the draft to the very version that was shown."""
    situation = situation_a_saisir(request, cle)
    version = version_en_vigueur(situation.territoire)
    if situation.statut != Situation.Statut.BROUILLON or version.pk == situation.version_id:
        return redirect(situation)
    nouvelle = definition_de(version.pk)
    if request.method == "POST" and request.POST.get("version") == str(version.pk):
        try:
            actions.changer_de_version(situation=situation, version=version, par=request.user)
        except actions.DejaTransmise:
            return redirect(situation)
        messages.success(request, "Votre brouillon suit maintenant le formulaire en vigueur.")
        return redirect("situations:saisir", situation.cle, nouvelle.sections[0].code)
    if request.method == "POST":
        messages.warning(
            request,
            "Une autre version vient d’être mise en vigueur : relisez ce qui ne peut pas suivre.",
        )
    noter_lecture(request, situation)
    perdues = ce_qui_ne_suit_pas(situation, definition_de(situation.version_id), nouvelle)
    return render(
        request,
        "situations/changer_de_version.html",
        {"page": "situations", "situation": situation, "version": version, "perdues": perdues},
    )
