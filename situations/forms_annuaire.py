"""The form of a desk of the directory, and of what members propose to change in it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from situations.annuaire import DomaineACocher, droits_a_cocher
from situations.models import Droit
from situations.telephones import normaliser
from territoires.models import Organisme, Territoire

TEXTE = {"class": "form-control", "autocomplete": "off"}
# « Mme Durand », « M. Petit »: a person, where the directory names a desk.
CIVILITE = re.compile(r"\b(?:M\.|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle)\s+\S", re.IGNORECASE)
PAS_DE_NOM = "Écrivez un service ou une fonction, jamais le nom d’une personne."


def _texte(libelle: str, longueur: int, aide: str = "", **attributs) -> forms.CharField:
    return forms.CharField(
        label=libelle,
        max_length=longueur,
        required=False,
        help_text=aide,
        widget=forms.TextInput(attrs={**TEXTE, **attributs}),
        error_messages={"max_length": f"{longueur} caractères au plus."},
    )


class PointForm(forms.Form):
    """A desk: where it belongs, how to reach it, for which rights."""

    MOYENS = ("telephone", "courriel", "site", "adresse")

    organisme = forms.ModelChoiceField(
        label="Organisme",
        queryset=Organisme.objects.none(),
        empty_label="Choisir un organisme…",
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={
            "required": "Choisissez l’organisme.",
            "invalid_choice": "Choisissez un organisme de ce territoire.",
        },
    )
    service = forms.CharField(
        label="Service ou fonction",
        max_length=160,
        help_text="« Accueil », « Référent Aspa », « Service social » : jamais le nom d’une personne.",
        widget=forms.TextInput(attrs=TEXTE),
        error_messages={
            "required": "Dites quel service ou quelle fonction on joint.",
            "max_length": "160 caractères au plus.",
        },
    )
    telephone = _texte("Téléphone", 40, inputmode="tel")
    courriel = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        required=False,
        help_text="Celle du service plutôt que celle d’une personne.",
        widget=forms.EmailInput(attrs=TEXTE),
        error_messages={
            "invalid": "Écrivez une adresse complète, par exemple accueil@ccas.example."
        },
    )
    site = forms.URLField(
        label="Site internet",
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={**TEXTE, "inputmode": "url"}),
        error_messages={"invalid": "Écrivez l’adresse du site, par exemple www.ccas.example."},
    )
    adresse = _texte("Adresse", 300)
    horaires = _texte(
        "Horaires", 300, "Par exemple : lundi et jeudi, de 9 h à 12 h, sans rendez-vous."
    )
    precisions = forms.CharField(
        label="À savoir",
        max_length=600,
        required=False,
        help_text="Pièces à prévoir, délai de réponse, ligne réservée aux professionnels…",
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
        error_messages={"max_length": "600 caractères au plus."},
    )
    droits = forms.MultipleChoiceField(
        label="Droits concernés",
        required=False,
        error_messages={"invalid_choice": "L’un de ces droits n’est plus dans votre formulaire."},
    )

    def __init__(self, *args, territoire, proposes, **kwargs):
        """`proposes`: the rights to choose from, as `annuaire.droits_proposes` gives them."""
        super().__init__(*args, **kwargs)
        self.fields["organisme"].queryset = territoire.organismes.all()
        self.fields["droits"].choices = [droit for _, droits in proposes for droit in droits]
        self.proposes = proposes

    def domaines(self) -> list[DomaineACocher]:
        """The rights to check, by domain, as typed or as they are."""
        return droits_a_cocher(self.proposes, self["droits"].value() or [])

    def clean_telephone(self):
        try:
            return normaliser(self.cleaned_data["telephone"])
        except ValueError as erreur:
            raise forms.ValidationError(
                "Écrivez un numéro à dix chiffres, un numéro court (3646) ou un numéro "
                "commençant par +."
            ) from erreur

    def clean_service(self):
        service = self.cleaned_data["service"]
        if CIVILITE.search(service):
            raise forms.ValidationError(PAS_DE_NOM)
        return service

    def clean_precisions(self):
        precisions = self.cleaned_data["precisions"]
        if CIVILITE.search(precisions):
            raise forms.ValidationError(PAS_DE_NOM)
        return precisions

    def clean(self):
        if not any(self.cleaned_data.get(nom) or nom in self.errors for nom in self.MOYENS):
            self.add_error(
                "telephone",
                "Donnez au moins un moyen de joindre ce service : téléphone, adresse e-mail, "
                "site ou adresse.",
            )
        return self.cleaned_data

    def contenu(self) -> dict:
        """What was typed, as JSON: the organisme's id, the codes of the rights, texts."""
        propre = {nom: self.cleaned_data[nom] for nom in PointForm.base_fields}
        return {
            **propre,
            "organisme": propre["organisme"].pk,
            "droits": sorted(propre["droits"]),
        }


class ProposerForm(PointForm):
    """What a member proposes: the same fields, and a word for the animateur."""

    commentaire = forms.CharField(
        label="Un mot pour l’animateur",
        max_length=600,
        required=False,
        help_text="Comment vous le savez, ou ce qui ne se corrige pas ici. Facultatif.",
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
        error_messages={"max_length": "600 caractères au plus."},
    )


@dataclass(frozen=True)
class Ecart:
    """A field that differs: its label, what the directory says of it, what it would say."""

    libelle: str
    actuel: str
    propose: str


def comparer(territoire: Territoire, actuel: dict, propose: dict) -> list[Ecart]:
    """The fields that differ between two contents of a desk, in the form's order, in words."""
    lire = _lecteur(territoire)
    return [
        Ecart(champ.label, lire(nom, actuel.get(nom)), lire(nom, propose.get(nom)))
        for nom, champ in PointForm.base_fields.items()
        if (propose.get(nom) or None) != (actuel.get(nom) or None)
    ]


def _lecteur(territoire: Territoire) -> Callable[[str, object], str]:
    organismes = dict(territoire.organismes.values_list("pk", "nom"))
    droits = dict(Droit.objects.connues_de([territoire]).values_list("code", "libelle"))

    def lire(nom: str, valeur) -> str:
        if nom == "organisme":
            return organismes.get(valeur, "")
        if nom == "droits":
            return ", ".join(droits.get(code, code) for code in valeur or ())
        return valeur or ""

    return lire
