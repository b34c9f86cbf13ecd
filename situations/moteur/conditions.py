"""Which questions are asked and which options are offered, given the answers so far."""

from collections.abc import Collection, Iterable, Mapping

from .definition import Definition
from .elements import Filtre, Option, Question, Section

_MODES = {"toutes": all, "une": any}

# An option whose attribute is this one is offered whatever the filter says.
TOUJOURS = "*"
# « Ne sait pas », in the list of types as in the others: it filters nothing out.
INDETERMINE = "nsp"


def codes_de(valeur: object) -> frozenset[str]:
    """The codes that an answer holds, as text; empty when unanswered."""
    if valeur is None:
        return frozenset()
    if isinstance(valeur, list | tuple):
        return frozenset(map(str, valeur))
    return frozenset((str(valeur),))


def est_repondue(valeur: object) -> bool:
    """Whether a stored value is an answer; zero is one, an empty text or list is not."""
    return valeur is not None and valeur != "" and valeur != []


def est_visible(question: Question, reponses: Mapping, bloc: Mapping | None = None) -> bool:
    """Whether `question` is asked, given the situation's answers and those of its block."""
    if question.condition is None:
        return True
    bloc = bloc or {}
    return _MODES[question.condition.mode](
        not codes_de(bloc.get(clause.variable, reponses.get(clause.variable))).isdisjoint(
            clause.valeurs
        )
        for clause in question.condition.clauses
    )


def etat(
    questions: Iterable[Question], reponses: Mapping, connues: Mapping
) -> tuple[frozenset[str], dict]:
    """Walk `questions` in order.

    `connues` are the answers already known to count. Returns the variables that are asked, and
    `connues` with the answers of those: a hidden question counts as unanswered.
    """
    visibles, connues = set(), dict(connues)
    for question in questions:
        if est_visible(question, connues):
            visibles.add(question.variable)
            if est_repondue(reponses.get(question.variable)):
                connues[question.variable] = reponses[question.variable]
    return frozenset(visibles), connues


def connues_avant(definition: Definition, section: Section, reponses: Mapping) -> dict:
    """The situation's answers that count when `section` is reached."""
    connues: dict = {}
    for precedente in definition.sections:
        if precedente.code == section.code:
            break
        if not precedente.est_repetee:
            _, connues = etat(precedente.questions, reponses, connues)
    return connues


def retirer_cachees(
    definition: Definition, reponses: Mapping, non_recours: Iterable[Mapping]
) -> tuple[dict, list[dict]]:
    """The answers without those of hidden questions, nor of variables foreign to the definition.

    Transitive: a question that depends on a hidden one is judged as if that one were unanswered.
    """
    situation: dict = {}
    for section in definition.sections:
        if not section.est_repetee:
            _, situation = etat(section.questions, reponses, situation)
    repetee = definition.section_non_recours
    if repetee is None:
        return situation, [{} for _ in non_recours]
    avant = connues_avant(definition, repetee, reponses)
    blocs = []
    for bloc in non_recours:
        _, connues = etat(repetee.questions, bloc, avant)
        variables = (question.variable for question in repetee.questions)
        blocs.append({variable: connues[variable] for variable in variables if variable in connues})
    return situation, blocs


def criteres(filtre: Filtre | None, connues: Mapping) -> frozenset[str] | None:
    """The attribute values that a filter lets through; None when it lets everything through."""
    if filtre is None:
        return None
    codes = frozenset().union(*(codes_de(connues.get(v)) for v in filtre.variables))
    indetermine = any(code.casefold() == INDETERMINE for code in codes)
    return None if indetermine or not codes else codes


def est_offerte(option: Option, filtre: Filtre | None, admis: Collection[str] | None) -> bool:
    """Whether the option passes the filter, `admis` being what `criteres` answered."""
    if filtre is None or admis is None:
        return True
    valeurs = option.valeurs(filtre.attribut) or (TOUJOURS,)
    return TOUJOURS in valeurs or any(valeur in admis for valeur in valeurs)
