"""Where a baromètre lives: the territory, its organismes and its committees."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

SEUIL_COPIL_PLANCHER = 5
SEUIL_PUBLIC_PLANCHER = 11


class Territoire(models.Model):
    class Niveau(models.TextChoices):
        COMMUNE = "commune", "Commune"
        EPCI = "epci", "Intercommunalité"
        DEPARTEMENT = "departement", "Département"
        REGION = "region", "Région"
        AUTRE = "autre", "Autre périmètre"

    nom = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    niveau = models.CharField(max_length=12, choices=Niveau)
    porteur = models.CharField("organisme porteur", max_length=160, blank=True)
    communes = models.ManyToManyField("territoires.Commune", blank=True)
    seuil_copil = models.PositiveSmallIntegerField(
        "seuil de diffusion au comité de pilotage", default=SEUIL_COPIL_PLANCHER
    )
    seuil_public = models.PositiveSmallIntegerField(
        "seuil de diffusion au public", default=SEUIL_PUBLIC_PLANCHER
    )
    conservation_brouillons = models.PositiveSmallIntegerField(
        "conservation des brouillons, en jours", default=60
    )
    conservation_recits = models.PositiveSmallIntegerField(
        "conservation des textes libres, en mois", default=12
    )
    collecte_ouverte_le = models.DateTimeField(null=True)
    collecte_ouverte_par = models.ForeignKey(
        "territoires.Utilisateur", null=True, on_delete=models.PROTECT, related_name="+"
    )
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["nom"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seuil_copil__gte=SEUIL_COPIL_PLANCHER),
                name="territoire_seuil_copil_plancher",
            ),
            models.CheckConstraint(
                condition=Q(seuil_public__gte=SEUIL_PUBLIC_PLANCHER),
                name="territoire_seuil_public_plancher",
            ),
        ]

    def __str__(self):
        return self.nom

    def get_absolute_url(self):
        return reverse("pilotage:tableau_de_bord", args=[self.slug])


class Organisme(models.Model):
    """A real organisme of a territory (« CCAS des Vans »), with a category of the nomenclature."""

    territoire = models.ForeignKey(Territoire, on_delete=models.CASCADE, related_name="organismes")
    nom = models.CharField(max_length=160)
    categorie = models.CharField(max_length=12)

    class Meta:
        ordering = ["nom"]
        constraints = [
            models.UniqueConstraint(fields=["territoire", "nom"], name="organisme_nom_unique"),
        ]

    def __str__(self):
        return self.nom


class Comite(models.Model):
    class Nature(models.TextChoices):
        PILOTAGE = "pilotage", "Comité de pilotage"
        TECHNIQUE = "technique", "Comité technique"
        GROUPE_DE_TRAVAIL = "groupe_de_travail", "Groupe de travail"

    territoire = models.ForeignKey(Territoire, on_delete=models.CASCADE, related_name="comites")
    nature = models.CharField(max_length=20, choices=Nature)
    nom = models.CharField(max_length=120, blank=True)
    mandat = models.TextField(blank=True)

    class Meta:
        ordering = ["territoire", "nature", "nom"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "nature"],
                condition=Q(nature__in=["pilotage", "technique"]),
                name="comite_pilotage_et_technique_uniques",
            ),
            models.UniqueConstraint(
                fields=["territoire", "nature", "nom"], name="comite_nom_unique"
            ),
        ]

    def __str__(self):
        return self.nom or self.get_nature_display()
