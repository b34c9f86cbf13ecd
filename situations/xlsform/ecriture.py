"""How our values are written in cells, and how names are made that XLSForm accepts."""

import json
import re
import unicodedata
from collections.abc import Container, Iterable

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

LANGUE = "Français (fr)"
# The mark of a workbook that we wrote, in its settings.
COLONNE_FORMAT, FORMAT = "bnr_format", "1"

_OUI = {"oui", "yes", "true", "true()", "vrai", "1"}
_NON = {"non", "no", "false", "false()", "faux", "0", ""}
_SUBSTITUTS = re.compile("[\ud800-\udfff]")
_NOM_DE_CHOIX = re.compile(r"[\w.\-]+", re.ASCII)
_NOM_DE_VARIABLE = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)
# pyxform keeps this one for itself.
_RESERVES = {"meta"}


def visible(texte: str, defaut: str = "") -> str:
    """`texte` as a cell shows it: no control character, and no `${…}`, which would be a reference."""
    texte = texte.replace("\r\n", "\n").replace("\r", "\n")
    texte = _SUBSTITUTS.sub("", ILLEGAL_CHARACTERS_RE.sub("", texte))
    return texte.replace("${", "$ {").strip() or defaut


def encoder(valeur: object) -> str:
    """A JSON value as a cell: texts as they are when nothing else reads so, JSON otherwise."""
    if isinstance(valeur, str) and visible(valeur) == valeur != "" and decoder(valeur) == valeur:
        return valeur
    # A dollar sign before a brace would be a reference for other tools.
    return json.dumps(valeur).replace("$", "\\u0024")


def decoder(cellule: str) -> object:
    """The inverse of `encoder`."""
    try:
        return json.loads(cellule)
    except (ValueError, RecursionError):
        return cellule


def oui_non(valeur: bool) -> str:
    return "oui" if valeur else "non"


def lire_oui_non(cellule: str) -> bool | None:
    """The boolean a cell says, None when it says something else."""
    mot = cellule.strip().casefold()
    return True if mot in _OUI else False if mot in _NON else None


def mot(texte: str, defaut: str = "x") -> str:
    """`texte` as a word of [a-z0-9_] that begins with a letter."""
    nu = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode().lower()
    nu = re.sub(r"[^a-z0-9]+", "_", nu).strip("_")
    return nu if nu[:1].isalpha() else f"{defaut}_{nu}".strip("_")


def unique(nom: str, pris: Container[str]) -> str:
    """`nom`, followed by a number when it is taken."""
    candidat, rang = nom, 1
    while candidat in pris:
        rang += 1
        candidat = f"{nom}_{rang}"
    return candidat


def nommer_variables(variables: Iterable[str]) -> dict[str, str]:
    """The XLSForm name of each variable: itself, unless XLSForm refuses it."""
    return _nommer(variables, _NOM_DE_VARIABLE, "q")


def nommer_choix(codes: Iterable[str]) -> dict[str, str]:
    """The XLSForm name of each code of one list, or of each list: itself, unless refused."""
    return _nommer(codes, _NOM_DE_CHOIX, "c")


def _nommer(noms: Iterable[str], admis: re.Pattern, defaut: str) -> dict[str, str]:
    noms = list(noms)
    bons = [nom for nom in noms if admis.fullmatch(nom) and nom not in _RESERVES]
    resultat = {nom: nom for nom in bons}
    pris = set(noms) | _RESERVES
    for nom in noms:
        if nom not in resultat:
            resultat[nom] = unique(mot(nom, defaut), pris)
            pris.add(resultat[nom])
    return resultat
