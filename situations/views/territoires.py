"""The national administrator's territories: list, create from a perimeter, modify, name.

Here rather than in `territoires`, because a new territory receives its form.
"""

from contextlib import suppress

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Count, OuterRef, Subquery, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from situations import noyau
from situations.actions import creer_territoire
from situations.models import MiseEnVigueur
from territoires import actions
from territoires.communes import EditeurDeCommunes
from territoires.forms import (
    NOM_PRIS,
    CreerTerritoireForm,
    ModifierTerritoireForm,
    NommerAdministrateurForm,
)
from territoires.models import Administrateur, Commune, Membre, Territoire
from territoires.perimetres import chercher_perimetres, departements, perimetre
from territoires.permissions import ActionNationale, exiger_nationalement
from territoires.views.invitations import changer_invitation

PAGE = {"page": "territoires"}
COMMUNES_DE = {
    "epci": "epci",
    "departement": "departement",
    "region": "departement__region",
}


def lister(request: HttpRequest) -> HttpResponse:
    """All territories: what each covers, who animates it, which form and noyau it follows."""
    _exiger(request)
    animateurs = Membre.objects.actuels().animateurs().filter(comite__territoire=OuterRef("pk"))
    en_vigueur = MiseEnVigueur.objects.filter(
        formulaire__territoire=OuterRef("pk"), jusqua__isnull=True
    )
    territoires = Territoire.objects.annotate(
        nombre_communes=Count("communes"),
        nombre_administrateurs=Subquery(
            Administrateur.objects.actuels()
            .filter(territoire=OuterRef("pk"))
            .order_by()
            .values("territoire")
            .annotate(nombre=Count("pk"))
            .values("nombre")
        ),
        population=Sum("communes__population", default=0),
        animateur=Subquery(animateurs.values("utilisateur__nom")[:1]),
        noyau_suivi=Subquery(en_vigueur.values("version__noyau")[:1]),
        version_suivie=Subquery(en_vigueur.values("version__numero")[:1]),
    )
    contexte = {"liste": territoires, "noyau": noyau.empreinte()}
    return render(request, "territoires/lister.html", {**PAGE, **contexte})


def choisir_perimetre(request: HttpRequest) -> HttpResponse:
    """Where a new territory starts from: an EPCI, a département, a région, or nothing."""
    _exiger(request)
    recherche = request.GET.get("q", "").strip()[:200]
    contexte = {"recherche": recherche, "departements": departements()}
    if recherche:
        contexte["perimetres"] = chercher_perimetres(recherche)
    return render(request, "territoires/choisir.html", {**PAGE, **contexte})


def creer(request: HttpRequest, niveau: str, code: str = "") -> HttpResponse:
    """Confirms the name and the communes of a new territory, then creates it with its form."""
    _exiger(request)
    depart = perimetre(niveau, code)
    if depart is None and code:
        raise Http404
    communes = Commune.objects.none()
    initial = {"niveau": niveau}
    if depart is not None:
        communes = Commune.objects.filter(**{COMMUNES_DE[niveau]: code})
        initial |= {"nom": depart.nom, "porteur": depart.nom if niveau == "epci" else ""}
    editeur = EditeurDeCommunes(communes, _postees(request))
    formulaire = _formulaire(CreerTerritoireForm, request, editeur, None, initial)
    if formulaire.is_valid():
        try:
            territoire = creer_territoire(
                communes=editeur.retenues(), par=request.user, **formulaire.cleaned_data
            )
        except IntegrityError:
            # The same click twice, or someone else at the same moment.
            if not formulaire.nom_est_pris(formulaire.cleaned_data["nom"]):
                raise
            formulaire.add_error("nom", NOM_PRIS)
        else:
            messages.success(
                request,
                f"« {territoire} » est créé et son formulaire est en vigueur : les questions du "
                "noyau commun. Il reste à nommer son administrateur.",
            )
            return redirect("situations:nommer_administrateur", territoire.slug)
    return _editer(request, "territoires/creer.html", formulaire, depart=depart)


