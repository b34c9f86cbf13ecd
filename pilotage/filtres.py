"""The filters that the page offers, and those in force that it can take off."""

from dataclasses import dataclass

from pilotage.demande import PREFIXE_DE_FILTRE, Demande, phrases
from pilotage.faits import Faits, VariableComptee
from pilotage.presentation.noms import nom_de
from pilotage.presentation.tableaux import lien_de
from situations.calendrier import depuis_numero

PROPOSES = ("droit", "type", "age", "organisme")


@dataclass(frozen=True, slots=True)
class FiltrePropose:
    """A list to choose one value from; `autres` keeps what the address already asks."""

    nom: str
    libelle: str
    choix: list[tuple[str, str]]
    valeur: str


@dataclass(frozen=True, slots=True)
class Jeton:
    """A filter in force; `lien` is the same page without it."""

    libelle: str
    lien: str


def annees_de(faits: Faits) -> list[int]:
    """The years that have situations, oldest first."""
    return sorted({depuis_numero(int(mois)).year for mois in set(faits.mois.tolist())})


def filtres_proposes(demande: Demande, faits: Faits) -> list[FiltrePropose]:
    """The lists of the filter bar; a variable filtered on several values shows the first."""
    resultat = []
    for code in PROPOSES:
        variable = faits.variables.get(code)
        if variable is None:
            continue
        choisis = demande.codes_de(code)
        resultat.append(
            FiltrePropose(
                nom=PREFIXE_DE_FILTRE + code,
                libelle=nom_de(code, variable.libelle),
                choix=[(m.code, m.libelle) for m in variable.modalites],
                valeur=choisis[0] if choisis else "",
            )
        )
    return resultat


def restes(demande: Demande) -> list[tuple[str, str]]:
    """What the filter bar does not show and must carry along: (name, value) pairs."""
    portes = []
    for variable, codes in demande.filtres:
        gardes = codes[1:] if variable in PROPOSES else codes
        portes += [(PREFIXE_DE_FILTRE + variable, code) for code in gardes]
    portes += [(nom, mois) for nom, mois in (("du", demande.du), ("au", demande.au)) if mois]
    if demande.droits_tous:
        portes.append(("droits", "tous"))
    return portes


def jetons(demande: Demande, variables: dict[str, VariableComptee]) -> list[Jeton]:
    """The filters in force, each with the address without it; bounds of months are one."""
    periode = phrases(Demande(du=demande.du, au=demande.au), variables)
    return [Jeton(phrase, lien_de(demande.avec(du=None, au=None))) for phrase in periode] + [
        Jeton(variables[variable].libelle_de(code), lien_de(demande.sans_filtre(variable, code)))
        for variable, codes in demande.filtres
        for code in codes
    ]


def variables_a_croiser(variables: dict[str, VariableComptee]) -> list[tuple[str, str]]:
    """(code, name) of what can be crossed, in the form's order."""
    return [(code, nom_de(code, variable.libelle)) for code, variable in variables.items()]
