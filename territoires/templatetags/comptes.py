"""What the pages about accounts show: a browser in words, what a script reads in an attribute."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()

# In this order: Edge and Opera also say Chrome, Chrome also says Safari.
NAVIGATEURS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMES = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def _premier(mots: dict[str, str], texte: str) -> str:
    return next((nom for mot, nom in mots.items() if mot in texte), "")


@register.filter
def appareil(user_agent: str) -> str:
    """« Firefox sur Windows », from what the browser says of itself."""
    navigateur, systeme = _premier(NAVIGATEURS, user_agent), _premier(SYSTEMES, user_agent)
    if navigateur and systeme:
        return f"{navigateur} sur {systeme}"
    return navigateur or systeme or "Navigateur inconnu"


@register.filter(name="json")
def en_json(valeur) -> str:
    """Written in an attribute, escaped as any text."""
    return json.dumps(valeur, cls=DjangoJSONEncoder)
