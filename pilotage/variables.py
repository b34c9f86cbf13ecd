"""What is counted: variables, their lists, and which answers each set of a column holds. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np

from pilotage.instantane.selection import Portee


class Modalite(NamedTuple):
    """One answer of a list; a local one names in `raffine` the core code that it refines."""

    code: str
    libelle: str
    raffine: str | None = None


SANS_REPONSE = Modalite("", "Sans réponse")
# The kind of organisme that met the person: counted as a variable, though nobody is asked it.
CATEGORIE = "categorie"


@dataclass(frozen=True, slots=True)
class VariableComptee:
    """A variable that is counted: its list, in the nomenclature's order.

    `modalites` may be given as plain triples. `multiple`: one row may hold several answers.
    """

    code: str
    libelle: str
    portee: Portee
    multiple: bool = False
    modalites: tuple[Modalite, ...] = ()

    def __post_init__(self):
        object.__setattr__(self, "modalites", tuple(Modalite(*m) for m in self.modalites))

    def libelle_de(self, code: str) -> str:
        """The label of this answer; its code when the list does not hold it (a retired one)."""
        return next((m.libelle for m in self.modalites if m.code == code), code)

    def completee(self, codes: Iterable[str]) -> Self:
        """The same, with the codes that its list does not hold, after it, by code."""
        absents = set(codes) - {m.code for m in self.modalites}
        ajouts = tuple(Modalite(code, code) for code in sorted(absents))
        return replace(self, modalites=self.modalites + ajouts)


class Membres(NamedTuple):
    """The members of set s are `rangs[debuts[s]:debuts[s + 1]]`, ranks in `modalites`.

    The last modality is « Sans réponse »: each set has at least one member.
    """

    modalites: tuple[Modalite, ...]
    debuts: np.ndarray
    rangs: np.ndarray

    @property
    def est_simple(self) -> bool:
        """Whether each set has one member: `rangs[s]`."""
        return len(self.rangs) == len(self.debuts) - 1


@dataclass(frozen=True, eq=False)
class Colonne:
    """One variable over the rows of its grain.

    The modalities of set s are `rangs[debuts[s]:debuts[s + 1]]`, ranks in the variable's list,
    each once; set 0 is empty. `listees`: the codes that the nomenclature itself holds. `source`:
    the column that is read, the variable's own unless another tells it (the organisme tells its
    category).
    """

    variable: VariableComptee
    listees: frozenset[str]
    source: str
    debuts: np.ndarray
    rangs: np.ndarray

    @property
    def largeur(self) -> int:
        """How many sets."""
        return len(self.debuts) - 1

    @cached_property
    def facultatives(self) -> frozenset[str]:
        """The codes that would not be listed at zero: local or retired ones."""
        return frozenset(
            m.code
            for m in self.variable.modalites
            if m.raffine is not None or m.code not in self.listees
        )

    def membres(self, noyau: bool) -> Membres:
        """The modalities to count under, and those of each set.

        With `noyau`, a local modality is counted under the core one that it refines; a set that
        holds both counts once.
        """
        return self._membres_du_noyau if noyau else self._membres_propres

    @cached_property
    def _membres_propres(self) -> Membres:
        return _completer(self.variable.modalites, self.debuts, self.rangs)

    @cached_property
    def _membres_du_noyau(self) -> Membres:
        modalites = self.variable.modalites
        gardees = tuple(m for m in modalites if m.raffine is None)
        rang = {m.code: i for i, m in enumerate(gardees)}
        cibles = np.array([rang[m.raffine or m.code] for m in modalites], dtype=np.int64)
        ensembles = np.repeat(np.arange(self.largeur), np.diff(self.debuts))
        largeur = max(len(gardees), 1)
        uniques = np.unique(ensembles * largeur + cibles[self.rangs])
        debuts = np.searchsorted(uniques, np.arange(self.largeur + 1) * largeur)
        return _completer(gardees, debuts, uniques % largeur)

    def retenues(self, codes: Iterable[str], noyau: bool) -> np.ndarray:
        """Which sets hold at least one of these codes, booleans of shape (sets,); "": no answer.

        With `noyau`, a core code also keeps the local modalities that refine it.
        """
        voulus = set(codes)
        voulu = np.array(
            [m.code in voulus or (noyau and m.raffine in voulus) for m in self.variable.modalites],
            dtype=bool,
        )
        gardes = np.concatenate([[0], np.cumsum(voulu[self.rangs])])
        vides = SANS_REPONSE.code in voulus and self.debuts[1:] == self.debuts[:-1]
        return vides | (gardes[self.debuts[1:]] > gardes[self.debuts[:-1]])


def _completer(modalites: tuple[Modalite, ...], debuts: np.ndarray, rangs: np.ndarray) -> Membres:
    """Gives « Sans réponse » to the sets that hold nothing."""
    vides = np.diff(debuts) == 0
    complets = np.insert(rangs, debuts[:-1][vides], len(modalites))
    decalages = np.concatenate([[0], np.cumsum(vides)])
    return Membres((*modalites, SANS_REPONSE), debuts + decalages, complets)
