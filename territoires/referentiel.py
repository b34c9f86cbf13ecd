"""Reference data of `territoires`: categories of organismes, code officiel géographique 2026.

Pure: reads the CSV files of the project.

Sources: code officiel géographique 2026 (Insee), intercommunalités (DGCL), codes postaux
(La Poste), under Licence Ouverte 2.0, from the package @etalab/decoupage-administratif 6.0.0.
"""

import csv
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DOSSIER = Path(__file__).parent / "donnees"
FICHIERS = ("regions", "departements", "epci", "communes", "organismes")


def lire(fichier: str) -> Iterator[dict[str, str]]:
    """Rows of one file (`communes`, `epci`…), as dictionaries of strings."""
    with (DOSSIER / f"{fichier}.csv").open(encoding="utf-8", newline="") as flux:
        yield from csv.DictReader(flux)


@cache
def lire_categories_organismes() -> tuple[dict[str, str], ...]:
    """The categories of organismes: code, libelle, role, competent (« 1 » when it grants rights)."""
    return tuple(lire("organismes"))


def empreinte() -> str:
    """SHA-256 of the reference files, in hexadecimal: changes when any of them does."""
    somme = hashlib.sha256()
    for fichier in FICHIERS:
        somme.update((DOSSIER / f"{fichier}.csv").read_bytes())
    return somme.hexdigest()
