"""What a definition says in XLSForm's expressions: conditions, bounds, exclusions, filters."""

from collections.abc import Mapping
from dataclasses import dataclass

from situations.moteur.conditions import INDETERMINE, TOUJOURS
from situations.moteur.genres import GENRES
from situations.moteur.langue import cite, compter, nombre

from .ecriture import nommer_choix, nommer_variables


@dataclass(frozen=True, slots=True)
class Lexique:
    """The names under which a document's things are known in the workbook."""

    questions: Mapping[str, dict]
    options: Mapping[str, list[dict]]
    variables: Mapping[str, str]
    listes: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]

    @classmethod
    def depuis(cls, document: dict) -> "Lexique":
        questions = {q["variable"]: q for s in document["sections"] for q in s["questions"]}
        return cls(
            questions,
            document["listes"],
            nommer_variables(questions),
            nommer_choix(document["listes"]),
            {
                liste: nommer_choix(dict.fromkeys(option["code"] for option in options))
                for liste, options in document["listes"].items()
            },
        )

    def reference(self, variable: str) -> str:
        """`${variable}`."""
        return f"${{{self.variables.get(variable, variable)}}}"

    def choix(self, variable: str) -> list[dict]:
        """The options of that variable's question, [] when it has none or is not asked."""
        return self.options.get(self._liste(variable), [])

    def nom(self, variable: str, code: str) -> str:
        """The name of a code of that variable's list."""
        return self.codes.get(self._liste(variable), {}).get(code, code)

    def est_multiple(self, variable: str) -> bool:
        question = self.questions.get(variable)
        return question is not None and GENRES[question["genre"]].est_multiple

    def vaut(self, variable: str, code: str) -> str:
        """The expression true when the answer is, or holds, that code."""
        texte = f"'{self.nom(variable, code)}'"
        if self.est_multiple(variable):
            return f"selected({self.reference(variable)}, {texte})"
        return f"{self.reference(variable)} = {texte}"

    def _liste(self, variable: str) -> str | None:
        return self.questions.get(variable, {}).get("liste")


def condition(question: dict, lexique: Lexique) -> str:
    """The `relevant` of a question; empty when it is always asked."""
    condition = question["condition"]
    if condition is None:
        return ""
    clauses = [
        [lexique.vaut(clause["variable"], code) for code in clause["valeurs"]]
        for clause in condition["clauses"]
    ]
    if condition["mode"] == "une":
        return " or ".join(atome for atomes in clauses for atome in atomes)
    if len(clauses) == 1:
        return " or ".join(clauses[0])
    return " and ".join(
        f"({' or '.join(atomes)})" if len(atomes) > 1 else atomes[0] for atomes in clauses
    )


def contraintes(question: dict, lexique: Lexique) -> list[tuple[str, str]]:
    """What an answer must respect: (expression, French sentence), all to hold."""
    return [
        *_bornes(question),
        *_exclusifs(question, lexique),
        *(
            (_exclusion(question, variable, lexique), _phrase_exclusion(variable, lexique))
            for variable in question["exclut"]
        ),
    ]


def _bornes(question: dict) -> list[tuple[str, str]]:
    genre = GENRES[question["genre"]]
    minimum, maximum = question["min"], question["max"]
    if genre.est_texte:
        mesure, bas, phrase = (
            "string-length(.)",
            None,
            f"{compter(maximum or 0, 'caractère')} au plus.",
        )
    elif genre.est_multiple:
        mesure, bas, phrase = (
            "count-selected(.)",
            None,
            f"{compter(maximum or 0, 'réponse')} au plus.",
        )
    elif genre.xlsform == "integer":
        mesure, bas, phrase = ".", minimum, f"{nombre(maximum or 0)} au plus."
    else:
        return []
    trouvees = [] if bas is None else [(f"{mesure} >= {bas}", f"{nombre(bas)} au moins.")]
    return trouvees if maximum is None else [*trouvees, (f"{mesure} <= {maximum}", phrase)]


def _exclusifs(question: dict, lexique: Lexique) -> list[tuple[str, str]]:
    if not GENRES[question["genre"]].est_multiple:
        return []
    variable = question["variable"]
    return [
        (
            f"not(selected(., '{lexique.nom(variable, option['code'])}') and count-selected(.) > 1)",
            f"{cite(option['libelle'])} ne se combine avec aucune autre réponse.",
        )
        for option in lexique.choix(variable)
        if option.get("exclusif")
    ]


def _exclusion(question: dict, exclue: str, lexique: Lexique) -> str:
    """True when no answer chosen here is one of those given to `exclue`."""
    source = lexique.reference(exclue)
    if not lexique.est_multiple(exclue):
        return f"not(selected(., {source}))"
    if not GENRES[question["genre"]].est_multiple:
        return f"not(selected({source}, .))"
    propres = {option["code"] for option in lexique.choix(exclue)}
    noms = [
        lexique.nom(question["variable"], option["code"])
        for option in lexique.choix(question["variable"])
        if option["code"] in propres
    ]
    communs = [f"not(selected(., '{nom}') and selected({source}, '{nom}'))" for nom in noms]
    return " and ".join(communs) or "true()"


def _phrase_exclusion(exclue: str, lexique: Lexique) -> str:
    question = lexique.questions.get(exclue)
    nom = question["libelle"] if question else exclue
    return f"Ne redonnez pas ici une réponse déjà donnée à {cite(nom)}."


def colonne_du_filtre(attribut: str) -> str:
    """The column of `choices` that a filter reads."""
    return f"bnr_filtre_{attribut}"


def valeurs_du_filtre(option: dict, filtre: dict, lexique: Lexique) -> str:
    """What an option writes in that column: names separated by spaces, or "*"."""
    lues = option.get(filtre["attribut"]) or [TOUJOURS]
    valeurs = [lues] if isinstance(lues, str) else list(map(str, lues))
    if TOUJOURS in valeurs:
        return TOUJOURS
    return " ".join(lexique.nom(filtre["variables"][0], valeur) for valeur in valeurs)


def filtre(question: dict, lexique: Lexique) -> str:
    """The `choice_filter` of a question; empty when all its options are always offered."""
    filtre = question["filtre"]
    if filtre is None:
        return ""
    colonne = colonne_du_filtre(filtre["attribut"])
    sources = filtre["variables"]
    attributs = (option.get(filtre["attribut"]) for option in lexique.choix(question["variable"]))
    est_simple = not any(isinstance(valeur, list) for valeur in attributs)
    vides = " and ".join(f"{lexique.reference(variable)} = ''" for variable in sources)
    parties = [f"{colonne} = '{TOUJOURS}'", f"({vides})"]
    for variable in sources:
        parties += _passages(variable, colonne, est_simple, lexique)
        parties += [
            lexique.vaut(variable, option["code"])
            for option in lexique.choix(variable)
            if option["code"].casefold() == INDETERMINE
        ]
    return " or ".join(parties)


def _passages(variable: str, colonne: str, est_simple: bool, lexique: Lexique) -> list[str]:
    """Expressions true when the option goes with the answer to `variable`."""
    reference = lexique.reference(variable)
    if not lexique.est_multiple(variable):
        return [f"{colonne} = {reference}" if est_simple else f"selected({colonne}, {reference})"]
    if est_simple:
        return [f"selected({reference}, {colonne})"]
    noms = [lexique.nom(variable, option["code"]) for option in lexique.choix(variable)]
    return [f"(selected({reference}, '{nom}') and selected({colonne}, '{nom}'))" for nom in noms]
