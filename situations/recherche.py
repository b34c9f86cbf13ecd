"""Finding a social right from a few letters: acronym, word, domain, synonym, slip of the finger."""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

AUTRE = "autre"
LONGUEUR_LUE = 120
MOTS_LUS = 16
# « R.S.A. », as it is sometimes written.
SIGLE_POINTE = re.compile(r"\b(?:\w\.){2,}")
MOT_VIDE = re.compile(r"au?x?|d|de|des|du|en|et|l|la|le|les|ou|par|pour|sur|une?")

# Worth of a query word by where it is found and how well: whole, first letters, one or two slips.
EXACT, PREFIXE, FAUTE = 0, 1, 2
POIDS = {
    "sigle": (100, 50, 25),
    "libelle": (60, 40, 20),
    "synonymes": (55, 36, 18),
    "domaine": (20, 14, 8),
}
PART_DU_DOMAINE = 0.2
PAR_RANG = 0.01  # words that come early in the label come first

# Alone in its brackets, « (Aspa) », or written with several capitals, « FSL », « CMU-C ».
SIGLE = re.compile(r"\((\w+)\)|\b(\w*[A-Z]\w*[A-Z0-9]\w*(?:-[A-Z]\w*)?)\b")
# « MaPrimeRénov’ » is also « ma prime rénov ».
CASSE_INTERNE = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý][a-zà-ÿ])")
# « Loca-Pass » is also « locapass ».
COMPOSE = re.compile(r"[^\W_]{2,}(?:[-’'][^\W_]+)+")


class Index:
    """The rights of a form, ready to be searched."""

    def __init__(self, options: Sequence[Mapping]):
        """`options`: the list « droits » of a definition (code, libelle, synonymes,
        domaine_libelle), in the order in which equals are offered."""
        self._codes = [option["code"] for option in options]
        # word → {(option, field): rank of the word in the field}
        self._places: dict[str, dict[tuple[int, str], int]] = defaultdict(dict)
        for numero, option in enumerate(options):
            for champ, rang, mot in _mots_d_une_option(option):
                self._places[mot].setdefault((numero, champ), rang)

    def chercher(self, texte: str, limite: int = 8) -> list[str]:
        """Codes of at most `limite` rights, best first; [] when `texte` holds no word.

        Rights that have all the words come before those that have some. « autre » closes the list
        whenever there is room, so that nobody is blocked.
        """
        mots = _mots_de_la_recherche(texte)
        if not mots:
            return []
        trouves: dict[int, int] = defaultdict(int)
        scores: dict[int, float] = defaultdict(float)
        for mot in mots:
            # A short word followed by others is no longer being typed: « je » is not « jeune ».
            est_entier = len(mot) < 3 and mot != mots[-1]
            notes = self._noter(mot, est_entier)
            rarete = math.log(1 + len(self._codes) / max(1, len(notes)))
            for numero, note in notes.items():
                trouves[numero] += 1
                scores[numero] += note * rarete
        classes = sorted(
            scores,
            key=lambda n: (-trouves[n], -round(scores[n], 6), self._codes[n] == AUTRE, n),
        )
        return self._finir_par_autre([self._codes[n] for n in classes[:limite]], limite)

    def _finir_par_autre(self, codes: list[str], limite: int) -> list[str]:
        if AUTRE in self._codes and codes[:1] != [AUTRE]:
            codes = [code for code in codes if code != AUTRE] + [AUTRE]
        return codes[:limite]

    def _noter(self, mot: str, est_entier: bool) -> dict[int, float]:
        """What the query word is worth for each option that has it, whole, begun or misspelt.

        Its domain alone is worth little, and adds a little to a right that has the word itself.
        """
        propres: dict[int, float] = {}
        domaines: dict[int, float] = {}
        for indexe, qualite, retrait in self._mots_proches(mot, est_entier):
            for (numero, champ), rang in self._places[indexe].items():
                note = POIDS[champ][qualite] - retrait - PAR_RANG * rang
                cible = domaines if champ == "domaine" else propres
                cible[numero] = max(note, cible.get(numero, 0))
        return {
            numero: propres[numero] + PART_DU_DOMAINE * domaines.get(numero, 0)
            if numero in propres
            else domaines[numero]
            for numero in propres | domaines
        }

    def _mots_proches(self, mot: str, est_entier: bool) -> list[tuple[str, int, int]]:
        """(indexed word, quality, slips); slips are looked for only when nothing else is found."""
        racine = _raciner(mot)
        justes = [
            (indexe, EXACT if indexe == racine else PREFIXE, 0)
            for indexe in self._places
            if indexe == racine or (not est_entier and indexe.startswith(racine))
        ]
        fautes_admises = 0 if len(mot) < 4 else 1 if len(mot) < 8 else 2
        if justes or not fautes_admises:
            return justes
        ecarts = ((indexe, distance(racine, indexe, fautes_admises)) for indexe in self._places)
        return [(indexe, FAUTE, ecart) for indexe, ecart in ecarts if ecart <= fautes_admises]


