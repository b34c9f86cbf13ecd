"""Words that make or unmake a name, and the lengths of IBANs, read once from `lexique.toml`."""

import tomllib
from pathlib import Path

_LISTES = {
    nom: frozenset(mots.split())
    for nom, mots in tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    ).items()
}

TITRES_ABREGES = _LISTES["titres_abreges"]
TITRES = _LISTES["titres"] | TITRES_ABREGES
TITRES_A_MAJUSCULE = _LISTES["titres_a_majuscule"]
TITRES_SANS_CAPITALES = _LISTES["titres_sans_capitales"]
PARTICULES = _LISTES["particules"]
ARTICLES = _LISTES["articles"]
PRENOMS = _LISTES["prenoms"]
LIEUX = _LISTES["lieux"]
GRAMMAIRE = _LISTES["grammaire"]
MOTS_DU_METIER = (
    _LISTES["institutions"] | _LISTES["sigles"] | _LISTES["fonctions"] | LIEUX | TITRES
) - PRENOMS

LONGUEURS_IBAN = {pays[:2]: int(pays[2:]) for pays in sorted(_LISTES["ibans"])}
