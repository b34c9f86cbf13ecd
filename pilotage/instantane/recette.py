"""Many tables counted at once, each key being read once for all of them. Pure.

Columns of one key that tables ask for are counted in drawers: small tables of their sets, as few
as hold them all. Whatever is asked then adds up some of their cells, which a recipe lists. A small
table of columns of many sets has a drawer of its own modalities.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from pilotage.cellules import Cellules, Voulue
from pilotage.instantane.cles import Cle
from pilotage.instantane.selection import Portee

if TYPE_CHECKING:
    from pilotage.instantane.dense import BlocDense

# How many cells a drawer has at most, unless one table alone has more.
TIROIR = 1 << 10


class Tiroir(NamedTuple):
    """`cle`: the place of the key in its grain; None for a column too wide for keys, alone.

    `classes`: the cell of each possible key; None when its digits tell it.
    """

    portee: Portee
    cle: int | None
    sources: tuple[str, ...]
    largeurs: tuple[int, ...]
    classes: np.ndarray | None = None

    @property
    def taille(self) -> int:
        return prod(self.largeurs)


@dataclass(frozen=True, eq=False)
class Recette:
    """The cells of the drawers, laid end to end: `cellules[i]` adds to the count `sorties[i]`.

    `places`: by rank of a table, where its counts begin and end, and its shape. `autres`: the ranks
    of those that drawers cannot tell.
    """

    tiroirs: tuple[Tiroir, ...]
    cellules: np.ndarray
    sorties: np.ndarray
    places: dict[int, tuple[int, int, tuple[int, ...]]]
    hauteur: int
    autres: tuple[int, ...]

    @classmethod
    def de(cls, bloc: "BlocDense", voulues: Sequence[Voulue]) -> Self:
        lieux = [_situer(bloc, voulue) for voulue in voulues]
        tiroirs = _ranger(bloc, [lieu for lieu in lieux if lieu and lieu.classes is None])
        tiroirs += [lieu for lieu in lieux if lieu and lieu.classes is not None]
        *debuts, _ = np.cumsum([0, *(tiroir.taille for tiroir in tiroirs)]).tolist()
        vide = np.zeros(0, dtype=np.int64)
        cellules, sorties, places, hauteur = [vide], [vide], {}, 0
        for rang, (voulue, lieu) in enumerate(zip(voulues, lieux, strict=True)):
            if lieu is None:
                continue
            tiroir, debut = next(
                x for x in zip(tiroirs, debuts, strict=True) if _contient(x[0], lieu)
            )
            siennes, comptes = _deplier(tiroir, voulue)
            cellules.append(siennes + debut)
            sorties.append(comptes + hauteur)
            fin = hauteur + prod(voulue.forme)
            places[rang] = hauteur, fin, voulue.forme
            hauteur = fin
        return cls(
            tuple(tiroirs),
            np.concatenate(cellules),
            np.concatenate(sorties),
            places,
            hauteur,
            tuple(rang for rang, lieu in enumerate(lieux) if lieu is None),
        )

    def appliquer(self, comptes: np.ndarray) -> dict[int, np.ndarray]:
        """By rank, the tables, from the counts of the drawers laid end to end."""
        sommes = np.bincount(self.sorties, comptes.take(self.cellules), minlength=self.hauteur)
        sommes = sommes.astype(np.int64)
        return {
            rang: sommes[debut:fin].reshape(forme)
            for rang, (debut, fin, forme) in self.places.items()
        }


def _situer(bloc: "BlocDense", voulue: Voulue) -> Tiroir | None:
    """The least drawer that tells this table; None when there is none."""
    portee: Portee = "situation" if voulue.base == "situations" else "non_recours"
    grain, sources = bloc.grain(portee), voulue.sources
    for place, (cle, _) in enumerate(grain.cles):
        if set(sources) <= set(cle.sources):
            rangees = cle.ranger(sources)
            tiroir = Tiroir(portee, place, rangees, cle.largeurs_de(rangees))
            if tiroir.taille > TIROIR >= prod(voulue.forme) and voulue.est_simple:
                return Tiroir(portee, place, sources, voulue.forme, _classer(cle, voulue))
            return tiroir
    if len(sources) == 1 and sources[0] in grain.larges:
        return Tiroir(portee, None, sources, voulue.largeurs)
    return None


def _classer(cle: Cle, voulue: Voulue) -> np.ndarray:
    """The cell of this table where each possible key falls."""
    ensembles = [cle.table({source: 1}) for source in voulue.sources]
    _, rangs = Cellules(voulue.membres, ensembles, ensembles[0]).deplier(
        tuple(range(len(ensembles)))
    )
    return rangs.astype(np.uint16)


def _contient(grand: Tiroir, petit: Tiroir) -> bool:
    if grand.classes is not None or petit.classes is not None:
        return grand is petit
    return grand[:2] == petit[:2] and set(petit.sources) <= set(grand.sources)


def _ranger(bloc: "BlocDense", lieux: list[Tiroir]) -> list[Tiroir]:
    """As few drawers as hold all these, the largest first: each joins the first where it fits."""
    tiroirs: list[Tiroir] = []
    for lieu in sorted(lieux, key=lambda t: (-len(t.sources), -t.taille)):
        if any(_contient(tiroir, lieu) for tiroir in tiroirs):
            continue
        for i, tiroir in enumerate(tiroirs):
            reuni = _reunir(bloc, tiroir, lieu)
            if reuni is not None and reuni.taille <= TIROIR:
                tiroirs[i] = reuni
                break
        else:
            tiroirs.append(lieu)
    return tiroirs


def _reunir(bloc: "BlocDense", tiroir: Tiroir, autre: Tiroir) -> Tiroir | None:
    if tiroir.cle is None or tiroir[:2] != autre[:2]:
        return None
    cle, _ = bloc.grain(tiroir.portee).cles[tiroir.cle]
    rangees = cle.ranger({*tiroir.sources, *autre.sources})
    return tiroir._replace(sources=rangees, largeurs=cle.largeurs_de(rangees))


def _deplier(tiroir: Tiroir, voulue: Voulue) -> tuple[np.ndarray, np.ndarray]:
    """The cells of the drawer, and the count of the table to which each adds."""
    tous = np.arange(tiroir.taille)
    if tiroir.classes is not None:
        return tous, tous
    ensembles = dict(zip(tiroir.sources, np.unravel_index(tous, tiroir.largeurs), strict=True))
    cellules = Cellules(voulue.membres, [ensembles[s] for s in voulue.sources], tous)
    lignes, rangs = cellules.deplier(tuple(range(len(voulue.sources))))
    return tous[lignes], rangs
