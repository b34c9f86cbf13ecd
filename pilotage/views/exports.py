"""The tables of a dashboard as files: a figure, a spreadsheet, or all the spreadsheets at once.

Made from the very figures of the page, by the same door: a file tells what its reader was shown.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.module_loading import import_string

from pilotage.export import TableauAffiche, en_csv
from pilotage.groupes import groupes_de, raffinements_de
from pilotage.indicateurs import Vue
from pilotage.presentation.chapitres import tables_nommees
from pilotage.presentation.contexte import Contexte
from pilotage.presentation.sorties import (
    Bagage,
    en_figure,
    en_tableau,
    nom_de_fichier,
    note_des_versions,
    notes_de_la_page,
)
from pilotage.presentation.typographie import INSECABLE, jour_en_mots
from pilotage.views.pages import (
    Page,
    page_d_apercu,
    page_de_mes_territoires,
    page_du_territoire,
    page_nationale,
    page_publique,
)
from territoires import journal

TYPES = {"csv": "text/csv; charset=utf-8", "png": "image/png", "svg": "image/svg+xml"}
TOUTES = "tableaux.zip"
DU_NOYAU = "Compté sur le noyau commun des formulaires."
# A ZIP bears dates: always the same one, so that the same tables make the same file.
DATE = (1980, 1, 1, 0, 0, 0)
# A figure takes half a second of a processor: drawn once for all who have no account, then kept,
# and so many a minute for one address, for all of them together.
DESSINS_PUBLICS = "60/m/ip,120/m/key"
GARDE_DES_DESSINS = 30 * 24 * 3600


def du_territoire(request: HttpRequest, slug: str, cle: str, forme: str) -> HttpResponse:
    return _table(request, page_du_territoire(request, slug), cle, forme)


def de_mes_territoires(request: HttpRequest, cle: str, forme: str) -> HttpResponse:
    return _table(request, page_de_mes_territoires(request), cle, forme)


def national(request: HttpRequest, cle: str, forme: str) -> HttpResponse:
    return _table(request, page_nationale(request), cle, forme)


@login_not_required
def publique(request: HttpRequest, slug: str, pk: int, cle: str, forme: str) -> HttpResponse:
    return _table(request, page_publique(request, slug, pk), cle, forme)


def d_apercu(request: HttpRequest, slug: str, pk: int, cle: str, forme: str) -> HttpResponse:
    return _table(request, page_d_apercu(request, slug, pk), cle, forme)


def tables_du_territoire(request: HttpRequest, slug: str) -> HttpResponse:
    return _toutes(request, page_du_territoire(request, slug))


def tables_de_mes_territoires(request: HttpRequest) -> HttpResponse:
    return _toutes(request, page_de_mes_territoires(request))


def tables_nationales(request: HttpRequest) -> HttpResponse:
    return _toutes(request, page_nationale(request))


@login_not_required
def tables_publiques(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _toutes(request, page_publique(request, slug, pk))


def tables_d_apercu(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _toutes(request, page_d_apercu(request, slug, pk))


def _table(request: HttpRequest, page: Page, cle: str, forme: str) -> HttpResponse:
    """One table of the page; 404 when the page does not show it, or for another kind of file."""
    tables = {nom: (vue, affiche) for nom, vue, affiche in _tables(page)}
    if forme not in TYPES or cle not in tables:
        raise Http404
    vue, affiche = tables[cle]
    bagage = _bagage(page)
    if forme == "csv":
        contenu = en_csv(en_tableau(affiche, vue, bagage))
    else:
        figure = en_figure(affiche, vue, bagage)
        if page.est_publique:
            contenu = _dessin_public(request, figure, forme)
        else:
            contenu = _dessiner(figure, forme)
        if contenu is None:
            return render(request, "pilotage/trop_de_figures.html", status=429)
    nom = nom_de_fichier(page.nom, affiche.titre, page.stats.demande, forme)
    return _remettre(request, page, contenu, nom, TYPES[forme])


def _toutes(request: HttpRequest, page: Page) -> HttpResponse:
    """Every table of the page as CSV, numbered in its order; 404 when there is none."""
    bagage, demande = _bagage(page), page.stats.demande
    fichiers = [
        (
            nom_de_fichier(f"{rang:02}", affiche.titre, demande, "csv"),
            en_csv(en_tableau(affiche, vue, bagage)),
        )
        for rang, (_, vue, affiche) in enumerate(_tables(page), start=1)
    ]
    if not fichiers:
        raise Http404
    nom = nom_de_fichier(page.nom, "tableaux", demande, "zip")
    return _remettre(request, page, _archiver(fichiers), nom, "application/zip")


def _tables(page: Page) -> Iterator[tuple[str, Vue, TableauAffiche]]:
    """Those that the page shows, each with the name of its files; none before there are figures."""
    if not page.preparation.annees:
        return
    population = page.population
    contexte = Contexte(
        population=population.effectifs if population else {},
        lieu=page.lieu,
        notes=tuple(filter(None, _notes(page))),
        raffinements=raffinements_de(page.preparation.variables),
    )
    tables = tables_nommees(page.stats, contexte, page.locales, page.par_territoire)
    for nom, table in tables:
        yield nom, table.vue, table.affiche


def _notes(page: Page) -> Iterator[str]:
    """What the page says of all its tables; empty where there is nothing to say."""
    preparation = page.preparation
    yield from notes_de_la_page(page.stats.demande, preparation.variables, preparation.ignores)
    yield DU_NOYAU if preparation.lecteur.noyau else note_des_versions(page.versions)
    if preparation.arrete_le is not None:
        yield f"Chiffres arrêtés au {jour_en_mots(preparation.arrete_le)}."


def _bagage(page: Page) -> Bagage:
    population = page.population
    source = (
        f"Population{INSECABLE}: {population.source}, {population.annee}." if population else ""
    )
    return Bagage(
        demande=page.stats.demande,
        precedentes=page.precedentes,
        groupes=groupes_de(page.preparation.variables),
        noyau_de=page.noyau_de,
        complements={"age": (source,)} if source else {},
    )


def _dessin_public(request: HttpRequest, affiche: TableauAffiche, forme: str) -> bytes | None:
    """Of a publication: kept by all processes; None when too many others were just drawn."""
    cle = f"figure:{sha256(repr((affiche, forme)).encode()).hexdigest()}"
    contenu = cache.get(cle)
    if contenu is None and _peut_dessiner(request):
        contenu = _dessiner(affiche, forme)
        cache.set(cle, contenu, GARDE_DES_DESSINS)
    return contenu


def _peut_dessiner(request: HttpRequest) -> bool:
    compte = ratelimit.consume(
        request,
        app="pilotage",
        action="figure",
        config={"figure": DESSINS_PUBLICS},
        key="publications",
        limit_get=True,
    )
    return compte is not None


@lru_cache(maxsize=32)
def _dessiner(affiche: TableauAffiche, forme: str) -> bytes:
    """Kept for a while: a second click asks for the figure that the first one is drawing."""
    # Imported late: matplotlib weighs on every process, and few of them ever draw.
    return import_string("pilotage.figures.figure_de")(affiche, forme)


def _archiver(fichiers: Iterable[tuple[str, bytes]]) -> bytes:
    flux = io.BytesIO()
    with zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in fichiers:
            archive.writestr(zipfile.ZipInfo(nom, DATE), contenu, zipfile.ZIP_DEFLATED)
    return flux.getvalue()


def _remettre(
    request: HttpRequest, page: Page, contenu: bytes, nom: str, genre: str
) -> HttpResponse:
    if page.territoires and not page.est_publique:
        journal.ecrire_partout("exporter", par=request.user, territoires=page.territoires)
    elif not page.est_publique:
        journal.ecrire("exporter", par=request.user)
    reponse = HttpResponse(
        contenu,
        content_type=genre,
        headers={
            "Content-Disposition": f'attachment; filename="{nom}"',
            "ETag": f'"{sha256(contenu).hexdigest()}"',
        },
    )
    return get_conditional_response(request, etag=reponse["ETag"], response=reponse)
