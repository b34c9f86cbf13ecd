"""What a table says once it has left its page, and the name of its file.

A file travels alone: what the page says around its tables goes with each of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.text import slugify

from pilotage.demande import Demande, bases_en_mots
from pilotage.export.tableau import Ligne, TableauAffiche
from pilotage.indicateurs import Vue
from pilotage.presentation.balises import FERMANTES
from pilotage.presentation.comparaison import avant_de
from pilotage.presentation.typographie import INSECABLE, enumerer, nombre
from pilotage.protegees import StatistiquesProtegees
from pilotage.reperes import phrase_de, reperes_du_droit
from pilotage.variables import VariableComptee

LONGUEUR_DU_TITRE = 80
PARTS = {
    "ligne": (
        f"Parts en ligne{INSECABLE}: l’ensemble de chaque ligne est un effectif. "
        "Sous une base de 20, l’effectif est donné au lieu du pourcentage."
    ),
    "colonne": (
        f"Parts en colonne{INSECABLE}: l’ensemble de chaque colonne est un effectif. "
        "Sous une base de 20, l’effectif est donné au lieu du pourcentage."
    ),
}


@dataclass(frozen=True, slots=True)
class Bagage:
    """What goes with the tables of one page. `complements`: sentences for one table, by its key.

    `groupes`, `noyau_de`: see `sections.Decor`.
    """

    demande: Demande
    precedentes: StatistiquesProtegees | None = None
    groupes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    noyau_de: Mapping[str, str] = field(default_factory=dict)
    complements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def notes_de_la_page(
    demande: Demande, variables: Mapping[str, VariableComptee], ignores: Iterable[str] = ()
) -> tuple[str, ...]:
    """What is counted when it is not everything of the period, then what could not be asked."""
    notes = tuple(ignores)
    if not (demande.exigences or demande.validees_seulement):
        return notes
    situations, non_recours = bases_en_mots(demande, variables)
    return (
        f"Situations comptées{INSECABLE}: {situations}.",
        f"Non-recours comptés{INSECABLE}: {non_recours}.",
        *notes,
    )


def note_des_versions(versions: tuple[int, ...]) -> str:
    """Which versions of a form are counted together; nothing for figures of the noyau."""
    if not versions:
        return ""
    if len(versions) == 1:
        return f"Formulaire du territoire{INSECABLE}: version {versions[0]}."
    numeros = enumerer([str(numero) for numero in versions], "et")
    return (
        f"Formulaire du territoire{INSECABLE}: versions {numeros}, réunies question par question."
    )


def en_tableau(affiche: TableauAffiche, vue: Vue, bagage: Bagage) -> TableauAffiche:
    """The whole table, for a spreadsheet: every line, and the period before."""
    affiche = _avec_complements(_en_groupes(affiche, vue, bagage), bagage)
    avant = avant_de(bagage.precedentes, affiche.variable_lignes, bagage.demande)
    if avant is None or affiche.genre not in ("distribution", "serie"):
        return affiche
    return replace(
        affiche,
        avant=tuple(avant.effectif(ligne.code) for ligne in affiche.lignes),
        periode_avant=avant.periode,
    )


def en_figure(affiche: TableauAffiche, vue: Vue, bagage: Bagage) -> TableauAffiche:
    """What the page draws: its first lines, unless all are asked."""
    if vue.premieres is None or affiche.cle in bagage.demande.complets:
        affiche = _en_groupes(affiche, vue, bagage)
    else:
        affiche = _abreger(affiche, vue.premieres)
    if affiche.genre == "croisement" and affiche.affichage in PARTS:
        affiche = replace(affiche, notes=(PARTS[affiche.affichage], *affiche.notes))
    return _avec_complements(affiche, bagage)


def _abreger(affiche: TableauAffiche, combien: int) -> TableauAffiche:
    """The first lines, and how many there are."""
    gardees = _premieres(affiche, combien)
    if len(gardees) == len(affiche.lignes):
        return affiche
    note = f"Les {combien} premières lignes, sur {nombre(_nommees(affiche))}."
    note += " L’ensemble les compte toutes." if affiche.total else ""
    choisir = _carree if affiche.genre == "matrice" else _choisir
    return replace(choisir(affiche, gardees), notes=(note, *affiche.notes))


def nom_de_fichier(page: str, titre: str, demande: Demande, forme: str) -> str:
    """« pays-des-vans-types-de-non-recours-2026.csv »: where, what, when."""
    sujet = _en_slug(titre)[:LONGUEUR_DU_TITRE].strip("-")
    filtre = "filtre" if demande.exigences or demande.validees_seulement else ""
    parties = (_en_slug(page), sujet, _periode(demande), filtre)
    return f"{'-'.join(filter(None, parties))}.{forme}"


def _en_slug(texte: str) -> str:
    """As `slugify`, where an apostrophe parts two words and « œ » is two letters."""
    return slugify(texte.lower().replace("’", " ").replace("'", " ").replace("œ", "oe"))


def _periode(demande: Demande) -> str:
    if demande.annee is not None:
        return str(demande.annee)
    match demande.du, demande.au:
        case None, None:
            return "depuis-le-debut"
        case str(du), None:
            return f"depuis-{du}"
        case None, str(au):
            return f"jusqu-a-{au}"
        case du, au:
            return f"{du}-a-{au}" if du != au else f"{du}"


def _avec_complements(affiche: TableauAffiche, bagage: Bagage) -> TableauAffiche:
    """With the national rates of the rights shown, and what goes with this very table."""
    complements = bagage.complements.get(affiche.cle, ())
    if affiche.cle == "droit":
        droits = (bagage.noyau_de.get(ligne.code, ligne.code) for ligne in affiche.lignes)
        reperes = dict.fromkeys(r for droit in droits for r in reperes_du_droit(droit))
        complements += tuple(phrase_de(repere) for repere in reperes)
    return replace(affiche, notes=(*affiche.notes, *complements))


def _nommees(affiche: TableauAffiche) -> int:
    return sum(ligne.code not in FERMANTES for ligne in affiche.lignes)


def _premieres(affiche: TableauAffiche, combien: int) -> list[int]:
    """The places of the first lines, and of those that close the table."""
    codes = [ligne.code for ligne in affiche.lignes]
    nommees = [rang for rang, code in enumerate(codes) if code not in FERMANTES]
    if affiche.genre == "matrice":
        return nommees[:combien]
    fermantes = [rang for rang, code in enumerate(codes) if code in FERMANTES]
    return [*nommees[:combien], *fermantes]


def _en_groupes(affiche: TableauAffiche, vue: Vue, bagage: Bagage) -> TableauAffiche:
    """A table asked whole, its lines under the names of their groups as in the page."""
    groupes = bagage.groupes.get(vue.groupes, {})
    if not groupes or affiche.cle not in bagage.demande.complets:
        return affiche
    places = {nom: rang for rang, nom in enumerate(dict.fromkeys(groupes.values()))}

    def groupe(ligne: Ligne) -> str:
        return groupes.get(ligne.code) or groupes.get(ligne.raffine) or ""

    noms = [groupe(ligne) for ligne in affiche.lignes]
    ordre = sorted(range(len(noms)), key=lambda rang: places.get(noms[rang], len(places)))
    rangee = _choisir(affiche, ordre)
    lignes = tuple(ligne._replace(groupe=groupe(ligne) or "Autres") for ligne in rangee.lignes)
    return replace(rangee, lignes=lignes)


def _choisir(affiche: TableauAffiche, rangs: list[int]) -> TableauAffiche:
    """These lines, in this order, with what stands beside each."""
    cotes = {
        nom: tuple(getattr(affiche, nom)[rang] for rang in rangs) if getattr(affiche, nom) else ()
        for nom in ("ensemble", "population")
    }
    return replace(affiche, lignes=tuple(affiche.lignes[rang] for rang in rangs), **cotes)


def _carree(affiche: TableauAffiche, rangs: list[int]) -> TableauAffiche:
    """The same lines and columns of a matrix."""
    lignes = (affiche.lignes[rang] for rang in rangs)
    return replace(
        affiche,
        entetes=tuple(affiche.entetes[rang] for rang in rangs),
        lignes=tuple(x._replace(valeurs=tuple(x.valeurs[rang] for rang in rangs)) for x in lignes),
    )
