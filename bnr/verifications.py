"""What `manage.py check --deploy` must refuse here, and what production refuses to serve."""

import logging
import os

from django.apps import apps
from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, ProgrammingError, connection

from situations.demonstration import MARQUE

logger = logging.getLogger("bnr")


def deux_roles(app_configs, **_):
    """In production the application's role is neither the schema's owner nor the only one.

    The application's own PostgreSQL has both roles from its creation.
    """
    a_son_serveur = "SERVEUR_EMBARQUE" in settings.DATABASES["default"]
    if settings.EN_DEMONSTRATION or a_son_serveur or os.environ.get("DATABASE_URL_PROPRIETAIRE"):
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


def base_servable() -> bool:
    """Whether the database answers, and may be served by this environment.

    Raises ImproperlyConfigured when production finds in it the demonstration, whose passwords are
    public, when a demonstration finds real accounts, or when there is no table at all.
    """
    try:
        comptes = apps.get_model("territoires.Utilisateur").objects.exists()
        demonstration = apps.get_model("territoires.Empreinte").objects.filter(nom=MARQUE).exists()
    except (OperationalError, InterfaceError) as erreur:
        cause = " ".join(str(erreur).split())
        logger.error("La base de données ne répond pas encore : %s", cause)
        return False
    except ProgrammingError as erreur:
        raise ImproperlyConfigured(
            "La base de données n’est pas prête : lancer « manage.py migrate »."
        ) from erreur
    finally:
        connection.close()
    if settings.EN_DEMONSTRATION and comptes and not demonstration:
        raise ImproperlyConfigured(
            "Cette base contient de vrais comptes : la démonstration ne la sert pas. "
            "Écrire BNR_ENVIRONNEMENT=production, ou partir d’une base vide."
        )
    if demonstration and not settings.EN_DEMONSTRATION:
        raise ImproperlyConfigured(
            "Cette base contient la démonstration, dont les mots de passe sont publics : "
            "en production, partir d’une base vide."
        )
    return True
