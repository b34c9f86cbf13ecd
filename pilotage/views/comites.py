"""The committees of a territory: who sits there and for whom, what for, and what they decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from pilotage.actions import annuler_decision, decider
from pilotage.forms import FORMULAIRES, GroupeForm, MandatForm, natures_de
from pilotage.models import Decision, Publication
from territoires.acces import territoire_pour
from territoires.actions.comites import creer_groupe, ecrire_mandat, renommer_groupe
from territoires.models import Comite, Membre, Territoire
from territoires.permissions import Action, peut, peut_decider

PAGE = {"page": "comites"}
NOM_PRIS = "Un autre comité porte déjà ce nom."


def lister(request: HttpRequest, slug: str) -> HttpResponse:
    """Every committee of the territory, and what all of them decided."""
    territoire = territoire_pour(request, slug, Action.LIRE_COMITES)
    comites = list(territoire.comites.all())
    sieges = Membre.objects.actuels().filter(comite__in=comites).order_by()
    par_comite = {comite.pk: [] for comite in comites}
    for comite, organisme in sieges.values_list("comite", "organisme__nom"):
        par_comite[comite].append(organisme)
    return render(
        request,
        "comites/lister.html",
        {
            **PAGE,
            "territoire": territoire,
            "comites": [
                (comite, len(par_comite[comite.pk]), sorted(set(par_comite[comite.pk])))
                for comite in comites
            ],
            "decisions": _decisions().filter(comite__in=comites),
            "peut_gerer": peut(request.user, Action.GERER_MEMBRES, territoire),
        },
    )


def lire(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One committee: its mandate, its members, its decisions."""
    comite = _comite(request, slug, pk, Action.LIRE_COMITES)
    membres = comite.membres.actuels().select_related("utilisateur", "organisme")
    animateurs = set(comite.membres.actuels().animateurs().values_list("pk", flat=True))
    gere = peut(request.user, Action.GERER_MEMBRES, comite.territoire)
    return render(
        request,
        "comites/comite.html",
        {
            **PAGE,
            "territoire": comite.territoire,
            "comite": comite,
            "membres": [(membre, membre.pk in animateurs) for membre in membres],
            "decisions": _decisions().filter(comite=comite),
            "peut_gerer": gere,
            "est_groupe": comite.nature == Comite.Nature.GROUPE_DE_TRAVAIL,
            "natures": natures_de(comite) if peut_decider(request.user, comite) else [],
            "publie": comite.nature == Comite.Nature.PILOTAGE,
        },
    )


def mandat(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the committee is for."""
    comite = _comite(request, slug, pk, Action.GERER_MEMBRES)
    formulaire = MandatForm(request.POST or None, initial={"mandat": comite.mandat})
    if formulaire.is_valid():
        ecrire_mandat(comite=comite, par=request.user, **formulaire.cleaned_data)
        messages.success(request, "Le mandat est enregistré.")
        return redirect("pilotage:comite", slug, comite.pk)
    return _editer(request, comite.territoire, formulaire, "Mandat", comite=comite)


def creer(request: HttpRequest, slug: str) -> HttpResponse:
    """One more groupe de travail."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    formulaire = GroupeForm(request.POST or None, territoire=territoire)
    if formulaire.is_valid():
        try:
            groupe = creer_groupe(
                territoire=territoire, par=request.user, **formulaire.cleaned_data
            )
        except IntegrityError:
            # The same click twice, or someone else at the same moment.
            formulaire.add_error("nom", NOM_PRIS)
        else:
            messages.success(
                request, f"«\u00a0{groupe}\u00a0» est créé. Il reste à y inviter des membres."
            )
            return redirect("pilotage:comite", slug, groupe.pk)
    return _editer(request, territoire, formulaire, "Nouveau groupe de travail")


def renommer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another name for a groupe de travail; the other committees keep theirs."""
    comite = _comite(request, slug, pk, Action.GERER_MEMBRES)
    if comite.nature != Comite.Nature.GROUPE_DE_TRAVAIL:
        raise Http404
    formulaire = GroupeForm(
        request.POST or None,
        territoire=comite.territoire,
        groupe=comite,
        initial={"nom": str(comite)},
    )
    if formulaire.is_valid():
        try:
            renommer_groupe(comite=comite, par=request.user, **formulaire.cleaned_data)
        except IntegrityError:
            formulaire.add_error("nom", NOM_PRIS)
        else:
            messages.success(request, "Le groupe de travail est renommé.")
            return redirect("pilotage:comite", slug, comite.pk)
    return _editer(request, comite.territoire, formulaire, "Renommer le groupe", comite=comite)


def decider_de(request: HttpRequest, slug: str, pk: int, nature: str) -> HttpResponse:
    """Writes a decision of this committee."""
    comite = _comite_qui_decide(request, slug, pk)
    if nature not in natures_de(comite):
        raise Http404
    formulaire = FORMULAIRES[nature](
        request.POST or None, initial={"prise_le": timezone.localdate()}
    )
    if formulaire.is_valid():
        decider(comite=comite, nature=nature, par=request.user, **formulaire.decision())
        messages.success(request, "La décision est écrite\u00a0: les autres comités la lisent.")
        return redirect("pilotage:comite", slug, comite.pk)
    titre = Decision.Nature(nature).label
    return _editer(request, comite.territoire, formulaire, titre, comite=comite, decide=True)


def annuler(request: HttpRequest, slug: str, pk: int, decision: int) -> HttpResponse:
    """Says what cancelling does, then cancels: the decision stays readable, struck out."""
    comite = _comite_qui_decide(request, slug, pk)
    decision = get_object_or_404(comite.decisions.select_related("par"), pk=decision)
    if Publication.objects.filter(decision=decision).exists():
        messages.info(request, "Une publication se retire ici.")
        return redirect("pilotage:publications", slug)
    if decision.annulee_le is not None:
        messages.info(request, "Cette décision est déjà annulée.")
        return redirect("pilotage:comite", slug, comite.pk)
    if request.method == "POST":
        annuler_decision(decision=decision, par=request.user)
        messages.success(request, "La décision est annulée. Elle reste lisible, barrée.")
        return redirect("pilotage:comite", slug, comite.pk)
    contexte = {"territoire": comite.territoire, "comite": comite, "decision": decision}
    return render(request, "comites/annuler.html", {**PAGE, **contexte})


def _comite(request: HttpRequest, slug: str, pk: int, action: Action) -> Comite:
    territoire = territoire_pour(request, slug, action)
    return get_object_or_404(territoire.comites.select_related("territoire"), pk=pk)


def _comite_qui_decide(request: HttpRequest, slug: str, pk: int) -> Comite:
    comite = _comite(request, slug, pk, Action.LIRE_COMITES)
    if not peut_decider(request.user, comite):
        raise PermissionDenied
    return comite


def _decisions():
    return Decision.objects.select_related(
        "par", "annulee_par", "comite__territoire", "publication"
    )


def _editer(request, territoire: Territoire, formulaire, titre: str, **contexte) -> HttpResponse:
    donnees = {"territoire": territoire, "form": formulaire, "titre": titre, "comite": None}
    return render(request, "comites/editer.html", {**PAGE, "decide": False, **donnees, **contexte})
