"""From the projection's tables to the pure facts that are counted."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from pilotage.faits import Faits, Modalite, VariableComptee
from situations.models import (
    Code,
    Droit,
    FaitNonRecours,
    FaitSituation,
    Variable,
)
from situations.models import (
    Modalite as ModaliteNommee,
)
from situations.moteur.genres import GENRES

DROIT = "droits"


def variables_comptees(territoires: Iterable[int]) -> dict[str, VariableComptee]:
    """The variables whose answers are counted in these territories: core ones, then local."""
    territoires = list(territoires)
    d_ici = Q(territoire__isnull=True) | Q(territoire__in=territoires)
    listes: dict[str, list[Modalite]] = {}
    for liste, code, libelle, raffine in (
        ModaliteNommee.objects.filter(d_ici)
        .order_by("liste", "ordre", "code")
        .values_list("liste", "code", "libelle", "raffine__code")
    ):
        listes.setdefault(liste, []).append(Modalite(code, libelle, raffine))
    listes[DROIT] = [
        Modalite(*ligne)
        for ligne in Droit.objects.filter(d_ici).values_list("code", "libelle", "raffine__code")
    ]
    return {
        variable.code: VariableComptee(
            code=variable.code,
            libelle=variable.libelle,
            portee=variable.portee,
            multiple=GENRES[variable.genre].est_multiple,
            modalites=tuple(listes[variable.liste]),
        )
        for variable in Variable.objects.filter(d_ici)
        if variable.liste in listes
    }


def lire_faits(
    territoires: Iterable[int],
    variables: dict[str, VariableComptee],
    *,
    transmises_avant: date | None = None,
) -> Faits:
    """The facts of these territories; with `transmises_avant`, as they stood before that day."""
    situations = FaitSituation.objects.filter(territoire__in=list(territoires))
    if transmises_avant is not None:
        situations = situations.filter(transmise_le__lt=transmises_avant)
    non_recours = FaitNonRecours.objects.filter(situation__in=situations)
    return Faits.depuis_lignes(
        situations.values_list("pk", "territoire", "mois", "validee", "codes"),
        non_recours.values_list("situation", "codes"),
        {ligne.numero: (ligne.variable, ligne.code) for ligne in Code.objects.all()},
        variables,
    )
