"""The facts that are counted, as columns of small integers at two grains.

Situations are sorted by (territory, month), so that a territory and a period are one slice. The
non-recours of situation i are the rows `debuts[i]` to `debuts[i + 1]` of the other grain.

Every column, simple or multiple, holds the number of a *set* of modalities (0: the empty set, no
answer) and a small table says which modalities each set holds. Counting is then the same gesture
for all: `bincount` the numbers of the sets, then multiply by the table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Literal, NamedTuple, Self

import numpy as np

Portee = Literal["situation", "non_recours"]
LigneSituation = tuple[int, int, int, bool, Iterable[int]]
LigneNonRecours = tuple[int, Iterable[int]]


class Modalite(NamedTuple):
    """One answer of a list; a local one names in `raffine` the core code that it refines."""

    code: str
    libelle: str
    raffine: str | None = None


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
class Colonne:
    """One variable over all the rows of its grain.

    `valeurs`: the number of the set answered on each row, shape (rows,), 0 for no answer.
    `ensembles`: which modalities each set holds, booleans of shape (sets, modalities of the
    variable); row 0 is all False. `listees`: the codes that the nomenclature itself holds.
    """

    variable: VariableComptee
    valeurs: np.ndarray
    ensembles: np.ndarray
    listees: frozenset[str]

    def appartenance(self, noyau: bool) -> tuple[tuple[Modalite, ...], np.ndarray]:
        """The modalities to count under, and the table sets × modalities.

        With `noyau`, a local modality is counted under the core one that it refines; a set that
        holds both counts once.
        """
        return self._appartenance_au_noyau if noyau else (self.variable.modalites, self.ensembles)

    @cached_property
    def _appartenance_au_noyau(self) -> tuple[tuple[Modalite, ...], np.ndarray]:
        modalites = self.variable.modalites
        cibles = {m.code: m.raffine or m.code for m in modalites}
        gardees = tuple(m for m in modalites if m.raffine is None)
        rang = {m.code: i for i, m in enumerate(gardees)}
        table = np.zeros((len(self.ensembles), len(gardees)), dtype=bool)
        for i, modalite in enumerate(modalites):
            table[:, rang[cibles[modalite.code]]] |= self.ensembles[:, i]
        return gardees, table

    def retenues(self, codes: Iterable[str], noyau: bool) -> np.ndarray:
        """Which sets hold at least one of these codes, booleans of shape (sets,).

        With `noyau`, a core code also keeps the local modalities that refine it.
        """
        voulus = set(codes)
        retenue = [
            m.code in voulus or (noyau and m.raffine in voulus) for m in self.variable.modalites
        ]
        return self.ensembles[:, retenue].any(axis=1)


@dataclass(frozen=True, eq=False)
class Faits:
    """All that is counted, read-only; `bornes` gives the slice of each territory.

    `mois`, `validees`, `identifiants`: shape (situations,). `debuts`: shape (situations + 1,).
    `situation_de`: the row of its situation, for each non-recours. `variables` are those given,
    completed with the codes met in the data: what a `Demande` should be read with.
    """

    identifiants: np.ndarray
    mois: np.ndarray
    validees: np.ndarray
    bornes: Mapping[int, tuple[int, int]]
    debuts: np.ndarray
    situation_de: np.ndarray
    colonnes: Mapping[str, Colonne] = field(repr=False)

    @property
    def variables(self) -> dict[str, VariableComptee]:
        return {code: colonne.variable for code, colonne in self.colonnes.items()}

    @classmethod
    def depuis_lignes(
        cls,
        situations: Iterable[LigneSituation],
        non_recours: Iterable[LigneNonRecours],
        codes: Mapping[int, tuple[str, str]],
        variables: Mapping[str, VariableComptee],
    ) -> Self:
        """Sorts rows, in any order, into columns.

        `situations`: (id, territory, month since January 2000, validated, numbers of its
        answers). `non_recours`: (id of its situation, numbers). `codes`: number → (variable,
        code). The answers of a variable that is not in `variables` are not counted.
        Both lists must come from one snapshot of the database.

        Raises ValueError for a situation given twice, a non-recours without its situation, an
        answer at the wrong grain, two answers to a simple variable; KeyError for a number that
        `codes` does not know.
        """
        lignes = sorted(situations, key=lambda ligne: (ligne[1], ligne[2], ligne[0]))
        rang = {ligne[0]: i for i, ligne in enumerate(lignes)}
        if len(rang) < len(lignes):
            raise ValueError("a situation is given twice")
        enfants = _ranger(non_recours, rang)
        parents = np.array([parent for parent, _ in enfants], dtype=np.int32)
        territoires = np.array([ligne[1] for ligne in lignes], dtype=np.int64)
        reponses: dict[Portee, list[Iterable[int]]] = {
            "situation": [ligne[4] for ligne in lignes],
            "non_recours": [numeros for _, numeros in enfants],
        }
        return cls(
            identifiants=_figer(np.array([ligne[0] for ligne in lignes], dtype=np.int64)),
            mois=_figer(np.array([ligne[2] for ligne in lignes], dtype=np.int16)),
            validees=_figer(np.array([ligne[3] for ligne in lignes], dtype=bool)),
            bornes=_bornes(territoires),
            debuts=_figer(np.searchsorted(parents, np.arange(len(lignes) + 1))),
            situation_de=_figer(parents),
            colonnes=_colonnes(reponses, codes, variables),
        )


def _ranger(
    non_recours: Iterable[LigneNonRecours], rang: Mapping[int, int]
) -> list[tuple[int, Iterable[int]]]:
    """The non-recours in the order of their situations, with the row of each one's."""
    try:
        places = [(rang[situation], numeros) for situation, numeros in non_recours]
    except KeyError as absente:
        raise ValueError(f"a non-recours belongs to no situation given: {absente}") from None
    return sorted(places, key=lambda place: place[0])


