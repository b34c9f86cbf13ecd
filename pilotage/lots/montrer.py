"""What may be displayed of a protected list, written as JSON: a hidden count is null.

A figure that is not given is absent. Read back by `pilotage.secret.du_lot` and by nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pilotage.calculees import NOMBRE_DE_DROITS
from pilotage.croiser import PAR_EFFECTIF
from pilotage.lots.liste import CONTRIBUTEURS, DISENT_LE_PARCOURS, TERRITOIRE, Periode, cle
from pilotage.lots.tranches import ENSEMBLE, ETAPES, NON_RECOURS, VALIDEES, AxeNomme, Nom
from pilotage.parcours import INCONNUE, ISSUES
from pilotage.protection.modele import Masques, Somme

CODE_AUTRES = "…"
AUTRES = "Autres réponses, rares ou cachées avec elles"
Montre = int | None


@dataclass(frozen=True, slots=True)
class Lignes:
    """The lines of one axis to show: their ranks and labels; `autres`: one more, hidden, for all
    those of which nothing is shown."""

    rangs: list[int]
    noms: list[list]
    autres: bool

    @property
    def tous(self) -> list[list]:
        return [*self.noms, [CODE_AUTRES, AUTRES, None]] if self.autres else self.noms


@dataclass(frozen=True)
class Montrer:
    """One protected list, ready to be written."""

    periodes: Sequence[Periode]
    masques: Masques
    croisements: Sequence[Nom]

    def __post_init__(self):
        vus = {
            tableau.cle: (tableau.cellules, masque)
            for tableau, masque in zip(
                self.masques.liste.tableaux, self.masques.tableaux, strict=True
            )
        }
        object.__setattr__(self, "_vus", vus)

    def ecrire(self) -> dict[str, Any]:
        """The years shown, latest last, then « tout »; by period, its figures."""
        montrees = [p for p in self.periodes if cle(ENSEMBLE, p.nom) in self._vus]
        return {
            "annees_ecartees": [int(annee) for annee in self.masques.annees_ecartees],
            "periodes": {periode.nom: self._periode(periode) for periode in montrees},
        }

    def ecrire_national(self) -> dict[str, Any]:
        """The same with, by period, the whole and each territory, by name."""
        montrees = [p for p in self.periodes if cle((TERRITOIRE,), p.nom) in self._vus]
        return {
            "annees_ecartees": [int(annee) for annee in self.masques.annees_ecartees],
            "periodes": {
                periode.nom: {
                    **self._part(periode, -1),
                    **self._chiffres(periode),
                    "territoires": {
                        nom: self._part(periode, rang)
                        for rang, (_, nom, _) in enumerate(periode.axes[TERRITOIRE].modalites)
                    },
                }
                for periode in montrees
            },
        }

    def _vu(self, nom: Nom, periode: Periode) -> list:
        """The counts of a table, None where hidden, as an array of objects."""
        cellules, masque = self._vus[cle(nom, periode.nom)]
        vus = np.array(cellules.tolist(), dtype=object).reshape(cellules.shape)
        vus[masque] = None
        return vus

    def _somme(self, nom: str, periode: Periode) -> Montre:
        if self.masques.sommes[nom, periode.nom]:
            return None
        somme = next(s for s in self.masques.liste.sommes if s.cle == nom)
        return self._valeur(somme, periode)

    def _valeur(self, somme: Somme, periode: Periode) -> int:
        noms = ((somme.variable,), (TERRITOIRE, somme.variable))
        nom = next(n for n in noms if cle(n, periode.nom) in self._vus)
        cellules = self._vus[cle(nom, periode.nom)][0]
        cellules = cellules[-1] if nom[0] == TERRITOIRE else cellules
        codes = periode.axes[somme.variable].codes
        return int(sum(cellules[k] for k, code in enumerate(codes) if code in somme.modalites))

    def _chiffres(self, periode: Periode) -> dict[str, Montre]:
        presentes = {nom for nom, p in self.masques.sommes if p == periode.nom}
        noms = {"validees": "validees", "cumul": "cumul", "plus_d_un_an": "plus_d_un_an"}
        noms |= {"droits_ouverts": "ouvert"}
        return {champ: self._somme(nom, periode) for champ, nom in noms.items() if nom in presentes}

    def _periode(self, periode: Periode) -> dict[str, Any]:
        distributions = {
            nom[0]: self._distribution(nom, periode)
            for nom in periode.tables
            if len(nom) == 1 and nom[0] in periode.axes and nom[0] not in (VALIDEES, ETAPES)
        }
        croisements = [
            self._croisement(nom, periode)
            for nom in self.croisements
            if nom in periode.tables and len(set(nom)) == len(nom)
        ]
        montree = {
            "situations": self._vu(ENSEMBLE, periode).item(),
            "non_recours": self._vu(NON_RECOURS, periode).item(),
            **self._chiffres(periode),
            "distributions": distributions,
            "croisements": croisements,
        }
        if cle(CONTRIBUTEURS, periode.nom) in self._vus:
            montree["contributeurs"] = self._vu(CONTRIBUTEURS, periode).item()
        if ("droit", "droit") in periode.tables:
            montree["cooccurrence"] = self._cooccurrence(periode)
        if (ETAPES,) in periode.tables and not self._le_parcours_se_devine(periode):
            montree["parcours"] = self._parcours(periode)
        return montree

    def _le_parcours_se_devine(self, periode: Periode) -> bool:
        return any(DISENT_LE_PARCOURS & set(nom) for nom in periode.tables)

    def _part(self, periode: Periode, rang: int) -> dict[str, Any]:
        """What is shown of one territory, or (−1) of all of them."""
        distributions = {}
        for nom in periode.tables:
            if len(nom) == 2 and nom[1] in periode.axes and nom[1] not in (VALIDEES, ETAPES):
                vus = self._vu(nom, periode)[rang]
                base = periode.tables[nom].base
                distributions[nom[1]] = _distribution(nom[1], periode.axes[nom[1]], base, vus)
        return {
            "situations": self._vu((TERRITOIRE,), periode)[rang],
            "non_recours": self._vu((TERRITOIRE, *NON_RECOURS), periode)[rang],
            "distributions": distributions,
            "croisements": [],
        }

    def _distribution(self, nom: Nom, periode: Periode) -> dict[str, Any]:
        (variable,) = nom
        vus, base = self._vu(nom, periode), periode.tables[nom].base
        return _distribution(variable, periode.axes[variable], base, vus)

    def _croisement(self, nom: Nom, periode: Periode) -> dict[str, Any]:
        """Two variables; of three, one crossing for each answer of the third and for all."""
        vus = self._vu(nom, periode)
        axes = [periode.axes[variable] for variable in nom]
        lignes, colonnes = (
            _lignes(variable, axe, np.moveaxis(vus, k, 0).reshape(vus.shape[k], -1))
            for k, (variable, axe) in enumerate(zip(nom[:2], axes[:2], strict=True))
        )
        base = periode.tables[nom].base
        multiple = any(axe.multiple for axe in axes[:2])
        commun = {
            "variables": list(nom),
            "libelles": [axe.libelle for axe in axes],
            "base": base,
            "multiple": multiple,
            "lignes": [ligne[:2] for ligne in lignes.tous],
            "colonnes": [colonne[:2] for colonne in colonnes.tous],
        }
        if len(nom) == 2:
            return {**commun, **_remplir(vus, lignes, colonnes)}
        onglets = _lignes(nom[2], axes[2], np.moveaxis(vus, 2, 0).reshape(vus.shape[2], -1))
        return {
            **commun,
            **_remplir(vus[..., -1], lignes, colonnes),
            "onglets": [
                [*ligne[:2], _remplir(vus[..., rang], lignes, colonnes)]
                for rang, ligne in zip(onglets.rangs, onglets.noms, strict=True)
            ],
        }

    def _cooccurrence(self, periode: Periode) -> dict[str, Any]:
        """Only the rights of which something is shown beside others; the diagonal is not given."""
        vus = self._vu(("droit", "droit"), periode)
        axe = periode.axes["droit"]
        rangs = [r for r in _lignes("droit", axe, vus).rangs if axe.codes[r]]
        utiles = [
            r
            for r in rangs
            if any(isinstance(vus[r, s], int) and vus[r, s] for s in rangs if s != r)
        ]
        return {
            "base": self._somme("cumul", periode),
            "droits": [list(axe.modalites[r][:2]) for r in utiles],
            "cellules": [[vus[r, s] if r != s else 0 for s in utiles] for r in utiles],
        }

    def _parcours(self, periode: Periode) -> dict[str, Any]:
        etapes = self._vu((ETAPES,), periode)
        return {
            "reperes": self._vu(NON_RECOURS, periode).item(),
            "informes": self._somme("informes", periode),
            "demandes": etapes[0],
            "issues": {nom: self._somme(nom, periode) for nom in (*ISSUES, INCONNUE)},
        }


def _lignes(variable: str, axe: AxeNomme, vus: np.ndarray) -> Lignes:
    """The lines to show of an axis whose cells and margins are `vus`, one row a line, the whole last.

    A line without anybody is left out when it says so itself, unless it is an answer that the
    reader expects in a list by itself.
    """
    marges = vus[:-1, -1] if vus.ndim == 2 else vus[:-1]
    muettes = [all(v is None for v in np.atleast_1d(ligne)) for ligne in vus[:-1]]
    est_croise = vus.ndim == 2
    rangs, autres = [], False
    for rang, code in enumerate(axe.codes):
        if not code:
            continue
        facultative = est_croise or axe.ouverte or code in axe.facultatives
        if muettes[rang] and axe.ouverte:
            autres = True
        elif marges[rang] != 0 or not facultative:
            rangs.append(rang)
    if variable in PAR_EFFECTIF:
        rangs.sort(key=lambda r: (marges[r] is None, -(marges[r] or 0), axe.modalites[r][1]))
    if "" in axe.codes and est_croise:
        vide = axe.codes.index("")
        rangs += [vide] * (marges[vide] != 0)
    noms = [[_code(variable, axe.codes[r]), *axe.modalites[r][1:]] for r in rangs]
    return Lignes(rangs, noms, autres)


def _code(variable: str, code: str) -> str:
    return "3" if variable == NOMBRE_DE_DROITS and code == "3+" else code


def _distribution(variable: str, axe: AxeNomme, base: str, vus: np.ndarray) -> dict[str, Any]:
    lignes = _lignes(variable, axe, vus)
    montrees = [
        [code, nom, vus[r], raffine]
        for r, (code, nom, raffine) in zip(lignes.rangs, lignes.noms, strict=True)
    ]
    if lignes.autres:
        montrees.append([CODE_AUTRES, AUTRES, None, None])
    return {
        "libelle": axe.libelle,
        "base": base,
        "total": vus[-1],
        "lignes": montrees,
        "sans_reponse": vus[axe.codes.index("")] if "" in axe.codes else 0,
        "multiple": axe.multiple,
    }


def _remplir(vus: np.ndarray, lignes: Lignes, colonnes: Lignes) -> dict[str, Any]:
    def ranger(ligne: np.ndarray) -> list[Montre]:
        return [*(ligne[c] for c in colonnes.rangs), *([None] * colonnes.autres)]

    largeur = len(colonnes.tous)
    return {
        "cellules": [
            *(ranger(vus[r]) for r in lignes.rangs),
            *([[None] * largeur] * lignes.autres),
        ],
        "marge_lignes": [*(vus[r, -1] for r in lignes.rangs), *([None] * lignes.autres)],
        "marge_colonnes": ranger(vus[-1]),
        "total": vus[-1, -1],
    }


def annees_montrees(montre: Mapping[str, Any]) -> list[int]:
    """The years of a batch that are shown, oldest first."""
    return sorted(int(nom) for nom in montre.get("periodes", {}) if nom.isdecimal())
