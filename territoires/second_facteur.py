"""The second factor, for those whose roles require it: without one, nothing but getting one."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from territoires.comptes import a_un_second_facteur
from territoires.permissions import exige_second_facteur

DEMANDE = (
    "Votre rôle donne accès à des situations ou à des droits étendus\u00a0: il demande un second facteur. "
    "Ajoutez-en un pour continuer."
)
GUIDE = "/guide/"


class SecondFacteurExige:
    """Middleware: asked at each page, so that a new role is followed by its second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, args, kwargs) -> HttpResponse | None:
        # What logged out people read is refused to nobody.
        if not settings.SECOND_FACTEUR_EXIGE or not getattr(view_func, "login_required", True):
            return None
        if request.path.startswith((reverse("mon_compte"), GUIDE)):
            return None
        utilisateur = request.user
        if not exige_second_facteur(utilisateur) or a_un_second_facteur(utilisateur):
            return None
        return self._refuser(request)

    @staticmethod
    def _refuser(request) -> HttpResponse:
        if _est_un_script(request):
            lien = {"adresse": reverse("mfa_index"), "lien": "Ajouter un second facteur"}
            return JsonResponse({"message": DEMANDE, **lien}, status=403)
        if request.method in ("GET", "HEAD"):
            messages.warning(request, DEMANDE)
            return redirect("mfa_index")
        return render(
            request, "comptes/second_facteur_exige.html", {"demande": DEMANDE}, status=403
        )


def _est_un_script(request) -> bool:
    """Asked by a page's script, not by a reader who opens a page."""
    return "X-Enregistrement" in request.headers or request.headers.get("Sec-Fetch-Dest") == "empty"
