"""Which tables the lists hold."""

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from pilotage.calculees import CALCULEES, NOMBRE_DE_DROITS
from pilotage.indicateurs import besoins
from pilotage.lots.tranches import Nom
from pilotage.variables import CATEGORIE, VariableComptee

# Those without which the path is not told.
ISSUE = "issue"
# Crossings that the comité technique shows: the more tables are protected together, the more counts
# each of them hides.
MONTRES_AU_PLUS = 10
# Of a crossing of three variables. Beyond, nearly all its cells are empty or secret, nobody reads
# it, and it is what takes longest to protect.
CASES_AU_PLUS = 2_000


def est_montrable(croisement: Nom) -> bool:
    """Whether readers of batches may have this crossing.

    Not the one of a kind of organisme: its cells would have to be judged one by one (three
    organismes, 85 %), which is done for lines only. Nor the one of what is counted of other answers
    (how many rights, rights together), which their own tables tell.
    """
    return not {CATEGORIE, *CALCULEES} & set(croisement)


def cases_de(croisement: Nom, variables: Mapping[str, VariableComptee]) -> int:
    """How many cells it has each period, « Sans réponse » included."""
    return prod(len(variables[variable].modalites) + 1 for variable in croisement)


def est_trop_detaille(croisement: Nom, variables: Mapping[str, VariableComptee]) -> bool:
    """Whether it would have too many cells to be read and protected with the others."""
    return len(croisement) > 2 and cases_de(croisement, variables) > CASES_AU_PLUS


def croisements_des_lots(montres: Iterable[Nom]) -> tuple[Nom, ...]:
    """The indicators' crossings, then those that the comité technique shows."""
    voulus = (*besoins().croisements, *filter(est_montrable, montres))
    # The same variables in another order are the same table.
    return tuple({frozenset(v): v for v in reversed(voulus)}.values())[::-1]


def tables_des_lots(locales: Sequence[str], croisements: Sequence[Nom]) -> tuple[Nom, ...]:
    """Every table of a territory's list; each variable of a crossing has its own as well."""
    voulues = dict.fromkeys(
        (v,) for v in (NOMBRE_DE_DROITS, *besoins().distributions, ISSUE, *locales)
    )
    seules = dict.fromkeys((v,) for croisement in croisements for v in croisement)
    ensemble = [("droit", "droit")] if besoins().cooccurrence else []
    return tuple({**voulues, **seules, **dict.fromkeys(croisements), **dict.fromkeys(ensemble)})


def tables_du_noyau() -> tuple[Nom, ...]:
    """What is shown of all territories side by side."""
    return tuple((v,) for v in (NOMBRE_DE_DROITS, *besoins().distributions, ISSUE))
