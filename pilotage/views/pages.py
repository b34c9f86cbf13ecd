"""What each dashboard counts, once for the screen and for the files that leave it.

Each function says who may read: whatever shows these figures goes through one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core import paginator as pagination
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from pilotage.models import Population, Publication
from pilotage.preparation import Lecteur, Preparation, preparer
from pilotage.preparation_lots import PreparationDuLot, lire_du_lot, preparer_du_lot
from pilotage.presentation.cote_a_cote import DISTRIBUTIONS_COMPAREES
from pilotage.secret import Audience, StatistiquesProtegees
from pilotage.statistiques import Plan
from pilotage.views.lecteurs import (
    lecteur_de_mes_territoires,
    lecteur_du_territoire,
    lecteur_national,
)
from situations.models import Version
from territoires.acces import territoire_pour
from territoires.models import Territoire
from territoires.permissions import Action, peut

# Side by side, so many territories fit a page; the others are on the next ones.
COTE_A_COTE = 8


@dataclass(frozen=True)
class Page:
    """A dashboard as one reader is shown it. `territoires`: those that it counts, when named;
    `cotes`: those of them that are side by side, a page of theirs. `est_publique`: anybody may
    read it, and leaves no trace."""

    nom: str
    lieu: str
    preparation: Preparation | PreparationDuLot
    stats: StatistiquesProtegees
    precedentes: StatistiquesProtegees | None
    territoires: tuple[Territoire, ...] = ()
    par_territoire: Mapping[str, StatistiquesProtegees] = field(default_factory=dict)
    population: Population | None = None
    versions: tuple[int, ...] = ()
    cotes: pagination.Page | None = None
    est_publique: bool = False

    @property
    def locales(self) -> tuple[str, ...]:
        return self.preparation.locales

    @property
    def noyau_de(self) -> dict[str, str]:
        """A local right → the core one that it refines."""
        droit = self.preparation.variables.get("droit")
        return {m.code: m.raffine for m in droit.modalites if m.raffine} if droit else {}


def page_du_territoire(request: HttpRequest, slug: str) -> Page:
    """One territory; 403 or 404 for those who may not read its dashboard."""
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU)
    lecteur = lecteur_du_territoire(request, territoire)
    if not lecteur.est_libre:
        du_lot = preparer_du_lot(lecteur, territoire, request.GET)
        return _du_lot(
            du_lot,
            nom=territoire.slug,
            lieu=territoire.nom,
            territoires=(territoire,),
            population=Population.objects.filter(territoire=territoire).first(),
            versions=_versions(territoire, du_lot.arrete_le),
        )
    preparation = preparer(lecteur, request.GET)
    return _compter(
        preparation,
        nom=territoire.slug,
        lieu=territoire.nom,
        territoires=(territoire,),
        population=Population.objects.filter(territoire=territoire).first(),
        versions=_versions(territoire),
    )


def page_de_mes_territoires(request: HttpRequest) -> Page:
    """All the territories whose situations one reviews; 404 without any."""
    lecteur, relus = lecteur_de_mes_territoires(request)
    cotes = pagination.Paginator(relus, COTE_A_COTE).get_page(request.GET.get("cotes"))
    return _compter(
        preparer(lecteur, request.GET),
        nom="mes-territoires",
        lieu=_nommer(relus),
        territoires=tuple(relus),
        cotes=cotes,
    )


def _nommer(territoires: list[Territoire]) -> str:
    noms = ", ".join(territoire.nom for territoire in territoires)
    return noms if len(territoires) <= COTE_A_COTE else f"{len(territoires)} territoires"


def page_nationale(request: HttpRequest) -> Page:
    """All territories together, on the noyau, protected by the strictest of their thresholds."""
    preparation = preparer_du_lot(lecteur_national(request), None, request.GET)
    return _du_lot(preparation, nom="national", lieu="Tous les territoires")


def page_publique(request: HttpRequest, slug: str, pk: int) -> Page:
    """A publication that anybody reads; 404 once withdrawn, or before."""
    publication = get_object_or_404(publiees(slug), pk=pk)
    return page_de_publication(publication, request.GET, est_publique=True)


def page_d_apercu(request: HttpRequest, slug: str, pk: int) -> Page:
    """The same before it is published, or after, for those who may."""
    return page_de_publication(publication_a_relire(request, slug, pk), request.GET)


def publication_a_relire(request: HttpRequest, slug: str, pk: int) -> Publication:
    """Published, whoever reads the dashboard; before, who decides; 403 or 404 for the others."""
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU)
    publications = Publication.objects.select_related("territoire", "lot", "decision")
    publication = get_object_or_404(publications, pk=pk, territoire=territoire)
    if publication.publiee_le is None and not peut(request.user, Action.DECIDER, territoire):
        raise PermissionDenied
    return publication


def publiees(slug: str) -> QuerySet[Publication]:
    """What a territory shows to anybody, latest first."""
    return Publication.objects.filter(
        territoire__slug=slug, publiee_le__isnull=False, retiree_le=None
    ).select_related("territoire", "decision", "lot")


def page_de_publication(
    publication: Publication, parametres: QueryDict, *, est_publique: bool = False
) -> Page:
    """As anybody reads it; empty while its figures are prepared."""
    territoire, lot = publication.territoire, publication.lot
    lecteur = Lecteur(Audience.PUBLIC, frozenset({territoire.pk}), lot.seuil)
    preparation = lire_du_lot(lecteur, lot if lot.arrete_le else None, parametres)
    return _du_lot(
        preparation,
        nom=territoire.slug,
        lieu=territoire.nom,
        territoires=(territoire,),
        population=Population.objects.filter(territoire=territoire).first(),
        versions=_versions(territoire, preparation.arrete_le),
        est_publique=est_publique,
    )


def _du_lot(preparation: PreparationDuLot, **champs) -> Page:
    return Page(
        preparation=preparation,
        stats=preparation.stats(),
        precedentes=preparation.precedentes(),
        par_territoire=preparation.par_territoire(),
        **champs,
    )


def _compter(preparation: Preparation, **champs) -> Page:
    plan = preparation.plan()
    return Page(
        preparation=preparation,
        stats=preparation.compter(preparation.demande, plan),
        precedentes=preparation.precedentes(plan),
        par_territoire=_par_territoire(preparation, champs.get("cotes")),
        **champs,
    )


def _par_territoire(
    preparation: Preparation, cotes: pagination.Page | None
) -> dict[str, StatistiquesProtegees]:
    """The figures of each territory of this page, by name; nothing when there is only one."""
    if cotes is None or cotes.paginator.count < 2:
        return {}
    seules = Plan(distributions=DISTRIBUTIONS_COMPAREES)
    demande = preparation.demande.avec(croisement=None)
    return {t.nom: preparation.compter(demande, seules, frozenset({t.pk})) for t in cotes}


def _versions(territoire: Territoire, jusqu_au: date | None = None) -> tuple[int, ...]:
    """The versions of the form published by the day when the figures were stopped."""
    publiees = Version.objects.filter(formulaire__territoire=territoire, publiee_le__isnull=False)
    if jusqu_au is not None:
        publiees = publiees.filter(publiee_le__date__lte=jusqu_au)
    return tuple(publiees.order_by("numero").values_list("numero", flat=True))
