"""Generated definitions and answers for the form engine, and the core definition."""

from functools import cache

from hypothesis import strategies as st

from situations.moteur.definition import Definition, Question, Section
from situations.moteur.langue import mois_entre
from situations.noyau import document_noyau

MOIS_MIN, MOIS_MAX = "2024-11", "2026-11"
FENETRE = {"mois_min": MOIS_MIN, "mois_max": MOIS_MAX}


@cache
def definition_noyau() -> Definition:
    """The form made of the whole noyau."""
    return Definition.depuis(document_noyau())


def document_question(variable: str, genre: str = "choix", **autres) -> dict:
    """A question document in which only what matters to a test is said."""
    return {
        "variable": variable,
        "genre": genre,
        "libelle": f"Question {variable}",
        "aide": "",
        "obligatoire": False,
        "doit_etre_posee": False,
        "noyau": False,
        "sensible": False,
        "liste": None,
        "min": None,
        "max": None,
        "classes": None,
        "condition": None,
        "filtre": None,
        "exclut": [],
        "propose": None,
    } | autres


def document_option(code: str, libelle: str | None = None, **autres) -> dict:
    """An option document."""
    return {
        "code": code,
        "libelle": libelle or f"Réponse {code}",
        "precision": "",
        "exclusif": False,
    } | autres


def document_section(code: str, questions: list[dict], portee: str = "situation") -> dict:
    """A section document."""
    return {
        "code": code,
        "titre": f"Section {code}",
        "aide": "",
        "portee": portee,
        "questions": questions,
    }


OUI_NON = [document_option("oui", "Oui"), document_option("non", "Non")]


def condition(variable: str, *valeurs: str, mode: str = "toutes") -> dict:
    """The condition of one clause."""
    return {"mode": mode, "clauses": [{"variable": variable, "valeurs": list(valeurs)}]}


# Nasty on purpose: what a label may hold must never reach the page as markup.
_PIEGES = st.sampled_from(['<script>alert("x")</script>', "L’« aide » <b> & 'co'", '" onclick="x'])
_MOTS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
LIBELLES = st.one_of(_PIEGES, _MOTS)


@st.composite
def _options(draw, **attributs) -> list[dict]:
    taille = draw(st.integers(2, 5))
    return [
        document_option(
            f"c{rang}",
            draw(LIBELLES),
            precision=draw(st.one_of(st.just(""), LIBELLES)),
            exclusif=draw(st.booleans()),
            **{nom: draw(valeurs) for nom, valeurs in attributs.items()},
        )
        for rang in range(taille)
    ]


_GENRES = st.sampled_from(
    ["choix", "choix_multiple", "echelle", "commune", "entier", "mois", "texte_court", "texte_long"]
)


class _Chantier:
    """A document being generated, with what a new question may refer to."""

    def __init__(self, draw):
        self.draw = draw
        self.listes: dict[str, list[dict]] = {}
        self.compteur = 0

    def liste(self, **attributs) -> str:
        nom = f"liste_{len(self.listes)}"
        self.listes[nom] = self.draw(_options(**attributs))
        return nom

    def condition(self, lisibles: list[dict]) -> dict | None:
        sources = [q for q in lisibles if q["liste"]]
        if not sources or self.draw(st.integers(0, 2)):
            return None
        choisies = self.draw(st.lists(st.sampled_from(sources), min_size=1, max_size=2))
        return {
            "mode": self.draw(st.sampled_from(["toutes", "une"])),
            "clauses": [
                {"variable": q["variable"], "valeurs": self.draw(self._valeurs(q))}
                for q in choisies
            ],
        }

    def _valeurs(self, source: dict):
        codes = [option["code"] for option in self.listes[source["liste"]]]
        return st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True)

    def question(self, lisibles: list[dict]) -> dict:
        genre = self.draw(_GENRES)
        self.compteur += 1
        question = document_question(
            f"v{self.compteur}",
            genre,
            libelle=self.draw(LIBELLES),
            aide=self.draw(st.one_of(st.just(""), LIBELLES)),
            obligatoire=self.draw(st.booleans()),
            sensible=self.draw(st.booleans()),
            condition=self.condition(lisibles),
        )
        _PARTICULARITES.get(genre, _particularites_choix)(self, question, lisibles)
        return question


