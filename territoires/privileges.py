"""What the application's own database role may do, granted by the owner at each `migrate`."""

from django.conf import settings
from django.db import connections
from psycopg2 import sql

# The application writes here once and never again.
TABLES_EN_AJOUT_SEUL = ("territoires_journal", "situations_evenement")
# What is agreed or decided is replaced or cancelled, never erased.
TABLES_SANS_EFFACEMENT = ("territoires_charte", "territoires_adhesion", "pilotage_decision")
# Only `migrate`, run by the owner, writes here.
TABLES_EN_LECTURE_SEULE = (
    "django_migrations",
    "territoires_empreinte",
    "territoires_region",
    "territoires_departement",
    "territoires_epci",
    "territoires_commune",
    "situations_etatdunoyau",
)


def accorder(*, using: str) -> None:
    """Grants the application's role what it needs on every table, and no more."""
    role = settings.ROLE_APPLICATION
    connexion = connections[using]
    if not role or connexion.settings_dict["USER"] == role:
        return
    presentes = set(connexion.introspection.table_names())
    with connexion.cursor() as curseur:
        for ordre in (
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ):
            curseur.execute(sql.SQL(ordre).format(role=sql.Identifier(role)))
        for tables, ordre in (
            (TABLES_EN_AJOUT_SEUL, "REVOKE UPDATE, DELETE ON {table} FROM {role}"),
            (TABLES_SANS_EFFACEMENT, "REVOKE DELETE ON {table} FROM {role}"),
            (TABLES_EN_LECTURE_SEULE, "REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}"),
        ):
            for table in presentes.intersection(tables):
                curseur.execute(
                    sql.SQL(ordre).format(table=sql.Identifier(table), role=sql.Identifier(role))
                )
