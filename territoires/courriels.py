"""E-mails about accounts, sent by the worker: whoever waits for the page does not wait for them."""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from territoires.models import Utilisateur

# When the mail server does not answer: minutes before each new attempt.
NOUVEAUX_ESSAIS = (1, 5, 30, 120)


@task()
def envoyer(sujet: str, corps: str, destinataire: str, essai: int = 0) -> None:
    """Sends; if the server refuses or does not answer, comes back to it later, four times."""
    try:
        send_mail(sujet, corps, settings.DEFAULT_FROM_EMAIL, [destinataire])
    except OSError:
        if essai == len(NOUVEAUX_ESSAIS):
            raise
        plus_tard = timezone.now() + timedelta(minutes=NOUVEAUX_ESSAIS[essai])
        envoyer.using(run_after=plus_tard).enqueue(sujet, corps, destinataire, essai + 1)


@task()
def envoyer_mot_de_passe_oublie(email: str, racine: str) -> None:
    """To an address that somebody typed: the link that opens its account, or that it has none."""
    compte = Utilisateur.objects.filter(email=email, is_active=True).first()
    if compte is None:
        _ecrire("account/email/unknown_account", email, {"racine": racine, "email": email})
        return
    chemin = reverse(
        "account_reset_password_from_key",
        args=[user_pk_to_url_str(compte), default_token_generator.make_token(compte)],
    )
    lien = racine.rstrip("/") + chemin
    _ecrire(
        "account/email/password_reset_key",
        email,
        {"racine": racine, "user": compte, "password_reset_url": lien},
    )


@task()
def prevenir_du_verrou(compte: int | None, racine: str) -> None:
    """Tells the owner, if there is one, that too many wrong passwords closed their account."""
    proprietaire = Utilisateur.objects.filter(pk=compte, is_active=True).first()
    if proprietaire is not None:
        lien = racine.rstrip("/") + reverse("account_reset_password")
        contexte = {"racine": racine, "user": proprietaire, "lien": lien, "le": timezone.now()}
        _ecrire("comptes/email/verrou", proprietaire.email, contexte)


@task()
def prevenir_du_retrait(compte: int) -> None:
    """Tells the owner that the operator took their second factor away."""
    proprietaire = Utilisateur.objects.get(pk=compte)
    _ecrire("comptes/email/retrait", proprietaire.email, {"le": timezone.now()})


def _ecrire(gabarit: str, destinataire: str, contexte: dict) -> None:
    sujet = render_to_string(f"{gabarit}_subject.txt", contexte).strip()
    corps = render_to_string(f"{gabarit}_message.txt", contexte).strip()
    envoyer.enqueue(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + sujet, corps, destinataire)
