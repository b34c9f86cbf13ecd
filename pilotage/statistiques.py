"""The counts of a dashboard, exact, before any secrecy.

What one may count, `territoires`, is a required argument: there is no other way to the facts.
These figures are shown to nobody as they are: see `secret.pour_audience`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pilotage.demande import Demande
from pilotage.faits import Colonne, Faits, Modalite
from pilotage.presentation.noms import nom_de
from pilotage.presentation.typographie import Base, nom_du_mois
from situations.calendrier import depuis_numero, en_date, en_mois, en_numero

DISTRIBUTIONS = ("type", "droit", "motif_principal", "age", "famille", "logement", "activite")
# Long lists: the most frequent first, and only what was met. The others keep their list's order.
PAR_EFFECTIF = frozenset({"droit", "motif_principal", "motifs_secondaires", "organisme"})
DURENT_PLUS_D_UN_AN = ("anciennete", frozenset({"an_1_2a", "an_2ap"}))
DROITS_OUVERTS = ("issue", frozenset({"is_ouvert", "is_rappel", "is_partiel"}))
MOIS = "mois"
SANS_REPONSE = Modalite("", "Sans réponse")


class Ligne(NamedTuple):
    code: str
    libelle: str
    effectif: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many of `base` gave each answer; without `multiple`, lines and blanks sum to `total`.

    `facultatives`: the codes of the lines that are there only because their count is not zero.
    """

    variable: str
    libelle: str
    base: Base
    total: int
    lignes: tuple[Ligne, ...]
    sans_reponse: int
    multiple: bool = False
    facultatives: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Croisement:
    """`cellules[i][j]`: how many of `base` gave the answers `lignes[i]` and `colonnes[j]`.

    Only lines and columns met at least once; the code "" is « Sans réponse ». With `multiple`,
    one row may be in several cells, and the margins are not the sums of the cells.
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


@dataclass(frozen=True, slots=True)
class Statistiques:
    """The exact figures of a request.

    `validees`, `cumul` (at least two non-recours, whatever the filters on them) count situations;
    `plus_d_un_an`, `droits_ouverts` count non-recours, local answers with the core one they
    refine. `distributions`: by variable, and « mois », months in order without a gap.
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


@dataclass(frozen=True, slots=True)
class _Selection:
    """The rows kept, at the two grains: `non_recours` all belong to `situations`."""

    faits: Faits
    noyau: bool
    situations: np.ndarray
    non_recours: np.ndarray

    def lignes(self, base: Base) -> np.ndarray:
        return self.situations if base == "situations" else self.non_recours

    def valeurs(self, colonne: Colonne, base: Base) -> np.ndarray:
        """The sets answered, for each row kept of that base."""
        lignes = self.lignes(base)
        if base == "non_recours" and colonne.variable.portee == "situation":
            lignes = self.faits.situation_de[lignes]
        return colonne.valeurs[lignes]


def calculer(
    faits: Faits,
    demande: Demande,
    *,
    territoires: frozenset[int],
    noyau: bool = False,
    locales: Iterable[str] = (),
) -> Statistiques:
    """Counts what is asked over these territories; the empty set counts nothing.

    `locales`: the territory's own variables to count beside the noyau's. With `noyau`, local answers are counted, and filtered, with the core ones they refine.
    Raises KeyError when the request names a variable that the facts do not have.
    """
    selection = _selectionner(faits, demande, territoires, noyau)
    situations, non_recours = selection.situations, selection.non_recours
    distributions = {
        variable: _distribution(selection, faits.colonnes[variable])
        for variable in (*DISTRIBUTIONS, *locales)
        if variable in faits.colonnes
    }
    droits_par_situation = faits.debuts[situations + 1] - faits.debuts[situations]
    return Statistiques(
        demande=demande,
        situations=len(situations),
        non_recours=len(non_recours),
        validees=int(faits.validees[situations].sum()),
        cumul=int((droits_par_situation >= 2).sum()),
        plus_d_un_an=_combien(selection, *DURENT_PLUS_D_UN_AN),
        droits_ouverts=_combien(selection, *DROITS_OUVERTS),
        distributions=distributions | {MOIS: _serie(faits.mois[situations])},
        croisement=demande.croisement and _croiser(selection, *demande.croisement),
    )


