"""What can be measured: variables, their choices, and rights.

Rows without a territory are the noyau, mirrored from the data files at `migrate`; a territory may
add its own, each naming the core one it refines so that counts still roll up.
"""

from django.db import models
from django.db.models import Q


class Portee(models.TextChoices):
    SITUATION = "situation", "La situation"
    NON_RECOURS = "non_recours", "Chaque droit"


class VariableQuerySet(models.QuerySet):
    def propres_a(self, territoires):
        """Those that these territories ask or asked beside the noyau, whoever made them."""
        posees = models.Q(question__section__version__formulaire__territoire__in=territoires)
        return self.filter(posees, territoire__isnull=False).distinct()

    def connues_de(self, territoires):
        """All that statistics of these territories may count."""
        propres = self.propres_a(territoires).values("pk")
        return self.filter(models.Q(territoire=None) | models.Q(pk__in=propres))


class Variable(models.Model):
    """*What* is measured: same variable, same meaning, comparable between territories for ever.

    `territoire` made it; others may ask it too, when they take the module that it belongs to.
    """

    code = models.SlugField(max_length=60, unique=True)
    portee = models.CharField(max_length=12, choices=Portee)
    genre = models.CharField(max_length=20)
    liste = models.CharField(max_length=60, blank=True)
    sensible = models.BooleanField(default=False)
    territoire = models.ForeignKey(
        "territoires.Territoire", null=True, blank=True, on_delete=models.CASCADE
    )
    retiree = models.BooleanField(default=False)
    ordre = models.PositiveSmallIntegerField(default=0)
    libelle = models.CharField(max_length=300)

    objects = VariableQuerySet.as_manager()

    class Meta:
        ordering = ["ordre", "code"]

    def __str__(self):
        return self.code


class ConnuesQuerySet(models.QuerySet):
    def connues_de(self, territoires):
        """The noyau's, and those that these territories have of their own."""
        return self.filter(Q(territoire=None) | Q(territoire__in=territoires))


class Modalite(models.Model):
    """One choice of one list."""

    liste = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    libelle = models.CharField(max_length=300)
    precision = models.CharField(max_length=300, blank=True)
    ordre = models.PositiveSmallIntegerField()
    exclusif = models.BooleanField(default=False)
    attributs = models.JSONField(default=dict, blank=True)
    territoire = models.ForeignKey(
        "territoires.Territoire", null=True, blank=True, on_delete=models.CASCADE
    )
    raffine = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    retiree = models.BooleanField(default=False)

    objects = ConnuesQuerySet.as_manager()

    class Meta:
        ordering = ["liste", "ordre"]
        constraints = [
            models.UniqueConstraint(
                fields=["liste", "code", "territoire"],
                name="modalite_code_unique",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(raffine__isnull=True) | Q(territoire__isnull=False),
                name="modalite_seule_une_locale_raffine",
            ),
        ]

    def __str__(self):
        return f"{self.liste} · {self.libelle}"


class Domaine(models.Model):
    code = models.CharField(max_length=12, primary_key=True)
    libelle = models.CharField(max_length=120)
    ordre = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["ordre"]

    def __str__(self):
        return self.libelle


class Droit(models.Model):
    """A social right: legal benefit, extra-legal aid, social tariff, service, status, tax relief."""

    class Nature(models.TextChoices):
        LEGALE = "LEG", "Prestation légale"
        EXTRA_LEGALE = "EXT", "Aide extra-légale"
        TARIF = "TAR", "Tarif social"
        SERVICE = "SRV", "Service"
        STATUT = "STA", "Statut"
        FISCAL = "FIS", "Avantage fiscal"

    code = models.CharField(max_length=60)
    libelle = models.CharField(max_length=300)
    domaine = models.ForeignKey(Domaine, on_delete=models.PROTECT)
    organismes = models.JSONField(default=list, blank=True)
    nature = models.CharField(max_length=3, choices=Nature)
    sensible = models.BooleanField(default=False)
    synonymes = models.CharField(max_length=300, blank=True)
    ordre = models.PositiveSmallIntegerField(default=0)
    territoire = models.ForeignKey(
        "territoires.Territoire", null=True, blank=True, on_delete=models.CASCADE
    )
    raffine = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    retire = models.BooleanField(default=False)

    objects = ConnuesQuerySet.as_manager()

    class Meta:
        ordering = ["ordre", "libelle"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "territoire"], name="droit_code_unique", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(raffine__isnull=True) | Q(territoire__isnull=False),
                name="droit_seul_un_local_raffine",
            ),
        ]

    def __str__(self):
        return self.libelle