def distance(a: str, b: str, limite: int) -> int:
    """Damerau-Levenshtein distance (optimal string alignment) of `a` and `b`.

    Counts one for a letter added, dropped, replaced, or swapped with the next one. Answers
    `limite` + 1 as soon as the distance must exceed `limite`.
    """
    # One edit changes at most two members of the set of letters.
    if abs(len(a) - len(b)) > limite or len(set(a) ^ set(b)) > 2 * limite:
        return limite + 1
    avant: list[int] = []
    ligne = list(range(len(b) + 1))
    for i, lettre in enumerate(a, 1):
        avant, precedente, ligne = ligne, avant, [i]
        for j, autre in enumerate(b, 1):
            cout = min(avant[j] + 1, ligne[j - 1] + 1, avant[j - 1] + (lettre != autre))
            if i > 1 and j > 1 and lettre == b[j - 2] and a[i - 2] == autre:
                cout = min(cout, precedente[j - 2] + 1)
            ligne.append(cout)
    return min(ligne[-1], limite + 1)


def _plier(texte: str) -> str:
    """Without accents, capitals nor punctuation: « Cœur, l’été » → « coeur l ete »."""
    plie = unicodedata.normalize("NFKD", texte.casefold().replace("œ", "oe").replace("æ", "ae"))
    lettres = "".join(c for c in plie if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", lettres).strip()


def _raciner(mot: str) -> str:
    """Without the mark of plural, then of feminine: « familiales » → « familial »."""
    if len(mot) > 3 and mot[-1] in "sx":
        mot = mot[:-1]
    return mot[:-1] if len(mot) > 4 and mot[-1] == "e" else mot


def _mots_de_la_recherche(texte: str) -> list[str]:
    lu = SIGLE_POINTE.sub(lambda m: m[0].replace(".", ""), texte[:LONGUEUR_LUE])
    mots = list(dict.fromkeys(_plier(lu).split()))[:MOTS_LUS]
    return [mot for mot in mots if not MOT_VIDE.fullmatch(mot)] or mots


def _mots_d_une_option(option: Mapping) -> Iterator[tuple[str, int, str]]:
    """(field, rank, folded stem) of every word under which an option may be found."""
    libelle = option["libelle"]
    if "_" not in option["code"] and option["code"] != AUTRE:
        yield "sigle", 0, _raciner(_plier(option["code"]))
    for m in SIGLE.finditer(libelle):
        yield "sigle", 0 if m[1] else m.start(), _raciner(_plier(m[1] or m[2]).replace(" ", ""))
    textes = {
        "libelle": libelle,
        "synonymes": option.get("synonymes", ""),
        "domaine": option.get("domaine_libelle", ""),
    }
    for champ, texte in textes.items():
        colles = (re.sub(r"\W", "", compose) for compose in COMPOSE.findall(texte))
        ecrits = _plier(CASSE_INTERNE.sub(" ", texte)).split() + _plier(" ".join(colles)).split()
        for rang, mot in enumerate(ecrits):
            if not MOT_VIDE.fullmatch(mot):
                yield champ, rang, _raciner(mot)
