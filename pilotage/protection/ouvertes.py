"""Long lists: the names that are not shown tell nothing."""

import numpy as np

from pilotage.protection.systeme import Systeme


def taire_les_noms(systeme: Systeme, caches: np.ndarray) -> None:
    """Hides (in `caches`) the zero lines of a long list of which another line is hidden.

    They join it in « Autres réponses »: a hidden answer cannot be told from one never met. Hiding
    more leaves every proof true.
    """
    blocs = systeme.cellules.blocs
    for (base, periode, variables), bloc in blocs.items():
        for k, axe in enumerate(bloc.axes):
            marge = blocs.get((base, periode, (axe.variable,)))
            if not axe.ouverte or marge is None or len(set(variables)) < len(variables):
                continue
            if not caches[marge.ids].any():
                continue
            vides = systeme.vrai[marge.ids] == 0
            ids = np.moveaxis(bloc.ids, k, 0)[vides].ravel()
            caches[ids[~systeme.latentes[ids] & ~systeme.certaines[ids]]] = True
