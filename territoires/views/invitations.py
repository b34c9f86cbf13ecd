"""Inviting: one person, what becomes of each invitation, and the page that its link opens."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from territoires import actions
from territoires.acces import territoire_pour
from territoires.forms_membres import CompteForm, InviterForm
from territoires.invitations import invitation_de
from territoires.models import Invitation, Utilisateur
from territoires.permissions import Action

PAGE = {"page": "membres"}
Etat = Invitation.Etat


def inviter(request: HttpRequest, slug: str) -> HttpResponse:
    """Invites one person to sit in a committee."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    formulaire = InviterForm(request.POST or None, territoire=territoire, par=request.user)
    if formulaire.is_valid():
        try:
            invitation = actions.inviter(
                territoire=territoire,
                racine=request.build_absolute_uri("/"),
                par=request.user,
                **formulaire.cleaned_data,
            )
        except actions.InvitationImpossible as erreur:
            formulaire.add_error("email", str(erreur))
        else:
            messages.success(request, f"L’invitation part pour {invitation.email}.")
            return redirect("territoires:membres", territoire.slug)
    contexte = {"territoire": territoire, "form": formulaire}
    return render(request, "membres/inviter.html", {**PAGE, **contexte})


def changer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Sends an invitation again, or revokes it: « geste » says which."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    invitation = get_object_or_404(territoire.invitations, pk=pk)
    if request.method == "POST":
        changer_invitation(request, invitation, request.POST.get("geste", ""))
    return redirect("territoires:membres", territoire.slug)


def changer_invitation(request: HttpRequest, invitation: Invitation, geste: str) -> None:
    """Does one of the two gestures, and says what was done."""
    try:
        if geste == "renvoyer":
            racine = request.build_absolute_uri("/")
            actions.renvoyer_invitation(invitation=invitation, racine=racine, par=request.user)
            messages.success(
                request,
                f"Une nouvelle invitation part pour {invitation.email}\u00a0; l’ancien lien n’ouvre "
                "plus rien.",
            )
        elif geste == "revoquer":
            actions.revoquer_invitation(invitation=invitation, par=request.user)
            messages.success(request, f"L’invitation de {invitation.email} est révoquée.")
    except actions.InvitationImpossible as erreur:
        messages.error(request, str(erreur))


def accepter(request: HttpRequest, cle: str, *, fonctions: list[tuple[str, str]]) -> HttpResponse:
    """What the link of an invitation opens: who invites to what, then the seat.

    Whoever has an account logs in first; whoever has none makes it here.
    """
    invitation = invitation_de(cle)
    if invitation is None:
        return render(request, "membres/invitation_fermee.html", status=404)
    if request.user.is_authenticated and invitation.acceptee_par == request.user:
        return _entrer(request, invitation)
    if invitation.etat in (Etat.ACCEPTEE, Etat.REVOQUEE, Etat.EXPIREE):
        contexte = {"invitation": invitation, "etat": invitation.etat.value}
        return render(request, "membres/invitation_fermee.html", contexte, status=410)
    compte = Utilisateur.objects.filter(email=invitation.email).first()
    if request.user.is_authenticated and request.user != compte:
        return render(request, "membres/invitation_autre.html", {"invitation": invitation})
    if compte is None:
        return _accepter_sans_compte(request, invitation, fonctions)
    if not request.user.is_authenticated:
        return render(
            request, "membres/invitation_connexion.html", {"invitation": invitation, "cle": cle}
        )
    return _accepter_avec_compte(request, invitation)


def _accepter_avec_compte(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    contexte = {"invitation": invitation}
    if request.method == "POST":
        try:
            actions.accepter_invitation(invitation=invitation, utilisateur=request.user)
            return _entrer(request, invitation)
        except actions.InvitationImpossible as erreur:
            contexte["erreur"] = str(erreur)
    return render(request, "membres/invitation.html", contexte)


def _accepter_sans_compte(request: HttpRequest, invitation: Invitation, fonctions) -> HttpResponse:
    formulaire = CompteForm(
        request.POST or None,
        email=invitation.email,
        fonctions=fonctions,
        initial={"nom": invitation.nom},
    )
    if formulaire.is_valid():
        champs = {nom: formulaire.cleaned_data[nom] for nom in ("nom", "fonction", "mot_de_passe")}
        try:
            utilisateur = actions.accepter_en_creant_son_compte(invitation=invitation, **champs)
        except actions.InvitationImpossible:
            # Clicked twice: the account is there, and this browser is in it or is about to be.
            return redirect(request.path)
        login(request, utilisateur, backend=settings.AUTHENTICATION_BACKENDS[0])
        return _entrer(request, invitation)
    return render(
        request, "membres/invitation_compte.html", {"invitation": invitation, "form": formulaire}
    )


def _entrer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if invitation.territoire is None:
        messages.success(request, "Bienvenue\u00a0: vous administrez le baromètre pour tous.")
        return redirect("accueil")
    messages.success(
        request, f"Bienvenue dans le baromètre de «\u00a0{invitation.territoire}\u00a0»."
    )
    return redirect("situations:entrer", invitation.territoire.slug)
