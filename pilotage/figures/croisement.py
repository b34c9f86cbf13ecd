"""Crossings and matrices: tables whose cells carry a shade; the number stays the information."""

from collections.abc import Callable

from pilotage.export.mots import base_de_case, en_part
from pilotage.export.tableau import Entete, TableauAffiche, Valeur
from pilotage.figures.barres import etiquette, intertitre
from pilotage.figures.texte import couper, plus_long_mot
from pilotage.figures.toile import BORD, ETROITE, Toile, largeur_maximale
from pilotage.presentation.typographie import BASE_POUR_POURCENT, intensite
from pilotage.secret import SECRET

TAILLE = 13
TAILLE_TETE = 11.5
TAILLE_CASE = 12.5
HAUTEUR = 26
ECART = 2
MINIMUM = 38  # under which « secret » would not fit
MAXIMUM = 130
LIBELLES = 180  # what labels need at least beside cells
_TETES_DRESSEES = (60, 90, 120, 160, 220, 300)

Case = Callable[[int, int], Valeur]


def largeur_utile(tableau: TableauAffiche, largeur: float) -> float:
    """The width asked, or more when so many columns do not fit in it."""
    cases = (len(tableau.entetes) + bool(tableau.ensemble)) * (MINIMUM + ECART)
    if largeur < ETROITE and cases + 2 * BORD < ETROITE:
        return max(largeur, cases + 2 * BORD)
    return max(largeur, LIBELLES + cases + 2 * BORD)


def croisement(toile: Toile, tableau: TableauAffiche) -> None:
    """Every line and column of a crossing, with its margins when they are shown."""
    _tableau(toile, tableau, tableau.entetes, lambda i, j: tableau.lignes[i].valeurs[j])


def matrice(toile: Toile, tableau: TableauAffiche) -> None:
    """What goes with what: columns bear the number of their line; half a symmetry is enough."""
    entetes = tuple(Entete(str(rang), e.code) for rang, e in enumerate(tableau.entetes, start=1))
    _tableau(
        toile,
        tableau,
        entetes,
        lambda i, j: tableau.lignes[i].valeurs[j] if j <= i else None,
    )


def _tableau(
    toile: Toile, tableau: TableauAffiche, entetes: tuple[Entete, ...], case: Case
) -> None:
    libelles = _largeur_des_libelles(toile, tableau)
    colonnes = len(entetes) + bool(tableau.ensemble)
    x = toile.bord + libelles
    pas = min(MAXIMUM, (toile.place - libelles) / colonnes)
    _tetes(toile, tableau, entetes, x, pas)
    groupe, reference = "", _reference(tableau)
    for i, ligne in enumerate(tableau.lignes):
        if ligne.groupe != groupe:
            intertitre(toile, ligne.groupe)
            groupe = ligne.groupe
        haut = _libelle(toile, tableau, i, libelles)
        for j in range(len(entetes)):
            texte = en_part(case(i, j), base_de_case(tableau, i, j))
            _case(
                toile,
                x + j * pas,
                haut,
                pas,
                case(i, j),
                _ombre(tableau, i, j, case(i, j), reference),
                texte,
            )
        if tableau.ensemble:
            base = tableau.n if tableau.affichage == "colonne" else None
            texte = en_part(tableau.ensemble[i], base)
            _case(toile, x + len(entetes) * pas, haut, pas, tableau.ensemble[i], None, texte)
    if tableau.total:
        _pied(toile, tableau, x, pas)


def _largeur_des_libelles(toile: Toile, tableau: TableauAffiche) -> float:
    if toile.est_etroite:
        return 0
    textes = [_numerote(tableau, rang) for rang in range(len(tableau.lignes))]
    colonnes = len(tableau.entetes) + bool(tableau.ensemble)
    reste = toile.place - colonnes * (MINIMUM + ECART)
    voulu = min(largeur_maximale(textes, TAILLE), toile.place * 0.36)
    return max(120, min(voulu, reste - 12)) + 12


def _numerote(tableau: TableauAffiche, rang: int) -> str:
    libelle = tableau.lignes[rang].libelle
    return f"{rang + 1}. {libelle}" if tableau.genre == "matrice" else libelle


def _tetes(
    toile: Toile, tableau: TableauAffiche, entetes: tuple[Entete, ...], x: float, pas: float
) -> None:
    """The heads lie when their words fit, else they all stand."""
    toutes = [*entetes, *([Entete("Ensemble")] if tableau.ensemble else [])]
    place = pas - 6
    if all(plus_long_mot(entete.libelle, TAILLE_TETE) <= place for entete in toutes):
        coupees = [couper(entete.libelle, place, TAILLE_TETE) for entete in toutes]
        hauteur = max(map(len, coupees)) * TAILLE_TETE * 1.25 + 6
        dressees = False
    else:
        hauteur, coupees = _dresser(toutes, pas)
        dressees = True
    bas = toile.y + hauteur
    for rang, (entete, lignes) in enumerate(zip(toutes, coupees, strict=True)):
        milieu = x + rang * pas + pas / 2
        _tete(toile, lignes, milieu, bas - 6, dressees)
        if tableau.variable_colonnes == "type" and entete.code:
            couleur = toile.palette.de_reponse("type", entete.code)
            toile.rectangle(milieu - pas / 2 + ECART, bas - 2, pas - 2 * ECART, 3, couleur)
    toile.y = bas + 4


