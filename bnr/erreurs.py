"""Error pages, and what the operator reads when the database does not answer."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

BASE_ABSENTE = (OperationalError, InterfaceError)


class UneLigneSiBaseAbsente(logging.Filter):
    """One clear line instead of a traceback a request, when the database does not answer."""

    def filter(self, record):
        erreur = record.exc_info[1] if record.exc_info else None
        if isinstance(erreur, BASE_ABSENTE):
            cause = " ".join(str(erreur).split())
            record.msg, record.args = f"La base de données ne répond pas : {cause}", ()
            record.exc_info = record.exc_text = None
        return True


def erreur_serveur(request):
    """500, or 503 when the database does not answer: neither page needs the database."""
    if isinstance(sys.exc_info()[1], BASE_ABSENTE):
        reponse = HttpResponse(render_to_string("503.html"), status=503)
        reponse["Retry-After"] = "10"
        return reponse
    return HttpResponse(render_to_string("500.html"), status=500)


def acces_refuse(request, exception=None):
    return render(request, "403.html", status=403)


def demande_refusee(request, exception=None):
    return render(request, "400.html", status=400)


def jeton_refuse(request, reason=""):
    """The page was open for too long, or its session changed: what was typed is still in it."""
    return render(request, "403_csrf.html", status=403)


def page_absente(request, exception=None):
    return render(request, "404.html", status=404)
