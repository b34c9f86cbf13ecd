"""The headers of a sheet: their names whatever their spelling, and the language they are in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .rapport import Carnet

_SYNONYMES = {
    "survey": {
        "relevance": "relevant",
        "caption": "label",
    },
    "choices": {"value": "name", "caption": "label", "list": "list_name"},
    "settings": {"title": "form_title", "id_string": "form_id", "set_form_title": "form_title"},
}
TRADUITES = {
    *("label", "hint", "guidance_hint", "constraint_message", "required_message"),
    *("image", "audio", "video", "media::image", "media::audio", "media::video"),
}
_FRANCAIS = re.compile(r"\bfr\b|fran[cç]ais|french", re.IGNORECASE)


@dataclass(slots=True)
class Colonne:
    """A column: the name we know it by, its header as written, its language ("" when unsaid)."""

    nom: str
    entete: str
    langue: str
    preference: int = 0
    est_signalee: bool = False


def lire_colonnes(feuille: str, entetes: Mapping[int, str], carnet: Carnet) -> dict[int, Colonne]:
    """The columns of a sheet by index; French comes first, then the language left unsaid."""
    colonnes: dict[int, Colonne] = {}
    vues: set[tuple[str, str]] = set()
    for rang, entete in entetes.items():
        nom, langue = _separer(feuille, " ".join(entete.split()))
        if (nom, langue) in vues:
            raison = "cet en-tête est en double\u00a0: seule la première colonne est lue."
            carnet.ecarter(feuille, 1, entete, raison)
            nom = f"{nom} (colonne {rang + 1})"
        vues.add((nom, langue))
        preference = 0 if _FRANCAIS.search(langue) else 1 if not langue else 2
        colonnes[rang] = Colonne(nom, entete, langue, preference)
    if (langues := {c.langue for c in colonnes.values() if c.nom == "label"}) and not any(
        c.preference < 2 for c in colonnes.values() if c.nom == "label"
    ):
        carnet.remarquer(
            f"Ce formulaire n’est pas écrit en français\u00a0: ses textes sont repris en {sorted(langues)[0]}."
        )
    return colonnes


def _separer(feuille: str, entete: str) -> tuple[str, str]:
    """("label", "Français (fr)") for « label::Français (fr) »; one colon does too."""
    if entete.startswith("bnr_"):
        return entete, ""
    base, _, langue = entete.partition("::")
    if base.lower() == "media":
        genre, _, langue = langue.partition("::")
        base = f"media::{genre}"
    elif not langue and ":" in base:
        base, _, langue = base.partition(":")
    base = base.strip().lower()
    base = _SYNONYMES.get(feuille, {}).get(base, base)
    base = base if "::" in base else base.replace(" ", "_")
    if base not in TRADUITES and langue:
        return entete.lower(), ""
    return base, langue.strip()
