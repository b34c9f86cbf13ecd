"""« Qui appeler »: the directory of a territory, kept by its animateur, corrected by its members."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from situations.actions import annuaire as actions
from situations.actions.adaptation import empreinte_de
from situations.annuaire import Annuaire, droits_proposes, grouper
from situations.catalogue import catalogue_des_droits
from situations.forms_annuaire import PointForm, ProposerForm, comparer
from situations.models import Correction, PointDeContact
from territoires.acces import territoire_pour
from territoires.models import Territoire
from territoires.permissions import Action, peut

PAGE = {"page": "annuaire"}
MES_PROPOSITIONS = 5


def chercher(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole directory, or what a right or some words name in it."""
    territoire = territoire_pour(request, slug, Action.LIRE_ANNUAIRE)
    annuaire = Annuaire(territoire, catalogue_des_droits(territoire))
    texte = request.GET.get("q", "").strip()[:200]
    du_droit = annuaire.pour_le_droit(request.GET.get("droit", "")) if not texte else None
    droits, trouves = annuaire.chercher(texte) if texte else ([], [])
    gere = peut(request.user, Action.GERER_MEMBRES, territoire)
    propositions = Correction.objects.filter(territoire=territoire)
    return render(
        request,
        "annuaire/chercher.html",
        {
            **PAGE,
            "territoire": territoire,
            "texte": texte,
            "du_droit": du_droit,
            "droits": droits,
            "trouves": grouper(trouves),
            "tous": annuaire.par_organisme() if not texte and du_droit is None else [],
            "gere": gere,
            "retires": _retires(territoire) if gere else [],
            "a_trancher": propositions.filter(etat=Correction.Etat.PROPOSEE).count() if gere else 0,
            "miennes": propositions.filter(par=request.user)
            .select_related("point__organisme")
            .order_by("-le")[:MES_PROPOSITIONS],
        },
    )


def _retires(territoire: Territoire):
    retires = PointDeContact.objects.filter(organisme__territoire=territoire, retire=True)
    return retires.select_related("organisme")


