"""One row of `survey` as a question document, before what other rows have to say of it."""

import re
from collections.abc import Callable, Mapping

from situations.adaptation.bornes import ENTIER_MAX
from situations.moteur.genres import GENRES

from .choix import couper, texte_exact
from .classeur import Ligne
from .ecriture import decoder, lire_oui_non
from .lignes import DRAPEAUX, VALEURS
from .parcours import LigneQuestion
from .rapport import Carnet
from .types import genre_de

LIBELLE_MAX, AIDE_MAX = 300, 600
_PARAMETRE = re.compile(r"(start|end|step)\s*=\s*(-?\d{1,9})(?![\d.])")
# The properties whose meaning the noyau fixes: a territory may not change them.
FIXES = ("genre", "liste", "min", "max", "classes", "filtre", "exclut", "propose", "sensible")


def lire_question(lue: LigneQuestion, variable: str, socle: Mapping | None, carnet: Carnet) -> dict:
    """The question document of a row; `socle` is the noyau's own, for a core variable."""
    ligne = lue.ligne
    genre = _genre(lue, socle, carnet)
    question = {
        "variable": variable,
        "genre": genre,
        "libelle": _libelle(lue, carnet),
        "aide": couper(
            texte_exact(ligne, "hint", "bnr_aide"), AIDE_MAX, ligne, "survey", "hint", carnet
        ),
        "obligatoire": _obligatoire(ligne, carnet),
        **{cle: _drapeau(ligne, f"bnr_{cle}", carnet) for cle in DRAPEAUX},
        "liste": None,
        **{cle: _valeur(ligne, cle, carnet) for cle in VALEURS},
    }
    if lue.type.sorte == "range":
        _mesurer(ligne, question, carnet)
    if socle is not None:
        _tenir_au_socle(ligne, question, socle, carnet)
    return question


def _genre(lue: LigneQuestion, socle: Mapping | None, carnet: Carnet) -> str:
    ligne, sorte = lue.ligne, lue.type.sorte
    apparence = ligne.lire("appearance")
    genre, reste = genre_de(sorte, apparence, decoder(ligne.lire("bnr_genre")))
    if socle is not None:
        genre, voulu = socle["genre"], GENRES[socle["genre"]]
        reste = "" if apparence == voulu.apparence else reste
        if voulu.xlsform != sorte:
            raison = (
                f"«\u00a0{lue.nom}\u00a0» est une question du socle, de type «\u00a0{voulu.xlsform}\u00a0»\u00a0: elle garde "
                "ce type et ses réponses."
            )
            carnet.ecarter("survey", ligne.numero, ligne.entete("type"), raison)
    if sorte == "date" and "month-year" not in apparence:
        raison = "le BNR ne demande jamais le jour\u00a0: seul le mois sera demandé."
        carnet.ecarter("survey", ligne.numero, ligne.entete("type"), raison)
    if reste:
        raison = (
            f"l’apparence «\u00a0{reste}\u00a0» n’est pas reprise\u00a0: le BNR choisit la sienne."
        )
        carnet.ecarter("survey", ligne.numero, ligne.entete("appearance"), raison)
    return genre


def _libelle(lue: LigneQuestion, carnet: Carnet) -> str:
    ligne = lue.ligne
    if "label" not in ligne.cellules:
        raison = "cette question n’a pas de libellé\u00a0: son nom en tient lieu."
        carnet.ecarter("survey", ligne.numero, "label", raison)
    libelle = texte_exact(ligne, "label", "bnr_libelle", lue.nom)
    return couper(libelle, LIBELLE_MAX, ligne, "survey", "label", carnet)


def _obligatoire(ligne: Ligne, carnet: Carnet) -> bool:
    texte = ligne.lire("required")
    lu = lire_oui_non(texte)
    if lu is None:
        raison = f"«\u00a0{texte}\u00a0» n’est ni «\u00a0yes\u00a0» ni «\u00a0no\u00a0»\u00a0: la question devient facultative."
        carnet.ecarter("survey", ligne.numero, ligne.entete("required"), raison)
    return bool(lu)


