"""What was posted and could not be received yet, carried through another page, then posted again."""

import json
from dataclasses import dataclass

from django.utils.http import url_has_allowed_host_and_scheme

# The token of the page that was posted; the one that posts it again has its own.
JETON = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Reprise:
    """An address of ours and the fields posted there, in their order."""

    adresse: str
    champs: tuple[tuple[str, str], ...]

    @classmethod
    def depuis(cls, request) -> "Reprise | None":
        """What this request posted; None when it also carried files, which cannot be kept."""
        if request.method != "POST" or request.FILES:
            return None
        champs = tuple(
            (nom, valeur)
            for nom, valeurs in request.POST.lists()
            if nom != JETON
            for valeur in valeurs
        )
        return cls(request.get_full_path(), champs)

    @classmethod
    def lire(cls, texte: str, request) -> "Reprise | None":
        """The one that `ecrire` wrote; None for anything else, or for an address elsewhere."""
        try:
            adresse, champs = json.loads(texte)
            reprise = cls(str(adresse), tuple((str(nom), str(valeur)) for nom, valeur in champs))
        except (ValueError, TypeError):
            return None
        return reprise if est_d_ici(reprise.adresse, request) else None

    def ecrire(self) -> str:
        return json.dumps([self.adresse, self.champs])


def est_d_ici(adresse: str, request) -> bool:
    """Whether one may be sent to this address: a page of this very application."""
    return adresse.startswith("/") and url_has_allowed_host_and_scheme(
        adresse, allowed_hosts=None, require_https=request.is_secure()
    )
