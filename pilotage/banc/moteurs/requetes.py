"""The figures in SQL, as PostgreSQL and DuckDB both read it."""

from collections.abc import Sequence

from pilotage.banc.moteurs import Comptes
from pilotage.banc.questions import FIGURES, Base, Critere, Figure, Selection

TABLES: dict[Base, str] = {"situations": "banc_situation", "non_recours": "banc_non_recours"}


def nommer(source: str) -> str:
    """The name of the column in SQL."""
    return f'"{source}"'


def de_base(base: Base) -> list[Figure]:
    return [figure for figure in FIGURES if figure.base == base]


def filtrer(selection: Selection, base: Base) -> str:
    """The WHERE of a selection: non-recours that pass everything, or situations with one."""
    conditions = [_condition(c) for c in selection.de_portee("situation")]
    sur_les_droits = [_condition(c) for c in selection.de_portee("non_recours")]
    if base == "non_recours":
        conditions += sur_les_droits
    elif sur_les_droits:
        conditions.append(
            f"situation IN (SELECT situation FROM {TABLES['non_recours']} "
            f"WHERE {' AND '.join(sur_les_droits)})"
        )
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _condition(critere: Critere) -> str:
    nombres = ", ".join(map(str, critere.nombres)) or "-1"
    return f"{nommer(critere.source)} IN ({nombres})"


def group_by(figure: Figure, selection: Selection) -> str:
    """One GROUP BY."""
    colonnes = ", ".join(map(nommer, figure.sources))
    ou = filtrer(selection, figure.base)
    return f"SELECT {colonnes}, count(*) FROM {TABLES[figure.base]} {ou} GROUP BY {colonnes}"


def grouping_sets(figures: Sequence[Figure], selection: Selection) -> str:
    """All these figures of one base in one query; the first column tells them apart."""
    base = figures[0].base
    sources = list(dict.fromkeys(s for figure in figures for s in figure.sources))
    colonnes = ", ".join(map(nommer, sources))
    ensembles = ", ".join(f"({', '.join(map(nommer, f.sources))})" for f in figures)
    return (
        f"SELECT grouping({colonnes}), {colonnes}, count(*) FROM {TABLES[base]} "
        f"{filtrer(selection, base)} GROUP BY GROUPING SETS ({ensembles})"
    )


def lire_grouping_sets(figures: Sequence[Figure], lignes: Sequence[tuple]) -> Comptes:
    """The counts of each figure from the rows of `grouping_sets`."""
    sources = list(dict.fromkeys(s for figure in figures for s in figure.sources))
    poids = {s: 1 << (len(sources) - 1 - i) for i, s in enumerate(sources)}
    # A bit is one where the column is not grouped by.
    par_masque = {
        sum(poids[s] for s in sources if s not in figure.sources): figure for figure in figures
    }
    comptes: Comptes = {figure: {} for figure in figures}
    places = {f: [1 + sources.index(s) for s in f.sources] for f in figures}
    for ligne in lignes:
        figure = par_masque[int(ligne[0])]
        comptes[figure][tuple(int(ligne[i]) for i in places[figure])] = int(ligne[-1])
    return comptes
