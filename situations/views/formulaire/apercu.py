"""The draft as it will be filled, step by step; what is typed travels in the page, nowhere else."""

import json

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from situations.brouillon import refuser_donnees_personnelles
from situations.calendrier import bornes_observation
from situations.catalogue import Catalogue
from situations.moteur.definition import Definition, DefinitionInvalide
from situations.moteur.formulaires import build_formulaire
from situations.views.formulaire.atelier import PAGE, Atelier, sur_brouillon

PREFIXE_DU_DROIT = "nr1-"
REPONSES_MAX = 100_000


@sur_brouillon
def montrer(request, atelier: Atelier, section: str = "") -> HttpResponse:
    """One step, as empty as it will be or as just filled; the last one leads back to the first."""
    try:
        definition = Definition.depuis(atelier.document)
    except DefinitionInvalide:
        return render(request, "formulaire/apercu_impossible.html", {**PAGE, "atelier": atelier})
    codes = [etape.code for etape in definition.sections if etape.questions]
    section = section or codes[0]
    if section not in codes:
        raise Http404
    reponses = _reponses(request.POST.get("reponses", ""))
    if request.method != "POST":
        return _montrer(request, atelier, definition, section, reponses)
    action = request.POST.get("action", "continuer")
    form = _formulaire(definition, section, reponses, data=request.POST)
    if action.startswith("chercher:"):
        texte = request.POST.get(f"{PREFIXE_DU_DROIT}droit_recherche", "")
        candidats = Catalogue(definition.listes["droits"]).proposer(texte)
        form = _formulaire(definition, section, reponses, data=request.POST, candidats=candidats)
        return _montrer(request, atelier, definition, section, reponses, form)
    if not form.is_valid():
        return _montrer(request, atelier, definition, section, reponses, form)
    reponses |= form.reponses()
    if (voulue := action.removeprefix("aller:")) in codes:
        return _montrer(request, atelier, definition, voulue, reponses)
    rang = codes.index(section) + (-1 if action == "precedent" else 1)
    if rang >= len(codes):
        return _montrer(request, atelier, definition, "", reponses)
    return _montrer(request, atelier, definition, codes[max(rang, 0)], reponses)


@sur_brouillon
@require_GET
def chercher_droit(request, atelier: Atelier) -> HttpResponse:
    """The rights of the draft found for what is being typed."""
    trouves = Catalogue(Definition.depuis(atelier.document).listes["droits"]).proposer(
        request.GET.get("q", "")
    )
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


def _reponses(texte: str) -> dict:
    """The answers of the other steps, as the page carries them; {} when they cannot be read."""
    if len(texte) > REPONSES_MAX:
        return {}
    try:
        lues = json.loads(texte or "{}")
    except json.JSONDecodeError:
        return {}
    if not isinstance(lues, dict):
        return {}
    return {
        variable: valeur
        for variable, valeur in lues.items()
        if isinstance(valeur, str | int)
        or (isinstance(valeur, list) and all(isinstance(v, str) for v in valeur))
    }


def _formulaire(definition: Definition, code: str, reponses: dict, **autres):
    section = definition.section(code)
    mois_min, mois_max = bornes_observation(timezone.localdate())
    return build_formulaire(
        definition,
        section,
        prefixe=PREFIXE_DU_DROIT if section.est_repetee else "",
        reponses=reponses,
        bloc=reponses if section.est_repetee else None,
        mois_min=mois_min,
        mois_max=mois_max,
        validateurs_texte=(refuser_donnees_personnelles,),
        complet=False,
        **autres,
    )


def _montrer(request, atelier, definition, code: str, reponses: dict, form=None) -> HttpResponse:
    """The step of this code; « "" » is the end of the preview."""
    if code and form is None:
        form = _formulaire(definition, code, reponses)
    return render(
        request,
        "formulaire/apercu.html",
        {
            **PAGE,
            "atelier": atelier,
            "form": form,
            "section": definition.section(code) if code else None,
            "etapes": [(s.code, s.titre) for s in definition.sections if s.questions],
            "premiere": definition.sections[0].code == code,
            "reponses": json.dumps(reponses, ensure_ascii=False),
            "telephone": request.GET.get("largeur") == "telephone",
            "erreurs": form.resume_erreurs() if form is not None and form.is_bound else [],
        },
    )
