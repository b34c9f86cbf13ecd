"""What the national list takes from those of the territories, which are made of the same counts.

Who reads both, or one and what it published, would complete one with the other: what a territory's
batch hides stays hidden nationally, and what it shows is taken as known. What is published hides
all that the batch hides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pilotage.lots.liste import TERRITOIRE, Periode, cle, variables_de
from pilotage.lots.memoire import masques_de
from pilotage.lots.tranches import ENSEMBLE, AxeNomme
from pilotage.protection.modele import TOUT


@dataclass(frozen=True, slots=True)
class LotLu:
    """A territory's batch: its periods, what it hides (see `ecrire_masques`), its threshold."""

    periodes: Sequence[Periode]
    gardes: Mapping[str, Any]
    seuil: int


def lus_ailleurs(
    nationales: Sequence[Periode], lots: Mapping[str, LotLu], seuil: int
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """What the batches hide, then what they show, by key of a national table.

    `lots`: by slug of territory. A batch of a lower threshold than the national one shows counts
    that are small nationally: nothing could hide them from its readers, who are left aside.
    """
    a_cacher, connus = {}, {}
    for periode in nationales:
        siennes = {slug: _de(lot, periode.nom) for slug, lot in lots.items()}
        for nom, table in periode.tables.items():
            caches, montres = (np.zeros(table.cellules.shape, dtype=bool) for _ in range(2))
            for rang, slug in enumerate(periode.axes[TERRITOIRE].codes):
                sienne, masques = siennes.get(slug) or (None, {})
                masque = masques.get(cle(nom[1:], periode.nom))
                if sienne is not None and masque is not None:
                    variables = variables_de(nom[1:])
                    axes = [(sienne.axes[v], periode.axes[v]) for v in variables]
                    caches[rang], montres[rang] = _transposer(masque, *axes)
                    montres[rang] &= lots[slug].seuil >= seuil
            a_cacher[cle(nom, periode.nom)] = caches
            connus[cle(nom, periode.nom)] = montres
    return a_cacher, connus


def _de(lot: LotLu, nom: str) -> tuple[Periode, dict[str, np.ndarray]] | None:
    """A period of a batch and what it hides; None when it is not shown of the same situations.

    « since the beginning » leaves out the years too small to be shown.
    """
    sienne = next((periode for periode in lot.periodes if periode.nom == nom), None)
    if sienne is None:
        return None
    attendues = lot.periodes if nom == TOUT else [sienne]
    if any(cle(ENSEMBLE, periode.nom) not in lot.gardes["tailles"] for periode in attendues):
        return None
    return sienne, masques_de(lot.gardes, [sienne])


def _transposer(
    masque: np.ndarray, *axes: tuple[AxeNomme, AxeNomme]
) -> tuple[np.ndarray, np.ndarray]:
    """What is hidden and what is shown of a territory's line, told in the answers of the core.

    A core answer counts those of the territory that make it more precise: hidden when one of them
    is, known when all are, and add up.
    """
    if not axes:
        return masque, ~masque
    ((sien, national),) = axes
    caches, montres = (np.zeros(len(national.codes) + 1, dtype=bool) for _ in range(2))
    for rang, code in enumerate(national.codes):
        places = [
            place
            for place, (sienne, _, raffine) in enumerate(sien.modalites)
            if sienne == code or (code and raffine == code)
        ]
        if places:
            caches[rang] = masque[places].any()
            montres[rang] = not caches[rang] and (len(places) == 1 or not sien.multiple)
    caches[-1], montres[-1] = masque[-1], not masque[-1]
    return caches, montres