@require_GET
def qui_appeler(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom to call for a right, to be put in the page where one types."""
    territoire = territoire_pour(request, slug, Action.LIRE_ANNUAIRE)
    annuaire = Annuaire(territoire, catalogue_des_droits(territoire))
    contacts = annuaire.pour_le_droit(request.GET.get("droit", ""))
    return render(
        request, "annuaire/_panneau.html", {"territoire": territoire, "contacts": contacts}
    )


def ajouter(request: HttpRequest, slug: str) -> HttpResponse:
    """Adds a desk to the directory."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    form = _formulaire(PointForm, request, territoire)
    if form.is_bound and form.is_valid():
        point = actions.ajouter_point(
            territoire=territoire, contenu=form.contenu(), par=request.user
        )
        messages.success(request, f"« {point} » est dans l’annuaire.")
        return _vers(point)
    contexte = {"titre": "Ajouter un point de contact", "bouton": "Ajouter à l’annuaire"}
    return _editer(request, territoire, form, **contexte)


def modifier(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Changes a desk; what somebody else changed meanwhile is shown, never replaced unseen."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    point = _point(territoire, pk)
    form = _formulaire(PointForm, request, territoire, point)
    ecarts = []
    if form.is_bound and form.is_valid():
        try:
            actions.modifier_point(
                point=point,
                contenu=form.contenu(),
                par=request.user,
                attendu=request.POST.get("empreinte", ""),
            )
        except actions.ModifieEntreTemps:
            ecarts = comparer(territoire, actions.contenu_de(point), form.contenu())
        else:
            messages.success(request, f"« {point} » est à jour, vérifié aujourd’hui.")
            return _vers(point)
    return _editer(
        request,
        territoire,
        form,
        point=point,
        ecarts=ecarts,
        titre="Modifier un point de contact",
        bouton="Enregistrer",
        empreinte=request.POST.get("empreinte", "")
        if form.errors
        else empreinte_de(actions.contenu_de(point)),
    )


@require_POST
def verifier(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _gerer(request, slug, pk, actions.verifier_point, "« {} » est vérifié aujourd’hui.")


@require_POST
def retirer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    reussite = "« {} » n’est plus dans l’annuaire. Vous pouvez l’y remettre, en bas de la page."
    return _gerer(request, slug, pk, actions.retirer_point, reussite)


@require_POST
def remettre(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _gerer(
        request, slug, pk, actions.remettre_point, "« {} » est de nouveau dans l’annuaire."
    )


def _gerer(request, slug: str, pk: int, action, reussite: str) -> HttpResponse:
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    point = _point(territoire, pk)
    action(point=point, par=request.user)
    messages.success(request, reussite.format(point))
    return redirect("situations:annuaire", slug) if point.retire else _vers(point)


def proposer_un_ajout(request: HttpRequest, slug: str) -> HttpResponse:
    """A member proposes a desk that the directory lacks."""
    territoire = territoire_pour(request, slug, Action.LIRE_ANNUAIRE)
    return _proposer(request, territoire, None, "Proposer un ajout")


def proposer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A member proposes to correct a desk."""
    territoire = territoire_pour(request, slug, Action.LIRE_ANNUAIRE)
    return _proposer(request, territoire, _point(territoire, pk), "Proposer une correction")


def _proposer(request, territoire: Territoire, point, titre: str) -> HttpResponse:
    form = _formulaire(ProposerForm, request, territoire, point)
    if form.is_bound and form.is_valid():
        contenu, commentaire = form.contenu(), form.cleaned_data["commentaire"]
        if point and not commentaire and contenu == actions.contenu_de(point):
            form.add_error(
                "commentaire", "Rien ne change : corrigez un champ, ou dites ce qui ne va pas."
            )
        else:
            actions.proposer_correction(
                territoire=territoire,
                point=point,
                contenu=contenu,
                commentaire=commentaire,
                par=request.user,
            )
            messages.success(request, "Merci : l’animateur va regarder votre proposition.")
            return redirect("situations:annuaire", territoire.slug)
    return _editer(request, territoire, form, point=point, titre=titre, bouton="Proposer")


def propositions(request: HttpRequest, slug: str) -> HttpResponse:
    """What members propose and nobody has decided, oldest first."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    attendent = Correction.objects.filter(territoire=territoire, etat=Correction.Etat.PROPOSEE)
    return render(
        request,
        "annuaire/propositions.html",
        {
            **PAGE,
            "territoire": territoire,
            "propositions": attendent.select_related("point__organisme", "par"),
        },
    )


def trancher(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the directory says beside what is proposed; accepted or refused."""
    territoire = territoire_pour(request, slug, Action.GERER_MEMBRES)
    correction = get_object_or_404(
        Correction.objects.select_related("point__organisme", "par"), pk=pk, territoire=territoire
    )
    actuel = actions.contenu_de(correction.point) if correction.point else {}
    propose = {**actuel, **correction.contenu}
    form = PointForm(
        propose, territoire=territoire, proposes=_proposes(territoire, correction.point)
    )
    if request.method == "POST":
        return _trancher(request, correction, form)
    return render(
        request,
        "annuaire/trancher.html",
        {
            **PAGE,
            "territoire": territoire,
            "correction": correction,
            "ecarts": comparer(territoire, actuel, propose),
            "form": form,
            "en_attente": correction.etat == Correction.Etat.PROPOSEE,
        },
    )


def _trancher(request, correction: Correction, form: PointForm) -> HttpResponse:
    try:
        if request.POST.get("action") == "refuser":
            actions.refuser_correction(correction=correction, par=request.user)
            messages.success(request, "Proposition refusée : l’annuaire ne change pas.")
        elif form.is_valid():
            point = actions.accepter_correction(
                correction=correction, contenu=form.contenu(), par=request.user
            )
            messages.success(request, f"Proposition acceptée : « {point} » est à jour.")
        else:
            messages.error(
                request,
                "Cette proposition ne peut plus être acceptée telle quelle : modifiez "
                "vous-même le point de contact, puis refusez-la.",
            )
    except actions.DejaTraitee:
        messages.warning(request, "Quelqu’un a déjà traité cette proposition.")
    return redirect("situations:annuaire_propositions", correction.territoire.slug)


def _point(territoire: Territoire, pk: int) -> PointDeContact:
    return get_object_or_404(
        PointDeContact.objects.select_related("organisme"), pk=pk, organisme__territoire=territoire
    )


def _proposes(territoire: Territoire, point: PointDeContact | None):
    return droits_proposes(catalogue_des_droits(territoire), point)


def _formulaire(classe, request, territoire: Territoire, point: PointDeContact | None = None):
    return classe(
        request.POST if request.method == "POST" else None,
        initial=actions.contenu_de(point) if point else None,
        territoire=territoire,
        proposes=_proposes(territoire, point),
    )


def _editer(request, territoire: Territoire, form: PointForm, **contexte) -> HttpResponse:
    return render(
        request,
        "annuaire/editer.html",
        {**PAGE, "territoire": territoire, "form": form, **contexte},
    )


def _vers(point: PointDeContact) -> HttpResponse:
    reponse = redirect("situations:annuaire", point.organisme.territoire.slug)
    reponse["Location"] += f"#contact-{point.pk}"
    return reponse
