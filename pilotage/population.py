"""The population of a territory by age, from the CSV file that an administrator loads.

Two columns: an age, or a band of ages, and a number of inhabitants. Ages may be given year by year
(« 0 », « 1 »… « 100 et plus »), in bands of any width that stay inside the noyau's, or by the
noyau's own labels. As in the Insee's variable AGED100, a last age of 100 or more is itself and
all the older ones. Pure.
"""

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pilotage.presentation.typographie import INSECABLE, enumerer, nombre
from situations import noyau

OCTETS_MAX = 200_000
ERREURS_MAX = 20
HABITANTS_MAX = 100_000_000
SANS_FIN = 1_000
CENTENAIRES = 100
_AGES = ("age", "ages", "aged100", "tranche", "tranche d'age", "tranches d'age", "libelle")
_NOMBRES = ("population", "habitants", "effectif", "effectifs", "nombre", "nb", "pop")
_NOMBRE = re.compile(r"[0-9]{1,12}([.,][0-9]{1,12})?")
_TOTAUX = frozenset({"total", "ensemble", "tous ages"})


class Tranche(NamedTuple):
    """A band of the noyau: ages from `debut` to `fin`, both included."""

    code: str
    libelle: str
    debut: int
    fin: int


@dataclass(frozen=True, slots=True)
class Erreur:
    """What to correct, in French; `ligne` of the file, from 1, or None for the whole of it."""

    ligne: int | None
    message: str

    def __str__(self) -> str:
        return (
            self.message if self.ligne is None else f"Ligne {self.ligne}{INSECABLE}: {self.message}"
        )


@dataclass(frozen=True, slots=True)
class Population:
    """`effectifs`: inhabitants by code of band, all of them, or none when there are `erreurs`."""

    effectifs: Mapping[str, int]
    erreurs: tuple[Erreur, ...] = ()


class _Refus(ValueError):
    """A line that cannot be understood, and why."""


@cache
def tranches_d_age() -> tuple[Tranche, ...]:
    """The bands of the noyau, from its own labels, in order; « Non renseigné » is not one."""
    return tuple(
        Tranche(ligne["code"], ligne["libelle"], *_bornes(ligne["libelle"]))
        for ligne in noyau.lire("modalites")
        if ligne["liste"] == "age" and ligne["exclusif"] == "0"
    )


def lire_population(contenu: bytes | str) -> Population:
    """The inhabitants of each band, or all that is wrong with the file (20 errors at most).

    UTF-8 or Windows; separated by semicolons, tabs or commas; a line of headings is optional. Every
    age must be counted once and once only. A line « Total » is checked against the others.
    """
    if len(contenu) > OCTETS_MAX:
        return Population(
            {}, (Erreur(None, "Le fichier est trop gros pour une population par âge."),)
        )
    texte = _decoder(contenu) if isinstance(contenu, bytes) else contenu.removeprefix("\ufeff")
    lignes = list(_lignes(texte))
    if not lignes:
        return Population({}, (Erreur(None, "Le fichier est vide."),))
    colonnes = _colonnes(lignes[0][1])
    if colonnes is not None:
        del lignes[0]
    lecture = _Lecture()
    for numero, cases in lignes:
        lecture.ajouter(numero, cases, colonnes or (0, 1))
    return lecture.conclure()


class _Lecture:
    """What was read so far: inhabitants by band, and the line where each age was counted."""

    def __init__(self):
        self.effectifs = {tranche.code: 0.0 for tranche in tranches_d_age()}
        self.ages: list[tuple[int, int, int]] = []
        self.total: tuple[int, float] | None = None
        self.erreurs: list[Erreur] = []

    def ajouter(self, numero: int, cases: list[str], colonnes: tuple[int, int]) -> None:
        try:
            if max(colonnes) >= len(cases):
                raise _Refus("il faut deux colonnes, l’âge puis le nombre d’habitants.")
            age, habitants = (cases[colonne].strip() for colonne in colonnes)
            if _simplifier(age) in _TOTAUX:
                self.total = (numero, _habitants(habitants))
                return
            self._compter(numero, age, _habitants(habitants))
        except _Refus as refus:
            self.erreurs.append(Erreur(numero, str(refus)))

    def _compter(self, numero: int, age: str, habitants: float) -> None:
        tranche, debut, fin = _trouver(age)
        for autre_debut, autre_fin, autre in self.ages:
            if debut <= autre_fin and autre_debut <= fin:
                raise _Refus(f"{_citer(age)} est déjà compté à la ligne {autre}.")
        self.ages.append((debut, fin, numero))
        self.effectifs[tranche.code] += habitants

    def conclure(self) -> Population:
        if not self.erreurs:
            self._ouvrir_la_fin()
            self.erreurs += [*self._manques(), *self._ecart()]
        if self.erreurs:
            return Population({}, tuple(self.erreurs[:ERREURS_MAX]))
        return Population({code: math.floor(n + 0.5) for code, n in self.effectifs.items()})

    def _ouvrir_la_fin(self) -> None:
        self.ages.sort()
        if self.ages and self.ages[-1][1] >= CENTENAIRES:
            debut, _, numero = self.ages[-1]
            self.ages[-1] = (debut, SANS_FIN, numero)

    def _manques(self) -> Iterator[Erreur]:
        """The bands that are not wholly covered. An open last line covers all older ages."""
        for tranche in tranches_d_age():
            trous = list(self._trous(tranche))
            if trous == [(tranche.debut, tranche.fin)]:
                yield Erreur(None, f"La tranche {_citer(tranche.libelle)} manque.")
            elif trous:
                ages = enumerer([_dire(*trou) for trou in trous], "et")
                dans = f"Dans la tranche {_citer(tranche.libelle)}"
                yield Erreur(None, f"{dans}, il manque{INSECABLE}: {ages}.")
        if not any(self.effectifs.values()):
            yield Erreur(None, "Aucun habitant n’est compté.")

    def _trous(self, tranche: Tranche) -> Iterator[tuple[int, int]]:
        attendu = tranche.debut
        for debut, fin, _ in self.ages:
            if tranche.debut <= debut <= tranche.fin:
                if debut > attendu:
                    yield attendu, debut - 1
                attendu = fin + 1
        if attendu <= tranche.fin:
            yield attendu, tranche.fin

    def _ecart(self) -> Iterator[Erreur]:
        """Rounded parts may differ from their rounded total by one each."""
        somme = sum(self.effectifs.values())
        if self.total and abs(self.total[1] - somme) > len(self.ages):
            ecrits = (nombre(round(n)) for n in (self.total[1], somme))
            yield Erreur(
                self.total[0],
                "le total annoncé ({}) n’est pas la somme des lignes ({}).".format(*ecrits),
            )


