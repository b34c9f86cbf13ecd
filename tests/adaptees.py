"""Adapted forms in the database: published by gestures, read back, counted."""

from functools import partial

from django.test import Client

from pilotage.demande import Demande
from pilotage.lecture import lire_faits, variables_comptees, variables_locales
from pilotage.statistiques import DISTRIBUTIONS, Plan, Statistiques, calculer
from situations import adaptation
from situations.actions.adaptation import modifier_brouillon, ouvrir_brouillon, publier_brouillon
from situations.models import Situation, Version
from situations.moteur.relecture import relire
from situations.versions import definition_de
from tests.fenetre import Fenetre
from tests.gens import Gens
from tests.tableaux_lus import distributions

BOIS_FIOUL = [
    {"code": "ch_bois", "libelle": "Au bois"},
    {"code": "ch_fioul", "libelle": "Au fioul"},
]


def geste(fonction, *positions, **champs):
    """A gesture that receives the document first."""
    return lambda doc: fonction(doc, *positions, **champs)


def question(section: str, code: str, genre: str, libelle: str, **autres):
    """The gesture that adds a question."""
    champs = {"code": code, "genre": genre, "libelle": libelle, **autres}
    return geste(adaptation.ajouter_question, section, **champs)


def module(code: str):
    """The gesture that takes a ready-made module."""
    (trouve,) = [m for m in adaptation.modules() if m.code == code]
    return partial(adaptation.prendre_module, module=trouve)


CHAUFFAGE = question(
    "personne", "chauffage_vans", "choix", "Comment se chauffe-t-elle ?", options=BOIS_FIOUL
)
RETRAITE = {"mode": "une", "clauses": [{"variable": "age", "valeurs": ["a_65_74", "a_75p"]}]}
# One of each: a single choice, a conditioned one, several choices, a number, a choice and a right.
ADAPTATION = (
    CHAUFFAGE,
    question(
        "personne", "retraite_vans", "choix", "Sa retraite est-elle prise ?", liste="oui_non_nsp"
    ),
    geste(adaptation.definir_condition, "retraite_vans", RETRAITE),
    question(
        "personne",
        "trajets_vans",
        "choix_multiple",
        "Quels trajets fait-elle ?",
        options=BOIS_FIOUL,
    ),
    question(
        "personne",
        "pieces_vans",
        "entier",
        "Combien de pièces ?",
        min=0,
        max=9,
        classes=[[0, 2], [3, None]],
    ),
    question(
        "non_recours", "guichet_vans", "choix", "Le guichet est-il connu ?", liste="oui_non_nsp"
    ),
    geste(
        adaptation.ajouter_choix,
        "logement",
        libelle="Caravane sur terrain familial",
        code="l_caravane_vans",
        raffine="l_mobile",
    ),
    geste(
        adaptation.ajouter_droit,
        libelle="Épicerie sociale des Vans",
        code="epicerie_vans",
        domaine="ALIM",
        raffine="aide_alim",
        organismes=["CCAS"],
        nature="EXT",
        sensible=False,
    ),
)
LOCALES = {
    "chauffage_vans": "ch_bois",
    "retraite_vans": "oui",
    "trajets_vans": ["ch_bois"],
    "pieces_vans": 2,
    "logement": "l_caravane_vans",
}


def grossir(doc: dict) -> dict:
    """150 questions, 40 of them asked on a condition."""
    posees = sum(len(section["questions"]) for section in doc["sections"])
    for rang in range(150 - posees):
        doc = question(
            "personne", f"q{rang}_vans", "choix", f"Question {rang} ?", liste="oui_non_nsp"
        )(doc)
    for rang in range(1, 41):
        source = [{"variable": f"q{rang - 1}_vans", "valeurs": ["oui"]}]
        doc = adaptation.definir_condition(
            doc, f"q{rang}_vans", {"mode": "toutes", "clauses": source}
        )
    return doc


def editer(gens: Gens, *gestes) -> Version:
    """The draft of the territory after these gestures."""
    version = ouvrir_brouillon(territoire=gens.territoire, par=gens.animateur)
    for fait in gestes:
        version = modifier_brouillon(version=version, geste=fait, par=gens.animateur)
    return version


def publier_gestes(gens: Gens, *gestes) -> Version:
    """A version in force, made of the one in force by these gestures."""
    return publier_brouillon(version=editer(gens, *gestes), par=gens.animateur)


def photographie(situation: Situation) -> tuple:
    """All that an old situation displays: its answers, their words, the bytes of its page."""
    definition_de.cache_clear()
    situation = Situation.objects.get(pk=situation.pk)
    blocs = [ligne.get_reponses() for ligne in situation.non_recours_gardes()]
    reponses = situation.get_reponses()
    client = Client()
    client.force_login(situation.auteur)
    page = client.get(f"/situations/{situation.cle}/").content
    debut, fin = page.index(b'<div class="col-lg-8">'), page.index(b'<div class="col-lg-4">')
    sections = relire(definition_de(situation.version_id), reponses, blocs)
    return reponses, blocs, sections, page[debut:fin]


def en_mots(version: Version, reponses: dict) -> set[tuple[str, str]]:
    """(question, answer) in the words of a version, read from its document alone."""
    document = Version.objects.get(pk=version.pk).definition
    posees = {q["variable"]: q for section in document["sections"] for q in section["questions"]}
    couples = set()
    for variable, valeur in reponses.items():
        posee = posees[variable]
        options = document["listes"].get(posee["liste"], [])
        libelles = {option["code"]: option["libelle"] for option in options}
        for code in valeur if isinstance(valeur, list) else [valeur]:
            couples.add((posee["libelle"], libelles.get(code, str(code))))
    return couples


def statistiques(*peuples: Gens, noyau: bool = False) -> Statistiques:
    """The exact figures of these territories."""
    territoires = frozenset(gens.territoire.pk for gens in peuples)
    return calculer(
        lire_faits(territoires, variables_comptees(territoires)),
        Demande(),
        territoires=territoires,
        noyau=noyau,
        plan=Plan(
            distributions=(
                *DISTRIBUTIONS,
                *([] if noyau else variables_locales(territoires, publiables=False)),
            )
        ),
    )


def effectifs(variable: str, *peuples: Gens, noyau: bool = False) -> dict[str, int]:
    """What these territories count together for this variable, zeros aside."""
    lignes = statistiques(*peuples, noyau=noyau).distributions[variable].lignes
    return {ligne.code: ligne.effectif for ligne in lignes if ligne.effectif}


def tableau(fenetre: Fenetre, titre: str) -> dict[str, str]:
    """The lines of a distribution of the page: label → count, as written."""
    (trouve,) = [table for nom, _, table in distributions(fenetre) if nom == titre]
    return {
        ligne.tous("th")[0].dit.strip(" ×"): effectif.dit
        for ligne in trouve.tous("tr")
        for effectif in ligne.tous("td")
        if "effectif" in effectif["class"].split()
    }
