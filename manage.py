#!/usr/bin/env python
"""Django's command line, for operators and developers of the baromètre."""

import os
import sys

# These write to the schema or to what only its owner may write.
COMMANDES_DU_PROPRIETAIRE = {
    "migrate",
    "sqlmigrate",
    "showmigrations",
    "makemigrations",
    "demo",
    "purger",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bnr.settings")
    if len(sys.argv) > 1 and sys.argv[1] in COMMANDES_DU_PROPRIETAIRE:
        os.environ.setdefault("BNR_ROLE", "proprietaire")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as erreur:
        sys.exit(str(erreur))
    except OperationalError as erreur:
        sys.exit(f"La base de données ne répond pas : {' '.join(str(erreur).split())}")


if __name__ == "__main__":
    main()
