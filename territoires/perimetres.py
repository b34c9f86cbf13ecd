"""Official perimeters a territory may start from, and communes, found by their names.

Pure: reads the code officiel géographique (`territoires.referentiel`), once a process.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from territoires.referentiel import lire

NIVEAUX = ("epci", "departement", "region")
MAXIMUM = 20
_HORS_DES_MOTS = re.compile(r"[^a-z0-9]+")
_ABREGES = {"st": "saint", "ste": "sainte"}
_NATURES = {
    "CC": "Communauté de communes",
    "CA": "Communauté d’agglomération",
    "CU": "Communauté urbaine",
    "METRO": "Métropole",
    "MET69": "Métropole",
}


@dataclass(frozen=True, slots=True)
class Perimetre:
    """An EPCI, a département or a région (`niveau`), with how many communes and inhabitants.

    `nature`: what it is, in words; `nom`: its name, abbreviations written out.
    """

    niveau: str
    code: str
    nom: str
    nature: str
    communes: int
    population: int


@dataclass(frozen=True, slots=True)
class _Cible:
    """What can be found: `nom` normalised, `codes` by which it is found too."""

    valeur: Any
    nom: str
    codes: str
    population: int


def normaliser(texte: str) -> str:
    """Words in small letters without accents, separated by one space; « St » is « saint »."""
    nus = unicodedata.normalize("NFKD", texte.lower().replace("œ", "oe").replace("æ", "ae"))
    mots = _HORS_DES_MOTS.sub(" ", "".join(c for c in nus if not unicodedata.combining(c)))
    return " ".join(_ABREGES.get(mot, mot) for mot in mots.split())


@cache
def lire_perimetres() -> tuple[Perimetre, ...]:
    """Every EPCI, département and région that has communes."""
    regions = {ligne["code"]: ligne["region"] for ligne in lire("departements")}
    communes, habitants = Counter(), Counter()
    for ligne in lire("communes"):
        departement = ligne["departement"]
        for cle in (
            ("epci", ligne["epci"]),
            ("departement", departement),
            ("region", regions[departement]),
        ):
            communes[cle] += 1
            habitants[cle] += int(ligne["population"] or 0)
    listes = {"epci": "epci", "departement": "departements", "region": "regions"}
    return tuple(
        Perimetre(
            niveau=niveau,
            code=ligne["code"],
            nom=_nom_entier(ligne["nom"]),
            nature=_nature(niveau, ligne),
            communes=communes[niveau, ligne["code"]],
            population=habitants[niveau, ligne["code"]],
        )
        for niveau in NIVEAUX
        for ligne in lire(listes[niveau])
        if communes[niveau, ligne["code"]]
    )


def _nom_entier(nom: str) -> str:
    """« CC du Val » → « Communauté de communes du Val », with a typographic apostrophe."""
    debut, _, suite = nom.replace("'", "’").partition(" ")
    return f"{_NATURES[debut]} {suite}" if debut in _NATURES else f"{debut} {suite}".strip()


def _nature(niveau: str, ligne: dict[str, str]) -> str:
    if niveau == "epci":
        return _NATURES[ligne["type"]]
    return f"Département {ligne['code']}" if niveau == "departement" else "Région"


@cache
def _rang_des_perimetres() -> dict[tuple[str, str], Perimetre]:
    return {(p.niveau, p.code): p for p in lire_perimetres()}


def perimetre(niveau: str, code: str) -> Perimetre | None:
    """The perimeter of this level and official code, or None."""
    return _rang_des_perimetres().get((niveau, code))


def departements() -> list[Perimetre]:
    """All départements in the usual order: Corsica after 19, three figures last."""
    return sorted(
        (p for p in lire_perimetres() if p.niveau == "departement"),
        key=lambda p: (len(p.code), f"20{p.code[1]}" if p.code in ("2A", "2B") else p.code),
    )


def chercher_perimetres(texte: str) -> list[Perimetre]:
    """At most 20 perimeters whose names hold all the words, accents and case aside; best first.

    A word may be only begun; a département is also found by its number, an EPCI by its SIREN.
    """
    return _chercher(texte, _cibles_perimetres())


def chercher_communes(texte: str) -> list[str]:
    """INSEE codes of at most 20 communes, by name, INSEE code or postal code; best first."""
    return _chercher(texte, _cibles_communes())


@cache
def _cibles_perimetres() -> tuple[_Cible, ...]:
    return tuple(
        _Cible(p, normaliser(p.nom), p.code.lower(), p.population) for p in lire_perimetres()
    )


@cache
def _cibles_communes() -> tuple[_Cible, ...]:
    return tuple(
        _Cible(
            valeur=ligne["code"],
            nom=normaliser(ligne["nom"]),
            codes=f"{ligne['code'].lower()} {ligne['codes_postaux']}",
            population=int(ligne["population"] or 0),
        )
        for ligne in lire("communes")
    )


def _chercher(texte: str, cibles: Iterable[_Cible]) -> list[Any]:
    cherche = normaliser(texte)
    mots = [f" {mot}" for mot in cherche.split()]
    if not mots:
        return []
    trouvees = [
        cible
        for cible in cibles
        if all(mot in f" {cible.nom}" or mot in f" {cible.codes}" for mot in mots)
    ]
    trouvees.sort(
        key=lambda c: (c.nom != cherche, not c.nom.startswith(cherche), -c.population, c.nom)
    )
    return [cible.valeur for cible in trouvees[:MAXIMUM]]
