"""Generated territories, sparse as in life, and short lists of tables counted from their rows."""

from dataclasses import dataclass

import numpy as np

from pilotage.protection.modele import Axe, Lien, Liste, Somme, Tableau

TYPES = ("NC", "ND", "NR", "NP", "NO", "NSP", "")
MOTIFS = (*(f"{t}_{k}" for t in TYPES[:5] for k in range(10)), "")
PERMIS = {m: frozenset({m[:2], "NSP"}) for m in MOTIFS if m}
RANGS = ("1", "2", "3+")


def codes(prefixe: str, combien: int) -> tuple[str, ...]:
    return (*(f"{prefixe}{k}" for k in range(combien)), "")


@dataclass(frozen=True)
class Variable:
    axe: Axe
    portee: str
    regularite: float = 1.0


def exclusive(code, combien, portee, regularite=1.0, ouverte=False):
    return Variable(Axe(code, codes(code[0], combien), ouverte=ouverte), portee, regularite)


def multiple(code, combien, portee, maximum=None):
    axe = Axe(code, codes(code[0], combien), multiple=True, maximum=maximum)
    return Variable(axe, portee)


VARIABLES = {
    v.axe.variable: v
    for v in (
        exclusive("age", 9, "situations", 0.8),
        exclusive("sexe", 2, "situations", 0.5),
        exclusive("famille", 6, "situations"),
        exclusive("logement", 10, "situations", 1.4),
        exclusive("activite", 14, "situations"),
        exclusive("contexte", 9, "situations"),
        exclusive("intensite", 4, "situations", 0.5),
        exclusive("categorie", 6, "situations"),
        exclusive("quartier", 12, "situations", 2.2),
        multiple("evenement", 8, "situations", 3),
        multiple("consequences", 15, "situations"),
        Variable(Axe("droit", codes("d", 107), ouverte=True), "non_recours", 1.1),
        Variable(Axe("type", TYPES), "non_recours", 0.8),
        Variable(Axe("motif", MOTIFS, ouverte=True), "non_recours"),
        exclusive("organisme", 20, "non_recours", 1.3),
        exclusive("etape", 9, "non_recours"),
        exclusive("anciennete", 7, "non_recours"),
        exclusive("dynamique", 4, "non_recours", 0.5),
        exclusive("issue", 9, "non_recours"),
        multiple("obstacles", 12, "non_recours"),
    )
}
SOMMES = (
    Somme("plus_d_un_an", "non_recours", "anciennete", frozenset({"a3", "a4"})),
    Somme("droits_ouverts", "non_recours", "issue", frozenset({"i0", "i1"})),
    Somme("cumul", "situations", "par_situation", frozenset({"2", "3+"})),
)


@dataclass
class Territoire:
    """0/1 columns by variable: one row a situation, or a non-recours; the last column is 1."""

    annee: np.ndarray
    situation_de: np.ndarray
    colonnes: dict[str, np.ndarray]
    axes: dict[str, Axe]
    organisme: np.ndarray


def tirer(hasard: np.random.Generator, n: int, *, annees: int = 3, concentre: bool = False):
    """`n` situations over some years. `concentre`: everybody gave the same answers."""
    poids = hasard.dirichlet(np.full(annees, 1.5)) if annees > 1 else np.ones(1)
    annee = 2024 + hasard.choice(annees, n, p=poids)
    rangs = 1 + np.minimum(hasard.geometric(0.55, n) - 1, 4)
    situation_de = np.repeat(np.arange(n), rangs)
    colonnes, axes = {}, {v.axe.variable: v.axe for v in VARIABLES.values()}
    types = None
    for code, variable in VARIABLES.items():
        lignes = n if variable.portee == "situations" else len(situation_de)
        loi = _loi(hasard, len(variable.axe.modalites), variable.regularite, concentre)
        if code == "droit":
            reponses = _droits(hasard, rangs, loi)
        elif code == "motif":
            reponses = _motifs(hasard, types, variable.axe.modalites)
        else:
            reponses = hasard.choice(len(loi), lignes, p=loi)
        if code == "type":
            types = reponses
        colonnes[code] = _presence(reponses, len(loi))
        if variable.axe.multiple and not concentre:
            _autres_reponses(hasard, colonnes[code], variable.axe, loi)
    axes["par_situation"] = Axe("par_situation", RANGS)
    colonnes["par_situation"] = _presence(np.minimum(rangs, 3) - 1, 3)
    organisme = hasard.choice(8, n, p=_loi(hasard, 8, 1, concentre))
    return Territoire(annee, situation_de, colonnes, axes, organisme)


