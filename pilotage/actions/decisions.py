"""What the committees decide: written, then never erased; a decision is at most cancelled."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from pilotage.models import Decision
from territoires import journal
from territoires.models import Comite


@transaction.atomic
def decider(
    *,
    comite: Comite,
    nature: str,
    intitule: str,
    texte: str = "",
    du: date | None = None,
    au: date | None = None,
    prise_le: date,
    par,
) -> Decision:
    """Writes a decision that this committee took on that day.

    `du`, `au`: first and last months concerned, by their first day.
    """
    decision = Decision.objects.create(
        comite=comite,
        nature=nature,
        intitule=intitule,
        texte=texte,
        du=du,
        au=au,
        prise_le=prise_le,
        par=par,
    )
    journal.ecrire("decider", par=par, territoire=comite.territoire, objet=decision)
    return decision


@transaction.atomic
def annuler_decision(*, decision: Decision, par) -> None:
    """Says that a decision no longer holds; it stays readable. Cancelled once: the first counts."""
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.annulee_le is not None:
        return
    decision.annulee_le, decision.annulee_par = timezone.now(), par
    decision.save(update_fields=["annulee_le", "annulee_par"])
    territoire = decision.comite.territoire
    journal.ecrire("annuler_decision", par=par, territoire=territoire, objet=decision)
