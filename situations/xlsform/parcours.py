"""The sheet `survey` walked from top to bottom: its sections, and the rows that are questions."""

from collections.abc import Collection
from dataclasses import dataclass, field

from situations.moteur.elements import NON_RECOURS, SITUATION
from situations.moteur.langue import nombre

from .choix import couper, texte_exact
from .classeur import Feuille, Ligne
from .ecriture import decoder, mot, unique
from .rapport import Carnet, Refus
from .types import TypeLu, lire_type

QUESTIONS_MAX = 500
CODE_MAX, TITRE_MAX, AIDE_MAX = 60, 120, 300
_REPETE = {"non_recours", "droits", "nonrecours"}


@dataclass(slots=True)
class LigneQuestion:
    """A row that asks something; `relevants` are the rows of the groups around it, if conditional."""

    ligne: Ligne
    nom: str
    type: TypeLu
    relevants: tuple["Ligne", ...]


@dataclass(slots=True)
class SectionLue:
    """A section, with the row that opens it (None when the workbook has none for it)."""

    code: str
    titre: str
    aide: str
    portee: str
    ligne: Ligne | None
    est_notre: bool = False
    questions: list[LigneQuestion] = field(default_factory=list)

    def document(self, questions: list[dict]) -> dict:
        return {
            **{"code": self.code, "titre": self.titre, "aide": self.aide},
            **{"portee": self.portee, "questions": questions},
        }


@dataclass(slots=True)
class _Niveau:
    """A group or a repeat that is open."""

    sorte: str
    ligne: Ligne
    relevants: tuple[Ligne, ...]
    section: SectionLue | None
    est_ecarte: bool


