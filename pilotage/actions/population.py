"""The population of a territory by age."""

from collections.abc import Mapping

from django.db import transaction

from pilotage.models import Population
from territoires import journal
from territoires.models import Territoire


@transaction.atomic
def charger_population(
    *, territoire: Territoire, effectifs: Mapping[str, int], source: str, annee: int, par
) -> Population:
    """Replaces the inhabitants of each age band; `source` and `annee` say where they come from."""
    population, _ = Population.objects.update_or_create(
        territoire=territoire,
        defaults={
            "effectifs": dict(effectifs),
            "source": source,
            "annee": annee,
            "par": par,
        },
    )
    journal.ecrire("charger_population", par=par, territoire=territoire, objet=population)
    return population
