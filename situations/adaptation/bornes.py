"""The limits of a question: what its kind lets it declare."""

from situations.moteur.champs import TEXTE_COURT_MAX, TEXTE_LONG_MAX
from situations.moteur.langue import cite, nombre

ENTIER_MAX = 2_147_483_647
_TEXTES = {"texte_court": TEXTE_COURT_MAX, "texte_long": TEXTE_LONG_MAX}


def reproche_de_bornes(question: dict) -> str | None:
    """What is wrong with min, max or classes, as a sentence saying what to do; None if nothing."""
    genre, nom = question["genre"], f"La question {cite(question['libelle'])}"
    minimum, maximum, classes = question["min"], question["max"], question["classes"]
    if any(borne is not None and not _est_entier(borne) for borne in (minimum, maximum)):
        return f"{nom} a une limite qui n’est pas un nombre entier\u00a0: écrivez-la en chiffres."
    if genre == "entier":
        return _reproche_entier(nom, minimum, maximum, classes)
    if minimum is not None or classes is not None:
        return f"{nom} n’attend pas un nombre\u00a0: retirez son minimum et ses classes."
    if maximum is None:
        return None
    if genre == "choix_multiple":
        suite = "indiquez au moins une réponse possible."
        return (
            f"{nom} limite le nombre de réponses à moins d’une\u00a0: {suite}"
            if maximum < 1
            else None
        )
    if genre not in _TEXTES:
        return f"{nom} n’a pas de longueur à limiter\u00a0: retirez son maximum."
    if not 1 <= maximum <= _TEXTES[genre]:
        return f"{nom} a une longueur impossible\u00a0: choisissez-la entre 1 et {nombre(_TEXTES[genre])}."
    return None


def _est_entier(valeur: object) -> bool:
    return isinstance(valeur, int) and not isinstance(valeur, bool) and abs(valeur) <= ENTIER_MAX


def _reproche_entier(nom: str, minimum, maximum, classes) -> str | None:
    if None not in (minimum, maximum) and minimum > maximum:
        return (
            f"{nom} a un minimum ({nombre(minimum)}) plus grand que son maximum "
            f"({nombre(maximum)})\u00a0: changez l’un des deux."
        )
    if classes is None:
        return None
    if not classes or not _se_suivent(classes):
        return (
            f"{nom} a des classes qui ne se suivent pas\u00a0: chacune commence après la fin de la "
            "précédente, et seule la dernière peut être ouverte."
        )
    return None


def _se_suivent(classes: list) -> bool:
    fin_precedente = None
    for rang, (debut, fin) in enumerate(classes):
        ouverte = fin is None
        if not _est_entier(debut) or not (ouverte or _est_entier(fin)):
            return False
        if (ouverte and rang < len(classes) - 1) or (not ouverte and fin < debut):
            return False
        if fin_precedente is not None and debut <= fin_precedente:
            return False
        fin_precedente = fin
    return True