def _dresser(entetes: list[Entete], pas: float) -> tuple[float, list[list[str]]]:
    """The least height at which each head holds in the lines that its column has room for."""
    possibles = max(1, int(pas // (TAILLE_TETE * 1.25)))
    for hauteur in _TETES_DRESSEES:
        coupees = [couper(entete.libelle, hauteur, TAILLE_TETE) for entete in entetes]
        entiers = all(plus_long_mot(e.libelle, TAILLE_TETE) <= hauteur for e in entetes)
        if entiers and all(len(lignes) <= possibles for lignes in coupees):
            break
    return hauteur + 10, coupees


def _tete(toile: Toile, lignes: list[str], milieu: float, bas: float, dressee: bool) -> None:
    couleur = toile.palette.encre_douce
    pas = TAILLE_TETE * 1.25
    for rang, ligne in enumerate(lignes):
        if dressee:
            x = milieu + pas * (rang - (len(lignes) - 1) / 2) + TAILLE_TETE * 0.35
            toile.texte(x, bas, ligne, taille=TAILLE_TETE, couleur=couleur, vertical=True)
        else:
            y = bas - pas * (len(lignes) - 1 - rang)
            toile.texte(milieu, y, ligne, taille=TAILLE_TETE, couleur=couleur, cote="center")


def _libelle(toile: Toile, tableau: TableauAffiche, rang: int, place: float) -> float:
    """Writes the label of a line; gives the top of its cells and moves `y` under them."""
    ligne = tableau.lignes[rang]
    lignes, hauteur_texte = etiquette(
        _numerote(tableau, rang), (toile.place if toile.est_etroite else place) - 16
    )
    pastille = tableau.variable_lignes == "type" and ligne.code
    if toile.est_etroite:
        toile.lignes(toile.bord, toile.y + hauteur_texte / 2 + 2, lignes, taille=TAILLE)
        haut = toile.y + hauteur_texte + 4
    else:
        hauteur = max(HAUTEUR, hauteur_texte + 2)
        toile.lignes(
            toile.bord + (8 if pastille else 0), toile.y + hauteur / 2, lignes, taille=TAILLE
        )
        haut = toile.y + (hauteur - HAUTEUR) / 2
    bas = haut + HAUTEUR if toile.est_etroite else toile.y + hauteur
    if pastille:
        couleur = toile.palette.de_reponse("type", ligne.code)
        x = toile.bord - 5 if toile.est_etroite else toile.bord
        toile.rectangle(x, toile.y + 3, 3, bas - toile.y - 6, couleur)
    toile.y = bas + (6 if toile.est_etroite else ECART)
    return haut


def _ombre(tableau: TableauAffiche, i: int, j: int, valeur: Valeur, reference: float) -> int | None:
    """0 to 10; None for what is not shaded: margins, and the diagonal of a matrix."""
    if not isinstance(valeur, int | float) or (tableau.genre == "matrice" and i == j):
        return None
    return int(intensite(_grandeur(tableau, i, j), reference)[1:])


def _grandeur(tableau: TableauAffiche, i: int, j: int) -> float:
    """What the shade of a cell tells: its count, or the share that is shown in its place."""
    valeur = tableau.lignes[i].valeurs[j]
    if not isinstance(valeur, int | float):
        return 0
    if tableau.affichage == "effectif":
        return valeur
    base = base_de_case(tableau, i, j)
    return valeur / base if isinstance(base, int) and base >= BASE_POUR_POURCENT else 0


def _reference(tableau: TableauAffiche) -> float:
    """The greatest of them; of a matrix, under its diagonal."""
    hauteur, largeur = len(tableau.lignes), len(tableau.entetes)
    return max(
        (
            _grandeur(tableau, i, j)
            for i in range(hauteur)
            for j in range(i if tableau.genre == "matrice" else largeur)
        ),
        default=0,
    )


def _case(
    toile: Toile,
    x: float,
    haut: float,
    pas: float,
    valeur: Valeur,
    ombre: int | None,
    texte: str,
) -> None:
    if valeur is None:
        return
    place = (x + ECART / 2, haut, pas - ECART, HAUTEUR)
    palette = toile.palette
    secrete = valeur is SECRET
    gras = ombre is None and not secrete
    taille = 11 if secrete else TAILLE_CASE
    taille *= min(1, (pas - ECART - 2) / largeur_maximale([texte], taille, gras=gras))
    if secrete:
        toile.hachures(*place)
        marge = largeur_maximale([texte], taille) / 2 + 2
        toile.rectangle(x + pas / 2 - marge, haut + 5, 2 * marge, HAUTEUR - 10, palette.fond)
    else:
        fond = palette.marge if ombre is None else palette.ombres[ombre]
        toile.rectangle(*place, fond, contour=palette.trait if ombre == 0 else None)
    toile.lignes(
        x + pas / 2,
        haut + HAUTEUR / 2,
        [texte],
        taille=taille,
        italique=secrete,
        gras=gras,
        couleur=palette.encre_douce if secrete else palette.sur(ombre or 0),
        cote="center",
    )


def _pied(toile: Toile, tableau: TableauAffiche, x: float, pas: float) -> None:
    toile.y += 4
    if toile.est_etroite:
        toile.lignes(toile.bord, toile.y + 9, ["Ensemble"], taille=TAILLE, gras=True)
        toile.y += 20
    else:
        toile.lignes(toile.bord, toile.y + HAUTEUR / 2, ["Ensemble"], taille=TAILLE, gras=True)
    valeurs = (*tableau.total, *([tableau.n] if tableau.ensemble else []))
    for rang, valeur in enumerate(valeurs):
        en_parts = tableau.affichage == "ligne" and rang < len(tableau.total)
        texte = en_part(valeur, tableau.n if en_parts else None)
        _case(toile, x + rang * pas, toile.y, pas, valeur, None, texte)
    toile.y += HAUTEUR
