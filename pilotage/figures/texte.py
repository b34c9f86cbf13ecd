"""Texts measured and cut in lines, in the font that the figures carry."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import matplotlib
from matplotlib.font_manager import get_font
from matplotlib.ft2font import LoadFlags

# The font shipped with matplotlib, by its file: the same on every machine, French accents included.
_DOSSIER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
POLICES = {
    (False, False): str(_DOSSIER / "DejaVuSans.ttf"),
    (True, False): str(_DOSSIER / "DejaVuSans-Bold.ttf"),
    (False, True): str(_DOSSIER / "DejaVuSans-Oblique.ttf"),
}
# Only ordinary spaces and hyphens may end a line: « 12 % » stays whole.
_MORCEAUX = re.compile(r"[^ \-]*-|[^ \-]+| +")


def nettoyer(texte: str) -> str:
    """Without control characters nor line breaks."""
    return "".join(" " if unicodedata.category(c)[0] == "C" else c for c in texte).strip(" ")


@lru_cache(maxsize=20_000)
def dessinable(texte: str) -> str:
    """What the font can draw; « \ufffd » stands for a letter that it does not have."""
    police = get_font(POLICES[False, False])
    return "".join(c if police.get_char_index(ord(c)) else "\ufffd" for c in nettoyer(texte))


@lru_cache(maxsize=20_000)
def largeur_de(texte: str, taille: float, gras: bool = False) -> float:
    """The width of a line of text, in the unit of `taille` (the size of the font)."""
    police = get_font(POLICES[gras, False])
    police.set_size(taille, 72)
    police.set_text(texte, 0, flags=LoadFlags.NO_HINTING)
    return police.get_width_height()[0] / 64


def couper(texte: str, largeur: float, taille: float, *, gras: bool = False) -> list[str]:
    """The text in lines no wider than `largeur`; a word that is wider is cut."""
    lignes = [""]
    for morceau in _MORCEAUX.findall(dessinable(texte)):
        if largeur_de(lignes[-1] + morceau.rstrip(), taille, gras) <= largeur:
            lignes[-1] += morceau
        elif morceau.strip():
            lignes.append("")
            for partie in _debiter(morceau, largeur, taille, gras):
                lignes[-1] = partie
                lignes.append("")
            lignes.pop()
    return [ligne.strip(" ") for ligne in lignes if ligne.strip(" ")] or [""]


def _debiter(mot: str, largeur: float, taille: float, gras: bool) -> list[str]:
    parties = [""]
    for lettre in mot:
        if parties[-1] and largeur_de(parties[-1] + lettre, taille, gras) > largeur:
            parties.append("")
        parties[-1] += lettre
    return parties


def plus_long_mot(texte: str, taille: float) -> float:
    """The width that the text needs so that no word is cut."""
    return max(
        (largeur_de(m, taille) for m in _MORCEAUX.findall(dessinable(texte)) if m.strip()),
        default=0,
    )
