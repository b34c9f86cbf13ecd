"""The end of typing: all that was typed, what is missing, and the number once transmitted."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from situations import actions
from situations.acces import noter_lecture, situation_a_saisir
from situations.brouillon import ce_qui_manque, etapes, prefixe_de, textes_douteux
from situations.models import Situation
from situations.moteur.relecture import relire
from situations.versions import definition_de
from situations.views.saisie import deja_transmise


def transmettre(request, cle) -> HttpResponse:
    """Shows all that was typed and what is missing; transmits when nothing is."""
    situation = situation_a_saisir(request, cle)
    if not situation.est_modifiable:
        return deja_transmise(request, situation)
    if request.method == "POST":
        try:
            with transaction.atomic():
                # Judged while locked: no other tab empties an answer in between.
                situation = actions.verrouiller(situation)
                if _transmettre(request, situation):
                    return redirect("situations:transmise", situation.cle)
        except actions.DejaTransmise:
            return deja_transmise(request, Situation.objects.get(pk=situation.pk))
    return _montrer_avant_de_transmettre(request, situation)


def _transmettre(request, situation: Situation) -> bool:
    """Transmits when nothing is missing and every doubtful text was confirmed; says whether."""
    douteux = [texte.cle for texte in textes_douteux(situation)]
    if ce_qui_manque(situation) or not set(douteux) <= set(request.POST.getlist("confirme")):
        return False
    actions.transmettre(situation=situation, par=request.user, confirmes=douteux)
    return True


def _montrer_avant_de_transmettre(request, situation: Situation) -> HttpResponse:
    douteux = textes_douteux(situation)
    confirmes = [texte.cle for texte in douteux if texte.cle in request.POST.getlist("confirme")]
    noter_lecture(request, situation)
    definition = definition_de(situation.version_id)
    lignes = situation.non_recours_gardes()
    reponses = situation.get_reponses()
    return render(
        request,
        "situations/transmettre.html",
        {
            "page": "situations",
            "situation": situation,
            "sections": relire(definition, reponses, [ligne.get_reponses() for ligne in lignes]),
            "manques": [decrire(manque, definition, lignes) for manque in ce_qui_manque(situation)],
            "douteux": douteux,
            "confirmes": confirmes,
            "a_confirmer": request.method == "POST" and len(confirmes) < len(douteux),
            "etapes": etapes(situation, definition),
            "non_informee": reponses.get("personne_informee") == "non",
        },
    )


def decrire(manque, definition, lignes) -> dict[str, str]:
    """What is missing, in words, and the address where the reader finds it."""
    ligne = lignes[manque.rang - 1] if manque.rang else None
    ancre = f"q-{prefixe_de(ligne)}{manque.variable}" if manque.variable else "contenu"
    titre = definition.section(manque.section).titre
    return {
        "section": manque.section,
        "ancre": ancre,
        "ou": f"Droit n°\u00a0{manque.rang}" if manque.rang else titre,
        "question": definition.question(manque.variable).libelle if manque.variable else titre,
        "message": manque.message,
    }


def transmise(request, cle) -> HttpResponse:
    """« C’est transmis » : the number to keep, and what comes next."""
    situation = situation_a_saisir(request, cle)
    if situation.numero is None:
        raise Http404
    return render(
        request, "situations/transmise.html", {"page": "situations", "situation": situation}
    )
