"""The rows of the benchmark in plain columns, the same for every other engine."""

from dataclasses import dataclass

import numpy as np

from pilotage.banc.questions import AUSSI_FILTREES, COLONNES, MOIS, Critere, Selection, demandes
from pilotage.faits import Faits
from pilotage.instantane.bloc import BlocSimple
from pilotage.instantane.chargement import Lecture
from pilotage.instantane.selection import Base


@dataclass(frozen=True, eq=False)
class Colonnes:
    """By base, name → values. Each non-recours repeats what is filtered or crossed of its
    situation, whose row is in `situation`."""

    tables: dict[Base, dict[str, np.ndarray]]

    @classmethod
    def depuis(cls, lecture: Lecture) -> "Colonnes":
        bloc = lecture.bloc
        situations = _situations(bloc)
        tailles = np.diff(bloc.debuts)
        voulues = [*COLONNES["non_recours"], *AUSSI_FILTREES]
        return cls(
            {
                "situations": {"situation": np.arange(len(bloc), dtype=np.int32), **situations},
                "non_recours": {
                    "situation": bloc.situation_de.astype(np.int32),
                    **{
                        source: np.repeat(situations[source], tailles)
                        if source in situations
                        else _serree(_valeurs(bloc, source, int(bloc.debuts[-1])))
                        for source in voulues
                    },
                },
            }
        )


def _situations(bloc: BlocSimple) -> dict[str, np.ndarray]:
    voulues = {*COLONNES["situations"], *COLONNES["non_recours"], *AUSSI_FILTREES}
    propres = {s for s, (portee, _) in bloc.colonnes.items() if portee == "situation"}
    colonnes = {
        source: _serree(_valeurs(bloc, source, len(bloc)))
        for source in sorted(voulues & (propres | set(AUSSI_FILTREES[1:])))
    }
    colonnes[MOIS] = _serree(bloc.entetes.mois)
    colonnes["territoire"] = _serree(bloc.entetes.territoires)
    return colonnes


def _valeurs(bloc: BlocSimple, source: str, hauteur: int) -> np.ndarray:
    return bloc.valeurs(source, np.arange(hauteur))


def _serree(valeurs: np.ndarray) -> np.ndarray:
    """In the smallest type, unsigned."""
    return valeurs.astype(np.min_scalar_type(int(valeurs.max(initial=0))))


def selections(faits: Faits, territoires: frozenset[int], un_seul: int) -> list[Selection]:
    """The seven requests over these territories, their filters in the numbers of the columns."""
    resultat = []
    for nom, demande in demandes().items():
        ou = frozenset({un_seul}) if nom == "un_territoire" else territoires
        criteres = [Critere("territoire", "situation", (un_seul,))] if len(ou) == 1 else []
        for variable, codes in demande.filtres:
            colonne = faits.colonnes[variable]
            rangs = np.flatnonzero(colonne.retenues(codes, noyau=False)).tolist()
            criteres.append(Critere(colonne.source, colonne.variable.portee, tuple(rangs)))
        resultat.append(Selection(nom, demande, ou, tuple(criteres)))
    return resultat
