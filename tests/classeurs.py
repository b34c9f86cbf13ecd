"""Workbooks as the field writes them, built for the tests."""

import io
import zipfile

from openpyxl import Workbook

from situations.noyau import document_noyau
from situations.xlsform import Rapport, importer

SURVEY = ("type", "name", "label")
OUI_NON = [("list_name", "name", "label"), ("on", "oui", "Oui"), ("on", "non", "Non")]


def classeur(survey, choices=(), settings=(), **feuilles) -> bytes:
    """An .xlsx of rows; the first row of each sheet holds its headers."""
    livre = Workbook()
    livre.remove(livre.active)
    tout = {"survey": survey, "choices": choices, "settings": settings, **feuilles}
    for nom, lignes in tout.items():
        if lignes:
            feuille = livre.create_sheet(nom)
            for ligne in lignes:
                feuille.append(list(ligne))
    flux = io.BytesIO()
    livre.save(flux)
    return flux.getvalue()


def archive(**parties: bytes) -> bytes:
    """A zip of these parts, « __ » standing for a slash and « _dot_ » for a dot."""
    flux = io.BytesIO()
    with zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nom, contenu in parties.items():
            zip_.writestr(nom.replace("__", "/").replace("_dot_", "."), contenu)
    return flux.getvalue()


def remplacer(contenu: bytes, partie: str, nouveau: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    flux = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(contenu)) as source,
        zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as cible,
    ):
        for entree in source.infolist():
            if entree.filename != partie:
                cible.writestr(entree.filename, source.read(entree))
        cible.writestr(partie, nouveau)
    return flux.getvalue()


def lu(survey, choices=(), settings=(), **feuilles) -> Rapport:
    """The report of such a workbook, for the Pays des Vans."""
    return importe(classeur(survey, choices, settings, **feuilles))


def importe(contenu: bytes) -> Rapport:
    return importer(contenu, noyau=document_noyau(), territoire="pays-des-vans")


def questions(rapport: Rapport) -> dict[str, dict]:
    """The imported questions of the situation by variable, the section of rights left aside."""
    return {
        question["variable"]: question
        for section in rapport.document["sections"]
        if section["portee"] == "situation"
        for question in section["questions"]
    }


def raisons(rapport: Rapport, ligne: int, feuille: str = "survey") -> str:
    """All that the report says of one row."""
    return " ".join(
        f"{ecart.colonne} : {ecart.raison}"
        for ecart in rapport.ecartes
        if (ecart.feuille, ecart.ligne) == (feuille, ligne)
    )
