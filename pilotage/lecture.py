"""From the projection's tables to the pure facts that are counted."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import JSONField, Q, Value

from pilotage.faits import Faits, Modalite, VariableComptee
from situations.models import (
    Code,
    Droit,
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
    """The facts of these territories; with `transmises_avant`, as they stood before that day.

    Both grains come from one statement, hence one snapshot: a situation transmitted meanwhile is
    wholly in or out.
    """
    situations = FaitSituation.objects.filter(territoire__in=list(territoires))
    if transmises_avant is not None:
        situations = situations.filter(transmise_le__lt=transmises_avant)
    lignes = list(
        situations.annotate(
            blocs=JSONBAgg(
                "non_recours__codes",
                filter=Q(non_recours__isnull=False),
                default=Value([], JSONField()),
            )
        ).values_list("pk", "territoire", "mois", "validee", "codes", "blocs")
    )
    return Faits.depuis_lignes(
        (ligne[:-1] for ligne in lignes),
        ((ligne[0], bloc) for ligne in lignes for bloc in ligne[-1]),
        {ligne.numero: (ligne.variable, ligne.code) for ligne in Code.objects.all()},
        variables,
    )
