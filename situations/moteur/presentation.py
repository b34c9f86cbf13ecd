"""What a question's template receives: plain values, every identifier already composed."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .conditions import TOUJOURS, codes_de, criteres, est_offerte
from .definition import Definition
from .elements import Option, Question
from .genres import GENRES, LISTE_DES_TYPES, RADIOS
from .langue import compter

# The names that the style sheet gives to the five types of non-recours.
TYPES_DU_THEME = {
    "NC": "non-connaissance",
    "ND": "non-demande",
    "NR": "non-reception",
    "NP": "non-proposition",
    "NO": "non-orientation",
    "NSP": "indetermine",
}


@dataclass(frozen=True, slots=True)
class OptionVue:
    """One radio, checkbox or line of a list."""

    id: str
    code: str
    libelle: str
    precision: str
    cochee: bool
    cachee: bool
    exclusif: bool
    filtre: str
    type: str


@dataclass(frozen=True, slots=True)
class GroupeVue:
    """Options under one heading; `titre` is empty when the question is not filtered."""

    id: str
    code: str
    titre: str
    titre_cache: bool
    cache: bool
    options: list[OptionVue]


@dataclass(frozen=True, slots=True)
class QuestionVue:
    """Everything a template of `templates/moteur/` says of a question."""

    id: str
    nom: str
    champ_id: str
    question: Question
    gabarit: str
    valeur: str
    erreurs: list[str]
    cachee: bool
    condition: str
    filtre_variables: str
    exclut: str
    aide_id: str
    limite: str
    limite_id: str
    longueur: int | None
    erreur_id: str
    decrit_par: str
    groupes: list[GroupeVue]
    prefixe: str
    recherche: str
    trouves: str
    repliee: bool


@dataclass(frozen=True, slots=True)
class Affichage:
    """The state in which a question is shown."""

    definition: Definition
    prefixe: str
    connues: Mapping
    acquises: Mapping
    ici: Collection[str]
    valeurs: Sequence[str]
    options: Sequence[Option]
    erreurs: list[str]
    cachee: bool
    recherche: str
    trouves: int | None


def presenter(question: Question, vue: Affichage) -> QuestionVue:
    """Compose what the template of this question needs."""
    genre = GENRES[question.genre]
    nom = f"{vue.prefixe}{question.variable}"
    limite = genre.limite(question)
    if "au plus" in question.aide:
        # The wording already states the limit; twice would be noise.
        limite = ""
    reperes = {
        "aide_id": f"aide-{nom}" if question.aide else "",
        "limite_id": f"limite-{nom}" if limite else "",
        "erreur_id": f"erreur-{nom}" if vue.erreurs else "",
    }
    return QuestionVue(
        id=f"q-{nom}",
        nom=nom,
        champ_id=f"id_{nom}",
        question=question,
        gabarit=genre.gabarit(question, vue.definition.options(question)),
        valeur=vue.valeurs[0] if vue.valeurs else "",
        erreurs=vue.erreurs,
        cachee=vue.cachee,
        condition=_condition(question, vue),
        filtre_variables=_json(question.filtre.variables) if question.filtre else "",
        exclut=_json(question.exclut) if question.exclut else "",
        limite=limite,
        longueur=genre.longueur(question),
        decrit_par=" ".join(filter(None, reperes.values())),
        groupes=_groupes(question, nom, vue),
        prefixe=vue.prefixe,
        recherche=vue.recherche,
        trouves=_bilan(vue.trouves),
        # What completes another answer repeats its list: it unfolds for those who need it.
        repliee=bool(question.exclut) and not any(vue.valeurs) and not vue.erreurs,
        **reperes,
    )


def _bilan(trouves: int | None) -> str:
    """What a search found, said in the status line; nothing before a search."""
    if trouves is None:
        return ""
    if trouves == 0:
        return "Aucun droit trouvé\u00a0: essayez un sigle, un autre mot ou un domaine."
    return f"{compter(trouves, 'droit', 'trouvé')}. Choisissez-en un."


def _json(valeur: object) -> str:
    return json.dumps(valeur, ensure_ascii=False)


def _condition(question: Question, vue: Affichage) -> str:
    """The condition for the browser.

    A clause on an answer asked in another section, which the page does not hold, carries its
    verdict in `vraie`.
    """
    if question.condition is None:
        return ""
    document = question.condition.document()
    for clause, ecrite in zip(question.condition.clauses, document["clauses"], strict=True):
        if clause.variable not in vue.ici:
            codes = codes_de(vue.acquises.get(clause.variable))
            ecrite["vraie"] = not codes.isdisjoint(clause.valeurs)
    return _json(document)


def _groupes(question: Question, nom: str, vue: Affichage) -> list[GroupeVue]:
    admis = criteres(question.filtre, vue.connues)
    rangees: dict[str, list[OptionVue]] = {}
    for rang, option in enumerate(vue.options):
        attributs = _attributs(question, option)
        rangees.setdefault(attributs[0] if attributs else "", []).append(
            _option(question, option, f"id_{nom}--{rang}", admis, vue)
        )
    gabarit = GENRES[question.genre].gabarit(question, vue.definition.options(question))
    if gabarit in RADIOS and not question.obligatoire:
        rangees.setdefault(TOUJOURS if question.filtre else "", []).append(
            _sans_reponse(question, nom, vue)
        )
    visibles = [code for code, options in rangees.items() if not all(o.cachee for o in options)]
    seul = len([code for code in visibles if code != TOUJOURS]) < 2
    return [
        GroupeVue(
            id=f"groupe-{nom}--{rang}",
            code=code,
            titre=_titre(question, code, vue.definition) if code else "",
            titre_cache=seul,
            cache=code not in visibles,
            options=options,
        )
        for rang, (code, options) in enumerate(rangees.items())
    ]


def _sans_reponse(question: Question, nom: str, vue: Affichage) -> OptionVue:
    """The radio that takes an answer back, for those who have no script."""
    return _option(question, Option("", "Sans réponse"), f"id_{nom}--sans", None, vue)


def _attributs(question: Question, option: Option) -> tuple[str, ...]:
    if question.filtre is None:
        return ()
    return option.valeurs(question.filtre.attribut) or (TOUJOURS,)


def _option(
    question: Question,
    option: Option,
    identifiant: str,
    admis: Collection[str] | None,
    vue: Affichage,
) -> OptionVue:
    cochee = option.code in vue.valeurs
    return OptionVue(
        id=identifiant,
        code=option.code,
        libelle=option.libelle,
        precision=option.precision,
        cochee=cochee,
        # A chosen option stays in sight even when it no longer fits: one must see it to change it.
        cachee=not cochee and not est_offerte(option, question.filtre, admis),
        exclusif=option.exclusif,
        filtre=" ".join(_attributs(question, option)),
        type=TYPES_DU_THEME.get(option.code, "") if question.liste == LISTE_DES_TYPES else "",
    )


def _titre(question: Question, code: str, definition: Definition) -> str:
    """The heading of a group: the label of that code where the filter's first answer is chosen."""
    if code == TOUJOURS:
        return "Autres réponses"
    source = definition.question(question.filtre.variables[0])
    option = definition.option(source, code)
    return option.libelle if option else code
