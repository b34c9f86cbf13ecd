"""From protected figures to the tables of several columns: crossings, rights that go together."""

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
    return tableau(
        stats,
        contexte,
        cle="-".join(variables),
        titre=titre_de_croisement(croisement),
        genre=genre,
        base=croisement.base,
        n=croisement.total,
        precision_base=precision,
        entetes=tuple(Entete(libelle, code) for code, libelle in croisement.colonnes),
        lignes=tuple(
            Ligne(libelle, valeurs, code)
            for (code, libelle), valeurs in zip(croisement.lignes, croisement.cellules, strict=True)
        ),
        total=croisement.marge_colonnes,
        ensemble=croisement.marge_lignes,
        nom_lignes=croisement.libelle_ligne,
        variable_lignes=croisement.ligne,
        variable_colonnes=croisement.colonne,
        multiple=croisement.multiple,
        affichage=stats.demande.affichage,
    )


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
