"""Static files, gathered again only when one of them has changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def empreinte() -> str:
    """What changes when a static file is added, removed or modified."""
    somme = hashlib.sha256()
    for chercheur in get_finders():
        for chemin, stockage in chercheur.list(ignore_patterns=[]):
            somme.update(f"{chemin}:{stockage.get_modified_time(chemin)}".encode())
    return somme.hexdigest()


def rassembler() -> None:
    """`collectstatic`, unless it was done with these very files."""
    temoin = settings.STATIC_ROOT / ".empreinte"
    actuelle = empreinte()
    if temoin.exists() and temoin.read_text() == actuelle:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    temoin.write_text(actuelle)
