"""What every page needs: its header, and to stay private."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers

from territoires.permissions import (
    Action,
    ActionNationale,
    peut,
    peut_nationalement,
    sans_animateur,
    territoires_de,
)
from territoires.sessions import reste

ACTIONS_DU_MENU = (
    Action.SAISIR,
    Action.RELIRE,
    Action.LIRE_TABLEAU,
    Action.ADAPTER,
    Action.LIRE_ANNUAIRE,
    Action.LIRE_COMITES,
    Action.LIRE_MEMBRES,
    Action.LIRE_JOURNAL,
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
        for action in ACTIONS_DU_MENU
    }
    contexte["cherche_animateur"] = (
        courant is not None
        and peut(utilisateur, Action.GERER_MEMBRES, courant)
        and sans_animateur(courant)
    )
    menu["territoire"] = menu["lire_comites"] or menu["lire_journal"]
    menu["national"] = peut_nationalement(utilisateur, ActionNationale.LIRE_TABLEAU)
    contexte["session_reste"] = reste(request.session)
    contexte["session_avertir"] = settings.SESSION_AVERTIR
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