def modifier(request: HttpRequest, slug: str) -> HttpResponse:
    """The name, the thresholds and the communes of a territory."""
    territoire = _territoire(request, slug)
    editeur = EditeurDeCommunes(territoire.communes.all(), _postees(request))
    champs = ("nom", "porteur", "seuil_copil", "seuil_public")
    initial = {champ: getattr(territoire, champ) for champ in champs}
    formulaire = _formulaire(ModifierTerritoireForm, request, editeur, territoire, initial)
    if formulaire.is_valid():
        try:
            actions.modifier_territoire(
                territoire=territoire,
                ajouter=editeur.ajoutees,
                retirer=editeur.a_retirer(),
                par=request.user,
                **formulaire.cleaned_data,
            )
        except IntegrityError:
            if not formulaire.nom_est_pris(formulaire.cleaned_data["nom"]):
                raise
            formulaire.add_error("nom", NOM_PRIS)
        else:
            messages.success(request, "Le territoire est modifié.")
            return redirect("situations:lister_territoires")
    return _editer(request, "territoires/modifier.html", formulaire, territoire=territoire)


def nommer_administrateur(request: HttpRequest, slug: str) -> HttpResponse:
    """Who administers a territory: one more, by an account or an invitation; one less."""
    territoire = _territoire(request, slug)
    if geste := request.POST.get("geste"):
        _changer_administrateurs(request, territoire, *geste.partition(":")[::2])
        return redirect("situations:nommer_administrateur", territoire.slug)
    formulaire = NommerAdministrateurForm(request.POST or None, territoire=territoire)
    if formulaire.is_valid() and (phrase := _nommer(request, territoire, formulaire)):
        messages.success(request, phrase)
        return redirect("situations:nommer_administrateur", territoire.slug)
    return render(
        request,
        "territoires/administrateurs.html",
        {
            **PAGE,
            "territoire": territoire,
            "form": formulaire,
            "administrateurs": territoire.administrateurs.actuels().select_related("utilisateur"),
            "invitations": _invitations_a_administrer(territoire),
        },
    )


def _nommer(request: HttpRequest, territoire: Territoire, formulaire) -> str:
    """Names the account of this address, or invites whoever has none; what to say of it, nothing
    when the form says why not."""
    if formulaire.utilisateur is not None:
        # Named meanwhile by someone else: what was wanted is so.
        with suppress(IntegrityError):
            actions.nommer_administrateur(
                territoire=territoire, utilisateur=formulaire.utilisateur, par=request.user
            )
        return f"{formulaire.utilisateur} administre « {territoire} »."
    try:
        invitation = actions.inviter(
            territoire=territoire,
            racine=request.build_absolute_uri("/"),
            par=request.user,
            **formulaire.cleaned_data,
        )
    except actions.InvitationImpossible as erreur:
        formulaire.add_error("email", str(erreur))
        return ""
    return f"L’invitation à administrer « {territoire} » part pour {invitation.email}."


def _invitations_a_administrer(territoire: Territoire):
    return territoire.invitations.en_attente().filter(comite=None)


def _changer_administrateurs(
    request: HttpRequest, territoire: Territoire, geste: str, pk: str
) -> None:
    """Removes an administrator, the last one too, or changes an invitation."""
    pk = int(pk) if pk.isdecimal() else 0
    if geste != "retirer":
        invitation = get_object_or_404(_invitations_a_administrer(territoire), pk=pk)
        changer_invitation(request, invitation, geste)
        return
    administrateur = get_object_or_404(territoire.administrateurs.actuels(), pk=pk)
    actions.retirer_administrateur(
        administrateur=administrateur, par=request.user, meme_le_dernier=True
    )
    messages.success(request, f"{administrateur.utilisateur} n’administre plus « {territoire} ».")


def _exiger(request: HttpRequest) -> None:
    exiger_nationalement(request.user, ActionNationale.GERER_TERRITOIRES)


def _territoire(request: HttpRequest, slug: str) -> Territoire:
    _exiger(request)
    return get_object_or_404(Territoire, slug=slug)


def _postees(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _formulaire(classe, request: HttpRequest, editeur, territoire, initial: dict):
    """The form as posted; while one only searches for communes, as typed and not judged yet."""
    if request.method == "POST" and "chercher" not in request.POST:
        return classe(request.POST, editeur=editeur, territoire=territoire)
    typees = {nom: request.POST[nom] for nom in classe.base_fields if nom in request.POST}
    return classe(initial={**initial, **typees}, editeur=editeur, territoire=territoire)


def _editer(request: HttpRequest, gabarit: str, formulaire, **contexte) -> HttpResponse:
    return render(
        request,
        gabarit,
        {**PAGE, "form": formulaire, "editeur": formulaire.editeur, **contexte},
    )
