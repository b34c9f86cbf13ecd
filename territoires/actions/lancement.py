"""Launching a territory: its conditions met one by one, its charter adopted and accepted."""

from django.db import transaction
from django.utils import timezone

from territoires import charte as texte_de_charte
from territoires import journal
from territoires.models import Adhesion, Charte, Etape, EtapeDeLancement, Territoire


class CharteRemplacee(Exception):
    """Another version of the charter was adopted meanwhile: it is the one to read."""


@transaction.atomic
def nommer_porteur(*, territoire: Territoire, porteur: str, par) -> None:
    """Names who bears the baromètre, and signs that condition."""
    territoire = _verrouiller(territoire)
    territoire.porteur = porteur
    territoire.save(update_fields=["porteur"])
    signer_etape(territoire=territoire, etape=Etape.PORTEUR, par=par)


@transaction.atomic
def choisir_reglages(
    *,
    territoire: Territoire,
    seuil_copil: int,
    seuil_public: int,
    conservation_brouillons: int,
    conservation_recits: int,
    par,
) -> None:
    """Chooses thresholds of secrecy and retention (days, months), and signs that condition."""
    territoire = _verrouiller(territoire)
    territoire.seuil_copil, territoire.seuil_public = seuil_copil, seuil_public
    territoire.conservation_brouillons = conservation_brouillons
    territoire.conservation_recits = conservation_recits
    territoire.save(
        update_fields=[
            "seuil_copil",
            "seuil_public",
            "conservation_brouillons",
            "conservation_recits",
        ]
    )
    signer_etape(territoire=territoire, etape=Etape.REGLAGES, par=par)


@transaction.atomic
def signer_etape(*, territoire: Territoire, etape: Etape, par) -> None:
    """States that a condition is met; signed again, it is the last signature that counts."""
    EtapeDeLancement.objects.update_or_create(
        territoire=territoire, etape=etape, defaults={"par": par, "le": timezone.now()}
    )
    journal.ecrire(f"confirmer_{etape}", par=par, territoire=territoire, objet=territoire)


@transaction.atomic
def adopter_charte(*, territoire: Territoire, suite: str, par) -> Charte:
    """Adopts the charter made of the statement and of `suite`: whoever has a seat accepts it anew.

    The same text adopted again stays the same version.
    """
    territoire = _verrouiller(territoire)
    texte = texte_de_charte.composer(suite)
    derniere = texte_de_charte.en_vigueur(territoire)
    if derniere is not None and derniere.texte == texte:
        return derniere
    charte = Charte.objects.create(
        territoire=territoire,
        numero=derniere.numero + 1 if derniere else 1,
        texte=texte,
        adoptee_par=par,
    )
    journal.ecrire("adopter_charte", par=par, territoire=territoire, objet=charte)
    return charte


@transaction.atomic
def accepter_charte(*, territoire: Territoire, numero: int, par) -> Adhesion:
    """The person accepts the charter they read; accepted once, whatever the number of clicks.

    Raises CharteRemplacee when `numero` is no longer in force.
    """
    charte = texte_de_charte.en_vigueur(territoire)
    if charte is None or charte.numero != numero:
        raise CharteRemplacee
    adhesion, nouvelle = Adhesion.objects.get_or_create(charte=charte, utilisateur=par)
    if nouvelle:
        journal.ecrire("accepter_charte", par=par, territoire=territoire, objet=charte)
    return adhesion


def _verrouiller(territoire: Territoire) -> Territoire:
    return Territoire.objects.select_for_update().get(pk=territoire.pk)