def _particularites_choix(chantier: _Chantier, question: dict, lisibles: list[dict]) -> None:
    sources = [q for q in lisibles if q["genre"] in ("choix", "choix_multiple")]
    sorte = chantier.draw(st.sampled_from(["simple", "filtre", "exclut"])) if sources else "simple"
    source = chantier.draw(st.sampled_from(sources)) if sources else None
    if sorte == "filtre":
        codes = [option["code"] for option in chantier.listes[source["liste"]]]
        question["liste"] = chantier.liste(type=st.sampled_from([*codes, "*"]))
        question["filtre"] = {"attribut": "type", "variables": [source["variable"]]}
    elif sorte == "exclut":
        question["liste"] = source["liste"]
        question["exclut"] = [source["variable"]]
    else:
        question["liste"] = chantier.liste()
    if question["genre"] == "choix_multiple":
        question["max"] = chantier.draw(st.one_of(st.none(), st.integers(1, 3)))


def _particularites_entier(chantier: _Chantier, question: dict, _lisibles: list[dict]) -> None:
    question["min"] = chantier.draw(st.one_of(st.none(), st.integers(0, 5)))
    question["max"] = chantier.draw(st.one_of(st.none(), st.integers(5, 50)))
    question["classes"] = chantier.draw(st.sampled_from([None, [[0, 4], [5, 9], [10, None]]]))


def _particularites_texte(chantier: _Chantier, question: dict, _lisibles: list[dict]) -> None:
    question["max"] = chantier.draw(st.one_of(st.none(), st.integers(5, 60)))


_PARTICULARITES = {
    "entier": _particularites_entier,
    "mois": lambda *_: None,
    "texte_court": _particularites_texte,
    "texte_long": _particularites_texte,
}


@st.composite
def documents(draw) -> dict:
    """Documents of valid definitions: two sections, the repeated one, and one after it."""
    chantier = _Chantier(draw)
    chantier.listes["droits"] = [
        *draw(_options(domaine_libelle=LIBELLES)),
        document_option("autre", "Autre droit"),
    ]
    posees: list[dict] = []
    sections = []
    for code in ("avant", "personne"):
        questions = [_poser(chantier, posees) for _ in range(draw(st.integers(1, 4)))]
        sections.append(document_section(code, questions))
    bloc = [document_question("droit", "droit", liste="droits", obligatoire=True)]
    lisibles = [*posees, *bloc]
    bloc += [_poser(chantier, lisibles) for _ in range(draw(st.integers(0, 4)))]
    sections.append(document_section("non_recours", bloc, "non_recours"))
    sections.append(document_section("suites", [_poser(chantier, posees)]))
    return {"sections": sections, "listes": chantier.listes}


def _poser(chantier: _Chantier, lisibles: list[dict]) -> dict:
    question = chantier.question(lisibles)
    lisibles.append(question)
    return question


definitions = documents().map(Definition.depuis)


def textes(limite: int, sauts: bool = False):
    """Texts as they are stored: no outer blanks, line breaks as \\n, within the limit."""
    lettres = st.characters(exclude_categories=("Cc", "Cs"))
    alphabet = st.one_of(lettres, st.just("\n")) if sauts else lettres
    return st.text(alphabet, min_size=1, max_size=limite).map(str.strip).filter(bool)


def _un_code(question: Question, definition: Definition):
    return st.sampled_from([option.code for option in definition.options(question)])


def _des_codes(question: Question, definition: Definition):
    codes = [option.code for option in definition.options(question)]
    tirage = st.lists(st.sampled_from(codes), min_size=1, unique=True)
    return tirage.map(lambda tires: [code for code in codes if code in tires])


def _un_entier(question: Question, _definition: Definition):
    return st.integers(question.min if question.min is not None else -10, question.max or 10**6)


VALEURS = {
    "choix": _un_code,
    "choix_multiple": _des_codes,
    "echelle": _un_code,
    "commune": _un_code,
    "droit": _un_code,
    "entier": _un_entier,
    "mois": lambda _q, _d: st.sampled_from(mois_entre(MOIS_MIN, MOIS_MAX)),
    "texte_court": lambda q, _d: textes(q.max or 60),
    "texte_long": lambda q, _d: textes(q.max or 60, sauts=True),
}


@st.composite
def reponses_pour(draw, definition: Definition, section: Section) -> dict:
    """Stored answers to some of the questions of a section, each valid on its own."""
    reponses = {}
    for question in section.questions:
        if draw(st.integers(0, 3)):
            reponses[question.variable] = draw(VALEURS[question.genre](question, definition))
    return reponses


@st.composite
def situations(draw) -> tuple[Definition, dict, list[dict]]:
    """A definition with the answers of a situation and of its rights."""
    definition = draw(definitions)
    reponses: dict = {}
    non_recours: list[dict] = []
    for section in definition.sections:
        if section.est_repetee:
            non_recours = draw(st.lists(reponses_pour(definition, section), max_size=3))
        else:
            reponses |= draw(reponses_pour(definition, section))
    return definition, reponses, non_recours
