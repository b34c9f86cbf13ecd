"""Words for situations in templates."""

from collections.abc import Mapping

from django import template

from situations.models import Evenement, Situation

register = template.Library()


@register.filter
def demande_du_comite(situation: Situation) -> str:
    """What the technical committee last asked its author to complete."""
    messages = [
        e.message for e in situation.evenements.all() if e.geste == Evenement.Geste.RENVOYER
    ]
    return messages[-1] if messages else ""


@register.filter
def libelle(libelles: Mapping[str, str], code: str) -> str:
    """The label of a right; its code when this version of the form no longer has it."""
    return libelles.get(code, code)
