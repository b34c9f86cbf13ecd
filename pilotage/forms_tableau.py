"""Forms of the dashboard: a view kept under a name, the population of a territory."""

from datetime import date

from django import forms
from django.core import signing
from django.utils import timezone

from pilotage.models import VueEnregistree
from pilotage.population import OCTETS_MAX, Population, lire_population

PREMIERE_ANNEE = 1990
UNE_HEURE = 3600


class VueForm(forms.ModelForm):
    """`comites`: those of the reader, with which a view may be shared."""

    class Meta:
        model = VueEnregistree
        fields = ["nom", "comite"]
        labels = {"nom": "Nom de la vue", "comite": "Pour qui"}
        widgets = {"nom": forms.TextInput(attrs={"class": "form-control"})}

    def __init__(self, *args, comites, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nom"].error_messages["required"] = "Donnez un nom à cette vue."
        self.fields["comite"] = forms.ModelChoiceField(
            comites,
            label="Pour qui",
            required=False,
            empty_label="Pour moi seul",
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.fields["comite"].label_from_instance = lambda comite: f"Avec {comite.nom}"


class RequeteForm(VueForm):
    """The same, with the address to keep."""

    requete = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=20_000, label="Adresse"
    )


class PopulationForm(forms.Form):
    """The file, where it comes from, of which year; `population` once valid."""

    fichier = forms.FileField(
        label="Fichier CSV",
        help_text=(
            "Deux colonnes : l’âge (ou une tranche d’âges), le nombre d’habitants. "
            "Les tranches du baromètre, ou des âges détaillés."
        ),
        widget=forms.ClearableFileInput(
            attrs={"class": "form-control", "accept": ".csv,text/csv,text/plain"}
        ),
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide.",
            "missing": "Choisissez un fichier.",
        },
    )
    source = forms.CharField(
        label="Source",
        max_length=200,
        help_text="Par exemple : Insee, recensement de la population.",
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": "Dites d’où viennent ces chiffres."},
    )
    annee = forms.IntegerField(
        label="Année",
        widget=forms.NumberInput(attrs={"class": "form-control nombre-court"}),
        error_messages={
            "required": "Dites de quelle année sont ces chiffres.",
            "invalid": "L’année s’écrit en chiffres, par exemple 2022.",
        },
    )

    def clean_annee(self) -> int:
        annee = self.cleaned_data["annee"]
        cette_annee: date = timezone.localdate()
        if not PREMIERE_ANNEE <= annee <= cette_annee.year:
            raise forms.ValidationError(
                f"L’année est entre {PREMIERE_ANNEE} et {cette_annee.year}."
            )
        return annee

    def clean_fichier(self) -> Population:
        fichier = self.cleaned_data["fichier"]
        population = lire_population(fichier.read(OCTETS_MAX + 1))
        if population.erreurs:
            raise forms.ValidationError([str(erreur) for erreur in population.erreurs])
        return population

    def lue(self) -> dict:
        """What to load, once valid."""
        champs = self.cleaned_data
        return {
            "effectifs": dict(champs["fichier"].effectifs),
            "source": champs["source"],
            "annee": champs["annee"],
        }


class ApercuForm(forms.Form):
    """What was read and shown, sent back as it was: signed, so that it is that and nothing else."""

    apercu = forms.CharField(widget=forms.HiddenInput)

    @staticmethod
    def signer(lue: dict) -> str:
        return signing.dumps(lue, salt="population")

    def clean_apercu(self) -> dict:
        try:
            return signing.loads(self.cleaned_data["apercu"], salt="population", max_age=UNE_HEURE)
        except signing.BadSignature as erreur:
            raise forms.ValidationError("Chargez le fichier à nouveau.") from erreur
