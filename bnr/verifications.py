"""What `manage.py check --deploy` must refuse here."""

import os

from django.conf import settings
from django.core.checks import Error


def deux_roles(app_configs, **_):
    """In production the application's role is neither the schema's owner nor the only one."""
    if settings.EN_DEMONSTRATION or os.environ.get("DATABASE_URL_PROPRIETAIRE"):
        return []
    return [
        Error(
            "DATABASE_URL_PROPRIETAIRE manque.",
            hint="Donner à l’application un rôle PostgreSQL qui n’est pas le propriétaire du "
            "schéma (DATABASE_URL), et au propriétaire l’adresse avec laquelle il migre "
            "(DATABASE_URL_PROPRIETAIRE).",
            id="bnr.E001",
        )
    ]
