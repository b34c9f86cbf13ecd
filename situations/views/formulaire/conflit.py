"""What two people wrote of the same item, side by side."""

from dataclasses import dataclass

from situations.views.formulaire.lecture import condition_en_mots


@dataclass(frozen=True)
class Ecart:
    """One thing that differs: as typed here, as saved by someone else."""

    quoi: str
    ici: str
    ailleurs: str


def ecarts_de_question(ici: dict, ailleurs: dict, variable: str) -> list[Ecart]:
    """What differs of a question between two documents, its choices included."""
    lues = [_lire(document, variable) for document in (ici, ailleurs)]
    return [
        Ecart(quoi, lues[0].get(quoi, ""), lues[1].get(quoi, ""))
        for quoi in dict.fromkeys((*lues[0], *lues[1]))
        if lues[0].get(quoi, "") != lues[1].get(quoi, "")
    ]


def _lire(document: dict, variable: str) -> dict[str, str]:
    question = next(
        (q for s in document["sections"] for q in s["questions"] if q["variable"] == variable), None
    )
    if question is None:
        return {"Question": "retirée du brouillon"}
    options = document["listes"].get(question["liste"] or "", [])
    return {
        "Question": question["libelle"],
        "Aide": question["aide"] or "Aucune",
        "Réponse obligatoire": "Oui" if question["obligatoire"] else "Non",
        "Minimum": _borne(question["min"]),
        "Maximum": _borne(question["max"]),
        "Tranches": str(question["classes"] or "Aucune"),
        "Posée": condition_en_mots(document, question) or "à chaque fois",
        "Réponses proposées": " · ".join(_choix(option) for option in options) or "Aucune",
    }


def _borne(borne: int | None) -> str:
    return "Aucun" if borne is None else str(borne)


def _choix(option: dict) -> str:
    precision = option["precision"]
    return f"{option['libelle']} ({precision})" if precision else option["libelle"]
