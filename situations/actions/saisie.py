"""Writing a draft, up to its transmission and the later update of its outcomes."""

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from situations import numeros
from situations.actions.collecte import exiger_collecte_ouverte
from situations.actions.etapes import noter
from situations.issues import VARIABLES_D_ISSUE
from situations.models import Evenement, NonRecours, Situation, Version
from situations.moteur.conditions import retirer_cachees
from situations.projection import projeter
from situations.versions import definition_de
from territoires import journal
from territoires.models import Membre, Territoire, Utilisateur

Statut = Situation.Statut


class DejaTransmise(Exception):
    """The situation is no longer being typed: it was transmitted meanwhile."""


@transaction.atomic
def commencer(*, territoire: Territoire, version: Version, par) -> Situation:
    """A draft on the version in force, with a first right to describe.

    A draft begun and left untouched is given back: a double click begins only one.
    Raises CollecteFermee before the collection opens, as do all the gestures of typing.
    """
    exiger_collecte_ouverte(territoire)
    Utilisateur.objects.select_for_update().get(pk=par.pk)
    definition = definition_de(version.pk)
    fonctions = (
        {"fonction": par.fonction} if par.fonction and "fonction" in definition.questions else {}
    )
    intact = _brouillon_intact(territoire, version, par, fonctions)
    if intact is not None:
        return intact
    siege = Membre.objects.actuels().filter(utilisateur=par, comite__territoire=territoire).first()
    situation = Situation(
        territoire=territoire,
        version=version,
        auteur=par,
        organisme=siege.organisme if siege else None,
    )
    situation.set_reponses(fonctions)
    situation.save()
    NonRecours.objects.create(situation=situation, rang=1)
    journal.ecrire("commencer", par=par, territoire=territoire, objet=situation)
    return situation


def _brouillon_intact(territoire, version: Version, par, reponses: dict) -> Situation | None:
    """A draft of this author in which nothing has been typed yet."""
    return (
        Situation.objects.brouillons_de(par, territoire)
        .filter(version=version, reponses=reponses, mois_observation=None)
        .annotate(droits=Count("non_recours"), vides=Count("non_recours", filter=_bloc_intact()))
        .filter(droits=1, vides=1)
        .first()
    )


def _bloc_intact() -> Q:
    """Nothing was typed about this right, neither in its columns nor in its answers."""
    vierge = NonRecours()
    return Q(
        **{
            f"non_recours__{nom}": getattr(vierge, nom)
            for nom in (*NonRecours.COLONNES, "reponses")
        }
    )


def verrouiller(situation: Situation) -> Situation:
    """The same situation, its row locked until the end of the transaction, still being typed."""
    verrouillees = Situation.objects.select_for_update(of=("self",)).select_related("territoire")
    situation = verrouillees.get(pk=situation.pk)
    if not situation.est_modifiable:
        raise DejaTransmise
    return situation


def _garder(situation: Situation) -> None:
    """Saves the row; a returned situation stays counted, so its facts follow what is typed."""
    exiger_collecte_ouverte(situation.territoire)
    if situation.est_comptee and situation.mois_observation is None:
        situation.mois_observation = Situation.objects.get(pk=situation.pk).mois_observation
    situation.save()
    projeter(situation)


@transaction.atomic
def enregistrer(*, situation: Situation, reponses: dict, blocs: dict[int, dict], par) -> None:
    """Keeps the answers of a draft as they are typed; `blocs`: rank of the right → answers."""
    situation.set_reponses(reponses)
    for non_recours in situation.non_recours.filter(rang__in=blocs):
        non_recours.set_reponses(blocs[non_recours.rang])
        non_recours.save()
    _garder(situation)
    journal.ecrire("enregistrer", par=par, territoire=situation.territoire, objet=situation)


@transaction.atomic
def ajouter_droit(*, situation: Situation, par) -> NonRecours:
    """One more right to describe, after the others."""
    dernier = situation.non_recours.order_by("-rang").first()
    non_recours = NonRecours.objects.create(
        situation=situation, rang=dernier.rang + 1 if dernier else 1
    )
    _garder(situation)
    journal.ecrire("ajouter_droit", par=par, territoire=situation.territoire, objet=situation)
    return non_recours


@transaction.atomic
def retirer_droit(*, situation: Situation, rang: int, retire: bool, par) -> None:
    """Sets a right aside, or brings it back: its answers stay until the transmission."""
    situation.non_recours.filter(rang=rang).update(retire=retire)
    _garder(situation)
    journal.ecrire(
        "retirer_droit" if retire else "remettre_droit",
        par=par,
        territoire=situation.territoire,
        objet=situation,
    )


@transaction.atomic
def supprimer_brouillon(*, situation: Situation, par) -> None:
    """Erases a draft that was never transmitted."""
    situation = verrouiller(situation)
    if situation.statut != Statut.BROUILLON:
        raise DejaTransmise
    journal.ecrire("supprimer", par=par, territoire=situation.territoire, objet=situation)
    situation.delete()


@transaction.atomic
def transmettre(*, situation: Situation, par, confirmes: list[str] = ()) -> Situation:
    """Hands a complete situation to the comité technique; figures move from now on.

    The caller has judged it complete. Answers to hidden questions and withdrawn rights are erased.
    `confirmes`: the questions whose text its author declared anonymous after a doubt.
    """
    situation = verrouiller(situation)
    exiger_collecte_ouverte(situation.territoire)
    _nettoyer(situation)
    premiere_fois = situation.statut == Statut.BROUILLON
    situation.statut = Statut.TRANSMISE
    if premiere_fois:
        situation.transmise_le = timezone.now()
        _numeroter(situation)
    situation.save()
    projeter(situation)
    geste = Evenement.Geste.TRANSMETTRE if premiere_fois else Evenement.Geste.COMPLETER
    noter(situation, geste, par=par, details={"textes_confirmes": list(confirmes)})
    return situation


def _nettoyer(situation: Situation) -> None:
    situation.non_recours.filter(retire=True).delete()
    lignes = list(situation.non_recours.all())
    reponses, blocs = retirer_cachees(
        definition_de(situation.version_id),
        situation.get_reponses(),
        [ligne.get_reponses() for ligne in lignes],
    )
    situation.set_reponses(reponses)
    for ligne, bloc in zip(lignes, blocs, strict=True):
        ligne.set_reponses(bloc)
        ligne.save()


def _numeroter(situation: Situation) -> None:
    while True:
        situation.numero = numeros.tirer()
        try:
            with transaction.atomic():
                situation.save()
            return
        except IntegrityError:
            if not Situation.objects.filter(numero=situation.numero).exists():
                raise


@transaction.atomic
def actualiser_issues(*, situation: Situation, issues: dict[int, dict], par) -> None:
    """Updates the outcome of each right; `issues`: rank → all its answers to the outcome questions,
    which replace those it had."""
    situation = Situation.objects.select_for_update().get(pk=situation.pk)
    avant_apres = []
    for ligne in situation.non_recours.filter(rang__in=issues):
        avant = ligne.get_reponses()
        gardees = {v: valeur for v, valeur in avant.items() if v not in VARIABLES_D_ISSUE}
        apres = {**gardees, **issues[ligne.rang]}
        if apres == avant:
            continue
        ligne.set_reponses(apres)
        ligne.save()
        avant_apres.append(
            {"rang": ligne.rang, "avant": avant.get("issue"), "apres": apres.get("issue")}
        )
    if not avant_apres:
        return
    _garder(situation)
    noter(situation, Evenement.Geste.ACTUALISER, par=par, details={"issues": avant_apres})
