"""A section of the draft: added, renamed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from situations import adaptation
from situations.actions.adaptation import ModifieEntreTemps, empreinte_de
from situations.adaptation import GesteImpossible
from situations.forms_formulaire import SectionForm
from situations.moteur.langue import cite
from situations.views.formulaire.atelier import PAGE, Atelier, postees, section_de, sur_brouillon
from situations.views.formulaire.conflit import Ecart


@sur_brouillon
def ajouter(request, atelier: Atelier) -> HttpResponse:
    """A new section of the situation, at the end."""
    form = SectionForm(postees(request))
    if form.is_valid():
        document = atelier.appliquer(
            lambda document: adaptation.ajouter_section(document, **form.cleaned_data)
        )
        messages.success(
            request,
            f"La section {cite(form.cleaned_data['titre'])} est ajoutée\u00a0: posez-y des questions.",
        )
        return atelier.vers(ancre=f"section-{document['sections'][-1]['code']}")
    return _montrer(request, atelier, form)


@sur_brouillon
def modifier(request, atelier: Atelier, code: str) -> HttpResponse:
    """The title and the help of a section."""
    section = section_de(atelier.document, code)
    if section is None:
        raise Http404
    form = SectionForm(postees(request), initial=section)
    if not form.is_valid():
        return _montrer(request, atelier, form, section)
    try:
        atelier.appliquer(
            lambda document: adaptation.modifier_section(document, code, **form.cleaned_data),
            element=lambda document: _mots(section_de(document, code)),
            attendu=request.POST.get("empreinte", ""),
        )
    except ModifieEntreTemps as conflit:
        autre = section_de(conflit.document, code)
        if autre is None:
            messages.error(request, "Cette section vient d’être retirée par quelqu’un d’autre.")
            return atelier.vers()
        ecarts = [
            Ecart(form.fields[nom].label, form.cleaned_data[nom], autre[nom])
            for nom in ("titre", "aide")
            if form.cleaned_data[nom] != autre[nom]
        ]
        return _montrer(request, atelier, form, autre, ecarts)
    except GesteImpossible as erreur:
        form.add_error(None, erreur.phrase)
        return _montrer(request, atelier, form, section)
    messages.success(request, "La section est modifiée.")
    return atelier.vers(ancre=f"section-{code}")


def _mots(section: dict | None) -> list[str] | None:
    """What this page changes of a section: others may change its questions meanwhile."""
    return section and [section["titre"], section["aide"]]


def _montrer(request, atelier, form, section=None, ecarts=()) -> HttpResponse:
    return render(
        request,
        "formulaire/section.html",
        {
            **PAGE,
            "atelier": atelier,
            "form": form,
            "section": section,
            "empreinte": empreinte_de(_mots(section)),
            "ecarts": ecarts,
        },
        status=409 if ecarts else 200,
    )
