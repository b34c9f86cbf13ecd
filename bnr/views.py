"""The front door: each role lands where its work is."""

from allauth.account.views import LoginView
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bnr import demonstration
from territoires import fournisseur
from territoires.permissions import (
    Action,
    ActionNationale,
    peut,
    peut_nationalement,
    territoires_de,
)


def accueil(request) -> HttpResponse:
    """Sends to the review queue, one's situations or the dashboard, whichever comes first."""
    territoires = territoires_de(request.user)
    memorise = request.session.get("territoire")
    territoires.sort(key=lambda territoire: territoire.slug != memorise)
    for territoire in territoires:
        for action, page in (
            (Action.RELIRE, "situations:relecture"),
            (Action.SAISIR, "situations:lister"),
            (Action.LIRE_TABLEAU, "pilotage:tableau_de_bord"),
        ):
            if peut(request.user, action, territoire):
                return redirect(page, territoire.slug)
    if peut_nationalement(request.user, ActionNationale.LIRE_TABLEAU):
        return redirect("pilotage:tableau_national")
    return render(request, "sans_territoire.html")


class Connexion(LoginView):
    """The login page; in demonstration it offers each account in one click."""

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        contexte["fournisseur"] = fournisseur.nom()
        if settings.EN_DEMONSTRATION:
            contexte["comptes_demonstration"] = demonstration.comptes()
        return contexte
