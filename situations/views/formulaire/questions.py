"""A question of the draft: chosen among kinds, written, changed, placed elsewhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from situations import adaptation
from situations.actions.adaptation import ModifieEntreTemps
from situations.adaptation import GesteImpossible
from situations.forms_formulaire import NouvelleQuestionForm, QuestionForm
from situations.moteur.elements import AUTRE
from situations.moteur.langue import cite
from situations.views.formulaire.atelier import (
    PAGE,
    Atelier,
    element_question,
    empreinte_question,
    postees,
    question_de,
    section_de,
    section_qui_pose,
    sur_brouillon,
)
from situations.views.formulaire.brouillon import code_de_question
from situations.views.formulaire.choix import EditeurDeChoix
from situations.views.formulaire.conflit import ecarts_de_question
from situations.views.formulaire.lecture import condition_en_mots
from situations.views.formulaire.mots import (
    GENRES_PAR_CLE,
    GENRES_PROPOSES,
    GenreEnMots,
    genre_en_mots,
    majuscule,
)

HABITANTS_POUR_ETRE_NOMMEE = 2000
DISPARUE = "Cette question n’est plus dans le brouillon\u00a0: quelqu’un vient de la retirer."


@sur_brouillon
def ajouter(request, atelier: Atelier) -> HttpResponse:
    """First the kind of question, then its words."""
    section = section_de(atelier.document, request.GET.get("section", ""))
    if section is None:
        return atelier.vers()
    genre = GENRES_PAR_CLE.get(request.GET.get("genre", ""))
    contexte = {**PAGE, "atelier": atelier, "section": section, "genre": genre}
    if genre is None:
        return render(request, "formulaire/genres.html", {**contexte, "genres": GENRES_PROPOSES})
    form = NouvelleQuestionForm(postees(request), genre=genre.genre, a_options=genre.a_options)
    if form.is_valid():
        try:
            variable = _ajouter(atelier, section, genre, form)
        except GesteImpossible as erreur:
            form.add_error(None, erreur.phrase)
        else:
            messages.success(request, f"{cite(form.cleaned_data['libelle'])} est ajoutée.")
            if request.POST.get("action") == "condition":
                return atelier.vers("condition", variable)
            return atelier.vers(ancre=f"question-{variable}")
    return render(request, "formulaire/nouvelle.html", {**contexte, "form": form})


def _ajouter(atelier: Atelier, section: dict, genre: GenreEnMots, form) -> str:
    """Adds the question and answers its variable."""
    variable = code_de_question(atelier, form.cleaned_data["libelle"])
    options, liste = None, genre.liste
    if genre.a_options:
        options = _options(atelier, form.cleaned_data["options"])
    elif liste == "communes" and liste not in atelier.document["listes"]:
        options = _communes(atelier.territoire)
    atelier.appliquer(
        lambda document: adaptation.ajouter_question(
            document,
            section["code"],
            genre=genre.genre,
            code=variable,
            liste=liste,
            options=options,
            **form.changements(),
        )
    )
    return variable


def _options(atelier: Atelier, libelles: list[str]) -> list[dict]:
    """Choices from their labels; « autre » and « ne sait pas » are known by their usual codes."""
    usuels = {"autre": AUTRE, "ne sait pas": "nsp"}
    pris: set[str] = set()
    options = []
    for libelle in libelles:
        code = usuels.get(libelle.casefold()) or adaptation.code_libre(
            libelle, territoire=atelier.territoire.slug, pris=pris
        )
        pris.add(code)
        options.append({"code": code, "libelle": libelle, "exclusif": code == "nsp"})
    return options


def _communes(territoire) -> list[dict]:
    """The communes large enough to be named, then all the others as one."""
    nommees = territoire.communes.filter(population__gte=HABITANTS_POUR_ETRE_NOMMEE)
    return [
        *({"code": f"c{code}", "libelle": nom} for code, nom in nommees.values_list("code", "nom")),
        {"code": "autre_commune", "libelle": "Une autre commune du territoire"},
        {"code": "nsp", "libelle": "Ne sait pas", "exclusif": True},
    ]


@sur_brouillon
def modifier(request, atelier: Atelier, variable: str) -> HttpResponse:
    """The words, the limits and the choices of a question; every button saves all of them."""
    question = question_de(atelier.document, variable)
    if question is None:
        return _disparue(request, atelier)
    form = _formulaire(request, atelier, question)
    choix = EditeurDeChoix(atelier, question, request.POST)
    if not form.is_valid():
        return _montrer(request, atelier, question, form, choix)

    def geste(document: dict) -> dict:
        document = adaptation.modifier_question(document, variable, **form.changements())
        return choix.composer(document)

    try:
        atelier.appliquer(
            geste, element=element_question(variable), attendu=request.POST.get("empreinte", "")
        )
    except ModifieEntreTemps as conflit:
        if question_de(conflit.document, variable) is None:
            return _disparue(request, atelier)
        ecarts = ecarts_de_question(geste(conflit.document), conflit.document, variable)
        if ecarts:
            return _montrer(request, atelier, question, form, choix, ecarts)
    except GesteImpossible as erreur:
        form.add_error(None, erreur.phrase)
        return _montrer(request, atelier, question, form, choix)
    return _suite(request, atelier, variable)


def _formulaire(request, atelier: Atelier, question: dict) -> QuestionForm:
    return QuestionForm(
        postees(request),
        genre=question["genre"],
        noyau=question["noyau"],
        toujours=_est_exigee(atelier, question),
        initial={**question, "tranches": _tranches(question)},
    )


def _suite(request, atelier: Atelier, variable: str) -> HttpResponse:
    action, _, code = request.POST.get("action", "").partition(":")
    if action == "condition":
        return atelier.vers("condition", variable)
    if action in ("monter", "descendre"):
        return atelier.vers("question", variable, ancre=f"choix-{code}")
    if action in ("ajouter-choix", "retirer", "remettre"):
        return atelier.vers("question", variable, ancre="choix")
    messages.success(request, "La question est enregistrée dans le brouillon.")
    return atelier.vers(ancre=f"question-{variable}")


def _disparue(request, atelier: Atelier) -> HttpResponse:
    messages.error(request, DISPARUE)
    return atelier.vers()


def _est_exigee(atelier: Atelier, question: dict) -> bool:
    originale = question_de(atelier.noyau, question["variable"]) if question["noyau"] else None
    return bool(originale and originale["obligatoire"])


def _tranches(question: dict) -> str:
    return ", ".join(str(debut) for debut, _ in question["classes"] or [])


def _montrer(request, atelier, question, form, choix, ecarts=()) -> HttpResponse:
    return render(
        request,
        "formulaire/question.html",
        {
            **PAGE,
            "atelier": atelier,
            "question": question,
            "section": section_qui_pose(atelier.document, question["variable"]),
            "genre": genre_en_mots(question),
            "condition": majuscule(condition_en_mots(atelier.document, question)),
            "form": form,
            "choix": choix,
            "empreinte": empreinte_question(atelier.document, question["variable"]),
            "ecarts": ecarts,
        },
        status=409 if ecarts else 200,
    )


@sur_brouillon
def placer(request, atelier: Atelier, variable: str) -> HttpResponse:
    """Any other place of the form, in a section that is asked as often."""
    question = question_de(atelier.document, variable)
    if question is None:
        return _disparue(request, atelier)
    depart = section_qui_pose(atelier.document, variable)
    groupes = [
        (section["titre"], _places(section, variable))
        for section in atelier.document["sections"]
        if section["portee"] == depart["portee"]
    ]
    return render(
        request,
        "formulaire/placer.html",
        {**PAGE, "atelier": atelier, "question": question, "groupes": groupes},
    )


def _places(section: dict, variable: str) -> list[tuple[str, str]]:
    """(code of the gesture, words) of each place of a section, the question itself aside."""
    autres = [q for q in section["questions"] if q["variable"] != variable]
    debut = f"placer-question:{variable}:{section['code']}"
    return [(f"{debut}:0", "Au début")] + [
        (f"{debut}:{rang}", f"Après {cite(q['libelle'])}") for rang, q in enumerate(autres, start=1)
    ]
