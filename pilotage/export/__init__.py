"""What leaves the page: a table as a value of displayed things, its words, its CSV file.

Pure, and without matplotlib: the figures are drawn from the same value by `pilotage.figures`.
"""

from pilotage.export.description import description_de
from pilotage.export.tableau import Entete, Genre, Ligne, TableauAffiche, Valeur
from pilotage.export.tableur import en_csv

__all__ = ["Entete", "Genre", "Ligne", "TableauAffiche", "Valeur", "description_de", "en_csv"]
