"""From protected figures to the tables of each indicator, as one audience may read them.

The same `TableauAffiche` is shown in the page, drawn and exported. Nothing here counts or hides.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pilotage.calculees import NOMBRE_DE_DROITS
from pilotage.export.tableau import Entete, Ligne, TableauAffiche, Valeur
from pilotage.indicateurs import MOIS, Indicateur, Vue
from pilotage.presentation.affiches_croisees import affiche_de_croisement, matrice
from pilotage.presentation.contexte import Contexte, tableau
from pilotage.presentation.noms import en_minuscule, titre_de
from pilotage.protegees import (
    SECRET,
    DistributionProtegee,
    StatistiquesProtegees,
)
from pilotage.variables import SANS_REPONSE

EFFECTIF = (Entete("Effectif"),)
ETAPES_EN_MOTS = {
    "reperes": "Non-recours repérés",
    "informes": "Personne informée",
    "demandes": "Demande déposée",
}
ISSUES_EN_MOTS = {
    "ouvert": "Droit ouvert",
    "refus": "Refus",
    "abandon": "Abandon",
    "sans_suite": "Sans suite ou perdu de vue",
    "en_cours": "En cours",
    "inconnue": "Inconnue",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A view of an indicator and the table that this audience is shown of it."""

    vue: Vue
    affiche: TableauAffiche


def tables_de(
    stats: StatistiquesProtegees, indicateur: Indicateur, contexte: Contexte
) -> tuple[Table, ...]:
    """The tables of an indicator, in order; those that this audience is not given are left out."""
    tables = []
    for vue in indicateur.vues:
        affiche = _affiche(stats, indicateur, vue, contexte)
        if affiche is not None:
            tables.append(Table(vue, affiche))
    return tuple(tables)


def _affiche(
    stats: StatistiquesProtegees, indicateur: Indicateur, vue: Vue, contexte: Contexte
) -> TableauAffiche | None:
    match vue.genre:
        case "chiffres":
            return _chiffres(stats, indicateur, vue, contexte)
        case "serie":
            return _serie(stats, indicateur, contexte)
        case "distribution":
            (variable,) = vue.variables
            if variable not in stats.distributions:
                return None
            # Where there are several, each is told by its own name.
            seule = sum(v.genre == "distribution" for v in indicateur.vues) == 1
            titre = indicateur.titre if seule and vue is indicateur.vues[0] else ""
            return affiche_de_distribution(stats, variable, contexte, titre)
        case "croisement" | "empilees":
            if vue.variables not in stats.croisements:
                return None
            return affiche_de_croisement(stats, vue.variables, contexte, genre=vue.genre)
        case "matrice":
            return matrice(stats, indicateur, contexte)
        case "parcours":
            return _parcours(stats, indicateur, contexte)
    raise ValueError(f"unknown genre: {vue.genre}")


def _chiffres(
    stats: StatistiquesProtegees, indicateur: Indicateur, vue: Vue, contexte: Contexte
) -> TableauAffiche | None:
    contributeurs = stats.contributeurs
    valeurs: dict[str, tuple[str, Valeur]] = {
        "situations": ("Situations transmises", stats.situations),
        "validees": ("dont validées par le comité technique", stats.validees),
        "contributeurs": ("Structures contributrices", contributeurs and contributeurs.organismes),
        "mediane_par_structure": (
            "Situations par structure (médiane)",
            contributeurs and _entiere(contributeurs.mediane),
        ),
        "non_recours": ("Non-recours", stats.non_recours),
        "droits_par_situation": ("Non-recours par situation (moyenne)", stats.droits_par_situation),
    }
    lignes = [
        Ligne(valeurs[nom][0], (valeurs[nom][1],), nom)
        for nom in vue.variables
        if valeurs[nom][1] is not None
    ]
    if not lignes:
        return None
    return tableau(
        stats,
        contexte,
        cle=f"{indicateur.code}-chiffres",
        titre=indicateur.titre,
        genre="chiffres",
        base=vue.base,
        n=stats.situations if vue.base == "situations" else stats.non_recours,
        entetes=EFFECTIF,
        lignes=tuple(lignes),
    )


def _entiere(mediane: float | None) -> float | int | None:
    """A median that is a whole number is written as one."""
    return int(mediane) if mediane is not None and mediane == int(mediane) else mediane


