"""The sheet `choices`, read as lists of options."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from situations.moteur.langue import nombre

from .classeur import Feuille, Ligne
from .ecriture import decoder, lire_oui_non, unique, visible
from .rapport import Carnet, Refus

CODE_MAX, LIBELLE_MAX = 60, 300
_PROPRES = {"bnr_liste", "bnr_code", "bnr_libelle", "bnr_exclusif"}
_HORS_CODE = re.compile(r"[^A-Za-z0-9_]")
_FILTRE = "bnr_filtre_"
# What the rest of the application expects of the attributes that it reads.
_TEXTES = ("precision", "type", "registre", "domaine", "domaine_libelle", "nature", "synonymes")
_FORMES = {
    **dict.fromkeys((*_TEXTES, "famille", "question_aide"), str),
    **{"organismes": list, "sensible": bool, "local": bool, "raffine": str | None},
}


@dataclass(slots=True)
class OptionLue:
    """One row: its name in the workbook, its option document, and what was not understood yet."""

    ligne: Ligne
    nom: str
    option: dict


@dataclass(slots=True)
class ListeLue:
    """One list; `exacte` is its name in the definition when we wrote it, "" otherwise.

    `codes` gives the code of each name of the workbook.
    """

    nom: str
    exacte: str = ""
    lues: list[OptionLue] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    est_employee: bool = False

    @property
    def premiere(self) -> int:
        return self.lues[0].ligne.numero


def lire_choix(feuille: Feuille | None, carnet: Carnet) -> dict[str, ListeLue]:
    """The lists of the workbook by name, without double nor nameless choices. Raises Refus."""
    listes: dict[str, ListeLue] = {}
    if feuille is None or not feuille.lignes:
        return listes
    for colonne in ("list_name", "name"):
        if colonne not in feuille.colonnes:
            raise Refus(
                f"La feuille «\u00a0choices\u00a0» n’a pas de colonne «\u00a0{colonne}\u00a0»\u00a0: écrivez cet en-tête sur sa "
                "première ligne."
            )
    for ligne in feuille.lignes:
        nom, choix = ligne.lire("list_name"), ligne.lire("name")
        if not nom or not choix:
            manque = "name" if nom else "list_name"
            carnet.ecarter(
                "choices", ligne.numero, manque, "ce nom manque\u00a0: la ligne n’est pas reprise."
            )
            continue
        liste = listes.setdefault(nom, ListeLue(nom))
        if choix in liste.codes:
            carnet.ecarter(
                "choices",
                ligne.numero,
                "name",
                f"la réponse «\u00a0{choix}\u00a0» est déjà dans la liste «\u00a0{nom}\u00a0»\u00a0: elle n’est pas reprise.",
            )
            continue
        _ajouter(ligne, choix, liste, carnet)
    return listes


def _ajouter(ligne: Ligne, choix: str, liste: ListeLue, carnet: Carnet) -> None:
    exacte = decoder(ligne.lire("bnr_liste"))
    if isinstance(exacte, str) and exacte:
        liste.exacte = liste.exacte or exacte
    option = _option(ligne, choix, carnet)
    if "bnr_liste" not in ligne.entetes:
        option = _locale(option, liste.codes.values())
    liste.codes[choix] = option["code"]
    liste.lues.append(OptionLue(ligne, choix, option))


def texte_exact(ligne: Ligne, colonne: str, exacte: str, defaut: str = "") -> str:
    """A text as it is shown, or as `exacte` keeps it when both still say the same.

    `defaut` is shown, and answered, when there is no text.
    """
    montre, cellule = ligne.lire(colonne), ligne.lire(exacte)
    garde = decoder(cellule)
    if cellule and isinstance(garde, str) and visible(garde, defaut) == montre:
        return garde
    return montre or defaut


def couper(
    texte: str, limite: int, ligne: Ligne, feuille: str, colonne: str, carnet: Carnet
) -> str:
    """`texte` within `limite` characters; what is cut is reported."""
    if len(texte) <= limite:
        return texte
    carnet.ecarter(
        feuille,
        ligne.numero,
        ligne.entete(colonne),
        f"ce texte compte {nombre(len(texte))} caractères, {limite} au plus sont gardés\u00a0: il est coupé.",
    )
    return texte[:limite].rstrip()


def _option(ligne: Ligne, nom: str, carnet: Carnet) -> dict:
    code = decoder(ligne.lire("bnr_code"))
    if not isinstance(code, str) or not code:
        code = nom
    if "label" not in ligne.cellules:
        carnet.ecarter(
            "choices",
            ligne.numero,
            "label",
            "cette réponse n’a pas de libellé\u00a0: son nom en tient lieu.",
        )
    libelle = texte_exact(ligne, "label", "bnr_libelle", nom)
    exclusif = lire_oui_non(ligne.lire("bnr_exclusif"))
    if exclusif is None:
        carnet.ecarter(
            "choices",
            ligne.numero,
            "bnr_exclusif",
            "écrivez «\u00a0oui\u00a0» ou «\u00a0non\u00a0».",
        )
    return {
        "code": couper(code, CODE_MAX, ligne, "choices", "name", carnet),
        "libelle": couper(libelle, LIBELLE_MAX, ligne, "choices", "label", carnet),
        "precision": "",
        "exclusif": bool(exclusif),
        **_attributs(ligne, carnet),
    }


def _locale(option: dict, pris: Iterable[str]) -> dict:
    """An option that we did not write: the territory's own, with a code that we may keep."""
    code = _HORS_CODE.sub("_", option["code"])
    return {"local": True, "raffine": None, **option, "code": unique(code, set(pris))}


def _attributs(ligne: Ligne, carnet: Carnet) -> dict:
    """What the columns `bnr_…` of a choice say of it, beside its label."""
    attributs = {}
    for colonne in [c for c in ligne.cellules if c.startswith("bnr_") and c not in _PROPRES]:
        valeur = decoder(ligne.lire(colonne))
        if colonne.startswith(_FILTRE):
            continue
        nom = colonne.removeprefix("bnr_")
        if _est_attribut(valeur) and isinstance(valeur, _FORMES.get(nom, object)):
            attributs[nom] = valeur
        else:
            carnet.ecarter("choices", ligne.numero, colonne, "cette valeur n’est pas lisible.")
    return attributs


def _est_attribut(valeur: object) -> bool:
    if isinstance(valeur, list):
        return all(isinstance(element, str) for element in valeur)
    return valeur is None or isinstance(valeur, str | bool | int)
