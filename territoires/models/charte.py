"""What makes a baromètre possible: the steps of its launch, and the charter its people accept."""

from django.db import models


class Etape(models.TextChoices):
    """The conditions of feasibility that somebody states; the charter and the form have their own rows."""

    PORTEUR = "porteur", "Porteur désigné"
    COMITES = "comites", "Comités constitués"
    ANIMATEUR = "animateur", "Animateur permanent désigné"
    NOTION = "notion", "Notion expliquée"
    REGLAGES = "reglages", "Seuils et durées choisis"


class EtapeDeLancement(models.Model):
    """Who met a condition of feasibility, and when."""

    territoire = models.ForeignKey(
        "territoires.Territoire", on_delete=models.CASCADE, related_name="etapes"
    )
    etape = models.CharField(max_length=12, choices=Etape)
    par = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT)
    le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["territoire", "le"]
        constraints = [
            models.UniqueConstraint(fields=["territoire", "etape"], name="etape_une_fois"),
        ]

    def __str__(self):
        return f"{self.get_etape_display()} – {self.territoire}"


class Charte(models.Model):
    """One version of a territory's charter; the last adopted is the one in force."""

    territoire = models.ForeignKey(
        "territoires.Territoire", on_delete=models.CASCADE, related_name="chartes"
    )
    numero = models.PositiveSmallIntegerField()
    texte = models.TextField()
    adoptee_le = models.DateTimeField(auto_now_add=True)
    adoptee_par = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT)

    class Meta:
        ordering = ["territoire", "-numero"]
        constraints = [
            models.UniqueConstraint(fields=["territoire", "numero"], name="charte_numero_unique"),
        ]

    def __str__(self):
        return f"Charte {self.numero} – {self.territoire}"


class Adhesion(models.Model):
    """A person accepted this charter, and read the short guide, on that day."""

    charte = models.ForeignKey(Charte, on_delete=models.CASCADE, related_name="adhesions")
    utilisateur = models.ForeignKey(
        "territoires.Utilisateur", on_delete=models.CASCADE, related_name="adhesions"
    )
    le = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charte", "utilisateur"], name="adhesion_une_fois"),
        ]

    def __str__(self):
        return f"{self.utilisateur} – {self.charte}"
