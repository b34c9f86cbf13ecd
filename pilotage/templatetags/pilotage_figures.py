"""The bars of distributions, drawn in the page: attributes only, no inline style."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def barre(largeur: int) -> SafeString:
    """A horizontal bar, `largeur` in percent of the room it has (0 to 100).

    Decorative: the count stands beside it as text. Raises ValueError out of these bounds.
    """
    if not 0 <= largeur <= 100:
        raise ValueError("a bar is from 0 to 100 percent long")
    return format_html(
        '<svg aria-hidden="true" focusable="false">'
        '<rect width="{}%" height="100%" rx="2"></rect></svg>',
        int(largeur),
    )
