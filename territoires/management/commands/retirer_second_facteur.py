"""For whoever lost telephone, key and recovery codes: an operator, sure of who asks, opens again."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from territoires import courriels, journal, sessions
from territoires.models import Utilisateur


class Command(BaseCommand):
    help = "Retire le second facteur d’un compte, ferme ses sessions et prévient son propriétaire."

    def add_arguments(self, parser):
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *, email, **options):
        compte = Utilisateur.objects.filter(email=email.strip().lower()).first()
        if compte is None:
            raise CommandError(f"Aucun compte n’a l’adresse «\u00a0{email}\u00a0».")
        retires, _ = Authenticator.objects.filter(user=compte).delete()
        if not retires:
            raise CommandError(f"{compte} n’a pas de second facteur.")
        sessions.fermer(compte)
        journal.ecrire("retirer_second_facteur", par=None, objet=compte)
        courriels.prevenir_du_retrait.enqueue(compte.pk)
        self.stdout.write(f"Le second facteur de {compte} est retiré, ses sessions sont fermées.")
