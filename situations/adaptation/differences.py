"""What changes from one document to another, in sentences a social worker understands."""

from collections.abc import Iterator

from situations.moteur.elements import NON_RECOURS
from situations.moteur.langue import cite

from .differences_choix import differences_des_listes
from .differences_questions import changements, nom_de
from .document import questions
from .fait import Difference
from .ordre import deplaces
from .phrases import phrase_condition


def differences(avant: dict, apres: dict) -> list[Difference]:
    """The changes from `avant` to `apres`, sections first, then questions, choices and rights."""
    return [
        *_sections(avant, apres),
        *_questions(avant, apres),
        *differences_des_listes(avant, apres),
    ]


def _sections(avant: dict, apres: dict) -> Iterator[Difference]:
    anciennes = {s["code"]: s for s in avant["sections"]}
    nouvelles = {s["code"]: s for s in apres["sections"]}
    for code, section in anciennes.items():
        if code not in nouvelles:
            yield Difference(f"section:{code}", f"Section retirée\u00a0: {cite(section['titre'])}.")
    for code, section in nouvelles.items():
        cle, nom = f"section:{code}", cite(section["titre"])
        if code not in anciennes:
            yield Difference(cle, f"Section ajoutée\u00a0: {nom}{_pour_chaque_droit(section)}.")
            continue
        ancienne = anciennes[code]
        if ancienne["titre"] != section["titre"]:
            yield Difference(
                cle, f"La section {cite(ancienne['titre'])} s’appelle maintenant {nom}."
            )
        if ancienne.get("aide", "") != section.get("aide", ""):
            yield Difference(cle, f"{nom}\u00a0: {changement_d_aide(ancienne, section)}.")
        if ancienne["portee"] != section["portee"]:
            frequence = (
                "pour chaque droit" if section["portee"] == NON_RECOURS else "une seule fois"
            )
            yield Difference(cle, f"La section {nom} est maintenant posée {frequence}.")
    codes = list(nouvelles)
    for code in deplaces(list(anciennes), codes):
        place = _place([cite(nouvelles[c]["titre"]) for c in codes], codes.index(code))
        nom = cite(nouvelles[code]["titre"])
        yield Difference(
            f"section:{code}", f"La section {nom} est déplacée\u00a0: elle vient {place}."
        )


def changement_d_aide(ancien: dict, nouveau: dict) -> str:
    """« aide ajoutée, « … » », « aide retirée », or both helps."""
    avant, apres = ancien.get("aide", ""), nouveau.get("aide", "")
    if not apres:
        return f"aide retirée, {cite(avant)}"
    if not avant:
        return f"aide ajoutée, {cite(apres)}"
    return f"l’aide {cite(avant)} devient {cite(apres)}"


def _place(noms: list[str], rang: int) -> str:
    return f"après {noms[rang - 1]}" if rang else "en premier"


def _pour_chaque_droit(section: dict) -> str:
    return ", posée pour chaque droit" if section["portee"] == NON_RECOURS else ""


def _questions(avant: dict, apres: dict) -> Iterator[Difference]:
    anciennes, nouvelles = questions(avant), questions(apres)
    for variable, question in anciennes.items():
        if variable not in nouvelles:
            yield Difference(f"question:{variable}", f"{nom_de(question)} n’est plus posée.")
    places = {q["variable"]: s["code"] for s in avant["sections"] for q in s["questions"]}
    for section in apres["sections"]:
        variables = [q["variable"] for q in section["questions"]]
        restees = [v for v in places if places[v] == section["code"]]
        bougees = set(deplaces(restees, variables))
        for rang, question in enumerate(section["questions"]):
            variable = question["variable"]
            cle = f"question:{variable}"
            if variable not in anciennes:
                yield Difference(cle, _ajout(apres, section, question))
                continue
            phrases = changements(avant, apres, anciennes[variable], question)
            yield from (Difference(cle, phrase) for phrase in phrases)
            if places[variable] != section["code"]:
                yield Difference(cle, f"{nom_de(question)} passe dans {cite(section['titre'])}.")
            elif variable in bougees:
                place = _place([nom_de(q) for q in section["questions"]], rang)
                yield Difference(cle, f"{nom_de(question)} est déplacée\u00a0: elle vient {place}.")


def _ajout(doc: dict, section: dict, question: dict) -> str:
    precisions = ["obligatoire"] if question["obligatoire"] else []
    if question["condition"]:
        precisions.append(f"affichée {phrase_condition(doc, question['condition'])}")
    suite = f" ({', '.join(precisions)})" if precisions else ""
    return f"Question ajoutée dans {cite(section['titre'])}\u00a0: {nom_de(question)}{suite}."
