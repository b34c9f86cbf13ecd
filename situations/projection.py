"""From the truth to what statistics read: the numbers of the answers of counted situations."""

from collections.abc import Iterable
from itertools import chain

from django.db import transaction
from django.utils import timezone

from situations.calendrier import en_numero
from situations.models import Code, FaitNonRecours, FaitSituation, NonRecours, Situation
from situations.moteur.conditions import retirer_cachees
from situations.moteur.genres import GENRES
from situations.versions import definition_de

Reponse = tuple[str, str]


def reponses_comptees(situation: Situation) -> tuple[list[Reponse], list[list[Reponse]]]:
    """The (variable, code) pairs that statistics count: the situation's, then each right's."""
    definition = definition_de(situation.version_id)
    blocs = [non_recours.get_reponses() for non_recours in _comptes(situation)]
    reponses, blocs = retirer_cachees(definition, situation.get_reponses(), blocs)

    def paires(bloc: dict) -> list[Reponse]:
        return [
            (variable, code)
            for variable, valeur in bloc.items()
            for question in [definition.question(variable)]
            for code in GENRES[question.genre].codes(question, valeur)
        ]

    return paires(reponses), [paires(bloc) for bloc in blocs]


def _comptes(situation: Situation) -> list[NonRecours]:
    """A block just added to a returned situation counts once its right is known."""
    return [ligne for ligne in situation.non_recours_gardes() if ligne.droit]


def numeroter(paires: Iterable[Reponse]) -> dict[Reponse, int]:
    """The number of each pair, given now to those that had none."""
    voulues = set(paires)
    connues = _numeros(voulues)
    nouvelles = sorted(voulues - connues.keys())
    if nouvelles:
        Code.objects.bulk_create(
            (Code(variable=variable, code=code) for variable, code in nouvelles),
            ignore_conflicts=True,
        )
        connues |= _numeros(set(nouvelles))
    return connues


def _numeros(paires: set[Reponse]) -> dict[Reponse, int]:
    lignes = Code.objects.filter(variable__in={variable for variable, _ in paires})
    return {
        (ligne.variable, ligne.code): ligne.numero
        for ligne in lignes
        if (ligne.variable, ligne.code) in paires
    }


def projeter(situation: Situation) -> None:
    """Writes what statistics read of this situation, in the caller's transaction."""
    projeter_plusieurs([situation])


@transaction.atomic
def projeter_plusieurs(situations: list[Situation]) -> None:
    """Replaces the facts of these situations; those that are not counted have none."""
    comptees = [(s, *reponses_comptees(s)) for s in situations if s.est_comptee]
    retirees = [s for s in situations if not s.est_comptee]
    if retirees:
        FaitSituation.objects.filter(situation__in=retirees).delete()
    if not comptees:
        return
    numeros = numeroter(paire for _, propres, blocs in comptees for paire in chain(propres, *blocs))

    def codes(paires: list[Reponse]) -> list[int]:
        return sorted(numeros[paire] for paire in paires)

    FaitNonRecours.objects.filter(situation__in=[s.pk for s, _, _ in comptees]).delete()
    FaitSituation.objects.bulk_create(
        (
            FaitSituation(
                situation=situation,
                territoire_id=situation.territoire_id,
                mois=en_numero(situation.mois_observation),
                transmise_le=timezone.localdate(situation.transmise_le),
                validee=situation.statut == Situation.Statut.VALIDEE,
                organisme_id=situation.organisme_id,
                codes=codes(propres),
            )
            for situation, propres, _ in comptees
        ),
        update_conflicts=True,
        unique_fields=["situation"],
        update_fields=["territoire", "mois", "transmise_le", "validee", "organisme", "codes"],
    )
    FaitNonRecours.objects.bulk_create(
        FaitNonRecours(non_recours=non_recours, situation_id=situation.pk, codes=codes(bloc))
        for situation, _, blocs in comptees
        for non_recours, bloc in zip(_comptes(situation), blocs, strict=True)
    )