def _selectionner(
    faits: Faits, demande: Demande, territoires: frozenset[int], noyau: bool
) -> _Selection:
    situations = _situations_de(faits, territoires, demande.periode)
    if demande.validees_seulement:
        situations = situations[faits.validees[situations]]
    colonnes = [(faits.colonnes[variable], codes) for variable, codes in demande.filtres]
    for colonne, codes in colonnes:
        if colonne.variable.portee == "situation":
            situations = situations[colonne.retenues(codes, noyau)[colonne.valeurs[situations]]]
    non_recours = _derouler(faits.debuts[situations], faits.debuts[situations + 1])
    portent_sur_les_droits = [c for c in colonnes if c[0].variable.portee == "non_recours"]
    for colonne, codes in portent_sur_les_droits:
        non_recours = non_recours[colonne.retenues(codes, noyau)[colonne.valeurs[non_recours]]]
    if portent_sur_les_droits:
        situations = np.unique(faits.situation_de[non_recours])
    return _Selection(faits, noyau, situations, non_recours)


def _situations_de(
    faits: Faits, territoires: Iterable[int], periode: tuple[str | None, str | None]
) -> np.ndarray:
    """The rows of these territories and months: one slice of the sorted months for each."""
    premier, dernier = (mois and en_numero(en_date(mois)) for mois in periode)
    debuts, fins = [], []
    for territoire in sorted(set(territoires) & faits.bornes.keys()):
        debut, fin = faits.bornes[territoire]
        mois = faits.mois[debut:fin]
        debuts.append(debut if premier is None else debut + np.searchsorted(mois, premier))
        fins.append(fin if dernier is None else debut + np.searchsorted(mois, dernier + 1))
    return _derouler(np.array(debuts, dtype=np.int64), np.array(fins, dtype=np.int64))


def _derouler(debuts: np.ndarray, fins: np.ndarray) -> np.ndarray:
    """The integers of each range [debut, fin), one range after the other."""
    tailles = fins - debuts
    decalages = debuts - (np.cumsum(tailles) - tailles)
    return np.repeat(decalages, tailles) + np.arange(tailles.sum(), dtype=np.int64)


def _combien(selection: _Selection, variable: str, codes: frozenset[str]) -> int:
    """How many non-recours have one of these core codes."""
    colonne = selection.faits.colonnes.get(variable)
    if colonne is None:
        return 0
    retenues = colonne.retenues(codes, noyau=True)
    return int(retenues[selection.valeurs(colonne, "non_recours")].sum())


def _base(*colonnes: Colonne) -> Base:
    portees = {colonne.variable.portee for colonne in colonnes}
    return "non_recours" if "non_recours" in portees else "situations"


def _distribution(selection: _Selection, colonne: Colonne) -> Distribution:
    variable, base = colonne.variable, _base(colonne)
    modalites, table = colonne.appartenance(selection.noyau)
    par_ensemble = np.bincount(selection.valeurs(colonne, base), minlength=len(table))
    facultatives = frozenset(
        m.code
        for m in modalites
        if m.raffine or m.code not in colonne.listees or variable.code in PAR_EFFECTIF
    )
    lignes = [
        Ligne(modalite.code, modalite.libelle, effectif)
        for modalite, effectif in zip(modalites, (par_ensemble @ table).tolist(), strict=True)
        if effectif or modalite.code not in facultatives
    ]
    if variable.code in PAR_EFFECTIF:
        lignes.sort(key=lambda ligne: (-ligne.effectif, ligne.libelle, ligne.code))
    return Distribution(
        variable=variable.code,
        libelle=nom_de(variable.code, variable.libelle),
        base=base,
        total=len(selection.lignes(base)),
        lignes=tuple(lignes),
        sans_reponse=int(par_ensemble[~table.any(axis=1)].sum()),
        multiple=variable.multiple,
        facultatives=facultatives,
    )


