"""What a definition is made of: options, conditions, filters, questions, sections."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

SITUATION = "situation"
NON_RECOURS = "non_recours"

# The variable that names the right of a block; it is also a column of NonRecours.
VARIABLE_DROIT = "droit"
# The code that means « something else », which several blocks of one situation may share.
AUTRE = "autre"


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer. `attributs` keeps what only some lists have (type, organismes…)."""

    code: str
    libelle: str
    precision: str = ""
    exclusif: bool = False
    attributs: Mapping[str, object] = field(default_factory=dict, hash=False)

    @classmethod
    def depuis(cls, document: dict) -> "Option":
        propres = {f.name for f in fields(cls)} - {"attributs"}
        return cls(
            **{nom: valeur for nom, valeur in document.items() if nom in propres},
            attributs={nom: valeur for nom, valeur in document.items() if nom not in propres},
        )

    def document(self) -> dict:
        return {
            "code": self.code,
            "libelle": self.libelle,
            "precision": self.precision,
            "exclusif": self.exclusif,
            **self.attributs,
        }

    def valeurs(self, attribut: str) -> tuple[str, ...]:
        """The values of an attribute, whether the list keeps one or several; () when none."""
        valeur = self.attributs.get(attribut)
        if not valeur:
            return ()
        return (valeur,) if isinstance(valeur, str) else tuple(valeur)


@dataclass(frozen=True, slots=True)
class Clause:
    """True when the answer to `variable` is, or holds, one of `valeurs`."""

    variable: str
    valeurs: tuple[str, ...]

    @classmethod
    def depuis(cls, document: dict) -> "Clause":
        return cls(document["variable"], tuple(document["valeurs"]))

    def document(self) -> dict:
        return {"variable": self.variable, "valeurs": list(self.valeurs)}


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked: every clause (`mode` "toutes") or one of them ("une")."""

    mode: str
    clauses: tuple[Clause, ...]

    @classmethod
    def depuis(cls, document: dict) -> "Condition":
        return cls(document["mode"], tuple(map(Clause.depuis, document["clauses"])))

    def document(self) -> dict:
        return {"mode": self.mode, "clauses": [clause.document() for clause in self.clauses]}


@dataclass(frozen=True, slots=True)
class Filtre:
    """The options offered follow the answers to `variables`, through one of their attributes."""

    attribut: str
    variables: tuple[str, ...]

    @classmethod
    def depuis(cls, document: dict) -> "Filtre":
        return cls(document["attribut"], tuple(document["variables"]))

    def document(self) -> dict:
        return {"attribut": self.attribut, "variables": list(self.variables)}


@dataclass(frozen=True, slots=True)
class Propose:
    """A default answer: what the option chosen for `variable` names in `attribut`."""

    variable: str
    attribut: str

    @classmethod
    def depuis(cls, document: dict) -> "Propose":
        return cls(document["variable"], document["attribut"])

    def document(self) -> dict:
        return {"variable": self.variable, "attribut": self.attribut}


@dataclass(frozen=True, slots=True)
class Question:
    """How one version asks one variable. `genre` names an entry of `genres.GENRES`."""

    variable: str
    genre: str
    libelle: str
    aide: str = ""
    obligatoire: bool = False
    doit_etre_posee: bool = False
    noyau: bool = False
    sensible: bool = False
    liste: str | None = None
    min: int | None = None
    max: int | None = None
    classes: tuple[tuple[int, int | None], ...] | None = None
    condition: Condition | None = None
    filtre: Filtre | None = None
    exclut: tuple[str, ...] = ()
    propose: Propose | None = None

    @classmethod
    def depuis(cls, document: dict) -> "Question":
        lus = dict(document)
        for nom, lecture in _LECTURES.items():
            if lus.get(nom) is not None:
                lus[nom] = lecture(lus[nom])
        return cls(**lus)

    def document(self) -> dict:
        ecrit = {f.name: getattr(self, f.name) for f in fields(self)}
        ecrit["exclut"] = list(self.exclut)
        if self.classes is not None:
            ecrit["classes"] = [list(classe) for classe in self.classes]
        for nom in ("condition", "filtre", "propose"):
            if ecrit[nom] is not None:
                ecrit[nom] = ecrit[nom].document()
        return ecrit


_LECTURES = {
    "classes": lambda classes: tuple(map(tuple, classes)),
    "condition": Condition.depuis,
    "filtre": Filtre.depuis,
    "exclut": tuple,
    "propose": Propose.depuis,
}


@dataclass(frozen=True, slots=True)
class Section:
    """A step of the form; `portee` "non_recours" marks the block repeated for each right."""

    code: str
    titre: str
    aide: str
    portee: str
    questions: tuple[Question, ...]

    @classmethod
    def depuis(cls, document: dict) -> "Section":
        return cls(
            document["code"],
            document["titre"],
            document.get("aide", ""),
            document["portee"],
            tuple(map(Question.depuis, document["questions"])),
        )

    def document(self) -> dict:
        return {
            "code": self.code,
            "titre": self.titre,
            "aide": self.aide,
            "portee": self.portee,
            "questions": [question.document() for question in self.questions],
        }

    @property
    def est_repetee(self) -> bool:
        return self.portee == NON_RECOURS
