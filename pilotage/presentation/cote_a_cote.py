"""Several territories side by side, on the noyau: in the order of their names, never ranked."""

from collections.abc import Mapping

from pilotage.export.tableau import Entete, Ligne, TableauAffiche, Valeur
from pilotage.indicateurs import INDICATEURS, Indicateur, besoins
from pilotage.presentation.affiches import Table, tables_de
from pilotage.presentation.contexte import Contexte
from pilotage.protegees import SECRET, StatistiquesProtegees
from pilotage.secret import CODE_AUTRES

# What is shown by territory: the collection, rights, types, profiles, duration.
COMPARES = ("recueil", "droits", "types", "profils", "duree")
DISTRIBUTIONS_COMPAREES = besoins(i for i in INDICATEURS if i.code in COMPARES).distributions
UNE_COLONNE = ("chiffres", "distribution")


def tables_comparees(
    ensemble: StatistiquesProtegees,
    par_territoire: Mapping[str, StatistiquesProtegees],
    indicateur: Indicateur,
    contexte: Contexte,
) -> tuple[Table, ...]:
    """The tables of an indicator, one column a territory; `ensemble` is the last column.

    `par_territoire`: by name; all of one period and one audience. Nothing for an indicator that
    is not compared.
    """
    if indicateur.code not in COMPARES:
        return ()
    return tuple(
        Table(table.vue, _comparer(table, par_territoire, indicateur))
        for table in tables_de(ensemble, indicateur, contexte)
        if table.affiche.genre in UNE_COLONNE
    )


def _comparer(
    table: Table, par_territoire: Mapping[str, StatistiquesProtegees], indicateur: Indicateur
) -> TableauAffiche:
    """The lines are those of the whole: it has all those of its territories."""
    affiche = table.affiche
    noms = sorted(par_territoire, key=str.casefold)
    colonnes = [_colonne(par_territoire[nom], indicateur, affiche.cle) for nom in noms]
    return TableauAffiche(
        cle=affiche.cle,
        titre=affiche.titre,
        genre="croisement",
        base=affiche.base,
        n=affiche.n,
        periode_en_mots=affiche.periode_en_mots,
        entetes=tuple(Entete(nom) for nom in noms),
        lignes=tuple(
            Ligne(
                ligne.libelle,
                tuple(
                    valeurs.get(ligne.code, None if ligne.code == CODE_AUTRES else absent)
                    for _, valeurs, absent in colonnes
                ),
                ligne.code,
            )
            for ligne in affiche.lignes
        ),
        total=() if affiche.genre == "chiffres" else tuple(n for n, _, _ in colonnes),
        ensemble=tuple(ligne.valeurs[0] for ligne in affiche.lignes),
        nom_lignes="" if affiche.genre == "chiffres" else "Réponse",
        variable_lignes=affiche.variable_lignes,
        multiple=affiche.multiple,
        seuil=affiche.seuil,
        notes=affiche.notes,
        lieu=affiche.lieu,
        # Key figures have no total of which a territory would be a share.
        affichage="effectif" if affiche.genre == "chiffres" else affiche.affichage,
    )


def _colonne(
    stats: StatistiquesProtegees, indicateur: Indicateur, cle: str
) -> tuple[Valeur, dict[str, Valeur], Valeur]:
    """The base of one territory, its counts by answer, and what to say of an answer not listed.

    That is zero, unless it may be among those that are hidden together. Of a key figure, or of a
    table that is not given, there is nothing to say.
    """
    for table in tables_de(stats, indicateur, Contexte()):
        if table.affiche.cle == cle:
            valeurs = {ligne.code: ligne.valeurs[0] for ligne in table.affiche.lignes}
            est_cache = table.affiche.n is SECRET or CODE_AUTRES in valeurs
            absent = SECRET if est_cache else 0
            return table.affiche.n, valeurs, None if table.affiche.genre == "chiffres" else absent
    return None, {}, None
