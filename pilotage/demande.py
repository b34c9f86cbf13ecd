"""What the reader of a dashboard asks: a value read from an address and able to write it back.

Parameters: `annee=2026` or `du=2026-01` and `au=2026-06`; `f_<variable>=<code>` once or more;
`validees=1`; `lignes` and `colonnes`, the two variables of the crossing; `affichage=ligne` or
`colonne`; `droits=tous`.

A filter on a variable of the situation keeps situations. Filters on variables of the non-recours
keep the non-recours that meet all of them, and the situations with at least one of these.
Several values of one variable: either; several variables: all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self, get_args
from urllib.parse import urlencode

from pilotage.faits import VariableComptee
from pilotage.presentation.noms import en_minuscule, nom_de
from pilotage.presentation.typographie import FINE, INSECABLE, enumerer, nom_du_mois

Affichage = Literal["effectif", "ligne", "colonne"]
Filtres = tuple[tuple[str, tuple[str, ...]], ...]

PREFIXE_DE_FILTRE = "f_"
_ANNEE = re.compile(r"20[0-9]{2}")
_MOIS = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_TRANCHE = ("ans", "ans et plus")
_PARAMETRES = ("annee", "du", "au", "validees", "lignes", "colonnes", "affichage", "droits")


@dataclass(frozen=True, slots=True)
class Demande:
    """A period, filters and a display; filters are kept sorted, without repetition.

    `ignores`: sentences on what the address asked and could not be understood; not part of
    the value. Raises ValueError for a period that is not one.
    """

    annee: int | None = None
    du: str | None = None
    au: str | None = None
    filtres: Filtres = ()
    validees_seulement: bool = False
    croisement: tuple[str, str] | None = None
    affichage: Affichage = "effectif"
    droits_tous: bool = False
    ignores: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self):
        if self.annee is not None and not (2000 <= self.annee <= 2099 and not self.a_des_bornes):
            raise ValueError("a period is a year from 2000 to 2099, or bounds")
        if not all(_MOIS.fullmatch(mois) for mois in (self.du, self.au) if mois is not None):
            raise ValueError("the bounds of a period are months such as 2026-03")
        if self.du and self.au and self.du > self.au:
            raise ValueError("a period ends after its beginning")
        if self.affichage not in get_args(Affichage):
            raise ValueError(f"unknown display: {self.affichage}")
        fusion: dict[str, set[str]] = {}
        for variable, codes in self.filtres:
            fusion.setdefault(variable, set()).update(codes)
        rangees = tuple((v, tuple(sorted(codes))) for v, codes in sorted(fusion.items()) if codes)
        object.__setattr__(self, "filtres", rangees)

    @property
    def a_des_bornes(self) -> bool:
        return self.du is not None or self.au is not None

    @property
    def est_une_annee_entiere(self) -> bool:
        """A year and nothing else that changes what is counted."""
        return self.annee is not None and not (
            self.filtres or self.validees_seulement or self.croisement
        )

    @property
    def periode(self) -> tuple[str | None, str | None]:
        """First and last months, included; None: no bound."""
        if self.annee is not None:
            return f"{self.annee}-01", f"{self.annee}-12"
        return self.du, self.au

    @classmethod
    def depuis(
        cls,
        parametres: Mapping[str, list[str]],
        variables: Mapping[str, VariableComptee],
    ) -> Self:
        """Reads an address (`dict(request.GET.lists())`, `parse_qs(…)`).

        Never raises: what is unknown is left out, and said in `ignores`.
        """
        lecture = _Lecture(parametres, variables)
        annee, du, au = lecture.periode()
        return cls(
            annee=annee,
            du=du,
            au=au,
            filtres=lecture.filtres(),
            validees_seulement=lecture.choix("validees", {"1": True}, False),
            croisement=lecture.croisement(),
            affichage=lecture.choix("affichage", {a: a for a in get_args(Affichage)}, "effectif"),
            droits_tous=lecture.choix("droits", {"tous": True}, False),
            ignores=lecture.ignores(),
        )

    def avec(self, **changements: Any) -> Self:
        """The same request but for these fields; a year replaces bounds, bounds a year."""
        if changements.get("annee") is not None:
            changements = {"du": None, "au": None, **changements}
        elif changements.get("du") or changements.get("au"):
            changements = {"annee": None, **changements}
        return replace(self, ignores=(), **changements)

    def adresse(self, **changements: Any) -> str:
        """The canonical query string, without « ? », of this request once changed."""
        demande = self.avec(**changements)
        paires: list[tuple[str, str]] = []
        if demande.annee is not None:
            paires.append(("annee", str(demande.annee)))
        paires += [(nom, m) for nom, m in (("du", demande.du), ("au", demande.au)) if m]
        paires += [(PREFIXE_DE_FILTRE + v, code) for v, codes in demande.filtres for code in codes]
        if demande.validees_seulement:
            paires.append(("validees", "1"))
        if demande.croisement:
            paires += zip(("lignes", "colonnes"), demande.croisement, strict=True)
        if demande.affichage != "effectif":
            paires.append(("affichage", demande.affichage))
        if demande.droits_tous:
            paires.append(("droits", "tous"))
        return urlencode(paires)

    def codes_de(self, variable: str) -> tuple[str, ...]:
        """The values kept of this variable; nothing when it is not filtered."""
        return dict(self.filtres).get(variable, ())

    def avec_filtre(self, variable: str, code: str) -> Self:
        """Keeps this value too."""
        return self.avec(filtres=(*self.filtres, (variable, (code,))))

    def sans_filtre(self, variable: str, code: str | None = None) -> Self:
        """Without this value of the variable, or without any of its values."""
        restants = () if code is None else set(self.codes_de(variable)) - {code}
        autres = tuple((v, codes) for v, codes in self.filtres if v != variable)
        return self.avec(filtres=(*autres, (variable, tuple(restants))))


class _Lecture:
    """Reads parameters one by one, and notes what cannot be understood."""

    def __init__(
        self, parametres: Mapping[str, list[str]], variables: Mapping[str, VariableComptee]
    ):
        self._variables = variables
        self._phrases: list[str] = []
        self._parametres: dict[str, list[str]] = {}
        for nom, valeurs in parametres.items():
            utiles = list(dict.fromkeys(v.strip() for v in valeurs if v.strip()))
            if nom in _PARAMETRES or nom.startswith(PREFIXE_DE_FILTRE):
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

    def periode(self) -> tuple[int | None, str | None, str | None]:
        annee = self._conforme("annee", _ANNEE, "une année s’écrit 2026")
        bornes = {
            nom: self._conforme(nom, _MOIS, "un mois s’écrit 2026-03") for nom in ("du", "au")
        }
        if annee is not None:
            for nom, mois in bornes.items():
                if mois is not None:
                    self._ignorer("le paramètre", f"{nom}={mois}", "l’année est déjà choisie")
            return int(annee), None, None
        du, au = bornes["du"], bornes["au"]
        if du and au and du > au:
            self._ignorer("la période", f"du={du}, au={au}", "elle finit avant de commencer")
            return None, None, None
        return None, du, au

    def _conforme(self, nom: str, motif: re.Pattern[str], raison: str) -> str | None:
        valeur = self._unique(nom)
        if valeur is None or motif.fullmatch(valeur):
            return valeur
        self._ignorer("le paramètre", f"{nom}={valeur}", raison)
        return None

    def filtres(self) -> Filtres:
        retenus = []
        for nom, codes in self._parametres.items():
            if not nom.startswith(PREFIXE_DE_FILTRE):
                continue
            variable = self._variables.get(nom.removeprefix(PREFIXE_DE_FILTRE))
            if variable is None:
                self._ignorer("le filtre", nom.removeprefix(PREFIXE_DE_FILTRE))
                continue
            connus = {modalite.code for modalite in variable.modalites}
            nom_court = nom_de(variable.code, variable.libelle)
            for code in codes:
                if code not in connus:
                    self._ignorer(f"le filtre {nom_court}", code)
            retenus.append((variable.code, tuple(code for code in codes if code in connus)))
        return tuple(retenus)

    def croisement(self) -> tuple[str, str] | None:
        demandees = [v for v in map(self._unique, ("lignes", "colonnes")) if v is not None]
        inconnues = [v for v in demandees if v not in self._variables]
        for variable in inconnues:
            self._ignorer("le croisement", variable)
        if inconnues or not demandees:
            return None
        if len(set(demandees)) != 2:
            self._ignorer("le croisement", demandees[0], "il y faut deux variables différentes")
            return None
        return demandees[0], demandees[1]


def phrases(demande: Demande, variables: Mapping[str, VariableComptee]) -> list[str]:
    """What is selected, in words: the period, then each filter; nothing when all is counted.

    Raises KeyError for a filter on a variable that is not in `variables`.
    """
    resultat = _phrases_de_periode(demande)
    if demande.validees_seulement:
        resultat.append("situations validées seulement")
    portees: dict[str, list[tuple[VariableComptee, list[str]]]] = {
        "situation": [],
        "non_recours": [],
    }
    for code, codes in demande.filtres:
        variable = variables[code]
        portees[variable.portee].append((variable, [variable.libelle_de(c) for c in codes]))
    resultat += [_phrase_de_situation(*filtre) for filtre in portees["situation"]]
    if portees["non_recours"]:
        resultat.append(_phrase_de_non_recours(portees["non_recours"]))
    return resultat


def _phrases_de_periode(demande: Demande) -> list[str]:
    if demande.annee is not None:
        return [f"année {demande.annee}"]
    bornes = {nom: nom_du_mois(m) for nom, m in (("du", demande.du), ("au", demande.au)) if m}
    match bornes:
        case {"du": du, "au": au}:
            return [du if du == au else f"{_de(du)} à {au}"]
        case {"du": du}:
            return [f"depuis {du}"]
        case {"au": au}:
            return [f"jusqu’à {au}"]
    return []


def _de(mois: str) -> str:
    return f"d’{mois}" if mois[0] in "ao" else f"de {mois}"


def _phrase_de_situation(variable: VariableComptee, libelles: list[str]) -> str:
    tranches = [en_minuscule(libelle) for libelle in libelles]
    if variable.code == "age" and all(tranche.endswith(_TRANCHE) for tranche in tranches):
        return f"personnes de {enumerer(tranches, 'ou')}"
    return f"{nom_de(variable.code, variable.libelle)}{INSECABLE}: {enumerer(libelles, 'ou')}"


def _phrase_de_non_recours(filtres: list[tuple[VariableComptee, list[str]]]) -> str:
    debut = "situations où au moins un non-recours"
    (premiere, libelles), *autres = filtres
    if not autres and premiere.code == "droit":
        return f"{debut} concerne{INSECABLE}: {enumerer(libelles, 'ou')}"
    termes = [
        f"{en_minuscule(nom_de(v.code, v.libelle))} «{INSECABLE}{enumerer(x, 'ou')}{INSECABLE}»"
        for v, x in filtres
    ]
    return f"{debut} est ainsi décrit{INSECABLE}: {f'{FINE}; '.join(termes)}"