def _loi(hasard, combien: int, regularite: float, concentre: bool) -> np.ndarray:
    if concentre:
        return np.eye(combien)[0]
    loi = np.arange(1.0, combien + 1) ** -regularite * hasard.uniform(0.3, 1.7, combien)
    loi[:-1] = hasard.permutation(loi[:-1]) if combien < 20 else loi[:-1]
    loi[-1] = loi[:-1].sum() * hasard.choice([0, 0.02, 0.1, 0.4])
    return loi / loi.sum()


def _presence(reponses: np.ndarray, combien: int) -> np.ndarray:
    presence = np.zeros((len(reponses), combien + 1), dtype=np.int64)
    presence[np.arange(len(reponses)), reponses] = 1
    presence[:, -1] = 1
    return presence


def _droits(hasard, rangs: np.ndarray, loi: np.ndarray) -> np.ndarray:
    """Each situation names a right once at most; the first ones drawn by the law."""
    suivants = []
    for combien in rangs.tolist():
        premiers = list(dict.fromkeys(hasard.choice(len(loi), combien, p=loi).tolist()))
        autres = (k for k in range(len(loi)) if k not in premiers)
        suivants += premiers + [next(autres) for _ in range(combien - len(premiers))]
    return np.array(suivants)


def _motifs(hasard, types: np.ndarray, modalites: tuple[str, ...]) -> np.ndarray:
    rang = np.minimum(hasard.geometric(0.35, len(types)) - 1, 9)
    famille = np.where(types < 5, types, hasard.integers(0, 5, len(types)))
    muets = (types == 6) | (hasard.random(len(types)) < 0.1)
    return np.where(muets, len(modalites) - 1, famille * 10 + rang)


def _autres_reponses(hasard, presence: np.ndarray, axe: Axe, loi: np.ndarray) -> None:
    repondu = presence[:, -2] == 0
    for _ in range((axe.maximum or 3) - 1):
        lignes = np.flatnonzero(repondu & (hasard.random(len(presence)) < 0.35))
        presence[lignes, hasard.choice(len(loi) - 1, len(lignes), p=loi[:-1] / loi[:-1].sum())] = 1


def tableau(territoire: Territoire, variables: tuple[str, ...], periode: str) -> Tableau:
    """Counts one table; co-occurrence when it crosses the rights with themselves."""
    base = "situations"
    if variables != ("droit", "droit") and any(
        v in VARIABLES and VARIABLES[v].portee == "non_recours" for v in variables
    ):
        base = "non_recours"
    axes = tuple(territoire.axes[v] for v in variables)
    colonnes = [_au_grain(territoire, v, base, periode) for v in variables]
    if not variables:
        cellules = np.array(int(_choisies(territoire, periode).sum()))
    else:
        indices = "abc"[: len(variables)]
        formule = ",".join(f"i{x}" for x in indices) + "->" + indices
        cellules = np.einsum(formule, *colonnes)
    return Tableau(f"{'×'.join(variables)} {periode}", axes, base, periode, cellules)


def _choisies(territoire: Territoire, periode: str) -> np.ndarray:
    return np.array(periode == "tout") | (territoire.annee.astype(str) == periode)


def _au_grain(territoire: Territoire, variable: str, base: str, periode: str) -> np.ndarray:
    choisies = _choisies(territoire, periode)
    colonne = territoire.colonnes[variable]
    if base == "non_recours":
        if variable in VARIABLES and VARIABLES[variable].portee == "non_recours":
            return colonne[choisies[territoire.situation_de]]
        return colonne[territoire.situation_de][choisies[territoire.situation_de]]
    if variable == "droit":
        par_situation = np.zeros((len(territoire.annee), colonne.shape[1]), dtype=np.int64)
        np.maximum.at(par_situation, territoire.situation_de, colonne)
        return par_situation[choisies]
    return colonne[choisies]


def contributeurs(territoire: Territoire, periode: str) -> Tableau:
    presents = np.unique(territoire.organisme[_choisies(territoire, periode)])
    return Tableau(f"contributeurs {periode}", (), "organismes", periode, np.array(len(presents)))


def liste(territoire: Territoire, tables, *, annees=True, tout=True, extras=()) -> Liste:
    """All these tables for each year and since the beginning, with totals and key figures."""
    periodes = sorted({str(a) for a in territoire.annee}) if annees else []
    periodes += ["tout"] * (tout or not periodes)
    tableaux = [tableau(territoire, v, p) for p in periodes for v in ((), *tables)]
    tableaux += [contributeurs(territoire, p) for p in periodes if "contributeurs" in extras]
    variables = {v for table in tables for v in table}
    sommes = tuple(s for s in SOMMES if (s.variable,) in set(tables))
    liens = (
        (Lien("motif", "type", PERMIS),)
        if "liens" in extras and {"motif", "type"} <= variables
        else ()
    )
    return Liste(tuple(tableaux), sommes, liens)
