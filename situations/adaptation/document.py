"""Reading and copying a definition document: what every gesture shares."""

import re
import unicodedata
from copy import deepcopy
from functools import cache

from situations.moteur.langue import cite
from situations.noyau import document_noyau, lire, listes

_BLANCS = re.compile("[\x00-\x20\x7f-\x9f\ud800-\udfff]+")
_CODE = re.compile(r"[A-Za-z0-9_]{1,60}")

LISTE_DES_DROITS = "droits"


class GesteImpossible(ValueError):
    """A gesture refused; `phrase` says why and what to do, in one French sentence."""

    def __init__(self, phrase: str):
        super().__init__(phrase)
        self.phrase = phrase


def copier(doc: dict) -> dict:
    """A document that can be written without touching `doc`."""
    return deepcopy(doc)


def questions(doc: dict) -> dict[str, dict]:
    """Every question document by its variable, in the order of the form."""
    return {q["variable"]: q for section in doc["sections"] for q in section["questions"]}


def section(doc: dict, code: str) -> dict:
    """The section of that code. Raises GesteImpossible."""
    for candidate in doc["sections"]:
        if candidate["code"] == code:
            return candidate
    raise GesteImpossible(
        f"La section {cite(code)} n’est plus dans le formulaire\u00a0: rechargez la page."
    )


def section_de(doc: dict, variable: str) -> dict:
    """The section that asks `variable`. Raises GesteImpossible."""
    for candidate in doc["sections"]:
        if any(q["variable"] == variable for q in candidate["questions"]):
            return candidate
    raise GesteImpossible(
        f"La question {cite(variable)} n’est plus dans le formulaire\u00a0: rechargez la page."
    )


def question(doc: dict, variable: str) -> dict:
    """The question that asks `variable`. Raises GesteImpossible."""
    return next(q for q in section_de(doc, variable)["questions"] if q["variable"] == variable)


def options(doc: dict, liste: str) -> list[dict]:
    """The options of a list. Raises GesteImpossible."""
    if liste not in doc["listes"]:
        raise GesteImpossible(
            f"La liste de choix {cite(liste)} n’est plus dans le formulaire\u00a0: rechargez la page."
        )
    return doc["listes"][liste]


def option(doc: dict, liste: str, code: str) -> dict:
    """One option of a list. Raises GesteImpossible."""
    for candidate in options(doc, liste):
        if candidate["code"] == code:
            return candidate
    raise GesteImpossible(f"Le choix {cite(code)} n’est plus proposé\u00a0: rechargez la page.")


def est_locale(choix: dict) -> bool:
    """Whether the territory added this option; the others are the noyau's."""
    return bool(choix.get("local"))


def est_du_noyau(choix: list[dict]) -> bool:
    """Whether a list belongs to the noyau: one at least of its options does."""
    return any(not est_locale(candidate) for candidate in choix)


def inserer(elements: list, element: object, rang: int | None) -> None:
    """Puts at the rank (from 0, brought back within the list), or at the end."""
    elements.insert(len(elements) if rang is None else max(0, rang), element)


def deplacer(elements: list, element: object, rang: int) -> None:
    """Puts an element of the list at another rank, counted once it is taken out."""
    elements.remove(element)
    inserer(elements, element, rang)


def oter_liste_inutile(doc: dict, liste: str | None) -> None:
    """Drops a list that no question uses any more."""
    if liste is not None and all(q["liste"] != liste for q in questions(doc).values()):
        doc["listes"].pop(liste, None)


def propre(texte: str) -> str:
    """A text on one line: no control character, no blank around."""
    return _BLANCS.sub(" ", texte).strip()


def mots(texte: str) -> str:
    """The words of a label, accents, case and punctuation aside, to tell two alike."""
    lettres = "".join(
        c if c.isalnum() else " "
        for c in unicodedata.normalize("NFKD", texte).casefold()
        if not unicodedata.combining(c)
    )
    return " ".join(lettres.split()) or texte.strip()


def mot(texte: str) -> str:
    """A text made one word of [a-z0-9_]; may be empty or begin with a digit."""
    ascii_ = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "_", ascii_).strip("_")


def verifier_code(code: str, pris: set[str], quoi: str) -> None:
    """Refuses a code already taken, or that cannot serve as one."""
    if not _CODE.fullmatch(code):
        raise GesteImpossible(
            f"Le code {cite(code)} ne convient pas\u00a0: il s’écrit en lettres sans accents, "
            "chiffres et traits bas, 60 au plus."
        )
    if code in pris:
        raise GesteImpossible(
            f"Le code {cite(code)} désigne déjà {quoi}\u00a0: choisissez-en un autre."
        )


@cache
def questions_du_noyau() -> dict[str, tuple[str, dict]]:
    """variable → (portee, question document) of the noyau; read only."""
    return {
        q["variable"]: (section["portee"], q)
        for section in document_noyau()["sections"]
        for q in section["questions"]
    }


@cache
def variables_reservees() -> frozenset[str]:
    """The variables of the noyau and of the ready-made modules."""
    return frozenset(
        ligne["code"] for fichier in ("variables", "modules") for ligne in lire(fichier)
    )


def options_du_noyau(liste: str) -> list[dict]:
    """The options that the noyau gives a list, () when it does not know it; read only."""
    return listes().get(liste, [])
