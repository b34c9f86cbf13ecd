"""What changes in the lists of choices and in the rights, in sentences."""

from collections.abc import Iterator

from situations.moteur.langue import cite

from .document import LISTE_DES_DROITS, est_locale, options_du_noyau, questions
from .fait import Difference
from .ordre import deplaces
from .phrases import nom_de_choix

_MOTS = {"libelle", "precision"}


def differences_des_listes(avant: dict, apres: dict) -> Iterator[Difference]:
    """The changes of the lists that both documents hold; the others come with their questions."""
    for liste, nouvelles in apres["listes"].items():
        if avant["listes"].get(liste, nouvelles) == nouvelles:
            continue
        anciennes = {option["code"]: option for option in avant["listes"][liste]}
        phrases = _droits if liste == LISTE_DES_DROITS else _choix
        for phrase in phrases(apres, liste, anciennes, {o["code"]: o for o in nouvelles}):
            yield Difference(f"liste:{liste}", phrase)


def _nom_de_liste(doc: dict, liste: str) -> str:
    """The questions that use a list: one, two, or one and how many others."""
    noms = [
        cite(q["libelle"] or q["variable"]) for q in questions(doc).values() if q["liste"] == liste
    ]
    if len(noms) > 2:
        return f"{noms[0]} et {len(noms) - 1} autres questions"
    return " et ".join(noms) or f"Liste {cite(liste)}"


def _choix(doc: dict, liste: str, anciennes: dict, nouvelles: dict) -> Iterator[str]:
    nom = f"{_nom_de_liste(doc, liste)}\u00a0: "
    for code, option in anciennes.items():
        if code not in nouvelles:
            yield f"{nom}choix retiré {_nommer(option)}."
    for code, option in nouvelles.items():
        if code not in anciennes:
            yield f"{nom}choix ajouté {_nommer(option)}{_compte_comme(doc, liste, option)}."
        else:
            yield from _modifie(doc, liste, nom, anciennes[code], option)
    yield from _ordre(nom, anciennes, nouvelles, "choix déplacé")


def _droits(doc: dict, liste: str, anciennes: dict, nouvelles: dict) -> Iterator[str]:
    for code, option in anciennes.items():
        if code not in nouvelles:
            yield f"Droit {_depart(liste, option)}\u00a0: {_nommer(option)}."
    for code, option in nouvelles.items():
        if code in anciennes:
            yield from _modifie(doc, liste, "Droits\u00a0: ", anciennes[code], option)
        elif est_locale(option):
            yield f"Droit ajouté\u00a0: {_nommer(option)}{_compte_comme(doc, liste, option)}."
        else:
            yield f"Droit proposé\u00a0: {_nommer(option)}."
    yield from _ordre("", anciennes, nouvelles, "Droit déplacé\u00a0:")


def _depart(liste: str, option: dict) -> str:
    """How a right left: the territory's own, the noyau's that may come back, or no longer its."""
    if est_locale(option):
        return "retiré"
    connus = {o["code"] for o in options_du_noyau(liste)}
    return "masqué" if option["code"] in connus else "retiré du socle commun"


def _nommer(option: dict) -> str:
    return cite(option["libelle"] or option["code"])


def _compte_comme(doc: dict, liste: str, option: dict) -> str:
    if option.get("raffine"):
        return f", compté comme {nom_de_choix(doc, liste, option['raffine'])}"
    if option.get("domaine_libelle"):
        return f", compté dans le domaine {cite(option['domaine_libelle'])}"
    return ""


def _modifie(doc: dict, liste: str, nom: str, ancienne: dict, nouvelle: dict) -> Iterator[str]:
    """What changed in an option that both lists hold."""
    if ancienne["libelle"] != nouvelle["libelle"]:
        yield f"{nom}{_nommer(ancienne)} devient {_nommer(nouvelle)}."
    avant, apres = (option.get("precision", "") for option in (ancienne, nouvelle))
    if avant != apres:
        precision = f"est maintenant {cite(apres)}" if apres else "est retirée"
        yield f"{nom}la précision de {_nommer(nouvelle)} {precision}."
    if ancienne.get("raffine") != nouvelle.get("raffine"):
        yield f"{nom}{_nommer(nouvelle)} est maintenant{_compte_comme(doc, liste, nouvelle)[1:]}."
    autres = (ancienne.keys() | nouvelle.keys()) - _MOTS - {"raffine"}
    if any(ancienne.get(cle) != nouvelle.get(cle) for cle in autres):
        yield f"{nom}les propriétés de {_nommer(nouvelle)} changent{_details(ancienne, nouvelle)}."


_PROPRIETES = {
    "organismes": "organismes",
    "synonymes": "autres mots pour le trouver",
    "nature": "nature",
    "sensible": "caractère sensible",
    "domaine": "domaine",
    "type": "type de non-recours",
    "exclusif": "combinaison avec d’autres choix",
}


def _details(ancienne: dict, nouvelle: dict) -> str:
    """« (organismes, nature) »: the properties that have a name."""
    noms = [mot for cle, mot in _PROPRIETES.items() if ancienne.get(cle) != nouvelle.get(cle)]
    return f" ({', '.join(noms)})" if noms else ""


def _ordre(nom: str, anciennes: dict, nouvelles: dict, geste: str) -> Iterator[str]:
    codes = list(nouvelles)
    for code in deplaces(list(anciennes), codes):
        rang = codes.index(code)
        place = f"après {_nommer(nouvelles[codes[rang - 1]])}" if rang else "en premier"
        yield f"{nom}{geste} {_nommer(nouvelles[code])}, {place}."
