"""What a batch hides, kept with it: the next one hides it again where nothing advanced."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pilotage.lots.liste import Periode, cle
from pilotage.protection.modele import Masques


def ecrire_masques(masques: Masques) -> dict[str, Any]:
    """What a batch keeps of what it hides."""
    return {
        "tableaux": {
            tableau.cle: np.flatnonzero(masque).tolist()
            for tableau, masque in zip(masques.liste.tableaux, masques.tableaux, strict=True)
        },
        "tailles": {tableau.cle: tableau.cellules.size for tableau in masques.liste.tableaux},
        "sommes": [[nom, periode, cache] for (nom, periode), cache in masques.sommes.items()],
    }


def imposes_par(
    gardes: Mapping[str, Any], periodes: Sequence[Periode], avancees: set[int]
) -> tuple[dict[str, np.ndarray], dict[tuple[str, str], bool]]:
    """What the years that did not advance showed and hid in the batch before, and will again.

    `gardes`: as `ecrire_masques` wrote it; the tables, then the key figures.
    """
    gardees = [p for p in periodes if p.nom.isdecimal() and int(p.nom) not in avancees]
    noms = {periode.nom for periode in gardees}
    sommes = {(nom, periode): cache for nom, periode, cache in gardes["sommes"] if periode in noms}
    return masques_de(gardes, gardees), sommes


def masques_de(gardes: Mapping[str, Any], periodes: Sequence[Periode]) -> dict[str, np.ndarray]:
    """What a batch hides of these tables, when it has them with the same answers."""
    connus, tailles = gardes["tableaux"], gardes["tailles"]
    masques = {}
    for periode in periodes:
        for nom, table in periode.tables.items():
            identifiant = cle(nom, periode.nom)
            if tailles.get(identifiant) == table.cellules.size:
                masque = np.zeros(table.cellules.size, dtype=bool)
                masque[connus[identifiant]] = True
                masques[identifiant] = masque.reshape(table.cellules.shape)
    return masques
