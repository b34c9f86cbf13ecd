"""Each state of the noyau that this installation has known."""

from django.db import models


class EtatDuNoyau(models.Model):
    """A form made of the whole noyau as it was; versions name the one they follow."""

    empreinte = models.CharField(max_length=64, primary_key=True)
    document = models.JSONField()
    connu_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["connu_le"]

    def __str__(self):
        return f"Noyau du {self.connu_le:%d/%m/%Y}"
