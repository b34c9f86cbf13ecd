"""Writing a territory's form: a draft beside the version in force, edited, published, undone."""

import hashlib
import json
from collections.abc import Callable

from django.db import transaction
from django.db.models import Max

from situations import noyau
from situations.actions.formulaires import mettre_en_vigueur, publier
from situations.adaptation import problemes
from situations.models import Formulaire, Version
from territoires import journal
from territoires.models import Territoire


class NonPubliable(Exception):
    """Problems forbid the publication; `problemes` lists them, each with its place."""

    def __init__(self, trouves):
        super().__init__("; ".join(probleme.phrase for probleme in trouves))
        self.problemes = trouves


class ModifieEntreTemps(Exception):
    """Someone else changed this item of the draft since it was shown; `document` is as it is now."""

    def __init__(self, document: dict):
        super().__init__("Cet élément vient d’être modifié par quelqu’un d’autre.")
        self.document = document


def empreinte_de(element: object) -> str:
    """Fingerprint of an item of a document: two people compare it before saving."""
    texte = json.dumps(element, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(texte.encode()).hexdigest()[:16]


@transaction.atomic
def ouvrir_brouillon(*, territoire: Territoire, par) -> Version:
    """The draft beside the version in force, which it copies; the one already open if any."""
    formulaire = Formulaire.objects.select_for_update().get(territoire=territoire)
    brouillon = formulaire.versions.filter(publiee_le__isnull=True).first()
    if brouillon is not None:
        return brouillon
    vigueur = formulaire.version_en_vigueur
    return _creer_brouillon(formulaire, vigueur.definition, vigueur.noyau, par)


def _creer_brouillon(formulaire: Formulaire, document: dict, empreinte: str, par) -> Version:
    dernier = formulaire.versions.aggregate(dernier=Max("numero"))["dernier"] or 0
    version = Version.objects.create(
        formulaire=formulaire, numero=dernier + 1, definition=document, noyau=empreinte
    )
    journal.ecrire("ouvrir_brouillon", par=par, territoire=formulaire.territoire, objet=version)
    return version


@transaction.atomic
def modifier_brouillon(
    *,
    version: Version,
    geste: Callable[[dict], dict],
    par,
    element: Callable[[dict], object] | None = None,
    attendu: str = "",
) -> Version:
    """Applies one pure gesture to the draft's document.

    With `element`, the item that the gesture changes, `attendu` is its fingerprint when it was
    shown: raises ModifieEntreTemps when it is no longer that. Raises GesteImpossible as the gesture
    does.
    """
    version = Version.objects.select_for_update().get(pk=version.pk, publiee_le__isnull=True)
    if element is not None and empreinte_de(element(version.definition)) != attendu:
        raise ModifieEntreTemps(version.definition)
    version.definition = geste(version.definition)
    version.save(update_fields=["definition"])
    territoire = version.formulaire.territoire
    journal.ecrire("modifier_brouillon", par=par, territoire=territoire, objet=version)
    return version


@transaction.atomic
def prendre_noyau(*, version: Version, geste: Callable[[dict], dict], par) -> Version:
    """Takes the noyau's evolution into the draft, which from now on follows the present noyau."""
    version = modifier_brouillon(version=version, geste=geste, par=par)
    version.noyau = noyau.empreinte()
    version.save(update_fields=["noyau"])
    return version


@transaction.atomic
def abandonner_brouillon(*, version: Version, par) -> None:
    """Erases a draft: the version in force does not change."""
    version = Version.objects.select_for_update().get(pk=version.pk, publiee_le__isnull=True)
    territoire = version.formulaire.territoire
    journal.ecrire("abandonner_brouillon", par=par, territoire=territoire, objet=version)
    version.delete()


@transaction.atomic
def publier_brouillon(*, version: Version, par) -> Version:
    """Publishes the draft and puts it in force. Raises NonPubliable."""
    version = Version.objects.select_for_update().get(pk=version.pk, publiee_le__isnull=True)
    trouves = problemes(version.definition, noyau.document_noyau())
    if trouves:
        raise NonPubliable(trouves)
    publier(version=version, par=par)
    return version


@transaction.atomic
def remettre_en_vigueur(*, version: Version, par) -> None:
    """Puts a former version back in force: new situations are filled with it from now on."""
    mettre_en_vigueur(version=version, par=par)
    territoire = version.formulaire.territoire
    journal.ecrire("remettre_en_vigueur", par=par, territoire=territoire, objet=version)


@transaction.atomic
def importer_brouillon(*, territoire: Territoire, document: dict, par) -> Version:
    """The imported document as the draft; what the draft held is replaced."""
    version = ouvrir_brouillon(territoire=territoire, par=par)
    version = modifier_brouillon(version=version, geste=lambda _: document, par=par)
    version.noyau = noyau.empreinte()
    version.save(update_fields=["noyau"])
    return version
