"""allauth's forms in plain French, and what ours do differently."""

from allauth.account import forms as comptes
from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from territoires import courriels
from territoires.models import Utilisateur

LIBELLES = {
    "login": "Adresse e-mail",
    "email": "Adresse e-mail",
    "password": "Mot de passe",
    "oldpassword": "Mot de passe actuel",
    "password1": "Nouveau mot de passe",
    "password2": "Le même, une seconde fois",
    "code": "Code",
    "name": "Nom de la clé",
}
AIDES = {
    "password1": "Au moins 12 caractères. Quatre ou cinq mots sans rapport font un mot de passe "
    "solide, facile à retenir. Ni courant, ni fait de votre nom ou de votre adresse.",
}


class EnFrancais:
    """Labels and helps said in our words, in the look of the other pages."""

    libelles: dict[str, str] = {}
    aides: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nom, champ in self.fields.items():
            champ.label = {**LIBELLES, **self.libelles}.get(nom, champ.label)
            champ.help_text = {**AIDES, **self.aides}.get(nom, "")
            champ.widget.attrs.pop("placeholder", None)
            champ.widget.attrs["class"] = "form-control"


class Connexion(EnFrancais, comptes.LoginForm):
    pass


class ChangerMotDePasse(EnFrancais, comptes.ChangePasswordForm):
    pass


class DefinirMotDePasse(EnFrancais, comptes.SetPasswordForm):
    pass


class NouveauMotDePasse(EnFrancais, comptes.ResetPasswordKeyForm):
    pass


class ConfirmerIdentite(EnFrancais, comptes.ReauthenticateForm):
    pass


class ChangerAdresse(EnFrancais, comptes.AddEmailForm):
    libelles = {"email": "Nouvelle adresse e-mail"}
    aides = {
        "email": "Un message y sera envoyé\u00a0: elle ne remplacera l’ancienne qu’une fois ouvert."
    }


class MotDePasseOublie(EnFrancais, forms.Form):
    """Hands the address over to the worker: the page does the same work whoever has it."""

    email = EmailField()

    def clean_email(self) -> str:
        return get_adapter().clean_email(self.cleaned_data["email"])

    def save(self, request, **_) -> str:
        email = self.cleaned_data["email"]
        courriels.envoyer_mot_de_passe_oublie.enqueue(email, request.build_absolute_uri("/"))
        return email


class CodeEnChiffres(EnFrancais):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CodeDuSecondFacteur(CodeEnChiffres, AuthenticateForm):
    aides = {
        "code": "Les six chiffres que montre votre application, ou l’un de vos codes de secours."
    }


class CodeDeConfirmation(CodeEnChiffres, ReauthenticateForm):
    aides = CodeDuSecondFacteur.aides


class ActiverApplication(CodeEnChiffres, ActivateTOTPForm):
    aides = {"code": "Les six chiffres que l’application montre alors."}


class AjouterCle(EnFrancais, AddWebAuthnForm):
    aides = {
        "name": "Pour la reconnaître\u00a0: «\u00a0mon téléphone\u00a0», «\u00a0clé du bureau\u00a0»."
    }


class RenommerCle(EnFrancais, EditWebAuthnForm):
    pass


class Profil(forms.ModelForm):
    """One's name and function; `fonctions` are the codes and labels of the noyau."""

    class Meta:
        model = Utilisateur
        fields = ("nom", "fonction")

    fonction = forms.ChoiceField(
        label="Fonction",
        required=False,
        help_text="Elle est proposée quand vous décrivez une situation\u00a0; vous pouvez l’y changer.",
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, fonctions: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nom"].label = "Nom et prénom"
        self.fields["nom"].widget.attrs |= {"class": "form-control", "autocomplete": "name"}
        self.fields["fonction"].choices = [("", "Non précisée"), *fonctions]