def _decoder(contenu: bytes) -> str:
    try:
        return contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenu.decode("cp1252", errors="replace")


def _lignes(texte: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not blank, numbered as a reader of the file sees them."""
    separateur = max(";\t,", key=texte.count) if ";" not in texte else ";"
    for numero, ligne in enumerate(texte.splitlines(), start=1):
        cases = next(csv.reader(io.StringIO(ligne), delimiter=separateur), [])
        if any(case.strip() for case in cases):
            yield numero, cases


def _colonnes(entetes: list[str]) -> tuple[int, int] | None:
    """Where ages and inhabitants are, when the first line is one of headings."""
    noms = [_simplifier(nom) for nom in entetes]
    ages = [rang for rang, nom in enumerate(noms) if nom in _AGES]
    nombres = [rang for rang, nom in enumerate(noms) if nom in _NOMBRES]
    if ages and nombres:
        return ages[0], nombres[0]
    # Headings of another name: no age at the left, no number at the right.
    est_entete = len(noms) >= 2 and not re.search(r"[0-9]", noms[0]) and not _NOMBRE.match(noms[1])
    return (0, 1) if est_entete and noms[0] not in _TOTAUX else None


def _trouver(age: str) -> tuple[Tranche, int, int]:
    """The band of the noyau that contains these ages, and the ages."""
    tranches = tranches_d_age()
    if age in {tranche.code for tranche in tranches}:
        tranche = next(t for t in tranches if t.code == age)
        return tranche, tranche.debut, tranche.fin
    debut, fin = _bornes(age)
    touchees = [t for t in tranches if t.debut <= fin and debut <= t.fin]
    if len(touchees) > 1:
        noms = enumerer([_citer(tranche.libelle) for tranche in touchees], "et")
        raise _Refus(f"{_citer(age)} est à cheval sur les tranches {noms}.")
    return touchees[0], debut, fin


def _bornes(age: str) -> tuple[int, int]:
    """« 18-24 ans » → (18, 24), « moins de 18 ans » → (0, 17), « 75 ans et plus » → (75, no end)."""
    mots = re.sub(r"\bans?\b", " ", _simplifier(age))
    mots = " ".join(mots.split())
    if trouve := re.fullmatch(r"moins de ([0-9]{1,3})", mots):
        debut, fin = 0, int(trouve[1]) - 1
    elif trouve := re.fullmatch(
        r"([0-9]{1,3}) (?:et|ou) plus|plus de ([0-9]{1,3})|([0-9]{1,3}) ?\+", mots
    ):
        debut, fin = int(trouve[1] or trouve[3] or int(trouve[2] or 0) + 1), SANS_FIN
    elif trouve := re.fullmatch(r"(?:de )?([0-9]{1,3}) ?(?:-|a) ?([0-9]{1,3})", mots):
        debut, fin = int(trouve[1]), int(trouve[2])
    elif trouve := re.fullmatch(r"([0-9]{1,3})", mots):
        debut = fin = int(trouve[1])
    else:
        raise _Refus(f"{_citer(age)} n’est pas un âge ni une tranche d’âges.")
    if fin < debut:
        raise _Refus(f"{_citer(age)} n’est pas une tranche d’âges.")
    return debut, fin


def _dire(debut: int, fin: int) -> str:
    """« 48 ans », « 45 à 48 ans », « 80 ans et plus »."""
    if fin == SANS_FIN:
        return f"{debut} ans et plus"
    return f"{debut} ans" if debut == fin else f"{debut} à {fin} ans"


def _habitants(texte: str) -> float:
    """« 1 234 », « 1234,5 » (estimates have decimals). Raises _Refus."""
    compact = re.sub(r"\s", "", texte)
    if not _NOMBRE.fullmatch(compact):
        raise _Refus(f"{_citer(texte)} n’est pas un nombre d’habitants.")
    habitants = float(compact.replace(",", "."))
    if habitants > HABITANTS_MAX:
        raise _Refus(f"{_citer(texte)} habitants, c’est trop.")
    return habitants


def _simplifier(texte: str) -> str:
    """Lower case, without accents, with plain spaces, hyphens and apostrophes."""
    sans_accents = unicodedata.normalize("NFKD", texte.casefold().replace("’", "'"))
    lettres = "".join(c for c in sans_accents if not unicodedata.combining(c))
    return " ".join(re.sub(r"[‐‑‒–—−]", "-", lettres).split())


def _citer(texte: str) -> str:
    texte = texte if len(texte) <= 40 else f"{texte[:40]}…"
    return f"«{INSECABLE}{texte}{INSECABLE}»"
