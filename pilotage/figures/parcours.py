"""The path of non-recours: the steps one under the other, then how they ended."""

from pilotage.export.mots import ecrire, part
from pilotage.export.tableau import Ligne, TableauAffiche
from pilotage.figures.barres import SECRETE, etiquette, intertitre
from pilotage.figures.toile import Toile, largeur_maximale
from pilotage.secret import SECRET

TAILLE = 13
HAUTEUR = 30
ISSUE = 18


def parcours(toile: Toile, tableau: TableauAffiche) -> None:
    """Steps are the lines without a group, numbered; those of a group are thinner bars."""
    textes = [ligne.libelle for ligne in tableau.lignes]
    libelles = 0.0
    if not toile.est_etroite:
        libelles = min(largeur_maximale(textes, TAILLE) + 22, toile.place * 0.36) + 12
    groupe, etapes = "", 0
    for rang, ligne in enumerate(tableau.lignes):
        if ligne.groupe != groupe:
            intertitre(toile, ligne.groupe)
            groupe = ligne.groupe
        elif rang and not ligne.groupe:
            toile.fleche(toile.bord + libelles + 6, toile.y, 12)
            toile.y += 13
        etapes += not ligne.groupe
        numero = "" if ligne.groupe else f"{etapes}. "
        _etape(toile, tableau, ligne, f"{numero}{ligne.libelle}", libelles)


def _etape(
    toile: Toile, tableau: TableauAffiche, ligne: Ligne, libelle: str, libelles: float
) -> None:
    epaisseur = ISSUE if ligne.groupe else HAUTEUR
    place_du_texte = toile.place if toile.est_etroite else libelles - 12
    lignes, hauteur_texte = etiquette(libelle, place_du_texte)
    if toile.est_etroite:
        toile.lignes(toile.bord, toile.y + hauteur_texte / 2, lignes, taille=TAILLE)
        toile.y += hauteur_texte + 2
        hauteur = float(epaisseur)
    else:
        hauteur = max(hauteur_texte, epaisseur)
        toile.lignes(toile.bord, toile.y + hauteur / 2, lignes, taille=TAILLE)
    haut = toile.y + (hauteur - epaisseur) / 2
    _barre(toile, tableau, ligne, toile.bord + libelles, haut, epaisseur)
    toile.y += hauteur + 5


def _barre(
    toile: Toile, tableau: TableauAffiche, ligne: Ligne, x: float, haut: float, epaisseur: float
) -> None:
    valeur = ligne.valeurs[0]
    textes = [_ecrire(tableau, autre) for autre in tableau.lignes]
    place = toile.bord + toile.place - x - largeur_maximale(textes, TAILLE, gras=True) - 10
    largeur = 0.0
    if valeur is SECRET:
        largeur = SECRETE
        toile.hachures(x, haut + 2, largeur, epaisseur - 4)
    elif isinstance(valeur, int | float) and valeur:
        largeur = max(1.5, place * valeur / tableau.maximum())
        couleur = toile.palette.ombres[7 if ligne.groupe else 10]
        toile.rectangle(x, haut, largeur, epaisseur, couleur)
    toile.texte(
        x + largeur + 8,
        haut + epaisseur / 2 + 5,
        _ecrire(tableau, ligne),
        gras=not ligne.groupe and valeur is not SECRET,
        italique=valeur is SECRET,
    )


def _ecrire(tableau: TableauAffiche, ligne: Ligne) -> str:
    pourcentage = part(ligne.valeurs[0], tableau.n)
    return ecrire(ligne.valeurs[0]) + (f" ({pourcentage})" if pourcentage else "")
