"""How a territory asks: its form, the successive versions of it, their sections and questions.

A published version is frozen: PostgreSQL refuses to change it or its questions (triggers of the
first migration). Which version is in force is written beside it, in `MiseEnVigueur`.
"""

from django.db import models
from django.db.models import Q

from .nomenclature import Portee


class Formulaire(models.Model):
    territoire = models.OneToOneField(
        "territoires.Territoire", on_delete=models.CASCADE, related_name="formulaire"
    )

    def __str__(self):
        return f"Formulaire – {self.territoire}"

    @property
    def version_en_vigueur(self) -> "Version | None":
        """The version that new situations are filled with; None before the first publication."""
        mise = self.mises_en_vigueur.filter(jusqua__isnull=True).select_related("version").first()
        return mise.version if mise else None


class Version(models.Model):
    """One version of a form; once published it carries all it needs in `definition`."""

    formulaire = models.ForeignKey(Formulaire, on_delete=models.CASCADE, related_name="versions")
    numero = models.PositiveSmallIntegerField()
    definition = models.JSONField(null=True, blank=True)
    noyau = models.CharField("empreinte du noyau", max_length=64)
    cree_le = models.DateTimeField(auto_now_add=True)
    publiee_le = models.DateTimeField(null=True, blank=True)
    publiee_par = models.ForeignKey(
        "territoires.Utilisateur", null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        ordering = ["formulaire", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["formulaire", "numero"], name="version_numero_unique"),
            models.UniqueConstraint(
                fields=["formulaire"],
                condition=Q(publiee_le__isnull=True),
                name="version_un_seul_brouillon",
            ),
            models.CheckConstraint(
                condition=Q(publiee_le__isnull=True) | Q(definition__isnull=False),
                name="version_publiee_porte_sa_definition",
            ),
        ]

    def __str__(self):
        return f"{self.formulaire}, version {self.numero}"


class MiseEnVigueur(models.Model):
    """The version in force for a form during a period; at most one has no end."""

    formulaire = models.ForeignKey(
        Formulaire, on_delete=models.CASCADE, related_name="mises_en_vigueur"
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT)
    depuis = models.DateTimeField(auto_now_add=True)
    jusqua = models.DateTimeField(null=True, blank=True)
    par = models.ForeignKey("territoires.Utilisateur", null=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["depuis"]
        constraints = [
            models.UniqueConstraint(
                fields=["formulaire"],
                condition=Q(jusqua__isnull=True),
                name="une_seule_version_en_vigueur",
            ),
        ]

    def __str__(self):
        return f"{self.version} depuis le {self.depuis:%d/%m/%Y}"


class Section(models.Model):
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(max_length=60)
    titre = models.CharField(max_length=120)
    aide = models.CharField(max_length=300, blank=True)
    portee = models.CharField(max_length=12, choices=Portee)
    ordre = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["version", "ordre"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="section_code_unique"),
        ]

    def __str__(self):
        return self.titre


class Question(models.Model):
    """*How* one version asks a variable: wording, help, place, whether required, condition."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    variable = models.ForeignKey("situations.Variable", on_delete=models.PROTECT)
    ordre = models.PositiveSmallIntegerField()
    libelle = models.CharField(max_length=300)
    aide = models.CharField(max_length=600, blank=True)
    obligatoire = models.BooleanField(default=False)
    doit_etre_posee = models.BooleanField(default=False)
    min = models.IntegerField(null=True, blank=True)
    max = models.IntegerField(null=True, blank=True)
    classes = models.JSONField(null=True, blank=True)
    condition = models.JSONField(null=True, blank=True)
    relations = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["section", "ordre"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "variable"], name="question_variable_unique"
            ),
        ]

    def __str__(self):
        return self.libelle
