"""The figures that leave the page: one function, from a displayed table to the bytes of a file.

Loads matplotlib (`Figure` only, never pyplot): imported only where figures are exported.
"""

from collections.abc import Callable
from threading import Lock

from pilotage.export.description import description_de
from pilotage.export.tableau import Genre, TableauAffiche
from pilotage.figures import cadre
from pilotage.figures.barres import distribution
from pilotage.figures.chiffres import chiffres
from pilotage.figures.couleurs import PALETTE, Palette
from pilotage.figures.croisement import croisement, largeur_utile, matrice
from pilotage.figures.empilees import empilees
from pilotage.figures.mois import serie
from pilotage.figures.parcours import parcours
from pilotage.figures.toile import Format, Toile, reglages

LARGEUR = 960
LARGEUR_MINIMALE = 320
_DESSINS: dict[Genre, Callable[[Toile, TableauAffiche], None]] = {
    "chiffres": chiffres,
    "distribution": distribution,
    "serie": serie,
    "croisement": croisement,
    "matrice": matrice,
    "empilees": empilees,
    "parcours": parcours,
}
# matplotlib's settings belong to the process: one figure at a time.
_UN_SEUL = Lock()


def figure_de(
    tableau: TableauAffiche,
    forme: Format,
    *,
    largeur: int = LARGEUR,
    palette: Palette = PALETTE,
) -> bytes:
    """The figure of a table, as a PNG or SVG file: the same bytes for the same table.

    `largeur` in pixels (a PNG has two points a pixel); tables of many columns may be wider, and
    the height follows the content. Raises ValueError under 320 pixels, or for another format.
    """
    if forme not in ("png", "svg"):
        raise ValueError(f"a figure is a PNG or an SVG, not {forme!r}")
    if largeur < LARGEUR_MINIMALE:
        raise ValueError(f"a figure is at least {LARGEUR_MINIMALE} pixels wide")
    if tableau.genre in ("croisement", "matrice") and not tableau.est_vide:
        largeur = largeur_utile(tableau, largeur)
    with _UN_SEUL, reglages():
        toile = cadre.commencer(tableau, largeur, palette)
        if tableau.est_vide:
            cadre.vide(toile, tableau)
        else:
            _DESSINS[tableau.genre](toile, tableau)
        cadre.finir(toile, tableau)
        return toile.rendre(forme, tableau.titre, description_de(tableau))
