"""One non-recours: the right, its type and motives, how it goes and how it ends."""

from functools import cache
from math import exp

from .droits import DROITS, organisme_competent
from .motifs import (
    ACTION,
    AUTRES_TYPES,
    CHOISIS,
    DYNAMIQUE,
    ETAPE,
    MOTIFS,
    OBSTACLE,
    TYPES,
    motifs,
)
from .personne import Personne
from .textes_precisions import DROITS_A_QUALIFIER, MOTIFS_A_QUALIFIER
from .tirage import Alea, Tirage, choisir, lire, ordonner, rangs

OUVERTS = ("is_ouvert", "is_rappel", "is_partiel")
OBSTACLES = rangs(
    "ob_num ob_mob_phys ob_mob_geo ob_mob_psy ob_langue ob_pieces ob_delais ob_joindre ob_domic "
    "ob_banque autre ob_aucun nsp"
)
ACTIONS = rangs(
    "act_info act_simul act_dossier act_num act_orient act_accomp act_appel act_recours "
    "act_mediateur act_cellule act_urgence act_refus act_aucune autre"
)

_ANCIENNETES = {
    "dy_jamais": "an_jamais:30 an_2ap:20 an_1_2a:16 an_6_12:14 an_3_6:9 an_1_3:6 an_m1:2 nsp:4",
    "dy_rupture": "an_m1:8 an_1_3:28 an_3_6:26 an_6_12:20 an_1_2a:10 an_2ap:4 nsp:3",
    "dy_renouv": "an_m1:6 an_1_3:25 an_3_6:26 an_6_12:24 an_1_2a:13 an_2ap:4 nsp:3",
    "dy_inutilise": "an_1_3:4 an_3_6:7 an_6_12:9 an_1_2a:6 an_2ap:2 nsp:1",
    "nsp": "an_3_6:3 an_6_12:4 an_1_2a:4 an_2ap:2 nsp:5",
}
_ANCIENNETE = {code: Tirage(poids) for code, poids in _ANCIENNETES.items()}
_ETENDUE = Tirage("ed_total:88 ed_partiel:6 nsp:6")
_ELIGIBILITE = Tirage("el_averee:34 el_probable:49 el_verifier:17")
_ELIGIBILITE_OUVERTE = Tirage("el_averee:8 el_probable:2")
_ELIGIBILITE_REFUSEE = Tirage("el_verifier:6 el_probable:4")
_ISSUE_SANS_ACTION = Tirage("is_sans:5 is_cours:2 is_perdu:2 nsp:2")
_ISSUE_AIDE_REFUSEE = Tirage("is_abandon:6 is_sans:2 is_cours:2 is_perdu:1")
_DEMANDE_EN_COURS = Tirage("oui:5 non:4 nsp:1")
_DEMANDE_SANS_SUITE = Tirage("non:7 oui:2 nsp:1.5")
_DELAIS = (("de_m1", 0, 3, 1), ("de_1_3", 1, 5, 4), ("de_3_6", 3, 3, 5), ("de_6p", 6, 0.8, 4))
_ANCIENS = ("an_6_12", "an_1_2a", "an_2ap")


@cache
def issues(ecoule: int) -> Tirage:
    """Draw of the outcome after ``ecoule`` months: the longer ago, the fewer still pending."""
    en_cours = 0.08 + 0.78 * exp(-ecoule / 7)
    closes = lire(
        "is_ouvert:38 is_rappel:10 is_partiel:6 is_refus:7 is_conteste:4 is_abandon:11 "
        "is_perdu:9 is_sans:9 nsp:6"
    )
    total = sum(closes.values())
    return Tirage(
        {"is_cours": en_cours}
        | {code: (1 - en_cours) * valeur / total for code, valeur in closes.items()}
    )


@cache
def _delai(ecoule: int, lent: bool) -> Tirage:
    """Draw of the time to open: never longer than the time elapsed."""
    poids = {code: lente if lent else vite for code, mois, vite, lente in _DELAIS if ecoule >= mois}
    return Tirage(poids | {"nsp": 0.2})


def _type_et_motifs(reponses: dict, droit: str, alea: Alea) -> None:
    type_ = DROITS[droit].types.tirer(alea)
    reponses["type"] = type_
    types = [type_]
    if type_ != "NSP" and alea() < 0.42:
        tirage = AUTRES_TYPES[type_]
        types += [tirage.tirer(alea) for _ in range(1 if alea() < 0.8 else 2)]
        reponses["types_secondaires"] = ordonner(types[1:], TYPES)
    motif = motifs(type_, droit).tirer(alea)
    reponses["motif_principal"] = motif
    if motif == "autre":
        reponses["motif_precision"] = choisir(MOTIFS_A_QUALIFIER, alea)
    if type_ != "NSP" and motif != "nsp" and alea() < 0.45:
        autres = {
            motifs(types[int(alea() * len(types))], droit, True).tirer(alea)
            for _ in range(1 if alea() < 0.7 else 2)
        } - {motif}
        if autres:
            reponses["motifs_secondaires"] = ordonner(autres, MOTIFS)


