"""How answers are gathered: under headings in long lists, local ones under core ones. Pure."""

from collections.abc import Mapping
from functools import cache

from pilotage.presentation.typographie import INSECABLE
from pilotage.variables import VariableComptee
from situations import noyau

# The attribute named by an indicator → the variable that it gathers.
VARIABLES = {"domaine": "droit", "type": "motif_principal"}


def groupes_de(variables: Mapping[str, VariableComptee]) -> dict[str, dict[str, str]]:
    """« domaine », « type » → the heading of each answer, in the order of headings.

    A local answer is under the heading of the core one that it refines.
    """
    return {
        attribut: _groupes(groupes, variables.get(variable))
        for (attribut, variable), groupes in zip(
            VARIABLES.items(), (_domaines(), _types()), strict=True
        )
    }


def raffinements_de(variables: Mapping[str, VariableComptee]) -> dict[str, dict[str, str]]:
    """By variable, the core answer that each local one makes more precise."""
    return {
        code: {m.code: m.raffine for m in variable.modalites if m.raffine}
        for code, variable in variables.items()
    }


def _groupes(groupes: Mapping[str, str], variable: VariableComptee | None) -> dict[str, str]:
    if variable is None:
        return dict(groupes)
    locaux = {
        m.code: groupes[m.raffine]
        for m in variable.modalites
        if m.raffine in groupes and m.code not in groupes
    }
    return {**groupes, **locaux}


@cache
def _domaines() -> Mapping[str, str]:
    noms = {
        ligne["code"]: ligne["libelle"]
        for ligne in sorted(noyau.lire("domaines"), key=lambda ligne: int(ligne["ordre"]))
    }
    rangs = {code: rang for rang, code in enumerate(noms)}
    droits = sorted(noyau.lire("droits"), key=lambda ligne: rangs[ligne["domaine"]])
    return {ligne["code"]: noms[ligne["domaine"]] for ligne in droits}


@cache
def _types() -> Mapping[str, str]:
    noms = {ligne["code"]: ligne["libelle"] for ligne in noyau.lire("types")}
    rangs = {code: rang for rang, code in enumerate(noms)}
    motifs = [ligne for ligne in noyau.lire("motifs") if ligne["type"] in noms]
    motifs.sort(key=lambda ligne: rangs[ligne["type"]])
    return {ligne["code"]: f"Motifs de{INSECABLE}: {noms[ligne['type']]}" for ligne in motifs}
