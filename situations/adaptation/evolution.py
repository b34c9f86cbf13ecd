"""« Le socle a évolué »: what the noyau gained or retired, taken into a territory's document.

Three-way: `ancien_noyau` is the noyau that the document started from. What the territory did not
touch follows the noyau; its words, order, hidden things and own additions are kept.
"""

from collections.abc import Iterator

from situations.moteur.elements import NON_RECOURS

from .differences import differences
from .document import copier, est_locale, inserer, oter_liste_inutile, questions
from .evolution_choix import evoluer_listes
from .fait import Difference
from .relations import delier, relations

# What the territory may say its own way; the rest of a core question is the noyau's.
_TERRITOIRE = ("libelle", "aide", "obligatoire", "condition")


def evolution(ancien_noyau: dict, nouveau_noyau: dict, doc: dict) -> list[Difference]:
    """What taking the evolution would change in `doc`; [] when there is nothing to take."""
    return differences(doc, prendre_evolution(doc, ancien_noyau, nouveau_noyau))


def prendre_evolution(doc: dict, ancien_noyau: dict, nouveau_noyau: dict) -> dict:
    """The document on the new noyau. Taking the same evolution again changes nothing."""
    doc = copier(doc)
    anciennes, nouvelles = questions(ancien_noyau), questions(nouveau_noyau)
    _retirer(doc, [v for v in anciennes if v not in nouvelles])
    for variable, nouvelle in nouvelles.items():
        posee = questions(doc).get(variable)
        if posee is not None:
            _fusionner(doc, posee, anciennes.get(variable), nouvelle)
        elif variable not in anciennes or _devient_exigee(anciennes[variable], nouvelle):
            _introduire(doc, nouveau_noyau, nouvelle)
    _fusionner_sections(doc, ancien_noyau, nouveau_noyau)
    evoluer_listes(doc, ancien_noyau, nouveau_noyau)
    _relier_au_noyau(doc, nouvelles)
    return doc


def _devient_exigee(ancienne: dict, nouvelle: dict) -> bool:
    return nouvelle["doit_etre_posee"] and not ancienne["doit_etre_posee"]


def _retirer(doc: dict, variables: list[str]) -> None:
    """Takes core questions out, and the sections of the situation that this empties."""
    for section in list(doc["sections"]):
        restent = [
            q for q in section["questions"] if not (q["noyau"] and q["variable"] in variables)
        ]
        parties = [q for q in section["questions"] if q not in restent]
        section["questions"] = restent
        for question in parties:
            oter_liste_inutile(doc, question["liste"])
        if parties and not restent and section["portee"] != NON_RECOURS:
            doc["sections"].remove(section)


def _fusionner(doc: dict, posee: dict, ancienne: dict | None, nouvelle: dict) -> None:
    """The noyau's question with the territory's words where it chose its own."""
    suivie = copier(nouvelle) | {"condition": _avec_locaux(doc, nouvelle["condition"])}
    gardes = {nom: posee[nom] for nom in _TERRITOIRE}
    if ancienne is not None:
        anciens = ancienne | {"condition": _avec_locaux(doc, ancienne["condition"])}
        for nom in _TERRITOIRE:
            intacte = posee[nom] in (ancienne[nom], anciens[nom])
            if intacte and ancienne[nom] != nouvelle[nom]:
                gardes[nom] = suivie[nom]
    gardes["obligatoire"] = gardes["obligatoire"] or nouvelle["obligatoire"]
    if nouvelle["doit_etre_posee"]:
        gardes["condition"] = suivie["condition"]
    posee.update(suivie | copier(gardes))


def _avec_locaux(doc: dict, condition: dict | None) -> dict | None:
    """A core condition that holds for the local choices too, in the order they were added."""
    if condition is None:
        return None
    etendue, posees = copier(condition), questions(doc)
    for clause in etendue["clauses"]:
        liste = posees.get(clause["variable"], {}).get("liste")
        clause["valeurs"] += [
            o["code"]
            for o in doc["listes"].get(liste or "", ())
            if est_locale(o) and o["raffine"] in clause["valeurs"]
        ]
    return etendue


def _introduire(doc: dict, noyau: dict, nouvelle: dict) -> None:
    """A core question after those that precede it in the noyau, in its section."""
    origine = next(s for s in noyau["sections"] if nouvelle in s["questions"])
    rang = origine["questions"].index(nouvelle)
    precedentes = [q["variable"] for q in origine["questions"][:rang]]
    section, place = _accueil(doc, noyau, origine, precedentes)
    inserer(section["questions"], copier(nouvelle), place)


def _accueil(doc: dict, noyau: dict, origine: dict, precedentes: list[str]) -> tuple[dict, int]:
    """Where a new core question goes: a section of the document, and a rank in it."""
    for variable in reversed(precedentes):
        for section in doc["sections"]:
            variables = [q["variable"] for q in section["questions"]]
            if variable in variables and section["portee"] == origine["portee"]:
                return section, variables.index(variable) + 1
    for section in doc["sections"]:
        repetee = origine["portee"] == NON_RECOURS == section["portee"]
        if repetee or (
            section["code"] == origine["code"] and section["portee"] == origine["portee"]
        ):
            return section, 0
    nouvelle = {**origine, "questions": []}
    inserer(doc["sections"], nouvelle, _rang_de_section(doc, noyau, origine))
    return nouvelle, 0


def _rang_de_section(doc: dict, noyau: dict, origine: dict) -> int:
    """After the last section of the document that precedes it in the noyau."""
    codes = [s["code"] for s in noyau["sections"]]
    precedentes = set(codes[: codes.index(origine["code"])])
    rangs = [r for r, s in enumerate(doc["sections"], 1) if s["code"] in precedentes]
    return max(rangs, default=0)


def _fusionner_sections(doc: dict, ancien: dict, nouveau: dict) -> None:
    for section, avant, apres in _sections_communes(doc, ancien, nouveau):
        for nom in ("titre", "aide"):
            if section[nom] == avant[nom]:
                section[nom] = apres[nom]


def _sections_communes(doc: dict, ancien: dict, nouveau: dict) -> Iterator[tuple[dict, dict, dict]]:
    avant, apres = ({s["code"]: s for s in noyau["sections"]} for noyau in (ancien, nouveau))
    for section in doc["sections"]:
        code = section["code"]
        if code in avant and code in apres:
            yield section, avant[code], apres[code]


def _relier_au_noyau(doc: dict, nouvelles: dict[str, dict]) -> None:
    """Core questions owe what the new noyau says, to the questions that are asked."""
    posees = questions(doc)
    for variable, question in posees.items():
        if question["noyau"] and variable in nouvelles:
            question.update(copier(relations(nouvelles[variable], posees)))
    delier(doc)