def _deroulement(reponses: dict, personne: Personne, metropole: bool, alea: Alea) -> None:
    type_, motif = reponses["type"], reponses["motif_principal"]
    if alea() < 0.72:
        reponses["etape"] = (ETAPE.get(motif) or ETAPE[type_]).tirer(alea)
    if alea() < 0.88:
        competent = organisme_competent(reponses["droit"], metropole, personne.agricole)
        reponses["organisme"] = competent.tirer(alea)
    if alea() < 0.70:
        reponses["etendue"] = "ed_partiel" if motif == "nr_partiel" else _ETENDUE.tirer(alea)
    dynamique = (DYNAMIQUE.get(motif) or DYNAMIQUE[type_]).tirer(alea)
    reponses["anciennete"] = _ANCIENNETE[dynamique].tirer(alea)
    reponses["dynamique"] = dynamique


def _obstacles(motif: str, personne: Personne, alea: Alea) -> list[str]:
    """Practical obstacles: the motive's own, then those of the place and of the person."""
    trouves = []
    if motif in OBSTACLE:
        trouves.append(OBSTACLE[motif].tirer(alea))
    if personne.zone == "z_rural" and alea() < 0.30:
        trouves.append("ob_mob_geo")
    if alea() < (0.34 if personne.agee else 0.17):
        trouves.append("ob_num")
    if personne.agee and alea() < 0.18:
        trouves.append("ob_mob_phys")
    if personne.public == "etrangers" and alea() < 0.45:
        trouves.append("ob_langue")
    if personne.logement in ("l_rue", "l_mobile", "l_heberge") and alea() < 0.22:
        trouves.append("ob_domic" if alea() < 0.8 else "ob_banque")
    if not trouves:
        trouves.append("ob_aucun" if alea() < 0.8 else "nsp")
    return ordonner(trouves, OBSTACLES)


def _actions(type_: str, motif: str, alea: Alea) -> list[str]:
    if alea() < 0.03:
        return ["act_aucune"]
    tirage = ACTION[type_]
    nombre = 1 + (alea() < 0.62) + (alea() < 0.25)
    faites = [tirage.tirer(alea) for _ in range(nombre)]
    if motif in CHOISIS and alea() < 0.5:
        faites = ["act_info", "act_refus"]
    return ordonner(faites, ACTIONS)


def _issue(reponses: dict, ecoule: int, alea: Alea) -> str:
    if "act_aucune" in reponses["actions"]:
        return _ISSUE_SANS_ACTION.tirer(alea)
    if "act_refus" in reponses["actions"]:
        return _ISSUE_AIDE_REFUSEE.tirer(alea)
    issue = issues(ecoule).tirer(alea)
    droit = DROITS[reponses["droit"]]
    if issue == "is_rappel" and (droit.enjeu is None or reponses["anciennete"] == "an_m1"):
        return "is_ouvert"
    return issue


def _suites(reponses: dict, ecoule: int, alea: Alea) -> None:
    issue = reponses["issue"]
    if alea() < 0.70:
        decidee = issue in (*OUVERTS, "is_refus", "is_conteste")
        demandee = reponses["type"] == "NR" and reponses["motif_principal"] != "nr_inacheve"
        if decidee or demandee:
            reponses["demande_deposee"] = "oui"
        else:
            tirage = _DEMANDE_EN_COURS if issue == "is_cours" else _DEMANDE_SANS_SUITE
            reponses["demande_deposee"] = tirage.tirer(alea)
    if issue in OUVERTS and alea() < 0.80:
        lent = reponses["type"] == "NR" or reponses["anciennete"] in _ANCIENS
        reponses["delai_ouverture"] = _delai(min(ecoule, 6), lent).tirer(alea)
    if issue == "is_partiel" and "etendue" in reponses:
        reponses["etendue"] = "ed_partiel"
    if alea() < 0.55:
        soumis = reponses["motif_principal"] in ("nr_interorga", "no_renvoi") and alea() < 0.75
        reponses["cellule"] = "oui" if soumis else "non"


def _eligibilite(issue: str, alea: Alea) -> str:
    if issue in OUVERTS:
        return _ELIGIBILITE_OUVERTE.tirer(alea)
    if issue == "is_refus":
        return _ELIGIBILITE_REFUSEE.tirer(alea)
    return _ELIGIBILITE.tirer(alea)


def inventer_non_recours(
    droit: str,
    personne: Personne,
    ecoule: int,
    metropole: bool,
    alea: Alea,
    issue_imposee: str = "",
) -> dict[str, str | list[str]]:
    """Answers of one non-recours to ``droit``, met ``ecoule`` months before the last day.

    ``metropole``: whether a metropolis exercises the social competence of the département;
    ``issue_imposee``: an outcome already known (a refusal, for what was no non-recours).
    """
    reponses: dict[str, str | list[str]] = {"droit": droit}
    if droit == "autre":
        reponses["droit_precision"] = choisir(DROITS_A_QUALIFIER, alea)
    _type_et_motifs(reponses, droit, alea)
    _deroulement(reponses, personne, metropole, alea)
    enjeu = DROITS[droit].enjeu
    if enjeu is not None and alea() < 0.66:
        reponses["enjeu"] = enjeu.tirer(alea)
    if alea() < 0.68:
        reponses["obstacles"] = _obstacles(reponses["motif_principal"], personne, alea)
    reponses["actions"] = _actions(reponses["type"], reponses["motif_principal"], alea)
    reponses["issue"] = issue_imposee or _issue(reponses, ecoule, alea)
    reponses["eligibilite"] = _eligibilite(reponses["issue"], alea)
    _suites(reponses, ecoule, alea)
    return reponses
