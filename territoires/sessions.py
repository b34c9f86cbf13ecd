"""How long a session lasts: two hours without a gesture, twelve at most; the pages say it in time.

Two moments are kept in the session: when it opened, and the last gesture, written at most every
five minutes.
"""

from functools import cache
from time import time
from urllib.parse import urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from territoires import journal
from territoires.models import Utilisateur

OUVERTE_LE, VUE_LE = "ouverte_le", "vue_le"


def commencer(session) -> None:
    """Somebody has just logged in: both durations start."""
    session[OUVERTE_LE] = time()
    session.pop(VUE_LE, None)


def reste(session) -> int:
    """Seconds before the session closes, if nothing more is done."""
    maintenant = time()
    fin = session.get(VUE_LE, maintenant) + settings.SESSION_INACTIVITE
    return int(max(0, min(fin, _fin_absolue(session)) - maintenant))


def reste_prolongee(session) -> int:
    """Seconds before it would close if one did something now."""
    return int(max(0, min(settings.SESSION_INACTIVITE, _fin_absolue(session) - time())))


def _fin_absolue(session) -> float:
    return session.get(OUVERTE_LE, time()) + settings.SESSION_DUREE


def prolonger(request) -> None:
    """Writes that somebody is there, and from where, for the list of their sessions."""
    request.session[VUE_LE] = time()
    request.session.setdefault(OUVERTE_LE, request.session[VUE_LE])
    UserSession.objects.create_from_request(request)


def fermer(utilisateur: Utilisateur, *, sauf: str | None = None) -> None:
    """Ends the open sessions of a person at once, but the one of this key."""
    for session in UserSession.objects.filter(user=utilisateur).exclude(session_key=sauf):
        session.end()


@cache
def _adresse_de_l_etat() -> str:
    return reverse("etat_session")


class SessionLimitee:
    """Middleware: closes the session that lasted too long, notes the gesture of the others."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            if not reste(request.session):
                journal.ecrire("expirer", par=request.user, objet=request.user)
                request.session.flush()
                request.user = AnonymousUser()
            elif request.path != _adresse_de_l_etat() and self._est_a_noter(request.session):
                prolonger(request)
        return self.get_response(request)

    @staticmethod
    def _est_a_noter(session) -> bool:
        return time() - session.get(VUE_LE, 0) >= settings.SESSION_PAS


class ConnexionExigee(LoginRequiredMiddleware):
    """After logging in, one comes back to the page one was reading, not to where its form posts."""

    def handle_no_permission(self, request, view_func):
        venu_de = request.headers.get("Referer", "")
        if request.method in ("GET", "HEAD") or not url_has_allowed_host_and_scheme(
            venu_de, {request.get_host()}
        ):
            return super().handle_no_permission(request, view_func)
        page = urlsplit(venu_de)
        retour = f"{page.path}?{page.query}" if page.query else page.path
        return redirect_to_login(retour, self.get_login_url(view_func))
