"""A definition written as an XLSForm workbook."""

import io
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from .ecriture import COLONNE_FORMAT, FORMAT, LANGUE, mot, nommer_variables, visible
from .lignes import ENTETES_CHOICES, ENTETES_SURVEY, Ligne, lignes_choices, lignes_survey

_LARGEURS = {"type": 24, "name": 24, "list_name": 20}
_LARGEUR = 36


def exporter(document: dict, *, titre: str, identifiant: str, version: str) -> bytes:
    """The XLSForm of a definition document, as the bytes of an .xlsx workbook.

    `titre`, `identifiant` and `version` are the form's in `settings`. The names of variables and
    choices are their codes; what only we know travels in columns named `bnr_…`.
    """
    survey, choices = lignes_survey(document), lignes_choices(document)
    classeur = Workbook()
    _ecrire(classeur.active, "survey", ENTETES_SURVEY, survey)
    _ecrire(classeur.create_sheet(), "choices", _avec_attributs(choices), choices)
    reglages = _reglages(titre, identifiant, version, [ligne.get("name", "") for ligne in survey])
    _ecrire(classeur.create_sheet(), "settings", tuple(reglages), [reglages])
    flux = io.BytesIO()
    classeur.save(flux)
    return flux.getvalue()


def _reglages(titre: str, identifiant: str, version: str, pris: Iterable[str]) -> Ligne:
    racine = nommer_variables([*pris, "formulaire bnr"])["formulaire bnr"]
    return {
        "form_title": visible(titre, "Formulaire"),
        "form_id": re.sub(r"[^\w.-]+", "_", identifiant, flags=re.ASCII) or mot(titre),
        "version": visible(version, "1"),
        "default_language": LANGUE,
        "name": racine,
        COLONNE_FORMAT: FORMAT,
    }


def _avec_attributs(choices: Sequence[Ligne]) -> tuple[str, ...]:
    """The headers of `choices`: the usual ones, then each attribute that some option carries."""
    vus = dict.fromkeys(cle for ligne in choices for cle in ligne)
    return tuple(dict.fromkeys((*ENTETES_CHOICES, *vus)))


def _ecrire(feuille: Worksheet, nom: str, entetes: Sequence[str], lignes: Iterable[Ligne]) -> None:
    feuille.title = nom
    for colonne, entete in enumerate(entetes, 1):
        cellule = feuille.cell(1, colonne, entete)
        cellule.font = Font(bold=True)
        feuille.column_dimensions[cellule.column_letter].width = _LARGEURS.get(entete, _LARGEUR)
    feuille.freeze_panes = "A2"
    for rang, ligne in enumerate(lignes, 2):
        for colonne, entete in enumerate(entetes, 1):
            if texte := ligne.get(entete, ""):
                cellule = feuille.cell(rang, colonne, texte)
                # A label that begins with « = » is a label, not a formula.
                cellule.data_type = "s"
