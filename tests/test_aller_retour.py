"""Whatever the form and the answers, what is typed is what is stored, shown again and read back."""

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from situations.anonymat import doutes, refus
from situations.calendrier import bornes_observation
from situations.models import Situation
from situations.moteur.definition import Definition
from situations.moteur.formulaires import donnees_du_formulaire
from situations.moteur.langue import mois_en_lettres, mois_entre
from situations.moteur.verification import manques
from tests.definitions import (
    document_option,
    document_question,
    document_section,
    documents,
    reponses_pour,
)
from tests.fenetre import Fenetre
from tests.saisies import COMITE, commencer, etape, poser_version, situation_de

MOIS_POSSIBLES = mois_entre(*bornes_observation(timezone.localdate()))


@st.composite
def fiches(draw) -> tuple[dict, dict, list[dict]]:
    """A form that can be published, and answers to it that can be transmitted.

    Nothing but the month and the right is required, so that any answer may be left out.
    """
    document = draw(documents())
    for section in document["sections"]:
        for question in section["questions"]:
            question["obligatoire"] = question["variable"] == "droit"
    document["sections"][0]["questions"].insert(
        0, document_question("mois_observation", "mois", obligatoire=True)
    )
    definition = Definition.depuis(document)
    reponses: dict = {}
    blocs: list[dict] = []
    for section in definition.sections:
        if section.est_repetee:
            blocs = draw(st.lists(reponses_pour(definition, section), min_size=1, max_size=3))
        else:
            reponses |= draw(reponses_pour(definition, section))
    for bloc in (reponses, *blocs):
        for variable in bloc:
            if definition.question(variable).genre == "mois":
                bloc[variable] = draw(st.sampled_from(MOIS_POSSIBLES))
    reponses["mois_observation"] = draw(st.sampled_from(MOIS_POSSIBLES))
    _rendre_transmissible(definition, reponses, blocs)
    textes = [v for bloc in (reponses, *blocs) for v in bloc.values() if isinstance(v, str)]
    assume(not any(refus(texte) or doutes(texte) for texte in textes))
    return document, reponses, blocs


def _rendre_transmissible(definition: Definition, reponses: dict, blocs: list[dict]) -> None:
    """Takes away the answers that contradict one another, until none does."""
    mois_min, mois_max = bornes_observation(timezone.localdate())
    while trouves := manques(definition, reponses, blocs, mois_min=mois_min, mois_max=mois_max):
        fautif = trouves[0]
        bloc = blocs[fautif.rang - 1] if fautif.rang else reponses
        if fautif.variable == "droit":
            bloc["droit"] = "autre"
        else:
            del bloc[fautif.variable]


def posees(definition: Definition, reponses: dict, blocs: list[dict]) -> tuple[dict, list[dict]]:
    """Naively: the answers to the questions that are asked, conditions judged one after another."""

    def garder(section, repondues: dict, connues: dict) -> dict:
        for question in section.questions:
            condition = question.condition
            ouverte = condition is None or {"toutes": all, "une": any}[condition.mode](
                set(clause.valeurs) & _ensemble(connues.get(clause.variable))
                for clause in condition.clauses
            )
            if ouverte and question.variable in repondues:
                connues[question.variable] = repondues[question.variable]
        return connues

    gardees: dict = {}
    blocs_gardes: list[dict] = []
    for section in definition.sections:
        if section.est_repetee:
            variables = {question.variable for question in section.questions}
            blocs_gardes = [
                {v: x for v, x in garder(section, bloc, dict(gardees)).items() if v in variables}
                for bloc in blocs
            ]
        else:
            gardees = garder(section, reponses, gardees)
    return gardees, blocs_gardes


def _ensemble(valeur) -> set[str]:
    if valeur is None:
        return set()
    return {str(code) for code in (valeur if isinstance(valeur, list) else [valeur])}


def taper(fenetre: Fenetre, definition: Definition, reponses: dict, blocs: list[dict]) -> None:
    """Types everything, step after step, as a browser with a script posts it."""
    etape(fenetre, definition.section_non_recours.code)
    for _ in blocs[1:]:
        fenetre.cliquer("+ Ajouter un autre droit")
    for section in definition.sections:
        etape(fenetre, section.code)
        donnees = fenetre.donnees(fenetre.id("saisie")) | {"action": ["continuer"]}
        donnees.pop("sans_script")
        for prefixe, bloc in _par_prefixe(section, reponses, blocs):
            for nom, valeurs in donnees_du_formulaire(definition, section, bloc, prefixe).items():
                donnees[nom] = [valeur.replace("\n", "\r\n") for valeur in valeurs]
        reponse = fenetre.client.post(fenetre.adresse, donnees)
        assert reponse.status_code == 302, reponse.content.decode()


def _par_prefixe(section, reponses: dict, blocs: list[dict]) -> list[tuple[str, dict]]:
    if section.est_repetee:
        return [(f"nr{rang}-", bloc) for rang, bloc in enumerate(blocs, 1)]
    return [("", reponses)]


def verifier_stockage(situation: Situation, reponses: dict, blocs: list[dict]) -> None:
    situation = Situation.objects.get(pk=situation.pk)
    assert situation.get_reponses() == reponses
    assert [ligne.get_reponses() for ligne in situation.non_recours.all()] == blocs


