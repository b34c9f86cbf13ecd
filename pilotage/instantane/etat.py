"""One state of the snapshot: its base, what changed since, and the facts that requests count. Pure.

A state is never changed: refreshing makes another one, which shares the base. The dictionary and
the ranks of organismes are shared too: they only grow.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from pilotage.faits import Faits
from pilotage.instantane.bloc import BlocSimple
from pilotage.instantane.dense import BlocDense
from pilotage.instantane.dictionnaire import Dictionnaire
from pilotage.instantane.lignes import DROIT, colonne_des_categories
from pilotage.instantane.selection import DECLARANT, DROITS, Restriction
from pilotage.instantane.selection_dense import SelectionDense
from pilotage.variables import CATEGORIE, Colonne, VariableComptee

# Those of some twenty territories, each with its own answers.
TRADUITES_AU_PLUS = 500


@dataclass(frozen=True, eq=False)
class BlocVivant:
    """A dense block, but for the rows that are no longer true."""

    bloc: BlocDense
    mortes: np.ndarray

    def selectionner(self, restriction: Restriction) -> SelectionDense:
        return self.bloc.selectionner(restriction, self.mortes)


@dataclass(frozen=True, eq=False)
class Instantane:
    """`horizon`: all that transactions before this one wrote is here. `mortes`: the rows of the
    base that are no longer true, in order. `queue`: what replaces them, and what is new.
    `codes`: number → (variable, code). `categories`: organisme → code of its category.
    `_colonnes`: what was made of these rows, by territories; `_traduites`: of the dictionary alone,
    which the states that follow share.
    """

    base: BlocDense
    horizon: int
    dictionnaire: Dictionnaire = field(repr=False)
    organismes: dict[int, int] = field(repr=False)
    codes: Mapping[int, tuple[str, str]] = field(repr=False)
    categories: Mapping[int, str] = field(repr=False)
    mortes: np.ndarray = field(repr=False)
    queue: BlocSimple | None = None
    _colonnes: dict = field(default_factory=dict, repr=False)
    _traduites: dict = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        """How many situations are counted."""
        return len(self.base) - len(self.mortes) + (len(self.queue) if self.queue else 0)

    def remplacer(
        self, changees: np.ndarray, territoires: frozenset[int], apport: BlocSimple, **autres
    ) -> Self:
        """Forgets these situations, and all those of these territories, then adds `apport`."""
        mortes = [self.mortes, np.flatnonzero(np.isin(self.base.ids, changees))]
        mortes += [np.arange(*self.base.bornes(territoire)) for territoire in territoires]
        queue = apport
        if self.queue is not None:
            refaits = np.isin(self.queue.entetes.territoires, list(territoires))
            partis = np.union1d(changees, self.queue.entetes.ids[refaits])
            queue = BlocSimple.reunir([self.queue, apport], [partis, np.zeros(0, dtype=np.int64)])
        if "categories" in autres:
            autres["_traduites"] = {}
        return replace(
            self, mortes=np.unique(np.concatenate(mortes)), queue=queue, _colonnes={}, **autres
        )

    def faits(
        self,
        territoires: frozenset[int],
        variables: Mapping[str, VariableComptee],
        avant: int | None = None,
    ) -> Faits:
        """What one may count in these territories; `avant` as in `Faits`."""
        blocs = [BlocVivant(self.base, self.mortes)]
        colonnes = _Colonnes(variables, lambda v: self._colonne_connue(v, territoires))
        droits = None
        if DROIT in variables:
            droit = colonnes[DROIT]
            droits = self._traduire(
                (DROITS, droit.variable),
                self.dictionnaire.largeur(DROITS),
                lambda: self._depuis_ensembles(droit.variable, droit.listees, DROITS, DROIT),
            )
        return Faits(
            blocs=(*blocs, self.queue) if self.queue else tuple(blocs),
            colonnes=colonnes,
            droits=droits,
            declarants=self._largeur(DECLARANT),
            avant=avant,
        )

    def _colonne_connue(self, variable: VariableComptee, territoires: frozenset[int]) -> Colonne:
        """The column made earlier for these territories: nothing has changed since."""
        source = DECLARANT if variable.code == CATEGORIE else variable.code
        largeur = self._largeur(source)
        cle = variable, territoires
        return _retenir(self._colonnes, cle, largeur, lambda: self._colonne(variable, territoires))

    def _colonne(self, variable: VariableComptee, territoires: frozenset[int]) -> Colonne:
        if variable.code == CATEGORIE:
            return self._traduire(
                (DECLARANT, variable),
                self._largeur(DECLARANT),
                lambda: colonne_des_categories(variable, self.organismes, self.categories),
            )
        rencontres = self._rencontres(variable.code, territoires)
        listees = frozenset(m.code for m in variable.modalites)
        raffinees = [m.raffine for m in variable.modalites if m.raffine]
        complete = variable.completee([*rencontres, *raffinees])
        return self._traduire(
            (variable.code, listees, complete),
            self._largeur(variable.code),
            lambda: self._depuis_ensembles(complete, listees, variable.code, variable.code),
        )

    def _traduire(self, cle, largeur: int, faire: Callable[[], Colonne]) -> Colonne:
        if len(self._traduites) > TRADUITES_AU_PLUS:
            self._traduites.clear()
        return _retenir(self._traduites, cle, largeur, faire)

    def _largeur(self, source: str) -> int:
        """How many sets this column may hold."""
        if source == DECLARANT:
            return len(self.organismes) + 1
        return self.dictionnaire.largeur(source) if source in self.dictionnaire.natures else 1

    def _rencontres(self, source: str, territoires: frozenset[int]) -> list[str]:
        """The codes answered in these territories."""
        if source not in self.dictionnaire.natures:
            return []
        presents = self.base.ensembles_presents(source, territoires)
        if self.queue is not None:
            presents = np.union1d(presents, self.queue.ensembles_presents(source, territoires))
        debuts, membres = self.dictionnaire.ensembles(source)
        vus = np.zeros(len(membres) + 1, dtype=np.int64)
        np.add.at(vus, debuts[presents], 1)
        np.add.at(vus, debuts[presents + 1], -1)
        numeros = self.dictionnaire.numeros[source]
        reponses = np.unique(membres[np.cumsum(vus[:-1]) > 0]).tolist()
        return [self.codes[numeros[reponse]][1] for reponse in reponses]

    def _depuis_ensembles(
        self, variable: VariableComptee, listees: frozenset[str], source: str, nomenclature: str
    ) -> Colonne:
        """`nomenclature`: the variable whose answers the sets hold."""
        if nomenclature not in self.dictionnaire.natures:
            vide = np.zeros(0, dtype=np.int64)
            return Colonne(variable, listees, source, np.zeros(2, dtype=np.int64), vide)
        debuts, membres = self.dictionnaire.ensembles(source)
        rang = {modalite.code: i for i, modalite in enumerate(variable.modalites)}
        numeros = self.dictionnaire.numeros[nomenclature]
        rangs = np.array([rang.get(self.codes[n][1], -1) for n in numeros], dtype=np.int64)
        # What these territories never answered is in no row of theirs: its sets stay empty.
        traduits = rangs[membres]
        connus = traduits >= 0
        avant = np.concatenate([[0], np.cumsum(connus)])
        return Colonne(variable, listees, source, avant[debuts], traduits[connus])


def _retenir(connues: dict, cle, largeur: int, faire: Callable[[], Colonne]) -> Colonne:
    """The column made earlier for this key, unless its dictionary has grown."""
    connue = connues.get(cle)
    if connue is None or connue.largeur < largeur:
        connue = connues[cle] = faire()
    return connue


class _Colonnes(Mapping[str, Colonne]):
    """The columns of the variables asked, each made when it is first read."""

    def __init__(
        self,
        variables: Mapping[str, VariableComptee],
        faire: Callable[[VariableComptee], Colonne],
    ):
        self._variables, self._faire = variables, faire
        self._faites: dict[str, Colonne] = {}

    def __getitem__(self, code: str) -> Colonne:
        if code not in self._faites:
            self._faites[code] = self._faire(self._variables[code])
        return self._faites[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._variables)

    def __len__(self) -> int:
        return len(self._variables)
