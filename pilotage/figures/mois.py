"""A series in the order of time: one column a month; lines when columns would be too narrow."""

from itertools import groupby

from pilotage.export.mots import ecrire
from pilotage.export.tableau import Ligne, TableauAffiche
from pilotage.figures.barres import distribution
from pilotage.figures.toile import Toile, largeur_maximale
from pilotage.secret import SECRET

HAUTEUR = 180
TAILLE = 12
_ABREGES = {
    "janvier": "janv.",
    "février": "févr.",
    "avril": "avr.",
    "juillet": "juil.",
    "septembre": "sept.",
    "octobre": "oct.",
    "novembre": "nov.",
    "décembre": "déc.",
}


def serie(toile: Toile, tableau: TableauAffiche) -> None:
    """Columns when every name and every count fit under and above theirs."""
    pas = toile.place / len(tableau.lignes)
    textes = [_abrege(ligne) for ligne in tableau.lignes]
    textes += [ecrire(ligne.valeurs[0]) for ligne in tableau.lignes if ligne.valeurs[0] != SECRET]
    if largeur_maximale(textes, TAILLE) + 4 > pas:
        distribution(toile, tableau)
        return
    pas = min(pas, 90)
    toile.y += 18
    for rang, ligne in enumerate(tableau.lignes):
        _colonne(toile, tableau, ligne, toile.bord + pas * rang, pas)
    toile.y += HAUTEUR
    toile.rectangle(toile.bord, toile.y, pas * len(tableau.lignes), 1, toile.palette.encre_douce)
    toile.y += 18
    for rang, texte in enumerate(map(_abrege, tableau.lignes)):
        toile.texte(toile.bord + pas * (rang + 0.5), toile.y, texte, taille=TAILLE, cote="center")
    _annees(toile, tableau, pas)
    toile.y += 12


def _abrege(ligne: Ligne) -> str:
    return _ABREGES.get(ligne.libelle, ligne.libelle)


def _colonne(
    toile: Toile, tableau: TableauAffiche, ligne: Ligne, gauche: float, pas: float
) -> None:
    valeur = ligne.valeurs[0]
    milieu, bas = gauche + pas / 2, toile.y + HAUTEUR
    if valeur is SECRET:
        largeur = min(pas * 0.7, 24)
        toile.hachures(milieu - largeur / 2, bas - 64, largeur, 64)
        largeur_texte = largeur_maximale(["secret"], 11)
        toile.rectangle(milieu - 7, bas - 57, 14, largeur_texte + 10, toile.palette.fond)
        toile.texte(
            milieu + 4,
            bas - 52 + largeur_texte,
            "secret",
            taille=11,
            italique=True,
            vertical=True,
            couleur=toile.palette.encre_douce,
        )
        return
    hauteur = 0.0
    if isinstance(valeur, int | float) and valeur:
        hauteur = max(1.5, (HAUTEUR - 6) * valeur / tableau.maximum())
        toile.rectangle(
            gauche + pas * 0.14, bas - hauteur, pas * 0.72, hauteur, toile.palette.barre
        )
    toile.texte(milieu, bas - hauteur - 5, ecrire(valeur), taille=TAILLE, cote="center")


def _annees(toile: Toile, tableau: TableauAffiche, pas: float) -> None:
    """The name of each group, under the columns that it covers."""
    if not any(ligne.groupe for ligne in tableau.lignes):
        return
    toile.y += 8
    debut = 0
    for groupe, lignes in groupby(tableau.lignes, key=lambda ligne: ligne.groupe):
        combien = len(list(lignes))
        x, largeur = toile.bord + pas * debut, pas * combien
        toile.rectangle(x + 3, toile.y, largeur - 6, 1, toile.palette.trait)
        toile.texte(x + 4, toile.y + 16, groupe, taille=TAILLE, gras=True)
        debut += combien
    toile.y += 18
