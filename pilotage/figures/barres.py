"""A distribution: one horizontal bar a line, its count and its share; population beside it."""

from dataclasses import dataclass

from pilotage.export.mots import ecrire, est_appariee, habitants, part
from pilotage.export.tableau import Ligne, TableauAffiche
from pilotage.figures.cadre import legende
from pilotage.figures.texte import couper
from pilotage.figures.toile import Toile, largeur_maximale
from pilotage.secret import SECRET

TAILLE = 13
HAUTEUR = 16
SECRETE = 56  # the length of hatches, always the same


@dataclass(frozen=True, slots=True)
class _Colonnes:
    """Where things stand across: labels, bars, and the texts at the right of bars.

    `au_dessus`: labels stand above their bar, as wide as the sheet.
    """

    libelles: float
    barres: float
    effectifs: float
    parts: float
    au_dessus: bool


def distribution(toile: Toile, tableau: TableauAffiche) -> None:
    """Bars as long as the counts or, beside a population, as the shares."""
    colonnes = _colonnes(toile, tableau)
    if est_appariee(tableau):
        legende(
            toile,
            (
                (toile.palette.barre, "Situations repérées"),
                (toile.palette.population, "Population du territoire"),
            ),
        )
    groupe = ""
    for rang, ligne in enumerate(tableau.lignes):
        if ligne.groupe != groupe:
            intertitre(toile, ligne.groupe)
            groupe = ligne.groupe
        _ligne(toile, tableau, rang, ligne, colonnes)


def intertitre(toile: Toile, texte: str) -> None:
    """The name of the group of lines that follows, when it has one."""
    if not texte:
        return
    toile.y += 6
    toile.paragraphe(texte, taille=TAILLE, gras=True)
    toile.y += 4


def etiquette(libelle: str, place: float) -> tuple[list[str], float]:
    """The lines of a label and the height that they need."""
    lignes = couper(libelle, place, TAILLE)
    return lignes, len(lignes) * TAILLE * 1.25


def part_de_population(tableau: TableauAffiche, rang: int) -> str:
    """« 12 % » of the inhabitants; nothing when they are not known."""
    return part(tableau.population[rang], habitants(tableau)) if tableau.population else ""


def _colonnes(toile: Toile, tableau: TableauAffiche) -> _Colonnes:
    effectifs = [ecrire(ligne.valeurs[0]) for ligne in tableau.lignes]
    parts = [_part(tableau, ligne) for ligne in tableau.lignes]
    parts += [part_de_population(tableau, rang) for rang in range(len(tableau.lignes))]
    place_parts = largeur_maximale(parts, TAILLE)
    droite = toile.bord + toile.place
    x_effectifs = droite - (place_parts + 12 if place_parts else 0)
    x_fin = x_effectifs - largeur_maximale(effectifs, TAILLE) - 10
    libelles = largeur_maximale([ligne.libelle for ligne in tableau.lignes], TAILLE)
    if toile.est_etroite and libelles > toile.place * 0.32:
        return _Colonnes(toile.place, toile.bord, x_effectifs, droite, au_dessus=True)
    libelles = min(libelles, toile.place * 0.42)
    x_barres = min(toile.bord + libelles + 12, x_fin - SECRETE)
    return _Colonnes(libelles, x_barres, x_effectifs, droite, au_dessus=False)


def _part(tableau: TableauAffiche, ligne: Ligne) -> str:
    """Months are not parts of a whole that one would compare."""
    return part(ligne.valeurs[0], tableau.n) if tableau.genre == "distribution" else ""


def _ligne(
    toile: Toile, tableau: TableauAffiche, rang: int, ligne: Ligne, colonnes: _Colonnes
) -> None:
    lignes, hauteur_texte = etiquette(ligne.libelle, colonnes.libelles)
    a_population = tableau.population and tableau.population[rang] is not None
    hauteur_barres = HAUTEUR * (2 if a_population else 1)
    if colonnes.au_dessus:
        toile.lignes(toile.bord, toile.y + hauteur_texte / 2, lignes, taille=TAILLE)
        toile.y += hauteur_texte + 2
        hauteur = hauteur_barres
    else:
        hauteur = max(hauteur_texte, hauteur_barres)
        toile.lignes(toile.bord, toile.y + hauteur / 2, lignes, taille=TAILLE)
    haut = toile.y + (hauteur - hauteur_barres) / 2
    _barre(toile, tableau, ligne, haut, colonnes)
    if a_population:
        _barre_de_population(toile, tableau, rang, haut + HAUTEUR, colonnes)
    toile.y += hauteur + 7


def _longueur(tableau: TableauAffiche, valeur: float, population: bool, place: float) -> float:
    """Shares are on one scale with those of the population; counts on their own."""
    if not est_appariee(tableau):
        return place * valeur / max(tableau.maximum(), 1)
    total = habitants(tableau)
    plus_grande = max(
        tableau.maximum() / tableau.n, *((p or 0) / total for p in tableau.population)
    )
    return place * valeur / (total if population else tableau.n) / plus_grande


def _place(toile: Toile, tableau: TableauAffiche, colonnes: _Colonnes) -> float:
    textes = [ecrire(ligne.valeurs[0]) for ligne in tableau.lignes]
    return colonnes.effectifs - largeur_maximale(textes, TAILLE) - 10 - colonnes.barres


def _barre(
    toile: Toile, tableau: TableauAffiche, ligne: Ligne, haut: float, colonnes: _Colonnes
) -> None:
    valeur = ligne.valeurs[0]
    base = haut + HAUTEUR - 3
    if valeur is SECRET:
        toile.hachures(colonnes.barres, haut + 2, SECRETE, HAUTEUR - 4)
        toile.texte(
            colonnes.effectifs,
            base,
            ecrire(valeur),
            italique=True,
            cote="right",
            couleur=toile.palette.encre_douce,
        )
        return
    if isinstance(valeur, int | float) and valeur:
        longueur = _longueur(tableau, valeur, False, _place(toile, tableau, colonnes))
        couleur = toile.palette.de_reponse(tableau.variable_lignes, ligne.code)
        toile.rectangle(colonnes.barres, haut + 1, max(longueur, 1.5), HAUTEUR - 2, couleur)
    toile.texte(colonnes.effectifs, base, ecrire(valeur), cote="right")
    toile.texte(
        colonnes.parts,
        base,
        _part(tableau, ligne),
        cote="right",
        couleur=toile.palette.encre_douce,
    )


def _barre_de_population(
    toile: Toile, tableau: TableauAffiche, rang: int, haut: float, colonnes: _Colonnes
) -> None:
    if est_appariee(tableau):
        longueur = _longueur(
            tableau, tableau.population[rang], True, _place(toile, tableau, colonnes)
        )
        couleur = toile.palette.population
        toile.rectangle(colonnes.barres, haut + 1, max(longueur, 1.5), HAUTEUR - 4, couleur)
    else:
        toile.texte(
            colonnes.barres,
            haut + HAUTEUR - 4,
            "population du territoire",
            taille=11.5,
            couleur=toile.palette.encre_douce,
        )
    toile.texte(
        colonnes.parts,
        haut + HAUTEUR - 4,
        part_de_population(tableau, rang),
        taille=12,
        cote="right",
        couleur=toile.palette.encre_douce,
    )
