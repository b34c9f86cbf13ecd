"""The dated and signed steps of a situation."""

from django.utils import timezone

from situations.models import Evenement, Situation
from territoires import journal


def noter(
    situation: Situation, geste: Evenement.Geste, *, par, message="", details=None
) -> Evenement:
    """Keeps one step of the situation's life, and its line in the journal."""
    journal.ecrire(geste.value, par=par, territoire=situation.territoire, objet=situation)
    return Evenement.objects.create(
        situation=situation,
        geste=geste,
        par=par,
        le=timezone.now(),
        message=message,
        details=details or {},
    )
