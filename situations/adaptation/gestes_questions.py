"""What a territory does to the questions of its form. Each gesture answers a new document."""

import re
from collections.abc import Container
from dataclasses import fields
from typing import Any

from situations.moteur.elements import Question
from situations.moteur.genres import GENRES
from situations.moteur.langue import cite

from .bornes import reproche_de_bornes
from .document import (
    LISTE_DES_DROITS,
    GesteImpossible,
    copier,
    deplacer,
    est_du_noyau,
    inserer,
    mot,
    options_du_noyau,
    oter_liste_inutile,
    propre,
    question,
    questions,
    questions_du_noyau,
    section,
    section_de,
    variables_reservees,
    verifier_code,
)
from .gestes_choix import option_locale
from .relations import delier, relations, relier

CODE_MAX = 60
_VARIABLE = re.compile(r"[a-z][a-z0-9_]*")
_TERRITOIRE_MAX = 40
# What may change on any question, and on those of the territory only.
_PARTOUT = {"libelle": propre, "aide": propre, "obligatoire": bool}
_LOCALES = {
    "sensible": bool,
    "min": lambda valeur: valeur,
    "max": lambda valeur: valeur,
    "classes": lambda classes: None if classes is None else [list(c) for c in classes],
}
# Kinds whose choices are not the question's own.
_LISTES_IMPOSEES = {"droit": LISTE_DES_DROITS, "commune": "communes"}


def code_libre(libelle: str, *, territoire: str, pris: Container[str]) -> str:
    """A variable code made from a label, ending with the territory's slug, that is not taken."""
    fin = mot(territoire)[:_TERRITOIRE_MAX].strip("_") or "local"
    debut = mot(libelle)
    if not debut[:1].isalpha():
        debut = f"q_{debut}".rstrip("_")
    n = 1
    while True:
        suite = f"_{fin}" if n == 1 else f"_{n}_{fin}"
        code = debut[: CODE_MAX - len(suite)].rstrip("_") + suite
        if code not in pris and code not in variables_reservees():
            return code
        n += 1


def ajouter_question(
    doc: dict,
    section_code: str,
    *,
    genre: str,
    libelle: str,
    code: str,
    aide: str = "",
    obligatoire: bool = False,
    options: list[dict] | None = None,
    liste: str | None = None,
    min: int | None = None,
    max: int | None = None,
    classes: list | None = None,
    rang: int | None = None,
) -> dict:
    """A question of the territory's own, in a section, at `rang` (from 0) or at its end.

    A choice takes `options` ({"code", "libelle", "precision"?, "exclusif"?}), or the `liste` of
    the form or of the noyau; with neither, its list is empty for now. Raises GesteImpossible.
    """
    doc = copier(doc)
    cible = section(doc, section_code)
    _verifier_variable(doc, code)
    if genre not in GENRES:
        raise GesteImpossible(
            f"Le genre de question {cite(genre)} n’existe pas\u00a0: choisissez-en un dans la liste."
        )
    nouvelle = Question(
        variable=code,
        genre=genre,
        libelle=propre(libelle),
        aide=propre(aide),
        obligatoire=bool(obligatoire),
        min=min,
        max=max,
    ).document()
    nouvelle["classes"] = _LOCALES["classes"](classes)
    _refuser(reproche_de_bornes(nouvelle))
    if GENRES[genre].a_liste:
        nouvelle["liste"] = _donner_liste(doc, code, _LISTES_IMPOSEES.get(genre, liste), options)
    inserer(cible["questions"], nouvelle, rang)
    return doc


def _refuser(phrase: str | None) -> None:
    if phrase is not None:
        raise GesteImpossible(phrase)


def _verifier_variable(doc: dict, code: str) -> None:
    verifier_code(code, set(questions(doc)) | variables_reservees(), "une question")
    if not _VARIABLE.fullmatch(code):
        raise GesteImpossible(
            f"Le code {cite(code)} ne convient pas\u00a0: il s’écrit en minuscules, en commençant par "
            "une lettre."
        )


def _donner_liste(doc: dict, code: str, liste: str | None, options: list[dict] | None) -> str:
    """The name of the list of a new question, written in `doc` when it was not there."""
    nom = liste or _nom_de_liste(doc, code)
    if nom in doc["listes"]:
        if options is not None:
            raise GesteImpossible(
                f"La liste {cite(nom)} est déjà dans le formulaire\u00a0: prenez-la telle quelle, ou "
                "donnez des choix sans nommer de liste."
            )
        return nom
    if options is None:
        if liste is not None and not options_du_noyau(nom):
            raise GesteImpossible(
                f"La liste {cite(nom)} n’existe pas\u00a0: choisissez-en une autre, ou donnez vos choix."
            )
        doc["listes"][nom] = copier(options_du_noyau(nom))
        return nom
    doc["listes"][nom] = []
    for option in options:
        verifier_code(
            option["code"], {o["code"] for o in doc["listes"][nom]}, "un choix de cette liste"
        )
        doc["listes"][nom].append(option_locale(**option))
    return nom


def _nom_de_liste(doc: dict, code: str) -> str:
    """A list name that neither the form nor the noyau has."""
    nom = code
    while nom in doc["listes"] or options_du_noyau(nom):
        nom = f"{nom[: CODE_MAX - 6]}_choix"
    return nom


