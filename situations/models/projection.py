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


class Xid8(models.Field):
    """The number of a transaction, as PostgreSQL counts them over 64 bits."""

    def db_type(self, connection):
        return "xid8"


class FaitSituation(models.Model):
    """`estampille`: the last transaction that changed this row or its non-recours; PostgreSQL
    writes it (a trigger), Python never does."""

    situation = models.OneToOneField(
        "situations.Situation", primary_key=True, on_delete=models.CASCADE, related_name="fait"
    )
    territoire = models.ForeignKey(
        "territoires.Territoire", on_delete=models.CASCADE, db_index=False
    )
    mois = models.PositiveSmallIntegerField("mois depuis janvier 2000")
    transmise_le = models.DateField()
    validee = models.BooleanField()
    organisme = models.ForeignKey(
        "territoires.Organisme", null=True, on_delete=models.PROTECT, db_index=False
    )
    codes = ArrayField(models.IntegerField())
    estampille = Xid8(editable=False, db_default=models.Func(function="pg_current_xact_id"))

    class Meta:
        indexes = [
            models.Index(fields=["territoire", "mois"]),
            models.Index(fields=["estampille"]),
        ]

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


class FaitRetire(models.Model):
    """A situation that is no longer counted: what was read of it before is to be forgotten."""

    situation = models.BigIntegerField(primary_key=True)
    estampille = Xid8(db_index=True)

    def __str__(self):
        return str(self.situation)


class Revision(models.Model):
    """When what all the figures of a territory depend on last changed: its recodings. The row 0:
    the categories of organismes."""

    territoire = models.BigIntegerField(primary_key=True)
    estampille = Xid8(db_index=True)

    def __str__(self):
        return str(self.territoire)
