"""What a question's row says of other questions: its condition, its limits, its filter.

What we wrote ourselves is kept exactly; what someone wrote or changed is read from the expression.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from situations.moteur.genres import GENRES

from .choix import ListeLue
from .classeur import Ligne
from .expressions import Lexique
from .lecture import NonExprimable, lire_condition, lire_contrainte, lire_filtre
from .lignes import MESSAGE, RAPPEL, ligne_question
from .parcours import LigneQuestion
from .rapport import Carnet

_TOUJOURS_POSEE = "la question sera toujours posée"
_DU_SOCLE = "le socle commun le fixe\u00a0: cette expression n’est pas reprise."
_RAISONS = {
    "calculation": "le BNR ne calcule pas de réponse.",
    "default": "le BNR n’a pas de réponse par défaut.",
    "read_only": "au BNR, toute question peut recevoir une réponse.",
    "readonly": "au BNR, toute question peut recevoir une réponse.",
    "trigger": "le BNR ne calcule pas de réponse.",
    "parameters": "le BNR n’a pas ces réglages.",
    "repeat_count": "le nombre de droits décrits est libre.",
    "guidance_hint": "le BNR n’a qu’une aide par question\u00a0: ajoutez ce texte à «\u00a0hint\u00a0».",
    "choice_filter": "ce filtre n’est pas repris.",
    "constraint_message": "le BNR écrit lui-même ce qui ne va pas.",
    "required_message": "le BNR écrit lui-même ce qui ne va pas.",
    "relevant": f"cette condition n’est pas reprise\u00a0: {_TOUJOURS_POSEE}.",
    "hint": "le BNR n’a pas d’aide à cet endroit.",
}


@dataclass(slots=True)
class Finition:
    """The whole workbook, seen from one question. `variables` maps the workbook's names."""

    lexique: Lexique
    variables: Mapping[str, str]
    listes: Mapping[str, ListeLue]
    listes_du_socle: frozenset[str]
    carnet: Carnet

    def finir(self, lue: LigneQuestion, question: dict, socle: Mapping | None) -> None:
        """Completes `question` from its row, and reports all that the row says in vain."""
        ligne, attendue = lue.ligne, ligne_question(question, self.lexique)
        if socle is not None and socle["doit_etre_posee"]:
            question["condition"] = socle["condition"]
            attendue = ligne_question(question, self.lexique)
        self._condition(lue, question, attendue["relevant"], socle)
        for colonne, lire in (("constraint", self._contraindre), ("choice_filter", self._filtrer)):
            texte = ligne.lire(colonne)
            if texte == attendue[colonne] or (not texte and lue.type.sorte == "range"):
                continue
            if socle is None:
                lire(lue, question, texte)
            elif texte:
                self._ecarter(ligne, colonne, _DU_SOCLE)
        finie = ligne_question(question, self.lexique)
        for colonne, exacte in (("constraint_message", MESSAGE), ("required_message", RAPPEL)):
            if ligne.cellules.get(colonne) == finie[exacte]:
                ligne.lire(colonne)
        self.signaler_le_reste(ligne)

    def signaler_le_reste(self, ligne: Ligne) -> None:
        """Reports every cell of the row that nothing has read."""
        for colonne in list(ligne.cellules):
            raison = _RAISONS.get(
                colonne, "le BNR n’a pas d’équivalent\u00a0: cette cellule n’est pas reprise."
            )
            self._ecarter(ligne, colonne, raison)
            ligne.lire(colonne)

    def _ecarter(self, ligne: Ligne, colonne: str, raison: str) -> None:
        self.carnet.ecarter("survey", ligne.numero, ligne.entete(colonne), raison)

    def _condition(
        self, lue: LigneQuestion, question: dict, attendue: str, socle: Mapping | None
    ) -> None:
        ligne = lue.ligne
        texte = ligne.lire("relevant")
        propre = question["condition"]
        if socle is not None and "bnr_noyau" not in ligne.entetes and not texte:
            propre = self._du_socle(socle)
        elif texte != attendue:
            propre = self._lire_condition(ligne, texte) if texte else None
        conditions = [
            self._lire_condition(groupe, groupe.cellules["relevant"], False)
            for groupe in lue.relevants
        ]
        conditions = [condition for condition in (*conditions, propre) if condition]
        voulue = self._reunir(ligne, conditions, propre)
        if socle is not None and socle["doit_etre_posee"]:
            if voulue != socle["condition"]:
                self._ecarter(
                    ligne, "relevant", "cette question du socle doit toujours être posée."
                )
            voulue = socle["condition"]
        question["condition"] = voulue

    def _du_socle(self, socle: Mapping) -> dict | None:
        """The noyau's own condition, when what it depends on is asked here."""
        condition = socle["condition"]
        sources = {clause["variable"] for clause in condition["clauses"]} if condition else set()
        return condition if sources <= self.lexique.questions.keys() else None

    def _reunir(self, ligne: Ligne, conditions: list[dict], propre: dict | None) -> dict | None:
        """All the conditions as one: those of the groups around, then the question's own."""
        if len(conditions) < 2:
            return conditions[0] if conditions else None
        if all(c["mode"] == "toutes" or len(c["clauses"]) == 1 for c in conditions):
            return {"mode": "toutes", "clauses": [c for cs in conditions for c in cs["clauses"]]}
        raison = "cette condition et celle de son groupe mêlent «\u00a0and\u00a0» et «\u00a0or\u00a0»\u00a0: seule la sienne est reprise."
        self._ecarter(ligne, "relevant", raison)
        return propre

    def _lire_condition(self, ligne: Ligne, texte: str, dire: bool = True) -> dict | None:
        try:
            mode, clauses = lire_condition(texte)
            return {"mode": mode, "clauses": [self._clause(nom, codes) for nom, codes in clauses]}
        except NonExprimable as refus:
            if dire:
                raison = (
                    f"cette condition n’est pas reprise, {refus.raison}\u00a0: {_TOUJOURS_POSEE}."
                )
                self._ecarter(ligne, "relevant", raison)
            return None

    def signaler_groupe(self, ligne: Ligne) -> None:
        """Reports the condition of a group when its questions cannot take it over."""
        texte = ligne.cellules.get("relevant", "")
        if not texte or self._lire_condition(ligne, texte) is None:
            return
        self.carnet.remarquer(
            f"Ligne\u00a0{ligne.numero} de «\u00a0survey\u00a0»\u00a0: la condition du groupe est reprise par chacune de ses questions."
        )

    def _clause(self, nom: str, noms: Sequence[str]) -> dict:
        variable = self.variables.get(nom)
        if variable is None:
            raise NonExprimable(f"«\u00a0{nom}\u00a0» n’est pas une question reprise")
        liste = self.lexique.questions[variable]["liste"]
        if liste is None:
            raise NonExprimable(f"«\u00a0{nom}\u00a0» n’est pas une question à choix")
        codes = [self.codes_de(variable).get(choix) for choix in noms]
        if None in codes:
            inconnu = noms[codes.index(None)]
            raise NonExprimable(
                f"«\u00a0{inconnu}\u00a0» n’est pas une réponse à «\u00a0{nom}\u00a0»"
            )
        return {"variable": variable, "valeurs": codes}

    def codes_de(self, variable: str) -> dict[str, str]:
        """The codes of a question's choices by their name in the workbook."""
        options = self.lexique.choix(variable)
        noms = {option["code"]: option["code"] for option in options}
        lue = self.listes.get(variable)
        offerts = set(noms)
        return noms | {n: c for n, c in (lue.codes if lue else {}).items() if c in offerts}

    def _contraindre(self, lue: LigneQuestion, question: dict, texte: str) -> None:
        question["exclut"] = []
        if lue.type.sorte != "range":
            question["max"] = None
            question["min"] = None if question["genre"] == "entier" else question["min"]
        for sorte, argument in lire_contrainte(texte):
            if not self._appliquer(question, sorte, argument):
                raison = f"la contrainte «\u00a0{argument}\u00a0» n’est pas reprise\u00a0: le BNR ne sait pas la vérifier."
                self._ecarter(lue.ligne, "constraint", raison)

    def _appliquer(self, question: dict, sorte: str, argument: str) -> bool:
        """Whether that term of a constraint could be written in the question."""
        genre = GENRES[question["genre"]]
        nombre, _, stricte = sorte.partition("_")
        ecart = 1 if stricte.startswith("strict") else 0
        if genre.xlsform == "integer" and nombre in ("min", "max"):
            question[nombre] = int(argument) + (ecart if nombre == "min" else -ecart)
        elif (genre.est_texte and nombre == "longueur") or (
            genre.est_multiple and nombre == "effectif"
        ):
            question["max"] = int(argument) - ecart
        elif sorte == "exclusif" and genre.est_multiple:
            return self._rendre_exclusif(question, argument)
        elif sorte in ("exclut", "exclut_par", "different") and genre.a_liste:
            variable = self.variables.get(argument)
            if variable is None or self.lexique.questions[variable]["liste"] != question["liste"]:
                return False
            question["exclut"] = [*question["exclut"], variable]
        else:
            return False
        return True

    def _rendre_exclusif(self, question: dict, nom: str) -> bool:
        code = self.codes_de(question["variable"]).get(nom)
        for option in self.lexique.choix(question["variable"]):
            if option["code"] == code:
                est_du_socle = question["liste"] in self.listes_du_socle
                option["exclusif"] = option["exclusif"] or not est_du_socle
                return option["exclusif"]
        return False

    def _filtrer(self, lue: LigneQuestion, question: dict, texte: str) -> None:
        """A filter of one level, `colonne = ${question}`, is one of ours; no other is."""
        question["filtre"] = None
        if not texte:
            return
        lu, liste = lire_filtre(texte), self.listes.get(question["variable"])
        source = self.variables.get(lu[1]) if lu else None
        est_simple = (
            *(liste is not None, question["liste"] not in self.listes_du_socle),
            source is not None and self.lexique.questions[source]["liste"] is not None,
        )
        if not all(est_simple):
            raison = "ce filtre n’est pas repris, le BNR n’en connaît que d’une seule question\u00a0: toutes les réponses seront proposées."
            self._ecarter(lue.ligne, "choice_filter", raison)
            return
        colonne, codes = lu[0].lower(), self.codes_de(source)
        options = {option["code"]: option for option in self.lexique.choix(question["variable"])}
        for lue_option in liste.lues:
            valeur = lue_option.ligne.lire(colonne)
            if valeur and (option := options.get(lue_option.option["code"])) is not None:
                option.setdefault(colonne, codes.get(valeur, valeur))
        question["filtre"] = {"attribut": colonne, "variables": [source]}
