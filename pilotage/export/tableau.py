"""A table ready to be shown outside a page: labels, protected counts, base and period.

It holds nothing that its reader may not see: a hidden count is `SECRET`, never a number.
"""

from dataclasses import dataclass
from typing import NamedTuple

from pilotage.demande import Affichage
from pilotage.indicateurs import Genre
from pilotage.presentation.typographie import Base
from pilotage.secret import SECRET, Effectif

# A mean or a median is a float; None: nothing to say there (not a hidden count).
Valeur = Effectif | float | None

UNE_COLONNE: frozenset[Genre] = frozenset({"chiffres", "distribution", "serie", "parcours"})


class Entete(NamedTuple):
    """The head of a column; `code` is the answer's, when the column is one.

    `raffine`: the code of the column, just before, that this one makes more precise.
    """

    libelle: str
    code: str = ""
    raffine: str = ""


class Ligne(NamedTuple):
    """A line, one value a column; lines that follow each other may share a `groupe`.

    `raffine`: the code of the line, just above, that this one makes more precise.
    """

    libelle: str
    valeurs: tuple[Valeur, ...]
    code: str = ""
    groupe: str = ""
    raffine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableauAffiche:
    """What one audience is shown of one indicator, for one period.

    `n`: how many of `base` are counted; `precision_base` says which (« cumulant au moins deux
    non-recours »). `total`: the last line, one value a column; `ensemble`: the last column, one
    value a line; both may be empty. `variable_lignes`, `variable_colonnes`: the variables whose
    answers are the lines and the columns (« type » gives them the types' colours).
    `population`: inhabitants beside each line, None where unknown; empty when not supplied.
    `seuil`: the threshold of the audience, to say it in the note. `notes`: sentences of the page
    that apply here (filters, version of the form, reference points). `lieu`: whose figures they
    are. `affichage`: whether the page shows shares of lines or of columns rather than counts.
    `avant`: what each line counted in the period before, which `periode_avant` names; both empty
    when nothing is compared.

    Raises ValueError when the values do not fill the table, or when a genre that has one column
    is given another number of them.
    """

    cle: str
    titre: str
    genre: Genre
    base: Base
    n: Effectif
    periode_en_mots: str
    entetes: tuple[Entete, ...]
    lignes: tuple[Ligne, ...]
    total: tuple[Valeur, ...] = ()
    ensemble: tuple[Valeur, ...] = ()
    nom_lignes: str = ""
    variable_lignes: str = ""
    variable_colonnes: str = ""
    multiple: bool = False
    seuil: int | None = None
    precision_base: str = ""
    population: tuple[int | None, ...] = ()
    notes: tuple[str, ...] = ()
    lieu: str = ""
    affichage: Affichage = "effectif"
    avant: tuple[Valeur, ...] = ()
    periode_avant: str = ""

    def __post_init__(self):
        largeur, hauteur = len(self.entetes), len(self.lignes)
        if any(len(ligne.valeurs) != largeur for ligne in self.lignes):
            raise ValueError("each line has one value a column")
        if len(self.total) not in (0, largeur):
            raise ValueError("the total has one value a column, or is not given")
        if len(self.ensemble) not in (0, hauteur) or len(self.population) not in (0, hauteur):
            raise ValueError("the margin and the population have one value a line, or none")
        if len(self.avant) not in (0, hauteur):
            raise ValueError("the period before has one value a line, or is not given")
        if self.genre in UNE_COLONNE and largeur != 1:
            raise ValueError(f"a table of genre {self.genre} has one column")
        if self.genre == "matrice" and largeur != hauteur:
            raise ValueError("a matrix has the same lines and columns")

    @property
    def note_secret(self) -> bool:
        """Whether something is hidden, which must then be said."""
        rangees = (*(ligne.valeurs for ligne in self.lignes), self.total, self.ensemble)
        return self.n is SECRET or any(SECRET in rangee for rangee in rangees)

    @property
    def est_vide(self) -> bool:
        """Whether there is nothing to draw."""
        return self.n == 0 or not self.lignes

    def maximum(self) -> float:
        """The greatest value shown in a cell, margins apart; 0 when there is none."""
        cases = [valeur for ligne in self.lignes for valeur in ligne.valeurs]
        return max((v for v in cases if isinstance(v, int | float)), default=0)
