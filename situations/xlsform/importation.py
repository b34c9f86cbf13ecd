"""An XLSForm workbook read as a definition document, with all that could not be kept."""

from collections.abc import Mapping

from situations.adaptation import code_libre
from situations.moteur.elements import NON_RECOURS, SITUATION

from .bilan import completer, juger
from .choix import ListeLue, lire_choix
from .classeur import Feuille, lire
from .ecriture import COLONNE_FORMAT, decoder, lire_oui_non, mot
from .expressions import Lexique
from .finition import Finition
from .parcours import LigneQuestion, Parcours, SectionLue
from .questions import lire_question
from .rapport import Carnet, Rapport, Refus
from .reponses import Reponses, code_autre

SUFFIXE_MAX = 40
_REGLAGES = {
    "form_title",
    "form_id",
    "version",
    "default_language",
    "name",
    "style",
    COLONNE_FORMAT,
}
_MAUVAIS_NIVEAU = {
    NON_RECOURS: "est une question du socle, posée pour chaque droit\u00a0: mettez-la dans la répétition.",
    SITUATION: "est une question du socle, posée une fois\u00a0: mettez-la hors de la répétition.",
}


def importer(contenu: bytes, *, noyau: dict, territoire: str) -> Rapport:
    """The definition that an XLSForm workbook describes, and what of it could not be kept.

    `noyau` is the definition of the noyau: its variables are recognised by their name and keep
    their meaning, type and choices. `territoire` is a slug, which ends the variables of others.
    Never raises for a bad file: `Rapport.refus` is then a sentence, and `document` None.
    """
    carnet = Carnet()
    try:
        feuilles = lire(contenu, carnet)
        survey = _survey(feuilles)
        return _Import(feuilles, survey, noyau, territoire, carnet).rapport()
    except Refus as refus:
        return Rapport(None, carnet.ecartes, carnet.remarques, refus.phrase)


def _survey(feuilles: Mapping[str, Feuille]) -> Feuille:
    survey = feuilles.get("survey")
    if survey is None:
        raise Refus(
            "Ce classeur n’a pas de feuille «\u00a0survey\u00a0»\u00a0: un XLSForm y écrit ses questions, une par ligne."
        )
    if not survey.lignes:
        raise Refus(
            "La feuille «\u00a0survey\u00a0» est vide\u00a0: écrivez-y au moins une question."
        )
    for colonne in ("type", "name"):
        if colonne not in survey.colonnes:
            raise Refus(
                f"La feuille «\u00a0survey\u00a0» n’a pas de colonne «\u00a0{colonne}\u00a0»\u00a0: écrivez cet en-tête sur sa première "
                "ligne."
            )
    return survey


