"""Who takes part: the page of members, one seat, the administrators."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from territoires import actions
from territoires.acces import territoire_pour
from territoires.forms_membres import AdministrateurForm, SiegeForm
from territoires.models import Comite, LotInvitations, Membre, Territoire
from territoires.perimetres import normaliser
from territoires.permissions import Action, a_un_role, fait_relire, peut, sans_animateur

PAGE = {"page": "membres"}
# From this many people on, one looks for them by their name.
LONGUE_LISTE = 15
INVITATIONS_PAR_PAGE = 50
REVOQUEES_DEPUIS = timedelta(days=30)
DERNIER = (
    "C’est le seul administrateur du territoire\u00a0: nommez-en d’abord un autre. "
    "Seul un administrateur national peut laisser un territoire sans administrateur."
)


@dataclass
class Sieges:
    """A committee and those who sit there today, the animateur first."""

    comite: Comite
    membres: list[Membre] = field(default_factory=list)


def membres(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits in each committee and who administers; for whoever manages them, the invitations."""
    territoire = territoire_pour(request, slug, Action.LIRE_MEMBRES)
    gere = peut(request.user, Action.GERER_MEMBRES, territoire)
    recherche = request.GET.get("q", "").strip()[:100]
    tous = sorted(_actuels(territoire), key=lambda m: normaliser(m.utilisateur.nom))
    trouves = [m for m in tous if _contient(recherche, *_textes(m, gere))]
    contexte = {
        **PAGE,
        "territoire": territoire,
        "gere": gere,
        "recherche": recherche,
        "est_longue": len(tous) > LONGUE_LISTE,
        "nombre": len(trouves),
        "total": len(tous),
        "comites": _par_comite(territoire, trouves),
        "animateur": _actuels(territoire).animateurs().first(),
        "administrateurs": territoire.administrateurs.actuels().select_related("utilisateur"),
        "sans_animateur": sans_animateur(territoire),
        "mes_sieges": {m.pk for m in tous if m.utilisateur_id == request.user.pk},
    }
    if gere:
        contexte |= _invitations(request, territoire, recherche)
    return render(request, "membres/membres.html", contexte)


def _actuels(territoire: Territoire):
    return (
        Membre.objects.actuels()
        .filter(comite__territoire=territoire)
        .select_related("utilisateur", "organisme", "comite")
        .order_by("utilisateur__nom", "pk")
    )


def _par_comite(territoire: Territoire, trouves: list[Membre]) -> list[Sieges]:
    par_comite = {comite.pk: Sieges(comite) for comite in territoire.comites.all()}
    for membre in trouves:
        par_comite[membre.comite_id].membres.append(membre)
    ordre = list(Comite.Nature)
    return sorted(par_comite.values(), key=lambda sieges: ordre.index(sieges.comite.nature))


def _textes(membre: Membre, gere: bool) -> list[str]:
    """What a member is found by; their address, for whoever reads it."""
    textes = [membre.utilisateur.nom, membre.organisme.nom, str(membre.comite)]
    return [*textes, membre.utilisateur.email] if gere else textes


def _contient(recherche: str, *textes: str) -> bool:
    lus = normaliser(" ".join(textes))
    return all(mot in lus for mot in normaliser(recherche).split())


def _invitations(request: HttpRequest, territoire: Territoire, recherche: str) -> dict:
    """Those not accepted yet, those revoked lately, and what is being sent."""
    recentes = timezone.now() - REVOQUEES_DEPUIS
    attendues = (
        territoire.invitations.filter(acceptee_le=None)
        .exclude(revoquee_le__lt=recentes)
        .select_related("comite", "organisme", "territoire")
    )
    # What replaces a revoked one hides it.
    par_siege = {
        (invitation.email, invitation.comite_id, invitation.revoquee_le is None): invitation
        for invitation in attendues.order_by(F("revoquee_le").asc(nulls_first=True), "nom", "email")
    }
    trouvees = [
        invitation
        for (email, comite, attendue), invitation in par_siege.items()
        if (attendue or (email, comite, True) not in par_siege)
        and _contient(
            recherche,
            invitation.nom,
            invitation.email,
            str(invitation.organisme or ""),
            str(invitation.comite or "administrateur"),
        )
    ]
    envois = LotInvitations.objects.filter(
        territoire=territoire,
        invitations__envoyee_le=None,
        invitations__echec="",
        invitations__revoquee_le=None,
        invitations__acceptee_le=None,
    )
    return {
        "invitations": Paginator(trouvees, INVITATIONS_PAR_PAGE).get_page(request.GET.get("page")),
        "envois": envois.distinct(),
        "formulaire_administrateur": AdministrateurForm(territoire=territoire),
    }


