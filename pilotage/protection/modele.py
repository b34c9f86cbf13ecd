"""The list of tables shown to an audience, and the masks that protect it: values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

Base = Literal["situations", "non_recours", "organismes"]
TOUT = "tout"
SANS_REPONSE = ""


@dataclass(frozen=True, slots=True)
class Axe:
    """A variable of a table with its whole public domain, met or not, in a fixed order.

    `modalites`: codes, "" for « Sans réponse ». `multiple`: one row may be in several lines, in
    `maximum` at most when the form says so; `exclusives` are the answers that exclude others.
    `ouverte`: a long list, of which a page names only the lines that are shown: the others are
    one line « Autres réponses », so that no name tells that its count is not zero.
    """

    variable: str
    modalites: tuple[str, ...]
    multiple: bool = False
    maximum: int | None = None
    exclusives: frozenset[str] = frozenset()
    ouverte: bool = False


@dataclass(frozen=True, slots=True)
class Dominance:
    """By cell of a breakdown by kind of organisme: how many contribute, the largest one's share.

    Of the shape of the cells; a whole, which is not judged, has enough of them.
    """

    contributeurs: np.ndarray
    part: np.ndarray


@dataclass(frozen=True, slots=True)
class Tableau:
    """Exact counts. `cellules[i, j]`, the last index of each axis being its whole (the margin).

    No axis: a lone figure. Two axes of the same variable: co-occurrence, symmetric, the diagonal
    and the margins being the counts of each answer. `periode`: a year, or "tout", their sum.
    `dominance`: for a breakdown by kind of organisme.
    """

    cle: str
    axes: tuple[Axe, ...]
    base: Base
    periode: str
    cellules: np.ndarray
    dominance: Dominance | None = None

    def __post_init__(self) -> None:
        forme = tuple(len(axe.modalites) + 1 for axe in self.axes)
        if self.cellules.shape != forme:
            raise ValueError(f"{self.cle}: {self.cellules.shape} is not the shape {forme}")
        if self.cellules.size and self.cellules.min() < 0:
            raise ValueError(f"{self.cle}: a count is not negative")
        for k, axe in enumerate(self.axes):
            if not axe.multiple and not self.est_cooccurrence:
                lignes, ensemble = np.split(self.cellules, [-1], axis=k)
                if (lignes.sum(axis=k, keepdims=True) != ensemble).any():
                    raise ValueError(f"{self.cle}: {axe.variable} does not sum to its margin")

    @property
    def est_cooccurrence(self) -> bool:
        return len(self.axes) == 2 and self.axes[0].variable == self.axes[1].variable


def avec_marges(interieur: np.ndarray) -> np.ndarray:
    """The same counts with the whole of each axis last; for exclusive answers only."""
    for k in range(interieur.ndim):
        interieur = np.concatenate([interieur, interieur.sum(axis=k, keepdims=True)], axis=k)
    return interieur


@dataclass(frozen=True, slots=True)
class Somme:
    """A key figure: how many of `base` gave one of these answers (« plus d'un an », « cumul »).

    Shown for every period where the list has the table of `variable` alone. `valeurs` are needed
    for a multiple variable, where the figure is not the sum of the lines.
    """

    cle: str
    base: Base
    variable: str
    modalites: frozenset[str]
    valeurs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lien:
    """What the nomenclature says: an answer to `variable` exists only with these ones to `vers`.

    `permises`: motive → types; an answer that is absent from it goes with all.
    """

    variable: str
    vers: str
    permises: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Liste:
    """All that an audience is shown together. `droit`: the variable of which a situation names
    each answer once at most; `par_situation`: of the number of rights ("1", "2", "3+")."""

    tableaux: tuple[Tableau, ...]
    sommes: tuple[Somme, ...] = ()
    liens: tuple[Lien, ...] = ()
    droit: str = "droit"
    par_situation: str = "par_situation"


class Etat(NamedTuple):
    """Where an imagined state of a list differs from the truth: cells, and their counts there."""

    cellules: np.ndarray
    valeurs: np.ndarray


@dataclass(frozen=True, slots=True)
class Imagines:
    """The proofs of a protection, for who checks them: states as possible as the true one.

    `vrai`: the true counts, joint cells included; `noms[base, period, variables]`: the answers of
    each variable, and the number of the cell of each combination; `sommes`: of key figures.
    """

    vrai: np.ndarray
    noms: Mapping[tuple[str, str, tuple[str, ...]], tuple[tuple[tuple[str, ...], ...], np.ndarray]]
    sommes: Mapping[tuple[str, str], int]
    etats: tuple[Etat, ...]


@dataclass(frozen=True, slots=True)
class Masques:
    """What to display, `liste`, and what is hidden in it (True), margins and totals included.

    `liste` is the list given without the years too small to be shown, `annees_ecartees`, « tout »
    being counted without them: display these counts and no others. `tableaux[i]` has the shape of
    the cells of its i-th table; `sommes[cle, periode]` is for key figures.

    `primaires`: small counts and what would tell them by itself (a part of a small count);
    `zeros`: those of small lines; `complements`: what was hidden beyond them, counted once even
    when several tables show it, `cout` being their weight. `etapes`: seconds spent by stage.
    `imagines`: what was proved with.
    """

    liste: Liste
    tableaux: tuple[np.ndarray, ...]
    sommes: Mapping[tuple[str, str], bool]
    annees_ecartees: tuple[str, ...] = ()
    primaires: int = 0
    zeros: int = 0
    complements: int = 0
    cout: float = 0
    etapes: Mapping[str, float] = field(default_factory=dict)
    imagines: Imagines | None = None
