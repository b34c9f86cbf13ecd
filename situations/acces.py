"""How a view gets its situation: through the permission. Every reading leaves a journal line.

`request.objet` is the situation asked for, so that a refusal names it in the journal.
A view that shows the answers of a situation calls `noter_lecture`; a gesture leaves its own line.
"""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from situations.models import Situation
from territoires import journal
from territoires.acces import entrer
from territoires.permissions import Action, peut, roles_par_territoire


def situation_visible(request, cle) -> Situation:
    """A situation the reader may read; 404 outside their territories, 403 inside."""
    return _obtenir(request, Situation.objects.visibles_pour(request.user), cle)


def situation_a_saisir(request, cle) -> Situation:
    """A situation the reader wrote and may still type in their territory."""
    miennes = Situation.objects.visibles_pour(request.user).filter(auteur=request.user)
    situation = _obtenir(request, miennes, cle)
    if not peut(request.user, Action.SAISIR, situation.territoire):
        raise PermissionDenied
    return situation


def situation_a_relire(request, cle) -> Situation:
    """A transmitted situation that the reader reviews."""
    situation = _obtenir(request, Situation.objects.visibles_pour(request.user), cle)
    if not peut(request.user, Action.RELIRE, situation.territoire):
        raise PermissionDenied
    if situation.statut == Situation.Statut.BROUILLON:
        raise Http404
    return situation


def noter_lecture(request, situation: Situation) -> None:
    """The journal's line: the reader was shown this situation's answers."""
    journal.ecrire("lire", par=request.user, territoire=situation.territoire, objet=situation)


def gestes_postes(vue):
    """For a view that only acts: after a new login the browser asks for its address without the
    gesture, and the reader is told that nothing was done."""

    @wraps(vue)
    def poster(request, cle, **arguments):
        if request.method == "POST":
            return vue(request, cle, **arguments)
        situation_visible(request, cle)
        messages.warning(
            request, "Votre session s’était fermée : rien n’a été fait. Recommencez votre geste."
        )
        return redirect("situations:lire", cle)

    return poster


def _obtenir(request, visibles, cle) -> Situation:
    visibles = visibles.select_related("territoire", "auteur", "organisme")
    situation = visibles.prefetch_related("non_recours").filter(cle=cle).first()
    if situation is None:
        cachee = Situation.objects.select_related("territoire").filter(cle=cle).first()
        if cachee is None or cachee.territoire_id not in roles_par_territoire(request.user):
            raise Http404
        request.territoire, request.objet = cachee.territoire, cachee
        raise PermissionDenied
    entrer(request, situation.territoire)
    request.objet = situation
    return situation
