"""How far non-recours went, from their detection to an opened right. Pure.

The codes are those of the noyau's lists `action`, `oui_non_nsp` and `issue`
(`situations/donnees/modalites.csv`); a local answer counts as the core one that it refines.
"""

from collections.abc import Mapping

import numpy as np

from pilotage.comptage import Compteur
from pilotage.resultats import Parcours

ACTIONS, DEMANDE, ISSUE = "actions", "demande_deposee", "issue"

# What cannot be done without the person learning that the right exists: to inform, simulate, build
# the file, do the steps online, go along, refer, appeal, or propose a help that is refused. Calling
# the organisme, a mediator, a partners' unit or giving emergency aid may be done without it.
INFORMENT = frozenset(
    {
        "act_info",
        "act_simul",
        "act_dossier",
        "act_num",
        "act_orient",
        "act_accomp",
        "act_recours",
        "act_refus",
    }
)
DEMANDE_DEPOSEE = frozenset({"oui"})
# What became of the right; what is in none of them is « en cours ou inconnu ».
ISSUES: Mapping[str, frozenset[str]] = {
    "ouvert": frozenset({"is_ouvert", "is_rappel", "is_partiel"}),
    "refus": frozenset({"is_refus", "is_conteste"}),
    "abandon": frozenset({"is_abandon"}),
    "sans_suite": frozenset({"is_perdu", "is_sans"}),
    "en_cours": frozenset({"is_cours"}),
}
INCONNUE = "inconnue"
# A right opened or refused was asked for, even when nobody ticked it.
SUPPOSENT_UNE_DEMANDE = ("ouvert", "refus")


def suivre(compteur: Compteur) -> Parcours | None:
    """The path of the non-recours kept; None when the facts lack one of its variables."""
    colonnes = [compteur.faits.colonnes.get(code) for code in (ACTIONS, DEMANDE, ISSUE)]
    if None in colonnes:
        return None
    actions, demande, issue = colonnes
    largeurs = tuple(colonne.largeur for colonne in colonnes)
    sources = tuple(colonne.source for colonne in colonnes)
    rangs, effectifs = compteur.combinaisons(sources, largeurs, "non_recours")
    action, depot, fin = np.unravel_index(rangs, largeurs) if len(rangs) else (rangs,) * 3
    fins = {nom: issue.retenues(codes, noyau=True)[fin] for nom, codes in ISSUES.items()}
    demandee = demande.retenues(DEMANDE_DEPOSEE, noyau=True)[depot]
    for nom in SUPPOSENT_UNE_DEMANDE:
        demandee = demandee | fins[nom]
    informee = actions.retenues(INFORMENT, noyau=True)[action] | demandee
    total = compteur.nombre("non_recours")
    issues = {nom: int(effectifs[fin].sum()) for nom, fin in fins.items()}
    return Parcours(
        reperes=total,
        informes=int(effectifs[informee].sum()),
        demandes=int(effectifs[demandee].sum()),
        ouverts=issues["ouvert"],
        issues=issues | {INCONNUE: total - sum(issues.values())},
    )
