"""Leaving a territory: what was being typed there goes to somebody who may go on with it."""

from dataclasses import dataclass

from django.db import transaction

from situations.actions.etapes import noter
from situations.models import Evenement, Situation
from territoires import actions, journal
from territoires.models import Membre, Territoire, Utilisateur
from territoires.permissions import Action, sieges_permettant

EN_COURS = (Situation.Statut.BROUILLON, Situation.Statut.A_COMPLETER)


@dataclass(frozen=True)
class Depart:
    """How many drafts and returned situations pass, and to whom; nobody may be there to take them,
    until an animateur is designated."""

    nombre: int
    repreneur: Utilisateur | None


def prevoir_depart(membre: Membre) -> Depart:
    """What ending this seat would do, as things are now."""
    territoire = membre.comite.territoire
    saisissants = sieges_permettant(Action.SAISIR, territoire)
    if saisissants.filter(utilisateur=membre.utilisateur).exclude(pk=membre.pk).exists():
        return Depart(0, None)
    nombre = _en_cours(territoire).filter(auteur=membre.utilisateur).count()
    return Depart(nombre, _repreneur(membre) if nombre else None)


def _repreneur(membre: Membre) -> Utilisateur | None:
    """A member of the same organisme who may type, the one there for longest; else the animateur."""
    territoire = membre.comite.territoire
    autres = sieges_permettant(Action.SAISIR, territoire).exclude(utilisateur=membre.utilisateur)
    siege = autres.filter(organisme=membre.organisme_id).first() or autres.animateurs().first()
    return siege.utilisateur if siege else None


def _en_cours(territoire: Territoire):
    return Situation.objects.filter(territoire=territoire, statut__in=EN_COURS)


@transaction.atomic
def faire_partir(*, membre: Membre, par) -> Depart:
    """Ends a seat now, and hands over what its holder can no longer go on with."""
    membre = (
        Membre.objects.select_for_update(of=("self",))
        .select_related("comite__territoire", "utilisateur")
        .get(pk=membre.pk)
    )
    prevu = prevoir_depart(membre) if membre.au is None else Depart(0, None)
    actions.faire_partir(membre=membre, par=par)
    if prevu.repreneur is not None:
        siennes = _en_cours(membre.comite.territoire).filter(auteur=membre.utilisateur)
        _confier(siennes, prevu.repreneur, par)
    return prevu


@transaction.atomic
def designer_animateur(*, membre: Membre, par) -> int:
    """Designates the animateur, who takes over what those who left could hand to nobody; how many
    situations that makes."""
    membre = actions.designer_animateur(membre=membre, par=par)
    territoire = membre.comite.territoire
    restes = sieges_permettant(Action.SAISIR, territoire).order_by().values("utilisateur")
    return _confier(_en_cours(territoire).exclude(auteur__in=restes), membre.utilisateur, par)


def _confier(situations, repreneur: Utilisateur, par) -> int:
    """Changes whose these situations are; a returned one says so in its history."""
    confiees = list(situations.select_for_update(of=("self",)).select_related("auteur"))
    for situation in confiees:
        details = {"de": situation.auteur_id, "a": repreneur.pk}
        situation.auteur = repreneur
        # Typing and reviewing go by when a situation was last modified: nothing in it was.
        Situation.objects.filter(pk=situation.pk).update(auteur=repreneur)
        if situation.statut == Situation.Statut.BROUILLON:
            # A draft has no history: it may still be erased.
            journal.ecrire("confier", par=par, territoire=situation.territoire, objet=situation)
        else:
            noter(situation, Evenement.Geste.CONFIER, par=par, details=details)
    return len(confiees)