def _drapeau(ligne: Ligne, colonne: str, carnet: Carnet) -> bool:
    lu = lire_oui_non(ligne.lire(colonne))
    if lu is None:
        carnet.ecarter(
            "survey", ligne.numero, colonne, "écrivez «\u00a0oui\u00a0» ou «\u00a0non\u00a0»."
        )
    return bool(lu)


def _valeur(ligne: Ligne, cle: str, carnet: Carnet) -> object:
    """What a column `bnr_…` keeps exactly, when it has the shape it should."""
    vide = [] if cle == "exclut" else None
    texte = ligne.lire(f"bnr_{cle}")
    if not texte:
        return vide
    valeur = decoder(texte)
    if _FORMES[cle](valeur):
        return valeur
    carnet.ecarter("survey", ligne.numero, f"bnr_{cle}", "cette valeur n’est pas lisible.")
    return vide


def _est_entier(valeur: object) -> bool:
    return isinstance(valeur, int) and not isinstance(valeur, bool) and abs(valeur) <= ENTIER_MAX


def _sont_textes(valeur: object) -> bool:
    return isinstance(valeur, list) and all(isinstance(element, str) for element in valeur)


def _est_objet(**formes: Callable[[object], bool]) -> Callable[[object], bool]:
    """Whether a value is an object of exactly these properties, each of its shape."""
    return lambda valeur: (
        isinstance(valeur, dict)
        and valeur.keys() == formes.keys()
        and all(forme(valeur[nom]) for nom, forme in formes.items())
    )


def _est_texte(valeur: object) -> bool:
    return isinstance(valeur, str)


def _sont_classes(valeur: object) -> bool:
    return isinstance(valeur, list) and all(
        isinstance(classe, list)
        and len(classe) == 2
        and _est_entier(classe[0])
        and (classe[1] is None or _est_entier(classe[1]))
        for classe in valeur
    )


_EST_CLAUSE = _est_objet(variable=_est_texte, valeurs=_sont_textes)


def _sont_clauses(valeur: object) -> bool:
    return isinstance(valeur, list) and all(map(_EST_CLAUSE, valeur))


_FORMES: dict[str, Callable[[object], bool]] = {
    "min": _est_entier,
    "max": _est_entier,
    "classes": _sont_classes,
    "condition": _est_objet(mode=("toutes", "une").__contains__, clauses=_sont_clauses),
    "filtre": _est_objet(attribut=_est_texte, variables=_sont_textes),
    "exclut": _sont_textes,
    "propose": _est_objet(variable=_est_texte, attribut=_est_texte),
}


def _mesurer(ligne: Ligne, question: dict, carnet: Carnet) -> None:
    """The bounds of a `range`, whose parameters say « start=0 end=10 step=1 »."""
    parametres = dict(_PARAMETRE.findall(ligne.lire("parameters").lower()))
    question["min"] = int(parametres.get("start", 0))
    question["max"] = int(parametres.get("end", 10))
    raison = "ce curseur devient un nombre entier à écrire, entre les mêmes bornes."
    if parametres.get("step", "1") != "1":
        raison += " Son pas n’est pas repris."
    carnet.ecarter("survey", ligne.numero, ligne.entete("type"), raison)


def _tenir_au_socle(ligne: Ligne, question: dict, socle: Mapping, carnet: Carnet) -> None:
    """What a territory may not change in a core question is the noyau's, whatever the row says."""
    for cle in (*FIXES, "doit_etre_posee"):
        colonne = f"bnr_{cle}"
        if colonne in ligne.entetes and question[cle] != socle[cle]:
            raison = "le socle commun le fixe\u00a0: cette valeur n’est pas reprise."
            carnet.ecarter("survey", ligne.numero, colonne, raison)
        question[cle] = socle[cle]
    question["noyau"] = True
    if "bnr_noyau" not in ligne.entetes:
        question["aide"] = question["aide"] or socle["aide"]
    if socle["obligatoire"] and not question["obligatoire"]:
        raison = "cette question du socle reste obligatoire."
        carnet.ecarter("survey", ligne.numero, ligne.entete("required"), raison)
        question["obligatoire"] = True
