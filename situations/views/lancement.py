"""Launching a territory: the conditions of feasibility, met one by one, then the collection opens."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from situations import actions
from situations.lancement import FORMULAIRE, juger, lire_faits, manques
from territoires.acces import territoire_pour
from territoires.actions.lancement import choisir_reglages, nommer_porteur, signer_etape
from territoires.forms_lancement import PorteurForm, ReglagesForm
from territoires.models import Etape, Membre, Territoire
from territoires.permissions import Action, peut

PAGE = {"page": "lancement"}
# Conditions that only wait for somebody to say so, once they are true.
A_CONFIRMER = (Etape.COMITES, Etape.ANIMATEUR, Etape.NOTION, FORMULAIRE)
REGLAGES = ("seuil_copil", "seuil_public", "conservation_brouillons", "conservation_recits")


def lire(request, slug: str) -> HttpResponse:
    """Each condition: met by whom and when, or what is missing and the gesture that meets it."""
    territoire = territoire_pour(request, slug, Action.LIRE_COMITES)
    return _montrer(request, territoire)


def porteur(request, slug: str) -> HttpResponse:
    """Names who bears the baromètre."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    formulaire = PorteurForm(request.POST or None)
    if request.method == "POST" and not formulaire.is_valid():
        return _montrer(request, territoire, porteur=formulaire)
    if request.method == "POST":
        nommer_porteur(territoire=territoire, par=request.user, **formulaire.cleaned_data)
        messages.success(request, "Le porteur est nommé.")
    return _revenir(slug, Etape.PORTEUR)


def reglages(request, slug: str) -> HttpResponse:
    """Chooses the thresholds of secrecy and how long things are kept."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    formulaire = ReglagesForm(request.POST or None)
    if request.method == "POST" and not formulaire.is_valid():
        return _montrer(request, territoire, reglages=formulaire)
    if request.method == "POST":
        choisir_reglages(territoire=territoire, par=request.user, **formulaire.cleaned_data)
        messages.success(request, "Les seuils et les durées sont enregistrés.")
    return _revenir(slug, Etape.REGLAGES)


def confirmer(request, slug: str, etape: str) -> HttpResponse:
    """Signs a condition that is true as things are; refuses to when it is not."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    if etape not in A_CONFIRMER:
        raise Http404
    condition = next(c for c in juger(lire_faits(territoire)) if c.code == etape)
    if request.method == "POST" and not condition.constat:
        messages.warning(request, f"{condition.manque} Rien n’est confirmé pour l’instant.")
    elif request.method == "POST":
        _signer(territoire, etape, request.user)
        messages.success(
            request, f"C’est noté\u00a0: {condition.titre[0].lower()}{condition.titre[1:]}."
        )
    return _revenir(slug, etape)


def _signer(territoire: Territoire, etape: str, par) -> None:
    if etape == FORMULAIRE:
        actions.garder_formulaire(territoire=territoire, par=par)
    else:
        signer_etape(territoire=territoire, etape=Etape(etape), par=par)


def ouvrir(request, slug: str) -> HttpResponse:
    """Opens the collection when every condition is met, at that very moment."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    if request.method == "POST":
        try:
            actions.ouvrir_collecte(territoire=territoire, par=request.user)
        except actions.ConditionsManquantes as refus:
            messages.error(
                request,
                "La collecte n’est pas ouverte. " + " ".join(c.manque for c in refus.conditions),
            )
        else:
            messages.success(request, "La collecte est ouverte\u00a0: chacun peut saisir.")
    return redirect("situations:lancement", slug)


def _revenir(slug: str, etape: str) -> HttpResponse:
    adresse = redirect("situations:lancement", slug)
    adresse["Location"] += f"#{etape}"
    return adresse


def _montrer(request, territoire: Territoire, **formulaires) -> HttpResponse:
    conditions = juger(lire_faits(territoire))
    faux = next((f for f in formulaires.values() if f.errors), None)
    return render(
        request,
        "lancement/lancement.html",
        {
            **PAGE,
            "territoire": territoire,
            "conditions": conditions,
            "restantes": manques(conditions),
            "peut_lancer": peut(request.user, Action.GERER_MEMBRES, territoire),
            "peut_adapter": peut(request.user, Action.ADAPTER, territoire),
            "en_erreur": faux,
            "porteur": PorteurForm(initial={"porteur": territoire.porteur}),
            "reglages": ReglagesForm(initial={nom: getattr(territoire, nom) for nom in REGLAGES}),
            **formulaires,
        },
    )


def collecte_fermee(request, territoire: Territoire, statut: int = 200) -> HttpResponse:
    """« La collecte n’est pas ouverte » : what is missing, and whom to ask."""
    return render(
        request,
        "lancement/collecte_fermee.html",
        {
            "page": "situations",
            "territoire": territoire,
            "restantes": manques(juger(lire_faits(territoire))),
            "a_qui": _a_qui_demander(territoire),
            "peut_lancer": peut(request.user, Action.GERER_MEMBRES, territoire),
        },
        status=statut,
    )


def _a_qui_demander(territoire: Territoire) -> list[str]:
    """The animateur, else the administrators of the territory."""
    animateurs = Membre.objects.actuels().animateurs().filter(comite__territoire=territoire)
    noms = list(animateurs.values_list("utilisateur__nom", flat=True))
    administrateurs = territoire.administrateurs.actuels().values_list(
        "utilisateur__nom", flat=True
    )
    return noms or list(administrateurs.order_by("utilisateur__nom"))
