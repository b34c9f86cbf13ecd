"""One year of a territory: its tables, counted once and kept, and the prints of its situations."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

import numpy as np

# Lists that are not questions of the form, counted for the key figures and the path.
VALIDEES, ETAPES = "statut", "etape_du_parcours"
OUI, NON = "oui", "non"
DEMANDES, INFORMES, REPERES = "demandes", "informes", "reperes"

Nom = tuple[str, ...]
# How many situations each organisme brought, by place: an answer of each axis, None for its whole.
Apports = Mapping[tuple[str | None, ...], Mapping[int, int]]
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
    """Counts of a base by some variables, the whole of each axis last.

    `apports`: for the kinds of organisme alone, which are shown only when enough contribute.
    """

    base: str
    cellules: np.ndarray
    apports: Apports = field(default_factory=dict)

    def ecrire(self) -> dict[str, Any]:
        places = np.flatnonzero(self.cellules)
        apports = [[list(cle), list(par.items())] for cle, par in self.apports.items()]
        return {
            **({"apports": apports} if apports else {}),
            "base": self.base,
            "forme": list(self.cellules.shape),
            "places": places.tolist(),
            "effectifs": self.cellules.ravel()[places].tolist(),
        }

    @classmethod
    def lire(cls, lue: Mapping[str, Any]) -> Self:
        cellules = np.zeros(int(np.prod(lue["forme"])), dtype=np.int64)
        cellules[lue["places"]] = lue["effectifs"]
        apports = {tuple(cle): dict(par) for cle, par in lue.get("apports", ())}
        return cls(lue["base"], cellules.reshape(lue["forme"]), apports)


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
