"""Ready-made groups of questions, taken in one gesture; a territory can make its own section one."""

from dataclasses import asdict, dataclass

from situations.moteur.elements import NON_RECOURS, SITUATION, Question
from situations.moteur.langue import cite
from situations.noyau import lire, lire_condition, listes

from .document import (
    GesteImpossible,
    copier,
    est_du_noyau,
    est_locale,
    mot,
    propre,
    questions,
    section,
)
from .gestes_sections import code_de_section
from .relations import delier, sources, variables_de_condition

# What the file cannot say in a column.
DESCRIPTIONS = {
    "aspa": "Ce qui retient de demander le minimum vieillesse\u00a0: succession, résidence, compte.",
    "bourses": "Le parcours de l’élève et de sa famille vers la bourse.",
    "cellule": "Ce que la cellule technique doit savoir d’un blocage entre organismes.",
    "rdv_droits": (
        "La grille d’entretien du rendez-vous des droits\u00a0: chaque domaine de droits, légaux et "
        "extra-légaux, passé en revue avec la personne."
    ),
}


@dataclass(frozen=True, slots=True)
class Module:
    """`situation` and `non_recours` are question documents, asked once or for each right.

    `listes` holds the options of every list they use.
    """

    code: str
    titre: str
    description: str
    situation: list[dict]
    non_recours: list[dict]
    listes: dict[str, list[dict]]

    @property
    def questions(self) -> list[dict]:
        """All its questions, those of the situation first."""
        return [*self.situation, *self.non_recours]

    def document(self) -> dict:
        """A JSON document that `depuis` reads back."""
        return asdict(self)

    @classmethod
    def depuis(cls, document: dict) -> "Module":
        """The module of a document written by `document`."""
        return cls(**copier(document))


def modules() -> list[Module]:
    """The modules that the application brings, in the order of their file."""
    lignes: dict[str, list[dict]] = {}
    for ligne in lire("modules"):
        lignes.setdefault(ligne["module"], []).append(ligne)
    return [_lire_module(code, groupe) for code, groupe in lignes.items()]


def _lire_module(code: str, lignes: list[dict]) -> Module:
    utilisees = dict.fromkeys(ligne["liste"] for ligne in lignes if ligne["liste"])
    return Module(
        code,
        lignes[0]["titre"],
        DESCRIPTIONS[code],
        *(
            [_question(ligne) for ligne in lignes if ligne["portee"] == portee]
            for portee in (SITUATION, NON_RECOURS)
        ),
        copier({liste: listes()[liste] for liste in utilisees}),
    )


def _question(ligne: dict) -> dict:
    question = Question(
        variable=ligne["code"],
        genre=ligne["type"],
        libelle=ligne["libelle"],
        aide=ligne["aide"],
        liste=ligne["liste"] or None,
    )
    return question.document() | {"condition": lire_condition(ligne["condition"])}


def prendre_module(doc: dict, module: Module) -> dict:
    """The form with the module's questions that it does not ask yet.

    Those of the situation make a section of their own; those of each right follow the others.
    Raises GesteImpossible when there is nothing to take.
    """
    doc = copier(doc)
    posees = questions(doc)
    a_poser, par_droit = (
        [copier(q) for q in liste if q["variable"] not in posees]
        for liste in (module.situation, module.non_recours)
    )
    if not a_poser and not par_droit:
        raise GesteImpossible(
            f"Le module {cite(module.titre)} est déjà dans le formulaire\u00a0: rechargez la page."
        )
    if par_droit:
        _section_des_droits(doc)["questions"] += par_droit
    if a_poser:
        nouvelle = {
            "code": code_de_section(doc, module.titre),
            "titre": module.titre,
            "aide": "",
            "portee": SITUATION,
            "questions": a_poser,
        }
        doc["sections"].insert(_rang(doc, a_poser), nouvelle)
    for question in (*a_poser, *par_droit):
        if question["liste"] is not None:
            doc["listes"].setdefault(question["liste"], copier(module.listes[question["liste"]]))
    delier(doc)
    return doc


def _section_des_droits(doc: dict) -> dict:
    for candidate in doc["sections"]:
        if candidate["portee"] == NON_RECOURS:
            return candidate
    raise GesteImpossible(
        "Le formulaire n’a pas de section posée pour chaque droit\u00a0: ce module n’y a pas sa place."
    )


def _rang(doc: dict, nouvelles: list[dict]) -> int:
    """Before the section of rights when all that the new questions read is known there."""
    siennes = {q["variable"] for q in nouvelles}
    lues = {v for q in nouvelles for v in _lues(q)} - siennes
    connues: set[str] = set()
    for rang, candidate in enumerate(doc["sections"]):
        if candidate["portee"] == NON_RECOURS:
            return rang if lues <= connues else len(doc["sections"])
        connues |= {q["variable"] for q in candidate["questions"]}
    return len(doc["sections"])


def _lues(question: dict) -> list[str]:
    return [*variables_de_condition(question), *sources(question)]


def module_depuis_section(doc: dict, code: str, *, titre: str, description: str = "") -> Module:
    """The local questions of a section, as a module that other territories may take.

    Raises GesteImpossible when it has none, or when they depend on other local questions.
    """
    origine = section(doc, code)
    locales = [copier(q) for q in origine["questions"] if not q["noyau"]]
    if not locales:
        raise GesteImpossible(
            f"La section {cite(origine['titre'])} n’a pas de question à vous\u00a0: un module ne contient "
            "que des questions ajoutées par le territoire."
        )
    if not propre(titre):
        raise GesteImpossible("Donnez un titre au module pour que les autres le reconnaissent.")
    posees = questions(doc)
    siennes = {q["variable"] for q in locales}
    for question in locales:
        for variable in _lues(question):
            if variable not in siennes and not posees.get(variable, {}).get("noyau"):
                raise GesteImpossible(
                    f"{cite(question['libelle'])} dépend d’une question qui n’est ni dans cette section ni "
                    "dans le socle commun\u00a0: changez d’abord sa condition."
                )
    utilisees = dict.fromkeys(q["liste"] for q in locales if q["liste"])
    par_droit = origine["portee"] == NON_RECOURS
    return Module(
        mot(titre) or "module",
        propre(titre),
        propre(description),
        [] if par_droit else locales,
        locales if par_droit else [],
        {liste: _partageables(doc["listes"][liste]) for liste in utilisees},
    )


def _partageables(options: list[dict]) -> list[dict]:
    """The options that another territory takes: a local choice of a core list stays at home."""
    toutes = not est_du_noyau(options)
    return [copier(option) for option in options if toutes or not est_locale(option)]
