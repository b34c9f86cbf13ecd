"""The answers that a territory's statistics count, to choose from when recoding."""

from collections.abc import Iterable

from situations.models import Code, Droit, Modalite, Variable
from situations.moteur.genres import GENRES

Groupes = list[tuple[str, list[tuple[str, str]]]]


def reponses_connues(territoire) -> Groupes:
    """(question, [(« variable|code », label)]) of every countable variable, core then local."""
    return _grouper(
        (variable, _choix(territoire, variable))
        for variable in Variable.objects.connues_de([territoire])
    )


def reponses_locales(territoire) -> Groupes:
    """Those of the territory's own questions, and its own choices of core questions."""
    locales = {
        *Modalite.objects.filter(territoire=territoire).values_list("liste", "code"),
        *(
            ("droits", code)
            for code in Droit.objects.filter(territoire=territoire).values_list("code", flat=True)
        ),
    }
    return _grouper(
        (
            variable,
            [
                (cle, texte)
                for cle, texte in _choix(territoire, variable)
                if variable.territoire_id or (variable.liste, cle.partition("|")[2]) in locales
            ],
        )
        for variable in Variable.objects.connues_de([territoire])
    )


def _grouper(choix: Iterable[tuple[Variable, list[tuple[str, str]]]]) -> Groupes:
    return [(variable.libelle, options) for variable, options in choix if options]


def _choix(territoire, variable: Variable) -> list[tuple[str, str]]:
    """The choices of a variable, retired ones too; the classes met, for a whole number."""
    if GENRES[variable.genre].a_classes:
        codes = Code.objects.filter(variable=variable.code).values_list("code", flat=True)
        return [(f"{variable.code}|{code}", code) for code in codes]
    if variable.liste == "droits":
        lignes = Droit.objects.connues_de([territoire]).values_list("code", "libelle")
    else:
        lignes = (
            Modalite.objects.connues_de([territoire])
            .filter(liste=variable.liste)
            .values_list("code", "libelle")
        )
    return [(f"{variable.code}|{code}", libelle) for code, libelle in lignes]
