"""A request in words: the period, each filter, and what each of the two bases counts."""

from collections.abc import Mapping, Sequence

from pilotage.demande.lecture import bornes_du_trimestre
from pilotage.demande.valeur import Demande
from pilotage.presentation.noms import en_minuscule, nom_de
from pilotage.presentation.typographie import FINE, INSECABLE, enumerer, nom_du_mois
from pilotage.variables import SANS_REPONSE, VariableComptee

_TRANCHE = ("ans", "ans et plus")
_AU_SINGULIER = ("concerne", "est ainsi décrit")
_RANGS = ("1er", "2e", "3e", "4e")
Variables = Mapping[str, VariableComptee]


def phrases(demande: Demande, variables: Variables) -> list[str]:
    """What is selected: the period, then each filter; nothing when all is counted.

    Raises KeyError for a filter on a variable that is not in `variables`.
    """
    resultat = _phrases_des_situations(demande, variables)
    if des_droits := _description(demande, variables, *_AU_SINGULIER):
        resultat.append(f"situations où au moins un non-recours {des_droits}")
    return resultat


def bases_en_mots(demande: Demande, variables: Variables) -> tuple[str, str]:
    """Which situations are counted, then which non-recours: two sentences without a full stop."""
    conditions = _phrases_des_situations(demande, variables)
    des_droits = _description(demande, variables, *_AU_SINGULIER)
    if des_droits:
        conditions.append(f"celles où au moins un non-recours {des_droits}")
    situations = f"{FINE}; ".join(conditions) or "toutes, depuis le début"
    des_droits = _description(demande, variables, "qui concernent", "ainsi décrits")
    non_recours = f"dans ces situations, seulement ceux {des_droits}" if des_droits else ""
    return situations, non_recours or "tous ceux de ces situations"


def phrases_de_periode(demande: Demande) -> list[str]:
    """« année 2026 », « 2e trimestre 2026 », « d’avril 2026 à août 2026 »; nothing for all."""
    if demande.annee is not None:
        return [f"année {demande.annee}"]
    bornes = {nom: nom_du_mois(m) for nom, m in (("du", demande.du), ("au", demande.au)) if m}
    match bornes:
        case {"du": du, "au": au}:
            return [_trimestre(demande) or (du if du == au else f"{_de(du)} à {au}")]
        case {"du": du}:
            return [f"depuis {du}"]
        case {"au": au}:
            return [f"jusqu’à {au}"]
    return []


def phrase_de_filtre(variable: VariableComptee, codes: Sequence[str]) -> str:
    """« Logement : HLM ou chez un tiers »."""
    libelles = enumerer([_libelle(variable, code) for code in codes], "ou")
    return f"{nom_de(variable.code, variable.libelle)}{INSECABLE}: {libelles}"


def _trimestre(demande: Demande) -> str:
    annee = (demande.du or "")[:4]
    for numero, rang in enumerate(_RANGS, start=1):
        if (demande.du, demande.au) == bornes_du_trimestre(f"{annee}-T{numero}"):
            return f"{rang} trimestre {annee}"
    return ""


def _de(mois: str) -> str:
    return f"d’{mois}" if mois[0] in "ao" else f"de {mois}"


def _libelle(variable: VariableComptee, code: str) -> str:
    return en_minuscule(SANS_REPONSE.libelle) if not code else variable.libelle_de(code)


def _phrases_des_situations(demande: Demande, variables: Variables) -> list[str]:
    resultat = phrases_de_periode(demande)
    if demande.validees_seulement:
        resultat.append("situations validées seulement")
    return resultat + [
        _phrase_de_situation(variables[code], codes)
        for code, codes in demande.exigences
        if variables[code].portee == "situation"
    ]


def _phrase_de_situation(variable: VariableComptee, codes: Sequence[str]) -> str:
    tranches = [en_minuscule(_libelle(variable, code)) for code in codes]
    if variable.code == "age" and all(tranche.endswith(_TRANCHE) for tranche in tranches):
        return f"personnes de {enumerer(tranches, 'ou')}"
    return phrase_de_filtre(variable, codes)


def _description(demande: Demande, variables: Variables, concerne: str, decrit: str) -> str:
    """« concerne : RSA », « est ainsi décrit : type « … » » ; nothing without such a filter."""
    filtres = [
        (variables[code], [_libelle(variables[code], c) for c in codes])
        for code, codes in demande.exigences
        if variables[code].portee == "non_recours"
    ]
    if not filtres:
        return ""
    (premiere, libelles), *autres = filtres
    if not autres and premiere.code == "droit":
        return f"{concerne}{INSECABLE}: {enumerer(libelles, 'ou')}"
    termes = [
        f"{en_minuscule(nom_de(v.code, v.libelle))} «{INSECABLE}{enumerer(x, 'ou')}{INSECABLE}»"
        for v, x in filtres
    ]
    return f"{decrit}{INSECABLE}: {f'{FINE}; '.join(termes)}"
