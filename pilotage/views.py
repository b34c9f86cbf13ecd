"""The dashboards: one territory's, all those one reviews, and the national one."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pilotage.demande import Demande, phrases
from pilotage.filtres import annees_de, filtres_proposes, jetons, restes, variables_a_croiser
from pilotage.lecture import lire_faits, variables_comptees, variables_locales
from pilotage.presentation.chiffres import chiffres_cles
from pilotage.presentation.croisement import tableau_croisement
from pilotage.presentation.tableaux import tableau_distribution, tableau_mois
from pilotage.secret import Audience, pour_audience
from pilotage.statistiques import calculer
from situations.calendrier import en_mois
from territoires.acces import territoire_pour
from territoires.models import Territoire
from territoires.models.lieux import SEUIL_COPIL_PLANCHER
from territoires.permissions import (
    Action,
    ActionNationale,
    exiger_nationalement,
    peut,
    territoires_permis,
)

PROFILS = ("age", "famille", "logement", "activite")


@dataclass(frozen=True)
class Lecteur:
    """Whose eyes the figures are for, and over which territories."""

    audience: Audience
    territoires: frozenset[int]
    seuil: int
    noyau: bool = False

    @property
    def est_libre(self) -> bool:
        return self.audience is Audience.COMITE_TECHNIQUE


def tableau_de_bord(request: HttpRequest, slug: str) -> HttpResponse:
    """One territory: live and free for the comité technique, protected for the others."""
    territoire = territoire_pour(request, slug, Action.LIRE_TABLEAU)
    libre = peut(request.user, Action.LIRE_TABLEAU_SANS_SEUIL, territoire)
    lecteur = Lecteur(
        audience=Audience.COMITE_TECHNIQUE if libre else Audience.TERRITOIRE,
        territoires=frozenset({territoire.pk}),
        seuil=territoire.seuil_copil,
    )
    relus = territoires_permis(request.user, Action.LIRE_TABLEAU_SANS_SEUIL)
    return _repondre(
        request,
        lecteur,
        page="tableau",
        titre="Tableau de bord",
        plusieurs=libre and len(relus) > 1,
    )


def mes_territoires(request: HttpRequest) -> HttpResponse:
    """All the territories whose situations one reviews, together, on the noyau."""
    relus = territoires_permis(request.user, Action.LIRE_TABLEAU_SANS_SEUIL)
    if not relus:
        raise Http404
    lecteur = Lecteur(
        audience=Audience.COMITE_TECHNIQUE,
        territoires=frozenset(territoire.pk for territoire in relus),
        seuil=1,
        noyau=True,
    )
    titre = "Tous mes territoires"
    return _repondre(request, lecteur, page="tableau", titre=titre, territoires_comptes=relus)


def tableau_national(request: HttpRequest) -> HttpResponse:
    """All territories together, on the noyau, protected by the strictest of their thresholds."""
    exiger_nationalement(request.user, ActionNationale.LIRE_TABLEAU)
    seuils = dict(Territoire.objects.values_list("pk", "seuil_copil"))
    lecteur = Lecteur(
        audience=Audience.NATIONAL,
        territoires=frozenset(seuils),
        seuil=max(seuils.values(), default=SEUIL_COPIL_PLANCHER),
        noyau=True,
    )
    return _repondre(request, lecteur, page="national", titre="Tableau national")


def _repondre(request, lecteur: Lecteur, *, page: str, titre: str, **contexte) -> HttpResponse:
    arrete_au = None if lecteur.est_libre else timezone.localdate().replace(day=1)
    variables = variables_comptees(lecteur.territoires)
    faits = lire_faits(lecteur.territoires, variables, transmises_avant=arrete_au)
    annees = annees_de(faits)
    demande = Demande.depuis(dict(request.GET.lists()), faits.variables)
    ignores = demande.ignores
    if not lecteur.est_libre:
        demande, ignores = _annee_entiere(demande, annees)
    locales = (
        []
        if lecteur.noyau
        else variables_locales(lecteur.territoires, publiables=not lecteur.est_libre)
    )
    stats = pour_audience(
        calculer(
            faits,
            demande,
            territoires=lecteur.territoires,
            noyau=lecteur.noyau,
            locales=locales,
        ),
        lecteur.audience,
        lecteur.seuil,
    )
    return render(
        request,
        "pilotage/tableau_de_bord.html",
        {
            "page": page,
            "titre": titre,
            "libre": lecteur.est_libre,
            "seuil": lecteur.seuil,
            "arrete_au": arrete_au,
            "annees": annees,
            "demande": demande,
            "ignores": ignores,
            "vide": not len(faits.identifiants),
            "selection": phrases(demande, faits.variables),
            "jetons": jetons(demande, faits.variables),
            "filtres": filtres_proposes(demande, faits) if lecteur.est_libre else [],
            "restes": restes(demande),
            "a_croiser": variables_a_croiser(faits.variables),
            "chiffres": chiffres_cles(stats),
            "principaux": [tableau_distribution(stats, v) for v in ("type", "droit")],
            "motifs": tableau_distribution(stats, "motif_principal"),
            "profils": [tableau_distribution(stats, v) for v in PROFILS],
            "locales": [tableau_distribution(stats, v) for v in locales],
            "mois": tableau_mois(stats, avant=arrete_au and en_mois(arrete_au)),
            "croisement": tableau_croisement(stats),
            **contexte,
        },
    )


def _annee_entiere(demande: Demande, annees: list[int]) -> tuple[Demande, tuple[str, ...]]:
    """What the protected audiences may ask: one whole year, the latest unless they choose."""
    annee = demande.annee if demande.annee in annees else None
    retenue = Demande(
        annee=annee or (annees[-1] if annees else timezone.localdate().year),
        droits_tous=demande.droits_tous,
    )
    if not demande.a_des_bornes and demande.avec(annee=retenue.annee) == retenue:
        return retenue, demande.ignores
    phrase = (
        "Vous lisez une année entière, sans filtre ni croisement : "
        "le reste est réservé au comité technique, qui lit les situations."
    )
    return retenue, (*demande.ignores, phrase)
