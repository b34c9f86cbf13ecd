"""From protected figures to the tables of several columns: crossings, rights that go together."""

from collections.abc import Mapping, Sequence

from pilotage.export.tableau import Entete, Ligne, TableauAffiche
from pilotage.indicateurs import Indicateur
from pilotage.presentation.contexte import Contexte, tableau
from pilotage.presentation.noms import en_minuscule
from pilotage.protegees import (
    CroisementEnOngletsProtege,
    CroisementProtege,
    StatistiquesProtegees,
)


def affiche_de_croisement(
    stats: StatistiquesProtegees,
    variables: tuple[str, ...],
    contexte: Contexte,
    *,
    genre: str = "croisement",
    onglet: str | None = None,
) -> TableauAffiche:
    """A crossing; of three variables, the rows of this answer of the third, or all of them.

    Raises KeyError when it is not given, or when nobody gave that answer.
    """
    croisement = stats.croisements[variables]
    precision = ""
    if isinstance(croisement, CroisementEnOngletsProtege):
        choisi = {o.code: o for o in croisement.onglets}[onglet] if onglet is not None else None
        if choisi is not None:
            precision = f"{en_minuscule(croisement.libelle)} : {choisi.libelle}"
        croisement = choisi.croisement if choisi is not None else croisement.ensemble
    lignes, colonnes = (
        _sous_leur_noyau(modalites, _raffinements(stats, variable, contexte))
        for modalites, variable in (
            (croisement.lignes, croisement.ligne),
            (croisement.colonnes, croisement.colonne),
        )
    )
    return tableau(
        stats,
        contexte,
        cle="-".join(variables),
        titre=titre_de_croisement(croisement),
        genre=genre,
        base=croisement.base,
        n=croisement.total,
        precision_base=precision,
        entetes=tuple(
            Entete(libelle, code, raffine)
            for (code, libelle), raffine in ((croisement.colonnes[j], r) for j, r in colonnes)
        ),
        lignes=tuple(
            Ligne(
                croisement.lignes[i][1],
                tuple(croisement.cellules[i][j] for j, _ in colonnes),
                croisement.lignes[i][0],
                raffine=raffine,
            )
            for i, raffine in lignes
        ),
        total=tuple(croisement.marge_colonnes[j] for j, _ in colonnes),
        ensemble=tuple(croisement.marge_lignes[i] for i, _ in lignes),
        nom_lignes=croisement.libelle_ligne,
        variable_lignes=croisement.ligne,
        variable_colonnes=croisement.colonne,
        multiple=croisement.multiple,
        affichage=stats.demande.affichage,
    )


def _raffinements(
    stats: StatistiquesProtegees, variable: str, contexte: Contexte
) -> Mapping[str, str]:
    """The core answer that each local one makes more precise."""
    distribution = stats.distributions.get(variable)
    if distribution is None:
        return contexte.raffinements.get(variable, {})
    return {ligne.code: ligne.raffine for ligne in distribution.lignes if ligne.raffine}


def _sous_leur_noyau(
    modalites: Sequence[tuple[str, str]], raffinements: Mapping[str, str]
) -> list[tuple[int, str]]:
    """The rank of each answer, and the one that it makes more precise, right above it.

    A local answer whose core one is not there stands by itself, as in a distribution.
    """
    presents = {code for code, _ in modalites}
    sous: dict[str | None, list[int]] = {}
    for rang, (code, _) in enumerate(modalites):
        noyau = raffinements.get(code)
        sous.setdefault(noyau if noyau in presents else None, []).append(rang)
    places = []
    for rang in sous.get(None, ()):
        code = modalites[rang][0]
        places += [(rang, ""), *((precise, code) for precise in sous.get(code, ()))]
    return places


def titre_de_croisement(croisement: CroisementProtege) -> str:
    return f"{croisement.libelle_ligne} et {en_minuscule(croisement.libelle_colonne)}"


def matrice(
    stats: StatistiquesProtegees, indicateur: Indicateur, contexte: Contexte
) -> TableauAffiche | None:
    cooccurrence = stats.cooccurrence
    if cooccurrence is None:
        return None
    return tableau(
        stats,
        contexte,
        cle=indicateur.code,
        titre=indicateur.titre,
        genre="matrice",
        base="situations",
        n=cooccurrence.base,
        precision_base="comptant au moins deux non-recours",
        entetes=tuple(Entete(libelle, code) for code, libelle in cooccurrence.droits),
        lignes=tuple(
            Ligne(libelle, valeurs, code)
            for (code, libelle), valeurs in zip(
                cooccurrence.droits, cooccurrence.cellules, strict=True
            )
        ),
        nom_lignes="Droit",
        variable_lignes="droit",
        variable_colonnes="droit",
    )
