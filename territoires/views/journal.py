"""The journal, read by administrators: a territory's, and for national ones all of them.

Reading it is itself written in it.
"""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from territoires import journal
from territoires.acces import territoire_pour
from territoires.forms_journal import FiltreJournalForm
from territoires.lecture_journal import en_csv, page
from territoires.models import Journal, Territoire
from territoires.permissions import Action, ActionNationale, exiger_nationalement


def du_territoire(request: HttpRequest, slug: str) -> HttpResponse:
    """What was done in this territory."""
    return _montrer(request, territoire_pour(request, slug, Action.LIRE_JOURNAL))


def national(request: HttpRequest) -> HttpResponse:
    """What was done everywhere."""
    exiger_nationalement(request.user, ActionNationale.LIRE_JOURNAL)
    return _montrer(request, None)


def exporter_du_territoire(request: HttpRequest, slug: str) -> HttpResponse:
    return _exporter(request, territoire_pour(request, slug, Action.LIRE_JOURNAL))


def exporter_national(request: HttpRequest) -> HttpResponse:
    exiger_nationalement(request.user, ActionNationale.LIRE_JOURNAL)
    return _exporter(request, None)


def _montrer(request: HttpRequest, territoire: Territoire | None) -> HttpResponse:
    journal.ecrire("lire_journal", par=request.user, territoire=territoire)
    filtre, lignes = _filtrer(request, territoire)
    lues, suite = page(lignes, request.GET.get("apres", ""))
    parametres = request.GET.copy()
    parametres.pop("apres", None)
    return render(
        request,
        "journal/lire.html",
        {
            "page": "journal" if territoire else "journal_national",
            "territoire": territoire,
            "filtre": filtre,
            "filtre_actif": any(parametres.values()),
            "lignes": lues,
            "suite": suite,
            "est_la_premiere": "apres" not in request.GET,
            "parametres": parametres.urlencode(),
        },
    )


def _exporter(request: HttpRequest, territoire: Territoire | None) -> StreamingHttpResponse:
    journal.ecrire("exporter_journal", par=request.user, territoire=territoire)
    _, lignes = _filtrer(request, territoire)
    nom = f"journal-{territoire.slug if territoire else 'national'}-{timezone.localdate()}.csv"
    return StreamingHttpResponse(
        en_csv(lignes),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


def _filtrer(
    request: HttpRequest, territoire: Territoire | None
) -> tuple[FiltreJournalForm, QuerySet[Journal]]:
    filtre = FiltreJournalForm(request.GET or None, national=territoire is None)
    lignes = Journal.objects.filter(territoire_id=territoire.pk) if territoire else Journal.objects
    return filtre, filtre.filtrer(lignes.all())
