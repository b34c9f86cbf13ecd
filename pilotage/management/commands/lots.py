"""Asks for the batches of figures that are due; the worker prepares them."""

from django.core.management.base import BaseCommand

from pilotage.preparation_lots import demander_les_lots_dus


class Command(BaseCommand):
    help = "Demande les chiffres protégés qui peuvent avancer (à lancer chaque nuit)."

    def handle(self, **options):
        demandes = demander_les_lots_dus()
        self.stdout.write(f"Chiffres demandés à l’ouvrier : {len(demandes)}.")
