"""The comité technique's review: validate, return, set aside, qualify, mask."""

from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from situations.actions.etapes import noter
from situations.models import Evenement, Situation
from situations.moteur.genres import GENRES
from situations.projection import projeter
from situations.versions import definition_de
from territoires.permissions import Action, exiger

Statut = Situation.Statut
Geste = Evenement.Geste
MASQUE = "[passage masqué]"


class GesteImpossible(Exception):
    """The situation's status does not allow this; the message says so to the user."""


@contextmanager
def _relue(situation: Situation, par, *, depuis: tuple[str, ...], lue_le: datetime | None = None):
    """The locked situation, reviewed by someone who may, from one of these statuses.

    `lue_le`: when what the reviewer read was last modified; nobody judges what they have not seen.
    """
    exiger(par, Action.RELIRE, situation.territoire)
    with transaction.atomic():
        situation = Situation.objects.select_for_update().get(pk=situation.pk)
        if situation.statut not in depuis:
            raise GesteImpossible(
                f"Cette situation est « {situation.get_statut_display().lower()} » : "
                "ce geste n’est plus possible. Relisez-la avant de continuer."
            )
        if lue_le is not None and situation.modifiee_le != lue_le:
            raise GesteImpossible(
                "La situation a changé depuis que vous l’avez ouverte : relisez-la, "
                "puis recommencez."
            )
        yield situation
        situation.save()
        projeter(situation)


def _details(situation: Situation, par) -> dict:
    return {"sa_propre_situation": True} if situation.auteur_id == par.pk else {}


def valider(*, situation: Situation, par, lue_le: datetime | None = None) -> None:
    """Accepts the situation as transmitted. Figures do not move: it was already counted."""
    with _relue(situation, par, depuis=(Statut.TRANSMISE,), lue_le=lue_le) as relue:
        relue.statut = Statut.VALIDEE
        relue.validee_le = timezone.now()
        noter(relue, Geste.VALIDER, par=par, details=_details(relue, par))


def renvoyer(*, situation: Situation, message: str, par, lue_le: datetime | None = None) -> None:
    """Returns it to its author, with what to complete."""
    depuis = (Statut.TRANSMISE, Statut.VALIDEE)
    with _relue(situation, par, depuis=depuis, lue_le=lue_le) as relue:
        relue.statut = Statut.A_COMPLETER
        relue.validee_le = None
        noter(relue, Geste.RENVOYER, par=par, message=message, details=_details(relue, par))


def ecarter(
    *, situation: Situation, motif: str, message: str, par, lue_le: datetime | None = None
) -> None:
    """Sets it aside: it is no longer counted, and can be brought back."""
    depuis = (Statut.TRANSMISE, Statut.A_COMPLETER, Statut.VALIDEE)
    with _relue(situation, par, depuis=depuis, lue_le=lue_le) as relue:
        details = {"avant": relue.statut, "motif": motif, **_details(relue, par)}
        relue.statut = Statut.ECARTEE
        relue.motif_ecart = motif
        noter(relue, Geste.ECARTER, par=par, message=message, details=details)


def retablir(*, situation: Situation, par) -> None:
    """Brings back a situation set aside, to be reviewed again."""
    with _relue(situation, par, depuis=(Statut.ECARTEE,)) as relue:
        relue.statut = Statut.TRANSMISE
        relue.motif_ecart = ""
        relue.validee_le = None
        noter(relue, Geste.RETABLIR, par=par, details=_details(relue, par))


def qualifier(*, situation: Situation, rang: int, variable: str, code: str, par) -> None:
    """Attaches an « autre » (right or main motive) to the nomenclature; the original is kept
    in the step's details."""
    if variable not in ("droit", "motif_principal"):
        raise ValueError(variable)
    depuis = (Statut.TRANSMISE, Statut.A_COMPLETER, Statut.VALIDEE)
    with _relue(situation, par, depuis=depuis) as relue:
        ligne = relue.non_recours.get(rang=rang)
        reponses = ligne.get_reponses()
        precision = "droit_precision" if variable == "droit" else "motif_precision"
        details = {
            "rang": rang,
            "variable": variable,
            "avant": reponses.get(variable),
            "precision": reponses.pop(precision, ""),
            "apres": code,
        }
        if details["avant"] != "autre":
            raise GesteImpossible("Cette réponse est déjà rattachée à la nomenclature.")
        if variable == "droit" and relue.non_recours.filter(droit=code, retire=False).exists():
            raise GesteImpossible(
                "Ce droit est déjà décrit dans cette situation : renvoyez-la à son auteur, "
                "qui retirera l’un des deux."
            )
        reponses[variable] = code
        ligne.set_reponses(reponses)
        ligne.save()
        noter(relue, Geste.QUALIFIER, par=par, details={**details, **_details(relue, par)})


def masquer(*, situation: Situation, variable: str, rang: int | None, passage: str, par) -> None:
    """Replaces a passage of free text for everyone, for ever: the original is erased."""
    depuis = (Statut.TRANSMISE, Statut.A_COMPLETER, Statut.VALIDEE, Statut.ECARTEE)
    with _relue(situation, par, depuis=depuis) as relue:
        porteur = relue if rang is None else relue.non_recours.get(rang=rang)
        reponses = porteur.get_reponses()
        texte = reponses.get(variable, "") if _est_texte_libre(relue, variable) else ""
        if not passage.strip() or passage not in texte:
            raise GesteImpossible(
                "Ce passage ne se trouve pas tel quel dans le texte : recopiez-le exactement."
            )
        reponses[variable] = texte.replace(passage, MASQUE)
        porteur.set_reponses(reponses)
        porteur.save()
        details = {"variable": variable, "rang": rang, **_details(relue, par)}
        noter(relue, Geste.MASQUER, par=par, details=details)


def _est_texte_libre(situation: Situation, variable: str) -> bool:
    """Whether this variable is typed freely: a code chosen in a list is never masked."""
    question = definition_de(situation.version_id).questions.get(variable)
    return question is not None and GENRES[question.genre].est_texte
