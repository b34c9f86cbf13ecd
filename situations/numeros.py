"""The number of a transmitted situation: eight digits, said two by two, the last one a check.

Drawn at random, so that a number tells nothing of when or how many; a misheard digit or two
neighbours swapped give a number that does not exist (Luhn, ISO/IEC 7812-1 annex B).
"""

import secrets


def cle_de_luhn(chiffres: str) -> str:
    """The check digit that completes `chiffres`."""
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (2 if rang % 2 == 0 else 1)
        somme += valeur - 9 if valeur > 9 else valeur
    return str(-somme % 10)


def tirer() -> str:
    """A new number, not starting with 0 so that it is never taken for a telephone's."""
    chiffres = str(secrets.randbelow(9_000_000) + 1_000_000)
    return chiffres + cle_de_luhn(chiffres)


def lire(texte: str) -> str | None:
    """The number written or dictated in `texte` (« 48 29 31 75 »), or None if it is not one."""
    chiffres = "".join(texte.split()).replace(".", "").replace("-", "")
    if len(chiffres) != 8 or not (chiffres.isascii() and chiffres.isdecimal()):
        return None
    return chiffres if cle_de_luhn(chiffres[:7]) == chiffres[7] else None
