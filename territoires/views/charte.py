"""The charter: read, accepted at the first login with the short guide, adopted, its versions."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from territoires.acces import memoriser, territoire_pour
from territoires.actions.lancement import CharteRemplacee, accepter_charte, adopter_charte
from territoires.charte import (
    ENONCE,
    a_accepter,
    en_vigueur,
    paragraphes,
    suite_de,
    texte_propose,
)
from territoires.forms_lancement import AccepterCharteForm, AdopterCharteForm
from territoires.models import Membre, Territoire
from territoires.permissions import Action, peut, siege, territoire_permis
from territoires.reprise import Reprise, est_d_ici

PAGE = {"page": "lancement"}


def adresse_de_la_charte(request, territoire: Territoire) -> str:
    """Where one accepts it, then goes on to the page that was asked for."""
    adresse = reverse("territoires:charte", args=[territoire.slug])
    return f"{adresse}?{urlencode({'suite': request.get_full_path()})}"


def lire(request, slug: str) -> HttpResponse:
    """The charter in force; whoever has a seat accepts it here before any other page."""
    # The one page of a territory that does not ask for the charter first.
    territoire = memoriser(request, territoire_permis(request.user, slug, Action.LIRE_COMITES))
    if request.method == "POST":
        return _accepter(request, territoire)
    suite = request.GET.get("suite", "")
    return presenter(request, territoire, suite=suite if est_d_ici(suite, request) else "")


def _accepter(request, territoire: Territoire) -> HttpResponse:
    if not siege(request.user, territoire):
        raise PermissionDenied
    suite = request.POST.get("suite", "")
    suite = suite if est_d_ici(suite, request) else ""
    reprise = Reprise.lire(request.POST.get("reprise", ""), request)
    formulaire = AccepterCharteForm(request.POST)
    if not formulaire.is_valid():
        return presenter(request, territoire, suite=suite, reprise=reprise, form=formulaire)
    try:
        accepter_charte(
            territoire=territoire, numero=formulaire.cleaned_data["numero"], par=request.user
        )
    except CharteRemplacee:
        messages.warning(
            request, "La charte vient de changer\u00a0: voici celle qui est en vigueur."
        )
        return presenter(request, territoire, suite=suite, reprise=reprise)
    if reprise is not None:
        return render(request, "lancement/reprendre.html", {"reprise": reprise})
    messages.success(request, "Vous avez accepté la charte. Bienvenue.")
    return redirect(suite or "accueil")


def presenter(
    request, territoire: Territoire, *, suite="", reprise=None, form=None, statut=200
) -> HttpResponse:
    """The charter in force and, for whoever has still to accept it, the short guide before it."""
    charte = en_vigueur(territoire)
    a_lire = charte is not None and a_accepter(request.user, territoire) is not None
    adhesion = None
    if charte is not None:
        adhesion = charte.adhesions.filter(utilisateur=request.user).first()
        form = form or AccepterCharteForm(initial={"numero": charte.numero})
    return render(
        request,
        "lancement/accepter.html" if a_lire else "lancement/charte.html",
        {
            **PAGE,
            "territoire": territoire,
            "charte": charte,
            "enonce": ENONCE,
            "paragraphes": paragraphes(suite_de(charte.texte)) if charte else [],
            "versions": territoire.chartes.select_related("adoptee_par").defer("texte"),
            "adhesion": adhesion,
            "form": form,
            "suite": suite,
            "reprise": reprise,
            "sieges": _sieges(request.user, territoire) if a_lire else [],
            "peut_adopter": peut(request.user, Action.GERER_MEMBRES, territoire),
        },
        status=statut,
    )


def _sieges(utilisateur, territoire: Territoire) -> list[Membre]:
    """The seats that whoever refuses the charter may leave."""
    sieges = Membre.objects.actuels().filter(utilisateur=utilisateur, comite__territoire=territoire)
    return list(sieges.select_related("comite"))


def lire_version(request, slug: str, numero: int) -> HttpResponse:
    """A version of the charter, as it was adopted."""
    territoire = territoire_pour(request, slug, Action.LIRE_COMITES)
    version = get_object_or_404(territoire.chartes.select_related("adoptee_par"), numero=numero)
    contexte = {
        "version": version,
        "en_vigueur": en_vigueur(territoire) == version,
        "paragraphes": paragraphes(version.texte),
    }
    return render(
        request,
        "lancement/version_charte.html",
        {**PAGE, "territoire": territoire, **contexte},
    )


def adopter(request, slug: str) -> HttpResponse:
    """Proposes the text, lets it be changed after the statement, and adopts it."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    charte = en_vigueur(territoire)
    depart = suite_de(charte.texte) if charte else texte_propose()
    formulaire = AdopterCharteForm(request.POST or None, initial={"suite": depart})
    if formulaire.is_valid():
        adoptee = adopter_charte(territoire=territoire, par=request.user, **formulaire.cleaned_data)
        _dire(request, adoptee, charte)
        return redirect("situations:lancement", slug)
    return render(
        request,
        "lancement/adopter.html",
        {
            **PAGE,
            "territoire": territoire,
            "charte": charte,
            "enonce": ENONCE,
            "form": formulaire,
            "membres": _membres(territoire),
        },
    )


def _dire(request, adoptee, precedente) -> None:
    if adoptee == precedente:
        messages.info(request, "Le texte n’a pas changé\u00a0: la charte reste la même.")
        return
    messages.success(
        request,
        f"La charte est adoptée (version {adoptee.numero}). Chaque membre d’un comité la lira et "
        "l’acceptera à sa prochaine visite.",
    )


def _membres(territoire: Territoire) -> int:
    """How many people will be asked to accept it."""
    comites = territoire.comites.all()
    return len({m.utilisateur_id for c in comites for m in c.membres.actuels()})
