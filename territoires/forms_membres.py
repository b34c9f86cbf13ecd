"""Forms about people: one invitation, a pasted list, an organisme, the account of an invited person."""

from collections.abc import Sequence

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)

from territoires.collage import LIGNES_MAX, Ligne, lire
from territoires.invitations import SOI_MEME, reperes
from territoires.models import Membre, Organisme, Territoire, Utilisateur
from territoires.permissions import se_donnerait_a_lire
from territoires.referentiel import lire_categories_organismes

TEXTE = {"class": "form-control", "autocomplete": "off"}
LISTE = {"class": "form-select"}
CATEGORIES = [("", "Choisir…")] + [
    (categorie["code"], categorie["libelle"]) for categorie in lire_categories_organismes()
]


class _Ligne(forms.CharField):
    """One line of text: line breaks and repeated blanks are one blank."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


def _champ_email(libelle: str) -> forms.EmailField:
    return forms.EmailField(
        label=libelle,
        max_length=254,
        widget=forms.EmailInput(attrs=TEXTE),
        error_messages={
            "required": "Écrivez l’adresse e-mail de la personne.",
            "invalid": "Écrivez une adresse complète, par exemple prenom.nom@ccas.example.",
            "max_length": "Cette adresse est trop longue\u00a0: 254 caractères au plus.",
        },
    )


def _champ_nom(libelle: str, **options) -> _Ligne:
    return _Ligne(
        label=libelle,
        max_length=120,
        widget=forms.TextInput(attrs=TEXTE),
        error_messages={
            "required": "Écrivez le nom.",
            "max_length": "Ce nom est trop long\u00a0: 120 caractères au plus.",
        },
        **options,
    )


def _champ_liste(libelle: str, requis: str, **options) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=libelle,
        queryset=None,
        empty_label="Choisir…",
        widget=forms.Select(attrs=LISTE),
        error_messages={"required": requis, "invalid_choice": requis},
        **options,
    )


class InviterForm(forms.Form):
    """One person, offered a seat in a committee."""

    nom = _champ_nom("Nom et prénom", required=False)
    email = _champ_email("Adresse e-mail")
    organisme = _champ_liste("Organisme", "Choisissez l’organisme de la personne.")
    comite = _champ_liste("Comité", "Choisissez le comité où elle siégera.")

    def __init__(self, *args, territoire: Territoire, par, **kwargs):
        super().__init__(*args, **kwargs)
        self.par = par
        self.fields["organisme"].queryset = territoire.organismes.all()
        self.fields["comite"].queryset = territoire.comites.select_related("territoire")

    def clean(self):
        email, comite = self.cleaned_data.get("email", ""), self.cleaned_data.get("comite")
        if not email or comite is None:
            return
        siege = Membre.objects.actuels().filter(comite=comite, utilisateur__email=email.lower())
        if siege.exists():
            self.add_error("email", f"Cette personne siège déjà\u00a0: {comite}.")
        elif se_donnerait_a_lire(self.par, comite, email):
            self.add_error("comite", SOI_MEME)


class ListeForm(forms.Form):
    """A pasted list, with what its lines do not say."""

    texte = forms.CharField(
        label="La liste",
        max_length=300_000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 12, "spellcheck": "false"}),
        error_messages={
            "required": "Collez une liste\u00a0: une personne par ligne.",
            "max_length": f"Cette liste est trop longue\u00a0: {LIGNES_MAX} personnes au plus à la fois.",
        },
    )
    organisme = _champ_liste(
        "Organisme, quand la liste ne le dit pas",
        "Choisissez un organisme de la liste.",
        required=False,
    )
    comite = _champ_liste(
        "Comité, quand la liste ne le dit pas", "Choisissez un comité de la liste.", required=False
    )

    def __init__(self, *args, territoire: Territoire, **kwargs):
        super().__init__(*args, **kwargs)
        self.organismes = territoire.organismes.all()
        self.comites = territoire.comites.all()
        self.fields["organisme"].queryset = self.organismes
        self.fields["comite"].queryset = self.comites
        for nom in ("organisme", "comite"):
            self.fields[nom].empty_label = "Le dire à chaque ligne"

    def clean_texte(self):
        noms = [organisme.nom for organisme in self.organismes]
        self.lignes = lire(
            self.cleaned_data["texte"], organismes=noms, comites=reperes(self.comites)
        )
        if not self.lignes:
            raise forms.ValidationError("Personne n’est écrit dans cette liste.")
        if len(self.lignes) > LIGNES_MAX:
            raise forms.ValidationError(
                f"Cette liste a {len(self.lignes)} personnes\u00a0: {LIGNES_MAX} au plus à la fois. "
                "Collez-la en plusieurs fois."
            )
        return self.cleaned_data["texte"]

    def completees(self) -> list[Ligne]:
        """The lines read, with what was chosen for those that do not say it."""
        organisme, comite = (self.cleaned_data[nom] for nom in ("organisme", "comite"))
        return [
            Ligne(
                ligne.numero,
                ligne.nom,
                ligne.email,
                ligne.organisme or str(organisme or ""),
                ligne.comite or str(comite or ""),
            )
            for ligne in self.lignes
        ]


class OrganismeForm(forms.ModelForm):
    """An organisme of the territory: its own name, and what kind it is."""

    nom = _Ligne(
        label="Nom",
        help_text="Celui qu’on lui donne ici, par exemple «\u00a0CCAS des Vans\u00a0».",
        max_length=160,
        widget=forms.TextInput(attrs=TEXTE),
        error_messages={
            "required": "Donnez un nom à l’organisme.",
            "max_length": "Ce nom est trop long\u00a0: 160 caractères au plus.",
        },
    )
    categorie = forms.ChoiceField(
        label="Catégorie",
        choices=CATEGORIES,
        widget=forms.Select(attrs=LISTE),
        error_messages={
            "required": "Choisissez une catégorie.",
            "invalid_choice": "Choisissez une catégorie de la liste.",
        },
    )

    class Meta:
        model = Organisme
        fields = ("nom", "categorie")

    def clean_nom(self):
        nom = self.cleaned_data["nom"]
        autres = Organisme.objects.filter(territoire=self.instance.territoire_id, nom__iexact=nom)
        if autres.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Un organisme du territoire porte déjà ce nom.")
        return nom


class SiegeForm(forms.Form):
    """For which organisme a member sits."""

    organisme = _champ_liste("Organisme", "Choisissez un organisme de la liste.")

    def __init__(self, *args, territoire: Territoire, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisme"].queryset = territoire.organismes.all()


class AdministrateurForm(forms.Form):
    """Who is to administer a territory, known by an address; nobody names themself."""

    email = _champ_email("Adresse e-mail")
    nom = _champ_nom(
        "Nom et prénom",
        required=False,
        help_text="Pour le saluer dans l’invitation, si cette adresse n’a pas encore de compte.",
    )

    def __init__(self, *args, territoire: Territoire, **kwargs):
        super().__init__(*args, **kwargs)
        self.territoire = territoire

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        deja = self.territoire.administrateurs.actuels().filter(utilisateur__email=email)
        if administrateur := deja.select_related("utilisateur").first():
            nom = administrateur.utilisateur
            raise forms.ValidationError(f"{nom} administre déjà ce territoire.")
        return email


def _champ_mot_de_passe(libelle: str, aide: str = "") -> forms.CharField:
    return forms.CharField(
        label=libelle,
        help_text=aide,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "new-password"}),
        error_messages={"required": "Écrivez le mot de passe."},
    )


class CompteForm(forms.Form):
    """The account of somebody invited, whose address is already proved."""

    nom = _champ_nom("Votre nom et votre prénom")
    fonction = forms.ChoiceField(
        label="Votre fonction", required=False, widget=forms.Select(attrs=LISTE)
    )
    mot_de_passe = _champ_mot_de_passe("Mot de passe", " ".join(password_validators_help_texts()))
    confirmation = _champ_mot_de_passe("Le même mot de passe, une seconde fois")

    def __init__(self, *args, email: str, fonctions: Sequence[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["fonction"].choices = [("", "Ne pas le dire"), *fonctions]

    def clean(self):
        donnees = self.cleaned_data
        mot_de_passe = donnees.get("mot_de_passe")
        if not mot_de_passe:
            return
        if mot_de_passe != donnees.get("confirmation", mot_de_passe):
            self.add_error("confirmation", "Les deux mots de passe diffèrent\u00a0: réécrivez-le.")
        try:
            validate_password(
                mot_de_passe, Utilisateur(email=self.email, nom=donnees.get("nom", ""))
            )
        except forms.ValidationError as erreur:
            self.add_error("mot_de_passe", erreur)
