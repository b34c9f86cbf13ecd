"""Accounts: django-allauth's views, under French addresses and their usual names.

Not the one that changes one's e-mail: nothing proves yet that the new address is one's own, and an
administrator is named by it.
"""

from allauth.account import views
from django.urls import path, re_path

urlpatterns = [
    path("inscription/", views.signup, name="account_signup"),
    path("deconnexion/", views.logout, name="account_logout"),
    path("confirmer-mon-identite/", views.reauthenticate, name="account_reauthenticate"),
    path("compte-desactive/", views.account_inactive, name="account_inactive"),
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
]
