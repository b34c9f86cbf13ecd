"""Is a document a form that can be asked? Every defect is one French sentence."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields

from .elements import NON_RECOURS, SITUATION, Option, Question, Section
from .genres import GENRES
from .langue import cite

_VARIABLE = re.compile(r"[a-z][a-z0-9_]*")
_MODES = ("toutes", "une")
_SECTION = {"code", "titre", "portee", "questions"}


def forme(document: dict) -> list[str]:
    """What prevents the document from being read at all: properties missing or unknown."""
    phrases = _ecarts("Le formulaire", document, {"sections", "listes"}, set())
    if phrases:
        return phrases
    for section in document["sections"]:
        nom = f"La section {cite(str(section.get('code', '?')))}"
        phrases += _ecarts(nom, section, _SECTION, {"aide"})
        for question in section.get("questions", ()):
            nom = f"La question {cite(str(question.get('variable', '?')))}"
            phrases += _ecarts(nom, question, *_proprietes(Question))
    for liste, options in document["listes"].items():
        for option in options:
            nom = f"Une réponse de la liste {cite(liste)}"
            phrases += _ecarts(nom, option, {"code", "libelle"}, None)
    return phrases


def _proprietes(classe: type) -> tuple[set[str], set[str]]:
    """The names a dataclass requires, and those it merely allows."""
    requises = {
        f.name for f in fields(classe) if f.default is MISSING and f.default_factory is MISSING
    }
    return requises, {f.name for f in fields(classe)} - requises


def _ecarts(nom: str, lu: dict, requises: set[str], permises: set[str] | None) -> list[str]:
    """Sentences for missing properties, and unknown ones unless anything is allowed (None)."""
    phrases = [f"{nom} n’indique pas {cite(cle)}." for cle in sorted(requises - lu.keys())]
    if permises is not None:
        inconnues = sorted(map(str, lu.keys() - requises - permises))
        phrases += [f"{nom} porte une propriété inconnue, {cite(cle)}." for cle in inconnues]
    return phrases


def incoherences(sections: Sequence[Section], listes: Mapping[str, Sequence[Option]]) -> list[str]:
    """What prevents these sections from being asked, in the order of the form."""
    return [
        *_doublons(sections, listes),
        *(
            phrase
            for section in sections
            for question in section.questions
            for phrase in (*_genre(question, listes), *_bornes(question), *_modes(question))
        ),
        *_references(sections),
    ]


def _doublons(sections: Sequence[Section], listes: Mapping[str, Sequence[Option]]) -> Iterator[str]:
    for section in sections:
        if section.portee not in (SITUATION, NON_RECOURS):
            yield f"La section {cite(section.titre)} a une portée inconnue, {cite(section.portee)}."
    if sum(section.est_repetee for section in sections) > 1:
        yield "Une seule section peut être répétée pour chaque droit."
    for code in _repetes(section.code for section in sections):
        yield f"Deux sections portent le même code, {cite(code)}."
    for variable in _repetes(q.variable for section in sections for q in section.questions):
        yield f"La variable {cite(variable)} est posée deux fois."
    for nom, options in listes.items():
        for code in _repetes(option.code for option in options):
            yield f"La liste {cite(nom)} contient deux fois la réponse {cite(code)}."


def _repetes(valeurs: Iterator[str]) -> list[str]:
    return [valeur for valeur, effectif in Counter(valeurs).items() if effectif > 1]


def _genre(question: Question, listes: Mapping[str, Sequence[Option]]) -> Iterator[str]:
    nom = f"La question {cite(question.libelle)}"
    if not _VARIABLE.fullmatch(question.variable):
        yield (
            f"La variable {cite(question.variable)} s’écrit en minuscules sans accents, "
            "chiffres et traits bas, en commençant par une lettre."
        )
    genre = GENRES.get(question.genre)
    if genre is None:
        yield f"{nom} est d’un genre inconnu, {cite(question.genre)}."
    elif genre.a_liste and question.liste is None:
        yield f"{nom} n’a pas de liste de réponses."
    elif genre.a_liste and question.liste not in listes:
        yield f"{nom} emploie une liste absente, {cite(question.liste)}."
    elif genre.a_liste and len(listes[question.liste]) < 2:
        yield f"{nom} propose moins de deux réponses."
    elif not genre.a_liste and question.liste is not None:
        yield f"{nom} n’est pas un choix\u00a0: elle n’emploie pas de liste."


def _bornes(question: Question) -> Iterator[str]:
    if None not in (question.min, question.max) and question.min > question.max:
        yield (
            f"La question {cite(question.libelle)} a un minimum ({question.min}) "
            f"plus grand que son maximum ({question.max})."
        )


def _modes(question: Question) -> Iterator[str]:
    condition = question.condition
    if condition is None:
        return
    if condition.mode not in _MODES:
        yield (
            f"La question {cite(question.libelle)} a une condition de mode inconnu, "
            f"{cite(condition.mode)}."
        )
    if not condition.clauses or not all(clause.valeurs for clause in condition.clauses):
        yield f"La question {cite(question.libelle)} a une condition vide."


def _renvois(question: Question) -> Iterator[tuple[str, str]]:
    """What a question refers to: (how, variable)."""
    if question.condition:
        for clause in question.condition.clauses:
            yield "sa condition", clause.variable
    if question.filtre:
        for variable in question.filtre.variables:
            yield "son filtre", variable
    for variable in question.exclut:
        yield "son exclusion", variable
    if question.propose:
        yield "sa proposition", question.propose.variable


def _references(sections: Sequence[Section]) -> Iterator[str]:
    toutes = {q.variable: section for section in sections for q in section.questions}
    posees: set[str] = set()
    for section in sections:
        lisibles = set(posees)
        for question in section.questions:
            for renvoi, variable in _renvois(question):
                if variable not in lisibles:
                    yield _reproche(question, renvoi, variable, section, toutes)
            lisibles.add(question.variable)
        if not section.est_repetee:
            posees = lisibles


def _reproche(
    question: Question, renvoi: str, variable: str, section: Section, toutes: Mapping[str, Section]
) -> str:
    debut = f"La question {cite(question.libelle)}\u00a0: {renvoi} porte sur {cite(variable)}, "
    if variable not in toutes:
        return f"{debut}que le formulaire ne pose pas."
    if toutes[variable].est_repetee and not section.est_repetee:
        return f"{debut}qui est posée pour chaque droit et non pour la situation."
    return f"{debut}qui n’est pas posée avant elle."
