"""When a question is asked: a sentence built by menus, one clause after the other."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from situations import adaptation
from situations.actions.adaptation import ModifieEntreTemps
from situations.adaptation import GesteImpossible
from situations.moteur.langue import cite
from situations.views.formulaire.atelier import (
    PAGE,
    Atelier,
    element_question,
    empreinte_question,
    question_de,
    sur_brouillon,
)
from situations.views.formulaire.conflit import ecarts_de_question
from situations.views.formulaire.lecture import condition_en_mots
from situations.views.formulaire.questions import DISPARUE

CLAUSES_MAX = 12


@dataclass(frozen=True)
class ClauseVue:
    """One « si [question] est [réponses] »: the question chosen and the answers to tick."""

    rang: int
    variable: str
    valeurs: list[str]
    groupes: list[tuple[str, list[dict]]]
    est_connue: bool


@sur_brouillon
def modifier(request, atelier: Atelier, variable: str) -> HttpResponse:
    """The sentence; each button posts it whole, and only one saves."""
    question = question_de(atelier.document, variable)
    if question is None:
        messages.error(request, DISPARUE)
        return atelier.vers()
    if request.method != "POST":
        return _montrer(request, atelier, question, question["condition"])
    condition, toujours = _postee(request.POST)
    action, _, rang = request.POST.get("action", "").partition(":")
    if action != "enregistrer":
        if action == "ajouter" and len(condition["clauses"]) < CLAUSES_MAX:
            condition["clauses"].append({"variable": "", "valeurs": []})
        if action == "retirer" and rang.isdigit() and int(rang) < len(condition["clauses"]):
            del condition["clauses"][int(rang)]
        return _montrer(request, atelier, question, condition, toujours=toujours)
    retenue, reproches = _a_retenir(atelier, condition, toujours)
    if reproches:
        return _montrer(request, atelier, question, condition, toujours, reproches=reproches)
    return _enregistrer(request, atelier, question, condition, retenue)


def _enregistrer(request, atelier, question, condition, retenue) -> HttpResponse:
    variable = question["variable"]

    def geste(document: dict) -> dict:
        return adaptation.definir_condition(document, variable, retenue)

    try:
        atelier.appliquer(
            geste, element=element_question(variable), attendu=request.POST.get("empreinte", "")
        )
    except ModifieEntreTemps as conflit:
        if question_de(conflit.document, variable) is None:
            messages.error(request, DISPARUE)
            return atelier.vers()
        ecarts = ecarts_de_question(geste(conflit.document), conflit.document, variable)
        if ecarts:
            return _montrer(request, atelier, question, condition, retenue is None, ecarts=ecarts)
    except GesteImpossible as erreur:
        return _montrer(
            request, atelier, question, condition, retenue is None, reproches=[erreur.phrase]
        )
    messages.success(request, "Le brouillon sait maintenant quand poser cette question.")
    return atelier.vers(ancre=f"question-{variable}")


def _postee(donnees) -> tuple[dict, bool]:
    """The condition as posted, complete or not, and whether « à chaque fois » is chosen."""
    clauses = [
        {
            "variable": donnees.get(f"clause-{rang}-variable", ""),
            "valeurs": donnees.getlist(f"clause-{rang}-valeurs"),
        }
        for rang in range(CLAUSES_MAX)
        if f"clause-{rang}-variable" in donnees
    ]
    mode = "une" if donnees.get("mode") == "une" else "toutes"
    return {"mode": mode, "clauses": clauses}, donnees.get("posee") != "si"


def _a_retenir(atelier, condition: dict, toujours: bool) -> tuple[dict | None, list[str]]:
    """The condition to keep, None for « à chaque fois », and what is missing in it."""
    if toujours:
        return None, []
    clauses = [clause for clause in condition["clauses"] if clause["variable"]]
    if not clauses:
        return None, ["Choisissez une question, puis les réponses qui font poser celle-ci."]
    retenues, reproches = [], []
    for clause in clauses:
        question = question_de(atelier.document, clause["variable"])
        options = atelier.document["listes"].get((question or {}).get("liste") or "", [])
        valeurs = [o["code"] for o in options if o["code"] in clause["valeurs"]]
        if not valeurs:
            libelle = question["libelle"] if question else clause["variable"]
            reproches.append(f"Cochez au moins une réponse à {cite(libelle)}.")
        retenues.append({"variable": clause["variable"], "valeurs": valeurs})
    return {"mode": condition["mode"], "clauses": retenues}, reproches


def eligibles(document: dict, variable: str) -> list[tuple[str, list[dict]]]:
    """The questions that may decide whether `variable` is asked, by section: those asked before
    it, with choices; what is asked for each right decides only for that right."""
    groupes = []
    for section in document["sections"]:
        ici = any(q["variable"] == variable for q in section["questions"])
        questions = []
        for question in section["questions"]:
            if question["variable"] == variable:
                break
            if question["liste"]:
                questions.append(question)
        if questions and (ici or section["portee"] != "non_recours"):
            groupes.append((section["titre"], questions))
        if ici:
            break
    return groupes


def _montrer(
    request, atelier, question, condition, toujours=None, *, reproches=(), ecarts=()
) -> HttpResponse:
    groupes = eligibles(atelier.document, question["variable"])
    condition = condition or {"mode": "toutes", "clauses": []}
    toujours = not condition["clauses"] if toujours is None else toujours
    clauses = condition["clauses"] or [{"variable": "", "valeurs": []}]
    complete = [c for c in clauses if c["variable"] and c["valeurs"]]
    phrase = condition_en_mots(
        atelier.document,
        {"condition": {**condition, "clauses": complete} if complete and not toujours else None},
    )
    return render(
        request,
        "formulaire/condition.html",
        {
            **PAGE,
            "atelier": atelier,
            "question": question,
            "groupes": groupes,
            "clauses": [
                _clause(atelier.document, groupes, rang, clause)
                for rang, clause in enumerate(clauses)
            ],
            "mode": condition["mode"],
            "toujours": toujours,
            "phrase": phrase,
            "empreinte": empreinte_question(atelier.document, question["variable"]),
            "reproches": reproches,
            "ecarts": ecarts,
        },
        status=409 if ecarts else 200,
    )


def _clause(document: dict, groupes, rang: int, clause: dict) -> ClauseVue:
    permises = {q["variable"]: q for _, questions in groupes for q in questions}
    question = permises.get(clause["variable"])
    options = document["listes"][question["liste"]] if question else []
    return ClauseVue(
        rang=rang,
        variable=clause["variable"],
        valeurs=clause["valeurs"],
        groupes=_par_domaine(options),
        est_connue=question is not None or not clause["variable"],
    )


def _par_domaine(options: list[dict]) -> list[tuple[str, list[dict]]]:
    """The answers, under the heading of their domain when they are rights."""
    groupes: dict[str, list[dict]] = {}
    for option in options:
        groupes.setdefault(option.get("domaine_libelle", ""), []).append(option)
    return list(groupes.items())
