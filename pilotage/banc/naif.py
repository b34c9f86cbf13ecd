"""The dashboard's counts by plain SQL over the projection, one GROUP BY a figure.

A second opinion written without looking at the first: it knows territories and filters, which is
all that the benchmark asks, neither periods nor the noyau.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from pilotage.demande import Demande
from pilotage.faits import VariableComptee
from pilotage.statistiques import (
    DISTRIBUTIONS,
    DROITS_OUVERTS,
    DURENT_PLUS_D_UN_AN,
    MOIS,
    Statistiques,
)
from situations.calendrier import depuis_numero, en_mois

Comptes = dict[str, Any]

SITUATIONS, NON_RECOURS = "situations_faitsituation", "situations_faitnonrecours"
PAR_CODE = """
    SELECT c.code, count(*) FROM ({lignes}) r CROSS JOIN LATERAL unnest(r.codes) AS u (numero)
    JOIN situations_code c ON c.numero = u.numero WHERE c.variable = %(variable)s GROUP BY c.code
"""
CUMUL = f"""
    SELECT count(*) FROM ({{lignes}}) r
    WHERE (SELECT count(*) FROM {NON_RECOURS} n WHERE n.situation_id = r.situation_id) >= 2
"""
AVEC_CODE = """
    SELECT count(*) FROM ({lignes}) r WHERE r.codes && ARRAY(
        SELECT numero FROM situations_code WHERE variable = %(variable)s AND code = ANY(%(codes)s))
"""


@dataclass(frozen=True)
class Selection:
    """The rows of a request as two SELECTs, one for each grain, and their parameters."""

    situations: str
    non_recours: str
    parametres: dict[str, Any]


def selectionner(
    demande: Demande, territoires: frozenset[int], variables: Mapping[str, VariableComptee]
) -> Selection:
    """The SELECTs of a request; only its filters are read."""
    parametres: dict[str, Any] = {"territoires": list(territoires)}
    sur_situations, sur_non_recours = ["f.territoire_id = ANY(%(territoires)s)"], []
    for variable, codes in demande.filtres:
        portee = variables[variable].portee
        alias = "f" if portee == "situation" else "n"
        parametres |= {f"v_{variable}": variable, f"c_{variable}": list(codes)}
        (sur_situations if alias == "f" else sur_non_recours).append(
            f"{alias}.codes && ARRAY(SELECT numero FROM situations_code "
            f"WHERE variable = %(v_{variable})s AND code = ANY(%(c_{variable})s))"
        )
    lien = "n.situation_id = f.situation_id"
    situations = list(sur_situations)
    if sur_non_recours:
        conditions = " AND ".join([lien, *sur_non_recours])
        situations.append(f"EXISTS (SELECT FROM {NON_RECOURS} n WHERE {conditions})")
    return Selection(
        f"SELECT f.* FROM {SITUATIONS} f WHERE {' AND '.join(situations)}",
        f"SELECT n.* FROM {NON_RECOURS} n JOIN {SITUATIONS} f ON {lien} "
        f"WHERE {' AND '.join(sur_situations + sur_non_recours)}",
        parametres,
    )


def compter(selection: Selection, variables: Mapping[str, VariableComptee]) -> Comptes:
    """All the figures of a dashboard, one query each; see `comptes_de` for their shape."""

    def lire(ordre: str, lignes: str, **autres) -> list[tuple]:
        with connection.cursor() as curseur:
            curseur.execute(ordre.format(lignes=lignes), {**selection.parametres, **autres})
            return curseur.fetchall()

    def un(ordre: str, lignes: str, **autres) -> int:
        return lire(ordre, lignes, **autres)[0][0]

    situations, non_recours = selection.situations, selection.non_recours
    combien = "SELECT count(*) FROM ({lignes}) r"
    avec = {
        nom: un(AVEC_CODE, non_recours, variable=variable, codes=list(codes))
        for nom, (variable, codes) in (
            ("plus_d_un_an", DURENT_PLUS_D_UN_AN),
            ("droits_ouverts", DROITS_OUVERTS),
        )
    }
    par_mois = lire("SELECT mois, count(*) FROM ({lignes}) r GROUP BY mois", situations)
    lignes_de = {"situation": situations, "non_recours": non_recours}
    return {
        "situations": un(combien, situations),
        "non_recours": un(combien, non_recours),
        "validees": un(f"{combien} WHERE validee", situations),
        "cumul": un(CUMUL, situations),
        **avec,
        **{
            variable: dict(lire(PAR_CODE, lignes_de[variables[variable].portee], variable=variable))
            for variable in DISTRIBUTIONS
        },
        MOIS: {en_mois(depuis_numero(mois)): nombre for mois, nombre in par_mois},
    }


def comptes_de(stats: Statistiques) -> Comptes:
    """The application's figures in the same shape: key figures, then variable → code → count."""
    cles = ("situations", "non_recours", "validees", "cumul", "plus_d_un_an", "droits_ouverts")
    return {cle: getattr(stats, cle) for cle in cles} | {
        variable: {ligne.code: ligne.effectif for ligne in distribution.lignes if ligne.effectif}
        for variable, distribution in stats.distributions.items()
    }
