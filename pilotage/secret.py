"""What each audience may be shown: the only door from counts to display.

The comité technique reads the situations: `libre`, everything, live. The others (the rest of a
territory, all territories, the public) are shown batches and nothing else: `du_lot`. A batch holds
a list of tables that `pilotage.protection` proved together, for one threshold; see there the rule
and what the reader is taken to know, and `pilotage.lots` for when a batch advances.

What is hidden is a value of its own, `SECRET`, which holds no count. A figure is computed of shown
counts only. In a long list, the answers of which nothing is shown lose their name and join « Autres
réponses »: whether they were met is not told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pilotage.demande import Demande
from pilotage.lots.montrer import AUTRES, CODE_AUTRES
from pilotage.parcours import INCONNUE, ISSUES
from pilotage.protegees import (
    SECRET,
    Audience,
    ContributeursProteges,
    CooccurrenceProtegee,
    CroisementEnOngletsProtege,
    CroisementProtege,
    DistributionProtegee,
    Effectif,
    LigneProtegee,
    OngletProtege,
    ParcoursProtege,
    Secret,
    StatistiquesProtegees,
)
from pilotage.resultats import Croisement, CroisementEnOnglets
from pilotage.statistiques import Distribution, Statistiques

__all__ = [
    "AUTRES",
    "CODE_AUTRES",
    "SECRET",
    "Audience",
    "DistributionProtegee",
    "Effectif",
    "LigneProtegee",
    "Provenance",
    "Secret",
    "StatistiquesProtegees",
    "du_lot",
    "libre",
]

CHIFFRES = ("validees", "cumul", "plus_d_un_an", "droits_ouverts")
ABSENT = object()


@dataclass(frozen=True, slots=True)
class Provenance:
    """The batch that figures come from: for whom, protected by which threshold, of which day."""

    audience: Audience
    seuil: int
    arrete_le: date


def libre(stats: Statistiques) -> StatistiquesProtegees:
    """What the comité technique, which reads the situations, is shown: everything."""
    croisements = dict(stats.croisements)
    if stats.croisement is not None and stats.demande.croisement is not None:
        croisements[stats.demande.croisement] = stats.croisement
    contributeurs, cooccurrence, parcours = stats.contributeurs, stats.cooccurrence, stats.parcours
    return StatistiquesProtegees(
        audience=Audience.COMITE_TECHNIQUE,
        seuil=1,
        demande=stats.demande,
        situations=stats.situations,
        non_recours=stats.non_recours,
        distributions={
            variable: _distribution_libre(distribution)
            for variable, distribution in stats.distributions.items()
        },
        validees=stats.validees,
        cumul=stats.cumul,
        plus_d_un_an=stats.plus_d_un_an,
        droits_ouverts=stats.droits_ouverts,
        contributeurs=contributeurs
        and ContributeursProteges(contributeurs.organismes, contributeurs.mediane),
        croisements={codes: _croisement_libre(c) for codes, c in croisements.items()},
        cooccurrence=cooccurrence
        and CooccurrenceProtegee(cooccurrence.base, cooccurrence.droits, cooccurrence.cellules),
        parcours=parcours
        and ParcoursProtege(
            parcours.reperes,
            parcours.informes,
            parcours.demandes,
            parcours.ouverts,
            parcours.issues,
        ),
    )


def _croisement_libre(
    croisement: Croisement | CroisementEnOnglets,
) -> CroisementProtege | CroisementEnOngletsProtege:
    if isinstance(croisement, Croisement):
        return _deux_variables(croisement)
    return CroisementEnOngletsProtege(
        croisement.variable,
        croisement.libelle,
        _deux_variables(croisement.ensemble),
        tuple(
            OngletProtege(onglet.code, onglet.libelle, _deux_variables(onglet.croisement))
            for onglet in croisement.onglets
        ),
    )


def _deux_variables(croisement: Croisement) -> CroisementProtege:
    return CroisementProtege(
        ligne=croisement.ligne,
        colonne=croisement.colonne,
        libelle_ligne=croisement.libelle_ligne,
        libelle_colonne=croisement.libelle_colonne,
        base=croisement.base,
        lignes=croisement.lignes,
        colonnes=croisement.colonnes,
        cellules=croisement.cellules,
        marge_lignes=croisement.marge_lignes,
        marge_colonnes=croisement.marge_colonnes,
        total=croisement.total,
        multiple=croisement.multiple,
    )


def du_lot(montre: Mapping[str, Any], demande: Demande, lot: Provenance) -> StatistiquesProtegees:
    """What a batch shows of one period. `montre`: that period, as `lots.montrer` writes it."""
    contributeurs, parcours = montre.get("contributeurs", ABSENT), montre.get("parcours")
    return StatistiquesProtegees(
        audience=lot.audience,
        seuil=lot.seuil,
        demande=demande,
        situations=_effectif(montre["situations"]),
        non_recours=_effectif(montre["non_recours"]),
        distributions={
            variable: _distribution_du_lot(variable, lue)
            for variable, lue in montre["distributions"].items()
        },
        arrete_le=lot.arrete_le,
        **{nom: _effectif(montre[nom]) for nom in CHIFFRES if nom in montre},
        contributeurs=None
        if contributeurs is ABSENT
        else ContributeursProteges(_effectif(contributeurs), None),
        croisements={
            tuple(lu["variables"]): _croisement_du_lot(lu) for lu in montre["croisements"]
        },
        cooccurrence=_cooccurrence_du_lot(montre.get("cooccurrence")),
        parcours=parcours
        and ParcoursProtege(
            reperes=_effectif(parcours["reperes"]),
            informes=_effectif(parcours["informes"]),
            demandes=_effectif(parcours["demandes"]),
            ouverts=_effectif(parcours["issues"]["ouvert"]),
            # Kept as JSON, they come back in another order.
            issues={nom: _effectif(parcours["issues"][nom]) for nom in (*ISSUES, INCONNUE)},
        ),
    )


def _effectif(lu: int | None) -> Effectif:
    return SECRET if lu is None else lu


def _effectifs(lus: Iterable[int | None]) -> tuple[Effectif, ...]:
    return tuple(SECRET if lu is None else lu for lu in lus)


def _distribution_du_lot(variable: str, lue: Mapping[str, Any]) -> DistributionProtegee:
    return DistributionProtegee(
        variable=variable,
        libelle=lue["libelle"],
        base=lue["base"],
        total=_effectif(lue["total"]),
        lignes=tuple(
            LigneProtegee(code, libelle, _effectif(n), raffine)
            for code, libelle, n, raffine in lue["lignes"]
        ),
        sans_reponse=_effectif(lue["sans_reponse"]),
        multiple=lue["multiple"],
    )


def _croisement_du_lot(lu: Mapping[str, Any]) -> CroisementProtege | CroisementEnOngletsProtege:
    ensemble = _tableau_du_lot(lu, lu)
    if len(lu["variables"]) == 2:
        return ensemble
    return CroisementEnOngletsProtege(
        lu["variables"][2],
        lu["libelles"][2],
        ensemble,
        tuple(
            OngletProtege(code, libelle, _tableau_du_lot(lu, onglet))
            for code, libelle, onglet in lu["onglets"]
        ),
    )


def _tableau_du_lot(lu: Mapping[str, Any], effectifs: Mapping[str, Any]) -> CroisementProtege:
    return CroisementProtege(
        ligne=lu["variables"][0],
        colonne=lu["variables"][1],
        libelle_ligne=lu["libelles"][0],
        libelle_colonne=lu["libelles"][1],
        base=lu["base"],
        lignes=tuple((code, libelle) for code, libelle in lu["lignes"]),
        colonnes=tuple((code, libelle) for code, libelle in lu["colonnes"]),
        cellules=tuple(_effectifs(ligne) for ligne in effectifs["cellules"]),
        marge_lignes=_effectifs(effectifs["marge_lignes"]),
        marge_colonnes=_effectifs(effectifs["marge_colonnes"]),
        total=_effectif(effectifs["total"]),
        multiple=lu["multiple"],
    )


def _cooccurrence_du_lot(lue: Mapping[str, Any] | None) -> CooccurrenceProtegee | None:
    """The diagonal, which is not in the list of tables, is nothing to say."""
    if lue is None:
        return None
    return CooccurrenceProtegee(
        _effectif(lue["base"]),
        tuple((code, libelle) for code, libelle in lue["droits"]),
        tuple(
            tuple(None if i == j else _effectif(n) for j, n in enumerate(ligne))
            for i, ligne in enumerate(lue["cellules"])
        ),
    )


def _distribution_libre(distribution: Distribution) -> DistributionProtegee:
    return DistributionProtegee(
        variable=distribution.variable,
        libelle=distribution.libelle,
        base=distribution.base,
        total=distribution.total,
        lignes=tuple(
            LigneProtegee(ligne.code, ligne.libelle, ligne.effectif, ligne.raffine)
            for ligne in distribution.lignes
        ),
        sans_reponse=distribution.sans_reponse,
        multiple=distribution.multiple,
    )
