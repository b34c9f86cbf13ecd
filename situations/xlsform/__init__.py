"""XLSForm, both ways: a definition as a workbook that Kobo and ODK read, and back. Pure."""

from .exportation import exporter
from .importation import importer
from .rapport import Ecart, Rapport

__all__ = ["Ecart", "Rapport", "exporter", "importer"]
