"""What is no longer kept of situations: forgotten drafts, and free texts once they are old.

Run by the owner's purge: a situation's steps are only added by the application.
"""

import re
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone

from situations.models import Evenement, NonRecours, Situation, Variable
from situations.moteur.genres import GENRES
from territoires.conservation import il_y_a, noter_purge
from territoires.models import Territoire

LOT = 200
MENTION = "Texte effacé le {:%d/%m/%Y}"
EFFACE = re.compile(r"Texte effacé le \d{2}/\d{2}/\d{4}")
# An answer typed freely and not erased yet, among those of one row.
PORTE_UN_TEXTE = """
    EXISTS (
        SELECT FROM jsonb_each_text({table}.reponses) AS r (variable, texte)
        WHERE variable = ANY(%s) AND texte !~ %s
    )
"""


def brouillons_oublies(territoire: Territoire, maintenant: datetime) -> QuerySet[Situation]:
    """The drafts that nobody touched for longer than the territory keeps them."""
    limite = maintenant - timedelta(days=territoire.conservation_brouillons)
    return Situation.objects.filter(
        territoire=territoire, statut=Situation.Statut.BROUILLON, modifiee_le__lt=limite
    )


def purger_brouillons(territoire: Territoire, maintenant: datetime) -> int:
    """Erases them, a batch at a time; how many there were."""
    nombre = 0
    while effaces := _effacer_brouillons(brouillons_oublies(territoire, maintenant)):
        nombre += effaces
    if nombre:
        noter_purge("purger_brouillons", Situation, nombre, territoire=territoire)
    return nombre


@transaction.atomic
def _effacer_brouillons(oublies: QuerySet[Situation]) -> int:
    """Locked: a draft that somebody is typing at this moment is left alone."""
    lot = list(oublies.select_for_update(skip_locked=True).values_list("pk", flat=True)[:LOT])
    Evenement.objects.filter(situation__in=lot).delete()
    Situation.objects.filter(pk__in=lot).delete()
    return len(lot)


def textes_anciens(territoire: Territoire, maintenant: datetime) -> QuerySet[Situation]:
    """The situations that still hold a free text, validated (else transmitted) too long ago."""
    limite = il_y_a(territoire.conservation_recits, maintenant)
    variables = sorted(_variables_de_texte())
    return (
        Situation.objects.filter(territoire=territoire)
        .exclude(statut=Situation.Statut.BROUILLON)
        .annotate(depuis=Coalesce("validee_le", "transmise_le"))
        .filter(depuis__lt=limite)
        .filter(
            Q(_porte_un_texte("situations_situation", variables))
            | Exists(_lignes(NonRecours).filter(_porte_un_texte("U0", variables)))
            | Exists(_lignes(Evenement).filter(_parole()))
        )
    )


def _lignes(modele) -> QuerySet:
    return modele.objects.filter(situation=OuterRef("pk"))


def _porte_un_texte(table: str, variables: list[str]) -> RawSQL:
    return RawSQL(
        PORTE_UN_TEXTE.format(table=table),
        (variables, f"^{EFFACE.pattern}$"),
        output_field=models.BooleanField(),
    )


def _parole() -> Q:
    """Steps that quote what was typed: a message, or the words of an « autre » since attached."""
    effacee = f"^{EFFACE.pattern}$"
    return ~Q(message="") & ~Q(message__regex=effacee) | (
        Q(details__has_key="precision")
        & ~Q(details__precision="")
        & ~Q(details__precision__regex=effacee)
    )


def _variables_de_texte() -> set[str]:
    genres = [nom for nom, genre in GENRES.items() if genre.est_texte]
    return set(Variable.objects.filter(genre__in=genres).values_list("code", flat=True))


def purger_textes(territoire: Territoire, maintenant: datetime) -> int:
    """Erases the free texts of these situations, a batch at a time; how many situations.

    Coded answers stay; where a text was, the page says when it was erased.
    """
    nombre = 0
    while effacees := _effacer_textes(textes_anciens(territoire, maintenant), maintenant):
        nombre += effacees
    if nombre:
        noter_purge("purger_textes", Situation, nombre, territoire=territoire)
    return nombre


@transaction.atomic
def _effacer_textes(anciennes: QuerySet[Situation], maintenant: datetime) -> int:
    lot = list(anciennes.select_for_update(of=["self"])[:LOT])
    mention = MENTION.format(timezone.localtime(maintenant))
    variables = _variables_de_texte()
    lignes = list(NonRecours.objects.filter(situation__in=lot))
    for porteur in (*lot, *lignes):
        porteur.reponses = {
            variable: mention if _est_a_effacer(variable, valeur, variables) else valeur
            for variable, valeur in porteur.reponses.items()
        }
    # Not through `save`: nobody modified these situations.
    Situation.objects.bulk_update(lot, ["reponses"])
    NonRecours.objects.bulk_update(lignes, ["reponses"])
    _effacer_paroles(lot, mention)
    return len(lot)


def _est_a_effacer(variable: str, valeur, variables: set[str]) -> bool:
    return variable in variables and isinstance(valeur, str) and not EFFACE.fullmatch(valeur)


def _effacer_paroles(situations: list[Situation], mention: str) -> None:
    paroles = list(Evenement.objects.filter(_parole(), situation__in=situations))
    for evenement in paroles:
        if evenement.message:
            evenement.message = mention
        if evenement.details.get("precision"):
            evenement.details["precision"] = mention
    Evenement.objects.bulk_update(paroles, ["message", "details"])
