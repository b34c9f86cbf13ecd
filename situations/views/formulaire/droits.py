"""The rights that the form proposes: hidden, shown again, added."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from situations import adaptation
from situations.actions.adaptation import ModifieEntreTemps, empreinte_de
from situations.adaptation import GesteImpossible
from situations.forms_formulaire import DroitForm
from situations.models import Droit
from situations.moteur.elements import AUTRE
from situations.moteur.langue import cite, compter
from situations.views.formulaire.atelier import PAGE, Atelier, postees, sur_brouillon
from situations.views.formulaire.conflit import Ecart

EDITABLES = ("libelle", "organismes", "synonymes", "nature", "sensible")


@dataclass(frozen=True)
class DomaineVu:
    """The rights of one domain, the noyau's and the territory's: (right, proposed, counted as)."""

    libelle: str
    droits: list[tuple[dict, bool, str]]

    @property
    def proposes(self) -> int:
        return sum(propose for _, propose, _ in self.droits)


def _droits(document: dict) -> list[dict]:
    return document["listes"]["droits"]


@sur_brouillon
def choisir(request, atelier: Atelier) -> HttpResponse:
    """Which rights are proposed, by domain; everything is posted at once."""
    if request.method == "POST":
        return _choisir(request, atelier)
    return _montrer(request, atelier)


def _choisir(request, atelier: Atelier) -> HttpResponse:
    gardes = set(request.POST.getlist("droits")) | {AUTRE}
    retire = request.POST.get("action", "").removeprefix("retirer:")

    def geste(document: dict) -> dict:
        presents = {droit["code"]: droit for droit in _droits(document)}
        for code, droit in presents.items():
            if code == retire and droit.get("local"):
                document = adaptation.retirer_droit(document, code)
            elif code not in gardes and not droit.get("local"):
                document = adaptation.masquer_droit(document, code)
        for droit in _droits(atelier.noyau):
            if droit["code"] in gardes - presents.keys():
                document = adaptation.reprendre_droit(document, droit)
        return document

    try:
        atelier.appliquer(geste, element=_codes, attendu=request.POST.get("empreinte", ""))
    except ModifieEntreTemps as conflit:
        return _montrer(request, atelier, gardes=gardes, ecarts=_ecarts(gardes, conflit.document))
    except GesteImpossible as erreur:
        messages.error(request, erreur.phrase)
        return atelier.vers("droits")
    messages.success(request, "Les droits proposés sont enregistrés dans le brouillon.")
    return atelier.vers("droits")


def _codes(document: dict) -> list[str]:
    return [droit["code"] for droit in _droits(document)]


def _ecarts(gardes: set[str], document: dict) -> list[Ecart]:
    """What differs between the boxes ticked here and the draft as someone else left it."""
    presents = {droit["code"]: droit for droit in _droits(document) if not droit.get("local")}
    mots = ("proposé", "masqué")
    return [
        Ecart(code, *(mots if code in gardes else mots[::-1]))
        for code in sorted(gardes ^ presents.keys())
    ]


def _montrer(request, atelier: Atelier, *, gardes=None, ecarts=()) -> HttpResponse:
    presents = {droit["code"] for droit in _droits(atelier.document)}
    proposes = presents if gardes is None else gardes
    libelles = {droit["code"]: droit["libelle"] for droit in _droits(atelier.noyau)}
    domaines: dict[str, DomaineVu] = {}
    locaux = [droit for droit in _droits(atelier.document) if droit.get("local")]
    for droit in (*_droits(atelier.noyau), *locaux):
        if droit["code"] == AUTRE:
            continue
        vu = domaines.setdefault(droit["domaine"], DomaineVu(droit["domaine_libelle"], []))
        compte = libelles.get(droit.get("raffine") or "", "")
        vu.droits.append((droit, droit.get("local", False) or droit["code"] in proposes, compte))
    total = sum(domaine.proposes for domaine in domaines.values())
    return render(
        request,
        "formulaire/droits.html",
        {
            **PAGE,
            "atelier": atelier,
            "domaines": list(domaines.values()),
            "total": compter(total, "droit", "proposé"),
            "empreinte": empreinte_de(_codes(atelier.document)),
            "ecarts": [
                Ecart(libelles.get(ecart.quoi, ecart.quoi), ecart.ici, ecart.ailleurs)
                for ecart in ecarts
            ],
        },
        status=409 if ecarts else 200,
    )


@sur_brouillon
def ajouter(request, atelier: Atelier) -> HttpResponse:
    """A right of the territory, and the core right or the domain that counts it."""
    form = DroitForm(postees(request), document=atelier.document, noyau=atelier.noyau)
    if not form.is_valid():
        return _montrer_droit(request, atelier, form)
    pris = set(Droit.objects.values_list("code", flat=True)) | set(_codes(atelier.document))
    code = adaptation.code_libre(
        form.cleaned_data["libelle"], territoire=atelier.territoire.slug, pris=pris
    )
    try:
        atelier.appliquer(
            lambda document: adaptation.ajouter_droit(document, code=code, **form.cleaned_data)
        )
    except GesteImpossible as erreur:
        form.add_error(None, erreur.phrase)
        return _montrer_droit(request, atelier, form)
    messages.success(request, f"{cite(form.cleaned_data['libelle'])} est ajouté aux droits.")
    return atelier.vers("droits", ancre=f"droit-{code}")


@sur_brouillon
def modifier(request, atelier: Atelier, code: str) -> HttpResponse:
    """The words of a right of the territory; what it counts as does not change."""
    droit = _local(atelier.document, code)
    if droit is None:
        return _disparu(request, atelier)
    form = DroitForm(
        postees(request), document=atelier.document, noyau=atelier.noyau, initial=droit
    )
    for nom in ("raffine", "domaine"):
        form.fields[nom].disabled = True
    if not form.is_valid():
        return _montrer_droit(request, atelier, form, droit)
    ecrits = {nom: form.cleaned_data[nom] for nom in EDITABLES}
    try:
        atelier.appliquer(
            lambda document: adaptation.modifier_droit(document, code, **ecrits),
            element=lambda document: _local(document, code),
            attendu=request.POST.get("empreinte", ""),
        )
    except ModifieEntreTemps as conflit:
        autre = _local(conflit.document, code)
        if autre is None:
            return _disparu(request, atelier)
        return _montrer_droit(request, atelier, form, autre, _ecarts_de_droit(form, ecrits, autre))
    except GesteImpossible as erreur:
        form.add_error(None, erreur.phrase)
        return _montrer_droit(request, atelier, form, droit)
    messages.success(request, "Le droit est modifié dans le brouillon.")
    return atelier.vers("droits", ancre=f"droit-{code}")


def _montrer_droit(request, atelier, form, droit=None, ecarts=()) -> HttpResponse:
    return render(
        request,
        "formulaire/droit.html",
        {
            **PAGE,
            "atelier": atelier,
            "form": form,
            "droit": droit,
            "empreinte": empreinte_de(droit),
            "ecarts": ecarts,
        },
        status=409 if ecarts else 200,
    )


def _ecarts_de_droit(form: DroitForm, ecrits: dict, autre: dict) -> list[Ecart]:
    return [
        Ecart(form.fields[nom].label, _en_mots(ecrits[nom]), _en_mots(autre[nom]))
        for nom in EDITABLES
        if ecrits[nom] != autre[nom]
    ]


def _disparu(request, atelier: Atelier) -> HttpResponse:
    messages.error(request, "Ce droit n’est plus dans le brouillon.")
    return atelier.vers("droits")


def _local(document: dict, code: str) -> dict | None:
    return next((d for d in _droits(document) if d["code"] == code and d.get("local")), None)


def _en_mots(valeur: object) -> str:
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    return ", ".join(valeur) if isinstance(valeur, list) else str(valeur or "Aucun")
