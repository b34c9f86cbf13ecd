"""How a view gets its territory: through the permission, remembered for the header."""

from territoires.models import Territoire
from territoires.permissions import Action, territoire_permis


def entrer(request, territoire: Territoire) -> Territoire:
    """The territory the page is about: the header shows it, and the next pages start there."""
    request.territoire = territoire
    if request.session.get("territoire") != territoire.slug:
        request.session["territoire"] = territoire.slug
    return territoire


def territoire_pour(request, slug: str, action: Action) -> Territoire:
    """The territory of this slug if the reader may do `action` there; else 404 or 403."""
    return entrer(request, territoire_permis(request.user, slug, action))
