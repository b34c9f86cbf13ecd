"""The in-app guide, open to whoever is signed in, and the pages that the law asks for, to all."""

from collections import defaultdict

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from situations import guide, noyau
from situations.moteur.presentation import TYPES_DU_THEME
from territoires.permissions import tableau_des_permissions

PAGE = {"page": "guide"}


def accueil(request: HttpRequest) -> HttpResponse:
    """All the pages, then those to read first for each kind of reader."""
    contexte = {"pages": guide.pages(), "par_lecteur": guide.pages_par_lecteur()}
    return render(request, "guide/accueil.html", {**PAGE, **contexte})


def lire(request: HttpRequest, code: str) -> HttpResponse:
    """One page, section after section."""
    lue = guide.page(code)
    if lue is None:
        raise Http404
    pages = guide.pages()
    rang = pages.index(lue)
    return render(
        request,
        "guide/page.html",
        {
            **PAGE,
            **_contenu(),
            "lue": lue,
            "pages": pages,
            "precedente": pages[rang - 1] if rang else None,
            "suivante": pages[rang + 1] if rang + 1 < len(pages) else None,
        },
    )


def imprimer(request: HttpRequest) -> HttpResponse:
    """The whole guide on one page, to print."""
    return render(
        request,
        "guide/imprimer.html",
        {**PAGE, **_contenu(), "pages": guide.pages(), "tout_ouvert": True},
    )


@login_not_required
def accessibilite(request: HttpRequest) -> HttpResponse:
    return render(request, "aide/accessibilite.html", {"contact": settings.CONTACT})


@login_not_required
def mentions_legales(request: HttpRequest) -> HttpResponse:
    contexte = {
        "editeur": settings.EDITEUR,
        "hebergeur": settings.HEBERGEUR,
        "contact": settings.CONTACT,
        "mois_du_journal": settings.JOURNAL_CONSERVATION_MOIS,
    }
    return render(request, "aide/mentions_legales.html", contexte)


@login_not_required
def note_d_information(request: HttpRequest) -> HttpResponse:
    """What a structure displays for the persons whose situations are described."""
    return render(request, "aide/note_d_information.html", {"contact": settings.CONTACT})


def _contenu() -> dict:
    """What the sections say that comes from the noyau and from the permissions."""
    motifs = defaultdict(list)
    for motif in noyau.lire("motifs"):
        if motif["type"] != "*":
            motifs[motif["type"]].append(motif)
    return {
        "types": {
            ligne["code"]: {**ligne, "theme": TYPES_DU_THEME[ligne["code"]]}
            for ligne in noyau.lire("types")
        },
        "motifs_par_type": dict(motifs),
        "reecritures": guide.reecritures(),
        "permissions": tableau_des_permissions(),
    }
