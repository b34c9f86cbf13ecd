"""Rebuilds what statistics read from the situations, which are the truth."""

from django.core.management.base import BaseCommand

from situations.models import FaitSituation, Situation
from situations.projection import projeter_plusieurs

LOT = 500


class Command(BaseCommand):
    help = "Reconstruit la projection que lisent les statistiques, à partir des situations."

    def handle(self, **options):
        FaitSituation.objects.exclude(situation__statut__in=Situation.COMPTES).delete()
        comptees = Situation.objects.filter(statut__in=Situation.COMPTES).order_by("pk")
        dernier, nombre = 0, 0
        while lot := list(comptees.filter(pk__gt=dernier).prefetch_related("non_recours")[:LOT]):
            projeter_plusieurs(lot)
            dernier, nombre = lot[-1].pk, nombre + len(lot)
        self.stdout.write(f"{nombre} situations projetées.")
