"""Forms of the committees' life: a decision of each kind, a mandate, a groupe de travail."""

from datetime import date

from django import forms
from django.utils import timezone

from pilotage.models import Decision
from pilotage.presentation.typographie import nom_du_mois
from situations.calendrier import en_date, en_mois
from territoires.models import Comite, Territoire

Nature = Decision.Nature
# A decision may be written long after the meeting that took it.
ANNEES_DE_RETARD = 5


class _MoisField(forms.CharField):
    """A month (« 2026-03 »), given as its first day."""

    def __init__(self, *, label: str):
        super().__init__(
            label=label,
            widget=forms.TextInput(
                attrs={
                    "type": "month",
                    "class": "form-control date-courte",
                    "placeholder": "2026-03",
                }
            ),
            error_messages={"required": "Écrivez le mois ainsi\u00a0: 2026-03."},
        )

    def clean(self, value) -> date:
        mois = super().clean(value)
        try:
            return en_date(mois)
        except ValueError as erreur:
            raise forms.ValidationError("Écrivez le mois ainsi\u00a0: 2026-03.") from erreur


class _DecisionForm(forms.Form):
    """What every decision has: the day it was taken, and words."""

    prise_le = forms.DateField(
        label="Décidé le",
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "class": "form-control date-courte"}
        ),
        error_messages={
            "required": "Dites quel jour la décision a été prise.",
            "invalid": "Écrivez le jour ainsi\u00a0: 24/03/2026.",
        },
    )
    texte = forms.CharField(
        label="Précisions",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 4}),
        error_messages={
            "required": "Écrivez les priorités retenues, une par ligne.",
            "max_length": "Ce texte est trop long\u00a0: 4\u202f000 caractères au plus.",
        },
    )

    def clean_prise_le(self) -> date:
        jour, aujourdhui = self.cleaned_data["prise_le"], timezone.localdate()
        if jour > aujourdhui:
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        if jour.year < aujourdhui.year - ANNEES_DE_RETARD:
            raise forms.ValidationError("Ce jour est trop ancien\u00a0: vérifiez l’année.")
        return jour

    def decision(self) -> dict:
        """What the decision keeps of a valid form."""
        return dict(self.cleaned_data)


class IntituleForm(_DecisionForm):
    intitule = forms.CharField(
        label="Décision",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={
            "required": "Dites en une phrase ce qui est décidé.",
            "max_length": "200 caractères au plus\u00a0: le reste va dans les précisions.",
        },
    )
    field_order = ["intitule", "texte", "prise_le"]


class PublicationForm(IntituleForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["intitule"].label = "Ce qui est publié"
        self.fields["intitule"].error_messages["required"] = (
            "Dites en une phrase ce qui est publié."
        )
        self.fields["texte"].label = "Où, quand, pour qui"


class PeriodeForm(_DecisionForm):
    du = _MoisField(label="Du mois de")
    au = _MoisField(label="Au mois de")
    field_order = ["du", "au", "texte", "prise_le"]

    def clean(self):
        donnees = super().clean()
        if donnees.get("du") and donnees.get("au") and donnees["au"] < donnees["du"]:
            self.add_error("au", "Le dernier mois ne peut pas précéder le premier.")
        return donnees

    def decision(self) -> dict:
        du, au = self.cleaned_data["du"], self.cleaned_data["au"]
        return {**self.cleaned_data, "intitule": f"Période observée\u00a0: {_periode(du, au)}"}


def _periode(du: date, au: date) -> str:
    """« mars 2026 », « de janvier 2026 à juin 2026 »."""
    premier, dernier = nom_du_mois(en_mois(du)), nom_du_mois(en_mois(au))
    return premier if premier == dernier else f"de {premier} à {dernier}"


class PrioritesForm(_DecisionForm):
    annee = forms.IntegerField(
        label="Année",
        min_value=2017,
        max_value=2100,
        widget=forms.NumberInput(attrs={"class": "form-control nombre-court"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Écrivez l’année ainsi\u00a0: 2027."
        ),
    )
    field_order = ["annee", "texte", "prise_le"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["texte"].label = "Priorités"
        self.fields["texte"].help_text = "Une par ligne."
        self.fields["texte"].required = True

    def decision(self) -> dict:
        donnees = dict(self.cleaned_data)
        annee = donnees.pop("annee")
        bornes = {"du": date(annee, 1, 1), "au": date(annee, 12, 1)}
        return {**donnees, **bornes, "intitule": f"Priorités de l’année {annee}"}


FORMULAIRES = {
    Nature.PERIODE: PeriodeForm,
    Nature.PRIORITES: PrioritesForm,
    Nature.AUTRE: IntituleForm,
}


def natures_de(comite: Comite) -> list[Nature]:
    """What a committee writes: the orientations are the comité de pilotage's.

    What it publishes is decided where it is prepared, see `views.publications`.
    """
    return list(FORMULAIRES) if comite.nature == Comite.Nature.PILOTAGE else [Nature.AUTRE]


class MandatForm(forms.Form):
    mandat = forms.CharField(
        label="Mandat",
        help_text="À quoi sert ce comité, qui y siège, à quel rythme il se réunit.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 6}),
        error_messages={
            "max_length": "Ce texte est trop long\u00a0: 4\u202f000 caractères au plus."
        },
    )


class GroupeForm(forms.Form):
    """The name of a groupe de travail, which no other has in the territory."""

    nom = forms.CharField(
        label="Nom du groupe de travail",
        max_length=120,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={
            "required": "Donnez un nom à ce groupe.",
            "max_length": "Ce nom est trop long\u00a0: 120 caractères au plus.",
        },
    )

    def __init__(self, *args, territoire: Territoire, groupe: Comite | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.groupes = territoire.comites.exclude(pk=groupe.pk if groupe else None)

    def clean_nom(self) -> str:
        nom = self.cleaned_data["nom"]
        if nom.casefold() in {str(autre).casefold() for autre in self.groupes}:
            raise forms.ValidationError("Un autre comité porte déjà ce nom.")
        return nom
