"""Any form filled page by page with generated answers, and what must be counted of them."""

from collections import Counter

from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st

from situations.brouillon import Etape
from situations.calendrier import en_mois
from situations.models import Situation, Version
from situations.moteur.conditions import criteres, est_offerte, est_visible
from situations.moteur.definition import Definition
from situations.moteur.formulaires import donnees_du_formulaire
from situations.moteur.genres import GENRES
from situations.versions import definition_de
from tests.fenetre import Fenetre
from tests.gens import Gens

TEXTE = "sans suite"


def tirer_reponses(draw, definition: Definition) -> tuple[dict, dict]:
    """Answers complete enough to be transmitted: the situation's, and those of one right."""
    reponses: dict = {}
    bloc: dict = {}
    for section in definition.sections:
        connues, siennes = dict(reponses), bloc if section.est_repetee else reponses
        for posee in section.questions:
            if not est_visible(posee, connues) or not (posee.obligatoire or draw(st.booleans())):
                continue
            valeur = _tirer_valeur(draw, definition, posee, connues)
            if valeur is not None:
                connues[posee.variable] = siennes[posee.variable] = valeur
    return reponses, bloc


def _tirer_valeur(draw, definition: Definition, posee, connues: dict):
    if posee.genre == "mois":
        return en_mois(timezone.localdate())
    if GENRES[posee.genre].est_texte:
        return TEXTE[: posee.max]
    if posee.genre == "entier":
        debut = posee.min if posee.min is not None else min(0, posee.max or 0)
        return draw(st.integers(debut, posee.max if posee.max is not None else debut + 50))
    exclus = {code for v in posee.exclut for code in _codes(connues.get(v))}
    admis = criteres(posee.filtre, connues)
    offertes = [
        option
        for option in definition.options(posee)
        if option.code not in exclus and est_offerte(option, posee.filtre, admis)
    ]
    if not offertes:
        return None
    choisie = draw(st.sampled_from(offertes))
    return [choisie.code] if GENRES[posee.genre].est_multiple else choisie.code


def remplir(gens: Gens, reponses: dict, bloc: dict) -> Situation:
    """Fills and transmits on the version in force, one page after the other, as a browser does."""
    client = Client()
    client.force_login(gens.travail)
    adresse = f"/territoires/{gens.territoire.slug}/situations/nouvelle/"
    cle = client.post(adresse)["Location"].split("/")[2]
    for section in definition_de(Situation.objects.get(cle=cle).version_id).sections:
        _poster_etape(client, cle, section, bloc if section.est_repetee else reponses)
    fenetre = Fenetre(client, f"/situations/{cle}/transmettre/")
    fenetre.cliquer("Transmettre au comité technique")
    assert "/transmise/" in fenetre.adresse, fenetre.texte
    return Situation.objects.get(cle=cle)


def _poster_etape(client: Client, cle: str, section, reponses: dict) -> None:
    situation = Situation.objects.get(cle=cle)
    rangs = [1] if section.est_repetee else []
    prefixe = "nr1-" if rangs else ""
    donnees = donnees_du_formulaire(definition_de(situation.version_id), section, reponses, prefixe)
    adresse = f"/situations/{cle}/saisie/{section.code}/"
    assert client.get(adresse).status_code == 200
    postees = {"empreinte": Etape(situation, section).empreinte(), "blocs": rangs}
    reponse = client.post(adresse, {**donnees, **postees, "action": "continuer"})
    assert reponse.status_code == 302, Fenetre(client, adresse).texte


def _codes(valeur) -> list[str]:
    if valeur is None:
        return []
    return [str(code) for code in valeur] if isinstance(valeur, list) else [str(valeur)]


def _posees(questions: list[dict], reponses: dict, connues: dict) -> dict[str, dict]:
    """Naively: the questions answered and asked; `connues` gains their answers."""
    lues = {}
    for posee in questions:
        condition = posee["condition"]
        tests = [
            bool(set(_codes(connues.get(clause["variable"]))) & set(clause["valeurs"]))
            for clause in (condition or {"clauses": []})["clauses"]
        ]
        visible = not condition or (all if condition["mode"] == "toutes" else any)(tests)
        if visible and posee["variable"] in reponses:
            lues[posee["variable"]] = posee
            connues[posee["variable"]] = reponses[posee["variable"]]
    return lues


def _paires(posees: dict[str, dict], reponses: dict) -> frozenset[tuple[str, str]]:
    paires = set()
    for variable, posee in posees.items():
        valeur = reponses[variable]
        if posee["genre"] == "entier":
            for debut, fin in posee["classes"] or ():
                if debut <= valeur <= (valeur if fin is None else fin):
                    paires.add((variable, f"{debut}+" if fin is None else f"{debut}-{fin}"))
        elif not posee["genre"].startswith("texte"):
            paires |= {(variable, code) for code in _codes(valeur)}
    return frozenset(paires)


def lecture_naive(situation: Situation) -> tuple[frozenset, list[frozenset]]:
    """What must be counted, read from the rows and the document of the situation's own version."""
    document = Version.objects.get(pk=situation.version_id).definition
    reponses = situation.get_reponses()
    lues: dict = {}
    connues: dict = {}
    blocs = []
    for section in document["sections"]:
        if section["portee"] == "situation":
            lues |= _posees(section["questions"], reponses, connues)
            continue
        for ligne in situation.non_recours_gardes():
            bloc = ligne.get_reponses()
            blocs.append(_paires(_posees(section["questions"], bloc, dict(connues)), bloc))
    return _paires(lues, reponses), blocs


def comptes_naifs(gens: Gens) -> dict[str, Counter]:
    """variable → how many situations, or rights, gave each answer in this territory."""
    comptes: dict[str, Counter] = {}
    for situation in Situation.objects.filter(territoire=gens.territoire).exclude(
        statut__in=("brouillon", "ecartee")
    ):
        propres, blocs = lecture_naive(situation)
        for variable, code in (paire for lues in (propres, *blocs) for paire in lues):
            comptes.setdefault(variable, Counter())[code] += 1
    return comptes
