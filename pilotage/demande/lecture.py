"""Reading an address, one parameter after the other, and noting what cannot be understood."""

import re
from collections.abc import Mapping
from typing import Any

from pilotage.presentation.noms import nom_de
from pilotage.presentation.typographie import INSECABLE
from pilotage.variables import SANS_REPONSE, VariableComptee

Filtres = tuple[tuple[str, tuple[str, ...]], ...]
Cases = tuple[tuple[str, str], ...]
Periode = tuple[int | None, str | None, str | None]

PREFIXE_DE_FILTRE = "f_"
PREFIXE_DE_CASE = "c_"
# « Sans réponse » in an address, where nothing at all would be a field left empty.
VIDE = "-"
# What `periode` says when the bounds beside it are the ones to read.
PERIODE_LIBRE = "bornes"

ANNEE = re.compile(r"20[0-9]{2}")
MOIS = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
TRIMESTRE = re.compile(r"20[0-9]{2}-T[1-4]")
CLE_DE_TABLEAU = re.compile(r"[a-z0-9_-]{1,120}")
_PARAMETRES = frozenset(
    {"annee", "periode", "du", "au", "validees", "lignes", "colonnes", "onglets", "onglet"}
    | {"affichage", "complet"}
)


def ecrire_code(code: str) -> str:
    """A code as an address writes it."""
    return code or VIDE


def lire_code(texte: str) -> str:
    return SANS_REPONSE.code if texte == VIDE else texte


def bornes_du_trimestre(trimestre: str) -> tuple[str, str]:
    """« 2026-T2 » → (« 2026-04 », « 2026-06 »)."""
    annee, numero = trimestre.split("-T")
    dernier = 3 * int(numero)
    return f"{annee}-{dernier - 2:02}", f"{annee}-{dernier:02}"


class Lecture:
    """`parametres` as `dict(request.GET.lists())`; never raises."""

    def __init__(
        self, parametres: Mapping[str, list[str]], variables: Mapping[str, VariableComptee]
    ):
        self._variables = variables
        self._phrases: list[str] = []
        self._parametres: dict[str, list[str]] = {}
        for nom, valeurs in parametres.items():
            utiles = list(dict.fromkeys(v.strip() for v in valeurs if v.strip()))
            if nom in _PARAMETRES or nom.startswith((PREFIXE_DE_FILTRE, PREFIXE_DE_CASE)):
                self._parametres[nom] = utiles
            elif utiles:
                self._ignorer("le paramètre", nom)

    def ignores(self) -> tuple[str, ...]:
        return tuple(self._phrases)

    def _ignorer(self, quoi: str, valeur: str, raison: str = "inconnu") -> None:
        court = valeur if len(valeur) <= 40 else f"{valeur[:40]}…"
        self._phrases.append(
            f"{quoi[:1].upper()}{quoi[1:]} «{INSECABLE}{court}{INSECABLE}» "
            f"n’a pas été pris en compte{INSECABLE}: {raison}."
        )

    def _unique(self, nom: str) -> str | None:
        valeurs = self._parametres.get(nom, [])
        for valeur in valeurs[1:]:
            self._ignorer("le paramètre", f"{nom}={valeur}", "une seule valeur est possible")
        return valeurs[0] if valeurs else None

    def choix(self, nom: str, valeurs: Mapping[str, Any], sinon: Any) -> Any:
        valeur = self._unique(nom)
        if valeur is not None and valeur not in valeurs:
            self._ignorer("le paramètre", f"{nom}={valeur}")
        return valeurs.get(valeur, sinon)

    def periode(self) -> Periode:
        choisie = self._unique("periode")
        if choisie is not None and choisie != PERIODE_LIBRE:
            return self._periode_choisie(choisie)
        annee = self._conforme("annee", ANNEE, "une année s’écrit 2026")
        bornes = {nom: self._conforme(nom, MOIS, "un mois s’écrit 2026-03") for nom in ("du", "au")}
        if annee is not None and choisie is None:
            for nom, mois in bornes.items():
                if mois is not None:
                    self._ignorer("le paramètre", f"{nom}={mois}", "l’année est déjà choisie")
            return int(annee), None, None
        du, au = bornes["du"], bornes["au"]
        if du and au and du > au:
            self._ignorer("la période", f"du={du}, au={au}", "elle finit avant de commencer")
            return None, None, None
        return None, du, au

    def _periode_choisie(self, choisie: str) -> Periode:
        """A year, a quarter or a month picked in the list, which the bounds do not follow."""
        if ANNEE.fullmatch(choisie):
            return int(choisie), None, None
        if TRIMESTRE.fullmatch(choisie):
            return None, *bornes_du_trimestre(choisie)
        if MOIS.fullmatch(choisie):
            return None, choisie, choisie
        if choisie != "tout":
            self._ignorer("le paramètre", f"periode={choisie}")
        return None, None, None

    def _conforme(self, nom: str, motif: re.Pattern[str], raison: str) -> str | None:
        valeur = self._unique(nom)
        if valeur is None or motif.fullmatch(valeur):
            return valeur
        self._ignorer("le paramètre", f"{nom}={valeur}", raison)
        return None

    def filtres(self) -> Filtres:
        return tuple(
            (variable, tuple(codes)) for variable, codes in self._reponses(PREFIXE_DE_FILTRE)
        )

    def cases(self) -> Cases:
        return tuple(
            (variable, code)
            for variable, codes in self._reponses(PREFIXE_DE_CASE)
            for code in codes
        )

    def _reponses(self, prefixe: str) -> list[tuple[str, list[str]]]:
        """Each variable named after this prefix, with those of its codes that are known."""
        retenus = []
        for nom, textes in self._parametres.items():
            if not nom.startswith(prefixe) or not textes:
                continue
            variable = self._variables.get(nom.removeprefix(prefixe))
            if variable is None:
                self._ignorer("le filtre", nom.removeprefix(prefixe))
                continue
            retenus.append((variable.code, self._codes(variable, textes)))
        return retenus

    def _codes(self, variable: VariableComptee, textes: list[str]) -> list[str]:
        connus = {modalite.code for modalite in variable.modalites} | {SANS_REPONSE.code}
        nom_court = nom_de(variable.code, variable.libelle)
        for texte in textes:
            if lire_code(texte) not in connus:
                self._ignorer(f"le filtre {nom_court}", texte)
        return [code for code in map(lire_code, textes) if code in connus]

    def croisement(self) -> tuple[str, ...] | None:
        lues = [self._unique(nom) for nom in ("lignes", "colonnes", "onglets")]
        demandees = [variable for variable in lues if variable is not None]
        inconnues = [variable for variable in demandees if variable not in self._variables]
        for variable in inconnues:
            self._ignorer("le croisement", variable)
        if inconnues or not demandees:
            return None
        if None in lues[:2] or len(set(demandees)) != len(demandees):
            raison = "il y faut deux ou trois variables différentes"
            self._ignorer("le croisement", demandees[0], raison)
            return None
        return tuple(demandees)

    def onglet(self, croisement: tuple[str, ...] | None) -> str | None:
        texte = self._unique("onglet")
        if texte is None or croisement is None or len(croisement) < 3:
            return None
        return next(iter(self._codes(self._variables[croisement[2]], [texte])), None)

    def complets(self) -> tuple[str, ...]:
        cles = self._parametres.get("complet", [])
        for cle in cles:
            if not CLE_DE_TABLEAU.fullmatch(cle):
                self._ignorer("le paramètre", f"complet={cle}")
        return tuple(cle for cle in cles if CLE_DE_TABLEAU.fullmatch(cle))
