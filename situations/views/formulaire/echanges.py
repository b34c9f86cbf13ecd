"""XLSForm, both ways: a version as a workbook, and a workbook as the draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from situations import adaptation, noyau, xlsform
from situations.actions.adaptation import importer_brouillon
from situations.forms_formulaire import ImporterForm
from situations.models import Version
from situations.views.formulaire.atelier import PAGE, postees, version_suivie
from territoires import journal
from territoires.acces import territoire_pour
from territoires.models import Territoire
from territoires.permissions import Action

CLASSEUR = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Where a report's document waits, in the session, for the reader to keep it or not.
IMPORT = "formulaire_importe"


def exporter(request, slug: str, numero: int) -> HttpResponse:
    """A version, the draft included, as an XLSForm workbook."""
    territoire = territoire_pour(request, slug, Action.ADAPTER)
    version = get_object_or_404(Version, formulaire__territoire=territoire, numero=numero)
    journal.ecrire("exporter_formulaire", par=request.user, territoire=territoire, objet=version)
    contenu = xlsform.exporter(
        version.definition,
        titre=f"Baromètre du non-recours – {territoire}",
        identifiant=f"bnr_{slug.replace('-', '_')}",
        version=str(numero),
    )
    return HttpResponse(
        contenu,
        content_type=CLASSEUR,
        headers={
            "Content-Disposition": f'attachment; filename="formulaire-{slug}-version-{numero}.xlsx"'
        },
    )


def importer(request, slug: str) -> HttpResponse:
    """A workbook is read and reported on; the draft is replaced only once confirmed."""
    territoire = territoire_pour(request, slug, Action.ADAPTER)
    if request.POST.get("action") == "remplacer":
        return _remplacer(request, territoire)
    form = ImporterForm(postees(request), request.FILES or None)
    contexte = {**PAGE, "territoire": territoire, "form": form, "rapport": None}
    if request.method == "POST" and form.is_valid():
        rapport = xlsform.importer(
            form.cleaned_data["fichier"].read(),
            noyau=noyau.document_noyau(),
            territoire=territoire.slug,
        )
        contexte |= _rapporter(request, territoire, rapport)
    return render(request, "formulaire/importer.html", contexte)


def _rapporter(request, territoire: Territoire, rapport) -> dict:
    """What the page says of the report; its document waits for the confirmation."""
    if rapport.document is None:
        request.session.pop(IMPORT, None)
        return {"rapport": rapport}
    request.session[IMPORT] = {"territoire": territoire.slug, "document": rapport.document}
    suivie = version_suivie(territoire)
    return {
        "rapport": rapport,
        "brouillon": suivie.publiee_le is None,
        "differences": adaptation.differences(suivie.definition, rapport.document),
        "problemes": adaptation.problemes(rapport.document, noyau.document_noyau()),
    }


def _remplacer(request, territoire: Territoire) -> HttpResponse:
    attente = request.session.pop(IMPORT, None)
    if attente is None or attente["territoire"] != territoire.slug:
        messages.error(request, "Choisissez de nouveau le fichier\u00a0: rien n’attendait plus.")
        return redirect("situations:formulaire_importer", territoire.slug)
    importer_brouillon(territoire=territoire, document=attente["document"], par=request.user)
    messages.success(
        request, "Le brouillon est le formulaire importé. Relisez-le avant de publier."
    )
    return redirect("situations:formulaire_brouillon", territoire.slug)
