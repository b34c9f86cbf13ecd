"""Telephone numbers as one writes them on a door: read, written the same way, made into links.

Pure.
"""

import re

SEPARATEURS = re.compile(r"[\s.\-/()\u202f\u00a0]+")
# 115, 3646, 116 117: what one dials in France without the ten digits.
COURT = re.compile(r"1\d{2}|3\d{3}|1\d{3}|116\d{3}|118\d{3}")
NATIONAL = re.compile(r"0[1-9]\d{8}")
ETRANGER = re.compile(r"\+[1-9]\d{6,14}")


def normaliser(texte: str) -> str:
    """« 01.99.00.12.34 » and « +33 1 99 00 12 34 » → « 01 99 00 12 34 »; « 3646 » stays so.

    "" for a blank text. Raises ValueError for what is no telephone number.
    """
    compact = SEPARATEURS.sub("", texte.replace("(0)", ""))
    if not compact:
        return ""
    if compact.startswith("0033"):
        compact = f"+33{compact[4:]}"
    if compact.startswith("+33"):
        compact = f"0{compact[3:]}"
    if NATIONAL.fullmatch(compact):
        return " ".join(compact[i : i + 2] for i in range(0, 10, 2))
    if COURT.fullmatch(compact):
        return f"{compact[:3]} {compact[3:]}" if len(compact) == 6 else compact
    if ETRANGER.fullmatch(compact):
        return compact
    raise ValueError(texte)


def lien(telephone: str) -> str:
    """The address that dials a normalised number: « tel:+33199001234 », « tel:3646 »."""
    compact = SEPARATEURS.sub("", telephone)
    if NATIONAL.fullmatch(compact):
        return f"tel:+33{compact[1:]}"
    return f"tel:{compact}"
