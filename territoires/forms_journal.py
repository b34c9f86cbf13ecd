"""What one looks for in the journal. Every field is optional; what is not valid filters nothing."""

from datetime import datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from territoires.lecture_journal import libelles
from territoires.models import Journal, Territoire, Utilisateur


def _date(libelle: str) -> forms.DateField:
    return forms.DateField(
        label=libelle,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Écrivez la date ainsi : 2026-03-14."},
    )


def _liste(libelle: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=libelle,
        required=False,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )


class FiltreJournalForm(forms.Form):
    qui = forms.CharField(label="Qui (nom ou e-mail)", required=False, max_length=120)
    geste = _liste("Geste")
    objet = _liste("Objet")
    numero = forms.CharField(label="Numéro interne de l’objet", required=False, max_length=40)
    du = _date("Du")
    au = _date("Au")
    resultat = _liste("Résultat")
    territoire = forms.ModelChoiceField(
        label="Territoire",
        required=False,
        queryset=Territoire.objects.all(),
        empty_label="Tous",
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )

    def __init__(self, *args, national: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not national:
            del self.fields["territoire"]
        for nom, choix in (
            ("geste", sorted(libelles("geste").items(), key=lambda couple: couple[1])),
            ("objet", sorted(libelles("objet").items(), key=lambda couple: couple[1])),
            ("resultat", Journal.Resultat.choices),
        ):
            self.fields[nom].choices = [("", "Tous"), *choix]
        for champ in self.fields.values():
            est_liste = isinstance(champ, forms.ChoiceField)
            champ.widget.attrs["class"] = "form-select" if est_liste else "form-control"

    def filtrer(self, lignes: QuerySet[Journal]) -> QuerySet[Journal]:
        """The lines of this queryset that match what is valid in the form."""
        self.full_clean()
        demande = self.cleaned_data if self.is_bound else {}
        if geste := demande.get("geste"):
            # A refused page is named after what it would have done: « situations:valider ».
            lignes = lignes.filter(Q(geste=geste) | Q(geste__endswith=f":{geste}"))
        exacts = {"objet": "objet", "numero": "objet_id", "resultat": "resultat"}
        for nom, colonne in exacts.items():
            if demande.get(nom):
                lignes = lignes.filter(**{colonne: demande[nom]})
        if demande.get("territoire"):
            lignes = lignes.filter(territoire_id=demande["territoire"].pk)
        if qui := demande.get("qui", "").strip():
            comptes = Utilisateur.objects.filter(Q(nom__icontains=qui) | Q(email__icontains=qui))
            lignes = lignes.filter(utilisateur_id__in=comptes.values("pk"))
        if demande.get("du"):
            lignes = lignes.filter(le__gte=_minuit(demande["du"]))
        if demande.get("au"):
            lignes = lignes.filter(le__lt=_minuit(demande["au"] + timedelta(days=1)))
        return lignes


def _minuit(jour) -> datetime:
    """The first moment of this day in Paris."""
    return timezone.make_aware(datetime.combine(jour, time.min))
