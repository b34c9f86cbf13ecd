"""« Mon compte »: who one is here, and what protects it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from situations.noyau import listes
from territoires import journal
from territoires.comptes import FACTEURS
from territoires.formulaires_comptes import Profil
from territoires.permissions import exige_second_facteur


def mon_compte(request) -> HttpResponse:
    """One's name and function, to change here; what else there is, with where to change it."""
    fonctions = [(option["code"], option["libelle"]) for option in listes()["fonction"]]
    form = Profil(request.POST or None, instance=request.user, fonctions=fonctions)
    if form.is_valid():
        form.save()
        journal.ecrire("modifier_profil", par=request.user, objet=request.user)
        messages.success(request, "C’est enregistré.")
        return redirect("mon_compte")
    if form.errors:
        # The header names the account as it is, not as it was refused.
        request.user.refresh_from_db()
    facteurs = Authenticator.objects.filter(user=request.user, type__in=FACTEURS)
    return render(
        request,
        "comptes/mon_compte.html",
        {
            "form": form,
            "nouvelle_adresse": EmailAddress.objects.get_new(request.user),
            "nombre_de_facteurs": facteurs.count(),
            "facteur_exige": exige_second_facteur(request.user),
            "nombre_de_sessions": len(UserSession.objects.purge_and_list(request.user)),
        },
    )
