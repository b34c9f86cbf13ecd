"""What readers have seen already: it is neither hidden again nor shown at last."""

from collections.abc import Collection, Mapping

import numpy as np

from pilotage.protection.liens import ORGANISMES
from pilotage.protection.modele import Liste
from pilotage.protection.systeme import Systeme


def imposer(
    systeme: Systeme,
    liste: Liste,
    imposes: Mapping[str, np.ndarray],
    sommes: Mapping[tuple[str, str], bool],
    a_cacher: Mapping[str, np.ndarray],
    sommes_a_cacher: Collection[tuple[str, str]],
) -> np.ndarray:
    """Counts what is imposed as shown among what everyone knows (`systeme.certaines`); the mask of
    what is imposed as hidden.

    A count that one table shows and another hides is shown.
    """
    caches, montres = (np.zeros(len(systeme.vrai), dtype=bool) for _ in range(2))
    for tableau in liste.tableaux:
        masque = imposes.get(tableau.cle)
        if masque is not None:
            ids = systeme.cellules.ids_de(tableau)
            caches[ids[masque]] = True
            montres[ids[~masque]] = True
        if tableau.cle in a_cacher:
            caches[systeme.cellules.ids_de(tableau)[a_cacher[tableau.cle]]] = True
    for cle, numero in systeme.cellules.sommes.items():
        if cle in sommes:
            (caches if sommes[cle] else montres)[numero] = True
        if cle in sommes_a_cacher:
            caches[numero] = True
    systeme.certaines[montres] = True
    return caches & ~montres


def savoir(systeme: Systeme, liste: Liste, connus: Mapping[str, np.ndarray], seuil: int) -> None:
    """Counts what readers know from elsewhere among what everyone knows, but small counts."""
    for tableau in liste.tableaux:
        if tableau.cle in connus:
            ids = systeme.cellules.ids_de(tableau)[connus[tableau.cle]]
            sus = ids[(systeme.vrai[ids] == 0) | (systeme.vrai[ids] >= seuil)]
            systeme.certaines[sus] = True


def garder_les_totaux(systeme: Systeme, seuil: int, caches: np.ndarray) -> np.ndarray:
    """Counts the totals of a period, from the threshold up, among what everyone knows; their mask.

    A table whose base is not told can hardly be read.
    """
    totaux = np.zeros(len(systeme.vrai), dtype=bool)
    for (base, _, variables), bloc in systeme.cellules.blocs.items():
        if not variables and base != ORGANISMES:
            totaux[bloc.ids] = systeme.vrai[bloc.ids] >= seuil
    totaux &= ~systeme.certaines & ~caches
    systeme.certaines[totaux] = True
    return totaux
