"""Old answers that mean the same as new ones: analyses follow, situations do not change."""

from django.db import models
from django.db.models import F, Q


class Recodage(models.Model):
    """In one territory, the answer `ancien` is counted as the answer `nouveau`."""

    territoire = models.ForeignKey(
        "territoires.Territoire", on_delete=models.CASCADE, related_name="recodages"
    )
    ancien = models.ForeignKey("situations.Code", on_delete=models.PROTECT, related_name="+")
    nouveau = models.ForeignKey("situations.Code", on_delete=models.PROTECT, related_name="+")
    par = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT)
    le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["le"]
        constraints = [
            models.UniqueConstraint(fields=["territoire", "ancien"], name="recodage_une_fois"),
            models.CheckConstraint(
                condition=~Q(ancien=F("nouveau")), name="recodage_change_quelque_chose"
            ),
        ]

    def __str__(self):
        return f"{self.ancien} → {self.nouveau}"
