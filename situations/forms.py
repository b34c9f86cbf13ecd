"""Small forms around situations: finding them again, and the gestures of the review."""

from django import forms

from situations.brouillon import refuser_donnees_personnelles
from situations.calendrier import en_date
from situations.models import Situation
from situations.numeros import lire as lire_numero


class RechercheForm(forms.Form):
    """Finds situations by number, words, status, right and period. Every field is optional."""

    q = forms.CharField(label="Numéro ou mots", required=False, max_length=200)
    statut = forms.ChoiceField(label="Statut", required=False)
    droit = forms.ChoiceField(label="Droit", required=False)
    du = forms.CharField(label="Depuis le mois de", required=False)
    au = forms.CharField(label="Jusqu’au mois de", required=False)

    def __init__(self, *args, droits, statuts, **kwargs):
        super().__init__(*args, **kwargs)
        self.index = droits
        self.fields["statut"].choices = [("", "Tous"), *statuts]
        self.fields["droit"].choices = [("", "Tous"), *droits.choix]
        for nom in ("du", "au"):
            self.fields[nom].widget.input_type = "month"
            self.fields[nom].widget.attrs["placeholder"] = "2026-03"
        for champ in self.fields.values():
            liste = isinstance(champ, forms.ChoiceField)
            champ.widget.attrs["class"] = "form-select" if liste else "form-control"

    def _clean_mois(self, nom: str):
        mois = self.cleaned_data[nom].strip()
        try:
            return en_date(mois) if mois else None
        except ValueError as erreur:
            raise forms.ValidationError("Écrivez le mois ainsi : 2026-03.") from erreur

    def clean_du(self):
        return self._clean_mois("du")

    def clean_au(self):
        return self._clean_mois("au")

    def filtrer(self, situations):
        """The situations of this queryset that match what is valid in the form."""
        self.full_clean()
        demande = self.cleaned_data if self.is_bound else {}
        if statut := demande.get("statut"):
            situations = situations.filter(statut=statut)
        if droit := demande.get("droit"):
            situations = situations.concernant([droit])
        if du := demande.get("du"):
            situations = situations.filter(mois_observation__gte=du)
        if au := demande.get("au"):
            situations = situations.filter(mois_observation__lte=au)
        if mots := demande.get("q", "").strip():
            numero = lire_numero(mots)
            if numero:
                return situations.filter(numero=numero)
            situations = situations.contenant(mots, self.index.chercher(mots))
        return situations


class RenvoyerForm(forms.Form):
    message = forms.CharField(
        label="Que faut-il compléter ?",
        max_length=600,
        validators=[refuser_donnees_personnelles],
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": "Dites à l’auteur ce qu’il faut compléter."},
    )


class EcarterForm(forms.Form):
    motif = forms.ChoiceField(
        label="Pourquoi l’écarter ?",
        choices=Situation.MotifEcart,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une raison."},
    )
    message = forms.CharField(
        label="Précision pour l’auteur (facultatif)",
        required=False,
        max_length=600,
        validators=[refuser_donnees_personnelles],
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )


class QualifierForm(forms.Form):
    code = forms.ChoiceField(
        label="Rattacher à",
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": "Choisissez dans la liste."},
    )

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [
            ("", "Choisir…"),
            *((option.code, option.libelle) for option in options if option.code != "autre"),
        ]


class MasquerForm(forms.Form):
    passage = forms.CharField(
        label="Passage à masquer, recopié exactement",
        max_length=600,
        strip=False,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={"required": "Recopiez le passage à masquer."},
    )


class RecoderForm(forms.Form):
    """An old answer and the one it is counted as: « variable|code » from grouped lists."""

    ancien = forms.ChoiceField(
        label="Cette réponse",
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": "Choisissez l’ancienne réponse."},
    )
    nouveau = forms.ChoiceField(
        label="est comptée comme",
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": "Choisissez la réponse comme laquelle la compter."},
    )

    def __init__(self, *args, anciennes, nouvelles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ancien"].choices = [("", "Choisir…"), *anciennes]
        self.fields["nouveau"].choices = [("", "Choisir…"), *nouvelles]

    def _paire(self, nom: str) -> tuple[str, str]:
        variable, _, code = self.cleaned_data[nom].partition("|")
        return variable, code

    def clean_ancien(self):
        return self._paire("ancien")

    def clean_nouveau(self):
        return self._paire("nouveau")
