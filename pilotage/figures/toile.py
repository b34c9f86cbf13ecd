"""A sheet drawn in pixels from its top left corner, then written as PNG or SVG.

Everything that could differ between two runs (identifiers, dates, the version of the library, the
fonts of the machine) is fixed: the same drawing gives the same bytes.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from pilotage.figures.couleurs import Palette
from pilotage.figures.texte import POLICES, couper, dessinable, largeur_de, nettoyer

Format = Literal["png", "svg"]

PIXELS_PAR_POUCE = 100
POINTS_PAR_PIXEL = 72 / PIXELS_PAR_POUCE
# Two points of a screen for a pixel of the drawing: sharp when printed.
DENSITE_PNG = 2
ETROITE = 560
BORD, BORD_ETROIT = 24, 14
_FEUILLE = re.compile(r"<style[^>]*>[^<]*</style>")
_STYLE = re.compile(r'style="([^"]*)"')
REGLAGES = {
    "svg.hashsalt": "bnr",
    "svg.fonttype": "path",
    "hatch.linewidth": 0.7,
    "path.simplify": False,
    "text.usetex": False,
    "text.antialiased": True,
    "text.hinting": "none",
}


@dataclass
class Toile:
    """What is drawn, and `y`, where the next thing goes; widths and heights in pixels."""

    largeur: float
    palette: Palette
    y: float = 0
    _objets: list = field(default_factory=list)

    @property
    def est_etroite(self) -> bool:
        """Whether labels stand above what they name, as on a phone."""
        return self.largeur < ETROITE

    @property
    def bord(self) -> float:
        return BORD_ETROIT if self.est_etroite else BORD

    @property
    def place(self) -> float:
        """The width between the borders."""
        return self.largeur - 2 * self.bord

    def rectangle(
        self,
        x: float,
        y: float,
        largeur: float,
        hauteur: float,
        couleur: str,
        *,
        contour: str | None = None,
    ) -> None:
        self._objets.append(
            Rectangle(
                (x, y),
                largeur,
                hauteur,
                facecolor=couleur,
                edgecolor=contour or "none",
                linewidth=0.8 if contour else 0,
            )
        )

    def hachures(self, x: float, y: float, largeur: float, hauteur: float) -> None:
        """What stands where a count is hidden; its size says nothing."""
        self._objets.append(
            Rectangle(
                (x, y),
                largeur,
                hauteur,
                facecolor=self.palette.fond,
                edgecolor=self.palette.population,
                linewidth=0.7,
                linestyle=(0, (3, 2)),
                hatch="/////",
            )
        )

    def fleche(self, x: float, y: float, cote: float) -> None:
        """A small triangle that points down, from one step to the next."""
        points = [(x, y), (x + cote, y), (x + cote / 2, y + cote * 0.6)]
        self._objets.append(Polygon(points, facecolor=self.palette.population, linewidth=0))

    def texte(
        self,
        x: float,
        y: float,
        texte: str,
        *,
        taille: float = 13,
        couleur: str | None = None,
        gras: bool = False,
        italique: bool = False,
        cote: Literal["left", "right", "center"] = "left",
        vertical: bool = False,
    ) -> None:
        """One line of text whose base line is at `y`; `vertical` reads upwards from there."""
        self._objets.append(
            Text(
                x,
                y,
                dessinable(texte),
                color=couleur or self.palette.encre,
                fontproperties=FontProperties(
                    fname=POLICES[gras, italique], size=taille * POINTS_PAR_PIXEL
                ),
                horizontalalignment="left" if vertical else cote,
                verticalalignment="baseline",
                rotation=90 if vertical else 0,
                rotation_mode="anchor",
                parse_math=False,
            )
        )

    def paragraphe(
        self, texte: str, *, taille: float, couleur: str | None = None, gras: bool = False
    ) -> None:
        """A text on the whole width, at `y`, which moves under it."""
        for ligne in couper(texte, self.place, taille, gras=gras):
            self.y += taille * 1.35
            self.texte(
                self.bord, self.y - taille * 0.3, ligne, taille=taille, couleur=couleur, gras=gras
            )

    def lignes(self, x: float, y: float, lignes: Sequence[str], *, taille: float, **style) -> None:
        """Lines of text centred on the height `y`."""
        pas = taille * 1.25
        haut = y - pas * len(lignes) / 2
        for rang, ligne in enumerate(lignes):
            self.texte(x, haut + pas * rang + taille * 0.97, ligne, taille=taille, **style)

    def rendre(self, forme: Format, titre: str, description: str) -> bytes:
        """The bytes of the file, `y` being its height."""
        figure = Figure(
            figsize=(self.largeur / PIXELS_PAR_POUCE, self.y / PIXELS_PAR_POUCE),
            dpi=PIXELS_PAR_POUCE * DENSITE_PNG,
            facecolor=self.palette.fond,
            edgecolor="none",
        )
        pixels = Affine2D().scale(1 / self.largeur, -1 / self.y).translate(0, 1)
        for objet in self._objets:
            objet.set_transform(pixels + figure.transFigure)
            figure.add_artist(objet)
        return _png(figure, titre) if forme == "png" else _svg(figure, titre, description)


def _png(figure: Figure, titre: str) -> bytes:
    flux = io.BytesIO()
    FigureCanvasAgg(figure).print_png(flux, metadata={"Title": nettoyer(titre), "Software": None})
    return flux.getvalue()


def _svg(figure: Figure, titre: str, description: str) -> bytes:
    """With the title and the description that screen readers tell, in place of the metadata."""
    flux = io.BytesIO()
    vides = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    FigureCanvasSVG(figure).print_svg(flux, metadata=vides)
    entete, balise, corps = flux.getvalue().decode().partition("<svg ")
    attributs, chevron, dessin = corps.partition(">")
    lu = f"\n <title>{escape(nettoyer(titre))}</title>\n <desc>{escape(nettoyer(description))}</desc>"
    traits = 'role="img" lang="fr" stroke-linejoin="round" stroke-linecap="butt" '
    dessin = _STYLE.sub(_en_attributs, _FEUILLE.sub("", dessin))
    return f"{entete}{balise}{traits}{attributs}{chevron}{lu}{dessin}".encode()


def _en_attributs(style: re.Match) -> str:
    """`style="fill: #fff"` → `fill="#fff"`: a policy that refuses styles shows the figure whole."""
    proprietes = (p.partition(":") for p in style[1].split(";") if p.strip())
    return " ".join(f'{nom.strip()}="{valeur.strip()}"' for nom, _, valeur in proprietes)


def reglages():
    """The context in which figures are drawn, whatever the settings of the machine."""
    return matplotlib.rc_context(REGLAGES)


def largeur_maximale(textes: Sequence[str], taille: float, *, gras: bool = False) -> float:
    """The width of the widest of these texts; 0 when there is none."""
    return max((largeur_de(dessinable(texte), taille, gras) for texte in textes), default=0)
