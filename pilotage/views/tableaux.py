"""The dashboards: one territory's, all those one reviews, and the national one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString

from pilotage.demande import Demande, bases_en_mots
from pilotage.filtres import (
    filtres_proposes,
    jetons,
    periodes_proposees,
    restes_de_la_barre,
    restes_du_croisement,
    variables_a_croiser,
)
from pilotage.groupes import groupes_de, raffinements_de
from pilotage.models import Lot
from pilotage.preparation import Preparation
from pilotage.presentation.champs import options
from pilotage.presentation.chiffres import chiffres_cles
from pilotage.presentation.contexte import Contexte
from pilotage.presentation.liens import Liens
from pilotage.presentation.sections import Decor, croisement_demande, sections_de
from pilotage.travaux import est_a_alleger
from pilotage.views.croisements import croisements_montres, pourquoi_non_montrable
from pilotage.views.exports import TOUTES
from pilotage.views.lots import echec_de, etapes_de_preparation
from pilotage.views.pages import (
    Page,
    page_de_mes_territoires,
    page_du_territoire,
    page_nationale,
)
from pilotage.views.vues import adresse_de, vues_offertes
from territoires import journal
from territoires.models import Territoire
from territoires.permissions import Action, peut, territoires_permis


def tableau_de_bord(request: HttpRequest, slug: str) -> HttpResponse:
    """One territory."""
    page = page_du_territoire(request, slug)
    (territoire,) = page.territoires
    journal.ecrire("lire_tableau", par=request.user, territoire=territoire)
    contexte = {
        "page": "tableau",
        "titre": "Tableau de bord",
        "territoire": territoire,
        "adresse_preparation": reverse("pilotage:preparation", args=[slug]),
        "exports": reverse("pilotage:tables_du_territoire", args=[slug]),
    }
    lit_les_situations, a_alleger = page.preparation.lecteur.est_libre, est_a_alleger(territoire)
    if lit_les_situations:
        relus = territoires_permis(request.user, Action.LIRE_TABLEAU_SANS_SEUIL)
        contexte |= {
            "plusieurs": len(relus) > 1,
            "adresse_filtres": reverse("pilotage:filtres", args=[slug]),
            "vues": [(vue, adresse_de(vue)) for vue in vues_offertes(request.user, territoire)],
            "montres": croisements_montres(territoire, page.preparation.variables),
            "peut_retirer": peut(request.user, Action.ANALYSER, territoire),
            "non_montrable": pourquoi_non_montrable(
                page.preparation.demande.croisement or (), page.preparation.variables
            ),
        }
    if a_alleger if lit_les_situations else _peut_agir(request, territoire):
        contexte |= {
            "echec": echec_de(territoire, Lot.Audience.TERRITOIRE),
            "a_alleger": a_alleger,
        }
    situations = reverse("pilotage:situations_du_tableau", args=[slug])
    return _repondre(request, page, contexte, situations)


def _peut_agir(request: HttpRequest, territoire: Territoire) -> bool:
    """Whether it is for this reader to see that figures do not come."""
    return any(
        peut(request.user, action, territoire) for action in (Action.GERER_MEMBRES, Action.DECIDER)
    )


def mes_territoires(request: HttpRequest) -> HttpResponse:
    """All the territories whose situations one reviews, together and side by side."""
    page = page_de_mes_territoires(request)
    journal.ecrire_partout("lire_tableau", par=request.user, territoires=page.territoires)
    contexte = {
        "page": "tableau",
        "titre": "Tous mes territoires",
        "cotes": page.cotes,
        "adresse_filtres": reverse("pilotage:filtres_de_mes_territoires"),
        "exports": reverse("pilotage:tables_de_mes_territoires"),
    }
    return _repondre(request, page, contexte)


def tableau_national(request: HttpRequest) -> HttpResponse:
    """All territories together, on the noyau, protected by the strictest of their thresholds."""
    page = page_nationale(request)
    journal.ecrire("lire_tableau", par=request.user)
    contexte = {
        "page": "national",
        "titre": "Tableau national",
        "adresse_preparation": reverse("pilotage:preparation_nationale"),
        "exports": reverse("pilotage:tables_nationales"),
        "echec": echec_de(None, Lot.Audience.NATIONAL),
    }
    return _repondre(request, page, contexte)


def _repondre(
    request: HttpRequest, page: Page, contexte: dict, situations: str = ""
) -> HttpResponse:
    """The whole page, or what changes in it when a script asks for that only.

    `situations`: the address of the situations behind a number, where there is one.
    """
    preparation, stats, population = page.preparation, page.stats, page.population
    decor = Decor(
        liens=Liens.de(stats, situations),
        contexte=Contexte(
            population=population.effectifs if population else {},
            raffinements=raffinements_de(preparation.variables),
        ),
        precedentes=page.precedentes,
        groupes=groupes_de(preparation.variables),
        noyau_de=page.noyau_de,
        exports=contexte["exports"].removesuffix(TOUTES),
    )
    contexte |= {
        **_selection(preparation),
        "libre": preparation.lecteur.est_libre,
        "seuil": preparation.lecteur.seuil,
        "arrete_le": preparation.arrete_le,
        "vide": not preparation.annees,
        "rien": preparation.lecteur.est_libre and stats.situations == 0,
        "chiffres": chiffres_cles(stats, decor.precedentes, decor.liens),
        "sections": sections_de(stats, decor, page.locales, page.par_territoire),
        "croisement": croisement_demande(stats, decor),
        "population": population,
        "comparee_en_cours": decor.precedentes is not None
        and preparation.demande.annee == timezone.localdate().year,
    }
    if not preparation.lecteur.est_libre:
        contexte |= {
            "suite": preparation.suite,
            "annees_ecartees": preparation.annees_ecartees,
            "sans_annee": preparation.demande.annee is None,
            "etapes": etapes_de_preparation(preparation.suite.progression or 0),
        }
    gabarit = "pilotage/tableau_de_bord.html"
    if request.htmx and not request.htmx.history_restore_request:
        gabarit = "pilotage/_resultats.html"
    reponse = render(request, gabarit, contexte)
    patch_vary_headers(reponse, ["HX-Request"])
    return reponse


def _selection(preparation: Preparation) -> dict:
    """What is asked, in words and in fields."""
    demande, variables = preparation.demande, preparation.variables
    situations, non_recours = bases_en_mots(demande, variables)
    contexte = {
        "demande": demande,
        "annees": preparation.annees,
        "ignores": preparation.ignores,
        "situations_en_mots": situations,
        "non_recours_en_mots": non_recours,
    }
    if not preparation.lecteur.est_libre:
        return contexte
    return contexte | {
        "jetons": jetons(demande, variables),
        "periodes": periodes_proposees(demande, preparation.annees),
        "filtres": filtres_proposes(demande, variables),
        "restes": restes_de_la_barre(demande),
        "restes_du_croisement": restes_du_croisement(demande),
        "axes": _axes(demande, variables_a_croiser(variables)),
        "requete": demande.adresse(),
    }


def _axes(
    demande: Demande, variables: list[tuple[str, str]]
) -> list[tuple[str, str, str, SafeString]]:
    """The three lists of the crossing: name, label, what is chosen, options."""
    choisies = demande.croisement or ("droit", "type")
    troisieme = choisies[2] if choisies[2:] else ""
    avec_aucune = [("", "Aucune"), *variables]
    return [
        ("lignes", "Variable en lignes", choisies[0], options(variables, choisies[0])),
        ("colonnes", "Variable en colonnes", choisies[1], options(variables, choisies[1])),
        ("onglets", "Troisième, en onglets", troisieme, options(avec_aucune, troisieme)),
    ]
