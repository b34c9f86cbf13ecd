"""Typing a situation: begin, fill step by step, erase a draft.

Every page works by posting; a script makes the same posts while one types and shows the answer.
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from situations import actions
from situations.acces import gestes_postes, noter_lecture, situation_a_saisir
from situations.brouillon import Etape, etapes
from situations.catalogue import catalogue_de
from situations.models import Situation
from situations.versions import definition_de, version_en_vigueur
from situations.views.lancement import collecte_fermee
from territoires.acces import territoire_pour
from territoires.permissions import Action


def commencer(request, slug: str) -> HttpResponse:
    """Begins a draft; says first that one is already begun, or that the collection is not open."""
    territoire = territoire_pour(request, slug, Action.SAISIR)
    if request.method != "POST" and territoire.collecte_ouverte_le is None:
        return collecte_fermee(request, territoire)
    version = version_en_vigueur(territoire)
    brouillons = list(Situation.objects.brouillons_de(request.user, territoire))
    if request.method == "POST":
        situation = actions.commencer(territoire=territoire, version=version, par=request.user)
        return redirect("situations:saisir", situation.cle, premiere_section(situation))
    return render(
        request,
        "situations/commencer.html",
        {"page": "situations", "brouillons": brouillons, "territoire": territoire},
    )


def premiere_section(situation: Situation) -> str:
    return definition_de(situation.version_id).sections[0].code


def saisir(request, cle, section: str) -> HttpResponse:
    """One step of the form: shown, or posted and saved before anything else is done."""
    situation = situation_a_saisir(request, cle)
    definition = definition_de(situation.version_id)
    codes = [etape.code for etape in definition.sections]
    if section not in codes:
        raise Http404
    if not situation.est_modifiable:
        return deja_transmise(request, situation)
    if request.method == "POST":
        return _poster(request, situation, definition.section(section), codes)
    return _montrer(request, Etape(situation, definition.section(section)))


def deja_transmise(request, situation: Situation) -> HttpResponse:
    if est_automatique(request):
        return JsonResponse(
            {"transmise": True, "adresse": situation.get_absolute_url()}, status=409
        )
    messages.info(request, "Cette situation est déjà transmise : voici ce qu’elle contient.")
    return redirect(situation)


def est_automatique(request) -> bool:
    """Posted by the page's script while one types, not by a button."""
    return request.headers.get("X-Enregistrement") == "auto"


def _poster(request, situation: Situation, section, codes: list[str]) -> HttpResponse:
    action = request.POST.get("action", "continuer")
    try:
        with transaction.atomic():
            situation = actions.verrouiller(situation)
            etape = Etape(situation, section, data=request.POST)
            rejouee = etape.empreinte() != request.POST.get("empreinte")
            differences = etape.differences()
            if rejouee and differences:
                return _conflit(request, etape, differences)
            if differences:
                reponses, blocs = etape.a_enregistrer()
                actions.enregistrer(
                    situation=situation, reponses=reponses, blocs=blocs, par=request.user
                )
            if not rejouee and est_geste_sur_droit(action) and etape.est_valide:
                return _geste_sur_droit(request, situation, section, action)
    except actions.DejaTransmise:
        return deja_transmise(request, Situation.objects.get(pk=situation.pk))
    if est_automatique(request):
        return _accuser_reception(Etape(situation, section), etape)
    return _suite(request, etape, action, codes)


def _accuser_reception(enregistree: Etape, etape: Etape) -> JsonResponse:
    """What the script needs after a save: the time, the new fingerprint, what was refused."""
    erreurs = {ligne.ancre: ligne.message for ligne in etape.erreurs()}
    heure = date_format(timezone.localtime(), "G\u00a0\\h\u00a0i")
    return JsonResponse(
        {
            "enregistre": f"Brouillon enregistré à {heure}",
            "empreinte": enregistree.empreinte(),
            "erreurs": erreurs,
            "doutes": dict(etape.doutes()),
            "resumes": {
                ligne.code: ligne.resume for ligne in etapes(etape.situation, etape.definition)
            },
        }
    )


def _conflit(request, etape: Etape, differences) -> HttpResponse:
    if est_automatique(request):
        return JsonResponse({"conflit": True}, status=409)
    return _montrer(request, etape, differences=differences, statut=409)


def est_geste_sur_droit(action: str) -> bool:
    return action.partition(":")[0] in ("ajouter", "retirer", "remettre")


