"""Numbers in templates."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def milliers(nombre: int) -> str:
    """A whole number with its thousands apart: « 34 969 »."""
    return number_format(nombre, force_grouping=True)
