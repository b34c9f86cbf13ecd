"""A table as a CSV file that a French spreadsheet opens as it is.

UTF-8 with its mark, semicolons, decimal commas. The base, the period and the notes go with the
numbers: a file that travels alone still says what it counts.
"""

import csv
import io

from pilotage.export.mots import (
    a_des_parts,
    base_en_mots,
    habitants,
    message_vide,
    notes_de,
)
from pilotage.export.tableau import TableauAffiche, Valeur
from pilotage.presentation.typographie import BASE_POUR_POURCENT, INSECABLE
from pilotage.secret import SECRET, Secret

_EN_PARTS = {"ligne": f" (%{INSECABLE}en ligne)", "colonne": f" (%{INSECABLE}en colonne)"}
# What a spreadsheet would take for a formula when a text begins with it.
_FORMULES = ("=", "+", "-", "@", "\t", "\r", "\n")


def en_csv(tableau: TableauAffiche) -> bytes:
    """The file: title, base, period; the table; its notes. The same bytes for the same table.

    Counts are plain digits, so that they can be added up; a hidden one reads « secret », and an
    empty cell means that there is nothing to say there. Shares are given from a base of 20.
    """
    flux = io.StringIO()
    ecrivain = csv.writer(flux, delimiter=";", lineterminator="\r\n")
    lignes: list[list[str]] = [
        *([["Territoire", tableau.lieu]] if tableau.lieu else []),
        ["Titre", tableau.titre],
        ["Base", base_en_mots(tableau)],
        ["Période", tableau.periode_en_mots],
        [],
        *_corps(tableau),
        [],
        *(["Note", note] for note in notes_de(tableau)),
    ]
    ecrivain.writerows([_proteger(texte) for texte in ligne] for ligne in lignes)
    return flux.getvalue().encode("utf-8-sig")


def _corps(tableau: TableauAffiche) -> list[list[str]]:
    if tableau.est_vide:
        return [[message_vide(tableau)]]
    groupes = any(ligne.groupe for ligne in tableau.lignes)
    affichage = tableau.affichage
    entetes_en_parts = tableau.entetes if affichage != "effectif" else ()
    avec_parts = tableau.genre in ("distribution", "parcours") and a_des_parts(tableau)
    tete = [tableau.nom_lignes or "Libellé", *(entete.libelle for entete in tableau.entetes)]
    tete += ["Ensemble"] * bool(tableau.ensemble)
    tete += [f"Part (%{INSECABLE}de la base)"] * avec_parts
    if tableau.population:
        tete += ["Population", f"Part (%{INSECABLE}de la population)"]
    tete += [tableau.periode_avant] * bool(tableau.avant)
    tete += [f"{entete.libelle}{_EN_PARTS[affichage]}" for entete in entetes_en_parts]
    corps = [["Groupe", *tete] if groupes else tete]
    for rang, ligne in enumerate(tableau.lignes):
        cases = [ligne.libelle, *map(_nombre, ligne.valeurs)]
        cases += [_nombre(tableau.ensemble[rang])] if tableau.ensemble else []
        cases += [_part(ligne.valeurs[0], tableau.n)] if avec_parts else []
        if tableau.population:
            cases += _habitants(tableau, rang)
        cases += [_nombre(tableau.avant[rang])] if tableau.avant else []
        cases += _parts_de_la_ligne(tableau, rang)
        corps.append([ligne.groupe, *cases] if groupes else cases)
    if tableau.total:
        total = ["Ensemble", *map(_nombre, tableau.total)]
        total += [_nombre(tableau.n)] if tableau.ensemble else []
        corps.append(["", *total] if groupes else total)
    return corps


def _parts_de_la_ligne(tableau: TableauAffiche, rang: int) -> list[str]:
    """The shares of a line of a crossing, when the page shows them; nothing under a base of 20."""
    valeurs = tableau.lignes[rang].valeurs
    match tableau.affichage:
        case "ligne":
            bases = (tableau.ensemble[rang],) * len(valeurs)
        case "colonne":
            bases = tableau.total
        case _:
            return []
    return [_part_de(*paire) for paire in zip(valeurs, bases, strict=True)]


def _part_de(valeur: Valeur, base: Valeur) -> str:
    if isinstance(valeur, Secret) or isinstance(base, Secret):
        return str(SECRET)
    return _part(valeur, base) if isinstance(base, int) and base >= BASE_POUR_POURCENT else ""


def _habitants(tableau: TableauAffiche, rang: int) -> list[str]:
    population = tableau.population[rang]
    return [_nombre(population), _part(population, habitants(tableau))]


def _nombre(valeur: Valeur) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, Secret):
        return str(valeur)
    return f"{valeur:.1f}".replace(".", ",") if isinstance(valeur, float) else str(valeur)


def _part(valeur: Valeur, total: Valeur) -> str:
    """One decimal, rounded half up: 247 of 671 → « 36,8 »."""
    if isinstance(valeur, Secret):
        return str(valeur)
    if valeur is None or not isinstance(total, int) or not total:
        return ""
    milliemes = int((2000 * valeur + total) // (2 * total))
    return f"{milliemes // 10},{milliemes % 10}"


def _proteger(texte: str) -> str:
    """A label is never a formula: a mark before it makes it a text."""
    return f"'{texte}" if texte.startswith(_FORMULES) else texte
