"""From an address to live figures: who reads, what they ask, what is counted for them.

Those whose figures are not free read batches: `preparation_lots`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import QueryDict

from pilotage.calculees import NOMBRE_DE_DROITS
from pilotage.demande import Demande
from pilotage.faits import Faits
from pilotage.filtres import annees_de
from pilotage.indicateurs import besoins
from pilotage.instantane.vivant import faits_de
from pilotage.lecture import variables_comptees, variables_locales
from pilotage.secret import Audience, StatistiquesProtegees, libre
from pilotage.statistiques import Plan, calculer
from pilotage.variables import VariableComptee


@dataclass(frozen=True)
class Lecteur:
    """Whose eyes the figures are for, and over which territories."""

    audience: Audience
    territoires: frozenset[int]
    seuil: int
    noyau: bool = False

    @property
    def est_libre(self) -> bool:
        return self.audience is Audience.COMITE_TECHNIQUE


@dataclass(frozen=True)
class Preparation:
    """What a reader asks, understood: `ignores` says what was not.

    `locales`: the territory's own variables that this reader is shown.
    """

    lecteur: Lecteur
    faits: Faits
    demande: Demande
    ignores: tuple[str, ...]
    annees: list[int]
    locales: tuple[str, ...]
    arrete_le: date | None = None

    @cached_property
    def variables(self) -> Mapping[str, VariableComptee]:
        return self.faits.variables

    def compter(
        self, demande: Demande, plan: Plan, territoires: frozenset[int] | None = None
    ) -> StatistiquesProtegees:
        """The figures of a request, as this reader may see them."""
        exactes = calculer(
            self.faits,
            demande,
            territoires=self.lecteur.territoires if territoires is None else territoires,
            noyau=self.lecteur.noyau,
            plan=plan,
        )
        if not self.lecteur.est_libre:
            raise ValueError("only the comité technique is shown live figures")
        return libre(exactes)

    def plan(self) -> Plan:
        """All that the page shows."""
        voulus, connues = besoins(), self.faits.colonnes
        return Plan(
            distributions=(NOMBRE_DE_DROITS, *voulus.distributions, *self.locales),
            croisements=tuple(c for c in voulus.croisements if all(v in connues for v in c)),
            cooccurrence=voulus.cooccurrence,
            parcours=voulus.parcours,
        )

    def precedentes(self, plan: Plan) -> StatistiquesProtegees | None:
        """The distributions of the period before; None when it has nothing."""
        precedente = self.demande.precedente()
        if precedente is None or int(precedente.periode[1][:4]) < min(self.annees, default=9999):
            return None
        seules = Plan(distributions=plan.distributions)
        return self.compter(precedente.avec(croisement=None), seules)


def preparer(lecteur: Lecteur, parametres: QueryDict) -> Preparation:
    """Reads the facts and the address, for those whose figures are free."""
    variables = variables_comptees(lecteur.territoires)
    faits = faits_de(lecteur.territoires, variables)
    annees = annees_de(faits.mois_presents(lecteur.territoires))
    demande = Demande.depuis(dict(parametres.lists()), faits.variables)
    locales = () if lecteur.noyau else variables_locales(lecteur.territoires, publiables=False)
    return Preparation(lecteur, faits, demande, demande.ignores, annees, tuple(locales))
