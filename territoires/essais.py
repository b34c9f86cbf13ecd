"""Wrong passwords and codes: an account that locks tells its owner, once a lock."""

from hashlib import sha256

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache

from territoires import courriels
from territoires.models import Utilisateur

# A lock that an attacker keeps closed is told once a day.
UN_JOUR = 24 * 3600


def prevenir_si_verrouille(request, cle: str, compte: Utilisateur | None) -> None:
    """After a failure counted under `cle`: if it was the last allowed, tells the owner.

    The same work for an address that no account has: its worker finds nobody to tell.
    """
    reste = ratelimit.consume(
        request,
        app="allauth.account",
        action="login_failed",
        config={"login_failed": settings.ESSAIS_PAR_COMPTE},
        key=cle,
        dry_run=True,
    )
    if reste is None and cache.add(_marque(cle), True, timeout=UN_JOUR):
        courriels.prevenir_du_verrou.enqueue(
            compte.pk if compte else None, request.build_absolute_uri("/")
        )


def oublier(cle: str) -> None:
    """The owner is back: the next lock will be told again."""
    cache.delete(_marque(cle))


def _marque(cle: str) -> str:
    return f"comptes:verrou:{sha256(cle.encode()).hexdigest()}"
