"""Code officiel géographique 2026 (Insee, DGCL, La Poste; Licence Ouverte 2.0)."""

from django.db import models


class Empreinte(models.Model):
    """Fingerprint of a set of data files already loaded, so that `migrate` reloads only changes."""

    nom = models.CharField(max_length=30, primary_key=True)
    sha256 = models.CharField(max_length=64)

    def __str__(self):
        return self.nom


class Region(models.Model):
    code = models.CharField(max_length=3, primary_key=True)
    nom = models.CharField(max_length=120)

    def __str__(self):
        return self.nom


class Departement(models.Model):
    code = models.CharField(max_length=3, primary_key=True)
    nom = models.CharField(max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)

    def __str__(self):
        return f"{self.nom} ({self.code})"


class Epci(models.Model):
    code = models.CharField(max_length=9, primary_key=True)
    nom = models.CharField(max_length=200)
    type = models.CharField(max_length=10)
    population = models.PositiveIntegerField()

    def __str__(self):
        return self.nom


class Commune(models.Model):
    code = models.CharField(max_length=5, primary_key=True)
    nom = models.CharField(max_length=120)
    departement = models.ForeignKey(Departement, on_delete=models.PROTECT)
    epci = models.ForeignKey(Epci, null=True, on_delete=models.PROTECT)
    population = models.PositiveIntegerField()
    codes_postaux = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return f"{self.nom} ({self.code})"
