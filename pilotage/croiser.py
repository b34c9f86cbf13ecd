"""Crossings of two or three variables, exact, before any secrecy. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pilotage.comptage import Compteur, base_de
from pilotage.instantane.selection import DECLARANT, Base
from pilotage.presentation.noms import nom_de
from pilotage.resultats import Croisement, CroisementEnOnglets, Dominance, Onglet
from pilotage.variables import Colonne, Membres

# Long lists: the most frequent first, and only what was met. The others keep their list's order.
PAR_EFFECTIF = frozenset(
    {"droit", "motif_principal", "motifs_secondaires", "organisme", "categorie"}
)


def croiser(compteur: Compteur, *variables: str) -> Croisement | CroisementEnOnglets:
    """The crossing of two variables; of three, one crossing for each answer of the third."""
    colonnes = [compteur.faits.colonnes[variable] for variable in variables]
    base = base_de(*colonnes)
    deux, total = colonnes[:2], compteur.nombre(base)
    croisees = compteur.sommer(deux, base)
    membres = [colonne.membres(compteur.noyau) for colonne in colonnes]
    # With one answer a row, cells sum to their margins.
    simples = all(m.est_simple for m in membres[:2])
    marges = (
        (croisees.sum(axis=1), croisees.sum(axis=0))
        if simples
        else tuple(compteur.sommer([colonne], base) for colonne in deux)
    )
    tableau = _Tableau(deux, base, membres[:2], tuple(map(_ordre, deux, membres, marges)))
    dominance = dominance_de(compteur, deux, base)
    ensemble = tableau.remplir(croisees, *marges, total, dominance)
    if len(colonnes) == 2:
        return ensemble
    cellules = compteur.croiser(colonnes, base)
    cubes = cellules.sommer(0, 1, 2), cellules.sommer(0, 2), cellules.sommer(1, 2)
    effectifs = cellules.sommer(2)
    dominance = dominance_de(compteur, colonnes, base)
    modalites = membres[2].modalites
    troisieme = colonnes[2].variable
    return CroisementEnOnglets(
        variable=troisieme.code,
        libelle=nom_de(troisieme.code, troisieme.libelle),
        ensemble=ensemble,
        onglets=tuple(
            Onglet(
                modalites[k].code,
                modalites[k].libelle,
                tableau.remplir(
                    *(cube[..., k] for cube in cubes),
                    int(effectifs[k]),
                    dominance and tuple(table[..., k] for table in dominance),
                ),
            )
            for k in _ordre(colonnes[2], membres[2], effectifs).tolist()
        ),
    )


@dataclass(frozen=True, slots=True)
class _Tableau:
    """A crossing to fill: its columns of facts, the ranks of its lines and columns, in order."""

    colonnes: list[Colonne]
    base: str
    membres: list[Membres]
    ordres: tuple[np.ndarray, np.ndarray]

    def remplir(self, cellules, marge_lignes, marge_colonnes, total, dominance) -> Croisement:
        (i, j), variables = self.ordres, [colonne.variable for colonne in self.colonnes]
        noms = [nom_de(variable.code, variable.libelle) for variable in variables]
        lignes, colonnes = (
            tuple([membres.noms[k] for k in ordre.tolist()])
            for membres, ordre in zip(self.membres, self.ordres, strict=True)
        )
        return Croisement(
            ligne=variables[0].code,
            colonne=variables[1].code,
            libelle_ligne=noms[0],
            libelle_colonne=noms[1],
            base=self.base,
            lignes=lignes,
            colonnes=colonnes,
            cellules=tuple(map(tuple, cellules.take(i, 0).take(j, 1).tolist())),
            marge_lignes=tuple(marge_lignes.take(i).tolist()),
            marge_colonnes=tuple(marge_colonnes.take(j).tolist()),
            total=total,
            multiple=any(variable.multiple for variable in variables),
            dominance=dominance
            and tuple(
                dominances_de(*(table[k].take(j) for table in dominance)) for k in i.tolist()
            ),
        )


def _ordre(colonne: Colonne, membres: Membres, marges: np.ndarray) -> np.ndarray:
    """The ranks of what was met, in the order shown; « Sans réponse » last."""
    if colonne.variable.code not in PAR_EFFECTIF:
        return marges.nonzero()[0]
    rangs = np.append(membres.par_frequence(marges), len(marges) - 1)
    return rangs[marges.take(rangs) > 0]


def dominance_de(compteur: Compteur, colonnes: Sequence[Colonne], base: Base):
    """The two tables of `Cellules.dominer`; None when no axis is the kind of organisme."""
    for axe, colonne in enumerate(colonnes):
        if colonne.source == DECLARANT:
            cellules = compteur.croiser(colonnes, base)
            return cellules.dominer(cellules.ensembles[axe])
    return None


def dominances_de(organismes: np.ndarray, parts: np.ndarray) -> tuple[Dominance, ...]:
    """One for each count of a line of these tables."""
    return tuple(map(Dominance, organismes.tolist(), parts.tolist()))
