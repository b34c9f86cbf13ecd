"""Is this file a workbook one may open? Judged on its bytes and its directory, before any reading."""

import io
import struct
import zipfile
import zlib

from situations.moteur.langue import nombre

from .rapport import Refus

TAILLE_MAX = 5 * 1024 * 1024
ENTREES_MAX = 2_000
# What the archive may weigh once opened, and what each part but sheets and texts may.
OUVERT_MAX = 25 * 1024 * 1024
PARTIE_MAX = 1024 * 1024
# XML costs by the tag, which compresses to nothing: tags of one part, and of all.
BALISES_PARTIE_MAX, BALISES_MAX = 60_000, 1_000_000
_GRANDES = ("xl/worksheets/", "xl/sharedstrings.xml", "xl/media/", "xl/drawings/", "docprops/")
_TYPES = "[Content_Types].xml"
# The only ones that a spreadsheet writes.
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CONSIGNE = "Enregistrez-le depuis votre tableur au format «\u00a0Classeur Excel (.xlsx)\u00a0»."

# All that a damaged archive may raise while its directory or a part is read.
_ILLISIBLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AUTRES = (
    ("word/", "Ce fichier est un document Word et non un classeur."),
    ("ppt/", "Ce fichier est une présentation et non un classeur."),
    ("xl/workbook.bin", "Ce fichier est un classeur binaire .xlsb."),
    ("content.xml", "Ce fichier est un document LibreOffice (.ods ou .odt)."),
)


def verifier(contenu: bytes) -> None:
    """Raises Refus unless `contenu` is an .xlsx archive of a reasonable size, without macros."""
    if not contenu:
        raise Refus("Ce fichier est vide\u00a0: choisissez le classeur .xlsx du formulaire.")
    if len(contenu) > TAILLE_MAX:
        raise Refus(
            f"Ce fichier pèse plus de {TAILLE_MAX // 1024**2}\u00a0Mo, la taille permise\u00a0: un formulaire "
            "en pèse cent fois moins. Retirez-en les images et les feuilles inutiles."
        )
    if contenu.startswith(_OLE):
        raise Refus(
            f"Ce fichier est un ancien classeur .xls, ou il est protégé par un mot de passe. {_CONSIGNE}"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            _verifier_sommaire(archive)
    except _ILLISIBLE as erreur:
        if isinstance(erreur, Refus):
            raise
        raise Refus(
            f"Ce fichier n’est pas un classeur .xlsx, ou il est abîmé. {_CONSIGNE}"
        ) from erreur


def _verifier_sommaire(archive: zipfile.ZipFile) -> None:
    entrees = archive.infolist()
    noms = [entree.filename.lower() for entree in entrees]
    if any(nom.endswith("vbaproject.bin") for nom in noms):
        raise Refus(f"Ce classeur contient des macros, qui sont refusées. {_CONSIGNE}")
    for debut, phrase in _AUTRES:
        if any(nom.startswith(debut) for nom in noms):
            raise Refus(f"{phrase} {_CONSIGNE}")
    if _TYPES not in archive.namelist() or not any(nom.startswith("xl/") for nom in noms):
        raise Refus(f"Ce fichier est une archive .zip et non un classeur .xlsx. {_CONSIGNE}")
    if any(entree.flag_bits & 1 for entree in entrees):
        raise Refus("Ce classeur est protégé par un mot de passe\u00a0: retirez-le puis réessayez.")
    if any(e.compress_type not in _COMPRESSIONS for e in entrees):
        raise zipfile.BadZipFile
    _verifier_poids(archive, entrees)
    if b"macroEnabled" in archive.read(_TYPES):
        raise Refus(f"Ce classeur contient des macros, qui sont refusées. {_CONSIGNE}")


def _verifier_poids(archive: zipfile.ZipFile, entrees: list[zipfile.ZipInfo]) -> None:
    """Sizes as the directory says; zipfile never reads an entry beyond the size it declares."""
    trop = len(entrees) > ENTREES_MAX or sum(e.file_size for e in entrees) > OUVERT_MAX
    trop = trop or any(e.file_size > PARTIE_MAX and not _est_grande(e) for e in entrees)
    if trop or _a_trop_de_balises(archive, entrees):
        raise Refus(
            f"Une fois ouvert, ce classeur est démesuré (plus de {nombre(OUVERT_MAX // 1024**2)}\u00a0Mo, ou "
            "des cellules et des styles par centaines de milliers)\u00a0: recopiez ses questions dans un "
            "classeur neuf."
        )


def _est_grande(entree: zipfile.ZipInfo) -> bool:
    return entree.filename.lower().startswith(_GRANDES)


def _a_trop_de_balises(archive: zipfile.ZipFile, entrees: list[zipfile.ZipInfo]) -> bool:
    total = 0
    for entree in entrees:
        if entree.filename.lower().endswith((".xml", ".rels")):
            balises = archive.read(entree).count(b"<")
            total += balises
            if total > BALISES_MAX or (balises > BALISES_PARTIE_MAX and not _est_grande(entree)):
                return True
    return False
