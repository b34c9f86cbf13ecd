"""Who is asked to take part, by e-mail, before they have a seat."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone


class LotInvitations(models.Model):
    """The invitations of one pasted list, sent in the background."""

    territoire = models.ForeignKey("territoires.Territoire", on_delete=models.CASCADE)
    par = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT)
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-cree_le"]

    def __str__(self):
        return f"{self.territoire} – {self.cree_le:%d/%m/%Y %H:%M}"


class InvitationQuerySet(models.QuerySet):
    def en_attente(self):
        """Neither accepted nor revoked, expired or not."""
        return self.filter(acceptee_le=None, revoquee_le=None)

    def ouvertes(self):
        """Those whose link still opens."""
        return self.en_attente().filter(expire_le__gt=timezone.now())


class Invitation(models.Model):
    """A seat offered to an e-mail address: in a committee, or as an administrator.

    Without committee: administrator of the territory; without territory: national administrator.
    Only the fingerprint of the link's key is kept.
    """

    class Etat(models.TextChoices):
        EN_ATTENTE = "en_attente", "En attente d’envoi"
        ENVOYEE = "envoyee", "Envoyée"
        ECHEC = "echec", "Envoi échoué"
        EXPIREE = "expiree", "Expirée"
        REVOQUEE = "revoquee", "Révoquée"
        ACCEPTEE = "acceptee", "Acceptée"

    territoire = models.ForeignKey(
        "territoires.Territoire", null=True, on_delete=models.CASCADE, related_name="invitations"
    )
    comite = models.ForeignKey("territoires.Comite", null=True, on_delete=models.CASCADE)
    organisme = models.ForeignKey("territoires.Organisme", null=True, on_delete=models.PROTECT)
    lot = models.ForeignKey(
        LotInvitations, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    email = models.EmailField(max_length=254)
    nom = models.CharField(max_length=120, blank=True)
    empreinte = models.CharField(max_length=64, unique=True)
    par = models.ForeignKey(
        "territoires.Utilisateur", null=True, on_delete=models.PROTECT, related_name="+"
    )
    creee_le = models.DateTimeField(auto_now_add=True)
    expire_le = models.DateTimeField()
    envoyee_le = models.DateTimeField(null=True)
    echec = models.CharField("pourquoi l’envoi a échoué", max_length=200, blank=True)
    acceptee_le = models.DateTimeField(null=True)
    acceptee_par = models.ForeignKey(
        "territoires.Utilisateur", null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoquee_le = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["nom", "email"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_email_en_minuscules"
            ),
            models.CheckConstraint(
                condition=Q(comite__isnull=True)
                | Q(territoire__isnull=False, organisme__isnull=False),
                name="invitation_au_comite_complete",
            ),
            models.UniqueConstraint(
                fields=["email", "comite", "territoire"],
                condition=Q(acceptee_le__isnull=True, revoquee_le__isnull=True),
                nulls_distinct=False,
                name="invitation_une_en_attente",
            ),
            models.CheckConstraint(
                condition=Q(expire_le__gt=F("creee_le")), name="invitation_expire_apres"
            ),
        ]

    def __str__(self):
        return f"{self.email} – {self.comite or self.territoire or 'national'}"

    @property
    def etat(self) -> Etat:
        """Where it stands now: its end first, then what became of the e-mail."""
        etats = {
            self.Etat.ACCEPTEE: self.acceptee_le,
            self.Etat.REVOQUEE: self.revoquee_le,
            self.Etat.EXPIREE: self.expire_le <= timezone.now(),
            self.Etat.ECHEC: self.echec,
            self.Etat.ENVOYEE: self.envoyee_le,
        }
        return next((etat for etat, vrai in etats.items() if vrai), self.Etat.EN_ATTENTE)