def _bornes(territoires: np.ndarray) -> dict[int, tuple[int, int]]:
    presents = np.unique(territoires)
    debuts = np.searchsorted(territoires, presents).tolist()
    fins = np.searchsorted(territoires, presents, side="right").tolist()
    return dict(zip(presents.tolist(), zip(debuts, fins, strict=True), strict=True))


def _figer(tableau: np.ndarray) -> np.ndarray:
    tableau.setflags(write=False)
    return tableau


def _colonnes(
    reponses: Mapping[Portee, list[Iterable[int]]],
    codes: Mapping[int, tuple[str, str]],
    variables: Mapping[str, VariableComptee],
) -> dict[str, Colonne]:
    """The column of each variable, from the numbers answered on each row of each grain."""
    a_plat = {portee: _aplatir(lignes, codes) for portee, lignes in reponses.items()}
    numeros_de: dict[str, dict[int, str]] = {code: {} for code in variables}
    for numero, (variable, code) in codes.items():
        if variable in numeros_de:
            numeros_de[variable][numero] = code
    colonnes = {}
    for code, variable in variables.items():
        numeros = numeros_de[code]
        for portee, (_, presents) in a_plat.items():
            if portee != variable.portee and np.isin(presents, list(numeros)).any():
                raise ValueError(f"{code} is answered at the wrong grain")
        lignes, presents = a_plat[variable.portee]
        colonnes[code] = _colonne(
            variable, numeros, lignes, presents, len(reponses[variable.portee])
        )
    return colonnes


def _aplatir(
    reponses: list[Iterable[int]], codes: Mapping[int, tuple[str, str]]
) -> tuple[np.ndarray, np.ndarray]:
    """Two arrays of the same length: the row, the number, one entry for each answer."""
    ensembles = [set(numeros) for numeros in reponses]
    tailles = [len(ensemble) for ensemble in ensembles]
    numeros = np.fromiter(chain.from_iterable(ensembles), dtype=np.int64, count=sum(tailles))
    for inconnu in set(np.unique(numeros).tolist()) - codes.keys():
        raise KeyError(inconnu)
    return np.repeat(np.arange(len(reponses)), tailles), numeros


def _colonne(
    variable: VariableComptee,
    numeros: Mapping[int, str],
    lignes: np.ndarray,
    presents: np.ndarray,
    hauteur: int,
) -> Colonne:
    # Only the codes met here: the others may be local answers of other territories.
    tries = np.intersect1d(presents, np.array(list(numeros), dtype=np.int64))
    rencontres = [numeros[numero] for numero in tries.tolist()]
    raffinees = [m.raffine for m in variable.modalites if m.raffine]
    complete = variable.completee([*rencontres, *raffinees])
    rang = {modalite.code: i for i, modalite in enumerate(complete.modalites)}
    rangs = np.array([rang[code] for code in rencontres], dtype=np.int64)
    concernees = np.isin(presents, tries)
    lignes, rangs = lignes[concernees], rangs[np.searchsorted(tries, presents[concernees])]
    if variable.multiple:
        valeurs, ensembles = _en_ensembles(lignes, rangs, hauteur, len(rang))
    else:
        valeurs, ensembles = _en_singletons(lignes, rangs, hauteur, len(rang), variable.code)
    compactes = _figer(valeurs.astype(np.min_scalar_type(len(ensembles))))
    return Colonne(
        complete, compactes, _figer(ensembles), frozenset(m.code for m in variable.modalites)
    )


def _en_singletons(
    lignes: np.ndarray, rangs: np.ndarray, hauteur: int, largeur: int, code: str
) -> tuple[np.ndarray, np.ndarray]:
    if len(lignes) != len(np.unique(lignes)):
        raise ValueError(f"{code} holds one answer, two are given on a row")
    valeurs = np.zeros(hauteur, dtype=np.int64)
    valeurs[lignes] = rangs + 1
    return valeurs, np.vstack([np.zeros((1, largeur), dtype=bool), np.eye(largeur, dtype=bool)])


def _en_ensembles(
    lignes: np.ndarray, rangs: np.ndarray, hauteur: int, largeur: int
) -> tuple[np.ndarray, np.ndarray]:
    """A number for each distinct set of answers, in the order in which they are met."""
    reponses: dict[int, list[int]] = {}
    for ligne, rang in zip(lignes.tolist(), rangs.tolist(), strict=True):
        reponses.setdefault(ligne, []).append(rang)
    numeros: dict[tuple[int, ...], int] = {(): 0}
    valeurs = np.zeros(hauteur, dtype=np.int64)
    for ligne, reponse in reponses.items():
        valeurs[ligne] = numeros.setdefault(tuple(sorted(reponse)), len(numeros))
    ensembles = np.zeros((len(numeros), largeur), dtype=bool)
    for ensemble, numero in numeros.items():
        ensembles[numero, list(ensemble)] = True
    return valeurs, ensembles
