"""The author updates the outcome of each right, without reopening the rest."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from situations import actions
from situations.acces import noter_lecture, situation_a_saisir
from situations.issues import formulaires_d_issue


def actualiser(request, cle) -> HttpResponse:
    situation = situation_a_saisir(request, cle)
    if not situation.est_comptee:
        raise Http404
    formulaires = formulaires_d_issue(
        situation, data=request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and all(form.is_valid() for _, _, form in formulaires):
        actions.actualiser_issues(
            situation=situation,
            issues={ligne.rang: form.reponses() for ligne, _, form in formulaires},
            par=request.user,
        )
        messages.success(request, "Issues actualisées.")
        return redirect(situation)
    noter_lecture(request, situation)
    return render(
        request,
        "situations/actualiser.html",
        {
            "page": "situations",
            "situation": situation,
            "formulaires": formulaires,
            "erreurs": [e for _, _, form in formulaires for e in form.resume_erreurs()]
            if request.method == "POST"
            else [],
        },
    )
