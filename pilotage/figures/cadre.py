"""What surrounds every figure: title, base and period above; notes below."""

from collections.abc import Sequence

from pilotage.export.mots import base_en_mots, message_vide, notes_de
from pilotage.export.tableau import TableauAffiche
from pilotage.figures.couleurs import Palette
from pilotage.figures.texte import couper
from pilotage.figures.toile import Toile, largeur_maximale
from pilotage.presentation.typographie import FINE

TAILLE_LEGENDE = 12
PUCE = 17  # a square of colour and the space before its name


def commencer(tableau: TableauAffiche, largeur: float, palette: Palette) -> Toile:
    """A sheet with its heading; `y` is where the figure itself begins."""
    toile = Toile(largeur, palette)
    toile.y = toile.bord - 4
    toile.paragraphe(tableau.titre, taille=16 if toile.est_etroite else 19, gras=True)
    toile.y += 2
    toile.paragraphe(
        " · ".join(filter(None, (tableau.lieu, base_en_mots(tableau), tableau.periode_en_mots))),
        taille=13,
        couleur=palette.encre_douce,
    )
    toile.y += 12
    return toile


def vide(toile: Toile, tableau: TableauAffiche) -> None:
    """In place of a figure that has nothing to draw."""
    toile.rectangle(toile.bord, toile.y, toile.place, 72, toile.palette.marge)
    toile.lignes(toile.largeur / 2, toile.y + 36, [message_vide(tableau)], taille=13, cote="center")
    toile.y += 72


def legende(toile: Toile, entrees: Sequence[tuple[str, str]]) -> None:
    """What each colour means: one after the other, on as many lines as needed."""
    x, fin = toile.bord, toile.bord + toile.place
    toile.y += 4
    for couleur, texte in entrees:
        lignes = couper(texte, toile.place - PUCE, TAILLE_LEGENDE)
        largeur = PUCE + largeur_maximale(lignes, TAILLE_LEGENDE)
        if x > toile.bord and x + largeur > fin:
            x = toile.bord
            toile.y += 19
        toile.rectangle(x, toile.y, 11, 11, couleur, contour=toile.palette.population)
        for rang, ligne in enumerate(lignes):
            toile.y += 15 if rang else 0
            toile.texte(
                x + PUCE,
                toile.y + 10,
                ligne,
                taille=TAILLE_LEGENDE,
                couleur=toile.palette.encre_douce,
            )
        x += largeur + 18
    toile.y += 22


def finir(toile: Toile, tableau: TableauAffiche) -> None:
    """The notes, and the height of the sheet."""
    toile.y += 10
    toile.rectangle(toile.bord, toile.y, toile.place, 1, toile.palette.trait)
    toile.y += 6
    hachures = (
        f"Les hachures marquent une valeur secrète{FINE}; leur taille ne dit rien."
        if tableau.note_secret and not tableau.est_vide
        else ""
    )
    for note in filter(None, (hachures, *notes_de(tableau))):
        toile.paragraphe(note, taille=11.5, couleur=toile.palette.encre_douce)
        toile.y += 2
    toile.y += toile.bord - 8
