"""What is judged across questions when a form must be complete. Each rule answers a sentence."""

from collections.abc import Callable, Iterator, Mapping

from .conditions import codes_de, criteres, est_offerte, est_repondue
from .definition import Definition
from .elements import Option, Question
from .genres import GENRES
from .langue import cite, compter

Regle = Callable[[Definition, Question, object, Mapping], str | None]


def obligatoire(
    _definition: Definition, question: Question, valeur: object, _connues: Mapping
) -> str | None:
    """An answer is required."""
    if not question.obligatoire or est_repondue(valeur):
        return None
    return f"{GENRES[question.genre].consigne}\u00a0: cette question est obligatoire."


def filtre(
    definition: Definition, question: Question, valeur: object, connues: Mapping
) -> str | None:
    """The options chosen pass the question's filter: a motive goes with one of the types."""
    admis = criteres(question.filtre, connues)
    if admis is None:
        return None
    for option in _choisies(definition, question, valeur):
        if not est_offerte(option, question.filtre, admis):
            sources = [definition.question(v) for v in question.filtre.variables if v in connues]
            return (
                f"{cite(option.libelle)} ne va pas avec votre réponse à "
                f"{cite(sources[0].libelle)} ({_enumerer(definition, sources, connues)})\u00a0: "
                "choisissez une des réponses proposées, ou changez l’autre réponse."
            )
    return None


def exclusion(
    definition: Definition, question: Question, valeur: object, connues: Mapping
) -> str | None:
    """No option is chosen that another question, named in `exclut`, already has."""
    for variable in question.exclut:
        prises = codes_de(connues.get(variable))
        for option in _choisies(definition, question, valeur):
            if option.code in prises:
                return (
                    f"{cite(option.libelle)} est déjà votre réponse à "
                    f"{cite(definition.question(variable).libelle)}\u00a0: ne la donnez pas deux fois."
                )
    return None


def exclusivite(
    definition: Definition, question: Question, valeur: object, _connues: Mapping
) -> str | None:
    """« Ne sait pas », « aucun… » stand alone."""
    choisies = list(_choisies(definition, question, valeur))
    seule = next((option for option in choisies if option.exclusif), None)
    if seule is None or len(choisies) == 1:
        return None
    return (
        f"{cite(seule.libelle)} ne se combine avec aucune autre réponse\u00a0: "
        "gardez-la seule, ou décochez-la."
    )


def effectif(
    _definition: Definition, question: Question, valeur: object, _connues: Mapping
) -> str | None:
    """No more options are ticked than allowed."""
    if not isinstance(valeur, list) or question.max is None or len(valeur) <= question.max:
        return None
    return (
        f"Vous avez coché {compter(len(valeur), 'réponse')}, {question.max} au plus sont "
        f"possibles\u00a0: décochez-en {len(valeur) - question.max}."
    )


REGLES: tuple[Regle, ...] = (obligatoire, filtre, exclusion, exclusivite, effectif)


def premier_reproche(
    definition: Definition, question: Question, valeur: object, connues: Mapping
) -> str | None:
    """The first rule broken by an answer, as a sentence saying what to do; None when none is."""
    reproches = (regle(definition, question, valeur, connues) for regle in REGLES)
    return next((reproche for reproche in reproches if reproche), None)


def _choisies(definition: Definition, question: Question, valeur: object) -> Iterator[Option]:
    if question.liste is None:
        return
    codes = codes_de(valeur)
    yield from (option for option in definition.options(question) if option.code in codes)


def _enumerer(definition: Definition, sources: list[Question], connues: Mapping) -> str:
    return ", ".join(
        cite(texte)
        for source in sources
        for texte in GENRES[source.genre].lire(
            source, definition.options(source), connues[source.variable]
        )
    )
