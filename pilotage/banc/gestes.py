"""What people do, through the whole server: open a dashboard, type a situation, transmit it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilotage.banc.formulaire import SECTION, brouillon_d_un_grand_formulaire
from pilotage.banc.mesures import Geste, Mesure, mesurer
from pilotage.banc.remplissage import Monde
from situations import actions
from situations.brouillon import Etape, ce_qui_manque, textes_douteux
from situations.demonstration.generateur import produire
from situations.models import Situation
from situations.versions import definition_de, version_en_vigueur

TEXTES = {"recit", "proposition"}
# The pages are timed, not how they are deployed: no redirection to https, no list of static files.
DEPLOIEMENT = {
    "ALLOWED_HOSTS": ["localhost"],
    "SECURE_SSL_REDIRECT": False,
    "STORAGES": {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


class ReponseInattendue(Exception):
    """A page did not answer as it should: its time would mean nothing."""


@dataclass(frozen=True)
class GesteMesure:
    """What someone does: how many queries, and how long the server takes."""

    nom: str
    requetes: int
    mesure: Mesure


def mesurer_pages(monde: Monde, repetitions: int) -> list[GesteMesure]:
    """The dashboards. Raises ReponseInattendue."""
    with override_settings(**DEPLOIEMENT):
        return _mesurer(_pages(monde), repetitions)


def mesurer_gestes(monde: Monde, repetitions: int) -> list[GesteMesure]:
    """Typing. Raises ReponseInattendue."""
    with override_settings(**DEPLOIEMENT):
        return _mesurer(_saisie(monde), repetitions)


def _mesurer(gestes: dict[str, Geste], repetitions: int) -> list[GesteMesure]:
    """Each gesture twice, the second to count its queries, then in turn."""
    requetes = {}
    for nom, preparer in gestes.items():
        # Once for nothing: a worker compiles a version at its first page only.
        preparer()()
        geste = preparer()
        with CaptureQueriesContext(connection) as contexte:
            geste()
        requetes[nom] = len(contexte)
    mesures = mesurer(gestes, repetitions)
    return [GesteMesure(nom, requetes[nom], mesure) for nom, mesure in mesures.items()]


def _client(utilisateur) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(utilisateur, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _exiger(attendu: int, appeler, *arguments, **options) -> None:
    reponse = appeler(*arguments, **options)
    if reponse.status_code != attendu:
        raise ReponseInattendue(f"{arguments[0]} répond {reponse.status_code}")


def _pages(monde: Monde) -> dict[str, Geste]:
    lieu = monde.lieux[0]
    tableau = reverse("pilotage:tableau_de_bord", args=[lieu.territoire.slug])
    pages = {
        "tableau d’un territoire, en direct": (lieu.animateur, tableau),
        "tableau d’un territoire, un âge, en direct": (lieu.animateur, f"{tableau}?f_age=a_75p"),
        "tableau de tous les territoires, en direct": (
            monde.partout,
            reverse("pilotage:mes_territoires"),
        ),
        "tableau d’un territoire, protégé": (lieu.pilote, tableau),
        "tableau national, protégé": (monde.national, reverse("pilotage:tableau_national")),
    }
    return {nom: _ouvrir(personne, adresse) for nom, (personne, adresse) in pages.items()}


def _ouvrir(personne, adresse: str) -> Geste:
    geste = partial(_exiger, 200, _client(personne).get, adresse)
    return lambda: geste


def _saisie(monde: Monde) -> dict[str, Geste]:
    lieu = monde.lieux[0]
    client, brouillons = _client(lieu.auteur), _brouillons(monde)
    situation = next(brouillons)
    definition = definition_de(situation.version_id)
    droits = next(section for section in definition.sections if section.est_repetee)
    gravites = cycle(("1", "4"))
    grand = monde.lieux[-1]
    vaste = brouillon_d_un_grand_formulaire(grand.territoire, grand.auteur)

    def enregistrer():
        return partial(_exiger, 302, client.post, *_poster(situation.pk, next(gravites)))

    def transmettre():
        adresse = reverse("situations:transmettre", args=[next(brouillons).cle])
        return partial(_exiger, 302, client.post, adresse)

    return {
        "ouvrir une étape (les droits)": _ouvrir(
            lieu.auteur, reverse("situations:saisir", args=[situation.cle, droits.code])
        ),
        "ouvrir une étape (formulaire de 150 questions)": _ouvrir(
            grand.auteur, reverse("situations:saisir", args=[vaste.cle, SECTION])
        ),
        "enregistrer une étape": enregistrer,
        "transmettre": transmettre,
    }


def _brouillons(monde: Monde) -> Iterator[Situation]:
    """Complete drafts of the author, made as they are asked for."""
    lieu = monde.lieux[0]
    modele = replace(lieu.modele, nombre=2000)
    for fictive in produire(modele, jusqua=monde.jusqua, graine=1):
        if fictive.statut != "validee":
            continue
        situation = actions.commencer(
            territoire=lieu.territoire,
            version=version_en_vigueur(lieu.territoire),
            par=lieu.auteur,
        )
        for _ in fictive.non_recours[1:]:
            actions.ajouter_droit(situation=situation, par=lieu.auteur)
        actions.enregistrer(
            situation=situation,
            reponses={cle: v for cle, v in fictive.reponses.items() if cle not in TEXTES},
            blocs=dict(enumerate(fictive.non_recours, start=1)),
            par=lieu.auteur,
        )
        situation = Situation.objects.get(pk=situation.pk)
        if not ce_qui_manque(situation) and not textes_douteux(situation):
            yield situation


def _poster(pk: int, gravite: str) -> tuple[str, dict]:
    """The address of the step that asks how serious it is, and its form with another answer."""
    situation = Situation.objects.get(pk=pk)
    section = definition_de(situation.version_id).section_de("intensite")
    etape = Etape(situation, section)
    stockees = {**etape.blocs[0].stockees, "intensite": gravite}
    adresse = reverse("situations:saisir", args=[situation.cle, section.code])
    reponses = {
        q.variable: stockees[q.variable] for q in section.questions if q.variable in stockees
    }
    return adresse, {"empreinte": etape.empreinte(), "action": "ici", **reponses}
