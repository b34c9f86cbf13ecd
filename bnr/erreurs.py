"""Error pages."""

import sys
from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from bnr.journaux import BASE_ABSENTE
from territoires import journal
from territoires.models import Journal


def erreur_serveur(request):
    """500, or 503 when the database does not answer: neither page needs the database."""
    if isinstance(sys.exc_info()[1], BASE_ABSENTE):
        reponse = HttpResponse(render_to_string("503.html"), status=503)
        reponse["Retry-After"] = "10"
        return reponse
    return HttpResponse(render_to_string("500.html"), status=500)


def acces_refuse(request, exception=None):
    """403, and a line of the journal: somebody inside asked for what their role does not permit."""
    if request.user.is_authenticated and request.resolver_match:
        journal.ecrire(
            request.resolver_match.view_name,
            par=request.user,
            territoire=getattr(request, "territoire", None),
            objet=getattr(request, "objet", None),
            resultat=Journal.Resultat.REFUSE,
        )
    return render(request, "403.html", status=403)


def demande_refusee(request, exception=None):
    return render(request, "400.html", status=400)


def jeton_refuse(request, reason=""):
    """The page was open for too long, or its session changed: what was typed is still in it."""
    return render(request, "403_csrf.html", status=403)


def page_absente(request, exception=None):
    return render(request, "404.html", status=404)


def trop_d_essais(request):
    """429, rendered once: whoever tries thousands of passwords costs no more than that."""
    return HttpResponse(_page_des_essais(), status=429)


@cache
def _page_des_essais() -> str:
    return render_to_string("429.html", {"en_demonstration": settings.EN_DEMONSTRATION})
