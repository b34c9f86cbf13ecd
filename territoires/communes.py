"""Editing the communes of a territory on a page: only what is removed or added is posted.

A département has up to 900 communes and a région 4 400: posting those kept would exceed what a
request may hold. Names of the fields: `retirer`, `retirer_departement`, `ajouter` (codes, any
number of times) and `chercher_commune` (words).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.http import QueryDict

from territoires.models import Commune, Departement
from territoires.perimetres import chercher_communes

REPLIE_AU_DELA = 40
_CODE = re.compile(r"[0-9AB]{5}")


@dataclass(frozen=True, slots=True)
class Groupe:
    """The communes of one département, and whether the whole of it is being removed."""

    departement: Departement
    communes: list[Commune]
    est_retire: bool

    @property
    def est_replie(self) -> bool:
        return len(self.communes) > REPLIE_AU_DELA


class EditeurDeCommunes:
    """The communes of `base`, what the reader removes from them, adds to them and searches."""

    def __init__(self, base: QuerySet[Commune], donnees: QueryDict | None = None):
        donnees = donnees if donnees is not None else QueryDict()
        self.base = list(base.select_related("departement").order_by("departement", "nom", "code"))
        self._codes_de_base = {commune.pk for commune in self.base}
        self.retirees = set(donnees.getlist("retirer")) & self._codes_de_base
        self.departements_retires = set(donnees.getlist("retirer_departement"))
        self.ajoutees = _lire(set(donnees.getlist("ajouter")) - self._codes_de_base)
        self.recherche = donnees.get("chercher_commune", "").strip()

    @property
    def groupes(self) -> list[Groupe]:
        """The communes of the base by département."""
        return [
            Groupe(departement, list(communes), departement.pk in self.departements_retires)
            for departement, communes in groupby(self.base, key=lambda c: c.departement)
        ]

    @property
    def proposees(self) -> list[tuple[Commune, bool]]:
        """What the search finds, best first, each with whether it is in the list already.

        Those added already are elsewhere on the page.
        """
        codes = chercher_communes(self.recherche)
        par_code = {commune.pk: commune for commune in _lire(codes)}
        ajoutees = {commune.pk for commune in self.ajoutees}
        return [
            (par_code[code], code in self._codes_de_base)
            for code in codes
            if code in par_code.keys() - ajoutees
        ]

    def a_retirer(self) -> list[Commune]:
        """The communes of the base that leave."""
        return [
            commune
            for commune in self.base
            if commune.pk in self.retirees or commune.departement_id in self.departements_retires
        ]

    def retenues(self) -> list[Commune]:
        """The communes of the territory once changed."""
        partantes = {commune.pk for commune in self.a_retirer()}
        return [c for c in self.base if c.pk not in partantes] + self.ajoutees


def _lire(codes: Iterable[str]) -> list[Commune]:
    possibles = [code for code in codes if _CODE.fullmatch(code)]
    return list(
        Commune.objects.filter(pk__in=possibles).select_related("departement").order_by("nom")
    )
