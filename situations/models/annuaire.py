"""« Qui appeler » : where a territory's organismes are reached, and about which rights."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from situations.telephones import lien

# Checked longer ago than six months, a desk may have moved or closed.
PEREMPTION = timedelta(days=183)


class PointDeContactQuerySet(models.QuerySet):
    def publies(self, territoire):
        """The desks of this territory that its directory shows, with what it says of them."""
        return self.filter(organisme__territoire=territoire, retire=False).select_related(
            "organisme"
        )


class PointDeContact(models.Model):
    """A desk of an organisme: never a person's name, but how to reach it and what for."""

    organisme = models.ForeignKey(
        "territoires.Organisme", on_delete=models.CASCADE, related_name="points_de_contact"
    )
    service = models.CharField("service ou fonction", max_length=160)
    telephone = models.CharField("téléphone", max_length=40, blank=True)
    courriel = models.EmailField("adresse e-mail", max_length=254, blank=True)
    site = models.URLField("site internet", max_length=300, blank=True)
    adresse = models.CharField(max_length=300, blank=True)
    horaires = models.CharField(max_length=300, blank=True)
    precisions = models.CharField("à savoir", max_length=600, blank=True)
    droits = models.ManyToManyField("situations.Droit", blank=True)
    verifie_le = models.DateField("vérifié le", default=timezone.localdate)
    verifie_par = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT)
    retire = models.BooleanField(default=False)

    objects = PointDeContactQuerySet.as_manager()

    class Meta:
        ordering = ["organisme__nom", "service"]

    def __str__(self):
        return f"{self.organisme} – {self.service}"

    @property
    def est_a_verifier(self) -> bool:
        return timezone.localdate() - self.verifie_le > PEREMPTION

    @property
    def lien_telephone(self) -> str:
        return lien(self.telephone)


class Correction(models.Model):
    """What a member proposes to change in the directory, or to add to it."""

    class Etat(models.TextChoices):
        PROPOSEE = "proposee", "Proposée"
        ACCEPTEE = "acceptee", "Acceptée"
        REFUSEE = "refusee", "Refusée"

    territoire = models.ForeignKey("territoires.Territoire", on_delete=models.CASCADE)
    point = models.ForeignKey(
        PointDeContact, null=True, on_delete=models.CASCADE, related_name="corrections"
    )
    # What the directory would say: the fields of a desk, as typed in its form.
    contenu = models.JSONField(default=dict)
    commentaire = models.CharField(max_length=600, blank=True)
    par = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField(auto_now_add=True)
    etat = models.CharField(max_length=10, choices=Etat, default=Etat.PROPOSEE)
    traitee_par = models.ForeignKey(
        "territoires.Utilisateur", null=True, on_delete=models.PROTECT, related_name="+"
    )
    traitee_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ["le"]

    def __str__(self):
        return f"{self.point or 'Nouveau point de contact'} – {self.get_etat_display()}"
