"""What the protected audiences read: batches of figures, kept as they may be shown."""

from django.db import models
from django.db.models import Q


class Lot(models.Model):
    """A batch: the list of tables that one audience reads, protected together.

    Without territory, the national one. `exacts` is what was counted, for the next batch to leave
    unchanged what did not change enough; only `proteges` is ever displayed.
    """

    class Audience(models.TextChoices):
        TERRITOIRE = "territoire", "Le territoire"
        NATIONAL = "national", "Les administrateurs nationaux"
        PUBLIC = "public", "Le public"

    class Etat(models.TextChoices):
        EN_PREPARATION = "en_preparation", "En préparation"
        PRET = "pret", "Prêt"
        ECHEC = "echec", "Interrompu"

    territoire = models.ForeignKey(
        "territoires.Territoire", null=True, on_delete=models.CASCADE, related_name="lots"
    )
    audience = models.CharField(max_length=12, choices=Audience)
    etat = models.CharField(max_length=16, choices=Etat, default=Etat.EN_PREPARATION)
    progression = models.PositiveSmallIntegerField("avancement, en pour cent", default=0)
    seuil = models.PositiveSmallIntegerField()
    demande_le = models.DateTimeField(auto_now_add=True)
    arrete_le = models.DateTimeField("chiffres au", null=True)
    exacts = models.JSONField(default=dict)
    proteges = models.JSONField(default=dict)

    class Meta:
        ordering = ["-arrete_le", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "audience"],
                condition=Q(etat="en_preparation"),
                nulls_distinct=False,
                name="lot_un_seul_en_preparation",
            ),
            models.CheckConstraint(
                condition=~Q(etat="pret") | Q(arrete_le__isnull=False), name="lot_pret_est_date"
            ),
        ]

    def __str__(self):
        return f"{self.territoire or 'National'} – {self.get_audience_display()}"


class Publication(models.Model):
    """What the comité de pilotage publishes: a batch frozen at the public's threshold."""

    territoire = models.ForeignKey(
        "territoires.Territoire", on_delete=models.CASCADE, related_name="publications"
    )
    lot = models.OneToOneField(Lot, on_delete=models.PROTECT)
    decision = models.OneToOneField("pilotage.Decision", on_delete=models.PROTECT)
    publiee_le = models.DateTimeField(null=True)
    retiree_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-publiee_le"]

    def __str__(self):
        return f"{self.territoire} – {self.publiee_le or 'en préparation'}"
