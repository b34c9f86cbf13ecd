"""What is collected: a situation, its non-recours, and everything that happened to it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from situations.calendrier import en_date, en_mois
from situations.requetes import SituationQuerySet


class Situation(models.Model):
    """An anonymous situation described by a professional. Answers: columns, or `reponses`."""

    class Statut(models.TextChoices):
        BROUILLON = "brouillon", "Brouillon"
        TRANSMISE = "transmise", "Transmise"
        A_COMPLETER = "a_completer", "À compléter"
        VALIDEE = "validee", "Validée"
        ECARTEE = "ecartee", "Écartée"

    class MotifEcart(models.TextChoices):
        DOUBLON = "doublon", "Doublon"
        PAS_UN_NON_RECOURS = "pas_un_non_recours", "Pas un non-recours"
        HORS_TERRITOIRE = "hors_territoire", "Hors du territoire"

    COMPTES = (Statut.TRANSMISE, Statut.A_COMPLETER, Statut.VALIDEE)

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    numero = models.CharField(max_length=8, unique=True, null=True, blank=True)
    territoire = models.ForeignKey("territoires.Territoire", on_delete=models.PROTECT)
    version = models.ForeignKey("situations.Version", on_delete=models.PROTECT)
    auteur = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT)
    organisme = models.ForeignKey("territoires.Organisme", null=True, on_delete=models.PROTECT)
    statut = models.CharField(max_length=12, choices=Statut, default=Statut.BROUILLON)
    motif_ecart = models.CharField(max_length=20, choices=MotifEcart, blank=True)
    mois_observation = models.DateField(null=True, blank=True)
    reponses = models.JSONField(default=dict, blank=True)
    cree_le = models.DateTimeField(auto_now_add=True)
    modifiee_le = models.DateTimeField(auto_now=True)
    transmise_le = models.DateTimeField(null=True, blank=True)
    validee_le = models.DateTimeField(null=True, blank=True)

    objects = SituationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(statut="brouillon")
                | Q(
                    numero__isnull=False,
                    transmise_le__isnull=False,
                    mois_observation__isnull=False,
                ),
                name="situation_transmise_complete",
            ),
            models.CheckConstraint(
                condition=Q(statut="ecartee") ^ Q(motif_ecart=""),
                name="situation_ecartee_dit_pourquoi",
            ),
        ]
        indexes = [
            models.Index(fields=["territoire", "statut", "transmise_le"]),
            models.Index(fields=["auteur", "statut"]),
        ]

    def __str__(self):
        return self.numero_dicte or "Brouillon"

    def get_absolute_url(self):
        return reverse("situations:lire", args=[self.cle])

    @property
    def numero_dicte(self) -> str:
        """The number as one says it on the phone: « 48 29 31 75 »."""
        return " ".join(self.numero[i : i + 2] for i in range(0, 8, 2)) if self.numero else ""

    @property
    def est_comptee(self) -> bool:
        return self.statut in self.COMPTES

    @property
    def est_modifiable(self) -> bool:
        return self.statut in (self.Statut.BROUILLON, self.Statut.A_COMPLETER)

    def non_recours_gardes(self) -> "list[NonRecours]":
        """Its non-recours in order, without those withdrawn while typing."""
        return [ligne for ligne in self.non_recours.all() if not ligne.retire]

    def get_reponses(self) -> dict:
        """All situation-level answers, by variable code."""
        reponses = dict(self.reponses)
        if self.mois_observation:
            reponses["mois_observation"] = en_mois(self.mois_observation)
        return reponses

    def set_reponses(self, reponses: dict) -> None:
        """Puts each answer where it lives: its column, or the JSON object."""
        mois = reponses.get("mois_observation")
        self.mois_observation = en_date(mois) if mois else None
        self.reponses = {cle: v for cle, v in reponses.items() if cle != "mois_observation"}


class NonRecours(models.Model):
    """One right that the person does not receive, within a situation."""

    COLONNES = ("droit", "type", "motif_principal", "motifs_secondaires", "organisme")

    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="non_recours")
    rang = models.PositiveSmallIntegerField()
    droit = models.CharField(max_length=60, blank=True)
    type = models.CharField(max_length=60, blank=True)
    motif_principal = models.CharField(max_length=60, blank=True)
    motifs_secondaires = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    organisme = models.CharField(max_length=60, blank=True)
    reponses = models.JSONField(default=dict, blank=True)
    retire = models.BooleanField(default=False)

    class Meta:
        ordering = ["situation", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["situation", "rang"],
                name="non_recours_rang_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return f"{self.situation} – {self.droit}"

    def get_reponses(self) -> dict:
        """All answers about this right, by variable code."""
        colonnes = {nom: getattr(self, nom) for nom in self.COLONNES}
        return {**self.reponses, **{nom: valeur for nom, valeur in colonnes.items() if valeur}}

    def set_reponses(self, reponses: dict) -> None:
        """Puts each answer where it lives: its column, or the JSON object."""
        for nom in self.COLONNES:
            setattr(self, nom, reponses.get(nom, [] if nom == "motifs_secondaires" else ""))
        self.reponses = {cle: v for cle, v in reponses.items() if cle not in self.COLONNES}


class Evenement(models.Model):
    """One dated and signed step in the life of a situation; added once, never changed."""

    class Geste(models.TextChoices):
        TRANSMETTRE = "transmettre", "Transmise"
        RENVOYER = "renvoyer", "Renvoyée à compléter"
        COMPLETER = "completer", "Complétée et transmise à nouveau"
        VALIDER = "valider", "Validée"
        ECARTER = "ecarter", "Écartée"
        RETABLIR = "retablir", "Rétablie"
        QUALIFIER = "qualifier", "« Autre » rattaché à la nomenclature"
        MASQUER = "masquer", "Passage masqué"
        ACTUALISER = "actualiser", "Issue actualisée"
        CONFIER = "confier", "Confiée à une autre personne"

    situation = models.ForeignKey(Situation, on_delete=models.PROTECT, related_name="evenements")
    geste = models.CharField(max_length=12, choices=Geste)
    par = models.ForeignKey("territoires.Utilisateur", on_delete=models.PROTECT)
    le = models.DateTimeField()
    message = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["le", "id"]

    def __str__(self):
        return f"{self.get_geste_display()} le {self.le:%d/%m/%Y}"
