"""What an import says of a workbook: what it kept, what it could not keep and where."""

from dataclasses import dataclass, field

from situations.moteur.langue import compter


class Refus(ValueError):
    """The file cannot be read as an XLSForm; `phrase` says why and what to do, in French."""

    def __init__(self, phrase: str):
        super().__init__(phrase)
        self.phrase = phrase


@dataclass(frozen=True, slots=True)
class Ecart:
    """Something written in the workbook that the definition does not hold, or holds otherwise.

    `ligne` counts as the spreadsheet shows it, headers being line 1; `colonne` is the header.
    """

    feuille: str
    ligne: int
    colonne: str
    raison: str

    @property
    def phrase(self) -> str:
        """« Feuille « survey », ligne 12, colonne « type » : … »."""
        lieu = f"Feuille «\u00a0{self.feuille}\u00a0», ligne\u00a0{self.ligne}"
        if self.colonne:
            lieu += f", colonne «\u00a0{self.colonne}\u00a0»"
        return f"{lieu}\u00a0: {self.raison}"


@dataclass(frozen=True, slots=True)
class Rapport:
    """The outcome of an import: a definition document, or the sentence that refuses the file."""

    document: dict | None
    ecartes: list[Ecart] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)
    refus: str = ""

    @property
    def repris(self) -> str:
        """« 4 sections, 45 questions, 33 listes, 412 réponses », or nothing when refused."""
        if self.document is None:
            return ""
        sections, listes = self.document["sections"], self.document["listes"]
        questions = sum(len(section["questions"]) for section in sections)
        reponses = sum(map(len, listes.values()))
        comptes = ((len(sections), "section"), (questions, "question"))
        comptes += ((len(listes), "liste"), (reponses, "réponse"))
        return ", ".join(compter(nombre, nom) for nombre, nom in comptes)


@dataclass(slots=True)
class Carnet:
    """What is noted while reading."""

    ecartes: list[Ecart] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)

    def ecarter(self, feuille: str, ligne: int, colonne: str, raison: str) -> None:
        self.ecartes.append(Ecart(feuille, ligne, colonne, raison))

    def remarquer(self, phrase: str) -> None:
        if phrase not in self.remarques:
            self.remarques.append(phrase)
