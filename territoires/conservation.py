"""How long things are kept, and the purge of the journal: the owner's gestures, never the
application's, whose database role may not remove anything from the journal."""

import calendar
from datetime import datetime

from django.conf import settings
from django.db import connection

from territoires.models import Journal

LOT = 5000


def il_y_a(mois: int, maintenant: datetime) -> datetime:
    """The same moment so many months earlier; the last day of a shorter month."""
    annee, rang = divmod(maintenant.year * 12 + maintenant.month - 1 - mois, 12)
    jour = min(maintenant.day, calendar.monthrange(annee, rang + 1)[1])
    return maintenant.replace(year=annee, month=rang + 1, day=jour)


def peut_purger() -> bool:
    """Whether this connection's role may remove lines of the journal."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT has_table_privilege(current_user, %s, 'DELETE')", [Journal._meta.db_table]
        )
        return curseur.fetchone()[0]


def lignes_anciennes(maintenant: datetime):
    """The lines older than what the settings say."""
    return Journal.objects.filter(
        le__lt=il_y_a(settings.JOURNAL_CONSERVATION_MOIS, maintenant)
    ).order_by("le")


def purger_journal(maintenant: datetime) -> int:
    """Removes them, a batch at a time; how many there were."""
    nombre = 0
    while lot := list(lignes_anciennes(maintenant).values_list("pk", flat=True)[:LOT]):
        nombre += Journal.objects.filter(pk__in=lot).delete()[0]
    return nombre


def noter_purge(geste: str, modele: type, nombre: int, *, territoire=None) -> None:
    """The journal's line of a purge: how many objects of this kind, and nothing of any of them."""
    Journal.objects.create(
        territoire_id=territoire.pk if territoire else None,
        geste=geste,
        objet=modele.__name__,
        objet_id=f"{nombre} au total",
    )
