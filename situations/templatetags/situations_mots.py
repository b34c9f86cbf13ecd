"""Words for situations in templates."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def libelle(libelles: Mapping[str, str], code: str) -> str:
    """The label of a right; its code when this version of the form no longer has it."""
    return libelles.get(code, code)
