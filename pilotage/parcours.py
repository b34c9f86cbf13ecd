"""How far non-recours went, from their detection to an opened right. Pure.

The codes are those of the noyau's lists `action`, `oui_non_nsp` and `issue`
(`situations/donnees/modalites.csv`); a local answer counts as the core one that it refines.
"""

from collections.abc import Mapping

import numpy as np

from pilotage.cellules import Voulue
from pilotage.comptage import Compteur
from pilotage.demande import Demande
from pilotage.faits import Faits
from pilotage.resultats import Parcours
from pilotage.variables import SANS_REPONSE, Colonne, VariableComptee

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

_DEPOSEE: Mapping[str, frozenset[str]] = {
    DEMANDE: DEMANDE_DEPOSEE,
    ISSUE: frozenset().union(*(ISSUES[nom] for nom in SUPPOSENT_UNE_DEMANDE)),
}
# By step, the answers of which any reaches it; those of « inconnue » are what no outcome has.
ETAPES: Mapping[str, Mapping[str, frozenset[str]]] = {
    "informes": {ACTIONS: INFORMENT, **_DEPOSEE},
    "demandes": _DEPOSEE,
    **{nom: {ISSUE: codes} for nom, codes in ISSUES.items()},
    INCONNUE: {ISSUE: frozenset()},
}


def est_precisable(demande: Demande, etape: str) -> bool:
    """Whether what a request counts at this step can be told apart by its answers: not when it
    asks for others of the same questions already."""
    return etape in ETAPES and not any(demande.codes_de(variable) for variable in ETAPES[etape])


def demandes_de_l_etape(
    demande: Demande, etape: str, variables: Mapping[str, VariableComptee]
) -> tuple[Demande, ...]:
    """Requests whose rows, together, are those of `demande` that reached this step.

    Nothing when it cannot be told apart, see `est_precisable`, or when the path is not told.
    """
    if not {ACTIONS, DEMANDE, ISSUE} <= variables.keys() or not est_precisable(demande, etape):
        return ()
    reponses = (
        (variable, _avec_locaux(variables[variable], codes))
        for variable, codes in ETAPES[etape].items()
    )
    return tuple(
        demande.avec(filtres=(*demande.filtres, (variable, codes)))
        for variable, codes in reponses
        if codes
    )


def _avec_locaux(variable: VariableComptee, codes: frozenset[str]) -> tuple[str, ...]:
    """These core codes and the local ones that refine them; no code: all that no outcome has."""
    connus = codes or frozenset().union(*ISSUES.values())
    reunis = {m.code for m in variable.modalites if (m.raffine or m.code) in connus}
    if codes:
        return tuple(sorted(reunis))
    autres = {m.code for m in variable.modalites} - reunis
    return tuple(sorted(autres | {SANS_REPONSE.code}))


def table_du_parcours(faits: Faits) -> Voulue | None:
    """What the path is counted from: whether one was informed, whether one asked, what came of it.

    None when the facts lack one of its variables.
    """
    colonnes = [faits.colonnes.get(code) for code in _CLASSES]
    if None in colonnes:
        return None
    membres = map(Colonne.classer, colonnes, _CLASSES.values())
    return Voulue("non_recours", tuple(c.source for c in colonnes), tuple(membres))


def suivre(compteur: Compteur) -> Parcours | None:
    """The path of the non-recours kept; None when the facts lack one of its variables."""
    voulue = table_du_parcours(compteur.faits)
    if voulue is None:
        return None
    effectifs, total = compteur.compter(voulue), compteur.nombre("non_recours")
    *par_issue, inconnues = effectifs.sum(axis=(0, 1)).tolist()
    issues = dict(zip(ISSUES, par_issue, strict=True))
    return Parcours(
        reperes=total,
        informes=int(effectifs[_INFORMEES].sum()),
        demandes=int(effectifs[_DEMANDEES].sum()),
        ouverts=issues["ouvert"],
        issues=issues | {INCONNUE: inconnues},
    )


def _qui_ont_demande() -> np.ndarray:
    """Which cells of the table of the path; its last line on each axis is for all the others."""
    demandees = np.zeros((2, 2, len(ISSUES) + 1), dtype=bool)
    demandees[:, 0] = True
    for rang, nom in enumerate(ISSUES):
        demandees[:, :, rang] |= nom in SUPPOSENT_UNE_DEMANDE
    return demandees


_CLASSES: Mapping[str, Mapping[str, frozenset[str]]] = {
    ACTIONS: {"informe": INFORMENT},
    DEMANDE: {"deposee": DEMANDE_DEPOSEE},
    ISSUE: ISSUES,
}
_DEMANDEES = _qui_ont_demande()
_INFORMEES = _DEMANDEES | np.array([True, False])[:, None, None]
