"""Inviting people by e-mail, one by one or a whole list; sending again; revoking."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from territoires import journal
from territoires.collage import Ligne
from territoires.envois import changer_la_cle, envoyer_invitation
from territoires.invitations import SOI_MEME, VALIDITE, Examen, Examinee, Suite
from territoires.models import Comite, Invitation, LotInvitations, Organisme, Territoire
from territoires.permissions import se_donnerait_a_lire


class InvitationImpossible(Exception):
    """Why this invitation cannot be made, sent again or accepted; the message says so."""


@transaction.atomic
def inviter(
    *,
    territoire: Territoire,
    email: str,
    nom: str,
    racine: str,
    par,
    comite: Comite | None = None,
    organisme: Organisme | None = None,
) -> Invitation:
    """Offers a seat in a committee, or without committee the administration of the territory.

    The e-mail leaves in the background; `racine` is the address of the site. An expired invitation
    to the same seat gives way. Raises InvitationImpossible.
    """
    Territoire.objects.select_for_update().get(pk=territoire.pk)
    if comite is not None and se_donnerait_a_lire(par, comite, email):
        raise InvitationImpossible(SOI_MEME)
    memes = Invitation.objects.filter(territoire=territoire, comite=comite, email=email.lower())
    if memes.ouvertes().exists():
        raise InvitationImpossible(f"{email} est déjà dans les invitations à ce siège.")
    memes.en_attente().update(revoquee_le=timezone.now())
    return _offrir(email, nom, racine, par, territoire, comite, organisme)


def _offrir(email, nom, racine, par, territoire, comite, organisme, lot=None) -> Invitation:
    invitation = _creer(email, nom, par, territoire, comite, organisme, lot)
    envoyer_invitation.enqueue(invitation.pk, racine)
    return invitation


def _creer(email, nom, par, territoire=None, comite=None, organisme=None, lot=None) -> Invitation:
    invitation = Invitation(
        territoire=territoire,
        comite=comite,
        organisme=organisme,
        lot=lot,
        email=email.lower(),
        nom=nom,
        par=par,
        expire_le=timezone.now() + VALIDITE,
    )
    changer_la_cle(invitation)
    invitation.save()
    journal.ecrire("inviter", par=par, territoire=territoire, objet=invitation)
    return invitation


@transaction.atomic
def inviter_plusieurs(
    *, territoire: Territoire, lignes: Sequence[Ligne], racine: str, par
) -> tuple[LotInvitations | None, list[Examinee]]:
    """Invites every line that nothing prevents; the other lines come back, judged.

    Two people may send the same list at the same time: each seat is offered once.
    """
    Territoire.objects.select_for_update().get(pk=territoire.pk)
    examinees = Examen(territoire, par).examiner(lignes)
    pretes = [une for une in examinees if une.suite is Suite.PRETE]
    lot = LotInvitations.objects.create(territoire=territoire, par=par) if pretes else None
    _remplacer_les_expirees(territoire, pretes)
    for une in pretes:
        _offrir(une.email, une.ligne.nom, racine, par, territoire, une.comite, une.organisme, lot)
    return lot, [une for une in examinees if une.suite is not Suite.PRETE]


def _remplacer_les_expirees(territoire: Territoire, pretes: Sequence[Examinee]) -> None:
    """Those whose seat is offered again."""
    offerts = {(une.email, une.comite.pk) for une in pretes}
    attendues = territoire.invitations.en_attente().values_list("pk", "email", "comite")
    perimees = [pk for pk, email, comite in attendues if (email, comite) in offerts]
    Invitation.objects.filter(pk__in=perimees).update(revoquee_le=timezone.now())


@transaction.atomic
def renvoyer_invitation(*, invitation: Invitation, racine: str, par) -> None:
    """Sends a new link, valid from now on; the one before opens nothing any more."""
    invitation = _verrouiller_en_attente(invitation)
    changer_la_cle(invitation)
    invitation.expire_le = timezone.now() + VALIDITE
    invitation.envoyee_le, invitation.echec = None, ""
    invitation.save()
    journal.ecrire("renvoyer", par=par, territoire=invitation.territoire, objet=invitation)
    envoyer_invitation.enqueue(invitation.pk, racine)


@transaction.atomic
def revoquer_invitation(*, invitation: Invitation, par) -> None:
    """Its link opens nothing any more."""
    invitation = _verrouiller_en_attente(invitation)
    invitation.revoquee_le = timezone.now()
    invitation.save(update_fields=["revoquee_le"])
    journal.ecrire("revoquer", par=par, territoire=invitation.territoire, objet=invitation)


def _verrouiller_en_attente(invitation: Invitation) -> Invitation:
    # Its own row only: what it points at is not changed here.
    en_attente = Invitation.objects.en_attente().select_for_update(of=("self",))
    trouvee = en_attente.select_related("territoire", "comite", "organisme").filter(
        pk=invitation.pk
    )
    if (verrouillee := trouvee.first()) is None:
        raise InvitationImpossible(
            "Cette invitation est déjà acceptée ou révoquée\u00a0: il n’y a plus rien à en faire."
        )
    return verrouillee


@transaction.atomic
def inviter_national(*, email: str, nom: str) -> Invitation:
    """Offers to an address the administration of all territories; nothing is sent here."""
    memes = Invitation.objects.en_attente().filter(territoire=None, comite=None)
    memes.filter(email=email.lower()).update(revoquee_le=timezone.now())
    return _creer(email, nom, par=None)
