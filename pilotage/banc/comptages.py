"""The dashboard's figures, by the application and by plain SQL: equal first, then timed."""

from dataclasses import dataclass
from functools import partial

from pilotage.banc.mesures import Mesure, mesurer
from pilotage.banc.naif import Comptes, compter, comptes_de, selectionner
from pilotage.banc.remplissage import Monde
from pilotage.demande import Demande
from pilotage.faits import Faits
from pilotage.lecture import lire_faits, variables_comptees
from pilotage.statistiques import calculer


class ComptesDifferents(Exception):
    """The application and plain SQL disagree: nothing is worth timing."""


@dataclass(frozen=True)
class Selection:
    """One of the requests that are counted, over some territories."""

    nom: str
    demande: Demande
    territoires: frozenset[int]


@dataclass(frozen=True)
class Comparaison:
    """A request: how many situations it keeps, and what it takes.

    `lecture`: reading the facts of its territories. `calcul`: counting, once they are read.
    `sql`: one GROUP BY a figure.
    """

    nom: str
    situations: int
    lecture: Mesure
    calcul: Mesure
    sql: Mesure

    @property
    def nous(self) -> Mesure:
        """Reading then counting, as a page does."""
        return self.lecture.suivie_de(self.calcul)


def selections(monde: Monde) -> list[Selection]:
    """Everything, one territory, one right, one age band."""
    tous = frozenset(lieu.territoire.pk for lieu in monde.lieux)
    plus_grand = frozenset({monde.lieux[0].territoire.pk})
    return [
        Selection("tout", Demande(), tous),
        Selection("un territoire", Demande(), plus_grand),
        Selection("un droit (RSA)", Demande(filtres=(("droit", ("rsa",)),)), tous),
        Selection("un âge (75 ans et plus)", Demande(filtres=(("age", ("a_75p",)),)), tous),
    ]


def verifier(selection: Selection) -> Comptes:
    """The figures of a request, the same twice. Raises ComptesDifferents."""
    faits = lire_faits(selection.territoires, variables_comptees(selection.territoires))
    notres = comptes_de(_calculer(faits, selection))
    leurs = compter(
        selectionner(selection.demande, selection.territoires, faits.variables), faits.variables
    )
    if ecarts := [cle for cle in notres if notres[cle] != leurs.get(cle)]:
        raise ComptesDifferents(f"« {selection.nom} » : {', '.join(ecarts)}")
    return notres


def comparer(selection: Selection, repetitions: int) -> Comparaison:
    """Checks, then times the application and plain SQL in turn. Raises ComptesDifferents."""
    comptes = verifier(selection)

    def lire() -> Faits:
        return lire_faits(selection.territoires, variables_comptees(selection.territoires))

    faits = lire()
    variables = faits.variables
    naive = selectionner(selection.demande, selection.territoires, variables)

    mesures = mesurer(
        {
            "lecture": lambda: lire,
            "calcul": lambda: partial(_calculer, faits, selection),
            "sql": lambda: partial(compter, naive, variables),
        },
        repetitions,
    )
    return Comparaison(selection.nom, comptes["situations"], **mesures)


def _calculer(faits: Faits, selection: Selection):
    return calculer(faits, selection.demande, territoires=selection.territoires)
