"""The sentences that go with a table everywhere it leaves: base, warnings, notes."""

from pilotage.export.tableau import TableauAffiche, Valeur
from pilotage.presentation.typographie import (
    BASE_POUR_POURCENT,
    FINE,
    INSECABLE,
    Base,
    avertissement,
    decimal,
    nombre,
    phrase_base,
    pourcent,
)
from pilotage.secret import SECRET, Secret

PHRASE_DU_BAROMETRE = (
    f"Le BNR recense des situations repérées{FINE}; il ne mesure pas un taux de non-recours."
)
_UNITES: dict[Base, str] = {"situations": "situations", "non_recours": "non-recours"}


def ecrire(valeur: Valeur) -> str:
    """« 1 234 », « 1,6 », « secret », or a dash where there is nothing to say."""
    if valeur is None:
        return "–"
    if isinstance(valeur, Secret):
        return str(valeur)
    return decimal(valeur) if isinstance(valeur, float) else nombre(valeur)


def part(valeur: Valeur, total: Valeur) -> str:
    """« 12 % » of a total; nothing unless both are shown and the total is at least 20."""
    if not isinstance(valeur, int) or not isinstance(total, int):
        return ""
    return pourcent(valeur, total)


def base_de_case(tableau: TableauAffiche, rang: int, colonne: int) -> Valeur:
    """What the cell of a crossing is a share of, as the page shows it; None for plain counts."""
    match tableau.affichage:
        case "ligne":
            return tableau.ensemble[rang]
        case "colonne":
            return tableau.total[colonne]
    return None


def en_part(valeur: Valeur, base: Valeur) -> str:
    """« 12 % » of this base; the count itself, said as such, under the least base for a share."""
    if not isinstance(valeur, int) or not isinstance(base, int):
        return ecrire(valeur)
    return pourcent(valeur, base) or f"{nombre(valeur)}{FINE}sur{FINE}{nombre(base)}"


def a_des_parts(tableau: TableauAffiche) -> bool:
    """Whether the base is shown and large enough for percentages."""
    return isinstance(tableau.n, int) and tableau.n >= BASE_POUR_POURCENT


def est_appariee(tableau: TableauAffiche) -> bool:
    """Whether the lines can be compared, in shares, with the population."""
    return a_des_parts(tableau) and any(tableau.population) and not tableau.multiple


def habitants(tableau: TableauAffiche) -> int:
    """The population of all the lines."""
    return sum(habitants or 0 for habitants in tableau.population)


def base_en_mots(tableau: TableauAffiche) -> str:
    """« n = 671 non-recours », and which ones."""
    if isinstance(tableau.n, Secret):
        base = f"{tableau.n} ({_UNITES[tableau.base]})"
    else:
        base = phrase_base(tableau.n, tableau.base)
    precision = f", {tableau.precision_base}" if tableau.precision_base else ""
    return f"n{INSECABLE}={INSECABLE}{base}{precision}"


def message_vide(tableau: TableauAffiche) -> str:
    """What to say in place of the lines, when there are none."""
    if isinstance(tableau.n, Secret):
        return "Effectif trop faible pour être diffusé."
    if tableau.n == 0:
        return "Rien à compter sur cette sélection."
    return "Rien d’assez nombreux pour être montré." if tableau.seuil else "Aucune réponse."


def note_de_secret(tableau: TableauAffiche) -> str:
    """What « secret » means; nothing when nothing is hidden."""
    if not tableau.note_secret:
        return ""
    seuil = f" ({nombre(tableau.seuil)})" if tableau.seuil else ""
    return (
        f"«{INSECABLE}secret{INSECABLE}»{INSECABLE}: effectif inférieur au seuil de diffusion"
        f"{seuil} ou permettant de le retrouver."
    )


def notes_de(tableau: TableauAffiche) -> tuple[str, ...]:
    """All that must be said under the table, the baromètre's own sentence last."""
    n = tableau.n
    notes = [avertissement(n, tableau.base) if isinstance(n, int) else ""]
    if tableau.multiple and not tableau.est_vide:
        notes.append(
            f"Plusieurs réponses sont possibles{INSECABLE}: leur somme peut dépasser la base."
        )
    if any(tableau.population) and not tableau.est_vide:
        notes.append(
            f"Population du territoire{INSECABLE}: {nombre(habitants(tableau))}{INSECABLE}"
            "habitants. Les situations repérées n’en sont pas un échantillon."
        )
    return tuple(
        filter(None, (*notes, *tableau.notes, note_de_secret(tableau), PHRASE_DU_BAROMETRE))
    )


def nombre_de_secrets(tableau: TableauAffiche) -> int:
    """How many cells, margins apart, are hidden."""
    return sum(valeur is SECRET for ligne in tableau.lignes for valeur in ligne.valeurs)
