"""What a territory does to the choices of a list. Each gesture answers a new document.

The noyau's choices may only be reordered; those of the territory refine one of them, so that
national figures count them under it.
"""

from situations.moteur.langue import cite

from .document import (
    LISTE_DES_DROITS,
    GesteImpossible,
    copier,
    deplacer,
    est_du_noyau,
    est_locale,
    inserer,
    option,
    options,
    options_du_noyau,
    propre,
    questions,
    verifier_code,
)

# What an option says of itself; the rest (type, registre, famille…) comes from the refined one.
_PROPRES = {"code", "libelle", "precision", "exclusif", "local", "raffine", "question_aide"}


def option_locale(
    *,
    code: str,
    libelle: str,
    precision: str = "",
    exclusif: bool = False,
    raffine: str | None = None,
    **attributs,
) -> dict:
    """The document of an option of the territory's own."""
    return {
        "code": code,
        "libelle": propre(libelle),
        "precision": propre(precision),
        "exclusif": bool(exclusif),
        **attributs,
        "local": True,
        "raffine": raffine,
    }


def herites(raffinee: dict) -> dict:
    """What a local option takes from the core one it refines, to be filtered as it is."""
    return {nom: valeur for nom, valeur in raffinee.items() if nom not in _PROPRES}


def ajouter_choix(
    doc: dict,
    liste: str,
    *,
    libelle: str,
    code: str,
    precision: str = "",
    raffine: str | None = None,
    exclusif: bool = False,
    rang: int | None = None,
) -> dict:
    """A choice of the territory's own, at `rang` (from 0), else after the one it refines.

    Conditions that name the refined choice hold for it too. Raises GesteImpossible.
    """
    doc = copier(doc)
    choix = options(doc, liste)
    _refuser_les_droits(liste)
    pris = {o["code"] for o in [*choix, *options_du_noyau(liste)]}
    verifier_code(code, pris, "un choix de cette liste")
    if not est_du_noyau(choix):
        if raffine is not None:
            raise GesteImpossible(
                "Ces choix sont ceux de votre territoire\u00a0: ils ne précisent aucun choix du socle."
            )
        inserer(
            choix,
            option_locale(code=code, libelle=libelle, precision=precision, exclusif=exclusif),
            rang,
        )
        return doc
    raffinee = _raffinee(doc, liste, raffine)
    nouvelle = option_locale(
        code=code,
        libelle=libelle,
        precision=precision,
        exclusif=exclusif or raffinee["exclusif"],
        raffine=raffine,
        **herites(raffinee),
    )
    inserer(choix, nouvelle, _apres(choix, raffinee) if rang is None else rang)
    etendre_conditions(doc, liste, raffinee["code"], code)
    return doc


def _raffinee(doc: dict, liste: str, raffine: str | None) -> dict:
    """The core option that a new one refines; refused when the list cannot be refined."""
    suivies = [
        q["libelle"]
        for q in questions(doc).values()
        if q["filtre"] and any(_liste(doc, v) == liste for v in q["filtre"]["variables"])
    ]
    if suivies:
        raise GesteImpossible(
            f"Ces choix sont les mêmes partout\u00a0: ceux de {cite(suivies[0])} en dépendent. Précisez "
            "plutôt ces derniers."
        )
    for candidate in doc["listes"][liste]:
        if candidate["code"] == raffine and not est_locale(candidate):
            return candidate
    raise GesteImpossible(
        "Indiquez le choix du socle commun que celui-ci précise\u00a0: les chiffres nationaux l’y "
        "compteront."
    )


def _liste(doc: dict, variable: str) -> str | None:
    posee = questions(doc).get(variable)
    return posee["liste"] if posee else None


def _apres(choix: list[dict], raffinee: dict) -> int:
    """The rank after an option and those that already refine it."""
    return 1 + max(
        rang
        for rang, candidate in enumerate(choix)
        if candidate is raffinee or candidate.get("raffine") == raffinee["code"]
    )


def _clauses_sur(doc: dict, liste: str) -> list[dict]:
    posees = questions(doc)
    return [
        clause
        for q in posees.values()
        if q["condition"]
        for clause in q["condition"]["clauses"]
        if _liste(doc, clause["variable"]) == liste
    ]


def etendre_conditions(doc: dict, liste: str, raffine: str, code: str) -> None:
    """What is shown for a core option is shown for the one that refines it. Writes in `doc`."""
    for clause in _clauses_sur(doc, liste):
        if raffine in clause["valeurs"] and code not in clause["valeurs"]:
            clause["valeurs"].append(code)


def restreindre_conditions(doc: dict, liste: str, code: str) -> None:
    """Takes a retired option out of conditions that name others too. Writes in `doc`."""
    for clause in _clauses_sur(doc, liste):
        if code in clause["valeurs"] and len(clause["valeurs"]) > 1:
            clause["valeurs"].remove(code)


def modifier_choix(doc: dict, liste: str, code: str, *, libelle: str, precision: str) -> dict:
    """Other words for a choice of the territory's own. Raises GesteImpossible."""
    doc = copier(doc)
    _locale(doc, liste, code).update(libelle=propre(libelle), precision=propre(precision))
    return doc


def deplacer_choix(doc: dict, liste: str, code: str, rang: int) -> dict:
    """A choice, core or local, at another rank of its list (from 0)."""
    doc = copier(doc)
    deplacer(options(doc, liste), option(doc, liste, code), rang)
    return doc


def retirer_choix(doc: dict, liste: str, code: str) -> dict:
    """The list without a choice of the territory's own; answers already given keep it."""
    doc = copier(doc)
    options(doc, liste).remove(_locale(doc, liste, code))
    restreindre_conditions(doc, liste, code)
    return doc


def _refuser_les_droits(liste: str) -> None:
    if liste == LISTE_DES_DROITS:
        raise GesteImpossible(
            "Les droits ne se traitent pas comme des choix\u00a0: masquez-les, ou ajoutez un droit local."
        )


def _locale(doc: dict, liste: str, code: str) -> dict:
    trouvee = option(doc, liste, code)
    _refuser_les_droits(liste)
    if not est_locale(trouvee):
        raise GesteImpossible(
            f"{cite(trouvee['libelle'])} appartient au socle commun\u00a0: ce choix reste le même partout "
            "pour que les chiffres se comparent. Vous pouvez le déplacer, ou ajouter un choix qui "
            "le précise."
        )
    return trouvee
