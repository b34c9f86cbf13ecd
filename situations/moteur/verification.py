"""What forbids a situation from being transmitted; judged by the very forms that are filled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .definition import Definition
from .elements import AUTRE, VARIABLE_DROIT, Section
from .formulaires import FormulaireSection, build_formulaire, donnees_du_formulaire
from .langue import cite


@dataclass(frozen=True, slots=True)
class Manque:
    """Something missing or wrong. `section` is a code; `rang` counts the rights from 1.

    `variable` is empty when the section itself lacks something.
    """

    section: str
    rang: int | None
    variable: str
    message: str


def manques(
    definition: Definition,
    reponses: Mapping,
    non_recours: Sequence[Mapping],
    *,
    mois_min: str,
    mois_max: str,
    validateurs_texte: Sequence[Callable[[str], None]] = (),
) -> list[Manque]:
    """Everything that forbids transmission, in the order of the form."""

    def juger(section: Section, bloc: Mapping | None, rang: int | None) -> list[Manque]:
        formulaire = build_formulaire(
            definition,
            section,
            reponses=reponses,
            bloc=bloc,
            mois_min=mois_min,
            mois_max=mois_max,
            validateurs_texte=validateurs_texte,
            complet=True,
            data=donnees_du_formulaire(definition, section, reponses if bloc is None else bloc),
        )
        return _reproches(formulaire, section, rang)

    trouves: list[Manque] = []
    for section in definition.sections:
        if not section.est_repetee:
            trouves += juger(section, None, None)
            continue
        if not non_recours:
            trouves.append(Manque(section.code, None, "", "Décrivez au moins un non-recours."))
        repetes = _droits_repetes(definition, non_recours)
        for rang, bloc in enumerate(non_recours, 1):
            if rang in repetes:
                trouves.append(Manque(section.code, rang, VARIABLE_DROIT, repetes[rang]))
            trouves += juger(section, bloc, rang)
    return trouves


def _reproches(formulaire: FormulaireSection, section: Section, rang: int | None) -> list[Manque]:
    return [
        Manque(section.code, rang, question.variable, message)
        for question in section.questions
        for message in formulaire.errors.get(question.variable, ())
    ]


def _droits_repetes(definition: Definition, non_recours: Sequence[Mapping]) -> dict[int, str]:
    """The ranks that describe again a right already described; « autre » may come back."""
    premiers: dict[str, int] = {}
    repetes = {}
    for rang, bloc in enumerate(non_recours, 1):
        code = bloc.get(VARIABLE_DROIT)
        if not isinstance(code, str) or code == AUTRE:
            continue
        if premiers.setdefault(code, rang) != rang:
            option = definition.option(definition.question(VARIABLE_DROIT), code)
            repetes[rang] = (
                f"{cite(option.libelle if option else code)} est déjà décrit "
                f"(droit n°\u00a0{premiers[code]})\u00a0: retirez l’un des deux, "
                "ou choisissez un autre droit."
            )
    return repetes
