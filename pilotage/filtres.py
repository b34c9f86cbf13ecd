"""What the page offers to choose, and what is chosen that it can take off. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from pilotage.calculees import CALCULEES
from pilotage.demande import (
    PREFIXE_DE_FILTRE,
    Demande,
    ecrire_code,
    phrase_de_filtre,
    phrases_de_periode,
)
from pilotage.demande.lecture import PERIODE_LIBRE, bornes_du_trimestre
from pilotage.presentation.champs import options, options_groupees
from pilotage.presentation.liens import lien_de
from pilotage.presentation.noms import nom_de
from pilotage.presentation.typographie import accorder, nom_du_mois
from pilotage.variables import SANS_REPONSE, VariableComptee
from situations.calendrier import depuis_numero

PROPOSES = ("droit", "type", "age", "organisme")
TOUT = "tout"
Variables = Mapping[str, VariableComptee]
Choix = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FiltrePropose:
    """A list to choose one value from; `plusieurs` says in words that several are kept."""

    nom: str
    libelle: str
    choix: Choix
    valeur: str
    plusieurs: str = ""

    @property
    def options(self) -> SafeString:
        return options(self.choix, self.valeur)


@dataclass(frozen=True, slots=True)
class Jeton:
    """A filter in force; `lien` is the same page without it."""

    libelle: str
    lien: str


@dataclass(frozen=True, slots=True)
class VariableOfferte:
    """A variable and all its values: (code, label, is kept)."""

    nom: str
    libelle: str
    choix: list[tuple[str, str, bool]]

    @property
    def combien(self) -> int:
        return sum(garde for _, _, garde in self.choix)


@dataclass(frozen=True, slots=True)
class Periodes:
    """The list of periods, in groups, and the one chosen."""

    groupes: list[tuple[str, Choix]]
    valeur: str

    @property
    def options(self) -> SafeString:
        return options_groupees(self.groupes, self.valeur)


def annees_de(mois: Iterable[int]) -> list[int]:
    """The years of these months (since January 2000), oldest first."""
    return sorted({depuis_numero(numero).year for numero in mois})


def periodes_proposees(demande: Demande, annees: Sequence[int]) -> Periodes:
    """All, each year, then the quarters and months of each, latest first."""
    groupes: list[tuple[str, Choix]] = [
        ("Années", [(TOUT, "Depuis le début")] + [(str(a), f"Année {a}") for a in annees[::-1]])
    ]
    for annee in annees[::-1]:
        trimestres = [f"{annee}-T{numero}" for numero in range(1, 5)]
        mois = [f"{annee}-{numero:02}" for numero in range(1, 13)]
        choix = [(t, _en_mots(*bornes_du_trimestre(t))) for t in trimestres]
        groupes.append((str(annee), choix + [(m, nom_du_mois(m)) for m in mois]))
    valeur = _valeur(demande)
    connues = {valeur for _, choix in groupes for valeur, _ in choix}
    if valeur not in connues:
        # Bounds that the list does not have are kept as they are.
        groupes.insert(0, ("Période choisie", [(PERIODE_LIBRE, _periode_libre(demande))]))
        valeur = PERIODE_LIBRE
    return Periodes(groupes, valeur)


def _en_mots(du: str, au: str) -> str:
    return phrases_de_periode(Demande(du=du, au=au))[0]


def _periode_libre(demande: Demande) -> str:
    return " ".join(phrases_de_periode(demande)).capitalize()


def _valeur(demande: Demande) -> str:
    if demande.annee is not None:
        return str(demande.annee)
    if not demande.a_des_bornes:
        return TOUT
    if demande.du == demande.au and demande.du:
        return demande.du
    for numero in range(1, 5):
        trimestre = f"{(demande.du or '')[:4]}-T{numero}"
        if demande.du and (demande.du, demande.au) == bornes_du_trimestre(trimestre):
            return trimestre
    return ""


def filtres_proposes(demande: Demande, variables: Variables) -> list[FiltrePropose]:
    """The lists of the filter bar."""
    resultat = []
    for code in PROPOSES:
        variable = variables.get(code)
        if variable is None:
            continue
        choisis = demande.codes_de(code)
        resultat.append(
            FiltrePropose(
                nom=PREFIXE_DE_FILTRE + code,
                libelle=nom_de(code, variable.libelle),
                choix=[(m.code, m.libelle) for m in variable.modalites],
                valeur=choisis[0] if len(choisis) == 1 else "",
                plusieurs=accorder(len(choisis), "valeur", "valeurs") if choisis[1:] else "",
            )
        )
    return resultat


def restes_de_la_barre(demande: Demande) -> Choix:
    """What the filter bar carries along, (name, value): all that it has no field for."""
    montres = [code for code in PROPOSES if len(demande.codes_de(code)) < 2]
    periode = ("annee", "du", "au") if _valeur(demande) else ("annee",)
    return _restes(demande, montres, periode)


def restes_du_panneau(demande: Demande, variables: Variables) -> Choix:
    """What the page of all filters carries along."""
    return _restes(demande, variables, ("annee", "du", "au"))


def _restes(demande: Demande, montres: Iterable[str], periode: Sequence[str]) -> Choix:
    champs = {PREFIXE_DE_FILTRE + code for code in montres} | {*periode, "validees"}
    return [(nom, valeur) for nom, valeur in demande.parametres() if nom not in champs]


def restes_du_croisement(demande: Demande) -> Choix:
    """What the form of the crossing carries along: all but the crossing."""
    return demande.avec(croisement=None).parametres()


def variables_offertes(
    demande: Demande, variables: Variables
) -> list[tuple[str, list[VariableOfferte]]]:
    """Every variable with its values, under what it describes: situations, then non-recours."""
    groupes: dict[str, list[VariableOfferte]] = {"situation": [], "non_recours": []}
    for code, variable in variables.items():
        gardes = demande.codes_de(code)
        modalites = [*variable.modalites, *([] if code in CALCULEES else [SANS_REPONSE])]
        groupes[variable.portee].append(
            VariableOfferte(
                nom=PREFIXE_DE_FILTRE + code,
                libelle=nom_de(code, variable.libelle),
                choix=[(ecrire_code(m.code), m.libelle, m.code in gardes) for m in modalites],
            )
        )
    return [
        ("La situation et la personne", groupes["situation"]),
        ("Le non-recours", groupes["non_recours"]),
    ]


def jetons(demande: Demande, variables: Variables) -> list[Jeton]:
    """What is in force, each with the address without it; bounds of months are one."""
    portes = []
    if demande.a_des_bornes:
        libelle = " ".join(phrases_de_periode(demande))
        portes.append(Jeton(libelle, lien_de(demande.avec(du=None, au=None))))
    portes += [
        Jeton(phrase_de_filtre(variables[v], [code]), lien_de(demande.sans_filtre(v, code)))
        for v, codes in demande.filtres
        for code in codes
    ]
    return portes + [
        Jeton(phrase_de_filtre(variables[v], [code]), lien_de(demande.sans_case(v, code)))
        for v, code in demande.cases
    ]


def variables_a_croiser(variables: Variables) -> Choix:
    """(code, name) of what can be crossed, in the form's order."""
    return [(code, nom_de(code, variable.libelle)) for code, variable in variables.items()]


def mois_proposes(annees: Sequence[int]) -> Choix:
    """The months of these years, for the bounds of a period."""
    mois = [f"{annee}-{numero:02}" for annee in annees for numero in range(1, 13)]
    return [(m, nom_du_mois(m)) for m in mois]