def verifier_saisie(fenetre: Fenetre, definition: Definition, reponses, blocs) -> None:
    """Each step shows again exactly what was typed."""
    for section in definition.sections:
        etape(fenetre, section.code)
        montrees = fenetre.donnees(fenetre.id("saisie"))
        for prefixe, bloc in _par_prefixe(section, reponses, blocs):
            attendues = donnees_du_formulaire(definition, section, bloc, prefixe)
            for question in section.questions:
                nom = f"{prefixe}{question.variable}"
                lues = [v.replace("\r\n", "\n") for v in montrees.get(nom, []) if v]
                # On the page, choices are grouped by what they follow.
                assert sorted(lues) == sorted(attendues.get(nom, [])), nom


def verifier_lecture(fenetre: Fenetre, definition: Definition, reponses, blocs) -> None:
    """The page of the situation says each answer in words, in the order of the form."""
    lues = []
    for liste in fenetre.classe("relue"):
        for ligne in liste.tous("div"):
            (dt,), (dd,) = ligne.tous("dt"), ligne.tous("dd")
            puces = [li.texte for li in dd.tous("li")]
            lues.append((dt.texte, puces or [dd.texte]))
    assert lues == [
        (question.libelle, en_mots(definition, question, bloc[question.variable]))
        for section in definition.sections
        for _, bloc in _par_prefixe(section, reponses, blocs)
        for question in section.questions
        if question.variable in bloc
    ]


def en_mots(definition: Definition, question, valeur) -> list[str]:
    if question.genre == "mois":
        return [mois_en_lettres(valeur)]
    if question.genre == "entier":
        return [f"{valeur:,}".replace(",", "\u202f")]
    if question.liste is None:
        return [valeur.replace("\n", " ")]
    libelles = {option.code: option.libelle for option in definition.options(question)}
    return [libelles[code] for code in (valeur if isinstance(valeur, list) else [valeur])]


def test_what_is_typed_is_stored_shown_and_read_back_for_every_kind_of_question(vans):
    @settings(
        max_examples=15,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(fiches())
    def essayer(fiche):
        with transaction.atomic():
            _un_aller_retour(vans, *fiche)
            transaction.set_rollback(True)

    essayer()


def _un_aller_retour(gens, document: dict, reponses: dict, blocs: list[dict]) -> None:
    poser_version(gens, document)
    definition = Definition.depuis(document)
    fenetre = commencer(gens, gens.travail)
    situation = situation_de(fenetre)

    taper(fenetre, definition, reponses, blocs)
    verifier_stockage(situation, reponses, blocs)
    verifier_saisie(fenetre, definition, reponses, blocs)

    fenetre.ouvrir(f"/situations/{situation.cle}/transmettre/").cliquer(COMITE)
    assert fenetre.adresse.endswith("/transmise/"), fenetre.texte
    gardees, blocs_gardes = posees(definition, reponses, blocs)
    verifier_stockage(situation, gardees, blocs_gardes)
    fenetre.suivre("Voir cette situation")
    verifier_lecture(fenetre, definition, gardees, blocs_gardes)


def test_a_form_of_all_the_kinds_with_answers_made_to_break_things(vans):
    piege = '« 12 % » <b>d’aide</b> & "l\'autre"\n\n{{ x }} \\n 𝄞 é e\u0301'
    options = [document_option(code, f"<i>{code}</i> & 'Cie'") for code in ("a", "b", "autre")]
    longue = [document_option(f"o{rang}", f"Option {rang}") for rang in range(20)]
    questions = [
        document_question("mois_observation", "mois", obligatoire=True),
        document_question("q_choix", "choix", liste="courte"),
        document_question("q_deroulante", "choix", liste="longue"),
        document_question("q_multiple", "choix_multiple", liste="longue", max=5),
        document_question("q_echelle", "echelle", liste="courte"),
        document_question("q_commune", "commune", liste="longue"),
        document_question("q_entier", "entier"),
        document_question("q_zero", "entier", min=0, max=9, classes=[[0, 4], [5, None]]),
        document_question("q_court", "texte_court"),
        document_question("q_long", "texte_long"),
    ]
    bloc = [
        document_question("droit", "droit", liste="droits", obligatoire=True),
        document_question("nr_long", "texte_long"),
    ]
    document = {
        "sections": [
            document_section("tout", questions),
            document_section("non_recours", bloc, "non_recours"),
        ],
        "listes": {"courte": options, "longue": longue, "droits": options},
    }
    reponses = {
        "mois_observation": MOIS_POSSIBLES[-1],
        "q_choix": "a",
        "q_deroulante": "o13",
        "q_multiple": ["o0", "o7", "o19"],
        "q_echelle": "b",
        "q_commune": "o2",
        "q_entier": -1234567,
        "q_zero": 0,
        "q_court": piege.replace("\n", " "),
        "q_long": piege,
    }
    blocs = [{"droit": "a", "nr_long": piege}, {"droit": "autre", "nr_long": "fin"}]
    _un_aller_retour(vans, document, reponses, blocs)
