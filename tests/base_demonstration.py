"""A copy of the demonstration, in place of the tests' own database, for a module of tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from situations.catalogue import catalogue_de
from situations.versions import definition_de
from tests import bases


@contextmanager
def servie(nom: str) -> Iterator[str]:
    """The tests' connection leads to a fresh copy of the demonstration, named after `nom`."""
    connexion = connections["default"]
    base = bases.cloner(bases.DEMONSTRATION, f"demo_{nom}_{os.getpid()}")
    habituelle = connexion.settings_dict["NAME"]
    _aller(connexion, base)
    try:
        yield base
    finally:
        _aller(connexion, habituelle)


def _aller(connexion, base: str) -> None:
    connexion.close()
    connexion.settings_dict["NAME"] = base
    # What is kept by version is that of the versions of one database.
    definition_de.cache_clear()
    catalogue_de.cache_clear()
