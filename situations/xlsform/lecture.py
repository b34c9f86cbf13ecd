"""XLSForm's expressions read back: the part of them that a definition can hold."""

import re
from dataclasses import dataclass

# (mode, [(name of the question, names of its choices)])
Clauses = tuple[str, list[tuple[str, list[str]]]]

_MOTS = re.compile(
    r"""\s*(?:(?P<ref>\$\{\s*[^{}\s]+\s*\})|(?P<texte>'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?)"""
    r"""|(?P<op>!=|<=|>=|[=<>(),])|(?P<mot>[A-Za-z][\w\-]*)|(?P<autre>\S))"""
)
_LONGUEUR_MAX = 8_000
_PROFONDEUR_MAX = 20


class NonExprimable(ValueError):
    """An expression that a definition cannot hold; `raison` says what in it, in French."""

    def __init__(self, raison: str):
        super().__init__(raison)
        self.raison = raison


@dataclass(frozen=True, slots=True)
class _Atome:
    nom: str
    code: str


@dataclass(frozen=True, slots=True)
class _Suite:
    mot: str
    termes: tuple


def lire_condition(texte: str) -> Clauses:
    """`${x} = 'a'` and `selected(${x}, 'a')`, joined by `and` or by `or`. Raises NonExprimable.

    The alternatives of one question make one clause: « x is a or b ».
    """
    if len(texte) > _LONGUEUR_MAX:
        raise NonExprimable("elle est trop longue")
    arbre = _Lecteur(texte).lire()
    if isinstance(arbre, _Suite) and arbre.mot == "and":
        return "toutes", [_clause(terme) for terme in arbre.termes]
    atomes = arbre.termes if isinstance(arbre, _Suite) else (arbre,)
    codes: dict[str, list[str]] = {}
    for atome in atomes:
        if not isinstance(atome, _Atome):
            raise NonExprimable("elle mêle «\u00a0and\u00a0» et «\u00a0or\u00a0»")
        codes.setdefault(atome.nom, []).append(atome.code)
    clauses = [(nom, list(dict.fromkeys(valeurs))) for nom, valeurs in codes.items()]
    return ("toutes" if len(clauses) == 1 else "une"), clauses


def _clause(terme: "_Atome | _Suite") -> tuple[str, list[str]]:
    atomes = terme.termes if isinstance(terme, _Suite) else (terme,)
    if not all(isinstance(atome, _Atome) for atome in atomes) or len({a.nom for a in atomes}) > 1:
        raise NonExprimable("elle mêle «\u00a0and\u00a0» et «\u00a0or\u00a0»")
    return atomes[0].nom, list(dict.fromkeys(atome.code for atome in atomes))


class _Lecteur:
    """A descent over the words of one expression."""

    def __init__(self, texte: str):
        self.mots = [
            (trouve.lastgroup, trouve.group(trouve.lastgroup)) for trouve in _MOTS.finditer(texte)
        ]
        self.rang = 0
        self.profondeur = 0

    def lire(self):
        arbre = self._suite("or")
        if self.rang < len(self.mots):
            raise NonExprimable(f"«\u00a0{self._voir()[1]}\u00a0» n’y est pas attendu")
        return arbre

    def _voir(self) -> tuple[str, str]:
        return self.mots[self.rang] if self.rang < len(self.mots) else ("fin", "la fin")

    def _prendre(self) -> tuple[str, str]:
        mot = self._voir()
        self.rang += 1
        return mot

    def _suite(self, mot: str):
        """Terms joined by `mot`; flattened, so that parentheses that change nothing are free."""
        suivant = (lambda: self._suite("and")) if mot == "or" else self._terme
        termes = [suivant()]
        while self._voir() == ("mot", mot):
            self._prendre()
            termes.append(suivant())
        if len(termes) == 1:
            return termes[0]
        a_plat = (t.termes if isinstance(t, _Suite) and t.mot == mot else (t,) for t in termes)
        return _Suite(mot, tuple(terme for groupe in a_plat for terme in groupe))

    def _terme(self):
        genre, mot = self._prendre()
        if (genre, mot) == ("op", "("):
            self.profondeur += 1
            if self.profondeur > _PROFONDEUR_MAX:
                raise NonExprimable("elle imbrique trop de parenthèses")
            arbre = self._suite("or")
            self._attendre(")")
            self.profondeur -= 1
            return arbre
        if genre == "mot" and mot == "selected":
            self._attendre("(")
            nom = self._reference()
            self._attendre(",")
            code = self._code()
            self._attendre(")")
            return _Atome(nom, code)
        if genre == "mot" and self._voir() == ("op", "("):
            raise NonExprimable(f"elle emploie «\u00a0{mot}()\u00a0»")
        self.rang -= 1
        return self._egalite()

    def _egalite(self) -> _Atome:
        a_gauche = self._voir()[0] == "texte"
        code = self._code() if a_gauche else ""
        nom = "" if a_gauche else self._reference()
        self._attendre("=")
        return _Atome(self._reference(), code) if a_gauche else _Atome(nom, self._code())

    def _attendre(self, signe: str) -> None:
        genre, mot = self._prendre()
        if (genre, mot) != ("op", signe):
            raise NonExprimable(f"«\u00a0{mot}\u00a0» s’y trouve au lieu de «\u00a0{signe}\u00a0»")

    def _reference(self) -> str:
        genre, mot = self._prendre()
        if genre != "ref":
            raise NonExprimable(f"«\u00a0{mot}\u00a0» n’est pas une question")
        return mot[2:-1].strip()

    def _code(self) -> str:
        genre, mot = self._prendre()
        if genre != "texte":
            raise NonExprimable(f"«\u00a0{mot}\u00a0» n’est pas une réponse")
        code = mot.strip("'\"")
        if not code:
            raise NonExprimable("elle teste une réponse vide")
        return code


