"""The dashboard's figures, by the application and by other engines: equal first, then timed."""

import tracemalloc
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from pilotage.banc.colonnes import Colonnes, selections
from pilotage.banc.mesures import Geste, Mesure, chronometrer, mesurer
from pilotage.banc.moteurs import Moteur
from pilotage.banc.moteurs.canard import Canard
from pilotage.banc.moteurs.panda import Panda
from pilotage.banc.moteurs.postgresql import ParGroupBy, ParGroupingSets, deposer
from pilotage.banc.naif import compter, comptes_de, selectionner
from pilotage.banc.questions import PLAN, Selection
from pilotage.banc.remplissage import Monde
from pilotage.banc.verification import (
    ComptesDifferents,
    comparer_au_tableau,
    comparer_moteurs,
)
from pilotage.instantane.chargement import (
    charger,
    codes_et_categories,
    lire_tout,
    rafraichir,
)
from pilotage.instantane.etat import Instantane
from pilotage.instantane.fichier import ecrire, ouvrir
from pilotage.lecture import variables_comptees
from pilotage.resultats import Statistiques
from pilotage.statistiques import calculer
from situations.models import FaitSituation, Situation
from situations.projection import projeter_plusieurs
from territoires.models import Territoire

# Beyond, a figure read one row after the other in the projection takes minutes.
NAIF_MAX = 20_000
# An engine is not asked again once it has taken so long, in seconds, on one selection.
BUDGET = 6.0


@dataclass(frozen=True)
class Comparaison:
    """A request: how many situations it keeps, and what each engine takes."""

    nom: str
    situations: int
    mesures: dict[str, Mesure]


@dataclass(frozen=True)
class Instantanes:
    """What the snapshot costs: seconds to load, megabytes, milliseconds to open its file, and to
    follow 1 and 100 situations (and none)."""

    chargement: float
    memoire: float
    ouverture: float
    rafraichissements: dict[int, Mesure]


def comparer(
    monde: Monde, repetitions: int, executer: Callable[[str], None], annoncer: Callable[[str], None]
) -> list[Comparaison]:
    """The seven requests. Raises ComptesDifferents before anything is timed."""
    lecture = lire_tout()
    colonnes = Colonnes.depuis(lecture)
    deposer(colonnes, executer)
    with closing(ParGroupingSets()) as ensembles:
        moteurs: dict[str, Moteur] = {
            "duckdb": Canard(colonnes),
            "sql": ParGroupBy(),
            "grouping_sets": ensembles,
            "pandas": Panda(colonnes),
        }
        return _mesurer(monde, moteurs, repetitions, annoncer)


def _mesurer(
    monde: Monde, moteurs: dict[str, Moteur], repetitions: int, annoncer: Callable[[str], None]
) -> list[Comparaison]:
    etat, territoires = charger(), _tous()
    variables = variables_comptees(territoires)
    faits = etat.faits(territoires, variables)
    demandees = selections(faits, territoires, monde.premier)

    def nous(selection: Selection) -> Statistiques:
        return _calculer(etat, variables, selection)

    def gestes(selection: Selection) -> dict[str, Geste]:
        leurs = {nom: partial(moteur.preparer, selection) for nom, moteur in moteurs.items()}
        return {"nous": lambda: partial(nous, selection), **leurs}

    annoncer("Comparaison des comptes…")
    tailles = {s.nom: _verifier(s, nous(s), moteurs, faits) for s in demandees}
    annoncer("Comptages…")
    return [
        Comparaison(s.nom, tailles[s.nom], mesurer(gestes(s), repetitions, budget=BUDGET))
        for s in demandees
    ]


def _tous() -> frozenset[int]:
    return frozenset(Territoire.objects.values_list("pk", flat=True))


def _calculer(etat: Instantane, variables: dict, selection: Selection) -> Statistiques:
    faits = etat.faits(selection.territoires, variables)
    return calculer(faits, selection.demande, territoires=selection.territoires, plan=PLAN)


def _verifier(selection: Selection, stats: Statistiques, moteurs: dict[str, Moteur], faits) -> int:
    """How many situations are kept, once every engine agrees."""
    comptes = {nom: m.lire(m.preparer(selection)()) for nom, m in moteurs.items()}
    try:
        comparer_au_tableau(comparer_moteurs(comptes), stats, faits)
        if len(faits.colonnes) and FaitSituation.objects.count() <= NAIF_MAX:
            _verifier_naivement(selection, stats, faits)
    except ComptesDifferents as erreur:
        raise ComptesDifferents(f"« {selection.nom} » : {erreur}") from erreur
    return stats.situations


def _verifier_naivement(selection: Selection, stats: Statistiques, faits) -> None:
    """Against plain SQL over the projection itself, which shares nothing with the columns."""
    variables = faits.variables
    leurs = compter(selectionner(selection.demande, selection.territoires, variables), variables)
    notres = comptes_de(stats)
    if ecarts := [cle for cle in leurs if notres[cle] != leurs[cle]]:
        raise ComptesDifferents(f"l’application et le SQL sur la projection, {', '.join(ecarts)}")


def mesurer_instantane(monde: Monde, repetitions: int) -> tuple[Instantane, Instantanes]:
    """The snapshot of this database, and what it costs, all that it keeps once it has counted."""
    debut = perf_counter()
    etat = charger()
    chargement = perf_counter() - debut
    with TemporaryDirectory() as dossier:
        chemin = Path(dossier) / "instantane.bnr"
        ecrire(etat, chemin, "banc")
        nommes = codes_et_categories()
        ouverture = chronometrer(lambda: ouvrir(chemin, "banc", *nommes))
        variables = variables_comptees(_tous())
        tracemalloc.start()
        garde = ouvrir(chemin, "banc", *nommes)
        for selection in selections(garde.faits(_tous(), variables), _tous(), monde.premier):
            _calculer(garde, variables, selection)
        python, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        memoire = (chemin.stat().st_size + python) / 1e6
        del garde
    durees: dict[int, list[float]] = {0: [], 1: [], 100: []}
    pks = list(FaitSituation.objects.order_by("pk").values_list("pk", flat=True)[:5000:47])
    for _ in range(repetitions):
        for combien, mesures in durees.items():
            _changer(pks[:combien])
            suivant: list[Instantane] = []
            mesures.append(chronometrer(lambda e=etat, s=suivant: s.append(rafraichir(e))))
            etat = suivant[0]
    rafraichissements = {n: Mesure(tuple(mesures)) for n, mesures in durees.items()}
    return etat, Instantanes(chargement, memoire, ouverture, rafraichissements)


def _changer(pks: list[int]) -> None:
    """These situations are written again, as when one is transmitted or corrected."""
    if pks:
        projeter_plusieurs(
            list(Situation.objects.filter(pk__in=pks).prefetch_related("non_recours"))
        )
