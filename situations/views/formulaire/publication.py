"""Publishing the draft: what changes, what forbids it, what it costs in time, then the gesture."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from situations import adaptation
from situations.actions.adaptation import NonPubliable, publier_brouillon
from situations.actions.locales import CodePris
from situations.views.formulaire.atelier import PAGE, Atelier, sur_brouillon
from situations.views.formulaire.mots import duree_en_mots


@sur_brouillon
def publier(request, atelier: Atelier) -> HttpResponse:
    """The page to read before publishing, and the gesture."""
    if request.method == "POST":
        return _publier(request, atelier)
    return _montrer(request, atelier)


def _publier(request, atelier: Atelier) -> HttpResponse:
    precedente = atelier.vigueur
    try:
        version = publier_brouillon(version=atelier.version, par=request.user)
    except NonPubliable:
        return _montrer(request, atelier, statut=422)
    except CodePris as pris:
        messages.error(
            request,
            f"La question «\u00a0{pris}\u00a0» a déjà existé sous une autre forme\u00a0: "
            "retirez-la, puis ajoutez-en une nouvelle.",
        )
        return _montrer(request, atelier, statut=422)
    slug = atelier.territoire.slug
    messages.success(
        request,
        format_html(
            "La version {} est en vigueur\u00a0: les nouvelles situations se saisissent avec elle. "
            'Un regret\u00a0? <a href="{}">Annuler\u00a0: remettre la version précédente</a>.',
            version.numero,
            reverse("situations:formulaire_remettre", args=[slug, precedente.numero]),
        ),
    )
    return redirect("situations:formulaire", slug)


def _montrer(request, atelier: Atelier, statut: int = 200) -> HttpResponse:
    durees = [
        duree_en_mots(adaptation.duree_estimee(document))
        for document in (atelier.vigueur.definition, atelier.document)
    ]
    return render(
        request,
        "formulaire/publier.html",
        {
            **PAGE,
            "atelier": atelier,
            "differences": [
                {"phrase": difference.phrase, "adresse": atelier.place(difference.cle)}
                for difference in atelier.differences
            ],
            "durees": durees,
            "change": durees[0] != durees[1],
        },
        status=statut,
    )
