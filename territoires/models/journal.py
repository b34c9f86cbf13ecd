"""The journal: who did what to which object, when, with what result. Never a field's value."""

from django.db import models


class Journal(models.Model):
    """One line of the journal.

    The application's database role may insert and read here, neither change nor remove
    (`territoires.privileges`): only the purge, the owner's command, removes.
    """

    class Resultat(models.TextChoices):
        FAIT = "fait", "Fait"
        REFUSE = "refuse", "Refusé"

    le = models.DateTimeField(auto_now_add=True, db_index=True)
    # Plain numbers rather than foreign keys: a line outlives what it speaks of.
    utilisateur_id = models.BigIntegerField(null=True)
    territoire_id = models.BigIntegerField(null=True)
    geste = models.CharField(max_length=60)
    objet = models.CharField(max_length=40, blank=True)
    objet_id = models.CharField(max_length=40, blank=True)
    adresse = models.GenericIPAddressField("adresse d’origine", null=True)
    resultat = models.CharField(max_length=8, choices=Resultat, default=Resultat.FAIT)

    class Meta:
        ordering = ["-le", "-id"]

    def __str__(self):
        return f"{self.le:%Y-%m-%d %H:%M} {self.geste} {self.objet} {self.objet_id}"
