"""What the protector says may be imagined, named as the attacker names counts.

Nothing is believed of it: the attacker checks each state against all that it knows itself.
"""

from itertools import product

import numpy as np
from scipy.sparse import csr_matrix

from pilotage.protection.modele import TOUT, Imagines

Nom = tuple


def placer(imagines: Imagines, rangs: dict[Nom, int]) -> tuple[np.ndarray, csr_matrix]:
    """A count for each of the attacker's names (nan: not said), and one row of differences with
    them for each state.

    Joint cells that are imagined by year are summed for « since the beginning ».
    """
    place, dans_tout = (np.full(len(imagines.vrai), -1) for _ in range(2))
    sommees = set()
    for (base, periode, variables), (modalites, ids) in imagines.noms.items():
        if len(set(variables)) < len(variables):
            continue
        lues = [[(v, m) for m in codes] for v, codes in zip(variables, modalites, strict=True)]
        reponses = [frozenset(r) for r in product(*lues)]
        place[ids.ravel()] = [rangs.get((base, periode, r), -1) for r in reponses]
        if periode != TOUT and (base, TOUT, variables) not in imagines.noms:
            dans_tout[ids.ravel()] = [rangs.get((base, TOUT, r), -1) for r in reponses]
            sommees.add((base, frozenset(variables)))
    _placer_cooccurrences(imagines, rangs, place)
    for (cle, periode), numero in imagines.sommes.items():
        for base in ("situations", "non_recours"):
            nom = (base, periode, frozenset({("somme", cle)}))
            place[numero] = rangs.get(nom, place[numero])
    vrai = np.full(len(rangs), np.nan)
    for (base, periode, reponses), rang in rangs.items():
        if periode == TOUT and (base, frozenset(v for v, _ in reponses)) in sommees:
            vrai[rang] = 0
    for places in (place, dans_tout):
        dites = np.flatnonzero(places >= 0)
        vrai[places[dites]] = np.nan_to_num(vrai[places[dites]]) if places is dans_tout else 0
        np.add.at(vrai, places[dites], imagines.vrai[dites])
    ecarts = _ecarts(imagines, place, len(rangs)) + _ecarts(imagines, dans_tout, len(rangs))
    return vrai, ecarts


def _placer_cooccurrences(imagines: Imagines, rangs: dict[Nom, int], place: np.ndarray) -> None:
    for (base, periode, variables), (modalites, ids) in imagines.noms.items():
        if len(set(variables)) == len(variables):
            continue
        codes = [(variables[0], m) for m in modalites[0]]
        for i, j in zip(*np.triu_indices(len(codes)), strict=True):
            nom = (base, periode, frozenset({codes[i], codes[j]}))
            if i == j:
                nom = ("non_recours", periode, frozenset({codes[i]}))
            place[ids[i, j]] = rangs.get(nom, -1)


def _ecarts(imagines: Imagines, place: np.ndarray, largeur: int) -> csr_matrix:
    lignes, colonnes, valeurs = [], [], []
    for rang, etat in enumerate(imagines.etats):
        dites = place[etat.cellules] >= 0
        cellules = etat.cellules[dites]
        lignes.append(np.full(len(cellules), rang))
        colonnes.append(place[cellules])
        valeurs.append(etat.valeurs[dites] - imagines.vrai[cellules])
    if not lignes:
        return csr_matrix((0, largeur))
    entrees = (np.concatenate(valeurs), (np.concatenate(lignes), np.concatenate(colonnes)))
    return csr_matrix(entrees, shape=(len(imagines.etats), largeur))
