"""What the benchmark counts: a whole dashboard, under seven filters."""

from dataclasses import dataclass

from pilotage.demande import Demande
from pilotage.instantane.selection import DECLARANT, DROITS, TAILLE, VALIDEE, Base, Portee
from pilotage.statistiques import Plan

MOIS = "#mois"
QUESTION_LOCALE, REPONSE_RARE = "banc_bus", "rare"
PLAN = Plan(
    distributions=(
        "type", "droit", "motif_principal", "organisme", "etape", "anciennete", "dynamique",
        "obstacles", "issue", "delai_ouverture", "age", "sexe", "famille", "logement", "activite",
        "intensite", "consequences", "categorie",
    ),
    croisements=(
        ("droit", "type"), ("type", "motif_principal"), ("organisme", "etape"), ("age", "type"),
        ("logement", "type"), ("activite", "age"),
    ),
    cooccurrence=True,
    parcours=True,
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One count by the values of these columns, as every engine does it."""

    base: Base
    sources: tuple[str, ...]


# All that the plan needs. A multiple answer is one number for each set of answers, for all engines;
# co-occurrence is the count of the sets of rights of situations.
FIGURES = tuple(
    [Figure("situations", (s,)) for s in (
        VALIDEE, TAILLE, DECLARANT, DROITS, MOIS, "age", "sexe", "famille", "logement", "activite",
        "intensite", "consequences",
    )]
    + [Figure("situations", ("activite", "age"))]
    + [Figure("non_recours", (s,)) for s in (
        "type", "droit", "motif_principal", "organisme", "etape", "anciennete", "dynamique",
        "obstacles", "issue", "delai_ouverture",
    )]
    + [Figure("non_recours", couple) for couple in PLAN.croisements[:5]]
    + [Figure("non_recours", ("actions", "demande_deposee", "issue"))]
)  # fmt: skip
COLONNES: dict[Base, tuple[str, ...]] = {
    base: tuple(dict.fromkeys(s for f in FIGURES if f.base == base for s in f.sources))
    for base in ("situations", "non_recours")
}
# What filters read and figures do not.
AUSSI_FILTREES = ("territoire", "sexe", QUESTION_LOCALE)


@dataclass(frozen=True)
class Critere:
    """Keeps the rows whose column holds one of these numbers."""

    source: str
    portee: Portee
    nombres: tuple[int, ...]


@dataclass(frozen=True)
class Selection:
    """One of the requests; `criteres`: the same for the engines, the territory included."""

    nom: str
    demande: Demande
    territoires: frozenset[int]
    criteres: tuple[Critere, ...]

    def de_portee(self, portee: Portee) -> list[Critere]:
        return [critere for critere in self.criteres if critere.portee == portee]


def demandes() -> dict[str, Demande]:
    """The seven filters; « un_territoire » is a choice of territory."""
    filtres = {
        "tout": (),
        "un_territoire": (),
        "un_droit": (("droit", ("rsa",)),),
        "un_age": (("age", ("a_75p",)),),
        "un_droit_et_un_type": (("droit", ("rsa",)), ("type", ("NR",))),
        "la_moitie": (("sexe", ("f",)),),
        "reponse_locale_rare": ((QUESTION_LOCALE, (REPONSE_RARE,)),),
    }
    return {nom: Demande(filtres=filtre) for nom, filtre in filtres.items()}
