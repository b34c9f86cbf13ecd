"""What accounts leave in the journal: the hooks of Django and of allauth, heard in one place."""

from allauth.account import signals as comptes
from allauth.mfa import signals as second_facteur
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as fournisseurs
from django.contrib.auth import signals as django
from django.dispatch import receiver

from territoires import essais, journal, sessions
from territoires.comptes import FACTEURS, AdaptateurComptes
from territoires.models import Journal


@receiver(django.user_logged_in)
def entree(request, user, **_) -> None:
    sessions.commencer(request.session)
    journal.ecrire("se_connecter", par=user, objet=user)


@receiver(comptes.user_logged_in)
def retour(request, user, **_) -> None:
    """By the login page: the account was not locked, or no longer is."""
    adaptateur = AdaptateurComptes(request)
    essais.oublier(adaptateur._get_login_attempts_cache_key(request, email=user.email))


@receiver(django.user_logged_out)
def sortie(user, **_) -> None:
    if user is not None:
        journal.ecrire("se_deconnecter", par=user, objet=user)


@receiver(comptes.password_changed)
@receiver(comptes.password_set)
def mot_de_passe_change(user, **_) -> None:
    journal.ecrire("changer_mot_de_passe", par=user, objet=user)


@receiver(comptes.password_reset)
def mot_de_passe_remplace(user, **_) -> None:
    """By a link received by e-mail."""
    journal.ecrire("remplacer_mot_de_passe", par=user, objet=user)
    sessions.fermer(user)


@receiver(comptes.email_changed)
def adresse_changee(user, **_) -> None:
    journal.ecrire("changer_adresse", par=user, objet=user)


@receiver(second_facteur.authenticator_added)
def facteur_ajoute(request, user, authenticator, **_) -> None:
    """The first one also closes the other sessions, that a password alone opened."""
    if authenticator.type not in FACTEURS:
        return
    journal.ecrire("ajouter_second_facteur", par=user, objet=user)
    if Authenticator.objects.filter(user=user, type__in=FACTEURS).count() == 1:
        sessions.fermer(user, sauf=request.session.session_key)


@receiver(second_facteur.authenticator_removed)
def facteur_retire(user, authenticator, **_) -> None:
    if authenticator.type in FACTEURS:
        journal.ecrire("retirer_second_facteur", par=user, objet=user)


@receiver(second_facteur.authenticator_reset)
def codes_refaits(user, **_) -> None:
    journal.ecrire("refaire_codes_de_secours", par=user, objet=user)


@receiver(second_facteur.authentication_failed)
def code_refuse(request, user, **_) -> None:
    journal.ecrire("se_connecter", par=None, objet=user, resultat=Journal.Resultat.REFUSE)
    essais.prevenir_si_verrouille(request, f"mfa-auth-user-{user.pk}", user)


@receiver(fournisseurs.social_account_added)
def fournisseur_relie(sociallogin, **_) -> None:
    journal.ecrire("relier_fournisseur", par=sociallogin.user, objet=sociallogin.user)
