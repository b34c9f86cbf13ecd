"""Does a page take longer for an address that has an account? `python -m tests.mesure_connexion [n]`.

Logins and forgotten passwords, for known and unknown addresses in turn, with the hashes of the
service (Argon2) and its queue of e-mails. Prints medians, and the p-value of a Mann-Whitney test:
the chance of such a difference if there is none.
"""

import os
import random
import sys
from statistics import median
from time import perf_counter

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.reglages"
import django

django.setup()

from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.test.utils import override_settings, setup_test_environment
from django.urls import reverse
from scipy.stats import mannwhitneyu

from bnr import settings as service
from territoires.comptes import adresse_prouvee
from territoires.models import Utilisateur
from tests import bases

MOT_DE_PASSE = "quatre mots sans rapport"


def preparer(nombre: int) -> None:
    connections["default"].settings_dict["NAME"] = bases.cloner(bases.VIDE, "mesure")
    setup_test_environment()
    override_settings(PASSWORD_HASHERS=service.PASSWORD_HASHERS, TASKS=service.TASKS).enable()
    empreinte = make_password(MOT_DE_PASSE)
    for n in range(nombre):
        compte = Utilisateur.objects.create(
            email=f"connue{n}@exemple.fr", password=empreinte, nom="A"
        )
        adresse_prouvee(compte)


def connexion(client: Client, email: str):
    return client.post(reverse("account_login"), {"login": email, "password": "pas le bon"})


def oubli(client: Client, email: str):
    return client.post(reverse("account_reset_password"), {"email": email})


def chronometrer(geste, email: str) -> float:
    """Milliseconds; each request from an address of its own, so that none is throttled."""
    octets = (random.randrange(1, 255) for _ in range(3))
    client = Client(REMOTE_ADDR="10." + ".".join(map(str, octets)))
    depart = perf_counter()
    reponse = geste(client, email)
    duree = 1000 * (perf_counter() - depart)
    assert reponse.status_code in (200, 302), reponse.status_code
    return duree


def mesurer(geste, nombre: int) -> dict[str, list[float]]:
    durees: dict[str, list[float]] = {"connue": [], "inconnue": []}
    for n in range(nombre):
        sortes = list(durees)
        random.shuffle(sortes)
        for sorte in sortes:
            durees[sorte].append(chronometrer(geste, f"{sorte}{n}@exemple.fr"))
    return durees


def main(nombre: int) -> None:
    preparer(nombre)
    for geste in (oubli, connexion):
        mesurer(geste, 10)  # templates, connections
        cache.clear()
        durees = mesurer(geste, nombre)
        test = mannwhitneyu(durees["connue"], durees["inconnue"])
        medianes = ", ".join(f"{sorte} {median(d):.2f} ms" for sorte, d in durees.items())
        print(
            f"{geste.__name__} ({nombre} fois chacune) : {medianes} ; p = {test.pvalue:.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
