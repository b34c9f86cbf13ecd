"""Moves a draft to the version in force, keeping every answer that still has a question."""

from django.db import transaction

from situations.actions.collecte import exiger_collecte_ouverte
from situations.actions.saisie import verrouiller
from situations.changement import garder
from situations.models import Situation, Version
from situations.versions import definition_de
from territoires import journal


@transaction.atomic
def changer_de_version(*, situation: Situation, version: Version, par) -> Situation:
    """The draft, from now on filled with `version`; what could not follow was shown before.

    Raises DejaTransmise when it was transmitted meanwhile.
    """
    situation = verrouiller(situation)
    exiger_collecte_ouverte(situation.territoire)
    ancienne, nouvelle = definition_de(situation.version_id), definition_de(version.pk)
    situation.version = version
    for porteur in (situation, *situation.non_recours.all()):
        porteur.set_reponses(garder(ancienne, nouvelle, porteur.get_reponses())[0])
        porteur.save()
    journal.ecrire("changer_de_version", par=par, territoire=situation.territoire, objet=situation)
    return situation
