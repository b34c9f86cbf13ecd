"""One year of a territory: its tables, counted once and kept, and the prints of its situations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from itertools import combinations
from typing import Any, Self

import numpy as np

from pilotage.calculees import NOMBRE_DE_DROITS
from pilotage.comptage import Cellules, Compteur, base_de
from pilotage.demande import Demande
from pilotage.faits import Faits
from pilotage.instantane.selection import VALIDEE
from pilotage.parcours import suivre
from pilotage.presentation.noms import nom_de
from pilotage.statistiques import MOIS, PAR_EFFECTIF, ligne_du_mois

# Lists that are not questions of the form, counted for the key figures and the path.
VALIDEES, ETAPES = "statut", "etape_du_parcours"
OUI, NON = "oui", "non"
DEMANDES, INFORMES, REPERES = "demandes", "informes", "reperes"
SITUATIONS_AU_MOINS = 10

Nom = tuple[str, ...]
ENSEMBLE: Nom = ()
NON_RECOURS: Nom = ("non_recours",)


@dataclass(frozen=True, slots=True)
class AxeNomme:
    """A list of answers with their labels: (code, label, core code made more precise).

    `facultatives`: those that a reader does not expect when nobody gave them. See
    `protection.modele.Axe` for the others.
    """

    libelle: str
    modalites: tuple[tuple[str, str, str | None], ...]
    multiple: bool = False
    maximum: int | None = None
    exclusives: tuple[str, ...] = ()
    ouverte: bool = False
    facultatives: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _, _ in self.modalites)

    def ecrire(self) -> dict[str, Any]:
        return {nom: getattr(self, nom) for nom in self.__slots__}

    @classmethod
    def lire(cls, lu: Mapping[str, Any]) -> Self:
        return cls(
            lu["libelle"],
            tuple((code, libelle, raffine) for code, libelle, raffine in lu["modalites"]),
            lu["multiple"],
            lu["maximum"],
            tuple(lu["exclusives"]),
            lu["ouverte"],
            tuple(lu["facultatives"]),
        )


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of a base by some variables, the whole of each axis last."""

    base: str
    cellules: np.ndarray

    def ecrire(self) -> dict[str, Any]:
        places = np.flatnonzero(self.cellules)
        return {
            "base": self.base,
            "forme": list(self.cellules.shape),
            "places": places.tolist(),
            "effectifs": self.cellules.ravel()[places].tolist(),
        }

    @classmethod
    def lire(cls, lue: Mapping[str, Any]) -> Self:
        cellules = np.zeros(int(np.prod(lue["forme"])), dtype=np.int64)
        cellules[lue["places"]] = lue["effectifs"]
        return cls(lue["base"], cellules.reshape(lue["forme"]))


@dataclass(frozen=True, slots=True)
class Tranche:
    """One year as it was counted on `arretee_le`. `empreintes`: situation → print of its answers.

    `organismes`: those who wrote. `tables` are under the names of their variables, `noyau` the
    same for the core alone.
    """

    annee: int
    arretee_le: date
    empreintes: Mapping[str, str]
    organismes: tuple[int, ...]
    axes: Mapping[str, AxeNomme]
    tables: Mapping[Nom, Table]
    noyau: "Noyau"

    def ecrire(self) -> dict[str, Any]:
        return {
            "annee": self.annee,
            "arretee_le": self.arretee_le.isoformat(),
            "empreintes": dict(self.empreintes),
            "organismes": list(self.organismes),
            **_ecrire(self.axes, self.tables),
            "noyau": _ecrire(self.noyau.axes, self.noyau.tables),
        }

    @classmethod
    def lire(cls, lue: Mapping[str, Any]) -> Self:
        return cls(
            lue["annee"],
            date.fromisoformat(lue["arretee_le"]),
            lue["empreintes"],
            tuple(lue["organismes"]),
            *_lire(lue),
            Noyau(*_lire(lue["noyau"])),
        )

    def completee(self, autre: "Tranche") -> Self:
        """With the tables that the list did not have when this year was counted.

        `autre` is the same year counted now, of the very same situations.
        """
        nouvelles = {
            nom: table
            for nom, table in autre.tables.items()
            if nom not in self.tables
            and all(
                self.axes.get(v, autre.axes[v]) == autre.axes[v] for v in nom if v in autre.axes
            )
        }
        if not nouvelles:
            return self
        axes = {
            **{v: autre.axes[v] for nom in nouvelles for v in nom if v in autre.axes},
            **self.axes,
        }
        return replace(self, axes=axes, tables={**self.tables, **nouvelles})


@dataclass(frozen=True, slots=True)
class Noyau:
    """The tables of one year for all the territories side by side."""

    axes: Mapping[str, AxeNomme] = field(default_factory=dict)
    tables: Mapping[Nom, Table] = field(default_factory=dict)


def _ecrire(axes: Mapping[str, AxeNomme], tables: Mapping[Nom, Table]) -> dict[str, Any]:
    return {
        "axes": {variable: axe.ecrire() for variable, axe in axes.items()},
        "tables": [[list(nom), table.ecrire()] for nom, table in tables.items()],
    }


def _lire(lu: Mapping[str, Any]) -> tuple[dict[str, AxeNomme], dict[Nom, Table]]:
    return (
        {variable: AxeNomme.lire(axe) for variable, axe in lu["axes"].items()},
        {tuple(nom): Table.lire(table) for nom, table in lu["tables"]},
    )


def empreinte(mois: int, organisme: int | None, numeros: Iterable[int], blocs) -> str:
    """A short print of all that is counted of a situation but its status."""
    contenu = (mois, organisme, sorted(numeros), sorted(sorted(bloc) for bloc in blocs))
    return blake2b(repr(contenu).encode(), digest_size=8).hexdigest()


def changees(avant: Mapping[str, str], maintenant: Mapping[str, str]) -> int:
    """How many situations are new, changed or gone."""
    cles = avant.keys() | maintenant.keys()
    return sum(avant.get(cle) != maintenant.get(cle) for cle in cles)


def au_moins(seuil: int) -> int:
    """How many situations must have changed in a year for it to be counted again."""
    return max(SITUATIONS_AU_MOINS, 2 * seuil)


def pour_commencer(seuil: int) -> int:
    """How many situations a year must have to be shown at all: under it the number of situations
    and of non-recours, told together, would leave too little doubt."""
    return max(2 * SITUATIONS_AU_MOINS, 4 * seuil)


@dataclass(frozen=True, slots=True)
class Comptage:
    """How to count years: what of, which tables, and what the form says of multiple choices.

    `choix`: variable → (most answers, answers that exclude the others).
    """

    faits: Faits
    territoires: frozenset[int]
    tables: Sequence[Nom]
    noyau: Sequence[Nom]
    choix: Mapping[str, tuple[int | None, tuple[str, ...]]]

    def tranche(
        self, annee: int, arretee_le: date, empreintes: Mapping[str, str], organismes: Iterable[int]
    ) -> Tranche:
        return Tranche(
            annee,
            arretee_le,
            empreintes,
            tuple(sorted(organismes)),
            *self._compter(annee, self.tables, noyau=False),
            Noyau(*self._compter(annee, self.noyau, noyau=True)),
        )

    def _compter(self, annee: int, noms: Sequence[Nom], *, noyau: bool):
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
        return axes, tables

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
    presents = np.flatnonzero(par_ensemble)
    paires = Cellules([membres] * 2, [presents] * 2, par_ensemble[presents]).sommer(0, 1)
    seuls, total = np.diagonal(paires), compteur.nombre("situations")
    marges = np.append(seuls, total)
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
