"""How an empty application begins: invites a national administrator, by e-mail and on the screen."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import ProgrammingError

from territoires import actions
from territoires.envois import envoyer_maintenant, lien
from territoires.models import Utilisateur


class Command(BaseCommand):
    help = "Invite un administrateur national\u00a0: affiche le lien et l’envoie par e-mail."

    def add_arguments(self, parser):
        parser.add_argument("email", help="son adresse e-mail")
        parser.add_argument("nom", nargs="?", default="", help="son nom et son prénom")
        parser.add_argument(
            "--adresse",
            default=_adresse_du_site(),
            help="adresse du site, au début du lien (%(default)s par défaut)",
        )

    def handle(self, *, email: str, nom: str, adresse: str, **options):
        email, nom = email.strip().lower(), " ".join(nom.split())
        try:
            validate_email(email)
        except ValidationError as erreur:
            raise CommandError(
                f"«\u00a0{email}\u00a0» n’est pas une adresse e-mail complète."
            ) from erreur
        if len(nom) > 120:
            raise CommandError("Ce nom est trop long\u00a0: 120 caractères au plus.")
        try:
            self._inviter(email, nom, adresse)
        except ProgrammingError as erreur:
            raise CommandError(
                "La base de données n’est pas prête\u00a0: lancer «\u00a0manage.py migrate\u00a0»."
            ) from erreur

    def _inviter(self, email: str, nom: str, adresse: str) -> None:
        compte = Utilisateur.objects.filter(email=email).first()
        if compte is not None and not compte.is_active:
            raise CommandError(
                f"Le compte de {email} est désactivé\u00a0: il ne peut rien administrer."
            )
        if compte is not None and compte.est_administrateur_national:
            raise CommandError(f"{compte} est déjà administrateur national.")
        invitation = actions.inviter_national(email=email, nom=nom)
        cle, echec = envoyer_maintenant(invitation, adresse)
        self.stdout.write(
            f"Lien valable jusqu’au {invitation.expire_le:%d/%m/%Y}, à usage unique\u00a0:"
        )
        self.stdout.write(f"  {lien(cle, adresse)}")
        if echec:
            self.stderr.write(
                f"L’e-mail n’est pas parti\u00a0: {echec} Transmettez le lien vous-même."
            )
        else:
            self.stdout.write(f"Envoyé à {email}.")


def _adresse_du_site() -> str:
    if settings.EN_DEMONSTRATION:
        return "http://localhost:8000"
    return f"https://{settings.ALLOWED_HOSTS[0]}"
