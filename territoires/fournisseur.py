"""One more door to accounts that exist: an OpenID Connect provider, ProConnect for instance.

allauth speaks the protocol. What is ours: nobody gets an account by it, an address opens an account
only if the provider says that it is proved, the answer must be the one to this very question
(nonce), and what says who someone is may come signed (ProConnect) or not.
"""

import secrets

import requests
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

FOURNISSEUR = "oidc"
# Questions asked from several tabs, whose answers are awaited.
QUESTIONS, NOMBRE_DE_QUESTIONS = "oidc_questions", 5


class AdaptateurFournisseur(DefaultSocialAccountAdapter):
    def on_authentication_error(self, request, provider, error=None, **_) -> None:
        """Whoever gave up there comes back to the login page."""
        if error == AuthError.CANCELLED:
            messages.info(request, f"Vous n’avez pas continué avec {nom()}.")
            raise ImmediateHttpResponse(redirect("account_login"))

    def is_open_for_signup(self, request, sociallogin) -> bool:
        """Never; says why no account was found."""
        prouvee = any(adresse.verified for adresse in sociallogin.email_addresses)
        contexte = {"fournisseur": nom(), "prouvee": prouvee}
        page = render(request, "socialaccount/compte_inconnu.html", contexte, status=403)
        raise ImmediateHttpResponse(page)


class Fournisseur(OpenIDConnectOAuth2Adapter):
    def get_provider(self):
        fournisseur = super().get_provider()
        fournisseur.oauth2_adapter_class = Fournisseur
        return fournisseur

    def get_callback_url(self, request, app) -> str:
        return build_absolute_uri(request, reverse("retour_du_fournisseur"))

    def complete_login(self, request, app, token, **kwargs):
        identite = self._decode_id_token(app, kwargs["response"].get("id_token", ""))
        questions = request.session.pop(QUESTIONS, [])
        if identite.get("nonce") not in questions:
            raise OAuth2Error("the answer is to another question")
        personne = self._fetch_user_info(token.token)
        if personne.get("sub") != identite["sub"]:
            raise OAuth2Error("the token and the person differ")
        # « true », and nothing that only looks like it.
        personne = {**personne, "email_verified": personne.get("email_verified") is True}
        garde = {
            nom: personne[nom] for nom in ("sub", "email", "email_verified") if nom in personne
        }
        return self.get_provider().sociallogin_from_response(request, {"userinfo": garde})

    def _decode_id_token(self, app, id_token: str) -> dict:
        return self._verifier(app, id_token)

    def _fetch_user_info(self, access_token: str) -> dict:
        """JSON, or the same signed by the provider."""
        entetes = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            reponse = session.get(self.profile_url, headers=entetes)
            reponse.raise_for_status()
        if reponse.headers.get("Content-Type", "").startswith("application/jwt"):
            return self._verifier(self.get_provider().app, reponse.text)
        return reponse.json()

    def _verifier(self, app, jeton: str) -> dict:
        """What a signed token says. Raises OAuth2Error unless it is this provider's, for us, now."""
        try:
            return jwtkit.verify_and_decode(
                credential=jeton,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, ValueError) as erreur:
            raise OAuth2Error("not a token") from erreur


def nom() -> str:
    """What the provider is called on the login page; empty when there is none."""
    applications = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return applications[0]["name"] if applications else ""


def _adaptateur(request) -> Fournisseur:
    adaptateur = Fournisseur(request, FOURNISSEUR)
    try:
        adaptateur.get_provider()
    except SocialApp.DoesNotExist as absent:
        raise Http404 from absent
    return adaptateur


@login_not_required
@never_cache
@require_GET
def partir(request) -> HttpResponse:
    """Sends to the provider, to log in and for nothing else."""
    adaptateur = _adaptateur(request)
    question = secrets.token_urlsafe(32)
    en_attente = request.session.get(QUESTIONS, [])[1 - NOMBRE_DE_QUESTIONS :]
    request.session[QUESTIONS] = [*en_attente, question]
    try:
        return adaptateur.get_provider().redirect(
            request,
            AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            auth_params={"nonce": question},
        )
    except requests.RequestException:
        return render(
            request, "socialaccount/authentication_error.html", {"auth_error": {}}, status=502
        )


@login_not_required
@never_cache
@require_GET
def revenir(request) -> HttpResponse:
    """Back from the provider, with who it says one is."""
    return OAuth2CallbackView.adapter_view(_adaptateur(request))(request)
