"""Writing the journal: the one way, called by every action and every reading of a situation."""

from collections.abc import Iterable
from contextvars import ContextVar
from ipaddress import ip_address

from django.conf import settings

from territoires.models import Journal, Territoire

adresse_courante: ContextVar[str | None] = ContextVar("adresse_courante", default=None)


def ecrire(geste: str, *, par, territoire=None, objet=None, resultat=Journal.Resultat.FAIT) -> None:
    """Adds one line: `par` did `geste` on `objet`, from the address of the current request."""
    _ligne(geste, par, territoire, objet, resultat).save()


def ecrire_partout(geste: str, *, par, territoires: Iterable[Territoire]) -> None:
    """Adds one line in each of these territories."""
    fait = Journal.Resultat.FAIT
    Journal.objects.bulk_create(_ligne(geste, par, lieu, None, fait) for lieu in territoires)


def _ligne(geste: str, par, territoire, objet, resultat) -> Journal:
    return Journal(
        utilisateur_id=par.pk if par is not None else None,
        territoire_id=territoire.pk if territoire is not None else None,
        geste=geste,
        objet=objet._meta.object_name if objet is not None else "",
        objet_id=str(objet.pk) if objet is not None else "",
        adresse=adresse_courante.get(),
        resultat=resultat,
    )


def _adresse(request) -> str | None:
    """The reader's IP address; None when what names it is no address."""
    adresse = request.META.get("REMOTE_ADDR", "")
    if settings.DERRIERE_UN_PROXY:
        adresse = request.headers.get("X-Forwarded-For", adresse).rpartition(",")[2].strip()
    try:
        return str(ip_address(adresse))
    except ValueError:
        return None


class AdresseDOrigine:
    """Middleware: remembers where the request comes from, for the journal.

    Behind the proxy that production requires, that is the last address the proxy wrote.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        jeton = adresse_courante.set(_adresse(request))
        try:
            return self.get_response(request)
        finally:
            adresse_courante.reset(jeton)
