"""Reading one situation whole, with what happened to it and what the reader may do of it."""

from django.http import HttpResponse
from django.shortcuts import render

from situations.acces import noter_lecture, situation_visible
from situations.forms import EcarterForm, MasquerForm, QualifierForm, RenvoyerForm
from situations.models import Situation
from situations.moteur.conditions import criteres, est_offerte
from situations.moteur.genres import GENRES
from situations.moteur.relecture import relire
from situations.versions import definition_de
from territoires.permissions import Action, peut

# Which precision an « autre » carries, and where the comité technique attaches it.
QUALIFIABLES = {"droit": "droit_precision", "motif_principal": "motif_precision"}


def lire(request, cle) -> HttpResponse:
    return afficher(request, situation_visible(request, cle))


def afficher(request, situation: Situation, *, formulaires=None, statut=200) -> HttpResponse:
    """The page of a situation; `formulaires` replaces by name those that were refused."""
    noter_lecture(request, situation)
    definition = definition_de(situation.version_id)
    lignes = situation.non_recours_gardes()
    blocs = [ligne.get_reponses() for ligne in lignes]
    relit = (
        peut(request.user, Action.RELIRE, situation.territoire) and situation.statut != "brouillon"
    )
    contexte = {
        "page": "relecture" if relit else "situations",
        "situation": situation,
        "sections": relire(definition, situation.get_reponses(), blocs),
        "evenements": situation.evenements.select_related("par"),
        "est_auteur": situation.auteur_id == request.user.pk,
        "relit": relit,
        "renvoyer": RenvoyerForm(prefix="renvoyer"),
        "ecarter": EcarterForm(prefix="ecarter"),
        "masquer": MasquerForm(prefix="masquer"),
        "a_qualifier": a_qualifier(definition, lignes) if relit else [],
        "textes": textes_libres(definition, situation, lignes) if relit else [],
        **(formulaires or {}),
    }
    return render(request, "situations/lire.html", contexte, status=statut)


def a_qualifier(definition, lignes) -> list[dict]:
    """Each « autre » that the comité technique can attach to the nomenclature."""
    resultat = []
    for ligne in lignes:
        reponses = ligne.get_reponses()
        for variable, precision in QUALIFIABLES.items():
            if reponses.get(variable) == "autre":
                options = options_a_rattacher(definition, variable, reponses)
                resultat.append(
                    {
                        "rang": ligne.rang,
                        "variable": variable,
                        "precision": reponses.get(precision, ""),
                        "form": QualifierForm(options=options, prefix=f"q{ligne.rang}-{variable}"),
                    }
                )
    return resultat


def options_a_rattacher(definition, variable: str, reponses: dict) -> list:
    """The options of the nomenclature that go with the other answers of this right."""
    question = definition.question(variable)
    admis = criteres(question.filtre, reponses)
    return [
        option
        for option in definition.options(question)
        if est_offerte(option, question.filtre, admis)
    ]


def textes_libres(definition, situation: Situation, lignes) -> list[dict]:
    """The free texts that hold something to mask, with where each one lives."""
    porteurs = [(None, situation.get_reponses())] + [
        (ligne.rang, ligne.get_reponses()) for ligne in lignes
    ]
    return [
        {"rang": rang, "variable": variable, "texte": reponses[variable], "question": question}
        for rang, reponses in porteurs
        for variable, question in definition.questions.items()
        if GENRES[question.genre].est_texte and variable in reponses
    ]
