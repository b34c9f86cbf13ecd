"""Forms of the launch: the porteur, the charter, the thresholds and retention, its acceptance."""

from django import forms

from territoires.forms import champ_seuil
from territoires.models.lieux import SEUIL_COPIL_PLANCHER, SEUIL_PUBLIC_PLANCHER

# Days and months between which a territory chooses how long it keeps.
BORNES_BROUILLONS, BORNES_RECITS = (7, 180), (1, 24)


def _champ_duree(libelle: str, aide: str, bornes: tuple[int, int], unite: str):
    bas, haut = bornes
    entre = f"Écrivez un nombre entier de {unite}, entre {bas} et {haut}."
    return forms.IntegerField(
        label=libelle,
        help_text=aide,
        min_value=bas,
        max_value=haut,
        widget=forms.NumberInput(attrs={"class": "form-control nombre-court"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), entre),
    )


class PorteurForm(forms.Form):
    porteur = forms.CharField(
        label="Organisme porteur",
        help_text="Qui porte le baromètre ici\u00a0: collectivité, CCAS, caisse, association…",
        max_length=160,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={
            "required": "Nommez l’organisme qui porte le baromètre.",
            "max_length": "Ce nom est trop long\u00a0: 160 caractères au plus.",
        },
    )


class ReglagesForm(forms.Form):
    seuil_copil = champ_seuil(
        "Seuil de diffusion au comité de pilotage",
        SEUIL_COPIL_PLANCHER,
        "cinq",
        "Un effectif plus petit est remplacé par «\u00a0secret\u00a0». Cinq (5) au moins.",
    )
    seuil_public = champ_seuil(
        "Seuil de diffusion au public",
        SEUIL_PUBLIC_PLANCHER,
        "onze",
        "Pour tout ce qui sort du territoire. Onze (11) au moins.",
    )
    conservation_brouillons = _champ_duree(
        "Conservation des brouillons, en jours",
        "Un brouillon auquel personne ne touche pendant ce temps est effacé. D’habitude\u00a0: 60 jours.",
        BORNES_BROUILLONS,
        "jours",
    )
    conservation_recits = _champ_duree(
        "Conservation des textes libres, en mois",
        "Passé ce temps après la validation, les textes sont effacés\u202f; les réponses cochées restent. "
        "D’habitude\u00a0: 12 mois.",
        BORNES_RECITS,
        "mois",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nom in ("seuil_copil", "seuil_public"):
            self.fields[nom].widget.attrs["class"] = "form-control nombre-court"


class AdopterCharteForm(forms.Form):
    suite = forms.CharField(
        label="La suite de la charte",
        help_text="Un paragraphe par engagement, séparés par une ligne vide.",
        max_length=10_000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 18}),
        error_messages={
            "required": "Gardez au moins le texte proposé\u00a0: l’énoncé seul ne suffit pas.",
            "max_length": "Ce texte est trop long\u00a0: 10\u202f000 caractères au plus.",
        },
    )


class AccepterCharteForm(forms.Form):
    """The version that was read, and the box that says so."""

    numero = forms.IntegerField(widget=forms.HiddenInput)
    acceptee = forms.BooleanField(
        label="J’ai lu le guide et la charte, et j’accepte la charte",
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        error_messages={"required": "Cochez la case pour dire que vous acceptez la charte."},
    )
