"""What the readers of a dashboard keep: their views, the crossings they show, reference figures."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class VueEnregistree(models.Model):
    """An address of a dashboard under a name, for oneself or for a committee."""

    territoire = models.ForeignKey("territoires.Territoire", on_delete=models.CASCADE)
    auteur = models.ForeignKey("territoires.Utilisateur", on_delete=models.CASCADE)
    comite = models.ForeignKey(
        "territoires.Comite", null=True, blank=True, on_delete=models.CASCADE
    )
    nom = models.CharField(max_length=120)
    requete = models.TextField()
    creee_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["nom"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "auteur", "nom"], name="vue_nom_unique_par_auteur"
            ),
        ]

    def __str__(self):
        return self.nom


class CroisementMontre(models.Model):
    """A crossing that the comité technique chose to show to the other audiences."""

    territoire = models.ForeignKey(
        "territoires.Territoire", on_delete=models.CASCADE, related_name="croisements_montres"
    )
    variables = ArrayField(models.CharField(max_length=60), size=3)
    par = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField(auto_now_add=True)
    retire_le = models.DateTimeField(null=True)
    retire_par = models.ForeignKey(
        "territoires.Utilisateur", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["le"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "variables"],
                condition=Q(retire_le__isnull=True),
                name="croisement_montre_une_fois",
            ),
            models.CheckConstraint(
                condition=Q(variables__len__gte=2), name="croisement_de_deux_variables_au_moins"
            ),
        ]

    def __str__(self):
        return " × ".join(self.variables)


class Population(models.Model):
    """How many inhabitants of a territory have each age, from a file somebody loaded."""

    territoire = models.OneToOneField(
        "territoires.Territoire", on_delete=models.CASCADE, related_name="population_par_age"
    )
    # Code of an age band → inhabitants.
    effectifs = models.JSONField()
    source = models.CharField(max_length=200)
    annee = models.PositiveSmallIntegerField()
    par = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"{self.territoire} – {self.annee}"
