"""Accepting an invitation: the account when there is none, then the seat, once."""

from django.db import transaction
from django.utils import timezone

from territoires import journal
from territoires.actions.invitations import InvitationImpossible
from territoires.actions.membres import ajouter_membre, nommer_administrateur, nommer_national
from territoires.comptes import adresse_prouvee
from territoires.envois import annoncer_siege
from territoires.invitations import SOI_MEME
from territoires.models import Administrateur, Invitation, Membre, Utilisateur
from territoires.permissions import fait_relire, se_donnerait_a_lire


@transaction.atomic
def accepter_en_creant_son_compte(
    *, invitation: Invitation, nom: str, fonction: str, mot_de_passe: str
) -> Utilisateur:
    """An account at the invited address, which the link proves, and the seat it was offered.

    Raises InvitationImpossible when that address has had an account meanwhile.
    """
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    if Utilisateur.objects.filter(email=invitation.email).exists():
        raise InvitationImpossible(
            "Un compte existe déjà pour cette adresse\u00a0: connectez-vous."
        )
    utilisateur = Utilisateur.objects.create_user(
        invitation.email, mot_de_passe, nom=nom, fonction=fonction
    )
    journal.ecrire("creer", par=utilisateur, territoire=invitation.territoire, objet=utilisateur)
    accepter_invitation(invitation=invitation, utilisateur=utilisateur)
    return utilisateur


@transaction.atomic
def accepter_invitation(*, invitation: Invitation, utilisateur: Utilisateur) -> None:
    """Gives the seat to the person of that address; accepted again by them, nothing is done.

    Raises InvitationImpossible for anyone else, and when the link opens nothing any more.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("territoire", "comite__territoire", "organisme", "par")
        .get(pk=invitation.pk)
    )
    if invitation.acceptee_par_id == utilisateur.pk:
        return
    if invitation.email != utilisateur.email:
        raise InvitationImpossible("Cette invitation est adressée à quelqu’un d’autre.")
    if invitation.etat in (Invitation.Etat.REVOQUEE, Invitation.Etat.EXPIREE):
        raise InvitationImpossible("Cette invitation n’est plus valable.")
    _donner_le_siege(invitation, utilisateur)
    # Whoever opened the link reads that mailbox.
    adresse_prouvee(utilisateur)
    invitation.acceptee_le, invitation.acceptee_par = timezone.now(), utilisateur
    invitation.save(update_fields=["acceptee_le", "acceptee_par"])
    journal.ecrire("accepter", par=utilisateur, territoire=invitation.territoire, objet=invitation)


def _donner_le_siege(invitation: Invitation, utilisateur: Utilisateur) -> None:
    territoire, comite = invitation.territoire, invitation.comite
    if territoire is None:
        nommer_national(utilisateur=utilisateur, par=utilisateur)
    elif comite is not None:
        _asseoir(invitation, utilisateur)
    elif not Administrateur.objects.actuels().filter(
        territoire=territoire, utilisateur=utilisateur
    ):
        nommer_administrateur(territoire=territoire, utilisateur=utilisateur, par=utilisateur)


def _asseoir(invitation: Invitation, utilisateur: Utilisateur) -> None:
    comite = invitation.comite
    if Membre.objects.actuels().filter(comite=comite, utilisateur=utilisateur).exists():
        return
    # One's own invitation, sent to an address that became one's own.
    if invitation.par == utilisateur and se_donnerait_a_lire(
        utilisateur, comite, utilisateur.email
    ):
        raise InvitationImpossible(SOI_MEME)
    membre = ajouter_membre(
        comite=comite, utilisateur=utilisateur, organisme=invitation.organisme, par=utilisateur
    )
    if fait_relire(comite):
        annoncer_siege.enqueue(membre.pk)
