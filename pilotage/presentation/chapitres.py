"""What a dashboard shows, in order: its chapters and their tables, for the page and for files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pilotage.indicateurs import INDICATEURS, Vue, besoins
from pilotage.presentation.affiches import Table, affiche_de_distribution, tables_de
from pilotage.presentation.affiches_croisees import affiche_de_croisement
from pilotage.presentation.contexte import Contexte
from pilotage.presentation.cote_a_cote import tables_comparees
from pilotage.presentation.typographie import FINE
from pilotage.protegees import CroisementEnOngletsProtege, StatistiquesProtegees

LOCALES, MONTRES = "locales", "montres"
# Not a variable, nor variables joined by a hyphen: an indicator may show the same crossing.
CROISEMENT = "croisement-choisi"
PREMIERES = 10


@dataclass(frozen=True, slots=True)
class Chapitre:
    """`code` is its anchor; `numero` that of the indicator, None for what is not one."""

    code: str
    titre: str
    definition: str
    tables: tuple[Table, ...]
    numero: int | None = None


def chapitres_de(
    stats: StatistiquesProtegees,
    contexte: Contexte,
    locales: tuple[str, ...] = (),
    par_territoire: Mapping[str, StatistiquesProtegees] | None = None,
) -> tuple[Chapitre, ...]:
    """The fifteen indicators, then the territory's own questions; those not given are left out.

    `par_territoire`: by name, the figures to show side by side where territories are compared.
    """
    chapitres = [
        Chapitre(
            indicateur.code,
            indicateur.titre,
            indicateur.definition,
            (par_territoire and tables_comparees(stats, par_territoire, indicateur, contexte))
            or tables_de(stats, indicateur, contexte),
            indicateur.numero,
        )
        for indicateur in INDICATEURS
    ]
    propres = tuple(
        Table(Vue("distribution", affiche.base, (variable,), PREMIERES), affiche)
        for variable in locales
        if variable in stats.distributions
        for affiche in [affiche_de_distribution(stats, variable, contexte)]
    )
    chapitres.append(Chapitre(LOCALES, "Questions propres au territoire", "", propres))
    if not stats.est_filtrable:
        montres = tuple(_croisements_montres(stats, contexte))
        chapitres.append(
            Chapitre(MONTRES, "Croisements choisis par le comité technique", "", montres)
        )
    return tuple(chapitre for chapitre in chapitres if chapitre.tables)


def _croisements_montres(stats: StatistiquesProtegees, contexte: Contexte) -> Iterator[Table]:
    """The crossings that no indicator has; those of three variables, answer by answer too."""
    connus = besoins().croisements
    for variables, croisement in stats.croisements.items():
        if variables in connus:
            continue
        affiche = affiche_de_croisement(stats, variables, contexte)
        vue = Vue("croisement", affiche.base, variables[:2], PREMIERES)
        yield Table(vue, affiche)
        if isinstance(croisement, CroisementEnOngletsProtege):
            for rang, onglet in enumerate(croisement.onglets, start=1):
                partie = affiche_de_croisement(stats, variables, contexte, onglet=onglet.code)
                titre = f"{partie.titre}{FINE}; {onglet.libelle}"
                yield Table(vue, replace(partie, cle=f"{partie.cle}-{rang}", titre=titre))


def table_du_croisement(stats: StatistiquesProtegees, contexte: Contexte) -> Table | None:
    """The crossing that the reader asks, under the tab chosen; None when none is given."""
    variables = stats.demande.croisement
    if variables is None or variables not in stats.croisements:
        return None
    affiche = affiche_de_croisement(stats, variables, contexte, onglet=onglet_choisi(stats))
    return Table(Vue("croisement", affiche.base), affiche)


def onglet_choisi(stats: StatistiquesProtegees) -> str | None:
    """The answer of the third variable whose tab is shown; None for all of them together."""
    croisement = stats.croisements.get(stats.demande.croisement or ())
    if not isinstance(croisement, CroisementEnOngletsProtege):
        return None
    onglet = stats.demande.onglet
    return onglet if onglet in {o.code for o in croisement.onglets} else None


def tables_nommees(
    stats: StatistiquesProtegees,
    contexte: Contexte,
    locales: tuple[str, ...] = (),
    par_territoire: Mapping[str, StatistiquesProtegees] | None = None,
) -> Iterator[tuple[str, Table]]:
    """Every table of the page under the name that its address gives it, in order."""
    for chapitre in chapitres_de(stats, contexte, locales, par_territoire):
        for table in chapitre.tables:
            yield table.affiche.cle, table
    demandee = table_du_croisement(stats, contexte)
    if demandee is not None:
        yield CROISEMENT, demandee