def _serie(
    stats: StatistiquesProtegees, indicateur: Indicateur, contexte: Contexte
) -> TableauAffiche | None:
    serie = stats.distributions.get(MOIS)
    if serie is None:
        return None
    arret = stats.arrete_le and f"{stats.arrete_le:%Y-%m}"
    return tableau(
        stats,
        contexte,
        cle=MOIS,
        titre="Situations par mois d’observation",
        genre="serie",
        base=serie.base,
        n=serie.total,
        entetes=EFFECTIF,
        lignes=tuple(
            Ligne(ligne.libelle.rsplit(" ", 1)[0], (ligne.effectif,), ligne.code, ligne.code[:4])
            for ligne in serie.lignes
            # Months to come would say that nothing was observed then.
            if arret is None or ligne.code <= arret
        ),
        variable_lignes=MOIS,
    )


def affiche_de_distribution(
    stats: StatistiquesProtegees, variable: str, contexte: Contexte, titre: str = ""
) -> TableauAffiche:
    """The distribution of a variable. Raises KeyError when it is not given."""
    distribution = stats.distributions[variable]
    lignes = tuple(_lignes(distribution))
    population = contexte.population if variable == "age" else {}
    return tableau(
        stats,
        contexte,
        cle=variable,
        titre=titre or titre_de(variable, distribution.libelle),
        genre="distribution",
        base=distribution.base,
        n=distribution.total,
        entetes=EFFECTIF,
        lignes=lignes,
        variable_lignes=variable,
        multiple=distribution.multiple,
        population=tuple(population.get(ligne.code) for ligne in lignes) if population else (),
    )


def _lignes(distribution: DistributionProtegee) -> Iterator[Ligne]:
    """The lines, local answers under the one that they make more precise, « Sans réponse » last.

    « Sans réponse » is left out when it is a zero of no interest; where something is hidden it is
    always there: its presence must tell nothing.
    """
    presentes = {ligne.code for ligne in distribution.lignes}
    precises: dict[str, list[Ligne]] = {}
    for ligne in distribution.lignes:
        if ligne.raffine in presentes:
            precise = Ligne(ligne.libelle, (ligne.effectif,), ligne.code, raffine=ligne.raffine)
            precises.setdefault(ligne.raffine, []).append(precise)
    for ligne in distribution.lignes:
        if ligne.raffine not in presentes:
            yield Ligne(ligne.libelle, (ligne.effectif,), ligne.code)
            yield from precises.get(ligne.code, ())
    a_dire = distribution.sans_reponse or distribution.a_des_secrets
    if distribution.lignes and a_dire and distribution.variable != NOMBRE_DE_DROITS:
        yield Ligne(SANS_REPONSE.libelle, (distribution.sans_reponse,), SANS_REPONSE.code)


def _parcours(
    stats: StatistiquesProtegees, indicateur: Indicateur, contexte: Contexte
) -> TableauAffiche | None:
    parcours = stats.parcours
    if parcours is None:
        return None
    return tableau(
        stats,
        contexte,
        cle=indicateur.code,
        titre=indicateur.titre,
        genre="parcours",
        base="non_recours",
        n=parcours.reperes,
        entetes=EFFECTIF,
        lignes=(
            *(
                Ligne(libelle, (getattr(parcours, code),), code)
                for code, libelle in ETAPES_EN_MOTS.items()
            ),
            *(
                Ligne(ISSUES_EN_MOTS[nom], (n,), nom, groupe="Issue à ce jour")
                for nom, n in parcours.issues.items()
                if n or n is SECRET
            ),
        ),
        notes=(delai_median(stats.distributions.get("delai_ouverture")),),
    )


def delai_median(delais: DistributionProtegee | None) -> str:
    """The band in which the median of the known delays falls, in words; "" when it is not known."""
    if delais is None or delais.a_des_secrets:
        return ""
    connus = [(n.libelle, n.effectif) for n in delais.lignes if n.code != "nsp"]
    total = sum(n for _, n in connus)
    cumul = 0
    for libelle, effectif in connus:
        cumul += effectif
        if 2 * cumul >= total > 0:
            return (
                "Délai médian jusqu’à l’ouverture, quand il est connu\u00a0: "
                f"{en_minuscule(libelle)}."
            )
    return ""
