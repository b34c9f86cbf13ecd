"""The counts of a dashboard, exact, before any secrecy.

What one may count, `territoires`, is a required argument: there is no other way to the facts.
These figures are shown to nobody as they are: see `pilotage.secret`.
"""

from dataclasses import dataclass
from functools import cache
from statistics import median

import numpy as np

from pilotage.cellules import Voulue
from pilotage.comptage import Compteur, base_de
from pilotage.croiser import PAR_EFFECTIF, croiser, dominance_de, dominances_de
from pilotage.demande import Demande
from pilotage.faits import Faits
from pilotage.instantane.selection import DECLARANT, TAILLE, VALIDEE
from pilotage.parcours import ISSUES, suivre, table_du_parcours
from pilotage.presentation.noms import nom_de
from pilotage.presentation.typographie import nom_du_mois
from pilotage.resultats import (
    Contributeurs,
    Cooccurrence,
    Croisement,
    Distribution,
    Dominance,
    Ligne,
    Statistiques,
    lignes_de,
)
from pilotage.variables import Colonne
from situations.calendrier import depuis_numero, en_mois

__all__ = [
    "Croisement",
    "Distribution",
    "Ligne",
    "Plan",
    "Statistiques",
    "calculer",
    "situations_comptees",
]

DISTRIBUTIONS = ("type", "droit", "motif_principal", "age", "famille", "logement", "activite")
DURENT_PLUS_D_UN_AN = ("anciennete", frozenset({"an_1_2a", "an_2ap"}))
DROITS_OUVERTS = ("issue", ISSUES["ouvert"])
MOIS = "mois"
TAILLES = Voulue.par_valeur(TAILLE, 256, "situations")
VALIDEES = Voulue.par_valeur(VALIDEE, 2, "situations")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to count, beside the key figures and the months.

    `distributions`: those of these variables that the facts have. `croisements`: pairs (lines,
    columns), or triples, whose third variable comes as tabs.
    """

    distributions: tuple[str, ...] = DISTRIBUTIONS
    croisements: tuple[tuple[str, ...], ...] = ()
    cooccurrence: bool = False
    parcours: bool = False


def calculer(
    faits: Faits,
    demande: Demande,
    *,
    territoires: frozenset[int],
    noyau: bool = False,
    plan: Plan | None = None,
) -> Statistiques:
    """Counts what is asked over these territories; the empty set counts nothing.

    With `noyau`, local answers are counted, and filtered, with the core ones they refine.
    Raises KeyError when the request or a crossing of the plan names a variable that the facts do
    not have.
    """
    plan = plan or Plan()
    compteur = Compteur.depuis(faits, demande, territoires, noyau)
    comptees = [c for variable in plan.distributions if (c := faits.colonnes.get(variable))]
    croisees = [[faits.colonnes[v] for v in codes] for codes in plan.croisements if len(codes) == 2]
    parcours = table_du_parcours(faits) if plan.parcours else None
    tables = [compteur.voulue(*colonnes) for colonnes in (*zip(comptees), *croisees)]
    compteur.preparer([*tables, *filter(None, [parcours]), TAILLES, VALIDEES])
    tailles = compteur.compter(TAILLES).tolist()
    par_situation = (tailles[1], tailles[2], sum(tailles[3:]))
    distributions = {c.variable.code: _distribution(compteur, c) for c in comptees}
    return Statistiques(
        demande=demande,
        situations=compteur.nombre("situations"),
        non_recours=compteur.nombre("non_recours"),
        validees=int(compteur.compter(VALIDEES)[1]),
        cumul=par_situation[1] + par_situation[2],
        par_situation=par_situation,
        plus_d_un_an=_combien(compteur, *DURENT_PLUS_D_UN_AN),
        droits_ouverts=_combien(compteur, *DROITS_OUVERTS),
        contributeurs=_contributeurs(compteur),
        distributions=distributions | {MOIS: _serie(compteur)},
        croisement=demande.croisement and croiser(compteur, *demande.croisement),
        croisements={codes: croiser(compteur, *codes) for codes in plan.croisements},
        cooccurrence=_cooccurrence(compteur) if plan.cooccurrence else None,
        parcours=suivre(compteur) if plan.parcours else None,
    )


def situations_comptees(
    faits: Faits, demande: Demande, *, territoires: frozenset[int], noyau: bool = False
) -> list[int]:
    """The situations behind the figures of a request, for those who may read them."""
    compteur = Compteur.depuis(faits, demande, territoires, noyau)
    return compteur.identifiants().tolist()


def _combien(compteur: Compteur, variable: str, codes: frozenset[str]) -> int:
    """How many non-recours have one of these core codes, of a variable with one answer."""
    colonne = compteur.faits.colonnes.get(variable)
    if colonne is None:
        return 0
    *effectifs, _ = compteur.sommer([colonne], "non_recours").tolist()
    propres, _, raffines = colonne.membres(compteur.noyau).champs
    return sum(
        effectif
        for effectif, propre, raffine in zip(effectifs, propres, raffines, strict=True)
        if (raffine or propre) in codes
    )


def _contributeurs(compteur: Compteur) -> Contributeurs | None:
    """None when the facts do not say who wrote."""
    declarants = compteur.faits.declarants
    if not declarants:
        return None
    par_organisme = compteur.par_ensemble(DECLARANT, declarants, "situations")[1:]
    presents = par_organisme[par_organisme > 0].tolist()
    return Contributeurs(len(presents), float(median(presents)) if presents else 0.0)


def _distribution(compteur: Compteur, colonne: Colonne) -> Distribution:
    variable, base = colonne.variable, base_de(colonne)
    membres = colonne.membres(compteur.noyau)
    effectifs = compteur.sommer([colonne], base)
    *comptes, sans_reponse = effectifs.tolist()
    codes, libelles, raffines = membres.champs
    lignes = lignes_de(codes, libelles, comptes, raffines)
    facultatives = colonne.facultatives
    if variable.code in PAR_EFFECTIF:
        facultatives = membres.codes
        lignes = tuple([lignes[k] for k in membres.par_frequence(effectifs).tolist() if comptes[k]])
    elif facultatives:
        lignes = tuple(x for x in lignes if x.effectif or x.code not in facultatives)
    return Distribution(
        variable=variable.code,
        libelle=nom_de(variable.code, variable.libelle),
        base=base,
        total=compteur.nombre(base),
        lignes=lignes,
        sans_reponse=sans_reponse,
        multiple=variable.multiple,
        facultatives=facultatives,
        dominance=_dominance(compteur, colonne, codes),
    )


def _dominance(
    compteur: Compteur, colonne: Colonne, codes: tuple[str, ...]
) -> dict[str, Dominance] | None:
    """By kind of organisme, who stands behind its count; None for any other variable."""
    if colonne.source != DECLARANT:
        return None
    *dominances, _ = dominances_de(*dominance_de(compteur, [colonne], base_de(colonne)))
    return dict(zip(codes, dominances, strict=True))


def _serie(compteur: Compteur) -> Distribution:
    """Situations by month observed, zeros included between the first and the last."""
    mois, effectifs = compteur.mois()
    premier = int(mois.min()) if len(mois) else 0
    par_mois = np.bincount(mois - premier, effectifs).astype(np.int64).tolist()
    return Distribution(
        variable=MOIS,
        libelle="Mois d’observation",
        base="situations",
        total=compteur.nombre("situations"),
        lignes=tuple(ligne_du_mois(premier + i, n) for i, n in enumerate(par_mois)),
        sans_reponse=0,
    )


def ligne_du_mois(numero: int, effectif: int) -> Ligne:
    """The line of a month, given in months since January 2000."""
    return Ligne(*_mois(numero), effectif)


@cache
def _mois(numero: int) -> tuple[str, str]:
    code = en_mois(depuis_numero(numero))
    return code, nom_du_mois(code)


def _cooccurrence(compteur: Compteur) -> Cooccurrence | None:
    """Which rights the situations kept name together; None when rights are not counted."""
    colonne = compteur.faits.droits
    if colonne is None:
        return None
    membres = colonne.membres(compteur.noyau)
    par_ensemble = compteur.par_ensemble(colonne.source, colonne.largeur, "situations")
    ensemble = membres.reunir(par_ensemble)
    seuls = ensemble.diagonal()
    rangs = membres.par_frequence(seuls)
    rangs = rangs[seuls.take(rangs) > 0]
    return Cooccurrence(
        base=int(par_ensemble[membres.tailles > 1].sum()),
        droits=tuple([membres.noms[k] for k in rangs.tolist()]),
        effectifs=ensemble.take(rangs, 0).take(rangs, 1),
    )
