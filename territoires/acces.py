"""How a view gets its territory: through the permission and the charter, remembered for the header."""

from territoires.charte import a_accepter
from territoires.models import Territoire
from territoires.permissions import Action, territoire_permis


class CharteAAccepter(Exception):
    """The reader holds a seat in this territory and has not accepted its charter in force.

    `bnr.portes` answers with the charter, whatever was asked.
    """

    def __init__(self, territoire: Territoire):
        super().__init__(str(territoire))
        self.territoire = territoire


def exiger_charte(utilisateur, *territoires: Territoire) -> None:
    """Raises CharteAAccepter when the person has a charter to accept before reading anything."""
    charte = a_accepter(utilisateur, *territoires)
    if charte is not None:
        raise CharteAAccepter(next(t for t in territoires if t.pk == charte.territoire_id))


def memoriser(request, territoire: Territoire) -> Territoire:
    """The territory the page is about: the header shows it, and the next pages start there."""
    request.territoire = territoire
    if request.session.get("territoire") != territoire.slug:
        request.session["territoire"] = territoire.slug
    return territoire


def entrer(request, territoire: Territoire) -> Territoire:
    """The one door of a territory's pages: its charter in force first, if one has a seat there."""
    exiger_charte(request.user, territoire)
    return memoriser(request, territoire)


def territoire_pour(request, slug: str, action: Action) -> Territoire:
    """The territory of this slug if the reader may do `action` there; else 404 or 403."""
    return entrer(request, territoire_permis(request.user, slug, action))
