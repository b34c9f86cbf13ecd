"""The draft: sections and questions as they will be asked, moved, duplicated, hidden, taken back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from situations import adaptation
from situations.actions.adaptation import abandonner_brouillon
from situations.adaptation import GesteImpossible
from situations.models import Variable, Version
from situations.moteur.langue import cite
from situations.views.formulaire.atelier import (
    PAGE,
    Atelier,
    question_de,
    questions_de,
    section_de,
    section_qui_pose,
    sur_brouillon,
)
from situations.views.formulaire.lecture import sections_lues
from situations.views.formulaire.mots import duree_en_mots


@sur_brouillon
def montrer(request, atelier: Atelier) -> HttpResponse:
    """The list, or one of its gestures: « monter-question:age », « placer-question:age:personne:3 »."""
    if request.method == "POST":
        return _agir(request, atelier)
    sections = sections_lues(atelier.document)
    soucis = {}
    for probleme in atelier.problemes:
        soucis.setdefault(probleme["cle"], []).append(probleme["phrase"])
    return render(
        request,
        "formulaire/brouillon.html",
        {
            **PAGE,
            "atelier": atelier,
            "sections": [
                (
                    section,
                    soucis.get(f"section:{section.code}", []),
                    [(q, soucis.get(f"question:{q.variable}", [])) for q in section.questions],
                )
                for section in sections
            ],
            "duree": duree_en_mots(adaptation.duree_estimee(atelier.document)),
            "absentes": absentes(atelier, retirees(request, atelier)),
        },
    )


@sur_brouillon
def abandonner(request, atelier: Atelier) -> HttpResponse:
    """Erases the draft once confirmed; the form in force does not change."""
    if request.method == "POST":
        abandonner_brouillon(version=atelier.version, par=request.user)
        messages.success(
            request, "Le brouillon est abandonné. Le formulaire en vigueur n’a pas changé."
        )
        return redirect("situations:formulaire", atelier.territoire.slug)
    return render(request, "formulaire/abandonner.html", {**PAGE, "atelier": atelier})


def absentes(atelier: Atelier, retirees: list[dict]) -> list[dict]:
    """The questions known here that the draft does not ask, each with what it takes to ask it
    again: the noyau's, then those of a published version, then those just removed."""
    posees = {question["variable"] for question in questions_de(atelier.document)}
    connues: dict[str, dict] = {}
    for document in (*_documents_connus(atelier), *retirees):
        for section in document["sections"]:
            for question in section["questions"]:
                if question["variable"] not in posees:
                    connues.setdefault(
                        question["variable"],
                        {"question": question, "section": section, "listes": document["listes"]},
                    )
    return list(connues.values())


def _documents_connus(atelier: Atelier) -> list[dict]:
    publiees = Version.objects.filter(
        formulaire=atelier.version.formulaire, publiee_le__isnull=False
    ).order_by("-numero")
    return [atelier.noyau, *publiees.values_list("definition", flat=True)]


def retirees(request, atelier: Atelier) -> list[dict]:
    """What this person removed from this draft and nothing else remembers, as documents."""
    memoire = request.session.get("retirees", {})
    return memoire.get(str(atelier.version.pk), [])


def _retenir(request, atelier: Atelier, nom: str, code: str) -> None:
    """Remembers what is about to be removed, so that it can be asked again."""
    document = atelier.document
    section = section_de(document, code) if nom == "retirer-section" else None
    porteuse = section or section_qui_pose(document, code)
    if porteuse is None:
        return
    questions = [q for q in porteuse["questions"] if section or q["variable"] == code]
    listes = {q["liste"]: document["listes"][q["liste"]] for q in questions if q["liste"]}
    retenu = {"sections": [{**porteuse, "questions": questions}], "listes": listes}
    gardees = [retenu, *retirees(request, atelier)][:RETENUES_MAX]
    request.session["retirees"] = {str(atelier.version.pk): gardees}


def _agir(request, atelier: Atelier) -> HttpResponse:
    nom, _, reste = request.POST.get("geste", "").partition(":")
    if nom not in GESTES and nom != "reprendre":
        return atelier.vers()
    try:
        if nom == "reprendre":
            ancre, phrase = _reprendre(atelier, reste, retirees(request, atelier))
        else:
            ancre, phrase = GESTES[nom](atelier, reste)
    except GesteImpossible as erreur:
        messages.error(request, erreur.phrase)
        return atelier.vers()
    if nom in ("retirer-question", "retirer-section"):
        _retenir(request, atelier, nom, reste)
    if phrase:
        messages.success(request, phrase)
    return atelier.vers(ancre=ancre)


def _decaler_question(pas: int) -> Callable[[Atelier, str], tuple[str, str]]:
    def geste(atelier: Atelier, variable: str) -> tuple[str, str]:
        def decaler(document: dict) -> dict:
            section = section_qui_pose(document, variable)
            if section is None:
                raise GesteImpossible(DISPARUE)
            rang = [q["variable"] for q in section["questions"]].index(variable) + pas
            return adaptation.deplacer_question(
                document,
                variable,
                section=section["code"],
                rang=min(max(rang, 0), len(section["questions"]) - 1),
            )

        document = atelier.appliquer(decaler)
        codes = [q["variable"] for q in section_qui_pose(document, variable)["questions"]]
        return _bouton("question", variable, pas, codes), ""

    return geste


