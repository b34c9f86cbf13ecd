"""What is counted: variables, their lists, and which answers each set of a column holds. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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
# Choices of answers that a column remembers: those of every dashboard, a few of its readers'.
RETENUES_AU_PLUS = 40


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


@dataclass(frozen=True, eq=False)
class Membres:
    """The members of set s are `rangs[debuts[s]:debuts[s + 1]]`, ranks in `modalites`.

    The last modality is « Sans réponse »: each set has at least one member.
    """

    modalites: tuple[Modalite, ...]
    debuts: np.ndarray
    rangs: np.ndarray

    @cached_property
    def tailles(self) -> np.ndarray:
        """How many members each set has."""
        return np.diff(self.debuts)

    @cached_property
    def est_simple(self) -> bool:
        """Whether each set has one member: `rangs[s]`."""
        return len(self.rangs) == len(self.debuts) - 1

    def partager(self, par_ensemble: np.ndarray) -> np.ndarray:
        """Counts by modality, from counts by set: shape (modalities,)."""
        poids = par_ensemble if self.est_simple else np.repeat(par_ensemble, self.tailles)
        return np.bincount(self.rangs, poids, minlength=len(self.modalites)).astype(np.int64)

    def reunir(self, par_ensemble: np.ndarray) -> np.ndarray:
        """From counts by set, how many hold each two modalities, shape (modalities, modalities);
        on the diagonal, each one. Sets of one member are left out."""
        ensembles, paires = self._paires
        n = len(self.modalites)
        # Weights that are not floats would be copied, pair by pair.
        poids = par_ensemble.astype(np.float64).take(ensembles)
        moitie = np.bincount(paires, poids, minlength=n * n).reshape(n, n)
        entiers = moitie + moitie.T
        np.fill_diagonal(entiers, moitie.diagonal())
        return entiers.astype(np.int64)

    @cached_property
    def _paires(self) -> tuple[np.ndarray, np.ndarray]:
        """Each set of several members, once for each two of them (a modality and itself included):
        its rank, and that of the two modalities in a square table."""
        plusieurs = np.flatnonzero(self.tailles > 1)
        n, ensembles, paires = len(self.modalites), [], []
        for taille in np.unique(self.tailles[plusieurs]).tolist():
            memes = plusieurs[self.tailles[plusieurs] == taille]
            membres = np.sort(self.rangs[self.debuts[memes][:, None] + np.arange(taille)])
            premiers, seconds = np.triu_indices(taille)
            paires.append((membres[:, premiers] * n + membres[:, seconds]).ravel())
            ensembles.append(np.repeat(memes, len(premiers)))
        vide = np.zeros(0, dtype=np.int64)
        return np.concatenate([vide, *ensembles]), np.concatenate([vide, *paires])

    @cached_property
    def champs(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str | None, ...]]:
        """Codes, labels, refined codes: those of the modalities, but for « Sans réponse »."""
        return tuple(zip(*self.modalites[:-1], strict=True)) or ((), (), ())

    @cached_property
    def noms(self) -> tuple[tuple[str, str], ...]:
        """The code and the label of each modality."""
        return tuple((m.code, m.libelle) for m in self.modalites)

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(self.champs[0])

    def par_frequence(self, effectifs: np.ndarray) -> np.ndarray:
        """The ranks of the modalities, the most frequent first, then by label; but for
        « Sans réponse »."""
        ordre = self._par_libelle
        return ordre.take(np.argsort(-effectifs.take(ordre), kind="stable"))

    @cached_property
    def _par_libelle(self) -> np.ndarray:
        rangs = range(len(self.modalites) - 1)
        tries = sorted(rangs, key=lambda k: (self.modalites[k].libelle, self.modalites[k].code))
        return np.array(tries, dtype=np.int64)


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
    _retenues: dict = field(default_factory=dict, init=False, repr=False)
    _classees: dict = field(default_factory=dict, init=False, repr=False)

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
        cle = frozenset(codes), noyau
        retenues = self._retenues.get(cle)
        if retenues is None:
            if len(self._retenues) >= RETENUES_AU_PLUS:
                self._retenues.clear()
            retenues = self._retenues[cle] = self._retenir(*cle)
            retenues.setflags(write=False)
        return retenues

    def classer(self, classes: Mapping[str, frozenset[str]]) -> Membres:
        """Each set in the first of these classes of which it holds a code, local answers being
        those that they refine; in « Sans réponse » when there is none."""
        cle = tuple(classes.items())
        if cle not in self._classees:
            if len(self._classees) >= RETENUES_AU_PLUS:
                self._classees.clear()
            rangs = np.full(self.largeur, len(classes))
            for rang, codes in reversed(list(enumerate(classes.values()))):
                rangs[self.retenues(codes, noyau=True)] = rang
            modalites = tuple(Modalite(nom, nom) for nom in classes)
            self._classees[cle] = Membres(
                (*modalites, SANS_REPONSE), np.arange(self.largeur + 1), rangs
            )
        return self._classees[cle]

    def _retenir(self, voulus: frozenset[str], noyau: bool) -> np.ndarray:
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