_CONTRAINTES = {
    "min": r"\.\s*>=\s*(-?\d{1,9})",
    "min_strict": r"\.\s*>\s*(-?\d{1,9})",
    "max": r"\.\s*<=\s*(-?\d{1,9})",
    "max_strict": r"\.\s*<\s*(-?\d{1,9})",
    "longueur": r"string-length\(\s*\.\s*\)\s*<=\s*(\d{1,9})",
    "longueur_stricte": r"string-length\(\s*\.\s*\)\s*<\s*(\d{1,9})",
    "effectif": r"count-selected\(\s*\.\s*\)\s*<=\s*(\d{1,9})",
    "effectif_strict": r"count-selected\(\s*\.\s*\)\s*<\s*(\d{1,9})",
    "exclusif": r"not\s*\(\s*selected\(\s*\.\s*,\s*['\"]([^'\"]+)['\"]\s*\)"
    r"\s+and\s+count-selected\(\s*\.\s*\)\s*>\s*1\s*\)",
    "exclut": r"not\s*\(\s*selected\(\s*\.\s*,\s*\$\{([^{}]+)\}\s*\)\s*\)",
    "exclut_par": r"not\s*\(\s*selected\(\s*\$\{([^{}]+)\}\s*,\s*\.\s*\)\s*\)",
    "different": r"\.\s*!=\s*\$\{([^{}]+)\}",
}
_LECTURES = {nom: re.compile(motif) for nom, motif in _CONTRAINTES.items()}


def lire_contrainte(texte: str) -> list[tuple[str, str]]:
    """The terms of a `constraint`: (what it is, its argument), ("", term) when not understood."""
    if len(texte) > _LONGUEUR_MAX:
        return [("", texte)]
    return [_terme_de_contrainte(terme) for terme in couper(texte)]


def _terme_de_contrainte(terme: str) -> tuple[str, str]:
    for nom, motif in _LECTURES.items():
        if trouve := motif.fullmatch(terme):
            return nom, trouve.group(1).strip()
    return "", terme


def couper(texte: str) -> list[str]:
    """The terms that `and` joins outside of any parenthesis or quotation."""
    termes, profondeur, debut, guillemet = [], 0, 0, ""
    for rang, lettre in enumerate(texte):
        if guillemet:
            guillemet = "" if lettre == guillemet else guillemet
        elif lettre in "'\"":
            guillemet = lettre
        elif lettre in "()":
            profondeur += 1 if lettre == "(" else -1
        elif profondeur == 0 and rang >= debut and re.match(r"\sand\s", texte[rang : rang + 5]):
            termes.append(texte[debut:rang])
            debut = rang + 5
    return [terme.strip() for terme in (*termes, texte[debut:]) if terme.strip()]


_FILTRES = (
    re.compile(r"(?P<colonne>[A-Za-z_][\w.\-]*)\s*=\s*\$\{(?P<nom>[^{}]+)\}"),
    re.compile(r"\$\{(?P<nom>[^{}]+)\}\s*=\s*(?P<colonne>[A-Za-z_][\w.\-]*)"),
    re.compile(r"selected\(\s*\$\{(?P<nom>[^{}]+)\}\s*,\s*(?P<colonne>[A-Za-z_][\w.\-]*)\s*\)"),
)


def lire_filtre(texte: str) -> tuple[str, str] | None:
    """(column of `choices`, name of the question) of a one-level `choice_filter`, else None."""
    for motif in _FILTRES:
        if len(texte) <= _LONGUEUR_MAX and (trouve := motif.fullmatch(texte.strip())):
            return trouve["colonne"], trouve["nom"].strip()
    return None
