"""Crossings of two or three variables, exact, before any secrecy. Pure."""

from dataclasses import dataclass

import numpy as np

from pilotage.comptage import Cellules, Compteur, base_de
from pilotage.instantane.selection import DECLARANT
from pilotage.presentation.noms import nom_de
from pilotage.resultats import Croisement, CroisementEnOnglets, Dominance, Onglet
from pilotage.variables import Colonne, Modalite

# Long lists: the most frequent first, and only what was met. The others keep their list's order.
PAR_EFFECTIF = frozenset(
    {"droit", "motif_principal", "motifs_secondaires", "organisme", "categorie"}
)


def croiser(compteur: Compteur, *variables: str) -> Croisement | CroisementEnOnglets:
    """The crossing of two variables; of three, one crossing for each answer of the third."""
    colonnes = [compteur.faits.colonnes[variable] for variable in variables]
    base = base_de(*colonnes)
    cellules = compteur.croiser(colonnes, base)
    total = compteur.nombre(base)
    croisees = cellules.sommer(0, 1)
    # With one answer a row, cells sum to their margins.
    simples = all(cellules.membres[axe].est_simple for axe in (0, 1))
    marges = (
        (croisees.sum(axis=1), croisees.sum(axis=0))
        if simples
        else (cellules.sommer(0), cellules.sommer(1))
    )
    deux = _Tableau(colonnes[:2], base, *_ordres(cellules, colonnes, marges))
    dominance = dominance_de(cellules, colonnes, (0, 1))
    ensemble = deux.remplir(croisees, *marges, total, dominance)
    if len(colonnes) == 2:
        return ensemble
    cubes = cellules.sommer(0, 1, 2), cellules.sommer(0, 2), cellules.sommer(1, 2)
    effectifs = cellules.sommer(2)
    dominance = dominance_de(cellules, colonnes, (0, 1, 2))
    modalites = cellules.membres[2].modalites
    troisieme = colonnes[2].variable
    return CroisementEnOnglets(
        variable=troisieme.code,
        libelle=nom_de(troisieme.code, troisieme.libelle),
        ensemble=ensemble,
        onglets=tuple(
            Onglet(
                modalites[k].code,
                modalites[k].libelle,
                deux.remplir(
                    *(cube[..., k] for cube in cubes),
                    int(effectifs[k]),
                    dominance and tuple(table[..., k] for table in dominance),
                ),
            )
            for k in _ordre(troisieme.code, modalites, effectifs)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Tableau:
    """A crossing to fill: its columns of facts, the ranks of its lines and columns, in order."""

    colonnes: list[Colonne]
    base: str
    modalites: tuple[tuple[Modalite, ...], tuple[Modalite, ...]]
    ordres: tuple[list[int], list[int]]

    def remplir(self, cellules, marge_lignes, marge_colonnes, total, dominance) -> Croisement:
        (i, j), variables = self.ordres, [colonne.variable for colonne in self.colonnes]
        noms = [nom_de(variable.code, variable.libelle) for variable in variables]
        lignes, colonnes = (
            tuple((modalites[k].code, modalites[k].libelle) for k in ordre)
            for modalites, ordre in zip(self.modalites, self.ordres, strict=True)
        )
        return Croisement(
            ligne=variables[0].code,
            colonne=variables[1].code,
            libelle_ligne=noms[0],
            libelle_colonne=noms[1],
            base=self.base,
            lignes=lignes,
            colonnes=colonnes,
            cellules=tuple(map(tuple, cellules[np.ix_(i, j)].tolist())),
            marge_lignes=tuple(marge_lignes[i].tolist()),
            marge_colonnes=tuple(marge_colonnes[j].tolist()),
            total=total,
            multiple=any(variable.multiple for variable in variables),
            dominance=dominance and tuple(tuple(domine(dominance, (a, b)) for b in j) for a in i),
        )


def _ordres(cellules: Cellules, colonnes: list[Colonne], marges: tuple[np.ndarray, np.ndarray]):
    """The modalities of the first two axes, and the ranks of those met, in the order shown."""
    modalites = tuple(cellules.membres[axe].modalites for axe in (0, 1))
    ordres = tuple(
        _ordre(colonnes[axe].variable.code, modalites[axe], marges[axe]) for axe in (0, 1)
    )
    return modalites, ordres


def _ordre(variable: str, modalites: tuple[Modalite, ...], marges: np.ndarray) -> list[int]:
    """The ranks of what was met, in the order shown; « Sans réponse » last."""
    *rangs, vide = range(len(modalites))
    if variable in PAR_EFFECTIF:
        rangs.sort(key=lambda k: (-marges[k], modalites[k].libelle, modalites[k].code))
    return [k for k in (*rangs, vide) if marges[k]]


def dominance_de(cellules: Cellules, colonnes: list[Colonne], axes: tuple[int, ...]):
    """The two tables of `Cellules.dominer`; None when no axis is the kind of organisme."""
    for axe, colonne in enumerate(colonnes):
        if colonne.source == DECLARANT:
            return cellules.dominer(cellules.ensembles[axe], *axes)
    return None


def domine(tables: tuple[np.ndarray, np.ndarray], place: tuple[int, ...]) -> Dominance:
    organismes, parts = tables
    return Dominance(int(organismes[place]), float(parts[place]))
