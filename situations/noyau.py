"""The noyau: the questions, choices and rights that every territory shares, as data files.

Pure: reads the CSV files of the project and says what they declare. `miroir.py` writes it to
the tables; a territory's first form is the document returned by `document_noyau`.
"""

import csv
import hashlib
from functools import cache
from pathlib import Path

from territoires.referentiel import lire_categories_organismes

DOSSIER = Path(__file__).parent / "donnees"
FICHIERS = ("domaines", "droits", "modalites", "motifs", "types", "variables")

CODES_RUBRIQUES = {
    "Le repérage": "reperage",
    "La personne": "personne",
    "Les non-recours": "non_recours",
    "Conséquences et suites": "suites",
}
AIDES_RUBRIQUES = {"non_recours": "Un bloc par droit dont la personne ne bénéficie pas."}

# What the files cannot say in a column: how the answers of one right hang together.
FILTRES = {
    "motif_principal": {"attribut": "type", "variables": ["type", "types_secondaires"]},
    "motifs_secondaires": {"attribut": "type", "variables": ["type", "types_secondaires"]},
}
EXCLUSIONS = {"types_secondaires": ["type"], "motifs_secondaires": ["motif_principal"]}
PROPOSITIONS = {"organisme": {"variable": "droit", "attribut": "organismes"}}
# « Ne sait pas » mixes with no other type or motive.
EXCLUSIFS = {("types", "NSP"), ("motifs", "nsp"), ("organismes", "NSP")}
LISTES_PAR_FAMILLE = {"consequence"}


@cache
def lire(fichier: str) -> tuple[dict[str, str], ...]:
    """Rows of one declared file (`droits`, `variables`…), as dictionaries of strings."""
    with (DOSSIER / f"{fichier}.csv").open(encoding="utf-8", newline="") as flux:
        return tuple(csv.DictReader(flux))


def empreinte() -> str:
    """SHA-256 of all that the noyau declares, in hexadecimal: changes when any file does."""
    somme = hashlib.sha256()
    for fichier in FICHIERS:
        somme.update((DOSSIER / f"{fichier}.csv").read_bytes())
    somme.update(Path(__file__).read_bytes())
    somme.update(repr(lire_categories_organismes()).encode())
    return somme.hexdigest()


def lire_condition(texte: str) -> dict | None:
    """« famille parmi f_mono, nsp » → the condition document; several are joined by « et »."""
    if not texte.strip():
        return None
    clauses = []
    for morceau in texte.split(" et "):
        variable, separateur, valeurs = morceau.partition(" parmi ")
        if not separateur:
            raise ValueError(f"Condition illisible dans le noyau : {texte!r}")
        clauses.append(
            {
                "variable": variable.strip(),
                "valeurs": [valeur.strip() for valeur in valeurs.split(",")],
            }
        )
    return {"mode": "toutes", "clauses": clauses}


def _option(liste: str, code: str, libelle: str, precision: str = "", **autres) -> dict:
    exclusif = autres.pop("exclusif", False) or (liste, code) in EXCLUSIFS
    return {
        "code": code,
        "libelle": libelle,
        "precision": precision,
        "exclusif": exclusif,
        **autres,
    }


def _listes_speciales() -> dict[str, list[dict]]:
    domaines = {ligne["code"]: ligne["libelle"] for ligne in lire("domaines")}
    return {
        "types": [
            _option(
                "types",
                ligne["code"],
                ligne["libelle"],
                ligne["definition_courte"],
                question_aide=ligne["question_aide"],
            )
            for ligne in lire("types")
        ],
        "motifs": [
            _option(
                "motifs",
                ligne["code"],
                ligne["libelle"],
                type=ligne["type"],
                registre=ligne["registre"],
            )
            for ligne in lire("motifs")
        ],
        "droits": [
            _option(
                "droits",
                ligne["code"],
                ligne["libelle"],
                domaine=ligne["domaine"],
                domaine_libelle=domaines[ligne["domaine"]],
                organismes=[code for code in ligne["organismes"].split("|") if code],
                nature=ligne["nature"],
                sensible=ligne["sens"] == "1",
                synonymes=ligne["synonymes"],
            )
            for ligne in lire("droits")
        ],
        "organismes": [
            _option("organismes", ligne["code"], ligne["libelle"])
            for ligne in lire_categories_organismes()
            if ligne["competent"] == "1"
        ],
    }


@cache
def listes() -> dict[str, list[dict]]:
    """Every choice list of the noyau: name → options in display order."""
    resultat: dict[str, list[dict]] = {}
    for ligne in sorted(lire("modalites"), key=lambda ligne: int(ligne["ordre"])):
        # For consequences the column names a family of them, which is not said to who chooses.
        famille = ligne["liste"] in LISTES_PAR_FAMILLE
        resultat.setdefault(ligne["liste"], []).append(
            _option(
                ligne["liste"],
                ligne["code"],
                ligne["libelle"],
                "" if famille else ligne["precision"],
                exclusif=ligne["exclusif"] == "1",
                **({"famille": ligne["precision"]} if famille else {}),
            )
        )
    return {**resultat, **_listes_speciales()}


def question(ligne: dict[str, str]) -> dict:
    """The question document of one row of `variables.csv`."""
    code = ligne["code"]
    return {
        "variable": code,
        "genre": ligne["type"],
        "libelle": ligne["libelle"],
        "aide": ligne["aide"],
        "obligatoire": ligne["obligatoire"] == "1",
        "doit_etre_posee": ligne["doit_etre_posee"] == "1",
        "noyau": True,
        "sensible": ligne["sensible"] == "1",
        "liste": ligne["liste"] or None,
        "min": None,
        "max": int(ligne["max"]) if ligne["max"] else None,
        "classes": None,
        "condition": lire_condition(ligne["condition"]),
        "filtre": FILTRES.get(code),
        "exclut": EXCLUSIONS.get(code, []),
        "propose": PROPOSITIONS.get(code),
    }


def document_noyau() -> dict:
    """The definition of a form made of the whole noyau and nothing else."""
    sections: dict[str, dict] = {}
    utilisees: set[str] = set()
    for ligne in sorted(lire("variables"), key=lambda ligne: int(ligne["ordre"])):
        code = CODES_RUBRIQUES[ligne["rubrique"]]
        section = sections.setdefault(
            code,
            {
                "code": code,
                "titre": ligne["rubrique"],
                "aide": AIDES_RUBRIQUES.get(code, ""),
                "portee": ligne["portee"],
                "questions": [],
            },
        )
        section["questions"].append(question(ligne))
        utilisees.add(ligne["liste"])
    return {
        "sections": list(sections.values()),
        "listes": {nom: options for nom, options in listes().items() if nom in utilisees},
    }
