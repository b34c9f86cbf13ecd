"""Inviting a whole list: paste it, correct what is wrong, follow what is sent."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from territoires import actions
from territoires.acces import territoire_pour
from territoires.collage import CHAMPS, LIGNES_MAX, Ligne
from territoires.envois import envoyer_invitation
from territoires.forms_membres import ListeForm, OrganismeForm
from territoires.invitations import Examen, Examinee, Suite, organismes_inconnus
from territoires.models import LotInvitations, Organisme, Territoire
from territoires.permissions import Action

PAGE = {"page": "membres"}
# How many wrong lines a page corrects at once: a browser posts no more fields than Django takes.
A_CORRIGER_MAX = 100
A_CREER_MAX = 40
# After this time without any e-mail leaving, the page says that something is stuck.
PATIENCE = timedelta(minutes=2)


def coller(request: HttpRequest, slug: str) -> HttpResponse:
    """Pastes a list, reads what it is worth line by line, corrects it, invites who may be."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    lignes = _lire_lignes(request.POST.get("lignes", ""))
    if lignes is None:
        return _coller(request, territoire)
    lignes = _corriger(lignes, request.POST)
    geste = request.POST.get("geste", "verifier")
    if geste == "inviter":
        return _inviter(request, territoire, lignes)
    creations = _creer_organismes(request, territoire) if geste == "creer" else []
    return _montrer(request, territoire, lignes, creations=creations)


def _coller(request: HttpRequest, territoire: Territoire) -> HttpResponse:
    formulaire = ListeForm(request.POST or None, territoire=territoire)
    if formulaire.is_valid():
        return _montrer(request, territoire, formulaire.completees())
    contexte = {"territoire": territoire, "form": formulaire, "maximum": LIGNES_MAX}
    return render(request, "membres/coller.html", {**PAGE, **contexte})


def _lire_lignes(texte: str) -> list[Ligne] | None:
    """The lines that the page carries; None when it carries none, or something else."""
    try:
        lues = json.loads(texte)
        lignes = [Ligne(int(n), *map(str, champs)) for n, *champs in lues[:LIGNES_MAX]]
    except (ValueError, TypeError, KeyError):
        return None
    return lignes or None


def _corriger(lignes: list[Ligne], postees) -> list[Ligne]:
    """The lines with what was written over them, without those taken out."""
    corrigees = []
    for rang, ligne in enumerate(lignes):
        if f"retirer-{rang}" in postees:
            continue
        ecrits = {
            champ: " ".join(postees[f"{champ}-{rang}"].split())
            for champ in CHAMPS
            if f"{champ}-{rang}" in postees
        }
        corrigees.append(replace(ligne, **ecrits))
    return corrigees


def _inviter(request: HttpRequest, territoire: Territoire, lignes: list[Ligne]) -> HttpResponse:
    lot, restent = actions.inviter_plusieurs(
        territoire=territoire,
        lignes=lignes,
        racine=request.build_absolute_uri("/"),
        par=request.user,
    )
    if lot is not None and not any(une.erreurs for une in restent):
        return redirect("territoires:lot", territoire.slug, lot.pk)
    return _montrer(request, territoire, [une.ligne for une in restent], lot=lot)


@dataclass
class Creation:
    """An organisme that the list names and the territory does not have."""

    form: OrganismeForm
    cochee: bool


def _creer_organismes(request: HttpRequest, territoire: Territoire) -> list[Creation]:
    """Creates those that were ticked; gives back those that could not be, with why."""
    refusees = []
    for rang in range(A_CREER_MAX):
        if f"creer-{rang}" not in request.POST:
            continue
        formulaire = OrganismeForm(
            request.POST, instance=Organisme(territoire=territoire), prefix=f"organisme-{rang}"
        )
        if formulaire.is_valid():
            actions.creer_organisme(
                territoire=territoire, par=request.user, **formulaire.cleaned_data
            )
        else:
            refusees.append(Creation(formulaire, True))
    return refusees


