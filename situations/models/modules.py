"""Groups of questions that a territory made and that others may take."""

from django.db import models


class ModulePartage(models.Model):
    """A section of one territory's form, kept as a module document."""

    territoire = models.ForeignKey(
        "territoires.Territoire", on_delete=models.CASCADE, related_name="modules_partages"
    )
    titre = models.CharField(max_length=120)
    document = models.JSONField()
    par = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT)
    partage_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["titre", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territoire", "titre"], name="module_titre_unique"),
        ]

    def __str__(self):
        return self.titre
