"""A table told in words, for those who do not see its figure (`alt`, `<desc>`)."""

from collections.abc import Iterator

from pilotage.export.mots import base_en_mots, ecrire, message_vide, nombre_de_secrets, part
from pilotage.export.tableau import UNE_COLONNE, TableauAffiche, Valeur
from pilotage.presentation.typographie import FINE, INSECABLE, accorder

PREMIERES = 10
# How each figure draws its table.
_DESSINS = {
    "chiffres": "chiffres clés",
    "distribution": "barres horizontales",
    "serie": "barres dans l’ordre du temps",
    "croisement": "tableau ombré",
    "matrice": "matrice",
    "empilees": "barres empilées",
    "parcours": "étapes",
}


def description_de(tableau: TableauAffiche) -> str:
    """One sentence (what, when, on which base), then the main values and what is hidden.

    Distributions give their first ten lines in order, series all of them, the other tables their
    ten greatest cells.
    """
    phrase = (
        f"{tableau.titre} ({_DESSINS[tableau.genre]}), {tableau.periode_en_mots}, "
        f"{base_en_mots(tableau)}."
    )
    if tableau.est_vide:
        return f"{phrase} {message_vide(tableau)}"
    valeurs, restantes = _principales(tableau)
    suite = f"{FINE}; ".join(f"{nom}{INSECABLE}: {texte}" for nom, texte in valeurs)
    phrases = [phrase, f"{suite}."] if suite else [phrase]
    if restantes:
        phrases.append(f"{accorder(restantes, 'autre valeur', 'autres valeurs')} dans le tableau.")
    if secrets := nombre_de_secrets(tableau):
        phrases.append(f"{accorder(secrets, 'valeur secrète', 'valeurs secrètes')}.")
    return " ".join(phrases)


def _principales(tableau: TableauAffiche) -> tuple[list[tuple[str, str]], int]:
    if tableau.genre in UNE_COLONNE:
        return _par_lignes(tableau)
    montrees = [case for case in _cases(tableau) if isinstance(case[1], int | float) and case[1]]
    montrees.sort(key=lambda case: -case[1])
    return [(nom, ecrire(v)) for nom, v in montrees[:PREMIERES]], max(0, len(montrees) - PREMIERES)


def _par_lignes(tableau: TableauAffiche) -> tuple[list[tuple[str, str]], int]:
    limite = len(tableau.lignes) if tableau.genre == "serie" else PREMIERES
    en_parts = tableau.genre in ("distribution", "parcours")
    valeurs = []
    for ligne in tableau.lignes[:limite]:
        valeur = ligne.valeurs[0]
        pourcentage = part(valeur, tableau.n) if en_parts else ""
        nom = (
            f"{ligne.libelle} {ligne.groupe}"
            if tableau.genre == "serie" and ligne.groupe
            else ligne.libelle
        )
        valeurs.append((nom, ecrire(valeur) + (f" ({pourcentage})" if pourcentage else "")))
    return valeurs, max(0, len(tableau.lignes) - limite)


def _cases(tableau: TableauAffiche) -> Iterator[tuple[str, Valeur]]:
    """The cells and what they cross; of a matrix, those under its diagonal."""
    for i, ligne in enumerate(tableau.lignes):
        for j, (entete, valeur) in enumerate(zip(tableau.entetes, ligne.valeurs, strict=True)):
            if tableau.genre != "matrice" or j < i:
                yield f"{ligne.libelle}, {entete.libelle}", valeur