def _montrer(
    request: HttpRequest,
    territoire: Territoire,
    lignes: list[Ligne],
    *,
    lot: LotInvitations | None = None,
    creations: list[Creation] = (),
) -> HttpResponse:
    """The list judged line by line; the wrong lines may be corrected where they are."""
    examinees = Examen(territoire, request.user).examiner(lignes)
    numerotees = list(enumerate(examinees))
    a_corriger = [(rang, une) for rang, une in numerotees if une.suite is Suite.A_CORRIGER]
    contexte = {
        "territoire": territoire,
        "lot": lot,
        "lignes": json.dumps([[ligne.numero, *_champs(ligne)] for ligne in lignes]),
        "pretes": [une for une in examinees if une.suite is Suite.PRETE],
        "sans_suite": [une for une in examinees if une.suite is Suite.SANS_SUITE],
        "a_corriger": a_corriger[:A_CORRIGER_MAX],
        "nombre_a_corriger": len(a_corriger),
        "plus_tard": max(0, len(a_corriger) - A_CORRIGER_MAX),
        "creations": _proposer_creations(territoire, examinees, creations),
        "organismes": [organisme.nom for organisme in territoire.organismes.all()],
        "comites": [str(comite) for comite in territoire.comites.all()],
    }
    return render(request, "membres/verifier.html", {**PAGE, **contexte})


def _champs(ligne: Ligne) -> list[str]:
    return [getattr(ligne, champ) for champ in CHAMPS]


def _proposer_creations(
    territoire: Territoire, examinees: list[Examinee], refusees: list[Creation]
) -> list[Creation]:
    deja = {creation.form["nom"].value() for creation in refusees}
    noms = [nom for nom in organismes_inconnus(examinees) if nom not in deja]
    proposees = list(refusees)
    pris = {creation.form.prefix for creation in refusees}
    libres = (f"organisme-{rang}" for rang in range(A_CREER_MAX) if f"organisme-{rang}" not in pris)
    for nom, prefixe in zip(noms, libres, strict=False):
        formulaire = OrganismeForm(
            instance=Organisme(territoire=territoire), initial={"nom": nom}, prefix=prefixe
        )
        proposees.append(Creation(formulaire, False))
    return proposees


def lot(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What became of a list: how many left, which failed and why. Posted: sends those again."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    envoi = get_object_or_404(
        LotInvitations.objects.select_related("par"), territoire=territoire, pk=pk
    )
    if request.method == "POST":
        _relancer(request, envoi)
        return redirect("territoires:lot", territoire.slug, envoi.pk)
    contexte = {"territoire": territoire, "lot": envoi, **_avancement(envoi)}
    return render(request, "membres/lot.html", {**PAGE, **contexte})


def _avancement(envoi: LotInvitations) -> dict:
    attendues = Q(envoyee_le=None, echec="", revoquee_le=None, acceptee_le=None)
    comptes = envoi.invitations.aggregate(
        total=Count("pk"),
        en_attente=Count("pk", filter=attendues),
        parties=Count("pk", filter=Q(envoyee_le__isnull=False)),
        dernier=Max("envoyee_le"),
    )
    depuis = comptes["dernier"] or envoi.cree_le
    return {
        **comptes,
        "echouees": envoi.invitations.en_attente().exclude(echec=""),
        "bloque": comptes["en_attente"] and timezone.now() - depuis > PATIENCE,
    }


def _relancer(request: HttpRequest, envoi: LotInvitations) -> None:
    """Those that failed get a new link; those that wait are put in the queue again: each leaves
    once, however many times it is there."""
    racine = request.build_absolute_uri("/")
    for invitation in envoi.invitations.en_attente().exclude(echec=""):
        actions.renvoyer_invitation(invitation=invitation, racine=racine, par=request.user)
    for invitation in envoi.invitations.ouvertes().filter(envoyee_le=None, echec=""):
        envoyer_invitation.enqueue(invitation.pk, racine)
