"""Stores the demonstration: territories, people and situations, in a database that holds nothing."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from situations.actions.collecte import garder_formulaire, ouvrir_collecte
from situations.actions.demonstration_annuaire import garnir_annuaire
from situations.actions.formulaires import creer_territoire
from situations.demonstration import MARQUE
from situations.demonstration.generateur import SituationFictive, generer
from situations.demonstration.territoires import (
    ADMINISTRATEUR_NATIONAL,
    MANDATS,
    TERRITOIRES,
    TerritoireDemo,
)
from situations.models import Evenement, NonRecours, Situation
from situations.numeros import cle_de_luhn
from situations.projection import projeter_plusieurs
from situations.versions import version_en_vigueur
from territoires.actions import ajouter_membre, creer_organisme, nommer_administrateur
from territoires.actions.comites import ecrire_mandat
from territoires.actions.lancement import (
    accepter_charte,
    adopter_charte,
    choisir_reglages,
    nommer_porteur,
    signer_etape,
)
from territoires.charte import texte_propose
from territoires.comptes import adresse_prouvee
from territoires.models import (
    Adhesion,
    Comite,
    Commune,
    Empreinte,
    Etape,
    Membre,
    Territoire,
    Utilisateur,
)

MOT_DE_PASSE = "baromètre-de-démonstration"
NATURES = {
    "animateur": Comite.Nature.TECHNIQUE,
    "comite_technique": Comite.Nature.TECHNIQUE,
    "groupe_travail": Comite.Nature.GROUPE_DE_TRAVAIL,
    "comite_pilotage": Comite.Nature.PILOTAGE,
}
Geste = Evenement.Geste


class BaseNonVide(Exception):
    """The database already holds something: the demonstration does not touch it."""


@transaction.atomic
def installer_demonstration(*, jusqua: date) -> None:
    """Fills an empty database with what `situations.demonstration` invents, up to that day's month.

    Raises BaseNonVide when there is already a territory or an account.
    """
    if Territoire.objects.exists() or Utilisateur.objects.exists():
        raise BaseNonVide
    mot_de_passe = make_password(MOT_DE_PASSE)
    national = _compte(ADMINISTRATEUR_NATIONAL, mot_de_passe, est_administrateur_national=True)
    for modele in TERRITOIRES:
        _installer_territoire(modele, jusqua, mot_de_passe, national)
    Empreinte.objects.create(nom=MARQUE, sha256="")


def _compte(personne, mot_de_passe: str, **autres) -> Utilisateur:
    compte = Utilisateur.objects.create(
        email=personne.courriel,
        nom=f"{personne.prenom} {personne.nom}",
        fonction=personne.fonction,
        password=mot_de_passe,
        **autres,
    )
    adresse_prouvee(compte)
    return compte


def _installer_territoire(modele: TerritoireDemo, jusqua: date, mot_de_passe: str, par) -> None:
    territoire = creer_territoire(
        nom=modele.nom,
        slug=modele.slug,
        niveau=modele.niveau,
        porteur=modele.porteur,
        communes=Commune.objects.filter(**{modele.niveau: modele.code}),
        par=par,
    )
    organismes = {
        organisme.nom: creer_organisme(
            territoire=territoire, nom=organisme.nom, categorie=organisme.categorie, par=par
        )
        for organisme in modele.organismes
    }
    comites = {comite.nature: comite for comite in territoire.comites.all()}
    sieges = {}
    for personne in modele.personnes:
        compte = _compte(personne, mot_de_passe)
        if personne.role == "administrateur_territoire":
            nommer_administrateur(territoire=territoire, utilisateur=compte, par=par)
            administrateur = compte
            continue
        sieges[personne.courriel] = ajouter_membre(
            comite=comites[NATURES[personne.role]],
            utilisateur=compte,
            organisme=organismes[personne.organisme],
            est_animateur=personne.role == "animateur",
            par=par,
        )
    animateur = next(siege.utilisateur for siege in sieges.values() if siege.est_animateur)
    _lancer(territoire, administrateur, sieges)
    membre = next(siege.utilisateur for siege in sieges.values() if not siege.est_animateur)
    garnir_annuaire(territoire, organismes, jusqua=jusqua, par=animateur, membre=membre)
    _deposer(generer(modele, jusqua=jusqua), territoire, sieges, animateur)
    _dater_du_debut(territoire)


def _lancer(territoire: Territoire, par, sieges: dict[str, Membre]) -> None:
    """Every condition met by its administrator, the charter accepted by its members."""
    nommer_porteur(territoire=territoire, porteur=territoire.porteur, par=par)
    for comite in territoire.comites.all():
        ecrire_mandat(comite=comite, mandat=MANDATS[comite.nature], par=par)
    for etape in (Etape.COMITES, Etape.ANIMATEUR, Etape.NOTION):
        signer_etape(territoire=territoire, etape=etape, par=par)
    reglages = ("seuil_copil", "seuil_public", "conservation_brouillons", "conservation_recits")
    choisir_reglages(
        territoire=territoire, par=par, **{nom: getattr(territoire, nom) for nom in reglages}
    )
    charte = adopter_charte(territoire=territoire, suite=texte_propose(), par=par)
    for siege in sieges.values():
        accepter_charte(territoire=territoire, numero=charte.numero, par=siege.utilisateur)
    garder_formulaire(territoire=territoire, par=par)
    ouvrir_collecte(territoire=territoire, par=par)


def _dater_du_debut(territoire: Territoire) -> None:
    """The launch came before the first situation, not on the day the demonstration is made."""
    transmises = territoire.situation_set.order_by("transmise_le")
    debut = transmises.values_list("transmise_le", flat=True)[0] - timedelta(days=14)
    Territoire.objects.filter(pk=territoire.pk).update(collecte_ouverte_le=debut)
    territoire.etapes.update(le=debut)
    territoire.chartes.update(adoptee_le=debut)
    Adhesion.objects.filter(charte__territoire=territoire).update(le=debut)
    Membre.objects.filter(comite__territoire=territoire).update(du=debut)
    territoire.administrateurs.update(du=debut)
    territoire.formulaire.mises_en_vigueur.update(depuis=debut)


def _deposer(fictives: Iterable[SituationFictive], territoire, sieges, animateur) -> None:
    """Writes the invented situations in bulk, with their steps and their facts."""
    version = version_en_vigueur(territoire)
    alea = Random(f"numeros-{territoire.slug}")
    numeros: set[str] = set()
    situations, non_recours, evenements = [], [], []
    for fictive in fictives:
        siege = sieges[fictive.auteur]
        situation = Situation(
            territoire=territoire,
            version=version,
            auteur=siege.utilisateur,
            organisme=siege.organisme,
            statut=fictive.statut,
            motif_ecart=fictive.motif_ecart,
            transmise_le=fictive.transmise_le,
            validee_le=fictive.validee_le,
            numero=_numero(alea, numeros) if fictive.transmise_le else None,
        )
        situation.set_reponses(fictive.reponses)
        situations.append(situation)
        for rang, reponses in enumerate(fictive.non_recours, start=1):
            ligne = NonRecours(situation=situation, rang=rang)
            ligne.set_reponses(reponses)
            non_recours.append(ligne)
        evenements += _etapes(situation, fictive, animateur)
    Situation.objects.bulk_create(situations)
    NonRecours.objects.bulk_create(non_recours)
    Evenement.objects.bulk_create(evenements)
    projeter_plusieurs(
        list(territoire.situation_set.prefetch_related("non_recours").exclude(statut="brouillon"))
    )


def _numero(alea: Random, tires: set[str]) -> str:
    while True:
        chiffres = str(alea.randrange(1_000_000, 10_000_000))
        numero = chiffres + cle_de_luhn(chiffres)
        if numero not in tires and not Situation.objects.filter(numero=numero).exists():
            tires.add(numero)
            return numero


def _etapes(situation: Situation, fictive: SituationFictive, animateur) -> list[Evenement]:
    if fictive.transmise_le is None:
        return []

    def etape(geste: Geste, par, le: datetime, message: str = "", **details) -> Evenement:
        return Evenement(
            situation=situation, geste=geste, par=par, le=le, message=message, details=details
        )

    etapes = [etape(Geste.TRANSMETTRE, situation.auteur, fictive.transmise_le)]
    le = fictive.validee_le or fictive.transmise_le
    if fictive.statut == "validee":
        etapes.append(etape(Geste.VALIDER, animateur, le))
    elif fictive.statut == "a_completer":
        etapes.append(etape(Geste.RENVOYER, animateur, le, fictive.message))
    elif fictive.statut == "ecartee":
        etapes.append(
            etape(Geste.ECARTER, animateur, le, fictive.message, motif=fictive.motif_ecart)
        )
    return etapes
