"""Writing where a baromètre lives: territories, and the organismes that take part."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from territoires import journal
from territoires.models import Comite, Commune, Organisme, Territoire

# Addresses of pages beside those of the territories.
SLUGS_RESERVES = frozenset({"nouveau"})


@transaction.atomic
def creer_territoire(
    *, nom: str, niveau: str, communes: Iterable[Commune], porteur: str = "", slug: str = "", par
) -> Territoire:
    """A territory with its comité de pilotage, comité technique and first groupe de travail.

    Raises ValueError for a slug that is the address of another page.
    """
    if slug in SLUGS_RESERVES:
        raise ValueError(f"the slug « {slug} » is reserved")
    territoire = Territoire.objects.create(
        nom=nom, slug=slug or slug_libre(nom), niveau=niveau, porteur=porteur
    )
    territoire.communes.set(communes)
    Comite.objects.bulk_create(
        Comite(territoire=territoire, nature=nature) for nature in Comite.Nature
    )
    journal.ecrire("creer", par=par, territoire=territoire, objet=territoire)
    return territoire


def slug_libre(nom: str) -> str:
    """A slug made from the name that no territory has."""
    base = slugify(nom)[:70] or "territoire"
    pris = SLUGS_RESERVES.union(
        Territoire.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    return next(
        candidat
        for candidat in (base, *(f"{base}-{n}" for n in range(2, len(pris) + 3)))
        if candidat not in pris
    )


@transaction.atomic
def modifier_territoire(
    *,
    territoire: Territoire,
    nom: str,
    porteur: str,
    seuil_copil: int,
    seuil_public: int,
    ajouter: Iterable[Commune],
    retirer: Iterable[Commune],
    par,
) -> Territoire:
    """Changes what a territory is called, carried by, shows and covers; its address stays.

    Communes are added and removed one by one, so that two people's changes both count.
    """
    territoire = Territoire.objects.select_for_update().get(pk=territoire.pk)
    territoire.nom, territoire.porteur = nom, porteur
    territoire.seuil_copil, territoire.seuil_public = seuil_copil, seuil_public
    territoire.save()
    territoire.communes.remove(*retirer)
    territoire.communes.add(*ajouter)
    journal.ecrire("modifier", par=par, territoire=territoire, objet=territoire)
    return territoire


@transaction.atomic
def creer_organisme(*, territoire: Territoire, nom: str, categorie: str, par) -> Organisme:
    organisme = Organisme.objects.create(territoire=territoire, nom=nom, categorie=categorie)
    journal.ecrire("creer", par=par, territoire=territoire, objet=organisme)
    return organisme


@transaction.atomic
def modifier_organisme(*, organisme: Organisme, nom: str, categorie: str, par) -> Organisme:
    organisme.nom, organisme.categorie = nom, categorie
    organisme.save()
    journal.ecrire("modifier", par=par, territoire=organisme.territoire, objet=organisme)
    return organisme
