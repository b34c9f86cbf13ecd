"""Whose eyes the figures of a page are for."""

from django.http import Http404, HttpRequest

from pilotage.preparation import Lecteur
from pilotage.secret import Audience
from territoires.acces import exiger_charte
from territoires.models import Territoire
from territoires.models.lieux import SEUIL_COPIL_PLANCHER
from territoires.permissions import (
    Action,
    ActionNationale,
    exiger_nationalement,
    peut,
    territoires_permis,
)


def lecteur_du_territoire(request: HttpRequest, territoire: Territoire) -> Lecteur:
    """Live and free for the comité technique, protected for the others."""
    libre = peut(request.user, Action.LIRE_TABLEAU_SANS_SEUIL, territoire)
    return Lecteur(
        audience=Audience.COMITE_TECHNIQUE if libre else Audience.TERRITOIRE,
        territoires=frozenset({territoire.pk}),
        seuil=territoire.seuil_copil,
    )


def lecteur_de_mes_territoires(request: HttpRequest) -> tuple[Lecteur, list[Territoire]]:
    """All the territories whose situations one reviews, on the noyau; 404 without any."""
    relus = territoires_permis(request.user, Action.LIRE_TABLEAU_SANS_SEUIL)
    if not relus:
        raise Http404
    exiger_charte(request.user, *relus)
    lecteur = Lecteur(
        audience=Audience.COMITE_TECHNIQUE,
        territoires=frozenset(territoire.pk for territoire in relus),
        seuil=1,
        noyau=True,
    )
    return lecteur, relus


def lecteur_national(request: HttpRequest) -> Lecteur:
    """Everything, on the noyau, for national administrators; 404 for the others."""
    exiger_nationalement(request.user, ActionNationale.LIRE_TABLEAU)
    seuils = dict(Territoire.objects.values_list("pk", "seuil_copil"))
    return Lecteur(
        audience=Audience.NATIONAL,
        territoires=frozenset(seuils),
        seuil=max(seuils.values(), default=SEUIL_COPIL_PLANCHER),
        noyau=True,
    )
