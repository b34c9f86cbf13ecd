"""Ready-made groups of questions: taken in one click, or made of one's own section."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from situations import adaptation
from situations.actions.modules import partager_module, retirer_module
from situations.adaptation import GesteImpossible, Module
from situations.forms_formulaire import PartagerModuleForm
from situations.models import ModulePartage
from situations.moteur.langue import cite
from situations.views.formulaire.atelier import PAGE, Atelier, questions_de, sur_brouillon


@dataclass(frozen=True)
class ModuleVu:
    """A module as listed: `cle` names it in the gestures."""

    cle: str
    module: Module
    origine: str
    nouvelles: int
    est_a_nous: bool = False


@sur_brouillon
def choisir(request, atelier: Atelier) -> HttpResponse:
    """The modules to take, those that territories share, and the form to share one."""
    locales = [
        (section["code"], section["titre"])
        for section in atelier.document["sections"]
        if any(not question["noyau"] for question in section["questions"])
    ]
    est_un_partage = request.POST.get("action") == "partager"
    form = PartagerModuleForm(request.POST if est_un_partage else None, sections=locales)
    if request.method == "POST":
        reponse = _partager(request, atelier, form) if est_un_partage else _agir(request, atelier)
        if reponse is not None:
            return reponse
    vus = list(_modules(atelier))
    return render(
        request,
        "formulaire/modules.html",
        {
            **PAGE,
            "atelier": atelier,
            "modules": [vu for vu in vus if not vu.origine],
            "partages": [vu for vu in vus if vu.origine],
            "form": form,
            "a_partager": bool(locales),
        },
    )


def _modules(atelier: Atelier):
    posees = {question["variable"] for question in questions_de(atelier.document)}

    def nouvelles(module: Module) -> int:
        return sum(question["variable"] not in posees for question in module.questions)

    for module in adaptation.modules():
        yield ModuleVu(module.code, module, "", nouvelles(module))
    for partage in ModulePartage.objects.select_related("territoire"):
        module = Module.depuis(partage.document)
        a_nous = partage.territoire == atelier.territoire
        yield ModuleVu(
            f"partage-{partage.pk}", module, str(partage.territoire), nouvelles(module), a_nous
        )


def _agir(request, atelier: Atelier) -> HttpResponse:
    action, _, cle = request.POST.get("action", "").partition(":")
    vu = next((vu for vu in _modules(atelier) if vu.cle == cle), None)
    if vu is None:
        messages.error(request, "Ce module n’est plus proposé.")
        return atelier.vers("modules")
    if action == "retirer" and vu.est_a_nous:
        retirer_module(
            module=ModulePartage.objects.get(pk=cle.removeprefix("partage-")), par=request.user
        )
        messages.success(request, f"{cite(vu.module.titre)} n’est plus proposé aux autres.")
        return atelier.vers("modules")
    try:
        atelier.appliquer(lambda document: adaptation.prendre_module(document, vu.module))
    except GesteImpossible as erreur:
        messages.error(request, erreur.phrase)
        return atelier.vers("modules")
    messages.success(request, f"Le module {cite(vu.module.titre)} est dans le brouillon.")
    premiere = next(iter(vu.module.questions))["variable"]
    return atelier.vers(ancre=f"question-{premiere}")


def _partager(request, atelier: Atelier, form: PartagerModuleForm) -> HttpResponse | None:
    """Shares the section; None when the form is to be shown again."""
    if not form.is_valid():
        return None
    titre = form.cleaned_data["titre"]
    try:
        module = adaptation.module_depuis_section(
            atelier.document, form.cleaned_data["section"], titre=titre
        )
    except GesteImpossible as erreur:
        form.add_error(None, erreur.phrase)
        return None
    partager_module(
        territoire=atelier.territoire, titre=titre, document=module.document(), par=request.user
    )
    messages.success(request, f"{cite(titre)} est proposé aux autres territoires.")
    return atelier.vers("modules")
