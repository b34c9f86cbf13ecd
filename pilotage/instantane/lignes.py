"""Rows, in any order, into a block of sorted columns: what a territory read directly becomes."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

import numpy as np

from pilotage.instantane.bloc import BlocSimple, Entetes
from pilotage.instantane.selection import DECLARANT, DROITS, VALIDEE, Portee
from pilotage.variables import CATEGORIE, Colonne, VariableComptee

DROIT = "droit"
LigneNonRecours = tuple[int, Iterable[int]]
Reponses = tuple[np.ndarray, np.ndarray]
# Where each set begins and ends, and the members of all, one set after the other.
Ensembles = tuple[np.ndarray, np.ndarray]


class LigneSituation(NamedTuple):
    """A situation: month since January 2000, numbers of its answers, organisme of its author."""

    id: int
    territoire: int
    mois: int
    validee: bool
    numeros: Iterable[int]
    organisme: int | None = None


def ranger(
    situations: Iterable[LigneSituation],
    non_recours: Iterable[LigneNonRecours],
    codes: Mapping[int, tuple[str, str]],
    variables: Mapping[str, VariableComptee],
    categories: Mapping[int, str],
) -> tuple[BlocSimple, dict[str, Colonne], Colonne | None]:
    """The block, its columns, and the one of the sets of rights; see `Faits.depuis_lignes`."""
    lignes = sorted(situations, key=lambda ligne: (ligne.territoire, ligne.mois, ligne.id))
    rang = {ligne.id: i for i, ligne in enumerate(lignes)}
    if len(rang) < len(lignes):
        raise ValueError("a situation is given twice")
    enfants = _ranger_enfants(non_recours, rang)
    parents = np.array([parent for parent, _ in enfants], dtype=np.int32)
    reponses: dict[Portee, list[Iterable[int]]] = {
        "situation": [ligne.numeros for ligne in lignes],
        "non_recours": [numeros for _, numeros in enfants],
    }
    valeurs: dict[str, tuple[Portee, np.ndarray]] = {
        VALIDEE: ("situation", np.array([ligne.validee for ligne in lignes], dtype=np.uint8)),
    }
    colonnes = _colonnes(reponses, codes, variables, valeurs)
    droits = _ensembles_de_droits(colonnes, parents, len(lignes), valeurs)
    if CATEGORIE in variables:
        colonnes[CATEGORIE] = _declarants(lignes, variables[CATEGORIE], categories, valeurs)
    entetes = Entetes(
        ids=np.array([ligne.id for ligne in lignes], dtype=np.int64),
        territoires=np.array([ligne.territoire for ligne in lignes], dtype=np.int64),
        mois=np.array([ligne.mois for ligne in lignes], dtype=np.int16),
        transmises=np.zeros(len(lignes), dtype=np.uint16),
    )
    bloc = BlocSimple.trier(entetes, parents, valeurs)
    return bloc, colonnes, droits


def _ranger_enfants(
    non_recours: Iterable[LigneNonRecours], rang: Mapping[int, int]
) -> list[tuple[int, Iterable[int]]]:
    """The non-recours in the order of their situations, with the row of each one's."""
    try:
        places = [(rang[situation], numeros) for situation, numeros in non_recours]
    except KeyError as absente:
        raise ValueError(f"a non-recours belongs to no situation given: {absente}") from None
    return sorted(places, key=lambda place: place[0])


def _colonnes(
    reponses: Mapping[Portee, list[Iterable[int]]],
    codes: Mapping[int, tuple[str, str]],
    variables: Mapping[str, VariableComptee],
    valeurs: dict[str, tuple[Portee, np.ndarray]],
) -> dict[str, Colonne]:
    """Each variable but the category, from the numbers answered; fills `valeurs`."""
    a_plat = {portee: _aplatir(lignes, codes) for portee, lignes in reponses.items()}
    numeros_de: dict[str, dict[int, str]] = {code: {} for code in variables}
    for numero, (variable, code) in codes.items():
        if variable in numeros_de:
            numeros_de[variable][numero] = code
    colonnes = {}
    for code, variable in variables.items():
        if code == CATEGORIE:
            continue
        numeros = numeros_de[code]
        for portee, (_, presents) in a_plat.items():
            if portee != variable.portee and np.isin(presents, list(numeros)).any():
                raise ValueError(f"{code} is answered at the wrong grain")
        hauteur = len(reponses[variable.portee])
        colonnes[code], vues = _colonne(variable, numeros, a_plat[variable.portee], hauteur)
        valeurs[code] = (variable.portee, vues)
    return colonnes


def _aplatir(reponses: list[Iterable[int]], codes: Mapping[int, tuple[str, str]]) -> Reponses:
    """Two arrays of the same length: the row, the number, one entry for each answer."""
    ensembles = [set(numeros) for numeros in reponses]
    tailles = [len(ensemble) for ensemble in ensembles]
    numeros = np.fromiter(chain.from_iterable(ensembles), dtype=np.int64, count=sum(tailles))
    for inconnu in set(np.unique(numeros).tolist()) - codes.keys():
        raise KeyError(inconnu)
    return np.repeat(np.arange(len(reponses)), tailles), numeros


