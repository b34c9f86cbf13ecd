"""Compiled definitions of published versions, kept: a published version never changes."""

from functools import lru_cache

from situations.models import Version
from situations.moteur.definition import Definition


@lru_cache(maxsize=512)
def definition_de(version_id: int) -> Definition:
    """The definition of a published version, compiled once a process."""
    return Definition.depuis(
        Version.objects.values_list("definition", flat=True).get(
            pk=version_id, publiee_le__isnull=False
        )
    )


def version_en_vigueur(territoire) -> Version | None:
    """The version in force in this territory; its document is left in the database."""
    return (
        Version.objects.filter(
            miseenvigueur__formulaire__territoire=territoire, miseenvigueur__jusqua__isnull=True
        )
        .defer("definition")
        .first()
    )
