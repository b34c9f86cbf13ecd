"""Accounts: django-allauth's views, under French addresses and their usual names.

Nobody makes an account by themself: the page that would do so says whom to ask.
"""

from allauth.account import views
from allauth.mfa.base import views as second_facteur
from allauth.mfa.recovery_codes import views as secours
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn import views as cles
from allauth.usersessions.views import list_usersessions
from django.urls import path, re_path

from territoires import fournisseur
from territoires.views.comptes import etat_session, fermer_session

urlpatterns = [
    path("inscription/", views.signup, name="account_signup"),
    path("deconnexion/", views.logout, name="account_logout"),
    path("confirmer-mon-identite/", views.reauthenticate, name="account_reauthenticate"),
    path("compte-desactive/", views.account_inactive, name="account_inactive"),
    path("adresse/", views.email, name="account_email"),
    path("adresse/confirmer/<key>/", views.confirm_email, name="account_confirm_email"),
    path("mot-de-passe/changer/", views.password_change, name="account_change_password"),
    path("mot-de-passe/definir/", views.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", views.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/oublie/envoye/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/fait/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("session/", etat_session, name="etat_session"),
    path("sessions/", list_usersessions, name="usersessions_list"),
    path("sessions/<int:pk>/fermer/", fermer_session, name="fermer_session"),
    path("second-facteur/", second_facteur.index, name="mfa_index"),
    path("second-facteur/connexion/", second_facteur.authenticate, name="mfa_authenticate"),
    path("second-facteur/confirmer/", second_facteur.reauthenticate, name="mfa_reauthenticate"),
    path("second-facteur/application/", application.activate_totp, name="mfa_activate_totp"),
    path(
        "second-facteur/application/retirer/",
        application.deactivate_totp,
        name="mfa_deactivate_totp",
    ),
    path("second-facteur/secours/", secours.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-facteur/secours/refaire/",
        secours.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("second-facteur/cles/", cles.list_webauthn, name="mfa_list_webauthn"),
    path("second-facteur/cles/ajouter/", cles.add_webauthn, name="mfa_add_webauthn"),
    path(
        "second-facteur/cles/confirmer/",
        cles.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("second-facteur/cles/<int:pk>/", cles.edit_webauthn, name="mfa_edit_webauthn"),
    path("second-facteur/cles/<int:pk>/retirer/", cles.remove_webauthn, name="mfa_remove_webauthn"),
    path("fournisseur/", fournisseur.partir, name="aller_au_fournisseur"),
    path("fournisseur/retour/", fournisseur.revenir, name="retour_du_fournisseur"),
]
