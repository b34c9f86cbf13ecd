"""E-mails about seats, sent in the background: an invitation's link, an addition to announce."""

import secrets
import smtplib

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from territoires.invitations import empreinte
from territoires.models import Invitation, Membre

# Written before the e-mail leaves: what is left when the process dies at that very moment. Nothing
# sends it again by itself, so that nobody receives two links of which one is dead.
INTERROMPU = "L’envoi a été interrompu\u00a0: on ne sait pas s’il est parti. Renvoyez-la au besoin."
REFUSEE = "Le serveur de messagerie a refusé cette adresse\u00a0: vérifiez-la."
INJOIGNABLE = "Le serveur de messagerie n’a pas répondu\u00a0: renvoyez-la plus tard."


@task
def envoyer_invitation(invitation: int, racine: str) -> None:
    """Makes the link's key and sends it, unless that was done, tried or is no longer wanted.

    `racine`: the address of the site, with its final slash.
    """
    with transaction.atomic():
        attendue = (
            Invitation.objects.ouvertes()
            .filter(pk=invitation, envoyee_le=None, echec="")
            .select_for_update()
            .first()
        )
        if attendue is None:
            return
        cle = changer_la_cle(attendue)
        attendue.echec = INTERROMPU
        attendue.save(update_fields=["empreinte", "echec"])
    noter_envoi(attendue, poster(attendue, cle, racine))


def changer_la_cle(invitation: Invitation) -> str:
    """A new random key for the link: the one before opens nothing any more. Not saved yet."""
    cle = secrets.token_urlsafe(32)
    invitation.empreinte = empreinte(cle)
    return cle


def lien(cle: str, racine: str) -> str:
    return racine.rstrip("/") + reverse("situations:accepter_invitation", args=[cle])


def poster(invitation: Invitation, cle: str, racine: str) -> str:
    """Sends the link by e-mail; why it could not be, else nothing."""
    contexte = {"invitation": invitation, "lien": lien(cle, racine)}
    lieu = invitation.territoire or "administration nationale"
    message = EmailMessage(
        subject=f"Invitation au baromètre du non-recours\u00a0: {lieu}",
        body=render_to_string("membres/courriels/invitation.txt", contexte),
        to=[invitation.email],
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused:
        return REFUSEE
    except (smtplib.SMTPException, OSError):
        return INJOIGNABLE
    return ""


def noter_envoi(invitation: Invitation, echec: str) -> None:
    """Keeps what became of the e-mail, unless another link was asked for meanwhile."""
    Invitation.objects.filter(pk=invitation.pk, empreinte=invitation.empreinte).update(
        envoyee_le=None if echec else timezone.now(), echec=echec
    )


def envoyer_maintenant(invitation: Invitation, racine: str) -> tuple[str, str]:
    """Sends an invitation without waiting for the worker: the link's key, and why it failed."""
    cle = changer_la_cle(invitation)
    invitation.save(update_fields=["empreinte"])
    echec = poster(invitation, cle, racine)
    noter_envoi(invitation, echec)
    return cle, echec


@task
def annoncer_siege(membre: int) -> None:
    """Tells the animateur that somebody now reads situations with them."""
    nouveau = Membre.objects.select_related("comite__territoire", "utilisateur", "organisme").get(
        pk=membre
    )
    territoire = nouveau.comite.territoire
    animateurs = Membre.objects.actuels().animateurs().filter(comite__territoire=territoire)
    destinataires = animateurs.exclude(utilisateur=nouveau.utilisateur)
    EmailMessage(
        subject=f"Comité technique\u00a0: {nouveau.utilisateur} y siège",
        body=render_to_string("membres/courriels/siege.txt", {"membre": nouveau}),
        to=list(destinataires.values_list("utilisateur__email", flat=True)),
    ).send()
