"""Counts the tables of one year of a territory, those of its list and those of the core alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import numpy as np

from pilotage.calculees import NOMBRE_DE_DROITS
from pilotage.comptage import Compteur, base_de
from pilotage.croiser import PAR_EFFECTIF
from pilotage.demande import Demande
from pilotage.faits import Faits
from pilotage.instantane.selection import VALIDEE
from pilotage.lots.tranches import (
    DEMANDES,
    ENSEMBLE,
    ETAPES,
    INFORMES,
    NON,
    NON_RECOURS,
    OUI,
    REPERES,
    VALIDEES,
    Apports,
    AxeNomme,
    Nom,
    Noyau,
    Table,
    Tranche,
)
from pilotage.parcours import suivre
from pilotage.presentation.noms import nom_de
from pilotage.statistiques import MOIS, ligne_du_mois
from pilotage.variables import CATEGORIE


@dataclass(frozen=True, slots=True)
class Comptage:
    """How to count years: what of, which tables, and what the form says of multiple choices.

    `choix`: variable → (most answers, answers that exclude the others). `categories`: organisme →
    its kind.
    """

    faits: Faits
    territoires: frozenset[int]
    tables: Sequence[Nom]
    noyau: Sequence[Nom]
    choix: Mapping[str, tuple[int | None, tuple[str, ...]]]
    categories: Mapping[int, str]

    def tranche(
        self,
        annee: int,
        arretee_le: date,
        empreintes: Mapping[str, str],
        organismes: Mapping[int, int],
    ) -> Tranche:
        """`organismes`: those who wrote, and how many situations each."""
        return Tranche(
            annee,
            arretee_le,
            empreintes,
            tuple(sorted(organismes)),
            *self._compter(annee, self.tables, organismes, noyau=False),
            Noyau(*self._compter(annee, self.noyau, organismes, noyau=True)),
        )

    def _compter(
        self, annee: int, noms: Sequence[Nom], organismes: Mapping[int, int], *, noyau: bool
    ):
        compteur = Compteur.depuis(self.faits, Demande(annee=annee), self.territoires, noyau)
        axes: dict[str, AxeNomme] = {}
        tables = {
            ENSEMBLE: Table("situations", np.array(compteur.nombre("situations"))),
            NON_RECOURS: Table("non_recours", np.array(compteur.nombre("non_recours"))),
        }
        for variable, (axe, table) in _calculees(compteur, annee).items():
            axes[variable], tables[variable,] = axe, table
        for nom in noms:
            if all(v in self.faits.colonnes for v in nom):
                for variable in nom:
                    axes[variable] = self._axe(compteur, variable)
                tables[nom] = _cooccurrence(compteur) if _est_double(nom) else _table(compteur, nom)
        if (CATEGORIE,) in tables:
            apports = self._apports(organismes)
            tables[CATEGORIE,] = replace(tables[CATEGORIE,], apports=apports)
        return axes, tables

    def _apports(self, organismes: Mapping[int, int]) -> Apports:
        apports: dict[tuple[str | None, ...], dict[int, int]] = {}
        for organisme, combien in sorted(organismes.items()):
            categorie = self.categories.get(organisme, "")
            apports.setdefault((categorie,), {})[organisme] = combien
        return apports

    def _axe(self, compteur: Compteur, variable: str) -> AxeNomme:
        colonne = self.faits.colonnes[variable]
        modalites = [tuple(m) for m in colonne.membres(compteur.noyau).modalites]
        imprevues = tuple(code for code, _, _ in modalites if code and code not in colonne.listees)
        maximum, exclusives = self.choix.get(variable, (None, ()))
        if variable == NOMBRE_DE_DROITS:
            modalites = [(_au_moins_trois(code), *reste) for code, *reste in modalites[:-1]]
        return AxeNomme(
            nom_de(variable, colonne.variable.libelle),
            tuple(modalites),
            colonne.variable.multiple,
            maximum,
            exclusives,
            variable in PAR_EFFECTIF or (bool(imprevues) and variable != NOMBRE_DE_DROITS),
            tuple(code for code, _, raffine in modalites if raffine or code in imprevues),
        )


def _au_moins_trois(code: str) -> str:
    """The protection names the last number of rights « 3+ »."""
    return "3+" if code == "3" else code


def _est_double(nom: Nom) -> bool:
    return len(set(nom)) < len(nom)


def _table(compteur: Compteur, nom: Nom) -> Table:
    """Every cell and every margin, each counted on rows: multiple answers do not add up."""
    colonnes = [compteur.faits.colonnes[variable] for variable in nom]
    base = base_de(*colonnes)
    croisees = compteur.croiser(colonnes, base)
    formes = [len(m.modalites) for m in croisees.membres]
    cellules = np.zeros([forme + 1 for forme in formes], dtype=np.int64)
    for combien in range(len(nom) + 1):
        for axes in combinations(range(len(nom)), combien):
            place = tuple(slice(None, -1) if k in axes else -1 for k in range(len(nom)))
            cellules[place] = croisees.sommer(*axes) if axes else compteur.nombre(base)
    for k, variable in enumerate(nom):
        if variable == NOMBRE_DE_DROITS:
            # Each situation has at least one: nobody is without an answer.
            cellules = np.delete(cellules, formes[k] - 1, axis=k)
    return Table(base, cellules)


def _cooccurrence(compteur: Compteur) -> Table:
    """Situations by pair of rights; the diagonal and the margins are the counts of each right."""
    colonne = compteur.faits.droits
    membres = colonne.membres(compteur.noyau)
    par_ensemble = compteur.par_ensemble(colonne.source, colonne.largeur, "situations")
    paires, seuls = membres.reunir(par_ensemble), membres.partager(par_ensemble)
    np.fill_diagonal(paires, seuls)
    marges = np.append(seuls, compteur.nombre("situations"))
    return Table("situations", np.vstack([np.column_stack([paires, seuls]), marges]))


def _calculees(compteur: Compteur, annee: int) -> dict[str, tuple[AxeNomme, Table]]:
    """The status, the months of the year, the steps of the path."""
    validees = compteur.par_ensemble(VALIDEE, 2, "situations")[::-1]
    rangs, effectifs = compteur.mois()
    janvier = (annee - 2000) * 12
    mois = np.bincount(rangs - janvier, effectifs, minlength=12).astype(np.int64)
    lignes = [ligne_du_mois(janvier + rang, 0) for rang in range(12)]
    calculees = {
        VALIDEES: (
            AxeNomme("Validées", ((OUI, "Oui", None), (NON, "Non", None))),
            _simple("situations", validees),
        ),
        MOIS: (
            AxeNomme("Mois d’observation", tuple((n.code, n.libelle, None) for n in lignes)),
            _simple("situations", mois),
        ),
    }
    parcours = suivre(compteur)
    if parcours is not None:
        etapes = [
            parcours.demandes,
            parcours.informes - parcours.demandes,
            parcours.reperes - parcours.informes,
        ]
        codes = (DEMANDES, INFORMES, REPERES)
        calculees[ETAPES] = (
            AxeNomme("Étape du parcours", tuple((code, code, None) for code in codes)),
            _simple("non_recours", np.array(etapes)),
        )
    return calculees


def _simple(base: str, effectifs: np.ndarray) -> Table:
    return Table(base, np.append(effectifs, effectifs.sum()).astype(np.int64))
