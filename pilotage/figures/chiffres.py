"""Key figures: large numbers and what they count."""

from pilotage.export.mots import ecrire
from pilotage.export.tableau import TableauAffiche
from pilotage.figures.texte import couper
from pilotage.figures.toile import Toile
from pilotage.secret import SECRET

COLONNE = 180


def chiffres(toile: Toile, tableau: TableauAffiche) -> None:
    """As many in a row as the width has room for."""
    par_rangee = max(1, int(toile.place // COLONNE))
    for debut in range(0, len(tableau.lignes), par_rangee):
        rangee = tableau.lignes[debut : debut + par_rangee]
        pas = toile.place / par_rangee
        libelles = [couper(ligne.libelle, pas - 16, 13) for ligne in rangee]
        for rang, (ligne, libelle) in enumerate(zip(rangee, libelles, strict=True)):
            x, secret = toile.bord + rang * pas, ligne.valeurs[0] is SECRET
            toile.texte(
                x,
                toile.y + 30,
                ecrire(ligne.valeurs[0]),
                taille=22 if secret else 30,
                gras=not secret,
                italique=secret,
                couleur=toile.palette.encre_douce if secret else None,
            )
            for numero, texte in enumerate(libelle):
                toile.texte(x, toile.y + 52 + 17 * numero, texte)
        toile.y += 62 + 17 * max(map(len, libelles))
