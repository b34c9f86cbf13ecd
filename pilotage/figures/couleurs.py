"""The theme's colours, for figures; a test compares them with `static/css/theme.css`."""

from dataclasses import dataclass, field

from pilotage.presentation.noms import NOMS_DE_TYPE, SANS_DUREE

COULEURS_DE_TYPE = {
    "non-connaissance": "#1f6fb2",
    "non-demande": "#c8641b",
    "non-reception": "#2e8057",
    "non-proposition": "#7d4b9e",
    "non-orientation": "#9c2f52",
    "indetermine": "#8a8f98",
}
_OMBRES = (
    *("#ffffff", "#eef3f8", "#dfe8f1", "#cfdcea", "#bccfe2", "#a3bcd5"),
    *("#55799f", "#456b94", "#355d89", "#26507d", "#17406d"),
)
# Shades far enough from one another to stand side by side in a stacked bar, light to dark.
_ECHELLES = {
    1: (8,),
    2: (5, 8),
    3: (3, 6, 10),
    4: (2, 5, 7, 10),
    5: (1, 4, 5, 7, 10),
    6: (1, 3, 5, 6, 8, 10),
}
SANS_QUALITE = frozenset({"", "nsp", "NSP"})
_HORS_ECHELLE = dict.fromkeys(SANS_DUREE, "#d9d6cd")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a figure; `ombres` go from nothing (i0) to the greatest (i10)."""

    fond: str = "#ffffff"
    encre: str = "#1d2733"
    encre_douce: str = "#4c5664"
    trait: str = "#d9d6cd"
    barre: str = "#3d6ea3"
    population: str = "#757c86"
    marge: str = "#efede6"
    types: dict[str, str] = field(default_factory=lambda: dict(COULEURS_DE_TYPE))
    ombres: tuple[str, ...] = _OMBRES

    def de_reponse(self, variable: str, code: str) -> str:
        """The colour of an answer: a type's own, else the colour of bars."""
        nom = NOMS_DE_TYPE.get(code) if variable == "type" else None
        return self.types[nom] if nom else self.barre

    def sur(self, ombre: int) -> str:
        """The ink that reads on a shade (0 to 10)."""
        return self.fond if ombre >= 6 else self.encre

    def echelle(self, variable: str, codes: tuple[str, ...]) -> list[str]:
        """One colour for each answer of a stacked bar: the types' own, or a scale of shades.

        Answers that are not one (« ne sait pas ») are grey, whatever their place.
        """
        if variable == "type":
            return [self.de_reponse(variable, code) for code in codes]
        hors = _HORS_ECHELLE | dict.fromkeys(SANS_QUALITE, self.types["indetermine"])
        ordonnees = [code for code in codes if code not in hors]
        rangs = _ECHELLES.get(len(ordonnees)) or [
            1 + round(9 * i / max(1, len(ordonnees) - 1)) for i in range(len(ordonnees))
        ]
        suite = iter(rangs)
        return [hors[code] if code in hors else self.ombres[next(suite)] for code in codes]


PALETTE = Palette()