class _Import:
    """One import: questions are read first, then what they say of one another."""

    def __init__(
        self,
        feuilles: Mapping[str, Feuille],
        survey: Feuille,
        noyau: dict,
        territoire: str,
        carnet: Carnet,
    ):
        self.carnet = carnet
        self.noyau = noyau
        self.territoire = territoire
        self.socle = {
            q["variable"]: (section["portee"], q)
            for section in noyau["sections"]
            for q in section["questions"]
        }
        self.reglages = _reglages(feuilles.get("settings"), carnet)
        self.listes = lire_choix(feuilles.get("choices"), carnet)
        par_droit = {v for v, (portee, _) in self.socle.items() if portee == NON_RECOURS}
        self.sections = Parcours(survey, par_droit, carnet).sections_lues()
        suffixe = mot(territoire)[:SUFFIXE_MAX].strip("_")
        self.suffixe = suffixe
        self.reponses = Reponses(self.listes, noyau["listes"], suffixe, carnet)
        self.variables: dict[str, str] = {}
        self.listes_lues: dict[str, ListeLue] = {}
        self.posees: list[tuple[LigneQuestion, dict, Mapping | None]] = []
        self.listes_du_socle: set[str] = set()

    def rapport(self) -> Rapport:
        """Reads everything. Raises Refus when nothing can be kept."""
        lues = [(section, self._questions(section)) for section in self.sections]
        if not self.posees:
            raise Refus(
                "Aucune question de ce classeur ne peut être reprise\u00a0: voyez, ligne par ligne, ce qui l’empêche."
            )
        self.reponses.reprendre_le_reste()
        document = {
            "sections": [
                section.document(questions)
                for section, questions in lues
                if self._garder(section, questions)
            ],
            "listes": self.reponses.listes,
        }
        self._finir(document)
        if COLONNE_FORMAT not in self.reglages:
            completer(document, self.noyau, self.carnet)
        juger(document, self.noyau, self.carnet)
        return Rapport(document, self.carnet.ecartes, self.carnet.remarques)

    def _garder(self, section: SectionLue, questions: list[dict]) -> bool:
        if questions or section.est_notre:
            return True
        if section.ligne is not None:
            raison = f"aucune question de «\u00a0{section.titre}\u00a0» n’est reprise\u00a0: cette section ne l’est pas non plus."
            self.carnet.ecarter(
                "survey", section.ligne.numero, section.ligne.entete("label"), raison
            )
        return False

    def _questions(self, section: SectionLue) -> list[dict]:
        questions = []
        for lue in section.questions:
            if (question := self._question(lue, section)) is None:
                continue
            questions.append(question)
            if lue.type.autre and not question["noyau"]:
                questions.append(self._precision(lue, question))
        return questions

    def _question(self, lue: LigneQuestion, section: SectionLue) -> dict | None:
        """The question of a row, None (and why) when it cannot be asked."""
        declaree = lue.ligne.cellules.get("bnr_noyau")
        est_du_socle = lue.nom in self.socle and lire_oui_non(declaree or "oui") is not False
        portee, socle = self.socle[lue.nom] if est_du_socle else (section.portee, None)
        if lue.nom in self.variables:
            raison = "est déjà posée plus haut\u00a0: cette question n’est pas reprise."
            return self._refuser(lue, "name", raison)
        if portee != section.portee:
            return self._refuser(lue, "name", _MAUVAIS_NIVEAU[portee])
        liste = socle["liste"] if socle else None
        if socle is None and lue.type.sorte.startswith("select"):
            liste = self.reponses.locale(lue.type.liste, lue.type.autre)
            if liste is None:
                raison = f"n’est pas reprise\u00a0: sa liste «\u00a0{lue.type.liste}\u00a0» n’est pas dans «\u00a0choices\u00a0»."
                return self._refuser(lue, "type", raison)
        variable = lue.nom if est_du_socle else self._nommer(lue, declaree is not None)
        question = lire_question(lue, variable, socle, self.carnet)
        question |= {"liste": liste, "noyau": est_du_socle}
        if socle is not None:
            self._lier_au_socle(lue, socle)
        if lue.type.liste in self.listes:
            self.listes_lues[variable] = self.listes[lue.type.liste]
        self.variables[lue.nom] = variable
        self.posees.append((lue, question, socle))
        return question

    def _refuser(self, lue: LigneQuestion, colonne: str, raison: str) -> None:
        ligne = lue.ligne
        entete = ligne.entete(colonne)
        self.carnet.ecarter("survey", ligne.numero, entete, f"«\u00a0{lue.nom}\u00a0» {raison}")

    def _lier_au_socle(self, lue: LigneQuestion, socle: Mapping) -> None:
        if socle["liste"]:
            self.reponses.du_socle(socle["liste"], lue.type.liste)
            self.listes_du_socle.add(socle["liste"])
        if lue.type.autre:
            raison = "«\u00a0or_other\u00a0» n’est pas repris\u00a0: les réponses de cette question sont celles du socle."
            self.carnet.ecarter("survey", lue.ligne.numero, lue.ligne.entete("type"), raison)

    def _nommer(self, lue: LigneQuestion, est_notre: bool) -> str:
        """The variable of a local question: its own when we wrote it, else the territory's."""
        exacte = decoder(lue.ligne.lire("bnr_variable"))
        pris = {*self.variables.values(), *self.socle}
        nom = exacte if est_notre and isinstance(exacte, str) and exacte else lue.nom
        est_libre = nom == mot(nom) and nom not in self.variables.values()
        if est_libre and (est_notre or (nom not in pris and nom.endswith(f"_{self.suffixe}"))):
            return nom
        return code_libre(nom, territoire=self.territoire, pris=pris)

    def _precision(self, lue: LigneQuestion, source: dict) -> dict:
        """The question that « or_other » adds: what the other answer is."""
        pris = {*self.variables.values(), *self.socle}
        variable = code_libre(f"{lue.nom}_precision", territoire=self.territoire, pris=pris)
        self.variables[f"{lue.nom}_other"] = variable
        raison = "«\u00a0or_other\u00a0» devient une réponse «\u00a0Autre\u00a0», et une question qui demande laquelle."
        self.carnet.ecarter("survey", lue.ligne.numero, lue.ligne.entete("type"), raison)
        code = code_autre(self.reponses.listes[source["liste"]])
        return {
            **{
                "variable": variable,
                "genre": "texte_court",
                "libelle": "Lequel ou laquelle\u202f?",
            },
            **{"aide": "", "obligatoire": True, "doit_etre_posee": False, "noyau": False},
            **{"sensible": True, "liste": None, "min": None, "max": None, "classes": None},
            "condition": {
                "mode": "toutes",
                "clauses": [{"variable": source["variable"], "valeurs": [code]}],
            },
            **{"filtre": None, "exclut": [], "propose": None},
        }

    def _finir(self, document: dict) -> None:
        finition = Finition(
            Lexique.depuis(document),
            self.variables,
            self.listes_lues,
            frozenset(self.listes_du_socle),
            self.carnet,
        )
        groupes = {g.numero: g for lue, _, _ in self.posees for g in lue.relevants}
        for groupe in groupes.values():
            finition.signaler_groupe(groupe)
        for lue, question, socle in self.posees:
            finition.finir(lue, question, socle)
        for section in self.sections:
            if section.ligne is not None:
                if section.ligne.numero in groupes:
                    section.ligne.lire("relevant")
                finition.signaler_le_reste(section.ligne)
        self._signaler_les_colonnes()

    def _signaler_les_colonnes(self) -> None:
        """One line for each column of `choices` that nothing has read."""
        vues: dict[str, tuple[int, str]] = {}
        for lue in self.listes.values():
            for option in lue.lues:
                for colonne in option.ligne.cellules:
                    vues.setdefault(colonne, (option.ligne.numero, option.ligne.entete(colonne)))
        for numero, entete in vues.values():
            raison = "le BNR n’a pas d’équivalent\u00a0: cette colonne n’est pas reprise."
            self.carnet.ecarter("choices", numero, entete, raison)


def _reglages(feuille: Feuille | None, carnet: Carnet) -> dict[str, str]:
    """The settings; those that say something to other tools only are reported."""
    if feuille is None or not feuille.lignes:
        return {}
    ligne = feuille.lignes[0]
    reglages = {nom: ligne.lire(nom) for nom in list(ligne.cellules) if nom in _REGLAGES}
    for autre in feuille.lignes[1:]:
        carnet.ecarter("settings", autre.numero, "", "seule la première ligne de réglages est lue.")
    for colonne in ligne.cellules:
        raison = "ce réglage n’est pas repris\u00a0: il est propre à d’autres outils."
        carnet.ecarter("settings", ligne.numero, ligne.entete(colonne), raison)
    return reglages
