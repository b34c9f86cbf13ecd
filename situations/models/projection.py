"""What statistics read: for each counted row, the small integers of its answers.

Written in the transaction that writes the truth (`situations.projection`), rebuilt from it by
`manage.py reprojeter`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Code(models.Model):
    """The number of one answer of one variable. Given once, never reused."""

    numero = models.AutoField(primary_key=True)
    variable = models.CharField(max_length=60)
    code = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["variable", "code"], name="code_unique"),
        ]

    def __str__(self):
        return f"{self.variable}={self.code}"


class FaitSituation(models.Model):
    situation = models.OneToOneField(
        "situations.Situation", primary_key=True, on_delete=models.CASCADE, related_name="fait"
    )
    territoire = models.ForeignKey(
        "territoires.Territoire", on_delete=models.CASCADE, db_index=False
    )
    mois = models.PositiveSmallIntegerField("mois depuis janvier 2000")
    transmise_le = models.DateField()
    validee = models.BooleanField()
    codes = ArrayField(models.IntegerField())

    class Meta:
        indexes = [models.Index(fields=["territoire", "mois"])]

    def __str__(self):
        return str(self.situation_id)


class FaitNonRecours(models.Model):
    non_recours = models.OneToOneField(
        "situations.NonRecours", primary_key=True, on_delete=models.CASCADE, related_name="fait"
    )
    situation = models.ForeignKey(
        FaitSituation, on_delete=models.CASCADE, related_name="non_recours"
    )
    codes = ArrayField(models.IntegerField())

    def __str__(self):
        return str(self.non_recours_id)
