"""The snapshot that this process keeps, as fresh as the database at every request.

The first worker that needs it writes it in a file under `BNR_DONNEES`, the others map that file;
each follows what changes on its own. Losing the file costs a few seconds of loading, no more.
"""

import fcntl
import os
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from pilotage.faits import Faits
from pilotage.instantane.chargement import (
    charger,
    codes_et_categories,
    empreinte_de_la_base,
    rafraichir,
)
from pilotage.instantane.etat import Instantane
from pilotage.instantane.fichier import FichierIllisible, ecrire, ouvrir
from pilotage.lecture import lire_faits
from pilotage.variables import VariableComptee
from situations.models import FaitSituation

# Up to so many situations, loading is too short to be seen, and no file is worth it.
PETIT = 20_000
# From so many changes, the base is made again.
QUEUE_MAX = 10_000
ATTENTE_S = 60
ORIGINE = date(2000, 1, 1)


@dataclass(eq=False)
class Vivant:
    """The state of one process. `_fichier`: identity of the file it came from, if any."""

    etat: Instantane | None = None
    _empreinte: str = ""
    _fichier: tuple[int, int] | None = None
    _travail: threading.Thread | None = None

    def __post_init__(self):
        self._verrou = threading.RLock()

    def actuel(self) -> Instantane | None:
        """The facts as they are now; None while they load, which this call may have started."""
        with self._verrou:
            self._suivre_la_base()
            if self.etat is None and FaitSituation.objects.all()[: PETIT + 1].count() <= PETIT:
                self.etat = charger()
            if self.etat is None:
                self._travailler()
                return None
            self.etat = rafraichir(self.etat)
            if self._est_a_refaire(self.etat):
                self._travailler()
            return self.etat

    def attendre(self) -> Instantane | None:
        """The same, waiting for the end of a load that has begun."""
        etat = self.actuel()
        travail = self._travail
        if etat is None and travail is not None:
            travail.join(ATTENTE_S)
            etat = self.actuel()
        return etat

    def prendre(self, etat: Instantane) -> None:
        """Goes on from this state, loaded from the database that is read now."""
        with self._verrou:
            self._empreinte = empreinte_de_la_base(etat.horizon)
            self.etat, self._fichier = etat, _identite(_chemin(self._empreinte))

    def oublier(self) -> None:
        """Starts again from nothing."""
        with self._verrou:
            self.etat, self._fichier = None, None

    def _suivre_la_base(self) -> None:
        """Forgets what came from another database; takes the file that another worker wrote."""
        empreinte = empreinte_de_la_base(self.etat.horizon if self.etat else None)
        if empreinte != self._empreinte:
            self.oublier()
            self._empreinte = empreinte
        fichier = _identite(_chemin(empreinte))
        if fichier is not None and fichier != self._fichier:
            self._ouvrir(fichier)

    def _ouvrir(self, fichier: tuple[int, int]) -> None:
        chemin = _chemin(self._empreinte)
        try:
            etat = ouvrir(chemin, self._empreinte, *codes_et_categories())
        except FichierIllisible:
            chemin.unlink(missing_ok=True)
        except FileNotFoundError:
            return
        else:
            if empreinte_de_la_base(etat.horizon) == self._empreinte:
                # Older than what is here, perhaps: refreshing catches up from its own horizon.
                self.etat, self._fichier = etat, fichier
            else:
                chemin.unlink(missing_ok=True)

    @staticmethod
    def _est_a_refaire(etat: Instantane) -> bool:
        changes = len(etat.mortes) + (len(etat.queue) if etat.queue else 0)
        return changes > max(QUEUE_MAX, len(etat.base) // 50)

    def _travailler(self) -> None:
        """Loads in the background, once at a time."""
        if self._travail is None or not self._travail.is_alive():
            self._travail = threading.Thread(target=self._refaire, daemon=True)
            self._travail.start()

    def _refaire(self) -> None:
        """One worker loads, the others wait for its file."""
        empreinte, avant = self._empreinte, self._fichier
        chemin = _chemin(empreinte)
        chemin.parent.mkdir(parents=True, exist_ok=True)
        try:
            with chemin.with_suffix(".verrou").open("w") as verrou:
                fcntl.flock(verrou, fcntl.LOCK_EX)
                if _identite(chemin) == avant:
                    ecrire(charger(), chemin, empreinte)
            with self._verrou:
                self._suivre_la_base()
        finally:
            connections.close_all()


def _chemin(empreinte: str) -> Path:
    return settings.DONNEES / "instantane" / f"{empreinte}.bnr"


def _identite(chemin: Path) -> tuple[int, int] | None:
    try:
        etat = os.stat(chemin)
    except FileNotFoundError:
        return None
    return etat.st_ino, etat.st_mtime_ns


VIVANT = Vivant()


def faits_de(
    territoires: frozenset[int],
    variables: dict[str, VariableComptee],
    *,
    transmises_avant: date | None = None,
) -> Faits:
    """What one may count in these territories, as of now; with `transmises_avant`, only what was
    transmitted before that day.

    Inside a transaction, which may hold what no one else sees yet, and while the snapshot loads,
    facts are read from the tables (for several territories, after some waiting).
    """
    if not connection.in_atomic_block:
        etat = VIVANT.actuel() if len(territoires) == 1 else VIVANT.attendre()
        if etat is not None:
            avant = transmises_avant and (transmises_avant - ORIGINE).days
            return etat.faits(territoires, variables, avant)
    return lire_faits(territoires, variables, transmises_avant=transmises_avant)
