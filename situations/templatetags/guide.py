"""Links to the guide, from the very question where the doubt arises."""

from django import template
from django.urls import reverse

from situations.guide import reperes

register = template.Library()


@register.simple_tag
def repere(variable: str) -> str:
    """The address of the guide's section that helps to answer this question; empty when none."""
    section = reperes().get(variable)
    if section is None:
        return ""
    return f"{reverse('situations:guide_page', args=[section.page])}#{section.ancre}"
