"""Stacked bars: each line cut by the answers of a second variable, all on one scale."""

from collections.abc import Sequence

from pilotage.export.mots import ecrire
from pilotage.export.tableau import TableauAffiche, Valeur
from pilotage.figures.barres import SECRETE, etiquette
from pilotage.figures.cadre import legende
from pilotage.figures.texte import couper
from pilotage.figures.toile import Toile, largeur_maximale
from pilotage.presentation.typographie import INSECABLE
from pilotage.secret import SECRET

TAILLE = 13
HAUTEUR = 28


def empilees(toile: Toile, tableau: TableauAffiche) -> None:
    """One bar a line; a count that its piece is too short to hold is written under it."""
    couleurs = toile.palette.echelle(
        tableau.variable_colonnes, tuple(entete.code for entete in tableau.entetes)
    )
    noms = (entete.libelle for entete in tableau.entetes)
    legende(toile, tuple(zip(couleurs, noms, strict=True)))
    toile.y += 6
    libelles = 0.0
    if not toile.est_etroite:
        textes = [ligne.libelle for ligne in tableau.lignes]
        libelles = min(largeur_maximale(textes, TAILLE), toile.place * 0.34) + 12
    marges = largeur_maximale([ecrire(v) for v in tableau.ensemble], TAILLE, gras=True)
    place = toile.place - libelles - (marges + 10 if marges else 0)
    for rang in range(len(tableau.lignes)):
        _ligne(toile, tableau, rang, libelles, place, couleurs)


def _ligne(
    toile: Toile,
    tableau: TableauAffiche,
    rang: int,
    libelles: float,
    place: float,
    couleurs: Sequence[str],
) -> None:
    ligne = tableau.lignes[rang]
    lignes, hauteur_texte = etiquette(
        ligne.libelle, toile.place if toile.est_etroite else libelles - 12
    )
    if toile.est_etroite:
        toile.lignes(toile.bord, toile.y + hauteur_texte / 2, lignes, taille=TAILLE)
        toile.y += hauteur_texte + 2
        hauteur = float(HAUTEUR)
    else:
        hauteur = max(hauteur_texte, HAUTEUR)
        toile.lignes(toile.bord, toile.y + hauteur / 2, lignes, taille=TAILLE)
    haut = toile.y + (hauteur - HAUTEUR) / 2
    restes = _morceaux(toile, tableau, rang, toile.bord + libelles, haut, place, couleurs)
    if tableau.ensemble:
        _marge(toile, tableau.ensemble[rang], haut)
    toile.y += hauteur + 2
    if restes:
        _a_cote(toile, " · ".join(restes), libelles)
    toile.y += 8


def _unite(tableau: TableauAffiche, place: float) -> float:
    """Pixels for one count: the longest line, hatches included, fills the place."""
    lignes = [ligne.valeurs for ligne in tableau.lignes]
    longueurs = [sum(v for v in valeurs if isinstance(v, int | float)) for valeurs in lignes]
    hachures = SECRETE if any(SECRET in valeurs for valeurs in lignes) else 0
    return (place - hachures) / max(1, *longueurs)


def _morceaux(
    toile: Toile,
    tableau: TableauAffiche,
    rang: int,
    x: float,
    haut: float,
    place: float,
    couleurs: Sequence[str],
) -> list[str]:
    """Draws the pieces; gives what remains to be written: short pieces and hidden ones."""
    unite = _unite(tableau, place)
    restes, secretes = [], []
    for entete, valeur, couleur in zip(
        tableau.entetes, tableau.lignes[rang].valeurs, couleurs, strict=True
    ):
        if valeur is SECRET:
            secretes.append(entete.libelle)
        if not isinstance(valeur, int | float) or not valeur:
            continue
        largeur = valeur * unite
        toile.rectangle(x, haut, largeur, HAUTEUR, couleur, contour=toile.palette.fond)
        if largeur_maximale([ecrire(valeur)], 12) + 6 <= largeur:
            encre = _encre(toile, couleur)
            milieu = (x + largeur / 2, haut + HAUTEUR / 2)
            toile.lignes(*milieu, [ecrire(valeur)], taille=12, couleur=encre, cote="center")
        else:
            restes.append(f"{entete.libelle}{INSECABLE}: {ecrire(valeur)}")
        x += largeur
    if secretes:
        toile.hachures(x + 1, haut + 2, SECRETE - 2, HAUTEUR - 4)
        restes += [f"{libelle}{INSECABLE}: secret" for libelle in secretes]
    return restes


def _encre(toile: Toile, couleur: str) -> str:
    """The ink that reads best on this colour, by the luminance of its three lights."""
    rouge, vert, bleu = (int(couleur[i : i + 2], 16) for i in (1, 3, 5))
    claire = 0.299 * rouge + 0.587 * vert + 0.114 * bleu > 130
    return toile.palette.encre if claire else toile.palette.fond


def _marge(toile: Toile, valeur: Valeur, haut: float) -> None:
    toile.texte(
        toile.bord + toile.place,
        haut + HAUTEUR / 2 + 5,
        ecrire(valeur),
        gras=valeur is not SECRET,
        italique=valeur is SECRET,
        cote="right",
    )


def _a_cote(toile: Toile, texte: str, libelles: float) -> None:
    for ligne in couper(texte, toile.place - libelles, 11.5):
        toile.y += 15
        toile.texte(
            toile.bord + libelles,
            toile.y - 3,
            ligne,
            taille=11.5,
            couleur=toile.palette.encre_douce,
        )
