"""What changes in one question, in sentences."""

from collections.abc import Callable, Iterator

from situations.moteur.elements import Question
from situations.moteur.genres import GENRES
from situations.moteur.langue import cite, nombre

from .document import questions
from .phrases import phrase_condition
from .relations import relations


def nom_de(question: dict) -> str:
    """The label of a question between quotation marks; its code while it has none."""
    return cite(question["libelle"] or question["variable"])


def changements(avant: dict, apres: dict, ancienne: dict, nouvelle: dict) -> Iterator[str]:
    """What changed in a question that both documents ask, its place apart."""
    for nom, dire in _PHRASES.items():
        if ancienne[nom] != nouvelle[nom]:
            yield dire(ancienne, nouvelle)
    if ancienne["condition"] != nouvelle["condition"]:
        yield (
            f"{nom_de(nouvelle)} est maintenant {_affichage(apres, nouvelle)} "
            f"(auparavant\u00a0: {_affichage(avant, ancienne)})."
        )
    bornes = [[q[nom] for nom in ("min", "max")] for q in (ancienne, nouvelle)]
    if bornes[0] != bornes[1]:
        limites = [cite(limite_en_mots(q)) for q in (ancienne, nouvelle)]
        yield f"{nom_de(nouvelle)}\u00a0: la consigne {limites[0]} devient {limites[1]}."
    yield from _liens(avant, apres, ancienne, nouvelle)


def _liens(avant: dict, apres: dict, ancienne: dict, nouvelle: dict) -> Iterator[str]:
    """Changed relations, unless they follow from questions added or removed."""
    communes = questions(avant).keys() & questions(apres).keys()
    liens = relations(ancienne, communes), relations(nouvelle, communes)
    if liens[0]["filtre"] != liens[1]["filtre"]:
        yield f"{nom_de(nouvelle)}\u00a0: les choix proposés ne suivent plus les mêmes réponses."
    if liens[0]["exclut"] != liens[1]["exclut"]:
        yield f"{nom_de(nouvelle)}\u00a0: les réponses qui ne peuvent être données deux fois changent."
    if liens[0]["propose"] != liens[1]["propose"]:
        yield f"{nom_de(nouvelle)}\u00a0: la réponse proposée d’avance change."


def _affichage(doc: dict, question: dict) -> str:
    condition = question["condition"]
    return (
        "toujours affichée" if condition is None else f"affichée {phrase_condition(doc, condition)}"
    )


def limite_en_mots(question: dict) -> str:
    """« Un nombre entier, entre 0 et 30. », « 3 réponses au plus. » or « Sans limite »."""
    genre = GENRES.get(question["genre"])
    return (genre.limite(Question.depuis(question)) if genre else "") or "Sans limite"


def _aide(ancienne: dict, nouvelle: dict) -> str:
    nom, avant, apres = nom_de(nouvelle), ancienne["aide"], nouvelle["aide"]
    if not apres:
        return f"{nom}\u00a0: aide retirée, {cite(avant)}."
    if not avant:
        return f"{nom}\u00a0: aide ajoutée, {cite(apres)}."
    return f"{nom}\u00a0: l’aide {cite(avant)} devient {cite(apres)}."


def _classes(ancienne: dict, nouvelle: dict) -> str:
    avant, apres = (_classes_en_mots(q["classes"]) for q in (ancienne, nouvelle))
    return f"{nom_de(nouvelle)} est maintenant {apres} (auparavant\u00a0: {avant})."


def _classes_en_mots(classes: list | None) -> str:
    if classes is None:
        return "sans classes de comptage"
    mots = [
        f"{nombre(debut)} et plus" if fin is None else f"{nombre(debut)} à {nombre(fin)}"
        for debut, fin in classes
    ]
    return f"comptée par classes ({', '.join(mots)})"


def _selon(propriete: str, oui: str, non: str) -> Callable[[dict, dict], str]:
    return lambda _avant, apres: f"{nom_de(apres)} {oui if apres[propriete] else non}."


_PHRASES: dict[str, Callable[[dict, dict], str]] = {
    "libelle": lambda avant, apres: f"{nom_de(avant)} devient {nom_de(apres)}.",
    "aide": _aide,
    "obligatoire": _selon("obligatoire", "devient obligatoire", "devient facultative"),
    "noyau": _selon("noyau", "entre dans le socle commun", "ne fait plus partie du socle commun"),
    "doit_etre_posee": _selon(
        "doit_etre_posee", "doit maintenant être posée partout", "peut maintenant être retirée"
    ),
    "sensible": _selon(
        "sensible", "est maintenant une donnée sensible", "n’est plus une donnée sensible"
    ),
    "genre": lambda _avant, apres: f"{nom_de(apres)} change de genre de réponse.",
    "liste": lambda _avant, apres: f"{nom_de(apres)} propose une autre liste de choix.",
    "classes": _classes,
}
