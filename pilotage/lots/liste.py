"""All the tables that an audience is shown, as they are protected together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pilotage.calculees import NOMBRE_DE_DROITS
from pilotage.lots.tranches import (
    DEMANDES,
    ENSEMBLE,
    ETAPES,
    INFORMES,
    NON_RECOURS,
    OUI,
    VALIDEES,
    Apports,
    AxeNomme,
    Nom,
    Table,
    Tranche,
)
from pilotage.parcours import INCONNUE, ISSUES, SUPPOSENT_UNE_DEMANDE
from pilotage.protection.modele import TOUT, Axe, Dominance, Lien, Liste, Somme, Tableau
from pilotage.protection.primaires import ORGANISMES_AU_MOINS
from pilotage.statistiques import DURENT_PLUS_D_UN_AN, MOIS
from pilotage.variables import CATEGORIE

CONTRIBUTEURS: Nom = ("contributeurs",)
TERRITOIRE = "territoire"
# What is given of the path says too much beside the very questions it is counted from.
DISENT_LE_PARCOURS = frozenset({"actions", "demande_deposee"})


@dataclass(frozen=True, slots=True)
class Periode:
    """The tables of a year, or of all years (`TOUT`)."""

    nom: str
    axes: Mapping[str, AxeNomme]
    tables: Mapping[Nom, Table]


def periodes_de(tranches: Sequence[Tranche]) -> tuple[Periode, ...]:
    """Each year, oldest first, then their sum, of the tables that all of them have."""
    annees = tuple(
        Periode(str(t.annee), t.axes, {**t.tables, CONTRIBUTEURS: _nombre(t.organismes)})
        for t in sorted(tranches, key=lambda t: t.annee)
    )
    if not annees:
        return ()
    organismes = {organisme for tranche in tranches for organisme in tranche.organismes}
    tout = _sommer(annees, sauf={(MOIS,), CONTRIBUTEURS})
    tables = {**tout.tables, CONTRIBUTEURS: _nombre(organismes)}
    return (*annees, replace(tout, tables=tables))


def periodes_nationales(
    par_territoire: Mapping[str, tuple[str, Sequence[Tranche]]],
) -> tuple[Periode, ...]:
    """The core's tables of territories (slug → name, years), with the territory as first axis."""
    annees = sorted({t.annee for _, tranches in par_territoire.values() for t in tranches})
    periodes = tuple(_annee_nationale(annee, par_territoire) for annee in annees)
    return (*periodes, _sommer(periodes, sauf={(MOIS,)})) if periodes else ()


def _annee_nationale(annee: int, par_territoire) -> Periode:
    noyaux = {
        slug: tranche.noyau
        for slug, (_, tranches) in par_territoire.items()
        for tranche in tranches
        if tranche.annee == annee
    }
    noms = tuple((slug, par_territoire[slug][0], None) for slug in sorted(par_territoire))
    axes = {TERRITOIRE: AxeNomme("Territoire", noms)}
    tables = {}
    for nom in dict.fromkeys(nom for noyau in noyaux.values() for nom in noyau.tables):
        variables = () if nom in (ENSEMBLE, NON_RECOURS) else nom
        for variable in variables:
            axes[variable] = _reunir([n.axes[variable] for n in noyaux.values() if nom in n.tables])
        presents = {slug: n for slug, n in noyaux.items() if nom in n.tables}
        base = next(n.tables[nom].base for n in presents.values())
        forme = [len(axes[v].modalites) + 1 for v in variables]
        cellules = np.zeros([len(noms) + 1, *forme], dtype=np.int64)
        for rang, (slug, _, _) in enumerate(noms):
            if slug in presents:
                ancienne = presents[slug]
                cellules[rang] = _etendre(ancienne.tables[nom], variables, ancienne.axes, axes)
        cellules[-1] = cellules[:-1].sum(axis=0)
        apports = _reunir_les_apports(
            {(territoire, *place): par for place, par in n.tables[nom].apports.items()}
            for slug, n in presents.items()
            for territoire in (slug, None)
        )
        tables[(TERRITOIRE, *nom)] = Table(base, cellules, apports)
    return Periode(str(annee), axes, tables)


def _nombre(organismes: Iterable[int]) -> Table:
    return Table("organismes", np.array(len(set(organismes))))


def variables_de(nom: Nom) -> Nom:
    """The axes of a table; totals have none, though they have a name."""
    return tuple(v for v in nom if (v,) not in (NON_RECOURS, CONTRIBUTEURS))


def _sommer(annees: Sequence[Periode], sauf: set[Nom]) -> Periode:
    communes = [
        nom
        for nom in annees[-1].tables
        if all(nom in annee.tables for annee in annees) and MOIS not in nom and nom not in sauf
    ]
    axes = {
        variable: _reunir([annee.axes[variable] for annee in reversed(annees)])
        for variable in dict.fromkeys(v for nom in communes for v in variables_de(nom))
    }
    tables = {}
    for nom in communes:
        etendues = [_etendre(a.tables[nom], variables_de(nom), a.axes, axes) for a in annees]
        apports = _reunir_les_apports(a.tables[nom].apports for a in annees)
        tables[nom] = Table(annees[-1].tables[nom].base, np.sum(etendues, axis=0), apports)
    return Periode(TOUT, axes, tables)


def _reunir_les_apports(tous: Iterable[Apports]) -> Apports:
    reunis: dict[tuple[str | None, ...], Counter[int]] = {}
    for apports in tous:
        for place, par in apports.items():
            reunis.setdefault(place, Counter()).update(par)
    return reunis