def _geste_sur_droit(request, situation: Situation, section, action: str) -> HttpResponse:
    """Adds, withdraws or brings back a right; everything typed was saved just before."""
    geste, _, rang = action.partition(":")
    ancre = ""
    if geste == "ajouter":
        ancre = f"#droit-{actions.ajouter_droit(situation=situation, par=request.user).rang}"
    elif rang.isdecimal():
        actions.retirer_droit(
            situation=situation, rang=int(rang), retire=geste == "retirer", par=request.user
        )
        ancre = "#retires" if geste == "retirer" else f"#droit-{rang}"
    adresse = redirect("situations:saisir", situation.cle, section.code)
    adresse["Location"] += ancre
    return adresse


def _suite(request, etape: Etape, action: str, codes: list[str]) -> HttpResponse:
    """Where a button leads, once what was valid is saved."""
    if action.startswith("chercher:"):
        return _chercher(request, etape, action.removeprefix("chercher:"))
    if not etape.est_valide:
        return _montrer(request, etape)
    if est_geste_sur_droit(action):
        # Clicked twice: the first click did it.
        return redirect("situations:saisir", etape.situation.cle, etape.section.code)
    rang = codes.index(etape.section.code)
    if action == "precedent" and rang:
        return redirect("situations:saisir", etape.situation.cle, codes[rang - 1])
    if "sans_script" in request.POST and (ouvertes := etape.questions_ouvertes(request.POST)):
        return _montrer(request, etape, ouvertes=ouvertes)
    if action == "ici":
        return redirect("situations:saisir", etape.situation.cle, etape.section.code)
    if rang + 1 < len(codes):
        return redirect("situations:saisir", etape.situation.cle, codes[rang + 1])
    return redirect("situations:transmettre", etape.situation.cle)


def _chercher(request, etape: Etape, prefixe: str) -> HttpResponse:
    """The rights found, to choose from, for whoever has no script."""
    texte = request.POST.get(f"{prefixe}droit_recherche", "")
    candidats = catalogue_de(etape.situation.version_id).proposer(texte)
    etape = Etape(etape.situation, etape.section, data=request.POST, candidats={prefixe: candidats})
    return _montrer(request, etape)


def _montrer(request, etape: Etape, *, differences=(), ouvertes=(), statut=200) -> HttpResponse:
    situation, definition = etape.situation, etape.definition
    noter_lecture(request, situation)
    listees = etapes(situation, definition)
    rang = [section.code for section in definition.sections].index(etape.section.code)
    retires = situation.non_recours.filter(retire=True) if etape.section.est_repetee else []
    return render(
        request,
        "situations/saisir.html",
        {
            "page": "situations",
            "situation": situation,
            "etape": etape,
            "section": etape.section,
            "empreinte": Etape(situation, etape.section).empreinte(),
            "etapes": listees,
            "rang": rang,
            "titre_blocs": [
                (bloc, f"Droit n°\u00a0{numero}") for numero, bloc in enumerate(etape.blocs, 1)
            ],
            "retires": [
                (
                    ligne,
                    catalogue_de(situation.version_id).libelles.get(ligne.droit, "sans intitulé"),
                )
                for ligne in retires
            ],
            "erreurs": etape.erreurs(),
            "differences": differences,
            "ouvertes": ouvertes,
            "doutes": etape.doutes(),
            "nouvelle_version": situation.statut == Situation.Statut.BROUILLON
            and version_en_vigueur(situation.territoire).pk != situation.version_id,
        },
        status=statut,
    )


@require_GET
def chercher_droit(request, cle) -> HttpResponse:
    """The rights found for what is being typed, as choices to put in the page."""
    situation = situation_a_saisir(request, cle)
    catalogue = catalogue_de(situation.version_id)
    trouves = catalogue.proposer(request.GET.get("q", ""))
    return JsonResponse(
        {
            "droits": [
                {
                    "code": option.code,
                    "libelle": option.libelle,
                    "domaine": option.attributs.get("domaine_libelle", ""),
                    "organismes": option.attributs.get("organismes", []),
                }
                for option in trouves
            ]
        }
    )


@gestes_postes
def supprimer(request, cle) -> HttpResponse:
    """Erases a draft of one's own."""
    situation = situation_a_saisir(request, cle)
    try:
        actions.supprimer_brouillon(situation=situation, par=request.user)
    except actions.DejaTransmise:
        return deja_transmise(request, situation)
    messages.success(request, "Brouillon supprimé.")
    return redirect("situations:lister", situation.territoire.slug)
