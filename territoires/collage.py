"""Reading a pasted list of people: who, which address, which organisme, which committee.

Pure. What people paste comes from a spreadsheet (tabs, quoted cells that hold several lines), from
a CSV file (semicolons or commas), from a mail program (« Nom <adresse> »), or from all of these one
under the other: the separator is looked for line by line, the columns by their title, else by what
they hold.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from territoires.perimetres import normaliser

LIGNES_MAX = 500
SEPARATEURS = "\t;,"
CHAMPS = ("nom", "email", "organisme", "comite")
_TITRES = {
    "nom": "nom|noms|nom et prenom|prenom et nom|nom prenom|prenom nom|personne|participant|membre",
    "prenom": "prenom|prenoms",
    "email": "email|e mail|mail|courriel|adresse|adresse e mail|adresse mail|adresse email"
    "|adresse electronique",
    "organisme": "organisme|organisation|structure|employeur|association|institution",
    "comite": "comite|groupe|instance|comite ou groupe",
}
TITRES = {titre: champ for champ, titres in _TITRES.items() for titre in titres.split("|")}
_ABREGES_DES_COMITES = {
    "pilotage": {"pilotage", "comite de pilotage", "copil"},
    "technique": {"technique", "comite technique", "cotech", "cotec"},
    "groupe_de_travail": {"groupe de travail", "groupe travail", "gt", "groupe"},
}
# A quoted cell may hold separators and line breaks; a quote left open is an ordinary character.
_CELLULE = re.compile(r'[ ]*"((?:[^"]|""){0,300})"[ ]*(?=[\t;,\n]|\Z)|[^\t;,\n]*')
_ADRESSE_SEULE = re.compile(r"(?:[^<>@]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)")
_INVISIBLES = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]|[^\S\n\t]|[\x00-\x08\x0e-\x1f\x7f]")
_FINS_DE_LIGNE = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One person of the list, as written; `numero` is the line where it begins, from 1."""

    numero: int
    nom: str
    email: str
    organisme: str
    comite: str


@dataclass(frozen=True, slots=True)
class Comite:
    """What a committee is recognised by; `nature` is that of the models."""

    nature: str
    nom: str


@dataclass(frozen=True, slots=True)
class _Brute:
    """A line cut at every separator: `cellules` then what follows each, the last excepted."""

    numero: int
    cellules: tuple[str, ...]
    separateurs: tuple[str, ...]

    def couper(self, separateur: str) -> list[str]:
        """Its cells for one separator: the others are ordinary characters."""
        cellules = [self.cellules[0]]
        for suivant, cellule in zip(self.separateurs, self.cellules[1:], strict=True):
            if suivant == separateur:
                cellules.append(cellule)
            else:
                cellules[-1] += suivant + cellule
        cellules = [" ".join(cellule.split()) for cellule in cellules]
        while cellules and not cellules[-1]:
            cellules.pop()
        return cellules


def lire(texte: str, *, organismes: Iterable[str], comites: Sequence[Comite]) -> list[Ligne]:
    """The people of a pasted text, in order; blank lines and lines of titles are left out.

    `organismes` and `comites`, those of the territory, help to tell columns without title apart.
    Nothing is judged here: a line whose address is missing or wrong is returned as it is.
    """
    brutes = list(_couper_en_lignes(_nettoyer(texte)))
    habituel = _separateur_habituel(brutes)
    rangees = [
        (brute.numero, cellules)
        for brute in brutes
        if (cellules := brute.couper(_separateur(brute, habituel)))
    ]
    connus = {normaliser(nom) for nom in organismes}
    sans_titre = _deviner([c for _, c in rangees if not _titres(c)], connus, comites)
    lignes, colonnes = [], sans_titre
    for numero, cellules in rangees:
        if titres := _titres(cellules):
            colonnes = titres
            continue
        for une in _separer_les_adresses(cellules):
            lignes.append(_ligne(numero, une, colonnes, connus, comites))
    return lignes


def trouver_organisme(texte: str, noms: Iterable[str]) -> str | None:
    """The name among `noms` that this text writes, case, accents and punctuation aside."""
    cherche = normaliser(texte)
    return next((nom for nom in noms if normaliser(nom) == cherche), None) if cherche else None


def proche(texte: str, noms: Iterable[str]) -> str | None:
    """The name that this text most resembles, if any does enough to be proposed."""
    par_cle = {normaliser(nom): nom for nom in noms}
    trouves = get_close_matches(normaliser(texte), par_cle, n=1, cutoff=0.75)
    return par_cle[trouves[0]] if trouves else None


def trouver_comites(texte: str, comites: Sequence[Comite]) -> list[int]:
    """The ranks in `comites` of those that this text may mean: by name, else by kind (« GT »)."""
    cherche = normaliser(texte)
    par_nom = [rang for rang, comite in enumerate(comites) if normaliser(comite.nom) == cherche]
    return par_nom or [
        rang
        for rang, comite in enumerate(comites)
        if cherche in _ABREGES_DES_COMITES.get(comite.nature, ())
    ]


