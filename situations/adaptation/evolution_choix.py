"""The choices and rights that the noyau gained or retired, in a territory's lists."""

from .document import LISTE_DES_DROITS, copier, est_locale, questions
from .gestes_choix import herites


def evoluer_listes(doc: dict, ancien_noyau: dict, nouveau_noyau: dict) -> None:
    """Brings the lists used by `doc` to the new noyau. Writes in `doc`."""
    utilisees = {q["liste"] for q in questions(doc).values() if q["liste"]}
    for liste in sorted(utilisees):
        nouvelles = nouveau_noyau["listes"].get(liste)
        if nouvelles is None:
            continue
        actuelles = doc["listes"].get(liste)
        if actuelles is None:
            doc["listes"][liste] = copier(nouvelles)
            continue
        anciennes = ancien_noyau["listes"].get(liste, [])
        doc["listes"][liste] = _evoluer(liste, actuelles, anciennes, nouvelles)
    for liste in set(doc["listes"]) - utilisees:
        del doc["listes"][liste]


def _evoluer(
    liste: str, actuelles: list[dict], anciennes: list[dict], nouvelles: list[dict]
) -> list[dict]:
    """The list without what the noyau retired, with what it gained, local options kept."""
    avant, apres = ({o["code"]: o for o in options} for options in (anciennes, nouvelles))
    resultat = []
    for option in actuelles:
        code = option["code"]
        if est_locale(option):
            raffinee = apres.get(option["raffine"])
            suit = raffinee is not None and liste != LISTE_DES_DROITS
            resultat.append({**option, **(copier(herites(raffinee)) if suit else {})})
        elif code in apres:
            resultat.append(copier(apres[code]))
        elif code not in avant:
            resultat.append(option)
    presents = {option["code"] for option in resultat}
    for rang, option in enumerate(nouvelles):
        if option["code"] not in avant and option["code"] not in presents:
            precedents = {o["code"] for o in nouvelles[:rang]}
            resultat.insert(_place(resultat, precedents), copier(option))
    return resultat


def _place(options: list[dict], precedents: set[str]) -> int:
    """After the last option that precedes in the noyau, and those that refine it."""
    rangs = [
        rang
        for rang, option in enumerate(options, 1)
        if option["code"] in precedents or option.get("raffine") in precedents
    ]
    return max(rangs, default=0)
