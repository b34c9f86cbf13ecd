"""Stores the directories of the demonstration, and one correction that awaits its animateur."""

from collections.abc import Mapping
from datetime import date, timedelta

from situations.actions.annuaire import proposer_correction
from situations.demonstration.annuaire import ANNUAIRES
from situations.models import Droit, PointDeContact
from territoires.models import Organisme, Territoire


def garnir_annuaire(
    territoire: Territoire, organismes: Mapping[str, Organisme], *, jusqua: date, par, membre
) -> None:
    """The desks invented for this territory, verified by its animateur `par` before `jusqua`, and
    what `membre` proposes to correct."""
    droits = {droit.code: droit for droit in Droit.objects.filter(territoire=None)}
    for modele in ANNUAIRES[territoire.slug]:
        point = PointDeContact.objects.create(
            organisme=organismes[modele.organisme],
            service=modele.service,
            telephone=modele.telephone,
            courriel=modele.courriel,
            horaires=modele.horaires,
            precisions=modele.precisions,
            verifie_le=jusqua - timedelta(days=modele.jours),
            verifie_par=par,
        )
        point.droits.set(droits[code] for code in modele.droits)
    proposer_correction(
        territoire=territoire,
        point=point,
        contenu=_autres_horaires(point),
        commentaire="Vu sur la porte cette semaine.",
        par=membre,
    )


def _autres_horaires(point: PointDeContact) -> dict:
    return {"horaires": f"{point.horaires}. Fermé en août."}
