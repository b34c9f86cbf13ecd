"""Who takes part in a baromètre."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone


class UtilisateurManager(BaseUserManager):
    def create_user(self, email, password=None, **champs):
        if not email:
            raise ValueError("Une adresse e-mail est nécessaire.")
        utilisateur = self.model(email=email.strip().lower(), **champs)
        utilisateur.set_password(password)
        utilisateur.save(using=self._db)
        return utilisateur

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


class Utilisateur(AbstractBaseUser):
    """A person, known by an e-mail address. What they may do is in `territoires.permissions`."""

    email = models.EmailField(
        "adresse e-mail",
        max_length=254,
        unique=True,
        error_messages={"unique": "Un compte existe déjà pour cette adresse."},
    )
    nom = models.CharField("nom et prénom", max_length=120)
    fonction = models.CharField(max_length=20, blank=True)
    est_administrateur_national = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    cree_le = models.DateTimeField(auto_now_add=True)

    objects = UtilisateurManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nom"]

    class Meta:
        ordering = ["nom"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="utilisateur_email_en_minuscules"
            ),
        ]

    def __str__(self):
        return self.nom

    def get_full_name(self):
        return self.nom

    def get_short_name(self):
        return self.nom


class ActuelsQuerySet(models.QuerySet):
    def actuels(self, jour=None):
        """Those whose period contains `jour` (today when absent); `au` is the first day out."""
        jour = jour or timezone.localdate()
        return self.filter(Q(au__isnull=True) | Q(au__gt=jour), du__lte=jour)


class MembreQuerySet(ActuelsQuerySet):
    def animateurs(self):
        """The permanent animateurs, one a territory."""
        return self.filter(est_animateur=True)


class Membre(models.Model):
    """A person's seat in a committee, from a day to another."""

    comite = models.ForeignKey(
        "territoires.Comite", on_delete=models.CASCADE, related_name="membres"
    )
    utilisateur = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="sieges")
    organisme = models.ForeignKey("territoires.Organisme", on_delete=models.PROTECT)
    est_animateur = models.BooleanField("animateur permanent principal", default=False)
    du = models.DateField(default=timezone.localdate)
    au = models.DateField(null=True, blank=True)

    objects = MembreQuerySet.as_manager()

    class Meta:
        ordering = ["comite", "utilisateur__nom"]
        constraints = [
            models.CheckConstraint(
                condition=Q(au__isnull=True) | Q(au__gte=F("du")), name="membre_periode_ordonnee"
            ),
            models.UniqueConstraint(
                fields=["comite", "utilisateur"],
                condition=Q(au__isnull=True),
                name="membre_un_siege_par_comite",
            ),
            models.UniqueConstraint(
                fields=["comite"],
                condition=Q(est_animateur=True, au__isnull=True),
                name="membre_un_seul_animateur_principal",
            ),
        ]

    def __str__(self):
        return f"{self.utilisateur} – {self.comite}"


class Administrateur(models.Model):
    """Administers one territory: its form, its members; never reads a situation by that title."""

    territoire = models.ForeignKey(
        "territoires.Territoire", on_delete=models.CASCADE, related_name="administrateurs"
    )
    utilisateur = models.ForeignKey(
        Utilisateur, on_delete=models.PROTECT, related_name="administrations"
    )
    du = models.DateField(default=timezone.localdate)
    au = models.DateField(null=True, blank=True)

    objects = ActuelsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(au__isnull=True) | Q(au__gte=F("du")),
                name="administrateur_periode_ordonnee",
            ),
            models.UniqueConstraint(
                fields=["territoire", "utilisateur"],
                condition=Q(au__isnull=True),
                name="administrateur_une_fois",
            ),
        ]

    def __str__(self):
        return f"{self.utilisateur} – {self.territoire}"
