"""From the projection's tables to the pure facts that are counted."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import JSONField, Q, Value

from pilotage.faits import Faits, LigneSituation, Modalite, VariableComptee
from pilotage.variables import CATEGORIE
from situations.models import (
    Code,
    Droit,
    FaitSituation,
    Question,
    Recodage,
    Variable,
)
from situations.models import (
    Modalite as ModaliteNommee,
)
from situations.moteur.genres import GENRES
from situations.recodage import recoder, resoudre
from territoires.models import Organisme
from territoires.referentiel import lire_categories_organismes

DROIT = "droits"


class LigneLue(NamedTuple):
    """A situation, and the numbers of the answers of each of its non-recours."""

    situation: LigneSituation
    non_recours: list[list[int]]


def variables_comptees(territoires: Iterable[int]) -> dict[str, VariableComptee]:
    """The variables whose answers are counted in these territories: core ones, then local."""
    territoires = list(territoires)
    listes: dict[str, list[Modalite]] = {}
    for liste, code, libelle, raffine in (
        ModaliteNommee.objects.connues_de(territoires)
        .order_by("liste", "ordre", "code")
        .values_list("liste", "code", "libelle", "raffine__code")
    ):
        listes.setdefault(liste, []).append(Modalite(code, libelle, raffine))
    listes[DROIT] = [
        Modalite(*ligne)
        for ligne in Droit.objects.connues_de(territoires).values_list(
            "code", "libelle", "raffine__code"
        )
    ]
    return {
        variable.code: VariableComptee(
            code=variable.code,
            libelle=variable.libelle,
            portee=variable.portee,
            multiple=GENRES[variable.genre].est_multiple,
            modalites=_une_fois(listes.get(variable.liste, ())),
        )
        for variable in Variable.objects.connues_de(territoires)
        if variable.liste in listes or GENRES[variable.genre].a_classes
    } | {CATEGORIE: _categorie()}


def _categorie() -> VariableComptee:
    """The kind of organisme that met the person."""
    return VariableComptee(
        code=CATEGORIE,
        libelle="Type d’organisme déclarant",
        portee="situation",
        modalites=tuple(
            Modalite(categorie["code"], categorie["libelle"])
            for categorie in lire_categories_organismes()
        ),
    )


def _une_fois(modalites: Iterable[Modalite]) -> tuple[Modalite, ...]:
    """Each code once: two territories may have the same local choice."""
    return tuple({modalite.code: modalite for modalite in modalites}.values())


def variables_locales(territoires: Iterable[int], *, publiables: bool) -> list[str]:
    """The territory's own variables that are counted, in the form's order.

    With `publiables`, only those whose distribution tells nothing of another: a question asked to
    some only says, by its blanks, how many gave the answer it depends on; and the lines of a
    multiple choice do not sum to their total.
    """
    locales = Variable.objects.propres_a(list(territoires)).order_by("ordre", "pk")
    conditionnees = set(
        Question.objects.filter(variable__in=locales, condition__isnull=False).values_list(
            "variable__code", flat=True
        )
    )
    return [
        variable.code
        for variable in locales
        for genre in [GENRES[variable.genre]]
        if genre.a_liste or genre.a_classes
        if not publiables or not (genre.est_multiple or variable.code in conditionnees)
    ]


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
    return assembler(
        lire_lignes(territoires, variables, transmises_avant=transmises_avant), variables
    )


def lire_lignes(
    territoires: Iterable[int],
    variables: dict[str, VariableComptee],
    *,
    transmises_avant: date | None = None,
) -> list[LigneLue]:
    """The rows of these territories, their old answers replaced by those they count as."""
    situations = FaitSituation.objects.filter(territoire__in=list(territoires))
    if transmises_avant is not None:
        situations = situations.filter(transmise_le__lt=transmises_avant)
    lues = list(
        situations.annotate(
            blocs=JSONBAgg(
                "non_recours__codes",
                filter=Q(non_recours__isnull=False),
                default=Value([], JSONField()),
            )
        ).values_list("pk", "territoire", "mois", "validee", "codes", "organisme", "blocs")
    )
    recodages = recodages_de(territoires)
    simples = frozenset(code for code, variable in variables.items() if not variable.multiple)
    variable_de = {numero: variable for numero, (variable, _) in _codes().items()}

    def compter(territoire: int, numeros: list[int]) -> list[int]:
        table = recodages.get(territoire)
        return recoder(numeros, table, variable_de, simples) if table else numeros

    return [
        LigneLue(
            LigneSituation(*ligne[:4], compter(ligne[1], ligne[4]), organisme=ligne[5]),
            [compter(ligne[1], bloc) for bloc in ligne[6]],
        )
        for ligne in lues
    ]


def assembler(lignes: Sequence[LigneLue], variables: dict[str, VariableComptee]) -> Faits:
    """These rows as facts to count."""
    organismes = {ligne.situation.organisme for ligne in lignes} - {None}
    categories = Organisme.objects.filter(pk__in=organismes)
    return Faits.depuis_lignes(
        (ligne.situation for ligne in lignes),
        ((ligne.situation.id, bloc) for ligne in lignes for bloc in ligne.non_recours),
        _codes(),
        variables,
        dict(categories.values_list("pk", "categorie")),
    )


def _codes() -> dict[int, tuple[str, str]]:
    return {ligne.numero: (ligne.variable, ligne.code) for ligne in Code.objects.all()}


def recodages_de(territoires: Iterable[int]) -> dict[int, dict[int, int]]:
    """territory → {number of an old answer → number it is counted as}, chains followed."""
    tables: dict[int, dict[int, int]] = {}
    for territoire, ancien, nouveau in Recodage.objects.filter(
        territoire__in=list(territoires)
    ).values_list("territoire", "ancien", "nouveau"):
        tables.setdefault(territoire, {})[ancien] = nouveau
    return {territoire: resoudre(table) for territoire, table in tables.items()}
