"""Short anonymous accounts, put together from an opening, a motive, a right and an ending."""

from .droits import DROITS
from .personne import Personne
from .textes_droits import PROPOSITIONS_PAR_DROIT, PROPOSITIONS_PAR_TYPE, RECITS_PAR_DROIT
from .textes_motifs import RECITS_PAR_MOTIF
from .textes_ouvertures import FINS, OUVERTURES
from .tirage import Alea, choisir

RECIT_MAX = 600


def contracter(nom: str) -> dict[str, str]:
    """The forms of a name given with its article: « le RSA » → le RSA, du RSA, au RSA."""
    if nom.startswith("le "):
        return {"le": nom, "du": f"du {nom[3:]}", "au": f"au {nom[3:]}"}
    if nom.startswith("les "):
        return {"le": nom, "du": f"des {nom[4:]}", "au": f"aux {nom[4:]}"}
    return {"le": nom, "du": f"de {nom}", "au": f"à {nom}"}


_FORMES = {code: contracter(droit.nom) for code, droit in DROITS.items()}


def _majuscule(phrase: str) -> str:
    """The sentence with a capital first letter."""
    return phrase[0].upper() + phrase[1:]


def raconter(personne: Personne, non_recours: list[dict], alea: Alea) -> str:
    """A short account (at most 600 characters) of what happened for the first right."""
    premier = non_recours[0]
    droit = premier["droit"]
    phrases = [choisir(OUVERTURES[personne.public], alea)] if alea() < 0.85 else []
    if droit in RECITS_PAR_DROIT and alea() < 0.45:
        phrases.append(choisir(RECITS_PAR_DROIT[droit], alea))
    motif = choisir(RECITS_PAR_MOTIF[premier["motif_principal"]], alea)
    phrases.append(_majuscule(motif.format_map(_FORMES[droit])))
    if len(non_recours) > 1 and alea() < 0.35:
        second = _FORMES[non_recours[1]["droit"]]
        phrases.append(f"L’entretien a aussi fait apparaître la question {second['du']}.")
    if alea() < 0.75:
        phrases.append(choisir(FINS[premier["issue"]], alea))
    recit = " ".join(phrases)
    return recit if len(recit) <= RECIT_MAX else " ".join(phrases[:2])


def proposer(non_recours: list[dict], alea: Alea) -> str:
    """What would have helped, for the first right or for its type of non-recours."""
    premier = non_recours[0]
    propres = PROPOSITIONS_PAR_DROIT.get(premier["droit"])
    if propres and alea() < 0.5:
        return choisir(propres, alea)
    return choisir(PROPOSITIONS_PAR_TYPE[premier["type"]], alea)
