"""The forms that update outcomes: the engine's own, on the outcome questions only."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils import timezone

from situations.brouillon import prefixe_de
from situations.calendrier import bornes_observation
from situations.catalogue import catalogue_de
from situations.models import NonRecours, Situation
from situations.moteur.formulaires import FormulaireSection, build_formulaire
from situations.versions import definition_de

# What goes on moving after the transmission.
VARIABLES_D_ISSUE = ("demande_deposee", "issue", "delai_ouverture")


def formulaires_d_issue(
    situation: Situation, *, data: Mapping | None = None
) -> list[tuple[NonRecours, str, FormulaireSection]]:
    """One (row, label of its right, form) for each right of the situation that is named: one just
    added to a returned situation has no outcome yet."""
    definition = definition_de(situation.version_id)
    section = definition.section_non_recours
    reduite = replace(
        section,
        questions=tuple(q for q in section.questions if q.variable in VARIABLES_D_ISSUE),
    )
    mois_min, mois_max = bornes_observation(timezone.localdate())
    libelles = catalogue_de(situation.version_id).libelles
    return [
        (
            ligne,
            libelles.get(ligne.droit, ligne.droit),
            build_formulaire(
                definition,
                reduite,
                prefixe=prefixe_de(ligne),
                reponses=situation.get_reponses(),
                bloc=ligne.get_reponses(),
                mois_min=mois_min,
                mois_max=mois_max,
                complet=True,
                data=data,
            ),
        )
        for ligne in situation.non_recours_gardes()
        if ligne.droit
    ]
