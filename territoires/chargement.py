"""Loads the code officiel géographique into its tables, only when the files have changed."""

from django.db import transaction

from territoires import referentiel
from territoires.models import Commune, Departement, Empreinte, Epci, Region

NOM = "cog"
ORDRE = ((Region, "regions"), (Departement, "departements"), (Epci, "epci"), (Commune, "communes"))
CLES = {"departement": "departement_id", "epci": "epci_id", "region": "region_id"}


def charger(*, using: str) -> bool:
    """Mirrors the files into the tables; says whether anything was loaded."""
    sha256 = referentiel.empreinte()
    if Empreinte.objects.using(using).filter(nom=NOM, sha256=sha256).exists():
        return False
    with transaction.atomic(using=using):
        for modele, fichier in ORDRE:
            _charger_table(modele, fichier, using)
        Empreinte.objects.using(using).update_or_create(nom=NOM, defaults={"sha256": sha256})
    return True


def _charger_table(modele, fichier: str, using: str) -> None:
    champs = {CLES.get(champ.name, champ.name): champ for champ in modele._meta.concrete_fields}
    objets = [
        modele(**{CLES.get(nom, nom): _lire(nom, texte) for nom, texte in ligne.items()})
        for ligne in referentiel.lire(fichier)
    ]
    modele.objects.using(using).bulk_create(
        objets,
        batch_size=5000,
        update_conflicts=True,
        unique_fields=[modele._meta.pk.name],
        update_fields=[champ.name for champ in champs.values() if not champ.primary_key],
    )


def _lire(nom: str, texte: str):
    """The value of a column: a place without inhabitants has no population in the file."""
    if nom == "population":
        return int(texte or 0)
    return (texte or None) if nom in CLES else texte
