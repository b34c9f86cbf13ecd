"""Fills an empty database with the demonstration, and prints its accounts."""

from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from pilotage.actions.demonstration import montrer_des_croisements
from situations.actions.demonstration import MOT_DE_PASSE, BaseNonVide, installer_demonstration
from situations.demonstration.territoires import (
    ADMINISTRATEUR_NATIONAL,
    ROLES,
    TERRITOIRES,
    PersonneDemo,
)


class Command(BaseCommand):
    help = "Remplit une base vide de données de démonstration et affiche les comptes."

    def add_arguments(self, parser):
        parser.add_argument(
            "--jusqua",
            metavar="AAAA-MM-JJ",
            type=_jour,
            help="dernier jour des données (aujourd’hui par défaut)",
        )
        parser.add_argument(
            "--comptes", action="store_true", help="affiche seulement les comptes, sans rien écrire"
        )

    def handle(self, *, jusqua, comptes, **options):
        if not settings.EN_DEMONSTRATION:
            raise CommandError("Les données de démonstration n’ont pas leur place en production.")
        if not comptes:
            try:
                with transaction.atomic():
                    installer_demonstration(jusqua=jusqua or timezone.localdate())
                    montrer_des_croisements()
            except BaseNonVide as erreur:
                raise CommandError(
                    "Cette base contient déjà quelque chose : la démonstration n’y touche pas."
                ) from erreur
        self._afficher_comptes()

    def _afficher_comptes(self):
        self.stdout.write(f"Comptes de démonstration (mot de passe : {MOT_DE_PASSE})")
        for territoire in TERRITOIRES:
            self.stdout.write(f"  {territoire.nom}")
            for personne in territoire.personnes:
                self._afficher_compte(personne)
        self.stdout.write("  Tous les territoires")
        self._afficher_compte(ADMINISTRATEUR_NATIONAL)

    def _afficher_compte(self, personne: PersonneDemo):
        self.stdout.write(f"    {personne.courriel:<44} {ROLES[personne.role]}")


def _jour(texte: str) -> date:
    return date.fromisoformat(texte)
