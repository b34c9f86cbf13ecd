"""A real PostgreSQL, cloned databases, and named people that make refusals legible."""

import pytest
from django.db import connections
from hypothesis import settings as reglages_hypothesis
from playwright.sync_api import sync_playwright

from situations.actions import creer_territoire
from territoires.comptes import adresse_prouvee
from territoires.models import Utilisateur
from tests import bases
from tests.gens import Gens, peupler
from tests.navigateur import ARGUMENTS, BUREAU, chemin_chromium
from tests.serveurs import ServeurDurable

# What an example costs depends on the machine: no test here judges time.
reglages_hypothesis.register_profile("maison", deadline=None)
reglages_hypothesis.load_profile("maison")


def pytest_collection_modifyitems(items):
    """What drives browsers and servers comes first: these are the longest, and a process keeps
    its browser and its server from one to the next."""
    items.sort(key=lambda test: not any(map(test.get_closest_marker, ("navigateur", "serveur"))))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, request):
    """One clone of the empty template for this process, used through the application's role."""
    ouvrier = getattr(request.config, "workerinput", {}).get("workerid", "seul")
    base = bases.cloner(bases.VIDE, f"test_{ouvrier}")
    connections["default"].settings_dict["NAME"] = base
    yield
    with django_db_blocker.unblock():
        connections["default"].close()


@pytest.fixture(autouse=True)
def cache_sans_purge(monkeypatch):
    """The cache drops what has expired at one write drawn in so many: no test depends on a draw."""
    monkeypatch.setattr("bnr.cache.est_temps_de_purger", lambda: False)


@pytest.fixture
def national(db):
    compte = Utilisateur.objects.create_user(
        "dominique@national.example", "secret", nom="Dominique", est_administrateur_national=True
    )
    adresse_prouvee(compte)
    return compte


@pytest.fixture
def vans(national) -> Gens:
    """The Pays des Vans, with one person of each role."""
    territoire = creer_territoire(
        nom="Pays des Vans en Cévennes",
        niveau="epci",
        communes=[],
        slug="pays-des-vans",
        par=national,
    )
    return peupler(territoire, par=national)


@pytest.fixture
def drome(national) -> Gens:
    """Another territory, whose people must see nothing of the first."""
    territoire = creer_territoire(
        nom="Drôme", niveau="departement", communes=[], slug="drome", par=national
    )
    return peupler(territoire, par=national)


@pytest.fixture(scope="module")
def chromium():
    """One browser for the tests of a module: while it lives, Django's connections are refused to
    the other tests of the process, since it runs an event loop."""
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=chemin_chromium(), args=ARGUMENTS)
        yield navigateur
        navigateur.close()


@pytest.fixture(scope="session")
def serveur_durable():
    serveur = ServeurDurable()
    yield serveur
    serveur.tuer()


@pytest.fixture
def serveur(serveur_durable):
    """A web server on a fresh copy of the demonstration."""
    serveur_durable.renouveler()
    return serveur_durable


@pytest.fixture
def page(chromium):
    contexte = chromium.new_context(locale="fr-FR", viewport=BUREAU)
    yield contexte.new_page()
    contexte.close()


@pytest.fixture
def page_sans_script(chromium):
    contexte = chromium.new_context(locale="fr-FR", viewport=BUREAU, java_script_enabled=False)
    yield contexte.new_page()
    contexte.close()
