"""Erases what is kept no longer: the journal, forgotten drafts, old free texts. Run every night."""

from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from situations.conservation import (
    brouillons_oublies,
    purger_brouillons,
    purger_textes,
    textes_anciens,
)
from situations.moteur.langue import compter
from territoires.conservation import lignes_anciennes, noter_purge, peut_purger, purger_journal
from territoires.models import Journal, Territoire


class Command(BaseCommand):
    help = (
        "Efface ce dont la durée de conservation est passée : journal, brouillons, textes libres."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--a-blanc", action="store_true", help="dit ce qui serait effacé, sans rien effacer"
        )

    def handle(self, *, a_blanc: bool, **options):
        maintenant = timezone.now()
        if a_blanc:
            self._annoncer(maintenant)
            return
        if not peut_purger():
            raise CommandError(
                "Ce rôle de la base de données ne peut rien effacer du journal, et c’est voulu. "
                "Lancer la purge avec celui du propriétaire : BNR_ROLE=proprietaire et, si "
                "DATABASE_URL est donnée, DATABASE_URL_PROPRIETAIRE."
            )
        self._purger(maintenant)

    def _annoncer(self, maintenant: datetime) -> None:
        self.stdout.write("À blanc : rien n’est effacé. Le serait :")
        self._dire_journal(lignes_anciennes(maintenant).count())
        for territoire in Territoire.objects.all():
            self._dire(
                territoire,
                brouillons_oublies(territoire, maintenant).count(),
                textes_anciens(territoire, maintenant).count(),
            )

    def _purger(self, maintenant: datetime) -> None:
        for territoire in Territoire.objects.all():
            self._dire(
                territoire,
                purger_brouillons(territoire, maintenant),
                purger_textes(territoire, maintenant),
            )
        nombre = purger_journal(maintenant)
        # Even when nothing was to be erased: the journal says that the purge ran.
        noter_purge("purger", Journal, nombre)
        self._dire_journal(nombre)

    def _dire_journal(self, nombre: int) -> None:
        mois = settings.JOURNAL_CONSERVATION_MOIS
        self.stdout.write(f"  Journal, au-delà de {mois} mois : {compter(nombre, 'ligne')}")

    def _dire(self, territoire: Territoire, brouillons: int, textes: int) -> None:
        self.stdout.write(
            f"  {territoire} : {compter(brouillons, 'brouillon')} au-delà de "
            f"{compter(territoire.conservation_brouillons, 'jour')}, textes de "
            f"{compter(textes, 'situation')} au-delà de {territoire.conservation_recits} mois"
        )
