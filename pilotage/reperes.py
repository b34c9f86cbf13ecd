"""National rates of non-recours published elsewhere, to be shown beside counts, never compared.

Pure: reads `donnees/reperes.csv`. A baromètre counts situations that were met, it has no rate;
hence the words of `AVERTISSEMENT` wherever one of these stands.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pilotage.presentation.noms import en_minuscule
from pilotage.presentation.typographie import FINE, INSECABLE

FICHIER = Path(__file__).parent / "donnees" / "reperes.csv"
AVERTISSEMENT = "à titre de repère, non comparable"
SANS_TAUX = "aucun taux national publié"


@dataclass(frozen=True, slots=True)
class Repere:
    """One published figure. `valeur`: in words, empty when no rate is known, which is worth saying.

    `droits`: codes of the rights of the noyau that it is about. `annee`: the year measured, None
    when not known. `champ`: of whom.
    """

    droits: tuple[str, ...]
    libelle: str
    valeur: str
    annee: int | None
    champ: str
    source: str
    adresse: str
    remarque: str


@cache
def lire_reperes() -> tuple[Repere, ...]:
    """All the reference points, in the order of the file."""
    with FICHIER.open(encoding="utf-8", newline="") as flux:
        return tuple(
            Repere(
                droits=tuple(ligne["droits"].split("|")),
                libelle=_typographier(ligne["libelle"]),
                valeur=_typographier(ligne["valeur"]),
                annee=int(ligne["annee"]) if ligne["annee"] else None,
                champ=_typographier(ligne["champ"]),
                source=_typographier(ligne["source"]),
                adresse=ligne["adresse"],
                remarque=_typographier(ligne["remarque"]),
            )
            for ligne in csv.DictReader(flux)
        )


def reperes_du_droit(droit: str) -> tuple[Repere, ...]:
    """Those about a right of the noyau, by its code; for a local right, ask with the core one."""
    return tuple(repere for repere in lire_reperes() if droit in repere.droits)


def phrase_de(repere: Repere) -> str:
    """« RSA : 34 % … (foyers éligibles ; Drees, 2018), à titre de repère, non comparable. »"""
    source = f"{repere.source}, {repere.annee}" if repere.annee else repere.source
    precisions = f"{FINE}; ".join(filter(None, (en_minuscule(repere.champ), source)))
    return (
        f"{repere.libelle}{INSECABLE}: {repere.valeur or SANS_TAUX} ({precisions}), "
        f"{AVERTISSEMENT}."
    )


def _typographier(texte: str) -> str:
    """No-break spaces where French wants them; the file is typed with ordinary ones."""
    return re.sub(r" (?=;)", FINE, re.sub(r" (?=[%€:])|(?<=≈) ", INSECABLE, texte))
