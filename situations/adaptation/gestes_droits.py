"""What a territory does to the rights it asks about. Each gesture answers a new document."""

from typing import Any

from situations.moteur.elements import AUTRE
from situations.moteur.langue import cite
from situations.noyau import lire

from .document import (
    LISTE_DES_DROITS,
    GesteImpossible,
    copier,
    est_locale,
    option,
    options,
    options_du_noyau,
    propre,
    verifier_code,
)
from .gestes_choix import etendre_conditions, option_locale, restreindre_conditions


def masquer_droit(doc: dict, code: str) -> dict:
    """The form without a right of the noyau, that may come back. Raises GesteImpossible."""
    doc = copier(doc)
    masque = option(doc, LISTE_DES_DROITS, code)
    if code == AUTRE:
        raise GesteImpossible(
            f"{cite(masque['libelle'])} reste proposé\u00a0: c’est la réponse quand le droit n’est pas "
            "dans la liste."
        )
    if est_locale(masque):
        raise GesteImpossible(
            f"{cite(masque['libelle'])} est un droit de votre territoire\u00a0: retirez-le plutôt."
        )
    options(doc, LISTE_DES_DROITS).remove(masque)
    return doc


def reprendre_droit(doc: dict, option: dict) -> dict:
    """A right hidden or removed, back at its place in the noyau, local ones near the end."""
    doc = copier(doc)
    droits = options(doc, LISTE_DES_DROITS)
    if any(present["code"] == option["code"] for present in droits):
        raise GesteImpossible(
            f"{cite(option['libelle'])} est déjà proposé\u00a0: rechargez la page."
        )
    droits.insert(_place(droits, option["code"]), copier(option))
    return doc


def _place(droits: list[dict], code: str) -> int:
    """Before the first right that follows in the noyau, else before « Autre », else at the end."""
    ordre = [o["code"] for o in options_du_noyau(LISTE_DES_DROITS)]
    suivants = {AUTRE, *(ordre[ordre.index(code) + 1 :] if code in ordre else ())}
    return next(
        (rang for rang, present in enumerate(droits) if present["code"] in suivants), len(droits)
    )


def ajouter_droit(
    doc: dict,
    *,
    libelle: str,
    code: str,
    domaine: str,
    raffine: str | None = None,
    organismes: list[str],
    synonymes: str = "",
    nature: str,
    sensible: bool,
) -> dict:
    """A right of the territory's own, counted as the core right `raffine`, else in its domain.

    With `raffine`, which may be hidden, the domain is that of the core right.
    Raises GesteImpossible.
    """
    doc = copier(doc)
    droits = options(doc, LISTE_DES_DROITS)
    pris = {o["code"] for o in [*droits, *options_du_noyau(LISTE_DES_DROITS)]}
    verifier_code(code, pris, "un droit")
    if raffine is not None:
        domaine = _droit_du_noyau(raffine)["domaine"]
    nouveau = option_locale(
        code=code,
        libelle=libelle,
        raffine=raffine,
        domaine=domaine,
        domaine_libelle=_libelle_du_domaine(domaine),
        **{
            nom: _CHAMPS[nom](valeur)
            for nom, valeur in {
                "organismes": organismes,
                "nature": nature,
                "sensible": sensible,
                "synonymes": synonymes,
            }.items()
        },
    )
    droits.insert(_place(droits, code), nouveau)
    if raffine is not None:
        etendre_conditions(doc, LISTE_DES_DROITS, raffine, code)
    return doc


def modifier_droit(doc: dict, code: str, **changements: Any) -> dict:
    """Other words or properties (libelle, organismes, nature, sensible, synonymes, domaine) for
    a right of the territory's own. Raises GesteImpossible, TypeError for an unknown property.
    """
    doc = copier(doc)
    droit = _local(doc, code)
    inconnues = changements.keys() - _CHAMPS.keys()
    if inconnues:
        raise TypeError(f"Propriétés inconnues d’un droit : {sorted(inconnues)}")
    if "domaine" in changements and changements["domaine"] != droit["domaine"]:
        if droit["raffine"] is not None:
            raise GesteImpossible(
                f"{cite(droit['libelle'])} suit le domaine du droit qu’il précise\u00a0: retirez-le et "
                "ajoutez-en un autre pour en changer."
            )
        droit["domaine_libelle"] = _libelle_du_domaine(changements["domaine"])
    droit.update({nom: _CHAMPS[nom](valeur) for nom, valeur in changements.items()})
    return doc


def retirer_droit(doc: dict, code: str) -> dict:
    """The form without a right of the territory's own; answers already given keep it."""
    doc = copier(doc)
    options(doc, LISTE_DES_DROITS).remove(_local(doc, code))
    restreindre_conditions(doc, LISTE_DES_DROITS, code)
    return doc


def _local(doc: dict, code: str) -> dict:
    droit = option(doc, LISTE_DES_DROITS, code)
    if not est_locale(droit):
        raise GesteImpossible(
            f"{cite(droit['libelle'])} est un droit du socle commun\u00a0: vous pouvez le masquer, ou "
            "ajouter un droit local qui le précise."
        )
    return droit


def _droit_du_noyau(code: str) -> dict:
    for droit in options_du_noyau(LISTE_DES_DROITS):
        if droit["code"] == code:
            return droit
    raise GesteImpossible(
        f"Le droit {cite(code)} n’est pas dans le socle commun\u00a0: choisissez-en un autre, ou seulement "
        "un domaine."
    )


def _libelle_du_domaine(code: str) -> str:
    for ligne in lire("domaines"):
        if ligne["code"] == code:
            return ligne["libelle"]
    raise GesteImpossible(
        f"Le domaine {cite(code)} n’existe pas\u00a0: choisissez-en un dans la liste."
    )


def _organismes(codes: list[str]) -> list[str]:
    connus = {o["code"] for o in options_du_noyau("organismes")}
    for code in codes:
        if code not in connus:
            raise GesteImpossible(
                f"L’organisme {cite(code)} n’est pas connu\u00a0: choisissez-en un dans la liste."
            )
    return list(codes)


def _nature(code: str) -> str:
    if code not in {droit["nature"] for droit in options_du_noyau(LISTE_DES_DROITS)}:
        raise GesteImpossible(
            f"La nature {cite(code)} n’existe pas\u00a0: choisissez-en une dans la liste."
        )
    return code


_CHAMPS = {
    "libelle": propre,
    "organismes": _organismes,
    "nature": _nature,
    "sensible": bool,
    "synonymes": propre,
    "domaine": str,
}
