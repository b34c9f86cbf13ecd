"""Invent the situations of a territory: same territory, day and seed, same situations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import cycle
from random import Random

from . import calendrier
from .non_recours import inventer_non_recours
from .personne import Personne, inventer_personne
from .publics import publics_rencontres, tirer_droits, zones
from .recits import proposer, raconter
from .suites import constater, decrire_autonomie, situer
from .territoires import PersonneDemo, TerritoireDemo
from .textes_precisions import MESSAGES_A_COMPLETER, MESSAGES_ECART
from .tirage import Alea, Tirage, choisir

_ROLES = {"groupe_travail": 10.0, "comite_technique": 4.0, "animateur": 3.0}
# Share of the situations where an optional answer of the profile is given.
_REPONDUES = {
    "sexe": 0.93,
    "pcs": 0.55,
    "ressource_nature": 0.80,
    "ressource_niveau": 0.68,
    "zone": 0.80,
    "evenement": 0.70,
}
_TOUJOURS_DITES = ("age", "famille", "activite", "logement")


@dataclass(frozen=True, slots=True)
class SituationFictive:
    """An invented situation.

    ``reponses`` and ``non_recours`` hold answers keyed by variable code; ``auteur`` is an
    e-mail of the territory; moments are aware (UTC), None when they did not happen;
    ``motif_ecart`` (doublon, pas_un_non_recours, hors_territoire) and ``message`` are empty
    unless the review wrote them.
    """

    reponses: dict[str, str | list[str]]
    non_recours: list[dict[str, str | list[str]]]
    auteur: str
    statut: str
    transmise_le: datetime | None
    validee_le: datetime | None
    motif_ecart: str = ""
    message: str = ""


def _auteurs(territoire: TerritoireDemo) -> Callable[[Alea], tuple[PersonneDemo, str]]:
    """Draw of an author with the category of their organisation; some write more."""
    categories = {organisme.nom: organisme.categorie for organisme in territoire.organismes}
    auteurs = {personne.courriel: personne for personne in territoire.auteurs}
    tirage = Tirage(
        {
            courriel: _ROLES[personne.role] * (1 + (rang * 7 % 5) / 3)
            for rang, (courriel, personne) in enumerate(auteurs.items())
        }
    )

    def tirer(alea: Alea) -> tuple[PersonneDemo, str]:
        personne = auteurs[tirage.tirer(alea)]
        return personne, categories[personne.organisme]

    return tirer


def _repondre(
    jour: date, auteur: PersonneDemo, personne: Personne, non_recours: list[dict], alea: Alea
) -> dict:
    """The answers of the situation."""
    reponses = {"mois_observation": f"{jour.year}-{jour.month:02}", **situer(auteur.fonction, alea)}
    if alea() < 0.8:
        reponses["fonction"] = auteur.fonction
    reponses["personne_informee"] = "oui" if alea() < 0.93 else "non"
    for code in _TOUJOURS_DITES:
        reponses[code] = getattr(personne, code)
    if personne.enfants and (personne.famille in ("f_couple_enf", "f_mono") or alea() < 0.6):
        reponses["enfants"] = personne.enfants
    for code, part in _REPONDUES.items():
        if alea() < part:
            reponses[code] = getattr(personne, code)
    decrire_autonomie(reponses, personne, non_recours, alea)
    consequences, reponses["intensite"] = constater(personne, non_recours, alea)
    if alea() < 0.78:
        reponses["consequences"] = consequences
    return reponses


def _ajouter_textes(
    reponses: dict, personne: Personne, non_recours: list[dict], precedent: str, alea: Alea
) -> None:
    """Add an account to two situations in five, never the same as the one before."""
    if alea() < 0.40:
        recit = raconter(personne, non_recours, alea)
        while recit == precedent:
            recit = raconter(personne, non_recours, alea)
        reponses["recit"] = recit
    if alea() < 0.21:
        reponses["proposition"] = proposer(non_recours, alea)


def _laisser_en_plan(reponses: dict, non_recours: list[dict], alea: Alea) -> tuple[dict, list]:
    """What a draft already holds: the first answers, perhaps the beginning of a right."""
    debut = list(reponses)[: 4 + int(alea() * 8)]
    premier = non_recours[0]
    gardes = [{"droit": premier["droit"], "type": premier["type"]}] if alea() < 0.5 else [{}]
    return {code: reponses[code] for code in debut}, gardes


@dataclass(frozen=True, slots=True)
class _Cadre:
    """What all the situations of a territory share."""

    genre: str
    metropole: bool
    jusqua: date
    alea: Alea


def _inventer(
    cadre: _Cadre, jour: date, auteur: PersonneDemo, categorie: str, motif_ecart: str, recit: str
) -> tuple[dict, list[dict]]:
    """Answers of a situation met by an author on a day: a public, its rights, a person.

    ``recit`` is the account that came before, not to be repeated.
    """
    alea = cadre.alea
    public = publics_rencontres(cadre.genre, categorie).tirer(alea)
    zone = zones(cadre.genre).tirer(alea)
    droits = tirer_droits(public, zone, alea)
    personne = inventer_personne(public, droits, zone, alea)
    ecoule = calendrier.mois_ecoules(jour, cadre.jusqua)
    issue = "is_refus" if motif_ecart == "pas_un_non_recours" else ""
    non_recours = [
        inventer_non_recours(droit, personne, ecoule, cadre.metropole, alea, issue)
        for droit in droits
    ]
    reponses = _repondre(jour, auteur, personne, non_recours, alea)
    _ajouter_textes(reponses, personne, non_recours, recit, alea)
    return reponses, non_recours


def _suivre(cadre: _Cadre, jour: date, statut: str, motif_ecart: str) -> dict:
    """The moments of a situation that was sent, and what the review wrote."""
    transmise_le = calendrier.moment_transmission(jour, cadre.jusqua, cadre.alea)
    suivi = {"statut": statut, "transmise_le": transmise_le, "validee_le": None}
    if statut == "validee":
        validee_le = calendrier.moment_validation(transmise_le, cadre.jusqua, cadre.alea)
        suivi["validee_le"] = validee_le
    elif statut == "a_completer":
        suivi["message"] = choisir(MESSAGES_A_COMPLETER, cadre.alea)
    elif statut == "ecartee":
        suivi["motif_ecart"] = motif_ecart
        suivi["message"] = choisir(MESSAGES_ECART[motif_ecart], cadre.alea)
    return suivi


def produire(
    territoire: TerritoireDemo, *, jusqua: date, graine: int = 2017
) -> Iterator[SituationFictive]:
    """Yield the ``territoire.nombre`` situations, in the order of the days they were met.

    ``jusqua``: nothing happens on that day or after it; months go back 23 before its own.
    Deterministic for a territory, a day and a seed.
    """
    hasard = Random(f"{graine}-{territoire.slug}")
    metropole = any(organisme.categorie == "METRO" for organisme in territoire.organismes)
    cadre = _Cadre(territoire.genre, metropole, jusqua, hasard.random)
    statuts = calendrier.statuts(territoire.nombre, hasard)
    tirer_auteur = _auteurs(territoire)
    recit, motifs = "", cycle(MESSAGES_ECART)
    for place, jour in enumerate(calendrier.jours(territoire.nombre, jusqua)):
        statut = statuts.get(place, "validee")
        motif_ecart = next(motifs) if statut == "ecartee" else ""
        auteur, categorie = tirer_auteur(cadre.alea)
        reponses, non_recours = _inventer(cadre, jour, auteur, categorie, motif_ecart, recit)
        recit = reponses.get("recit", recit)
        if statut == "brouillon":
            reponses, non_recours = _laisser_en_plan(reponses, non_recours, cadre.alea)
            suivi = {"statut": statut, "transmise_le": None, "validee_le": None}
        else:
            suivi = _suivre(cadre, jour, statut, motif_ecart)
        yield SituationFictive(reponses, non_recours, auteur.courriel, **suivi)


def generer(
    territoire: TerritoireDemo, *, jusqua: date, graine: int = 2017
) -> list[SituationFictive]:
    """All the situations of ``produire``, in one list of ``territoire.nombre``."""
    return list(produire(territoire, jusqua=jusqua, graine=graine))
