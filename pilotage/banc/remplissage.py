"""Fills the benchmark's database: the demonstration's territories and people, any number of
situations, copied in bulk then projected as the application does."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from itertools import count, islice

from django.db import connection, transaction
from django.utils import timezone

from pilotage.banc.copies import recopier, reserver_ids
from pilotage.banc.formulaire import poser_question_locale, repondre
from situations.actions import creer_territoire
from situations.demonstration.generateur import SituationFictive, produire
from situations.demonstration.territoires import (
    ADMINISTRATEUR_NATIONAL,
    TERRITOIRES,
    PersonneDemo,
    TerritoireDemo,
)
from situations.models import NonRecours, Situation
from situations.numeros import cle_de_luhn
from situations.projection import projeter_plusieurs
from situations.versions import version_en_vigueur
from territoires.actions import ajouter_membre, creer_organisme
from territoires.models import Comite, Commune, Membre, Territoire, Utilisateur

LOT = 5000
# How many situations are really written; the others are copies of these.
VIVIER = 20_000
NUL = r"\N"
NATURES = {
    "animateur": Comite.Nature.TECHNIQUE,
    "comite_technique": Comite.Nature.TECHNIQUE,
    "groupe_travail": Comite.Nature.GROUPE_DE_TRAVAIL,
    "comite_pilotage": Comite.Nature.PILOTAGE,
}
COLONNES_SITUATION = (
    "id", "cle", "numero", "territoire_id", "version_id", "auteur_id", "organisme_id", "statut",
    "motif_ecart", "mois_observation", "reponses", "cree_le", "modifiee_le", "transmise_le",
    "validee_le",
)  # fmt: skip
COLONNES_NON_RECOURS = (
    "situation_id", "rang", *NonRecours.COLONNES, "reponses", "retire",
)  # fmt: skip


@dataclass(frozen=True)
class Lieu:
    """One territory of the benchmark and the people who open its pages."""

    territoire: Territoire
    modele: TerritoireDemo
    animateur: Utilisateur
    auteur: Utilisateur
    pilote: Utilisateur


@dataclass(frozen=True)
class Monde:
    """All that was put in the database; `lieux`: the territory with most situations first;
    `partout`: someone who reviews the situations of every territory."""

    national: Utilisateur
    partout: Utilisateur
    lieux: list[Lieu]
    jusqua: date

    @property
    def premier(self) -> int:
        """The territory with most situations."""
        return self.lieux[0].territoire.pk


def remplir(nombre: int) -> Monde:
    """Puts `nombre` situations in an empty database, shared as in the demonstration.

    The first ones are written then projected as the application does; beyond `VIVIER`, others are
    copied from them into more territories of the same kinds, one for about
    `copies.PAR_TERRITOIRE`.
    """
    jusqua = timezone.localdate()
    national = _compte(ADMINISTRATEUR_NATIONAL, est_administrateur_national=True)
    numeros = _numeros()
    lieux = []
    for modele in _partager(min(nombre, VIVIER)):
        with transaction.atomic():
            sieges = _installer(modele, national)
            territoire = next(iter(sieges.values())).comite.territoire
            fictives = produire(modele, jusqua=jusqua)
            if not lieux:
                poser_question_locale(territoire, _lieu(territoire, modele, sieges).animateur)
                fictives = map(_repondre_aussi, fictives, count(1))
            while lot := list(islice(fictives, LOT)):
                _deposer(lot, territoire, sieges, numeros)
        lieux.append(_lieu(territoire, modele, sieges))
    _projeter()
    gabarits = [(lieu.territoire, lieu.modele) for lieu in lieux]
    recopier(gabarits, nombre - min(nombre, VIVIER), numeros, par=national)
    lieux.sort(key=lambda lieu: -lieu.modele.nombre)
    return Monde(national, _relecteur_de_tout(), lieux, jusqua)


def _relecteur_de_tout() -> Utilisateur:
    partout = Utilisateur.objects.create_user("partout@banc.example", nom="Relit partout")
    Membre.objects.bulk_create(
        Membre(comite=comite, utilisateur=partout, organisme=comite.territoire.organismes.first())
        for comite in Comite.objects.filter(nature=Comite.Nature.TECHNIQUE).select_related(
            "territoire"
        )
    )
    return partout


def _partager(nombre: int) -> list[TerritoireDemo]:
    total = sum(modele.nombre for modele in TERRITOIRES)
    parts = [modele.nombre * nombre // total for modele in TERRITOIRES]
    parts[-1] += nombre - sum(parts)
    return [replace(modele, nombre=n) for modele, n in zip(TERRITOIRES, parts, strict=True)]


def _repondre_aussi(fictive: SituationFictive, rang: int) -> SituationFictive:
    return replace(fictive, reponses=fictive.reponses | repondre(rang))


def _compte(personne: PersonneDemo, **autres) -> Utilisateur:
    nom = f"{personne.prenom} {personne.nom}"
    return Utilisateur.objects.create_user(
        personne.courriel, nom=nom, fonction=personne.fonction, **autres
    )


def _installer(modele: TerritoireDemo, par: Utilisateur) -> dict[str, Membre]:
    """The territory, its organismes and its members, by e-mail."""
    territoire = creer_territoire(
        nom=modele.nom,
        slug=modele.slug,
        niveau=modele.niveau,
        porteur=modele.porteur,
        communes=Commune.objects.filter(**{modele.niveau: modele.code}),
        par=par,
    )
    # What is measured is not the launch.
    territoire.collecte_ouverte_le = timezone.now()
    territoire.save(update_fields=["collecte_ouverte_le"])
    organismes = {
        o.nom: creer_organisme(territoire=territoire, nom=o.nom, categorie=o.categorie, par=par)
        for o in modele.organismes
    }
    comites = {comite.nature: comite for comite in territoire.comites.all()}
    return {
        personne.courriel: ajouter_membre(
            comite=comites[NATURES[personne.role]],
            utilisateur=_compte(personne),
            organisme=organismes[personne.organisme],
            est_animateur=personne.role == "animateur",
            par=par,
        )
        for personne in modele.personnes
        if personne.role in NATURES
    }


def _lieu(territoire: Territoire, modele: TerritoireDemo, sieges: dict[str, Membre]) -> Lieu:
    def premier(role: str) -> Utilisateur:
        return next(sieges[p.courriel].utilisateur for p in modele.personnes if p.role == role)

    roles = ("animateur", "groupe_travail", "comite_pilotage")
    return Lieu(territoire, modele, *map(premier, roles))


def _numeros() -> Iterator[str]:
    """Numbers of situations, each once: steps that share no factor with the size of the range."""
    for i in range(9_000_000):
        chiffres = str(1_000_000 + i * 7_368_787 % 9_000_000)
        yield chiffres + cle_de_luhn(chiffres)


def _deposer(
    fictives: Sequence[SituationFictive], territoire, sieges: dict[str, Membre], numeros
) -> None:
    version = version_en_vigueur(territoire)
    maintenant = timezone.now()
    situations, non_recours = [], []
    for cle, fictive in zip(
        reserver_ids(Situation._meta.db_table, len(fictives)), fictives, strict=True
    ):
        siege = sieges[fictive.auteur]
        situation = Situation(
            id=cle,
            numero=next(numeros) if fictive.transmise_le else None,
            territoire=territoire,
            version=version,
            auteur_id=siege.utilisateur_id,
            organisme_id=siege.organisme_id,
            statut=fictive.statut,
            motif_ecart=fictive.motif_ecart,
            cree_le=fictive.transmise_le or maintenant,
            modifiee_le=fictive.validee_le or fictive.transmise_le or maintenant,
            transmise_le=fictive.transmise_le,
            validee_le=fictive.validee_le,
        )
        situation.set_reponses(fictive.reponses)
        situations.append([getattr(situation, colonne) for colonne in COLONNES_SITUATION])
        for rang, reponses in enumerate(fictive.non_recours, start=1):
            ligne = NonRecours(situation_id=cle, rang=rang)
            ligne.set_reponses(reponses)
            non_recours.append([getattr(ligne, colonne) for colonne in COLONNES_NON_RECOURS])
    _copier(Situation, COLONNES_SITUATION, situations)
    _copier(NonRecours, COLONNES_NON_RECOURS, non_recours)


def _copier(modele, colonnes: Iterable[str], lignes: Iterable[list]) -> None:
    flux = StringIO()
    csv.writer(flux).writerows([_ecrire(valeur) for valeur in ligne] for ligne in lignes)
    flux.seek(0)
    noms = ", ".join(colonnes)
    with connection.cursor() as curseur:
        curseur.copy_expert(
            f"COPY {modele._meta.db_table} ({noms}) FROM STDIN (FORMAT csv, NULL '{NUL}')", flux
        )


def _ecrire(valeur):
    """A value as COPY reads it; lists hold codes, which need no quotes."""
    if valeur is None:
        return NUL
    if isinstance(valeur, dict):
        return json.dumps(valeur, ensure_ascii=False)
    return f"{{{','.join(valeur)}}}" if isinstance(valeur, list) else valeur


def _projeter() -> None:
    comptees = Situation.objects.filter(statut__in=Situation.COMPTES).order_by("pk")
    dernier = 0
    while lot := list(comptees.filter(pk__gt=dernier).prefetch_related("non_recours")[:LOT]):
        projeter_plusieurs(lot)
        dernier = lot[-1].pk
