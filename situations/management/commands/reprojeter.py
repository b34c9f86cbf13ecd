"""Rebuilds what statistics read from the situations, which are the truth."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import QuerySet

from situations.models import FaitSituation, Situation
from situations.projection import projeter_plusieurs

LOT = 500


class Command(BaseCommand):
    help = "Reconstruit la projection que lisent les statistiques, à partir des situations."

    def handle(self, **options):
        FaitSituation.objects.exclude(situation__statut__in=Situation.COMPTES).delete()
        comptees = Situation.objects.filter(statut__in=Situation.COMPTES).order_by("pk")
        dernier, nombre = 0, 0
        while lot := _reprojeter(comptees.filter(pk__gt=dernier)[:LOT]):
            dernier, nombre = lot[-1].pk, nombre + len(lot)
        self.stdout.write(f"{nombre} situations projetées.")


@transaction.atomic
def _reprojeter(situations: QuerySet[Situation]) -> list[Situation]:
    """Locked, so that nobody writes between what is read and what is rebuilt from it."""
    lot = list(situations.select_for_update().prefetch_related("non_recours"))
    projeter_plusieurs(lot)
    return lot
