"""The columns of one grain, situations or non-recours, packed in keys where they fit. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from pilotage.instantane.bloc import BlocSimple
from pilotage.instantane.cles import Cle, repartir
from pilotage.instantane.selection import Portee


@dataclass(frozen=True, eq=False)
class Grain:
    """The columns of one grain: packed keys, columns too wide to be packed, local ones.

    `locales[source]`: (first row, values) of each stretch of rows where it is asked.
    """

    hauteur: int
    cles: tuple[tuple[Cle, np.ndarray], ...] = field(repr=False)
    larges: Mapping[str, np.ndarray] = field(repr=False)
    locales: Mapping[str, list[tuple[int, np.ndarray]]] = field(repr=False)

    def cle_de(self, sources: set[str]) -> tuple[Cle, np.ndarray] | None:
        """The key that holds most of these columns, if any holds one."""
        couverte = {
            i: len(sources.intersection(cle.sources)) for i, (cle, _) in enumerate(self.cles)
        }
        meilleure = max(couverte, key=couverte.__getitem__, default=None)
        return self.cles[meilleure] if meilleure is not None and couverte[meilleure] else None

    def a(self, source: str) -> bool:
        return (
            source in self.larges
            or source in self.locales
            or any(source in cle.sources for cle, _ in self.cles)
        )

    def locale(self, source: str) -> np.ndarray:
        """The whole column of a local variable; pages where it is not asked are never touched."""
        segments = self.locales[source]
        colonne = np.zeros(self.hauteur, dtype=segments[0][1].dtype)
        for debut, valeurs in segments:
            colonne[debut : debut + len(valeurs)] = valeurs
        return colonne


def empaqueter(
    bloc: BlocSimple,
    portee: Portee,
    groupes: tuple[tuple[str, ...], ...],
    communes: Mapping[str, np.ndarray],
    locales: set[str],
) -> Grain:
    """Packs the columns of one grain; `communes`: those of the other one, repeated."""
    colonnes = {s: valeurs for s, (p, valeurs) in bloc.colonnes.items() if p == portee}
    centrales = {s: v for s, v in colonnes.items() if s not in locales}
    largeurs = {s: int(v.max(initial=0)) + 1 for s, v in (centrales | communes).items()}
    cles = repartir(groupes, list(centrales), largeurs)
    tenues = {source for cle in cles for source in cle.sources}
    hauteur = len(bloc) if portee == "situation" else int(bloc.debuts[-1])
    return Grain(
        hauteur=hauteur,
        cles=tuple((cle, cle.composer(centrales | communes)) for cle in cles),
        larges={s: v for s, v in centrales.items() if s not in tenues},
        locales={
            s: segments
            for s in colonnes.keys() & locales
            if (segments := _segments(bloc, portee, colonnes[s]))
        },
    )


def _segments(bloc: BlocSimple, portee: Portee, valeurs: np.ndarray) -> list:
    """The rows of the territories where a local variable is answered."""
    segments = []
    for debut, fin in bloc.bornes.values():
        a, b = (debut, fin) if portee == "situation" else bloc.debuts[[debut, fin]].tolist()
        if valeurs[a:b].any():
            segments.append((int(a), valeurs[a:b].copy()))
    return segments
