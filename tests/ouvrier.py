"""A process of the tests of concurrency: it writes situations, or reads figures meanwhile.

`manage.py shell -c "from tests.ouvrier import ecrire; ecrire(…)"` runs it on a database. All share
a table of counters, in a file: what each writer has begun, and what it has committed.
"""

import json
import mmap
import struct
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import numpy as np
from django.db import close_old_connections, transaction
from django.utils import timezone

from pilotage.demande import Demande
from pilotage.instantane.vivant import VIVANT, faits_de
from pilotage.lecture import variables_comptees
from pilotage.statistiques import Plan, calculer
from situations.actions import creer_territoire
from situations.models import FaitSituation, NonRecours, Situation
from situations.projection import projeter
from situations.versions import version_en_vigueur
from territoires.models import Territoire, Utilisateur
from tests.gens import aspa, reponses_completes

# For each writer: transmissions begun and committed, removals begun and committed, then its end.
CHAMPS = 5
# Twenty times what it takes on a quiet machine.
DELAI = 600


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
    """That many new territories, open to collection."""
    par = Utilisateur.objects.filter(est_administrateur_national=True).first()
    return [
        creer_territoire(
            nom=f"Essai {i}", slug=f"essai-{i}", niveau="epci", communes=[], par=par
        ).pk
        for i in range(nombre)
    ]


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


def lire(chemin: str, territoires: list[int], sortie: str) -> None:
    """Reads the figures until all writers have ended; what was impossible in them, then the end."""
    compteurs = Compteurs(Path(chemin))
    lieux = frozenset(territoires)
    variables = variables_comptees(lieux)
    perdues = fantomes = lectures = 0
    limite, fini = monotonic() + DELAI, False
    while not fini:
        assert monotonic() < limite, "les écritures n’en finissent pas"
        avant = [compteurs.lire(rang) for rang in range(len(territoires))]
        fini = all(compte[4] for compte in avant)
        vues = _compter(lieux, variables)
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


def _compter(lieux: frozenset[int], variables) -> list[int]:
    """The situations of each territory, as a page would give them."""
    close_old_connections()
    faits = faits_de(lieux, variables)
    return [
        calculer(
            faits, Demande(), territoires=frozenset({lieu}), plan=Plan(distributions=())
        ).situations
        for lieu in sorted(lieux)
    ]


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