def _serie(mois: np.ndarray) -> Distribution:
    """Situations by month observed, zeros included between the first and the last."""
    premier = int(mois.min()) if len(mois) else 0
    lignes = tuple(
        ligne_du_mois(premier + i, effectif)
        for i, effectif in enumerate(np.bincount(mois - premier).tolist())
    )
    return Distribution(
        variable=MOIS,
        libelle="Mois d’observation",
        base="situations",
        total=len(mois),
        lignes=lignes,
        sans_reponse=0,
    )


def ligne_du_mois(numero: int, effectif: int) -> Ligne:
    """The line of a month, given in months since January 2000."""
    code = en_mois(depuis_numero(numero))
    return Ligne(code, nom_du_mois(code), effectif)


def _croiser(selection: _Selection, ligne: str, colonne: str) -> Croisement:
    """Unfolds the lines into (answer, row) pairs, one `bincount` by set of columns, then sums."""
    en_lignes, en_colonnes = selection.faits.colonnes[ligne], selection.faits.colonnes[colonne]
    base = _base(en_lignes, en_colonnes)
    lignes, table_lignes = _avec_sans_reponse(en_lignes, selection.noyau)
    colonnes, table_colonnes = _avec_sans_reponse(en_colonnes, selection.noyau)
    valeurs_lignes = selection.valeurs(en_lignes, base)
    valeurs_colonnes = selection.valeurs(en_colonnes, base)
    rangs, reponses = _deplier(valeurs_lignes, table_lignes)
    hauteur, largeur = len(lignes), len(table_colonnes)
    joints = np.bincount(
        reponses * largeur + valeurs_colonnes[rangs], minlength=hauteur * largeur
    ).reshape(hauteur, largeur)
    cellules = joints @ table_colonnes
    marge_colonnes = np.bincount(valeurs_colonnes, minlength=largeur) @ table_colonnes
    marge_lignes = joints.sum(axis=1)
    i, j = _ordre(ligne, lignes, marge_lignes), _ordre(colonne, colonnes, marge_colonnes)
    return Croisement(
        ligne=ligne,
        colonne=colonne,
        libelle_ligne=nom_de(ligne, en_lignes.variable.libelle),
        libelle_colonne=nom_de(colonne, en_colonnes.variable.libelle),
        base=base,
        lignes=tuple((lignes[k].code, lignes[k].libelle) for k in i),
        colonnes=tuple((colonnes[k].code, colonnes[k].libelle) for k in j),
        cellules=tuple(map(tuple, cellules[np.ix_(i, j)].tolist())),
        marge_lignes=tuple(marge_lignes[i].tolist()),
        marge_colonnes=tuple(marge_colonnes[j].tolist()),
        total=len(selection.lignes(base)),
        multiple=en_lignes.variable.multiple or en_colonnes.variable.multiple,
    )


def _avec_sans_reponse(colonne: Colonne, noyau: bool) -> tuple[list[Modalite], np.ndarray]:
    modalites, table = colonne.appartenance(noyau)
    vides = ~table.any(axis=1, keepdims=True)
    return [*modalites, SANS_REPONSE], np.hstack([table, vides])


def _deplier(valeurs: np.ndarray, table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each row once for each modality of its set: the ranks of the rows, and the modalities."""
    ensembles, modalites = np.nonzero(table)
    fins = np.searchsorted(ensembles, np.arange(len(table)), side="right")
    debuts = fins - table.sum(axis=1)
    rangs = np.repeat(np.arange(len(valeurs)), (fins - debuts)[valeurs])
    return rangs, modalites[_derouler(debuts[valeurs], fins[valeurs])]


def _ordre(variable: str, modalites: list[Modalite], marges: np.ndarray) -> list[int]:
    """The ranks of what was met, in the order shown; « Sans réponse » last."""
    *rangs, vide = range(len(modalites))
    if variable in PAR_EFFECTIF:
        rangs.sort(key=lambda k: (-marges[k], modalites[k].libelle, modalites[k].code))
    return [k for k in (*rangs, vide) if marges[k]]
