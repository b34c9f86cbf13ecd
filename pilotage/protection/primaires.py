"""What must be hidden before any choice: small counts, and what would tell them by itself."""

from dataclasses import dataclass

import numpy as np

from pilotage.protection.modele import TOUT, Liste
from pilotage.protection.systeme import Systeme

ORGANISMES_AU_MOINS = 3
PART_AU_PLUS = 0.85
COUT_TOTAL, COUT_MARGE, COUT_CELLULE = 20, 2, 1


@dataclass(frozen=True, slots=True)
class Primaires:
    """Masks over the cells. `sensibles`: counts of 1 to threshold − 1; `dominees`: lines too few
    organismes contribute to; `caches`: these, the parts of small counts, the zeros of small lines.
    `zeros`: those zeros alone."""

    sensibles: np.ndarray
    dominees: np.ndarray
    caches: np.ndarray
    zeros: np.ndarray


def primaires_de(systeme: Systeme, liste: Liste, seuil: int) -> Primaires:
    """A part of a small count is hidden, even a zero: it would say to what the others belong."""
    vrai = systeme.vrai
    cachables = ~systeme.latentes & ~systeme.certaines
    sensibles = (vrai > 0) & (vrai < seuil) & cachables
    dominees = _dominees(systeme, liste) & (vrai > 0)
    parties = _parties(systeme, sensibles) & cachables
    caches = sensibles | dominees | parties
    return Primaires(sensibles, dominees & ~sensibles, caches, caches & (vrai == 0))


def _dominees(systeme: Systeme, liste: Liste) -> np.ndarray:
    masque = np.zeros(len(systeme.vrai), dtype=bool)
    for tableau in liste.tableaux:
        if tableau.dominance is not None:
            refusees = (tableau.dominance.contributeurs < ORGANISMES_AU_MOINS) | (
                tableau.dominance.part > PART_AU_PLUS
            )
            masque[systeme.cellules.ids_de(tableau)[refusees]] = True
    return masque


def _parties(systeme: Systeme, sensibles: np.ndarray) -> np.ndarray:
    """The cells that count a part of what a small cell counts."""
    masque = np.zeros(len(systeme.vrai), dtype=bool)
    blocs = systeme.cellules.blocs
    for (base, periode, variables), bloc in blocs.items():
        for (autre, p, reste), ensemble in blocs.items():
            dans_le_temps = p == TOUT and reste == variables and autre == base
            if autre not in (base, "situations") or not (p == periode or dans_le_temps):
                continue
            if len(set(variables)) < len(variables):
                if reste == () or reste == variables:
                    _marquer(masque, sensibles, bloc.ids, _comme(ensemble, bloc, reste, p))
            elif set(reste) <= set(variables) and len(set(reste)) == len(reste):
                _marquer(masque, sensibles, bloc.ids, _comme(ensemble, bloc, reste, p))
        if len(set(variables)) < len(variables):
            chacun = sensibles[bloc.ids.diagonal()]
            masque[bloc.ids[chacun | chacun[:, None]]] = True
    for (cle, periode), numero in systeme.cellules.sommes.items():
        masque[numero] |= sensibles[systeme.cellules.sommes.get((cle, TOUT), numero)]
        masque[numero] |= _total_petit(blocs, sensibles, periode)
    return masque


def _total_petit(blocs, sensibles: np.ndarray, periode: str) -> bool:
    total = blocs.get(("situations", periode, ()))
    return total is not None and bool(sensibles[total.ids])


def _comme(ensemble, bloc, reste: tuple[str, ...], periode: str) -> np.ndarray | None:
    """The cells of the whole, stretched to the shape of the part; None when domains differ."""
    variables = [axe.variable for axe in bloc.axes]
    communs = (
        bloc.axes
        if len(set(variables)) < len(variables) and reste
        else [bloc.axes[variables.index(v)] for v in reste]
    )
    if [a.modalites for a in ensemble.axes] != [a.modalites for a in communs]:
        return None
    if len(reste) == len(variables):
        return ensemble.ids
    forme = [len(axe.modalites) if axe.variable in reste else 1 for axe in bloc.axes]
    return ensemble.ids.reshape(forme)


def _marquer(masque, sensibles, ids, ensemble) -> None:
    if ensemble is not None:
        masque[ids[np.broadcast_to(sensibles[ensemble], ids.shape)]] = True


def couts(systeme: Systeme) -> np.ndarray:
    """What hiding each cell costs the reader; among equals, the smallest count costs least."""
    prix = np.array([COUT_TOTAL, COUT_MARGE, COUT_CELLULE], dtype=float)
    return prix[np.minimum(systeme.dimensions, 2)] + 0.002 * np.log1p(systeme.vrai)
