"""Forms of the national administrator: a territory, and who administers it."""

from django import forms

from territoires.communes import EditeurDeCommunes
from territoires.forms_membres import AdministrateurForm
from territoires.models import Territoire, Utilisateur
from territoires.models.lieux import SEUIL_COPIL_PLANCHER, SEUIL_PUBLIC_PLANCHER

NOM_PRIS = "Un autre territoire porte déjà ce nom. Choisissez-en un qui les distingue."


def champ_seuil(libelle: str, plancher: int, en_lettres: str, aide: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=libelle,
        help_text=aide,
        min_value=plancher,
        max_value=1000,
        widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
        error_messages={
            "required": f"Donnez un seuil d’au moins {en_lettres} ({plancher}).",
            "invalid": f"Écrivez un nombre entier, d’au moins {en_lettres} ({plancher}).",
            "min_value": f"Ce seuil ne descend jamais sous {en_lettres} ({plancher}).",
            "max_value": "Au-delà de mille, plus rien ne serait diffusé : baissez ce seuil.",
        },
    )


class _TerritoireForm(forms.Form):
    """What creating and modifying have in common; the communes come from an editor."""

    nom = forms.CharField(
        label="Nom du territoire",
        max_length=120,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={
            "required": "Donnez un nom au territoire.",
            "max_length": "Ce nom est trop long : 120 caractères au plus.",
        },
    )
    porteur = forms.CharField(
        label="Organisme porteur",
        help_text="Qui anime le baromètre ici : collectivité, CCAS, caisse… Facultatif.",
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"max_length": "Ce nom est trop long : 160 caractères au plus."},
    )

    def __init__(self, *args, editeur: EditeurDeCommunes, territoire: Territoire | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.editeur = editeur
        self.territoire = territoire

    def nom_est_pris(self, nom: str) -> bool:
        """Whether another territory has this name, in capitals or not."""
        autres = Territoire.objects.exclude(pk=self.territoire.pk if self.territoire else None)
        return autres.filter(nom__iexact=nom).exists()

    def clean_nom(self):
        nom = self.cleaned_data["nom"]
        if self.nom_est_pris(nom):
            raise forms.ValidationError(NOM_PRIS)
        return nom

    def clean(self):
        if not self.editeur.retenues():
            raise forms.ValidationError("Gardez ou ajoutez au moins une commune.")


class CreerTerritoireForm(_TerritoireForm):
    niveau = forms.ChoiceField(
        label="Niveau",
        choices=Territoire.Niveau,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={
            "required": "Choisissez un niveau.",
            "invalid_choice": "Choisissez un niveau dans la liste.",
        },
    )
    field_order = ["nom", "niveau", "porteur"]


class ModifierTerritoireForm(_TerritoireForm):
    seuil_copil = champ_seuil(
        "Seuil de diffusion au comité de pilotage",
        SEUIL_COPIL_PLANCHER,
        "cinq",
        "Un effectif plus petit est remplacé par « secret ». Cinq (5) au moins.",
    )
    seuil_public = champ_seuil(
        "Seuil de diffusion au public",
        SEUIL_PUBLIC_PLANCHER,
        "onze",
        "Pour tout ce qui sort du territoire. Onze (11) au moins.",
    )


class NommerAdministrateurForm(AdministrateurForm):
    """The national administrator's: an account of this address, wherever it is, is named at once.

    `utilisateur` is that account, None when there is none yet.
    """

    def clean_email(self):
        email = super().clean_email()
        self.utilisateur = Utilisateur.objects.filter(email=email).first()
        if self.utilisateur is not None and not self.utilisateur.is_active:
            raise forms.ValidationError("Ce compte est désactivé : il ne peut rien administrer.")
        return email
