"""The sheets of a workbook as rows of texts, read without ever holding more than they need."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from situations.moteur.langue import nombre

from .archive import verifier
from .colonnes import Colonne, lire_colonnes
from .rapport import Carnet, Refus

# Beyond these, it is no form that someone fills.
LIGNES_MAX = {"survey": 2_000, "choices": 5_000, "settings": 100}
COLONNES_MAX = 150
CELLULES_MAX = 100_000
# So many blank rows in a row are the formatting of a sheet that has ended.
BLANCHES_MAX = 60
_AUTRES_FEUILLES = ("external_choices", "entities", "osm", "cascades")

# All that a damaged or forged workbook may raise while it is read.
_ILLISIBLE = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),
)


@dataclass(slots=True)
class Ligne:
    """One row: its number in the sheet, its texts by column. Reading a cell takes it out."""

    numero: int
    cellules: dict[str, str]
    entetes: dict[str, str] = field(default_factory=dict)

    def lire(self, colonne: str) -> str:
        """The text of a column, "" when empty; what is never read will be reported."""
        return self.cellules.pop(colonne, "")

    def entete(self, colonne: str) -> str:
        """The header of a column as the workbook writes it."""
        return self.entetes.get(colonne, colonne)


@dataclass(slots=True)
class Feuille:
    """One sheet: the columns it has, by name, and its rows that are not blank."""

    nom: str
    colonnes: set[str]
    lignes: list[Ligne]


def lire(contenu: bytes, carnet: Carnet) -> dict[str, Feuille]:
    """The sheets `survey`, `choices` and `settings` that the workbook has. Raises Refus."""
    verifier(contenu)
    try:
        classeur = load_workbook(io.BytesIO(contenu), read_only=True, keep_links=False)
        try:
            return _lire_feuilles(classeur, carnet)
        finally:
            classeur.close()
    except _ILLISIBLE as erreur:
        if isinstance(erreur, Refus):
            raise
        raise Refus(
            "Ce classeur est abîmé\u00a0: ouvrez-le dans votre tableur, puis enregistrez-le de nouveau "
            "au format .xlsx."
        ) from erreur


def _lire_feuilles(classeur, carnet: Carnet) -> dict[str, Feuille]:
    trouvees: dict[str, Feuille] = {}
    budget = CELLULES_MAX
    for feuille in classeur.worksheets:
        nom = feuille.title.strip().lower()
        if nom in LIGNES_MAX and nom not in trouvees and isinstance(feuille, ReadOnlyWorksheet):
            trouvees[nom], budget = _lire_feuille(feuille, nom, budget, carnet)
        elif nom in _AUTRES_FEUILLES:
            carnet.ecarter(feuille.title, 1, "", "cette feuille n’est pas reprise.")
        else:
            carnet.remarquer(
                f"La feuille «\u00a0{feuille.title}\u00a0» n’a pas été lue\u00a0: un XLSForm tient dans "
                "«\u00a0survey\u00a0», «\u00a0choices\u00a0» et «\u00a0settings\u00a0»."
            )
    return trouvees


def _lire_feuille(
    feuille: ReadOnlyWorksheet, nom: str, budget: int, carnet: Carnet
) -> tuple[Feuille, int]:
    # What the sheet declares of its own size is not to be trusted.
    feuille.reset_dimensions()
    limite = LIGNES_MAX[nom]
    rangees = feuille.iter_rows(max_row=limite + 1, max_col=COLONNES_MAX + 1)
    premiere = next(rangees, ())
    if len(premiere) > COLONNES_MAX and premiere[COLONNES_MAX].value is not None:
        raise Refus(
            f"La feuille «\u00a0{nom}\u00a0» compte plus de {COLONNES_MAX} colonnes\u00a0: "
            "gardez celles du formulaire."
        )
    colonnes = lire_colonnes(nom, _textes(premiere, nom, 1, None, carnet), carnet)
    lignes: list[Ligne] = []
    vide_depuis, numero = 0, 1
    for numero, rangee in enumerate(rangees, 2):
        textes = _textes(rangee, nom, numero, colonnes, carnet)
        vide_depuis = 0 if textes else vide_depuis + 1
        if textes:
            budget -= len(textes)
            lignes.append(_ligne(nom, numero, textes, colonnes, carnet))
        if budget < 0:
            raise Refus(
                f"Ce classeur compte plus de {nombre(CELLULES_MAX)} cellules remplies\u00a0: "
                "ce n’est pas un formulaire."
            )
    if numero > limite and vide_depuis < BLANCHES_MAX:
        raise Refus(
            f"La feuille «\u00a0{nom}\u00a0» compte plus de {nombre(limite)} lignes\u00a0: gardez celles du "
            "formulaire."
        )
    return Feuille(nom, {c.nom for c in colonnes.values()}, lignes), budget


def _textes(
    rangee: tuple, feuille: str, numero: int, colonnes: dict[int, Colonne] | None, carnet: Carnet
) -> dict[int, str]:
    """The texts of a row by column index; formulas and errors are reported and left out."""
    textes = {}
    for rang, cellule in enumerate(rangee):
        if cellule.value is None:
            continue
        if cellule.data_type in ("f", "e"):
            connue = (colonnes or {}).get(rang)
            carnet.ecarter(
                feuille,
                numero,
                connue.entete if connue else f"n°\u00a0{rang + 1}",
                "cette cellule est une formule\u00a0: écrivez sa valeur à la place, elle n’est pas reprise."
                if cellule.data_type == "f"
                else "cette cellule affiche une erreur de calcul\u00a0: elle n’est pas reprise.",
            )
        elif texte := _texte(cellule.value):
            textes[rang] = texte
    return textes


def _texte(valeur: object) -> str:
    """A cell as someone reads it: 1.0 is 1, a date is written year first."""
    if isinstance(valeur, bool):
        return "TRUE" if valeur else "FALSE"
    if isinstance(valeur, float) and valeur.is_integer():
        return str(int(valeur))
    if isinstance(valeur, date | datetime | time):
        return valeur.isoformat()
    return str(valeur).replace("\r\n", "\n").replace("\r", "\n").strip()


def _ligne(
    nom: str, numero: int, textes: dict[int, str], colonnes: dict[int, Colonne], carnet: Carnet
) -> Ligne:
    """A row keyed by column name; of several languages, the preferred one that is filled."""
    ligne = Ligne(numero, {})
    for rang, colonne in _par_preference(colonnes):
        if rang not in textes:
            continue
        if colonne.nom not in ligne.cellules:
            ligne.cellules[colonne.nom] = textes[rang]
            ligne.entetes[colonne.nom] = colonne.entete
        elif colonne.langue and not colonne.est_signalee:
            colonne.est_signalee = True
            raison = (
                "cette traduction n’est pas reprise\u00a0: un formulaire est écrit dans une langue."
            )
            carnet.ecarter(nom, 1, colonne.entete, raison)
    for rang in sorted(textes.keys() - colonnes.keys()):
        raison = "cette cellule n’a pas d’en-tête\u00a0: elle n’est pas reprise."
        carnet.ecarter(nom, numero, f"n°\u00a0{rang + 1}", raison)
    return ligne


def _par_preference(colonnes: dict[int, Colonne]) -> Iterator[tuple[int, Colonne]]:
    yield from sorted(colonnes.items(), key=lambda paire: (paire[1].preference, paire[0]))
