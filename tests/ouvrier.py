"""A process of the tests of concurrency: it writes situations, or reads figures meanwhile.

`manage.py shell -c "from tests.ouvrier import ecrire; ecrire(…)"` runs it on a database. All share
a table of counters, in a file: what each writer has begun, and what it has committed.
"""

import json
import mmap
import re
import struct
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import numpy as np
from django.conf import settings
from django.db import close_old_connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pilotage.demande import Demande
from pilotage.instantane.vivant import VIVANT, faits_de
from pilotage.lecture import variables_comptees
from pilotage.statistiques import Plan, calculer
from situations.actions import creer_territoire
from situations.models import FaitSituation, NonRecours, Situation
from situations.projection import projeter
from situations.versions import version_en_vigueur
from territoires.actions import creer_organisme
from territoires.models import Comite, Membre, Territoire, Utilisateur
from tests.gens import aspa, reponses_completes

# For each writer: transmissions begun and committed, removals begun and committed, then its end.
CHAMPS = 5
# Twenty times what it takes on a quiet machine.
DELAI = 600
RELECTRICE = "relit.tout@essai.example"
LIGNE = re.compile(r'<th scope="row">Situations transmises</th>(.*?)<td class="marge"')
NOMBRE = re.compile(r"<td[^>]*>(\d+)</td>")


class Compteurs:
    """Numbers of all the processes, in a file that they all map."""

    def __init__(self, chemin: Path):
        with chemin.open("r+b") as flux:
            self._octets = mmap.mmap(flux.fileno(), 0)

    @staticmethod
    def creer(chemin: Path, ecrivains: int) -> None:
        chemin.write_bytes(bytes(8 * CHAMPS * ecrivains))

    def lire(self, ecrivain: int) -> tuple[int, ...]:
        return struct.unpack_from(f"{CHAMPS}q", self._octets, 8 * CHAMPS * ecrivain)

    def ajouter(self, ecrivain: int, champ: int) -> None:
        place = 8 * (CHAMPS * ecrivain + champ)
        (avant,) = struct.unpack_from("q", self._octets, place)
        struct.pack_into("q", self._octets, place, avant + 1)


def creer(nombre: int) -> list[int]:
    """That many new territories, whose situations one and the same person reviews."""
    par = Utilisateur.objects.filter(est_administrateur_national=True).first()
    relectrice = Utilisateur.objects.create_user(RELECTRICE, nom="Relit tout")
    crees = []
    for i in range(nombre):
        lieu = creer_territoire(
            nom=f"Essai {i}", slug=f"essai-{i}", niveau="epci", communes=[], par=par
        )
        organisme = creer_organisme(territoire=lieu, nom="Essai", categorie="association", par=par)
        technique = lieu.comites.get(nature=Comite.Nature.TECHNIQUE)
        Membre.objects.create(comite=technique, utilisateur=relectrice, organisme=organisme)
        crees.append(lieu.pk)
    return crees


def ecrire(chemin: str, rang: int, territoire: int, nombre: int) -> None:
    """Transmits `nombre` situations in a territory, and sets one in five aside."""
    compteurs = Compteurs(Path(chemin))
    lieu = Territoire.objects.get(pk=territoire)
    version, auteur = version_en_vigueur(lieu), Utilisateur.objects.order_by("pk").first()
    for i in range(nombre):
        situation = Situation(
            territoire=lieu,
            version=version,
            auteur=auteur,
            numero=f"{rang}{i:07}",
            statut=Situation.Statut.TRANSMISE,
            transmise_le=timezone.now(),
        )
        situation.set_reponses(reponses_completes())
        with _compte(compteurs, rang, 0):
            situation.save()
            ligne = NonRecours(situation=situation, rang=1)
            ligne.set_reponses(aspa())
            ligne.save()
            projeter(situation)
        if i % 5 == 4:
            with _compte(compteurs, rang, 2):
                situation.statut, situation.motif_ecart = Situation.Statut.ECARTEE, "doublon"
                situation.save()
                projeter(situation)
    compteurs.ajouter(rang, 4)


@contextmanager
def _compte(compteurs: Compteurs, rang: int, champ: int):
    """A transaction, counted before it begins and once it is committed."""
    compteurs.ajouter(rang, champ)
    with transaction.atomic():
        yield
    compteurs.ajouter(rang, champ + 1)


def lire(chemin: str, territoires: list[int], sortie: str, *, par_pages: bool) -> None:
    """Reads the figures until all writers have ended; what was impossible in them, then the end.

    `par_pages`: on the page that the server makes of them, and not as they are counted for it.
    """
    compteurs = Compteurs(Path(chemin))
    lieux = frozenset(territoires)
    compter = _lecteur_de_pages(len(lieux)) if par_pages else _compteur(lieux)
    perdues = fantomes = lectures = 0
    limite, fini = monotonic() + DELAI, False
    while not fini:
        assert monotonic() < limite, "les écritures n’en finissent pas"
        avant = [compteurs.lire(rang) for rang in range(len(territoires))]
        fini = all(compte[4] for compte in avant)
        vues = compter()
        apres = [compteurs.lire(rang) for rang in range(len(territoires))]
        lectures += 1
        for vue, (_, validees, _, retirees, _), (commencees, _, retraits, _, _) in zip(
            vues, avant, apres, strict=True
        ):
            perdues += max(0, validees - retraits - vue)
            fantomes += max(0, vue - (commencees - retirees))
    base = FaitSituation.objects.filter(territoire__in=lieux)
    constat = {
        "lectures": lectures,
        "perdues": perdues,
        "fantomes": fantomes,
        "etat": sorted(_identifiants(lieux)) == sorted(base.values_list("pk", flat=True)),
    }
    Path(sortie).write_text(json.dumps(constat))


def _compteur(lieux: frozenset[int]) -> Callable[[], list[int]]:
    """The situations of each territory, as a page is given them."""
    variables, rien = variables_comptees(lieux), Plan(distributions=())

    def compter() -> list[int]:
        close_old_connections()
        faits = faits_de(lieux, variables)
        return [
            calculer(faits, Demande(), territoires=frozenset({lieu}), plan=rien).situations
            for lieu in sorted(lieux)
        ]

    return compter


def _lecteur_de_pages(combien: int) -> Callable[[], list[int]]:
    """The situations of each territory, as they are side by side on the page of all of them."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(
        Utilisateur.objects.get(email=RELECTRICE), backend=settings.AUTHENTICATION_BACKENDS[0]
    )

    def lire_la_page() -> list[int]:
        page = client.get(reverse("pilotage:mes_territoires"))
        assert page.status_code == 200, page.status_code
        ligne = LIGNE.search(page.content.decode())
        return [int(n) for n in NOMBRE.findall(ligne[1])] if ligne else [0] * combien

    return lire_la_page


def _identifiants(lieux: frozenset[int]) -> list[int]:
    """The situations of these territories that the snapshot counts."""
    etat = VIVANT.actuel()
    base = etat.base.territoires, np.diff(etat.base.cases)
    vivantes = np.repeat(*base)[:, None] == list(lieux)
    gardees = vivantes.any(axis=1)
    gardees[etat.mortes] = False
    trouvees = etat.base.ids[gardees].tolist()
    if etat.queue is not None:
        ici = np.isin(etat.queue.entetes.territoires, list(lieux))
        trouvees += etat.queue.entetes.ids[ici].tolist()
    return trouvees