def membre(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One seat: its organisme may change; from here one also makes its holder leave, or animate."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    siege = get_object_or_404(_actuels(territoire), pk=pk)
    formulaire = SiegeForm(
        request.POST or None, territoire=territoire, initial={"organisme": siege.organisme_id}
    )
    if formulaire.is_valid():
        actions.changer_organisme(
            membre=siege, organisme=formulaire.cleaned_data["organisme"], par=request.user
        )
        messages.success(request, f"{siege.utilisateur} siège pour {siege.organisme}.")
        return redirect("territoires:membres", territoire.slug)
    anime = _actuels(territoire).animateurs().filter(pk=siege.pk).exists()
    contexte = {
        "territoire": territoire,
        "membre": siege,
        "form": formulaire,
        "anime": anime,
        "peut_animer": fait_relire(siege.comite) and not anime,
    }
    return render(request, "membres/membre.html", {**PAGE, **contexte})


def nommer_administrateur(request: HttpRequest, slug: str) -> HttpResponse:
    """Names an administrator: at once for somebody of the territory, else by invitation."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    formulaire = AdministrateurForm(request.POST or None, territoire=territoire)
    if formulaire.is_valid():
        if formulaire.cleaned_data["email"] == request.user.email:
            formulaire.add_error(
                "email", "Vous ne pouvez pas vous nommer vous-même\u00a0: demandez-le à un autre."
            )
        elif phrase := designer_administrateur(request, territoire, formulaire):
            messages.success(request, phrase)
            return redirect("territoires:membres", territoire.slug)
    contexte = {"territoire": territoire, "form": formulaire}
    return render(request, "membres/administrateur.html", {**PAGE, **contexte})


def designer_administrateur(
    request: HttpRequest, territoire: Territoire, formulaire: AdministrateurForm
) -> str:
    """Does what the form asks, and says it; nothing, the form saying why, when it cannot.

    Only who sits here is named at once: whether an address has an account elsewhere is not told.
    """
    email, nom = formulaire.cleaned_data["email"], formulaire.cleaned_data["nom"]
    connu = _actuels(territoire).filter(utilisateur__email=email, utilisateur__is_active=True)
    if siege := connu.first():
        actions.nommer_administrateur(
            territoire=territoire, utilisateur=siege.utilisateur, par=request.user
        )
        return f"{siege.utilisateur} administre «\u00a0{territoire}\u00a0»."
    try:
        actions.inviter(
            territoire=territoire,
            email=email,
            nom=nom,
            racine=request.build_absolute_uri("/"),
            par=request.user,
        )
    except actions.InvitationImpossible as erreur:
        formulaire.add_error("email", str(erreur))
        return ""
    return f"L’invitation à administrer «\u00a0{territoire}\u00a0» part pour {email}."


def retirer_administrateur(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ends an administration, one's own included; never the last one."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    actuels = territoire.administrateurs.actuels().select_related("utilisateur")
    administrateur = get_object_or_404(actuels, pk=pk)
    if request.method == "POST":
        try:
            actions.retirer_administrateur(administrateur=administrateur, par=request.user)
        except actions.DernierAdministrateur:
            messages.error(request, DERNIER)
        else:
            phrase = f"{administrateur.utilisateur} n’administre plus «\u00a0{territoire}\u00a0»."
            if administrateur.utilisateur == request.user:
                return sortir(request, phrase)
            messages.success(request, phrase)
        return redirect("territoires:membres", territoire.slug)
    contexte = {
        "territoire": territoire,
        "administrateur": administrateur,
        "est_soi": administrateur.utilisateur == request.user,
        "est_le_dernier": actuels.count() == 1,
        "dernier": DERNIER,
    }
    return render(request, "membres/retirer_administrateur.html", {**PAGE, **contexte})


def sortir(request: HttpRequest, phrase: str) -> HttpResponse:
    """After giving up a role of one's own: to what one may still read, if anything.

    Without any role left the session is already closed: another, anonymous, carries the sentence.
    """
    if a_un_role(request.user):
        messages.success(request, phrase)
        return redirect("accueil")
    logout(request)
    messages.success(request, phrase)
    return redirect("account_login")
