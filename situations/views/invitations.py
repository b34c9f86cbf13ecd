"""The page that an invitation's link opens: the noyau says which functions people may have."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from situations import noyau
from territoires.views import invitations


@never_cache
@login_not_required
def accepter(request: HttpRequest, cle: str) -> HttpResponse:
    """Who invites to what, then the seat."""
    fonctions = [(option["code"], option["libelle"]) for option in noyau.listes()["fonction"]]
    return invitations.accepter(request, cle, fonctions=fonctions)
