"""What the committees decide."""

from django.db import models
from django.db.models import F, Q


class Decision(models.Model):
    """A decision of a committee: dated, attributed, visible to the others, never erased."""

    class Nature(models.TextChoices):
        PERIODE = "periode", "Période observée"
        PRIORITES = "priorites", "Priorités de l’année"
        PUBLICATION = "publication", "Publication des résultats"
        AUTRE = "autre", "Autre décision"

    comite = models.ForeignKey(
        "territoires.Comite", on_delete=models.PROTECT, related_name="decisions"
    )
    nature = models.CharField(max_length=12, choices=Nature)
    intitule = models.CharField("intitulé", max_length=200)
    texte = models.TextField(blank=True)
    # The months observed, or the year of the priorities; both ends included.
    du = models.DateField(null=True, blank=True)
    au = models.DateField(null=True, blank=True)
    prise_le = models.DateField()
    par = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT, related_name="+")
    ecrite_le = models.DateTimeField(auto_now_add=True)
    annulee_le = models.DateTimeField(null=True)
    annulee_par = models.ForeignKey(
        "territoires.Utilisateur", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-prise_le", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(du__isnull=True) | Q(au__isnull=True) | Q(au__gte=F("du")),
                name="decision_periode_ordonnee",
            ),
        ]

    def __str__(self):
        return self.intitule
