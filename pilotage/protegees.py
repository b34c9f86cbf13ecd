"""What may be shown to an audience: the values of a dashboard, in which a count may be hidden.

The shapes are those of `resultats`; only `secret` makes a `StatistiquesProtegees`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from pilotage.demande import Demande
from pilotage.presentation.typographie import Base


class Secret(Enum):
    """What stands where a count is hidden. It does not hold the count: nothing can leak."""

    SECRET = "secret"

    def __str__(self):
        return self.value


SECRET = Secret.SECRET
Effectif = int | Secret


class Audience(Enum):
    """Who looks: those who read situations, the others of a territory, of all, anybody."""

    COMITE_TECHNIQUE = "comite_technique"
    TERRITOIRE = "territoire"
    NATIONAL = "national"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class LigneProtegee:
    code: str
    libelle: str
    effectif: Effectif
    raffine: str | None = None


@dataclass(frozen=True, slots=True)
class DistributionProtegee:
    """A distribution that may be shown. When its total is secret, it has no lines."""

    variable: str
    libelle: str
    base: Base
    total: Effectif
    lignes: tuple[LigneProtegee, ...]
    sans_reponse: Effectif
    multiple: bool = False

    @property
    def a_des_secrets(self) -> bool:
        effectifs = (self.total, self.sans_reponse, *(ligne.effectif for ligne in self.lignes))
        return SECRET in effectifs


@dataclass(frozen=True, slots=True)
class CroisementProtege:
    """See `resultats.Croisement`; cells, margins and total may be hidden."""

    ligne: str
    colonne: str
    libelle_ligne: str
    libelle_colonne: str
    base: Base
    lignes: tuple[tuple[str, str], ...]
    colonnes: tuple[tuple[str, str], ...]
    cellules: tuple[tuple[Effectif, ...], ...]
    marge_lignes: tuple[Effectif, ...]
    marge_colonnes: tuple[Effectif, ...]
    total: Effectif
    multiple: bool


@dataclass(frozen=True, slots=True)
class OngletProtege:
    code: str
    libelle: str
    croisement: CroisementProtege


@dataclass(frozen=True, slots=True)
class CroisementEnOngletsProtege:
    """See `resultats.CroisementEnOnglets`."""

    variable: str
    libelle: str
    ensemble: CroisementProtege
    onglets: tuple[OngletProtege, ...]


@dataclass(frozen=True, slots=True)
class CooccurrenceProtegee:
    """See `resultats.Cooccurrence`; None on a diagonal that is not given."""

    base: Effectif
    droits: tuple[tuple[str, str], ...]
    cellules: tuple[tuple[Effectif | None, ...], ...]


@dataclass(frozen=True, slots=True)
class ParcoursProtege:
    """See `resultats.Parcours`."""

    reperes: Effectif
    informes: Effectif
    demandes: Effectif
    ouverts: Effectif
    issues: Mapping[str, Effectif]


@dataclass(frozen=True, slots=True)
class ContributeursProteges:
    """How many organismes wrote; the median number of situations for one, when it may be said."""

    organismes: Effectif
    mediane: float | None


@dataclass(frozen=True, slots=True)
class StatistiquesProtegees:
    """What this audience may be shown; None, or absent: a figure that it is not given at all.

    `seuil`: the threshold applied; 1 for the comité technique, from whom nothing is hidden.
    `arrete_le`: the day of the figures; None when they are of this very moment.
    """

    audience: Audience
    seuil: int
    demande: Demande
    situations: Effectif
    non_recours: Effectif
    distributions: Mapping[str, DistributionProtegee]
    arrete_le: date | None = None
    validees: Effectif | None = None
    cumul: Effectif | None = None
    plus_d_un_an: Effectif | None = None
    droits_ouverts: Effectif | None = None
    contributeurs: ContributeursProteges | None = None
    croisements: Mapping[tuple[str, ...], CroisementProtege | CroisementEnOngletsProtege] = field(
        default_factory=dict
    )
    cooccurrence: CooccurrenceProtegee | None = None
    parcours: ParcoursProtege | None = None

    @property
    def est_filtrable(self) -> bool:
        """Whether this audience may ask for anything but a whole year."""
        return self.audience is Audience.COMITE_TECHNIQUE

    @property
    def droits_par_situation(self) -> float | None:
        """Mean number of non-recours per situation, when both totals are shown and not zero."""
        situations, non_recours = self.situations, self.non_recours
        if isinstance(situations, Secret) or isinstance(non_recours, Secret) or not situations:
            return None
        return non_recours / situations
