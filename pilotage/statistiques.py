"""The counts of a dashboard, exact, before any secrecy.

What one may count, `territoires`, is a required argument: there is no other way to the facts.
These figures are shown to nobody as they are: see `pilotage.secret`.
"""

from dataclasses import dataclass
from statistics import median

import numpy as np

from pilotage.comptage import Cellules, Compteur, base_de
from pilotage.demande import Demande
from pilotage.faits import Faits
from pilotage.instantane.selection import DECLARANT, TAILLE, VALIDEE
from pilotage.parcours import ISSUES, suivre
from pilotage.presentation.noms import nom_de
from pilotage.presentation.typographie import nom_du_mois
from pilotage.resultats import (
    Contributeurs,
    Cooccurrence,
    Croisement,
    CroisementEnOnglets,
    Distribution,
    Dominance,
    Ligne,
    Onglet,
    Statistiques,
)
from pilotage.variables import Colonne, Modalite
from situations.calendrier import depuis_numero, en_mois

__all__ = [
    "Croisement",
    "Distribution",
    "Ligne",
    "Plan",
    "Statistiques",
    "calculer",
    "situations_comptees",
]

DISTRIBUTIONS = ("type", "droit", "motif_principal", "age", "famille", "logement", "activite")
# Long lists: the most frequent first, and only what was met. The others keep their list's order.
PAR_EFFECTIF = frozenset(
    {"droit", "motif_principal", "motifs_secondaires", "organisme", "categorie"}
)
DURENT_PLUS_D_UN_AN = ("anciennete", frozenset({"an_1_2a", "an_2ap"}))
DROITS_OUVERTS = ("issue", ISSUES["ouvert"])
MOIS = "mois"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to count, beside the key figures and the months.

    `distributions`: those of these variables that the facts have. `croisements`: pairs (lines,
    columns), or triples, whose third variable comes as tabs.
    """

    distributions: tuple[str, ...] = DISTRIBUTIONS
    croisements: tuple[tuple[str, ...], ...] = ()
    cooccurrence: bool = False
    parcours: bool = False


def calculer(
    faits: Faits,
    demande: Demande,
    *,
    territoires: frozenset[int],
    noyau: bool = False,
    plan: Plan | None = None,
) -> Statistiques:
    """Counts what is asked over these territories; the empty set counts nothing.

    With `noyau`, local answers are counted, and filtered, with the core ones they refine.
    Raises KeyError when the request or a crossing of the plan names a variable that the facts do
    not have.
    """
    plan = plan or Plan()
    compteur = Compteur.depuis(faits, demande, territoires, noyau)
    tailles = compteur.par_ensemble(TAILLE, 256, "situations")
    par_situation = (int(tailles[1]), int(tailles[2]), int(tailles[3:].sum()))
    distributions = {
        variable: _distribution(compteur, faits.colonnes[variable])
        for variable in plan.distributions
        if variable in faits.colonnes
    }
    return Statistiques(
        demande=demande,
        situations=compteur.nombre("situations"),
        non_recours=compteur.nombre("non_recours"),
        validees=int(compteur.par_ensemble(VALIDEE, 2, "situations")[1]),
        cumul=par_situation[1] + par_situation[2],
        par_situation=par_situation,
        plus_d_un_an=_combien(compteur, *DURENT_PLUS_D_UN_AN),
        droits_ouverts=_combien(compteur, *DROITS_OUVERTS),
        contributeurs=_contributeurs(compteur),
        distributions=distributions | {MOIS: _serie(compteur)},
        croisement=demande.croisement and _croiser(compteur, *demande.croisement),
        croisements={codes: _croiser(compteur, *codes) for codes in plan.croisements},
        cooccurrence=_cooccurrence(compteur) if plan.cooccurrence else None,
        parcours=suivre(compteur) if plan.parcours else None,
    )


def situations_comptees(
    faits: Faits, demande: Demande, *, territoires: frozenset[int], noyau: bool = False
) -> list[int]:
    """The situations behind the figures of a request, for those who may read them."""
    compteur = Compteur.depuis(faits, demande, territoires, noyau)
    return compteur.identifiants().tolist()


def _combien(compteur: Compteur, variable: str, codes: frozenset[str]) -> int:
    """How many non-recours have one of these core codes."""
    colonne = compteur.faits.colonnes.get(variable)
    if colonne is None:
        return 0
    par_ensemble = compteur.par_ensemble(colonne.source, colonne.largeur, "non_recours")
    return int(par_ensemble[colonne.retenues(codes, noyau=True)].sum())


def _contributeurs(compteur: Compteur) -> Contributeurs | None:
    """None when the facts do not say who wrote."""
    declarants = compteur.faits.declarants
    if not declarants:
        return None
    par_organisme = compteur.par_ensemble(DECLARANT, declarants, "situations")[1:]
    presents = par_organisme[par_organisme > 0].tolist()
    return Contributeurs(len(presents), float(median(presents)) if presents else 0.0)


def _distribution(compteur: Compteur, colonne: Colonne) -> Distribution:
    variable, base = colonne.variable, base_de(colonne)
    cellules = compteur.croiser([colonne], base)
    *modalites, _ = cellules.membres[0].modalites
    *effectifs, sans_reponse = cellules.sommer(0).tolist()
    facultatives = (
        frozenset(m.code for m in modalites)
        if variable.code in PAR_EFFECTIF
        else colonne.facultatives
    )
    lignes = [
        Ligne(modalite.code, modalite.libelle, effectif, modalite.raffine)
        for modalite, effectif in zip(modalites, effectifs, strict=True)
        if effectif or modalite.code not in facultatives
    ]
    if variable.code in PAR_EFFECTIF:
        lignes.sort(key=lambda ligne: (-ligne.effectif, ligne.libelle, ligne.code))
    dominance = _dominance(cellules, [colonne], (0,))
    return Distribution(
        variable=variable.code,
        libelle=nom_de(variable.code, variable.libelle),
        base=base,
        total=compteur.nombre(base),
        lignes=tuple(lignes),
        sans_reponse=sans_reponse,
        multiple=variable.multiple,
        facultatives=facultatives,
        dominance=dominance and {m.code: _domine(dominance, (i,)) for i, m in enumerate(modalites)},
    )


def _dominance(cellules: Cellules, colonnes: list[Colonne], axes: tuple[int, ...]):
    """The two tables of `Cellules.dominer`; None when no axis is the kind of organisme."""
    for axe, colonne in enumerate(colonnes):
        if colonne.source == DECLARANT:
            return cellules.dominer(cellules.ensembles[axe], *axes)
    return None


def _domine(tables: tuple[np.ndarray, np.ndarray], place: tuple[int, ...]) -> Dominance:
    organismes, parts = tables
    return Dominance(int(organismes[place]), float(parts[place]))


def _serie(compteur: Compteur) -> Distribution:
    """Situations by month observed, zeros included between the first and the last."""
    mois, effectifs = compteur.mois()
    premier = int(mois.min()) if len(mois) else 0
    par_mois = np.bincount(mois - premier, effectifs).astype(np.int64).tolist()
    return Distribution(
        variable=MOIS,
        libelle="Mois d’observation",
        base="situations",
        total=compteur.nombre("situations"),
        lignes=tuple(ligne_du_mois(premier + i, n) for i, n in enumerate(par_mois)),
        sans_reponse=0,
    )


def ligne_du_mois(numero: int, effectif: int) -> Ligne:
    """The line of a month, given in months since January 2000."""
    code = en_mois(depuis_numero(numero))
    return Ligne(code, nom_du_mois(code), effectif)


def _croiser(compteur: Compteur, *variables: str) -> Croisement | CroisementEnOnglets:
    """The crossing of two variables; of three, one crossing for each answer of the third."""
    colonnes = [compteur.faits.colonnes[variable] for variable in variables]
    base = base_de(*colonnes)
    cellules = compteur.croiser(colonnes, base)
    total = compteur.nombre(base)
    croisees = cellules.sommer(0, 1)
    # With one answer a row, cells sum to their margins.
    simples = all(cellules.membres[axe].est_simple for axe in (0, 1))
    marges = (
        (croisees.sum(axis=1), croisees.sum(axis=0))
        if simples
        else (cellules.sommer(0), cellules.sommer(1))
    )
    deux = _Tableau(colonnes[:2], base, *_ordres(cellules, colonnes, marges))
    dominance = _dominance(cellules, colonnes, (0, 1))
    ensemble = deux.remplir(croisees, *marges, total, dominance)
    if len(colonnes) == 2:
        return ensemble
    cubes = cellules.sommer(0, 1, 2), cellules.sommer(0, 2), cellules.sommer(1, 2)
    effectifs = cellules.sommer(2)
    dominance = _dominance(cellules, colonnes, (0, 1, 2))
    modalites = cellules.membres[2].modalites
    troisieme = colonnes[2].variable
    return CroisementEnOnglets(
        variable=troisieme.code,
        libelle=nom_de(troisieme.code, troisieme.libelle),
        ensemble=ensemble,
        onglets=tuple(
            Onglet(
                modalites[k].code,
                modalites[k].libelle,
                deux.remplir(
                    *(cube[..., k] for cube in cubes),
                    int(effectifs[k]),
                    dominance and tuple(table[..., k] for table in dominance),
                ),
            )
            for k in _ordre(troisieme.code, modalites, effectifs)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Tableau:
    """A crossing to fill: its columns of facts, the ranks of its lines and columns, in order."""

    colonnes: list[Colonne]
    base: str
    modalites: tuple[tuple[Modalite, ...], tuple[Modalite, ...]]
    ordres: tuple[list[int], list[int]]

    def remplir(self, cellules, marge_lignes, marge_colonnes, total, dominance) -> Croisement:
        (i, j), variables = self.ordres, [colonne.variable for colonne in self.colonnes]
        noms = [nom_de(variable.code, variable.libelle) for variable in variables]
        lignes, colonnes = (
            tuple((modalites[k].code, modalites[k].libelle) for k in ordre)
            for modalites, ordre in zip(self.modalites, self.ordres, strict=True)
        )
        return Croisement(
            ligne=variables[0].code,
            colonne=variables[1].code,
            libelle_ligne=noms[0],
            libelle_colonne=noms[1],
            base=self.base,
            lignes=lignes,
            colonnes=colonnes,
            cellules=tuple(map(tuple, cellules[np.ix_(i, j)].tolist())),
            marge_lignes=tuple(marge_lignes[i].tolist()),
            marge_colonnes=tuple(marge_colonnes[j].tolist()),
            total=total,
            multiple=any(variable.multiple for variable in variables),
            dominance=dominance and tuple(tuple(_domine(dominance, (a, b)) for b in j) for a in i),
        )


def _ordres(cellules: Cellules, colonnes: list[Colonne], marges: tuple[np.ndarray, np.ndarray]):
    """The modalities of the first two axes, and the ranks of those met, in the order shown."""
    modalites = tuple(cellules.membres[axe].modalites for axe in (0, 1))
    ordres = tuple(
        _ordre(colonnes[axe].variable.code, modalites[axe], marges[axe]) for axe in (0, 1)
    )
    return modalites, ordres


def _ordre(variable: str, modalites: tuple[Modalite, ...], marges: np.ndarray) -> list[int]:
    """The ranks of what was met, in the order shown; « Sans réponse » last."""
    *rangs, vide = range(len(modalites))
    if variable in PAR_EFFECTIF:
        rangs.sort(key=lambda k: (-marges[k], modalites[k].libelle, modalites[k].code))
    return [k for k in (*rangs, vide) if marges[k]]


def _cooccurrence(compteur: Compteur) -> Cooccurrence | None:
    """Which rights the situations kept name together; None when rights are not counted."""
    colonne = compteur.faits.droits
    if colonne is None:
        return None
    membres = colonne.membres(compteur.noyau)
    par_ensemble = compteur.par_ensemble(colonne.source, colonne.largeur, "situations")
    plusieurs = np.flatnonzero((par_ensemble > 0) & (np.diff(membres.debuts) >= 2))
    effectifs = par_ensemble[plusieurs]
    ensemble = Cellules([membres] * 2, [plusieurs] * 2, effectifs).sommer(0, 1)
    modalites, seuls = membres.modalites, np.diagonal(ensemble).tolist()
    rangs = [
        i
        for i in sorted(range(len(modalites)), key=lambda i: (-seuls[i], modalites[i].libelle))
        if seuls[i]
    ]
    return Cooccurrence(
        base=int(effectifs.sum()),
        droits=tuple((modalites[i].code, modalites[i].libelle) for i in rangs),
        cellules=tuple(map(tuple, ensemble[np.ix_(rangs, rangs)].tolist())),
    )
