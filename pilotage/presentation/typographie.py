"""Numbers, months and shares as French writes them. Imports nothing of the project."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

Base = Literal["situations", "non_recours"]

FINE = "\u202f"  # narrow no-break space: thousands, before ; ? !
INSECABLE = "\u00a0"  # no-break space: before : and %, inside « »

BASE_POUR_POURCENT = 20
BASE_SANS_AVERTISSEMENT = 30

_MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_UNITES: dict[Base, tuple[str, str]] = {
    "situations": ("situation", "situations"),
    "non_recours": ("non-recours", "non-recours"),
}


def nombre(entier: int) -> str:
    """1234 → « 1 234 »."""
    return f"{entier:,}".replace(",", FINE).replace("-", "−")


def decimal(valeur: float, chiffres: int = 1) -> str:
    """1.625 → « 1,6 »; the thousands are separated as in `nombre`."""
    texte = f"{valeur:,.{chiffres}f}"
    return texte.replace(",", FINE).replace(".", ",").replace("-", "−")


def pourcent(part: int, base: int) -> str:
    """« 12 % »; nothing under a base of 20.

    Rounded half up, but never to 0 % what is not zero nor to 100 % what is not the whole.
    """
    if base < BASE_POUR_POURCENT:
        return ""
    arrondi = (200 * part + base) // (2 * base)
    if arrondi == 0 and part > 0:
        return f"<{INSECABLE}1{INSECABLE}%"
    if arrondi == 100 and part < base:
        return f">{INSECABLE}99{INSECABLE}%"
    return f"{nombre(arrondi)}{INSECABLE}%"


def accorder(quantite: int, singulier: str, pluriel: str) -> str:
    """« 1 situation », « 2 situations »; zero is singular."""
    return f"{nombre(quantite)}{INSECABLE}{singulier if quantite < 2 else pluriel}"


def phrase_base(total: int, base: Base) -> str:
    """« 671 non-recours », « 1 situation »: how many, and what is counted."""
    return accorder(total, *_UNITES[base])


def avertissement(total: int, base: Base) -> str:
    """What to say of a small base; nothing from 30."""
    if total >= BASE_SANS_AVERTISSEMENT or total == 0:
        return ""
    if total < BASE_POUR_POURCENT:
        return (
            f"Moins de {BASE_POUR_POURCENT}{INSECABLE}{_UNITES[base][1]}{INSECABLE}: "
            "les pourcentages ne sont pas calculés."
        )
    return (
        f"Moins de {BASE_SANS_AVERTISSEMENT}{INSECABLE}{_UNITES[base][1]}{INSECABLE}: "
        "les pourcentages sont à lire avec prudence."
    )


def jour_en_mots(jour: date) -> str:
    """« 1er novembre 2026 », « 3 novembre 2026 »."""
    return f"{jour.day}{'er' if jour.day == 1 else ''} {nom_du_mois(f'{jour:%Y-%m}')}"


def nom_du_mois(mois: str) -> str:
    """« 2026-03 » → « mars 2026 »."""
    annee, numero = mois.split("-")
    return f"{_MOIS[int(numero) - 1]} {annee}"


def enumerer(termes: Sequence[str], conjonction: str) -> str:
    """« a, b ou c »."""
    if len(termes) < 2:
        return "".join(termes)
    return f"{', '.join(termes[:-1])} {conjonction} {termes[-1]}"


def intensite(part: float, reference: float) -> str:
    """The class of a cell's shade: « i0 » for nothing, « i1 » to « i10 » up to the reference."""
    if part <= 0 or reference <= 0:
        return "i0"
    return f"i{max(1, min(10, round(10 * part / reference)))}"
