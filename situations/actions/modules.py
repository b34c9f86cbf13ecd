"""Sharing a section as a module that other territories may take."""

from django.db import transaction

from situations.models import ModulePartage
from territoires import journal
from territoires.models import Territoire


@transaction.atomic
def partager_module(*, territoire: Territoire, titre: str, document: dict, par) -> ModulePartage:
    """Offers the module to all; a module of that name shared before by the territory is replaced."""
    module, _ = ModulePartage.objects.update_or_create(
        territoire=territoire, titre=titre, defaults={"document": document, "par": par}
    )
    journal.ecrire("partager_module", par=par, territoire=territoire, objet=module)
    return module


@transaction.atomic
def retirer_module(*, module: ModulePartage, par) -> None:
    """Nobody may take it from now on; those who took it keep their questions."""
    journal.ecrire("retirer_module", par=par, territoire=module.territoire, objet=module)
    module.delete()