class Parcours:
    """One walk; `par_droit` are the core variables asked for each right."""

    def __init__(self, feuille: Feuille, par_droit: Collection[str], carnet: Carnet):
        self.lignes = feuille.lignes
        self.repete = self._repetition(par_droit)
        self.carnet = carnet
        self.sections: list[SectionLue] = []
        self.niveaux: list[_Niveau] = []
        self.courante: SectionLue | None = None

    def sections_lues(self) -> list[SectionLue]:
        """Every section in order, those without a question included. Raises Refus."""
        for ligne in self.lignes:
            brut, nom = ligne.lire("type"), ligne.lire("name")
            lu = lire_type(brut) if brut else None
            if lu is None:
                self._ecarter(
                    ligne, "type", "cette ligne n’a pas de type\u00a0: elle n’est pas reprise."
                )
            elif lu.sorte.startswith("begin_"):
                self._ouvrir(ligne, nom, lu.sorte.removeprefix("begin_"))
            elif lu.sorte.startswith("end_"):
                self._fermer(ligne, lu.sorte.removeprefix("end_"))
            else:
                self._poser(LigneQuestion(ligne, nom, lu, ()))
        for niveau in self.niveaux:
            raison = "ce groupe n’est jamais fermé\u00a0: il va jusqu’à la fin."
            self._ecarter(niveau.ligne, "type", raison)
        if sum(len(section.questions) for section in self.sections) > QUESTIONS_MAX:
            raise Refus(
                f"Ce formulaire pose plus de {nombre(QUESTIONS_MAX)} questions\u00a0: personne ne le "
                "remplirait. Gardez celles qui servent."
            )
        return self.sections

    def _ecarter(self, ligne: Ligne, colonne: str, raison: str) -> None:
        self.carnet.ecarter("survey", ligne.numero, ligne.entete(colonne), raison)

    def _repetition(self, par_droit: Collection[str]) -> int | None:
        """The row number of the repeat that describes rights: ours, or the one that asks of them."""
        ouverts: list[Ligne] = []
        for ligne in self.lignes:
            sorte = lire_type(ligne.cellules.get("type", "")).sorte
            nom = ligne.cellules.get("name", "")
            if sorte == "begin_repeat":
                ouverts.append(ligne)
                if "bnr_code" in ligne.cellules or mot(nom) in _REPETE:
                    return ligne.numero
            elif sorte == "end_repeat" and ouverts:
                ouverts.pop()
            elif ouverts and nom in par_droit:
                return ouverts[-1].numero
        return None

    def _ouvrir(self, ligne: Ligne, nom: str, sorte: str) -> None:
        parent = self.niveaux[-1] if self.niveaux else None
        ecarte = parent is not None and parent.est_ecarte
        relevants = parent.relevants if parent else ()
        relevants = (*relevants, ligne) if "relevant" in ligne.cellules else relevants
        niveau = _Niveau(sorte, ligne, relevants, self.courante, ecarte)
        self.niveaux.append(niveau)
        if ecarte:
            self._ecarter(ligne, "type", "ce groupe est dans une répétition qui n’est pas reprise.")
        elif sorte == "repeat" and ligne.numero != self.repete:
            niveau.est_ecarte = True
            self._ecarter(
                ligne,
                "type",
                f"la répétition «\u00a0{nom}\u00a0» n’est pas reprise\u00a0: au BNR, seule la description des droits "
                "se répète.",
            )
        elif sorte == "repeat":
            self.courante = self._section(ligne, nom, NON_RECOURS)
        elif parent is None:
            self.courante = self._section(ligne, nom, SITUATION)
        else:
            titre = ligne.lire("label") or nom
            self._ecarter(
                ligne,
                "type",
                f"le groupe «\u00a0{titre}\u00a0» est dans un autre\u00a0: ses questions rejoignent la section "
                f"«\u00a0{self._courante(ligne).titre}\u00a0».",
            )

    def _section(self, ligne: Ligne, nom: str, portee: str) -> SectionLue:
        code = decoder(ligne.lire("bnr_code"))
        notre = isinstance(code, str) and code != ""
        titre = texte_exact(ligne, "label", "bnr_titre", nom or "Section")
        aide = decoder(ligne.lire("bnr_aide"))
        aide = aide if isinstance(aide, str) else ""
        aide = aide or ligne.lire("hint")
        pris = {section.code for section in self.sections}
        section = SectionLue(
            unique(code if notre else mot(nom or titre, "section")[:CODE_MAX], pris),
            couper(titre, TITRE_MAX, ligne, "survey", "label", self.carnet),
            couper(aide, AIDE_MAX, ligne, "survey", "bnr_aide", self.carnet),
            portee,
            ligne,
            notre,
        )
        self.sections.append(section)
        return section

    def _fermer(self, ligne: Ligne, sorte: str) -> None:
        if not self.niveaux or self.niveaux[-1].sorte != sorte:
            self._ecarter(ligne, "type", "cette fin ne ferme rien\u00a0: elle est ignorée.")
            return
        niveau = self.niveaux.pop()
        self.courante = niveau.section

    def _courante(self, ligne: Ligne) -> SectionLue:
        """The section that a row falls in; one is opened for the rows outside of any group."""
        repetee = any(section.portee == NON_RECOURS for section in self.sections)
        if self.courante is None:
            pris = {section.code for section in self.sections}
            self.courante = SectionLue(unique("questions", pris), "Questions", "", SITUATION, None)
            self.sections.append(self.courante)
            self.carnet.remarquer(
                "Les questions hors de tout groupe sont rangées dans une section «\u00a0Questions\u00a0»."
            )
        elif repetee and self.courante is not self.sections[-1]:
            # After a repeat inside a group, the rest of the group comes after the repeat.
            self.courante = self._suite(self.courante)
        return self.courante

    def _suite(self, debut: SectionLue) -> SectionLue:
        pris = {section.code for section in self.sections}
        suite = SectionLue(
            unique(f"{debut.code}_suite", pris), f"{debut.titre} (suite)", "", SITUATION, None
        )
        self.sections.append(suite)
        return suite

    def _poser(self, question: LigneQuestion) -> None:
        ligne = question.ligne
        if self.niveaux and self.niveaux[-1].est_ecarte:
            self._ecarter(
                ligne,
                "name",
                f"«\u00a0{question.nom}\u00a0» est dans une répétition qui n’est pas reprise.",
            )
        elif question.type.refus:
            self._ecarter(
                ligne,
                "type",
                f"«\u00a0{question.nom}\u00a0» n’est pas reprise\u00a0: {question.type.refus}",
            )
        elif not question.nom:
            self._ecarter(ligne, "name", "ce nom manque\u00a0: la question n’est pas reprise.")
        else:
            question.relevants = self.niveaux[-1].relevants if self.niveaux else ()
            self._courante(ligne).questions.append(question)