def _decaler_section(pas: int) -> Callable[[Atelier, str], tuple[str, str]]:
    def geste(atelier: Atelier, code: str) -> tuple[str, str]:
        def decaler(document: dict) -> dict:
            codes = [section["code"] for section in document["sections"]]
            if code not in codes:
                raise GesteImpossible(DISPARUE)
            rang = min(max(codes.index(code) + pas, 0), len(codes) - 1)
            return adaptation.deplacer_section(document, code, rang)

        document = atelier.appliquer(decaler)
        codes = [section["code"] for section in document["sections"]]
        return _bouton("section", code, pas, codes), ""

    return geste


def _bouton(nature: str, code: str, pas: int, codes: list[str]) -> str:
    """The anchor of the button just used, or of its neighbour when the item is at the end."""
    bout = codes[0] if pas < 0 else codes[-1]
    sens = ("descendre" if pas < 0 else "monter") if bout == code else SENS[pas]
    return f"{sens}-{nature}-{code}"


def _placer_question(atelier: Atelier, reste: str) -> tuple[str, str]:
    variable, section, rang = _trois(reste)
    atelier.appliquer(
        lambda document: adaptation.deplacer_question(
            document, variable, section=section, rang=rang
        )
    )
    return f"question-{variable}", ""


def _trois(reste: str) -> tuple[str, str, int]:
    code, _, suite = reste.partition(":")
    section, _, rang = suite.partition(":")
    if not rang.isascii() or not rang.isdigit() or len(rang) > 4:
        raise GesteImpossible("Cette place n’existe pas\u00a0: choisissez-en une dans la liste.")
    return code, section, int(rang)


def _dupliquer(atelier: Atelier, variable: str) -> tuple[str, str]:
    question = _question(atelier, variable)
    code = code_de_question(atelier, question["libelle"])
    atelier.appliquer(lambda document: adaptation.dupliquer_question(document, variable, code=code))
    return (
        f"question-{code}",
        f"{cite(question['libelle'])} est dupliquée\u00a0: modifiez la copie.",
    )


def _retirer_question(atelier: Atelier, variable: str) -> tuple[str, str]:
    question = _question(atelier, variable)
    section = section_qui_pose(atelier.document, variable)
    atelier.appliquer(lambda document: adaptation.retirer_question(document, variable))
    fait = "n’est plus posée" if question["noyau"] else "est retirée"
    return f"section-{section['code']}", f"{cite(question['libelle'])} {fait}."


def _reprendre(atelier: Atelier, variable: str, memoire: list[dict]) -> tuple[str, str]:
    connues = absentes(atelier, memoire)
    connue = next((a for a in connues if a["question"]["variable"] == variable), None)
    if connue is None:
        raise GesteImpossible("Cette question est déjà posée.")
    atelier.appliquer(
        lambda document: adaptation.reprendre_question(
            document, connue["question"], _section_d_accueil(document, connue), connue["listes"]
        )
    )
    return f"question-{variable}", f"{cite(connue['question']['libelle'])} est de nouveau posée."


def _section_d_accueil(document: dict, connue: dict) -> str:
    """Its former section, or the first that is asked as often."""
    origine = connue["section"]
    if section_de(document, origine["code"]):
        return origine["code"]
    return next(s["code"] for s in document["sections"] if s["portee"] == origine["portee"])


def _retirer_section(atelier: Atelier, code: str) -> tuple[str, str]:
    section = section_de(atelier.document, code)
    if section is None:
        raise GesteImpossible(DISPARUE)
    atelier.appliquer(lambda document: adaptation.retirer_section(document, code))
    return "sections", f"La section {cite(section['titre'])} est retirée."


def _question(atelier: Atelier, variable: str) -> dict:
    question = question_de(atelier.document, variable)
    if question is None:
        raise GesteImpossible(DISPARUE)
    return question


def code_de_question(atelier: Atelier, libelle: str) -> str:
    """A code that no variable has had, here or elsewhere."""
    pris = {q["variable"] for q in questions_de(atelier.document)}
    return adaptation.code_libre(
        libelle,
        territoire=atelier.territoire.slug,
        pris=pris | set(Variable.objects.values_list("code", flat=True)),
    )


DISPARUE = "Cet élément vient d’être retiré du brouillon par quelqu’un d’autre."
RETENUES_MAX = 30
SENS = {-1: "monter", 1: "descendre"}
GESTES = {
    "monter-question": _decaler_question(-1),
    "descendre-question": _decaler_question(1),
    "monter-section": _decaler_section(-1),
    "descendre-section": _decaler_section(1),
    "placer-question": _placer_question,
    "dupliquer": _dupliquer,
    "retirer-question": _retirer_question,
    "retirer-section": _retirer_section,
}
