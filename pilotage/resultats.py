"""What counting gives: exact figures, before any secrecy. Values only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import numpy as np

from pilotage.demande import Demande
from pilotage.presentation.typographie import Base


class Ligne(NamedTuple):
    """`raffine`: the core answer that a local one makes more precise."""

    code: str
    libelle: str
    effectif: int
    raffine: str | None = None


def lignes_de(
    codes: Iterable[str],
    libelles: Iterable[str],
    effectifs: Iterable[int],
    raffines: Iterable[str | None],
) -> tuple[Ligne, ...]:
    """The lines of these columns, without a call of Python's for each: there are hundreds."""
    return tuple(map(_en_ligne, zip(codes, libelles, effectifs, raffines, strict=True)))


_en_ligne = partial(tuple.__new__, Ligne)


class Dominance(NamedTuple):
    """Who stands behind a count of situations or non-recours: how many organismes contribute to
    it, and the share, from 0 to 1, of the one that contributes most (0 when there is none)."""

    organismes: int
    part: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many of `base` gave each answer; without `multiple`, lines and blanks sum to `total`.

    `facultatives`: the codes of the lines that are there only because their count is not zero.
    `dominance`: for the kind of organisme only, by code.
    """

    variable: str
    libelle: str
    base: Base
    total: int
    lignes: tuple[Ligne, ...]
    sans_reponse: int
    multiple: bool = False
    facultatives: frozenset[str] = frozenset()
    dominance: Mapping[str, Dominance] | None = None


@dataclass(frozen=True, slots=True)
class Croisement:
    """`cellules[i][j]`: how many of `base` gave the answers `lignes[i]` and `colonnes[j]`.

    Only lines and columns met at least once; the code "" is « Sans réponse ». With `multiple`,
    one row may be in several cells, and the margins are not the sums of the cells. `dominance`,
    of the shape of `cellules`, when one of the variables is the kind of organisme.
    """

    ligne: str
    colonne: str
    libelle_ligne: str
    libelle_colonne: str
    base: Base
    lignes: tuple[tuple[str, str], ...]
    colonnes: tuple[tuple[str, str], ...]
    cellules: tuple[tuple[int, ...], ...]
    marge_lignes: tuple[int, ...]
    marge_colonnes: tuple[int, ...]
    total: int
    multiple: bool
    dominance: tuple[tuple[Dominance, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Onglet:
    """One answer of the third variable, and the crossing of the rows that gave it."""

    code: str
    libelle: str
    croisement: Croisement


@dataclass(frozen=True, slots=True)
class CroisementEnOnglets:
    """A crossing of two variables for each answer of a third one, met at least once.

    All the crossings have the lines and columns of `ensemble`, zeros included. With a multiple
    third variable, one row may be under several tabs.
    """

    variable: str
    libelle: str
    ensemble: Croisement
    onglets: tuple[Onglet, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Cooccurrence:
    """Which rights go together. `base`: the situations kept that name at least two rights, all
    their rights counted, whatever the filters on non-recours.

    `effectifs[i, j]`: how many of them name both `droits[i]` and `droits[j]`; on the diagonal, how
    many name `droits[i]`. Symmetric; only rights met, the most frequent first.
    """

    base: int
    droits: tuple[tuple[str, str], ...]
    effectifs: np.ndarray

    @property
    def cellules(self) -> tuple[tuple[int, ...], ...]:
        """The same counts, to be shown: ten thousand when all rights are met."""
        return tuple(map(tuple, self.effectifs.tolist()))

    def __eq__(self, autre) -> bool:
        return (
            isinstance(autre, Cooccurrence)
            and (self.base, self.droits) == (autre.base, autre.droits)
            and np.array_equal(self.effectifs, autre.effectifs)
        )

    __hash__ = None


@dataclass(frozen=True, slots=True)
class Parcours:
    """How far non-recours went. Steps hold those that went at least so far, each within the one
    before; `issues` share all the `reperes`, by what became of them (see `pilotage.parcours`)."""

    reperes: int
    informes: int
    demandes: int
    ouverts: int
    issues: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Contributeurs:
    """How many organismes wrote situations, and the median number of situations for one."""

    organismes: int
    mediane: float


@dataclass(frozen=True, slots=True)
class Statistiques:
    """The exact figures of a request.

    `validees`, `cumul` (at least two non-recours, whatever the filters on them), `par_situation`
    (with 1, 2, and 3 non-recours or more) count situations; `plus_d_un_an`, `droits_ouverts` count
    non-recours, local answers with the core one they refine. `distributions`: by variable, and
    « mois », months in order without a gap. `croisement`: the one that the request asks.
    """

    demande: Demande
    situations: int
    non_recours: int
    validees: int
    cumul: int
    plus_d_un_an: int
    droits_ouverts: int
    distributions: Mapping[str, Distribution]
    croisement: Croisement | None
    par_situation: tuple[int, int, int] = (0, 0, 0)
    contributeurs: Contributeurs | None = None
    croisements: Mapping[tuple[str, ...], Croisement | CroisementEnOnglets] = field(
        default_factory=dict
    )
    cooccurrence: Cooccurrence | None = None
    parcours: Parcours | None = None
