"""Long lists of options as HTML: a filter bar has several hundreds of them."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe


def options(choix: Iterable[tuple[str, str]], choisie: str) -> SafeString:
    """The options of a list, (value, label), the one chosen selected."""
    return mark_safe(
        "".join(
            f'<option value="{escape(valeur)}"{" selected" if valeur == choisie else ""}>'
            f"{escape(libelle)}</option>"
            for valeur, libelle in choix
        )
    )


def options_groupees(
    groupes: Iterable[tuple[str, Iterable[tuple[str, str]]]], choisie: str
) -> SafeString:
    """The same under headings."""
    return mark_safe(
        "".join(
            f'<optgroup label="{escape(nom)}">{options(choix, choisie)}</optgroup>'
            for nom, choix in groupes
        )
    )
