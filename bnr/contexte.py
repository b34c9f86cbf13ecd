"""What every page needs: its header, and to stay private."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers

from territoires.permissions import (
    Action,
    ActionNationale,
    peut,
    peut_nationalement,
    territoires_de,
)


def entete(request):
    """The reader's territories, the current one and what its menu offers them."""
    contexte = {"en_demonstration": settings.EN_DEMONSTRATION}
    utilisateur = getattr(request, "user", None)
    if utilisateur is None or not utilisateur.is_authenticated:
        return contexte
    territoires = territoires_de(utilisateur)
    courant = getattr(request, "territoire", None)
    if courant is None:
        memorise = request.session.get("territoire")
        courant = next((t for t in territoires if t.slug == memorise), None)
        courant = courant or next(iter(territoires), None)
    menu = {
        action.name.lower(): courant is not None and peut(utilisateur, action, courant)
        for action in (Action.SAISIR, Action.RELIRE, Action.LIRE_TABLEAU, Action.ADAPTER)
    }
    menu["national"] = peut_nationalement(utilisateur, ActionNationale.LIRE_TABLEAU)
    return {**contexte, "territoires": territoires, "territoire_courant": courant, "menu": menu}


class PagesPrivees:
    """Middleware: what a signed-in person reads stays in no cache, not even this browser's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        reponse = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(reponse)
        return reponse
