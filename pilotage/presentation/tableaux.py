"""What the partials of `templates/pilotage/` show: protected figures, written and linked.

Nothing here counts or hides: only `StatistiquesProtegees` come in, only texts come out. Links are
query strings (« ?annee=2026&… »); audiences that may not filter are given none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from pilotage.demande import Demande
from pilotage.presentation.noms import titre_de
from pilotage.presentation.typographie import (
    INSECABLE,
    Base,
    accorder,
    avertissement,
    nombre,
    phrase_base,
    pourcent,
)
from pilotage.secret import (
    CODE_AUTRES,
    DistributionProtegee,
    Effectif,
    LigneProtegee,
    Secret,
    StatistiquesProtegees,
)
from pilotage.statistiques import MOIS, PAR_EFFECTIF, SANS_REPONSE

PREMIERES = 10
# The names under which the theme gives each type its colour, everywhere the same.
NOMS_DE_TYPE = {
    "NC": "non-connaissance",
    "ND": "non-demande",
    "NR": "non-reception",
    "NP": "non-proposition",
    "NO": "non-orientation",
    "NSP": "indetermine",
}


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """A line and its bar: `largeur` in percent of the longest, None for no bar (secret).

    `lien` filters on this line, or, when `est_active`, takes that filter away.
    """

    libelle: str
    effectif: str
    largeur: int | None
    pourcent: str = ""
    lien: str | None = None
    est_active: bool = False
    est_secrete: bool = False
    nom_de_type: str = ""


@dataclass(frozen=True, slots=True)
class TableauDistribution:
    """`base`: « 671 non-recours ». `message`: what to say when there are no lines.

    `bascule`: text and link to more or fewer lines, or None.
    """

    titre: str
    base: str
    precision: str
    lignes: tuple[LigneAffichee, ...]
    message: str
    avertissement: str
    note_secret: str
    bascule: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class TableauMois:
    """The months of each year, in order: ((« 2026 », lines), …)."""

    titre: str
    base: str
    annees: tuple[tuple[str, tuple[LigneAffichee, ...]], ...]
    message: str
    note_secret: str


def tableau_distribution(stats: StatistiquesProtegees, variable: str) -> TableauDistribution:
    """The distribution of a variable. Raises KeyError when it is not counted."""
    distribution = stats.distributions[variable]
    maximum = _maximum(distribution)
    lignes = [_ligne(stats, distribution, ligne, maximum) for ligne in _a_montrer(distribution)]
    precision, bascule = "", None
    if variable in PAR_EFFECTIF and _nommees(distribution) > PREMIERES:
        precision, bascule = _bascule(stats, distribution)
        if not stats.demande.droits_tous:
            lignes = _abreger(lignes, distribution)
    total = distribution.total
    return TableauDistribution(
        titre=titre_de(variable, distribution.libelle),
        base=_phrase_total(total, distribution.base),
        precision=precision,
        lignes=tuple(lignes),
        message=_message(distribution),
        avertissement="" if isinstance(total, Secret) else avertissement(total, distribution.base),
        note_secret=_note_secret(stats, distribution),
        bascule=bascule,
    )


def tableau_mois(stats: StatistiquesProtegees, *, avant: str | None = None) -> TableauMois:
    """The series of the months; a link keeps one month only.

    `avant` ("2026-11"): figures stop before that month, which is left out with those that follow;
    their zeros would say that nothing was observed.
    """
    serie = stats.distributions[MOIS]
    maximum = _maximum(serie)
    montrees = (ligne for ligne in serie.lignes if avant is None or ligne.code < avant)
    annees = groupby(montrees, key=lambda ligne: ligne.code[:4])
    return TableauMois(
        titre="Situations par mois",
        base=_phrase_total(serie.total, serie.base),
        annees=tuple(
            (annee, tuple(_ligne_du_mois(stats, ligne, maximum) for ligne in lignes))
            for annee, lignes in annees
        ),
        message=_message(serie),
        note_secret=_note_secret(stats, serie),
    )


def lien_de(demande: Demande) -> str:
    """The address of a request, to follow from the page it is shown on."""
    return f"?{demande.adresse()}"


def _phrase_total(total: Effectif, base: Base) -> str:
    if isinstance(total, Secret):
        unites = "situations" if base == "situations" else "non-recours"
        return f"Nombre de {unites}{INSECABLE}: {total}"
    return phrase_base(total, base)


def _message(distribution: DistributionProtegee) -> str:
    if distribution.total == 0:
        return "Rien à compter sur cette sélection."
    if isinstance(distribution.total, Secret):
        return "Effectif trop faible pour être diffusé."
    return "" if distribution.lignes else "Aucune réponse."


def _note_secret(stats: StatistiquesProtegees, distribution: DistributionProtegee) -> str:
    if not distribution.a_des_secrets:
        return ""
    return (
        f"«{INSECABLE}secret{INSECABLE}»{INSECABLE}: effectif inférieur au seuil de diffusion "
        f"({nombre(stats.seuil)}) ou permettant de le retrouver."
    )


def _a_montrer(distribution: DistributionProtegee) -> tuple[LigneProtegee, ...]:
    """The lines, and « Sans réponse » unless it is a zero of no interest.

    In a table that hides something it is always there: its presence must tell nothing.
    """
    if not distribution.lignes or not (distribution.sans_reponse or distribution.a_des_secrets):
        return distribution.lignes
    sans_reponse = LigneProtegee(*SANS_REPONSE[:2], distribution.sans_reponse)
    return (*distribution.lignes, sans_reponse)


def _maximum(distribution: DistributionProtegee) -> int:
    """The longest bar: the greatest count among those shown."""
    montres = [ligne.effectif for ligne in _a_montrer(distribution)]
    return max((n for n in montres if isinstance(n, int)), default=0)


def _largeur(effectif: int, maximum: int) -> int:
    return max(1, round(100 * effectif / maximum)) if effectif else 0


def _ligne(
    stats: StatistiquesProtegees,
    distribution: DistributionProtegee,
    ligne: LigneProtegee,
    maximum: int,
) -> LigneAffichee:
    nom_de_type = NOMS_DE_TYPE.get(ligne.code, "") if distribution.variable == "type" else ""
    if isinstance(ligne.effectif, Secret):
        return LigneAffichee(
            ligne.libelle, str(ligne.effectif), None, est_secrete=True, nom_de_type=nom_de_type
        )
    est_active = ligne.code in stats.demande.codes_de(distribution.variable)
    changer: Callable[[str, str], Demande] = (
        stats.demande.sans_filtre if est_active else stats.demande.avec_filtre
    )
    filtrable = stats.est_filtrable and ligne.code not in (SANS_REPONSE.code, CODE_AUTRES)
    total = distribution.total
    return LigneAffichee(
        libelle=ligne.libelle,
        effectif=nombre(ligne.effectif),
        largeur=_largeur(ligne.effectif, maximum),
        pourcent="" if isinstance(total, Secret) else pourcent(ligne.effectif, total),
        lien=lien_de(changer(distribution.variable, ligne.code)) if filtrable else None,
        est_active=est_active,
        nom_de_type=nom_de_type,
    )


def _ligne_du_mois(
    stats: StatistiquesProtegees, ligne: LigneProtegee, maximum: int
) -> LigneAffichee:
    nom = ligne.libelle.rsplit(" ", 1)[0]
    if isinstance(ligne.effectif, Secret):
        return LigneAffichee(nom, str(ligne.effectif), None, est_secrete=True)
    un_mois = stats.demande.avec(du=ligne.code, au=ligne.code)
    return LigneAffichee(
        libelle=nom,
        effectif=nombre(ligne.effectif),
        largeur=_largeur(ligne.effectif, maximum),
        lien=lien_de(un_mois) if stats.est_filtrable and ligne.effectif else None,
    )


def _nommees(distribution: DistributionProtegee) -> int:
    return sum(ligne.code != CODE_AUTRES for ligne in distribution.lignes)


def _abreger(
    lignes: list[LigneAffichee], distribution: DistributionProtegee
) -> list[LigneAffichee]:
    """The first lines, then the unnamed ones and « Sans réponse », which close the table."""
    return [*lignes[:PREMIERES], *lignes[_nommees(distribution) :]]


def _bascule(
    stats: StatistiquesProtegees, distribution: DistributionProtegee
) -> tuple[str, tuple[str, str]]:
    """« 10 premiers sur 38 », and the link to all or to the first ones."""
    if stats.demande.droits_tous:
        retour = lien_de(stats.demande.avec(droits_tous=False))
        return "", (f"Afficher les {PREMIERES} premiers", retour)
    tous = lien_de(stats.demande.avec(droits_tous=True))
    nommees = _nommees(distribution)
    precision = f"{PREMIERES} premiers sur {nombre(nommees)}"
    return precision, (f"Afficher les {accorder(nommees, 'ligne', 'lignes')}", tous)