def _colonne(
    variable: VariableComptee, numeros: Mapping[int, str], reponses: Reponses, hauteur: int
) -> tuple[Colonne, np.ndarray]:
    # Only the codes met here: the others may be local answers of other territories.
    lignes, presents = reponses
    tries = np.intersect1d(presents, np.array(list(numeros), dtype=np.int64))
    rencontres = [numeros[numero] for numero in tries.tolist()]
    raffinees = [m.raffine for m in variable.modalites if m.raffine]
    complete = variable.completee([*rencontres, *raffinees])
    rang = {modalite.code: i for i, modalite in enumerate(complete.modalites)}
    rangs = np.array([rang[code] for code in rencontres], dtype=np.int64)
    concernees = np.isin(presents, tries)
    lignes, rangs = lignes[concernees], rangs[np.searchsorted(tries, presents[concernees])]
    if variable.multiple:
        valeurs, ensembles = _en_ensembles(lignes, rangs, hauteur)
    else:
        valeurs = _en_singletons(lignes, rangs, hauteur, variable.code)
        ensembles = singletons(len(rang))
    listees = frozenset(m.code for m in variable.modalites)
    return Colonne(complete, listees, variable.code, *ensembles), valeurs


def _en_singletons(lignes: np.ndarray, rangs: np.ndarray, hauteur: int, code: str) -> np.ndarray:
    if len(lignes) != len(np.unique(lignes)):
        raise ValueError(f"{code} holds one answer, two are given on a row")
    valeurs = np.zeros(hauteur, dtype=np.int64)
    valeurs[lignes] = rangs + 1
    return valeurs


def singletons(largeur: int) -> Ensembles:
    """The sets of a simple variable: none, then each of its modalities alone."""
    return np.concatenate([[0], np.arange(largeur + 1)]), np.arange(largeur)


def _en_ensembles(
    lignes: np.ndarray, rangs: np.ndarray, hauteur: int
) -> tuple[np.ndarray, Ensembles]:
    """A number for each distinct set of answers, in the order in which they are met."""
    reponses: dict[int, set[int]] = {}
    for ligne, rang in zip(lignes.tolist(), rangs.tolist(), strict=True):
        reponses.setdefault(ligne, set()).add(rang)
    numeros: dict[tuple[int, ...], int] = {(): 0}
    valeurs = np.zeros(hauteur, dtype=np.int64)
    for ligne, reponse in reponses.items():
        valeurs[ligne] = numeros.setdefault(tuple(sorted(reponse)), len(numeros))
    return valeurs, en_tableaux(numeros)


def en_tableaux(ensembles: Iterable[tuple[int, ...]]) -> Ensembles:
    """Sets one after the other: where each begins and ends, and their members."""
    ensembles = list(ensembles)
    debuts = np.cumsum([0, *map(len, ensembles)])
    return debuts, np.fromiter(chain.from_iterable(ensembles), np.int64, int(debuts[-1]))


def _ensembles_de_droits(
    colonnes: Mapping[str, Colonne],
    parents: np.ndarray,
    hauteur: int,
    valeurs: dict[str, tuple[Portee, np.ndarray]],
) -> Colonne | None:
    """The rights of each situation, as one multiple answer."""
    colonne = colonnes.get(DROIT)
    if colonne is None:
        return None
    droits = valeurs[DROIT][1]
    nommes = droits > 0
    vus, ensembles = _en_ensembles(parents[nommes], droits[nommes] - 1, hauteur)
    valeurs[DROITS] = ("situation", vus)
    return Colonne(colonne.variable, colonne.listees, DROITS, *ensembles)


def _declarants(
    lignes: list[LigneSituation],
    variable: VariableComptee,
    categories: Mapping[int, str],
    valeurs: dict[str, tuple[Portee, np.ndarray]],
) -> Colonne:
    """The category of the organisme that met the person, told by a column of organismes."""
    rang = {o: i for i, o in enumerate(sorted({x.organisme for x in lignes} - {None}), start=1)}
    vus = np.array([rang.get(ligne.organisme, 0) for ligne in lignes], dtype=np.int64)
    valeurs[DECLARANT] = ("situation", vus)
    return colonne_des_categories(variable, list(rang), categories)


def colonne_des_categories(
    variable: VariableComptee, organismes: Iterable[int], categories: Mapping[int, str]
) -> Colonne:
    """`organismes`: those of sets 1, 2…; one without category is counted as « Sans réponse »."""
    connues = [categories.get(organisme) for organisme in organismes]
    complete = variable.completee(code for code in connues if code)
    rang = {modalite.code: i for i, modalite in enumerate(complete.modalites)}
    ensembles = en_tableaux([(), *((rang[code],) if code else () for code in connues)])
    listees = frozenset(m.code for m in variable.modalites)
    return Colonne(complete, listees, DECLARANT, *ensembles)
