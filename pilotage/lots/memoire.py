"""What a batch hides, kept with it: the next one hides it again where nothing advanced.

A reader remembers. What was hidden once may not be shown later of the very same counts, which the
new batch would complete with what it hides in turn.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np

from pilotage.lots.liste import Periode, cle, variables_de
from pilotage.lots.tranches import Nom, Table
from pilotage.protection.modele import Masques, Somme


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


def inchanges(
    gardes: Mapping[str, Any], anciennes: Sequence[Periode], periodes: Sequence[Periode]
) -> dict[str, np.ndarray]:
    """What a batch hid, and that counts as many now, by key of a table of `periodes`.

    `anciennes`: the periods of that batch, whose answers may be in another order or fewer.
    """
    avant = {periode.nom: periode for periode in anciennes}
    masques = {}
    for periode in periodes:
        ancienne = avant.get(periode.nom)
        caches = masques_de(gardes, [ancienne]) if ancienne is not None else {}
        for nom, table in periode.tables.items():
            identifiant = cle(nom, periode.nom)
            if identifiant not in caches:
                continue
            places, connues = _places(nom, ancienne, periode)
            memes = ancienne.tables[nom].cellules[places] == table.cellules
            masques[identifiant] = np.asarray(caches[identifiant][places] & memes & connues)
    return masques


def _places(nom: Nom, de: Periode, vers: Periode) -> tuple[tuple, np.ndarray]:
    """Where the cells of a table stand in the one of another batch; whether they were in it."""
    variables = variables_de(nom)
    if not variables:
        return (), np.array(True)
    places, connues = [], []
    for variable in variables:
        rangs = {code: rang for rang, code in enumerate(de.axes[variable].codes)}
        codes = vers.axes[variable].codes
        places.append([*(rangs.get(code, 0) for code in codes), -1])
        connues.append(np.array([*(code in rangs for code in codes), True]))
    return np.ix_(*places), reduce(np.logical_and.outer, connues)


def sommes_inchangees(
    gardes: Mapping[str, Any],
    anciennes: Sequence[Periode],
    periodes: Sequence[Periode],
    sommes: Sequence[Somme],
) -> set[tuple[str, str]]:
    """The key figures that a batch hid, and whose table counts as many now."""
    avant = {periode.nom: periode.tables for periode in anciennes}
    cachees = sommes_de(gardes)
    return {
        (somme.cle, periode.nom)
        for periode in periodes
        for somme in sommes
        if (somme.cle, periode.nom) in cachees
        and _meme(avant.get(periode.nom, {}), periode.tables, (somme.variable,))
    }


def _meme(avant: Mapping[Nom, Table], maintenant: Mapping[Nom, Table], nom: Nom) -> bool:
    return (
        nom in avant
        and nom in maintenant
        and np.array_equal(avant[nom].cellules, maintenant[nom].cellules)
    )


def sommes_de(gardes: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The key figures that a batch hides."""
    return {(nom, periode) for nom, periode, cache in gardes["sommes"] if cache}


def reunir(*tous: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What one or the other hides, by key of a table."""
    reunis: dict[str, np.ndarray] = {}
    for masques in tous:
        for identifiant, masque in masques.items():
            reunis[identifiant] = reunis[identifiant] | masque if identifiant in reunis else masque
    return reunis
