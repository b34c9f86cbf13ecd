"""Pages about one's own account that allauth does not have: its sessions, how long this one lasts."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from territoires import journal, sessions


@require_POST
def fermer_session(request, pk: int) -> HttpResponse:
    """Ends one of one's own sessions; one's present one is a logout."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    journal.ecrire("fermer_session", par=request.user, objet=session)
    end_sessions(request, [session])
    if not request.user.is_authenticated:
        return redirect(get_adapter().get_logout_redirect_url(request))
    messages.success(request, "Cette session est fermée.")
    return redirect("usersessions_list")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def etat_session(request) -> JsonResponse:
    """How long the session will last: reading it prolongs nothing, posting is a gesture."""
    if not request.user.is_authenticated:
        return JsonResponse({"ouverte": False})
    if request.method == "POST":
        sessions.prolonger(request)
    reste = sessions.reste(request.session)
    return JsonResponse(
        {
            "ouverte": True,
            "personne": request.user.pk,
            "reste": reste,
            "prolongeable": sessions.reste_prolongee(request.session)
            > max(reste, settings.SESSION_AVERTIR),
        }
    )
