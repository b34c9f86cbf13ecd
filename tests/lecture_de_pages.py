"""What a reader takes from a dashboard: each table of the page, its lines and what stands there.

And the same of its spreadsheets.
"""

import csv
import io
from dataclasses import dataclass, field
from html.parser import HTMLParser

VIDES = frozenset({"input", "br", "img", "link", "meta", "hr", "rect"})
Valeur = int | None


@dataclass
class TableLue:
    """`lignes`: label → one value a column, None for « secret »; `colonnes`: their labels."""

    cle: str
    n: str = ""
    colonnes: list[str] = field(default_factory=list)
    lignes: dict[str, list[Valeur]] = field(default_factory=dict)
    pied: list[Valeur] = field(default_factory=list)


def nombre(texte: str) -> Valeur:
    """« 1 234 » → 1234; None for anything but a whole number."""
    serre = "".join(texte.split())
    return int(serre) if serre.isdigit() else None


@dataclass
class FichiersLus:
    """`tables` by key, as those of a page."""

    tables: dict[str, TableLue]
    chiffres: tuple[str, ...] = ()


def lire_fichier(cle: str, contenu: bytes) -> TableLue:
    """The table of one spreadsheet: base, columns of counts, lines, last line."""
    lignes = list(csv.reader(io.StringIO(contenu.decode("utf-8-sig")), delimiter=";"))
    base = next(ligne[1] for ligne in lignes if ligne[:1] == ["Base"])
    debut = lignes.index([]) + 1
    tete, *corps = lignes[debut : lignes.index([], debut)]
    table = TableLue(cle, base)
    if not corps:
        return table
    premiere = 1 + (tete[0] == "Groupe")
    gardees = [k for k in range(premiere, len(tete)) if not tete[k].startswith(("Part ", "Popul"))]
    table.colonnes = [tete[k] for k in gardees]
    for ligne in corps:
        valeurs = [nombre(ligne[k]) for k in gardees]
        if ligne[premiere - 1] == "Ensemble":
            table.pied = valeurs
        else:
            table.lignes[ligne[premiere - 1].removeprefix("'")] = valeurs
    return table


class LecteurDePage(HTMLParser):
    """Reads `tables` by key, and `chiffres`, the texts of the key figures."""

    def __init__(self, html: str):
        super().__init__()
        self.tables: dict[str, TableLue] = {}
        self.chiffres: list[str] = []
        self._pile: list[tuple[str, str, str]] = []
        self._table: TableLue | None = None
        self._cellules: list[tuple[str, str, str]] = []
        self._texte: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in VIDES:
            return
        attributs = dict(attrs)
        classe, identifiant = attributs.get("class") or "", attributs.get("id") or ""
        self._pile.append((tag, classe, identifiant))
        if "morceau" in classe.split() and identifiant.startswith("t-"):
            self._table = self.tables[identifiant[2:]] = TableLue(identifiant[2:])
        if tag == "tr":
            self._cellules = []
        if tag in ("th", "td", "dt", "dd", "li") or classe == "base":
            self._texte = []

    def handle_data(self, donnees):
        if not any("visually-hidden" in classe for _, classe, _ in self._pile if classe):
            self._texte.append(donnees)
        elif any(tag == "caption" for tag, _, _ in self._pile):
            return
        elif any(tag == "thead" for tag, _, _ in self._pile):
            self._texte.append(donnees)

    def handle_endtag(self, tag):
        if tag in VIDES or not self._pile:
            return
        ouvert, classe, _ = self._pile.pop()
        texte = " ".join("".join(self._texte).split())
        if ouvert in ("th", "td"):
            self._cellules.append((ouvert, classe, texte))
        elif self._table is None:
            if ouvert == "li" and any(c.startswith("chiffres") for _, c, _ in self._pile):
                self.chiffres.append(texte)
        elif classe == "base":
            self._table.n = texte
        elif ouvert == "dt":
            self._cellules = [("dt", "", texte)]
        elif ouvert == "dd":
            self._table.lignes[self._cellules[0][2]] = [nombre(texte)]
        elif ouvert == "tr":
            self._ranger()

    def _ranger(self) -> None:
        """One line, of the head, the body or the foot."""
        lieux = {tag for tag, _, _ in self._pile}
        utiles = [c for c in self._cellules if not set(c[1].split()) & {"barre", "empilee"}]
        if not utiles:
            return
        if "thead" in lieux:
            self._table.colonnes = [texte for _, _, texte in utiles[1:]]
            return
        effectifs = [c for c in utiles if "effectif" in c[1].split()]
        nombres = [nombre(texte) for _, _, texte in (effectifs or utiles[1:])]
        if "tfoot" in lieux:
            self._table.pied = nombres
        elif "groupe" not in utiles[0][1].split():
            self._table.lignes[utiles[0][2]] = nombres
