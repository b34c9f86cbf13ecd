"""How accounts behave: django-allauth, closed to whoever was not invited."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from territoires import courriels, essais, journal
from territoires.models import Journal, Utilisateur

FACTEURS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# How long what one just proved (password, code, key) is not asked again, in seconds.
PREUVE_RECENTE = 300


def adresse_prouvee(utilisateur: Utilisateur) -> None:
    """Writes that the account's address is its owner's: whoever makes an account calls it."""
    EmailAddress.objects.update_or_create(
        user=utilisateur, email=utilisateur.email, defaults={"verified": True, "primary": True}
    )


def a_un_second_facteur(utilisateur: Utilisateur) -> bool:
    return is_mfa_enabled(utilisateur, FACTEURS)


class Portier(AuthenticationBackend):
    """Looks for the account of an address in one place, by one query, found or not."""

    def _authenticate_by_email(self, email: str, password: str) -> Utilisateur | None:
        compte = Utilisateur.objects.filter(email=email.lower()).first()
        return self._check_password(compte, password)


class AdaptateurComptes(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "L’adresse e-mail ou le mot de passe n’est pas le bon.",
        "too_many_login_attempts": "Trop d’essais sans succès\u00a0: attendez un quart d’heure, ou "
        "choisissez un nouveau mot de passe.",
        "rate_limited": "Trop d’essais sans succès\u00a0: attendez un quart d’heure.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "incorrect_password": "Ce n’est pas votre mot de passe.",
        "duplicate_email": "C’est déjà votre adresse.",
        "incorrect_code": "Ce code n’est pas le bon.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_client_ip(self, request) -> str:
        """The address the journal writes; the same for all when what names it is no address."""
        return journal.adresse_courante.get() or "0.0.0.0"

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("mon_compte")

    def get_email_verification_redirect_url(self, email_address) -> str:
        connecte = self.request.user.is_authenticated
        return reverse("mon_compte" if connecte else "account_login")

    def is_reauthentication_required(self, *, app: str, **_) -> bool:
        """A password, code or key given in the last five minutes is not asked again."""
        preuves = get_authentication_records(context.request, context.request.user)
        recente = timezone.now().timestamp() - PREUVE_RECENTE
        return not any(preuve["at"] > recente for preuve in preuves)

    def get_reauthentication_methods(self, user) -> list[dict]:
        libelles = {
            "reauthenticate": "Par votre mot de passe",
            "mfa_reauthenticate": "Par un code de l’application ou de secours",
            "mfa_reauthenticate:webauthn": "Par votre clé d’accès",
        }
        return [
            {**methode, "description": libelles[methode["id"]]}
            for methode in super().get_reauthentication_methods(user)
        ]

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Written here, sent by the worker: a page takes the same time with or without an e-mail."""
        message = self.render_mail(
            template_prefix, email, {"racine": racine(self.request), "email": email, **context}
        )
        courriels.envoyer.enqueue(message.subject, message.body, email)

    def authentication_failed(self, request, **identifiants) -> None:
        """The same work whether or not somebody has this address."""
        compte = Utilisateur.objects.filter(email=identifiants["email"].lower()).first()
        journal.ecrire("se_connecter", par=None, objet=compte, resultat=Journal.Resultat.REFUSE)
        essais.prevenir_si_verrouille(
            request, self._get_login_attempts_cache_key(request, **identifiants), compte
        )

    def confirm_email(self, request, email_address: EmailAddress) -> bool:
        """Nobody takes the address by which somebody else logs in."""
        autres = Utilisateur.objects.filter(email=email_address.email.lower())
        if autres.exclude(pk=email_address.user_id).exists():
            return False
        return super().confirm_email(request, email_address)

    def set_password(self, user, password: str) -> None:
        """Whoever sets a new one may try it at once, even if their account was locked."""
        super().set_password(user, password)
        self._delete_login_attempts_cached_email(self.request, email=user.email)
        essais.oublier(self._get_login_attempts_cache_key(self.request, email=user.email))


class AdaptateurSecondFacteur(DefaultMFAAdapter):
    """What proves a second factor is encrypted in the database, by keys made from SECRET_KEY."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Ce code n’est pas le bon. Les codes de l’application changent toutes les "
        "trente secondes\u00a0; un code de secours ne sert qu’une fois.",
        "cannot_generate_recovery_codes": "Les codes de secours accompagnent une application ou une "
        "clé\u00a0: ajoutez-en d’abord une.",
    }

    def encrypt(self, text: str) -> str:
        return _coffre().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _coffre().decrypt(encrypted_text).decode()

    def generate_authenticator_name(self, user, type) -> str:
        rang = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Ma clé d’accès" if rang == 1 else f"Ma clé d’accès n° {rang}"


def _coffre() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(urlsafe_b64encode(sha256(b"second facteur:" + secret.encode()).digest()))
        for secret in secrets
    )


def racine(request) -> str:
    """« https://barometre.example/ », what e-mails say one logs in to."""
    return request.build_absolute_uri("/")