def _nettoyer(texte: str) -> str:
    """Line breaks of one kind, blanks of one kind, nothing invisible."""
    texte = _FINS_DE_LIGNE.sub("\n", texte)
    return _INVISIBLES.sub(lambda trouve: " " if trouve[0].isspace() else "", texte)


def _couper_en_lignes(texte: str) -> Iterator[_Brute]:
    position, numero = 0, 1
    while position < len(texte):
        debut, cellules, separateurs = numero, [], []
        while True:
            trouve = _CELLULE.match(texte, position)
            entre_guillemets = trouve[1]
            cellules.append(
                trouve[0] if entre_guillemets is None else entre_guillemets.replace('""', '"')
            )
            numero += trouve[0].count("\n")
            position = trouve.end() + 1
            suivant = texte[trouve.end() : position]
            if suivant in ("", "\n"):
                break
            separateurs.append(suivant)
        yield _Brute(debut, tuple(cellules), tuple(separateurs))
        numero += 1


def _separateur(brute: _Brute, habituel: str) -> str:
    """What separates the cells of this line: what leaves an address alone in its cell."""
    presents = [s for s in SEPARATEURS if s in brute.separateurs]
    for separateur in presents:
        if any(_ADRESSE_SEULE.fullmatch(cellule) for cellule in brute.couper(separateur)):
            return separateur
    return habituel if habituel in presents else next(iter(presents), habituel)


def _separateur_habituel(brutes: Sequence[_Brute]) -> str:
    comptes = Counter(_separateur(brute, "") for brute in brutes)
    return max(SEPARATEURS, key=lambda separateur: comptes[separateur])


def _titres(cellules: Sequence[str]) -> dict[str, int]:
    """Field → column, when the line holds titles; else nothing."""
    colonnes: dict[str, int] = {}
    for rang, cellule in enumerate(cellules):
        if "@" in cellule:
            return {}
        if champ := TITRES.get(normaliser(cellule)):
            colonnes.setdefault(champ, rang)
    return colonnes if len(colonnes) > 1 or "email" in colonnes else {}


def _deviner(
    rangees: Sequence[Sequence[str]], connus: set[str], comites: Sequence[Comite]
) -> dict[str, int]:
    """Field → column, from what most lines hold in each."""
    votes: dict[str, Counter[int]] = {
        "email": Counter(),
        "comite": Counter(),
        "organisme": Counter(),
    }
    largeur = 0
    for cellules in rangees:
        largeur = max(largeur, len(cellules))
        for rang, cellule in enumerate(cellules):
            votes["email"][rang] += "@" in cellule
            votes["comite"][rang] += bool(trouver_comites(cellule, comites))
            votes["organisme"][rang] += normaliser(cellule) in connus
    libres = list(range(largeur))
    colonnes: dict[str, int] = {}
    for champ, comptes in votes.items():
        rang = max(libres, key=lambda rang: comptes[rang], default=None)
        if rang is not None and comptes[rang]:
            colonnes[champ] = rang
            libres.remove(rang)
    return colonnes | _deviner_le_reste(libres, colonnes)


def _deviner_le_reste(libres: list[int], colonnes: dict[str, int]) -> dict[str, int]:
    """The columns that nothing tells apart, in the usual order: the name comes first."""
    attendus = ["nom", *(champ for champ in ("organisme", "comite") if champ not in colonnes)]
    if len(libres) > len(attendus):
        attendus.insert(0, "prenom")
    return dict(zip(attendus, libres, strict=False))


def _separer_les_adresses(cellules: list[str]) -> list[list[str]]:
    """A line that holds nothing but addresses is as many people."""
    pleines = [cellule for cellule in cellules if cellule]
    if len(pleines) > 1 and all(_ADRESSE_SEULE.fullmatch(cellule) for cellule in pleines):
        return [[cellule] for cellule in pleines]
    return [cellules]


def _ligne(
    numero: int,
    cellules: list[str],
    colonnes: dict[str, int],
    connus: set[str],
    comites: Sequence[Comite],
) -> Ligne:
    def lue(champ: str) -> str:
        rang = colonnes.get(champ, len(cellules))
        return cellules[rang] if rang < len(cellules) else ""

    if "@" not in lue("email") and any("@" in cellule for cellule in cellules):
        # Its columns are not in the order of the others.
        colonnes = _deviner([cellules], connus, comites)
    adresse, nom = _adresse_et_nom(lue("email"))
    return Ligne(
        numero=numero,
        nom=f"{lue('prenom')} {lue('nom')}".strip() or nom,
        email=adresse,
        organisme=lue("organisme"),
        comite=lue("comite"),
    )


def _adresse_et_nom(cellule: str) -> tuple[str, str]:
    """« Denise Pialat <denise@ccas.fr> » gives both; so does « Denise denise@ccas.fr »."""
    mots = cellule.split()
    avec_arobase = [mot for mot in mots if "@" in mot]
    if len(avec_arobase) != 1:
        return cellule, ""
    adresse = avec_arobase[0].strip("<>(),;:\"'").removeprefix("mailto:")
    return adresse, " ".join(mot for mot in mots if mot not in avec_arobase).strip("\"' ")
