"""What the operator reads in the logs."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError

BASE_ABSENTE = (OperationalError, InterfaceError)


class UneLigneSiBaseAbsente(logging.Filter):
    """One clear line instead of a traceback a request, when the database does not answer."""

    def filter(self, record):
        erreur = record.exc_info[1] if record.exc_info else None
        if isinstance(erreur, BASE_ABSENTE):
            cause = " ".join(str(erreur).split())
            record.msg, record.args = f"La base de données ne répond pas : {cause}", ()
            record.exc_info = record.exc_text = None
        if isinstance(erreur, PermissionDenied):
            # A refusal is no defect: its line is enough.
            record.exc_info = record.exc_text = None
        return True
