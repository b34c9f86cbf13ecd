"""Writing who takes part: seats in committees, the animateur, administrators."""

from django.db import transaction
from django.utils import timezone

from territoires import journal, sessions
from territoires.models import Administrateur, Comite, Membre, Organisme, Territoire, Utilisateur
from territoires.permissions import (
    a_un_role,
    fait_relire,
    oublier_roles,
    roles_par_territoire,
)


@transaction.atomic
def ajouter_membre(
    *,
    comite: Comite,
    utilisateur: Utilisateur,
    organisme: Organisme,
    par,
    est_animateur=False,
    du=None,
) -> Membre:
    """Seats a person in a committee, today unless `du` says otherwise."""
    periode = {"du": du} if du else {}
    membre = Membre.objects.create(
        comite=comite,
        utilisateur=utilisateur,
        organisme=organisme,
        est_animateur=est_animateur,
        **periode,
    )
    journal.ecrire("ajouter", par=par, territoire=comite.territoire, objet=membre)
    return membre


@transaction.atomic
def changer_organisme(*, membre: Membre, organisme: Organisme, par) -> None:
    """From now on the member sits for this organisme; what they wrote keeps the one it had."""
    membre.organisme = organisme
    membre.save(update_fields=["organisme"])
    journal.ecrire("modifier", par=par, territoire=membre.comite.territoire, objet=membre)


@transaction.atomic
def faire_partir(*, membre: Membre, par) -> Membre:
    """Ends a seat today: it opens nothing any more, in open sessions either.

    When no role is left in the territory, what was offered there is revoked; when none is left
    anywhere, sessions are closed. Already ended, nothing is done.
    """
    membre = (
        Membre.objects.select_for_update(of=("self",))
        .select_related("comite__territoire", "utilisateur")
        .get(pk=membre.pk)
    )
    if membre.au is not None:
        return membre
    membre.au = max(timezone.localdate(), membre.du)
    membre.save(update_fields=["au"])
    journal.ecrire("faire_partir", par=par, territoire=membre.comite.territoire, objet=membre)
    _fermer_ce_qui_reste(membre.utilisateur, membre.comite.territoire)
    return membre


def _fermer_ce_qui_reste(utilisateur: Utilisateur, territoire: Territoire) -> None:
    oublier_roles(utilisateur)
    if not roles_par_territoire(utilisateur).get(territoire.pk):
        territoire.invitations.en_attente().filter(email=utilisateur.email).update(
            revoquee_le=timezone.now()
        )
    if not a_un_role(utilisateur):
        sessions.fermer(utilisateur)


@transaction.atomic
def designer_animateur(*, membre: Membre, par) -> Membre:
    """Makes a member of the comité technique the permanent animateur, in place of the present one.

    Raises ValueError for a seat elsewhere, or ended.
    """
    comite = Comite.objects.select_for_update().get(pk=membre.comite_id)
    membre = comite.membres.actuels().get(pk=membre.pk)
    if not fait_relire(comite):
        raise ValueError(f"{comite} has no animateur")
    comite.membres.filter(est_animateur=True, au=None).update(est_animateur=False)
    membre.est_animateur = True
    membre.save(update_fields=["est_animateur"])
    for siege in comite.membres.select_related("utilisateur"):
        oublier_roles(siege.utilisateur)
    journal.ecrire("designer_animateur", par=par, territoire=comite.territoire, objet=membre)
    return membre


@transaction.atomic
def nommer_administrateur(
    *, territoire: Territoire, utilisateur: Utilisateur, par
) -> Administrateur:
    administrateur = Administrateur.objects.create(territoire=territoire, utilisateur=utilisateur)
    journal.ecrire("nommer", par=par, territoire=territoire, objet=administrateur)
    return administrateur


class DernierAdministrateur(Exception):
    """Nobody would administer the territory any more."""


@transaction.atomic
def retirer_administrateur(*, administrateur: Administrateur, par, meme_le_dernier=False) -> None:
    """Ends an administration today. Raises DernierAdministrateur, unless that is wanted."""
    territoire = Territoire.objects.select_for_update().get(pk=administrateur.territoire_id)
    administrateur = Administrateur.objects.select_related("utilisateur").get(pk=administrateur.pk)
    if administrateur.au is not None:
        return
    autres = territoire.administrateurs.actuels().exclude(pk=administrateur.pk)
    if not meme_le_dernier and not autres.exists():
        raise DernierAdministrateur
    administrateur.au = max(timezone.localdate(), administrateur.du)
    administrateur.save(update_fields=["au"])
    journal.ecrire("retirer", par=par, territoire=territoire, objet=administrateur)
    _fermer_ce_qui_reste(administrateur.utilisateur, territoire)


@transaction.atomic
def nommer_national(*, utilisateur: Utilisateur, par) -> None:
    """Gives the administration of all territories."""
    utilisateur.est_administrateur_national = True
    utilisateur.save(update_fields=["est_administrateur_national"])
    journal.ecrire("nommer_national", par=par, objet=utilisateur)
