"""What a territory does to the sections of its form. Each gesture answers a new document."""

from situations.moteur.elements import SITUATION
from situations.moteur.langue import cite

from .document import (
    GesteImpossible,
    copier,
    deplacer,
    inserer,
    mot,
    oter_liste_inutile,
    propre,
    section,
)
from .relations import delier

CODE_MAX = 60


def ajouter_section(doc: dict, *, titre: str, aide: str = "", rang: int | None = None) -> dict:
    """A new, empty section of the situation, at `rang` (from 0) or at the end."""
    doc = copier(doc)
    nouvelle = {
        "code": code_de_section(doc, titre),
        "titre": propre(titre),
        "aide": propre(aide),
        "portee": SITUATION,
        "questions": [],
    }
    inserer(doc["sections"], nouvelle, rang)
    return doc


def code_de_section(doc: dict, titre: str) -> str:
    """A code made from a title, that no section of the document has."""
    base = mot(titre)[: CODE_MAX - 6].rstrip("_") or "section"
    pris = {existante["code"] for existante in doc["sections"]}
    return next(
        code
        for code in (base, *(f"{base}_{n}" for n in range(2, len(pris) + 3)))
        if code not in pris
    )


def modifier_section(doc: dict, code: str, *, titre: str, aide: str) -> dict:
    """Other words for a section. Raises GesteImpossible."""
    doc = copier(doc)
    section(doc, code).update(titre=propre(titre), aide=propre(aide))
    return doc


def deplacer_section(doc: dict, code: str, rang: int) -> dict:
    """The section at another rank (from 0, brought back within the form)."""
    doc = copier(doc)
    deplacer(doc["sections"], section(doc, code), rang)
    return doc


def retirer_section(doc: dict, code: str) -> dict:
    """The form without a section: its local questions leave, its core ones are hidden.

    Raises GesteImpossible for the section of rights, and while the section asks what must be.
    """
    doc = copier(doc)
    retiree = section(doc, code)
    if retiree["portee"] != SITUATION:
        raise GesteImpossible(
            f"La section {cite(retiree['titre'])} décrit les non-recours\u00a0: elle ne peut pas être "
            "retirée, mais vous pouvez en changer le titre et les questions."
        )
    for question in retiree["questions"]:
        if question["noyau"] and question["doit_etre_posee"]:
            raise GesteImpossible(
                f"La section {cite(retiree['titre'])} pose {cite(question['libelle'])}, que le socle "
                "commun demande à tous\u00a0: déplacez d’abord cette question dans une autre section."
            )
    doc["sections"].remove(retiree)
    for question in retiree["questions"]:
        oter_liste_inutile(doc, question["liste"])
    delier(doc)
    return doc
