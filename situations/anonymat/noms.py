"""Probable names of persons: after a title, after a frequent first name, or « NOM Prénom »."""

import re
import unicodedata
from collections.abc import Iterator

from situations.anonymat.lexique import (
    ARTICLES,
    GRAMMAIRE,
    LIEUX,
    MOTS_DU_METIER,
    PARTICULES,
    PRENOMS,
    TITRES,
    TITRES_A_MAJUSCULE,
    TITRES_ABREGES,
    TITRES_SANS_CAPITALES,
)

MOT = re.compile(r"[^\W\d_]++(?:-[^\W\d_]++)*+")
PAS_UN_NOM = GRAMMAIRE | MOTS_DU_METIER | PARTICULES
NI_ARTICLE_NI_NOM = GRAMMAIRE - ARTICLES
MOTS_AVANT_UN_NOM_DE_LIEU = 5
MOTS_D_UN_NOM = 3


def noms(texte: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each probable name in a text already read by `lecture`, title included."""
    phrase = _Mots(texte)
    for i in range(len(phrase.mots)):
        dernier = _dernier_mot_du_nom(phrase, i)
        if dernier is not None and not _nomme_un_lieu(phrase, i):
            yield phrase.debut(i), phrase.fin(dernier)


class _Mots:
    """The words of a text and what separates them."""

    def __init__(self, texte: str):
        self.texte = texte
        self._trouves = list(MOT.finditer(texte))
        self.mots = [m[0] for m in self._trouves]
        self.plies = [_plier(mot) for mot in self.mots]

    def debut(self, i: int) -> int:
        return self._trouves[i].start()

    def fin(self, i: int) -> int:
        return self._trouves[i].end()

    def avant(self, i: int) -> str:
        """What stands between word i - 1 and word i; a line end before and after all."""
        if not 0 < i < len(self.mots):
            return "\n"
        return self.texte[self.fin(i - 1) : self.debut(i)]

    def apres(self, i: int) -> str:
        """The character that follows word i."""
        return self.texte[self.fin(i) : self.fin(i) + 1]


def _plier(mot: str) -> str:
    decompose = unicodedata.normalize("NFD", mot.casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c)).replace("œ", "oe")


def _dernier_mot_du_nom(phrase: _Mots, i: int) -> int | None:
    """Index of the last word of the name that word `i` (title, first name, NAME) opens."""
    if _est_titre(phrase, i) or _est_prenom(phrase, i):
        return _fin_du_nom(phrase, i)
    mot = phrase.mots[i]
    if len(mot) < 4 or not mot.isupper() or phrase.plies[i] in PAS_UN_NOM:
        return None
    suit = phrase.avant(i + 1) == " " and _est_prenom(phrase, i + 1)
    return i + 1 if suit and not phrase.mots[i + 1].isupper() else None


def _est_titre(phrase: _Mots, i: int) -> bool:
    plie = phrase.plies[i]
    return plie in TITRES and (plie not in TITRES_A_MAJUSCULE or phrase.mots[i][0].isupper())


def _est_prenom(phrase: _Mots, i: int) -> bool:
    """« Nadia », « NADIA », « Jean-Pierre »: each part is a frequent first name with a capital."""
    return all(partie in PRENOMS for partie in phrase.plies[i].split("-")) and all(
        partie[0].isupper() for partie in phrase.mots[i].split("-")
    )


def _fin_du_nom(phrase: _Mots, i: int) -> int | None:
    """Index of the last word of the surname after the title or first name `i`, if there is one."""
    lien = r"\.? {0,3}" if phrase.plies[i] in TITRES_ABREGES else r" {1,3}"
    j = i + 1
    while j <= i + 4 and re.fullmatch(lien, phrase.avant(j)):
        lien = r" {1,3}|'"
        if _est_nom(phrase, i, j):
            return _suite_du_nom(phrase, i, j)
        # « Mme la directrice » : a small article right after the title announces no name.
        article = phrase.mots[j] in ("la", "le", "les", "l") and j == i + 1
        if article or phrase.plies[j] not in PARTICULES:
            return None
        j += 1
    return None


def _suite_du_nom(phrase: _Mots, i: int, j: int) -> int:
    dernier = j
    while (
        dernier < j + MOTS_D_UN_NOM
        and phrase.avant(dernier + 1) in (" ", "'")
        and _est_nom(phrase, i, dernier + 1)
    ):
        dernier += 1
    return dernier


def _est_nom(phrase: _Mots, titre: int, j: int) -> bool:
    """A capitalised word that is no word of the trade, or an initial."""
    mot, plie = phrase.mots[j], phrase.plies[j]
    if not mot[0].isupper():
        return False
    if len(mot) == 1:
        # « Mme D », « M. X. »; « A » and « Y » are also words, unless a point follows.
        if phrase.avant(j + 1) == "'":  # N'Diaye
            return phrase.mots[j + 1][0].isupper() and phrase.plies[j + 1] not in PAS_UN_NOM
        return phrase.apres(j) == "." or (plie not in "ay" and not phrase.apres(j).isalnum())
    if plie in PAS_UN_NOM:
        return False
    return not (mot.isupper() and phrase.plies[titre] in TITRES_SANS_CAPITALES)


def _nomme_un_lieu(phrase: _Mots, i: int) -> bool:
    """« collège Jean Moulin », « maison de santé Marie Curie », « rue du Docteur Roux »."""
    if i and phrase.plies[i - 1] in ("de", "d"):
        return False
    for j in range(i - 1, max(i - 1 - MOTS_AVANT_UN_NOM_DE_LIEU, -1), -1):
        if phrase.avant(j + 1).strip(" '"):
            return False
        if phrase.plies[j] in LIEUX:
            return True
        if phrase.plies[j] in NI_ARTICLE_NI_NOM:
            return False
    return False