def modifier_question(doc: dict, variable: str, **changements: Any) -> dict:
    """Other words, help, obligation, and for a local question other limits or sensitivity.

    `changements` are properties of a question. Raises GesteImpossible for those that may not
    change, TypeError for those that do not exist.
    """
    doc = copier(doc)
    modifiee = question(doc, variable)
    inconnues = changements.keys() - {f.name for f in fields(Question)}
    if inconnues:
        raise TypeError(f"Propriétés inconnues d’une question : {sorted(inconnues)}")
    permis = _PARTOUT if modifiee["noyau"] else _PARTOUT | _LOCALES
    for nom, valeur in changements.items():
        if nom in permis:
            modifiee[nom] = permis[nom](valeur)
        elif valeur != modifiee[nom]:
            raise GesteImpossible(_pourquoi_fixe(modifiee))
    _refuser_relachement(modifiee)
    if not modifiee["noyau"]:
        _refuser(reproche_de_bornes(modifiee))
    return doc


def _pourquoi_fixe(fixe: dict) -> str:
    if fixe["noyau"]:
        return (
            f"La question {cite(fixe['libelle'])} appartient au socle commun\u00a0: son sens, son genre "
            "et ses choix restent les mêmes partout pour que les chiffres se comparent. Vous "
            "pouvez en changer les mots, l’aide et la place."
        )
    return (
        f"La question {cite(fixe['libelle'])} garde son genre, sa liste et son code\u00a0: ajoutez "
        "plutôt une nouvelle question."
    )


def _refuser_relachement(modifiee: dict) -> None:
    originale = questions_du_noyau().get(modifiee["variable"], (None, None))[1]
    exigee = modifiee["noyau"] and originale is not None and originale["obligatoire"]
    if exigee and not modifiee["obligatoire"]:
        raise GesteImpossible(
            f"Le socle commun demande une réponse à {cite(modifiee['libelle'])}\u00a0: la question "
            "reste obligatoire."
        )


def dupliquer_question(doc: dict, variable: str, *, code: str) -> dict:
    """A local copy of a question, right after it, with choices of its own if they are local."""
    doc = copier(doc)
    _verifier_variable(doc, code)
    ici, originale = section_de(doc, variable), question(doc, variable)
    copie = copier(originale)
    copie |= {
        "variable": code,
        "libelle": f"{originale['libelle']} (copie)",
        "noyau": False,
        "doit_etre_posee": False,
    }
    choix = doc["listes"].get(originale["liste"] or "")
    if choix is not None and not est_du_noyau(choix):
        copie["liste"] = _nom_de_liste(doc, code)
        doc["listes"][copie["liste"]] = copier(choix)
    inserer(ici["questions"], copie, ici["questions"].index(originale) + 1)
    return doc


def deplacer_question(doc: dict, variable: str, *, section: str, rang: int) -> dict:
    """The question at another rank (from 0) of its section or of another of the same scope."""
    doc = copier(doc)
    depart, deplacee = section_de(doc, variable), question(doc, variable)
    arrivee = _section_de_portee(doc, section, depart["portee"], deplacee)
    if arrivee is depart:
        deplacer(depart["questions"], deplacee, rang)
    else:
        depart["questions"].remove(deplacee)
        inserer(arrivee["questions"], deplacee, rang)
    return doc


def _section_de_portee(doc: dict, code: str, portee: str, posee: dict) -> dict:
    cible = section(doc, code)
    if cible["portee"] != portee:
        sens = (
            "se pose pour chaque droit"
            if portee == "non_recours"
            else "se pose une fois pour la situation"
        )
        raise GesteImpossible(
            f"La question {cite(posee['libelle'])} {sens}\u00a0: elle ne peut pas aller dans "
            f"{cite(cible['titre'])}."
        )
    return cible


def retirer_question(doc: dict, variable: str) -> dict:
    """The form without a question; what depended on it by a condition is told by `problemes`."""
    doc = copier(doc)
    ici, retiree = section_de(doc, variable), question(doc, variable)
    if retiree["noyau"] and retiree["doit_etre_posee"]:
        raise GesteImpossible(
            f"Le socle commun demande que {cite(retiree['libelle'])} soit posée partout\u00a0: vous "
            "pouvez en changer les mots et la place, pas la retirer."
        )
    ici["questions"].remove(retiree)
    oter_liste_inutile(doc, retiree["liste"])
    delier(doc)
    return doc


def reprendre_question(
    doc: dict, question_document: dict, section_code: str, listes: dict[str, list[dict]]
) -> dict:
    """A hidden or removed question back at the end of a section, with its list if it had left.

    `question_document` and `listes` come from the noyau or from an older version.
    """
    doc = copier(doc)
    reprise = copier(question_document)
    variable, liste = reprise["variable"], reprise["liste"]
    if variable in questions(doc):
        raise GesteImpossible(
            f"La question {cite(reprise['libelle'])} est déjà posée\u00a0: rechargez la page."
        )
    cible = section(doc, section_code)
    if reprise["noyau"] and variable in questions_du_noyau():
        _section_de_portee(doc, section_code, questions_du_noyau()[variable][0], reprise)
    if liste is not None and liste not in doc["listes"]:
        if liste not in listes:
            raise GesteImpossible(
                f"Les choix de {cite(reprise['libelle'])} sont introuvables\u00a0: ajoutez plutôt une "
                "nouvelle question."
            )
        doc["listes"][liste] = copier(listes[liste])
    cible["questions"].append(reprise)
    reprise.update(relations(reprise, questions(doc)))
    relier(doc, variable)
    return doc
