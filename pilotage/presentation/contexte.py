"""What every displayed table shares: its period, its threshold, what goes with the figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pilotage.demande import phrases_de_periode
from pilotage.export.tableau import TableauAffiche
from pilotage.protegees import StatistiquesProtegees

DEPUIS_LE_DEBUT = "depuis le début"


@dataclass(frozen=True, slots=True)
class Contexte:
    """What goes with the figures without being one of them.

    `lieu`: whose figures they are. `population`: inhabitants of each age band. `notes`: sentences
    for every table, such as what the filters keep. `raffinements`: by variable, the core answer
    that each local one makes more precise, for those that have no distribution among the figures.
    """

    population: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    lieu: str = ""
    raffinements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def periode_en_mots(stats: StatistiquesProtegees) -> str:
    return " ".join(phrases_de_periode(stats.demande)) or DEPUIS_LE_DEBUT


def tableau(
    stats: StatistiquesProtegees, contexte: Contexte, *, notes: tuple[str, ...] = (), **champs
) -> TableauAffiche:
    return TableauAffiche(
        periode_en_mots=periode_en_mots(stats),
        seuil=None if stats.est_filtrable else stats.seuil,
        notes=(*notes, *contexte.notes),
        lieu=contexte.lieu,
        **champs,
    )
