"""From an address to the figures of a batch: what the protected audiences ask, what they read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from pilotage.demande import Demande
from pilotage.lots.avancement import au_moins, pour_commencer
from pilotage.lots.montrer import annees_montrees
from pilotage.models import Lot
from pilotage.preparation import Lecteur
from pilotage.secret import Provenance, StatistiquesProtegees, du_lot
from pilotage.taches import preparer as tache_de_preparation
from pilotage.travaux import (
    demander_lot,
    dernier_lot,
    en_preparation,
    est_du,
    prochain_le,
    seuil_de,
)
from pilotage.variables import VariableComptee
from territoires.models import Territoire

RESERVE = (
    "Vous lisez une année entière, ou toutes, sans filtre ni croisement\u00a0: "
    "le reste est réservé au comité technique, qui lit les situations."
)
OFFERTS = frozenset({"annee", "periode", "complet", "affichage"})
TOUT = "tout"
RIEN: Mapping[str, Any] = {
    "situations": 0,
    "non_recours": 0,
    "distributions": {},
    "croisements": [],
}


@dataclass(frozen=True, slots=True)
class Suite:
    """What the page says of the figures to come. `progression`: of those being prepared, in
    percent; None when none are."""

    arrete_le: date | None
    prochain_le: date | None
    au_moins: int
    progression: int | None


@dataclass(frozen=True)
class PreparationDuLot:
    """What a reader of batches asks, understood: `ignores` says what was not."""

    lecteur: Lecteur
    montre: Mapping[str, Any]
    provenance: Provenance
    demande: Demande
    ignores: tuple[str, ...]
    annees: list[int]
    suite: Suite
    variables: Mapping[str, VariableComptee] = field(default_factory=dict)

    @property
    def arrete_le(self) -> date:
        return self.provenance.arrete_le

    @property
    def locales(self) -> tuple[str, ...]:
        return tuple(self.montre.get("locales", ()))

    @property
    def annees_ecartees(self) -> list[int]:
        return self.montre.get("annees_ecartees", [])

    def stats(self) -> StatistiquesProtegees:
        """The figures of the period asked."""
        return du_lot(self._periode(self.demande.annee), self.demande, self.provenance)

    def precedentes(self) -> StatistiquesProtegees | None:
        """Those of the year before, when it is shown."""
        annee = self.demande.annee
        if annee is None or annee - 1 not in self.annees:
            return None
        return du_lot(self._periode(annee - 1), self.demande.avec(annee=annee - 1), self.provenance)

    def par_territoire(self) -> dict[str, StatistiquesProtegees]:
        """The figures of each territory, by name, in a national batch."""
        territoires = self._periode(self.demande.annee).get("territoires", {})
        return {
            nom: du_lot(montre, self.demande, self.provenance)
            for nom, montre in territoires.items()
        }

    def _periode(self, annee: int | None) -> Mapping[str, Any]:
        return self.montre.get("periodes", {}).get(TOUT if annee is None else str(annee), RIEN)


def preparer_du_lot(
    lecteur: Lecteur, territoire: Territoire | None, parametres: QueryDict
) -> PreparationDuLot:
    """Reads the batch of this audience; asks for the next one when it is due."""
    audience = Lot.Audience.NATIONAL if territoire is None else Lot.Audience.TERRITOIRE
    lot = dernier_lot(territoire, audience)
    en_cours = en_preparation(territoire, audience)
    if est_du(territoire, lot, lecteur.seuil):
        en_cours = demander_en_fond(territoire, audience) or en_cours
    return lire_du_lot(lecteur, lot, parametres, en_cours)


def lire_du_lot(
    lecteur: Lecteur, lot: Lot | None, parametres: QueryDict, en_cours: Lot | None = None
) -> PreparationDuLot:
    """What this batch shows of the period that the address asks."""
    montre = lot.proteges if lot is not None else {}
    annees = annees_montrees(montre)
    demande, ignores = _demande(parametres, annees)
    jour = timezone.localtime(lot.arrete_le).date() if lot is not None else None
    seuil = lot.seuil if lot is not None else lecteur.seuil
    return PreparationDuLot(
        lecteur=lecteur,
        montre=montre,
        provenance=Provenance(lecteur.audience, seuil, jour or timezone.localdate()),
        demande=demande,
        ignores=ignores,
        annees=annees,
        suite=Suite(
            arrete_le=jour,
            prochain_le=prochain_le(lot) if lot is not None else None,
            au_moins=au_moins(seuil) if lot is not None else pour_commencer(seuil),
            progression=en_cours.progression if en_cours is not None else None,
        ),
    )


def demander_en_fond(territoire: Territoire | None, audience: str) -> Lot | None:
    """Asks for a batch and leaves its preparation to the worker; None when one is on its way."""
    lot = demander_lot(territoire, audience)
    if lot is not None:
        transaction.on_commit(lambda: tache_de_preparation.enqueue(lot.pk))
    return lot


def _demande(parametres: QueryDict, annees: list[int]) -> tuple[Demande, tuple[str, ...]]:
    """A year or « since the beginning », and how tables are shown; anything else is refused."""
    offerts = {nom: v for nom, v in parametres.lists() if nom in OFFERTS}
    refuses = any(v.strip() for nom, vs in parametres.lists() if nom not in OFFERTS for v in vs)
    lue = Demande.depuis(offerts, {})
    annee = lue.annee if lue.annee in annees else None
    ignores = lue.ignores
    if refuses or lue.a_des_bornes or annee != lue.annee:
        ignores = (*ignores, RESERVE)
    demande = Demande(annee=annee, complets=lue.complets, affichage=lue.affichage)
    return demande, ignores


def demander_les_lots_dus() -> list[Lot]:
    """The batches of all territories that may advance, then the national one."""
    territoires = [*Territoire.objects.order_by("pk"), None]
    demandes = []
    for territoire in territoires:
        audience = Lot.Audience.TERRITOIRE if territoire else Lot.Audience.NATIONAL
        lot = dernier_lot(territoire, audience)
        suit = territoire is None and bool(demandes) and lot is None
        if suit or est_du(territoire, lot, seuil_de(territoire, audience)):
            demandes.append(demander_en_fond(territoire, audience))
    return [lot for lot in demandes if lot is not None]
