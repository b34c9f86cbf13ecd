"""The gestures of the review: each one posts, acts, and comes back to the situation or the queue."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime

from situations import actions
from situations.acces import gestes_postes, situation_a_relire
from situations.actions.relecture import GesteImpossible
from situations.forms import EcarterForm, MasquerForm, QualifierForm, RenvoyerForm
from situations.models import Situation
from situations.versions import definition_de
from situations.views.lecture import QUALIFIABLES, afficher, options_a_rattacher


def lue_le(request) -> datetime | None:
    """When what the page shows was last modified, as its form says it."""
    return parse_datetime(request.POST.get("lue_le", ""))


@gestes_postes
def valider(request, cle) -> HttpResponse:
    situation = situation_a_relire(request, cle)
    return _agir(
        request,
        situation,
        lambda: actions.valider(situation=situation, par=request.user, lue_le=lue_le(request)),
        f"Situation {situation.numero_dicte} validée.",
    )


@gestes_postes
def renvoyer(request, cle) -> HttpResponse:
    form = RenvoyerForm(request.POST, prefix="renvoyer")
    reussite = "Situation {} renvoyée à son auteur, avec votre message."
    return _agir_selon(request, cle, form, actions.renvoyer, reussite)


@gestes_postes
def ecarter(request, cle) -> HttpResponse:
    form = EcarterForm(request.POST, prefix="ecarter")
    reussite = "Situation {} écartée : elle n’est plus comptée."
    return _agir_selon(request, cle, form, actions.ecarter, reussite)


def _agir_selon(request, cle, form, action, reussite: str) -> HttpResponse:
    """A gesture that asks for words; shown again with what was typed when they are refused."""
    situation = situation_a_relire(request, cle)
    if not form.is_valid():
        return afficher(request, situation, formulaires={form.prefix: form})
    return _agir(
        request,
        situation,
        lambda: action(
            situation=situation, par=request.user, lue_le=lue_le(request), **form.cleaned_data
        ),
        reussite.format(situation.numero_dicte),
    )


@gestes_postes
def retablir(request, cle) -> HttpResponse:
    situation = situation_a_relire(request, cle)
    return _agir(
        request,
        situation,
        lambda: actions.retablir(situation=situation, par=request.user),
        f"Situation {situation.numero_dicte} rétablie : elle est de nouveau comptée, à relire.",
    )


@gestes_postes
def qualifier(request, cle, rang: int, variable: str) -> HttpResponse:
    situation = situation_a_relire(request, cle)
    ligne = situation.non_recours.filter(rang=rang).first()
    if variable not in QUALIFIABLES or ligne is None:
        raise Http404
    definition = definition_de(situation.version_id)
    options = options_a_rattacher(definition, variable, ligne.get_reponses())
    form = QualifierForm(request.POST, options=options, prefix=f"q{rang}-{variable}")
    if not form.is_valid():
        messages.error(request, "Choisissez dans la liste à quoi rattacher cette réponse.")
        return redirect(situation)
    return _agir(
        request,
        situation,
        lambda: actions.qualifier(
            situation=situation,
            rang=rang,
            variable=variable,
            code=form.cleaned_data["code"],
            par=request.user,
        ),
        "Réponse rattachée à la nomenclature ; l’originale reste dans l’historique.",
        retour=True,
    )


@gestes_postes
def masquer(request, cle, variable: str, rang: int | None = None) -> HttpResponse:
    situation = situation_a_relire(request, cle)
    if rang is not None and not situation.non_recours.filter(rang=rang).exists():
        raise Http404
    form = MasquerForm(request.POST, prefix="masquer")
    if not form.is_valid():
        messages.error(request, "Recopiez exactement le passage à masquer.")
        return redirect(situation)
    return _agir(
        request,
        situation,
        lambda: actions.masquer(
            situation=situation, variable=variable, rang=rang, par=request.user, **form.cleaned_data
        ),
        "Passage masqué pour tous ; l’original est effacé.",
        retour=True,
    )


def _agir(request, situation: Situation, geste, reussite: str, *, retour=False) -> HttpResponse:
    """Does the gesture, says what happened, and comes back: to the situation after a detail
    or a refusal, to the queue when the situation is done with."""
    try:
        geste()
    except GesteImpossible as erreur:
        messages.error(request, str(erreur))
        return redirect(situation)
    messages.success(request, reussite)
    if retour:
        return redirect(situation)
    return redirect("situations:relecture", situation.territoire.slug)