def _reunir(axes: Sequence[AxeNomme]) -> AxeNomme:
    """The first one, with what only the others have, before « Sans réponse »."""
    premier, *autres = axes
    connues = set(premier.codes)
    ajouts = {m[0]: m for axe in autres for m in axe.modalites if m[0] not in connues}
    if not ajouts:
        return premier
    vides = tuple(m for m in premier.modalites if not m[0])
    pleines = tuple(m for m in premier.modalites if m[0])
    return replace(
        premier,
        modalites=(*pleines, *ajouts.values(), *vides),
        facultatives=(*premier.facultatives, *ajouts),
        ouverte=True,
        maximum=max((a.maximum or 0 for a in axes), default=0) or None,
    )


def _etendre(table: Table, variables: Nom, de: Mapping, vers: Mapping) -> np.ndarray:
    """The counts of a table at the places that another list of answers gives them."""
    if all(de[v].codes == vers[v].codes for v in variables):
        return table.cellules
    places = [[*(vers[v].codes.index(code) for code in de[v].codes), -1] for v in variables]
    etendue = np.zeros([len(vers[v].modalites) + 1 for v in variables], dtype=np.int64)
    etendue[np.ix_(*places)] = table.cellules
    return etendue


def cle(nom: Nom, periode: str) -> str:
    """The key of a table in the list that is protected."""
    return f"{'×'.join(nom)} {periode}"


def liste_de(periodes: Sequence[Periode]) -> Liste:
    """What is protected together, with the links that the core's words tell everyone."""
    tableaux = []
    for periode in periodes:
        axes = {variable: _axe(variable, axe) for variable, axe in periode.axes.items()}
        for nom, table in periode.tables.items():
            variables = tuple(axes[v] for v in variables_de(nom))
            tableaux.append(
                Tableau(
                    cle(nom, periode.nom),
                    variables,
                    table.base,
                    periode.nom,
                    table.cellules,
                    _dominance(nom, table, variables),
                )
            )
    axes = periodes[-1].axes if periodes else {}
    return Liste(tuple(tableaux), tuple(_sommes(axes)), tuple(_liens(axes)))


def _dominance(nom: Nom, table: Table, axes: Sequence[Axe]) -> Dominance | None:
    """Who contributes to each kind of organisme; a whole is not judged."""
    if CATEGORIE not in nom:
        return None
    contributeurs = np.full(table.cellules.shape, ORGANISMES_AU_MOINS)
    parts = np.zeros(table.cellules.shape)
    codes = [(*axe.modalites, None) for axe in axes]
    for place, effectif in np.ndenumerate(table.cellules):
        cle_des_apports = tuple(c[k] for c, k in zip(codes, place, strict=True))
        if cle_des_apports[nom.index(CATEGORIE)] is not None:
            par = table.apports.get(cle_des_apports, {})
            contributeurs[place] = len(par)
            parts[place] = max(par.values(), default=0) / max(int(effectif), 1)
    return Dominance(contributeurs, parts)


def _axe(variable: str, axe: AxeNomme) -> Axe:
    return Axe(
        variable, axe.codes, axe.multiple, axe.maximum, frozenset(axe.exclusives), axe.ouverte
    )


def du_noyau(axe: AxeNomme, codes: Iterable[str]) -> frozenset[str]:
    """These core answers and the local ones that make them more precise."""
    voulus = set(codes)
    return frozenset(c for c, _, raffine in axe.modalites if c in voulus or raffine in voulus)


def _sommes(axes: Mapping[str, AxeNomme]) -> Iterable[Somme]:
    """The key figures, and the steps and outcomes of the path."""
    if NOMBRE_DE_DROITS in axes:
        yield Somme("cumul", "situations", NOMBRE_DE_DROITS, frozenset({"2", "3+"}))
    if VALIDEES in axes:
        yield Somme("validees", "situations", VALIDEES, frozenset({OUI}))
    variable, codes = DURENT_PLUS_D_UN_AN
    if variable in axes:
        modalites = du_noyau(axes[variable], codes)
        yield Somme("plus_d_un_an", "non_recours", variable, modalites)
    if "issue" in axes:
        for nom, codes in ISSUES.items():
            yield Somme(nom, "non_recours", "issue", du_noyau(axes["issue"], codes))
        connues = frozenset(c for codes in ISSUES.values() for c in du_noyau(axes["issue"], codes))
        autres = frozenset(axes["issue"].codes) - connues
        yield Somme(INCONNUE, "non_recours", "issue", autres)
    if ETAPES in axes:
        yield Somme("informes", "non_recours", ETAPES, frozenset({DEMANDES, INFORMES}))


def _liens(axes: Mapping[str, AxeNomme]) -> Iterable[Lien]:
    """A right opened or refused was asked for; its delay is known only once it is opened."""
    if "issue" not in axes:
        return
    issue = axes["issue"]
    if ETAPES in axes:
        demandees = [c for nom in SUPPOSENT_UNE_DEMANDE for c in du_noyau(issue, ISSUES[nom])]
        yield Lien("issue", ETAPES, {code: frozenset({DEMANDES}) for code in demandees})
    if "delai_ouverture" in axes:
        ouvertes = du_noyau(issue, ISSUES["ouvert"])
        delais = [code for code in axes["delai_ouverture"].codes if code]
        yield Lien("delai_ouverture", "issue", dict.fromkeys(delais, ouvertes))
