"""Statistical secrecy: what each audience may be shown. The only door from counts to display.

The comité technique reads the situations: it is shown everything. The others are shown, for whole
years, totals and the distributions, in which no count of 1 to threshold − 1 can be found again.

What links the figures of one year, and why nothing gives back a hidden count
------------------------------------------------------------------------------
- *A line and its total.* Lines and « Sans réponse » sum to the total, which is shown. What is
  hidden in a distribution therefore has a known sum H. Lines are hidden, small counts first,
  then the smallest others, until H ≥ threshold. One small count is less than H, so at least two
  lines are hidden, and each of them may be anything from 0 to H. When the total is at least the
  threshold, hiding everything always satisfies this; when it is not, nothing of the year is shown.
- *A zero* adds nothing to H: it is shown. A line that would not be listed at zero (a right, a
  motive, a local answer) would say by its mere name that it is not zero: once hidden, it loses
  its name and joins the line « Autres réponses », which covers also all that was not met. This
  also holds where one situation names a right once at most (so a right's count ≤ situations):
  the hidden rights are any of the list, not the few that a reader could count.
- *The order.* Lines sorted by count would bound a hidden one by its neighbours: those lists show
  what is hidden last, in one line. The other lists have an order of their own.
- *Distributions between them.* All those of one base share their total, which is shown already.
  No crossing is shown, and any lines that sum to the same total can be met together: one table
  tells nothing of a cell of another. (Motives follow types, but secondary types, not shown,
  open the motives of any type: no bound follows.) Months are one distribution among others, always
  the twelve of the year, so that the ends of the series tell nothing.
- *The two totals.* Each situation has at least one non-recours; the mean is their ratio. Their
  difference bounds how many cumulate; it is a count of rights, and no answer follows from it.
- *Key figures* (cumul, more than a year, rights opened, validated) are sums of cells of tables that
  are protected or not shown: they are not given.
- *Filters, parts of a year, « since the beginning »* differ from a year by a few situations: refused.
  Of a finite list of years, none is a sum of others.

Not covered here: two states of the same year (show it from a batch that advances by several
situations, not live), and a territory's figures against those of several territories together.
A reader who knows that zeros are never hidden learns that a hidden line of a closed list is not
zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from pilotage.demande import Demande
from pilotage.presentation.typographie import Base
from pilotage.statistiques import (
    MOIS,
    Croisement,
    Distribution,
    Statistiques,
    ligne_du_mois,
)

SEUIL_PLANCHER = 5
CODE_AUTRES = "…"
AUTRES = "Autres réponses, trop peu nombreuses"


class Secret(Enum):
    """What stands where a count is hidden. It does not hold the count: nothing can leak."""

    SECRET = "secret"

    def __str__(self):
        return self.value


SECRET = Secret.SECRET
Effectif = int | Secret


class Audience(Enum):
    """Who looks: those who read situations, the others of a territory, or of all territories."""

    COMITE_TECHNIQUE = "comite_technique"
    TERRITOIRE = "territoire"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class LigneProtegee:
    code: str
    libelle: str
    effectif: Effectif


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
class StatistiquesProtegees:
    """What this audience may be shown; None: a figure that it is not given at all.

    `seuil`: the threshold applied; 1 for the comité technique, from whom nothing is hidden.
    """

    audience: Audience
    seuil: int
    demande: Demande
    situations: Effectif
    non_recours: Effectif
    distributions: Mapping[str, DistributionProtegee]
    validees: int | None = None
    cumul: int | None = None
    plus_d_un_an: int | None = None
    droits_ouverts: int | None = None
    croisement: Croisement | None = None

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


def pour_audience(stats: Statistiques, audience: Audience, seuil: int) -> StatistiquesProtegees:
    """What may be displayed to this audience.

    `seuil`: the smallest count shown to the others than the comité technique. Raises ValueError
    below 5, or when the request is not of those that such an audience may make (`proteger`).
    """
    if audience is Audience.COMITE_TECHNIQUE:
        return _sans_secret(stats)
    if seuil < SEUIL_PLANCHER:
        raise ValueError(f"the threshold is at least {SEUIL_PLANCHER}")
    return proteger(stats, seuil, audience)


def _sans_secret(stats: Statistiques) -> StatistiquesProtegees:
    return StatistiquesProtegees(
        audience=Audience.COMITE_TECHNIQUE,
        seuil=1,
        demande=stats.demande,
        situations=stats.situations,
        non_recours=stats.non_recours,
        distributions={
            variable: _afficher(distribution, masquees=frozenset())
            for variable, distribution in stats.distributions.items()
        },
        validees=stats.validees,
        cumul=stats.cumul,
        plus_d_un_an=stats.plus_d_un_an,
        droits_ouverts=stats.droits_ouverts,
        croisement=stats.croisement,
    )


def proteger(
    stats: Statistiques, seuil: int, audience: Audience = Audience.TERRITOIRE
) -> StatistiquesProtegees:
    """Hides what would tell a count of 1 to `seuil` − 1 (see the reasons above).

    Raises ValueError when the request is anything but one whole year, or when a distribution is
    of a multiple choice, whose lines do not sum to their total.
    """
    if not stats.demande.est_une_annee_entiere:
        raise ValueError("only a whole year, without filter nor crossing, can be protected")
    if any(distribution.multiple for distribution in stats.distributions.values()):
        raise ValueError("the distribution of a multiple choice cannot be protected")
    situations = _proteger_total(stats.situations, seuil)
    non_recours = SECRET if situations is SECRET else _proteger_total(stats.non_recours, seuil)
    totaux: dict[Base, Effectif] = {"situations": situations, "non_recours": non_recours}
    annee = stats.demande.annee
    return StatistiquesProtegees(
        audience=audience,
        seuil=seuil,
        demande=stats.demande,
        situations=situations,
        non_recours=non_recours,
        distributions={
            variable: _proteger_distribution(_sur_l_annee(distribution, annee), totaux, seuil)
            for variable, distribution in stats.distributions.items()
        },
    )


def _proteger_total(total: int, seuil: int) -> Effectif:
    return SECRET if 0 < total < seuil else total


def _sur_l_annee(distribution: Distribution, annee: int) -> Distribution:
    """The months of the whole year; another distribution as it is."""
    if distribution.variable != MOIS:
        return distribution
    effectifs = {ligne.code: ligne.effectif for ligne in distribution.lignes}
    janvier = (annee - 2000) * 12
    mois = [ligne_du_mois(janvier + i, 0) for i in range(12)]
    lignes = tuple(m._replace(effectif=effectifs.get(m.code, 0)) for m in mois)
    return Distribution(MOIS, distribution.libelle, "situations", distribution.total, lignes, 0)


def _proteger_distribution(
    distribution: Distribution, totaux: Mapping[Base, Effectif], seuil: int
) -> DistributionProtegee:
    if totaux[distribution.base] is SECRET:
        return DistributionProtegee(
            distribution.variable, distribution.libelle, distribution.base, SECRET, (), SECRET
        )
    effectifs = {ligne.code: ligne.effectif for ligne in distribution.lignes}
    return _afficher(distribution, a_masquer(effectifs | {"": distribution.sans_reponse}, seuil))


def a_masquer(effectifs: Mapping[str, int], seuil: int) -> frozenset[str]:
    """The lines to hide in a distribution whose total is known and at least `seuil`.

    All counts of 1 to `seuil` − 1, then the smallest others until their sum reaches `seuil`.
    Zeros are never hidden. Ties are settled by the order of the codes.
    """
    croissants = sorted((n, code) for code, n in effectifs.items() if n)
    masquees: set[str] = set()
    somme = 0
    for effectif, code in croissants:
        if effectif >= seuil and (not masquees or somme >= seuil):
            break
        masquees.add(code)
        somme += effectif
    return frozenset(masquees)


def _afficher(distribution: Distribution, masquees: frozenset[str]) -> DistributionProtegee:
    def voir(code: str, effectif: int) -> Effectif:
        return SECRET if code in masquees else effectif

    anonymes = masquees & distribution.facultatives
    lignes = [
        LigneProtegee(ligne.code, ligne.libelle, voir(ligne.code, ligne.effectif))
        for ligne in distribution.lignes
        if ligne.code not in anonymes
    ]
    if anonymes:
        lignes.append(LigneProtegee(CODE_AUTRES, AUTRES, SECRET))
    return DistributionProtegee(
        variable=distribution.variable,
        libelle=distribution.libelle,
        base=distribution.base,
        total=distribution.total,
        lignes=tuple(lignes),
        sans_reponse=voir("", distribution.sans_reponse),
        multiple=distribution.multiple,
    )
