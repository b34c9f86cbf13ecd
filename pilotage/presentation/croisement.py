"""A crossing as a table of texts, shades and links, in counts or in percent."""

from collections.abc import Callable
from dataclasses import dataclass

from pilotage.demande import Affichage, Demande
from pilotage.presentation.noms import en_minuscule
from pilotage.presentation.tableaux import lien_de
from pilotage.presentation.typographie import (
    FINE,
    INSECABLE,
    avertissement,
    intensite,
    nombre,
    phrase_base,
    pourcent,
)
from pilotage.secret import StatistiquesProtegees
from pilotage.statistiques import SANS_REPONSE, Croisement

_AFFICHAGES: tuple[tuple[Affichage, str], ...] = (
    ("effectif", "Effectifs"),
    ("ligne", f"%{INSECABLE}en ligne"),
    ("colonne", f"%{INSECABLE}en colonne"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A cell: its text, the class of its shade, the link that filters on it (None: no link).

    `libelle` says in words what the link keeps.
    """

    texte: str
    classe: str
    lien: str | None = None
    libelle: str = ""


@dataclass(frozen=True, slots=True)
class Entete:
    libelle: str
    lien: str | None


@dataclass(frozen=True, slots=True)
class LigneCroisee:
    entete: Entete
    cases: tuple[Case, ...]
    marge: str


@dataclass(frozen=True, slots=True)
class Bouton:
    """One way to display the crossing, and its address."""

    libelle: str
    lien: str
    est_actif: bool


@dataclass(frozen=True, slots=True)
class TableauCroisement:
    """`marge_lignes` and `marge_colonnes` head the last column and the last line."""

    titre: str
    nom_ligne: str
    base: str
    colonnes: tuple[Entete, ...]
    lignes: tuple[LigneCroisee, ...]
    pied: tuple[str, ...]
    total: str
    marge_lignes: str
    marge_colonnes: str
    affichages: tuple[Bouton, ...]
    notes: tuple[str, ...]


def tableau_croisement(stats: StatistiquesProtegees) -> TableauCroisement | None:
    """The crossing asked, or None: none was, or this audience is not given any."""
    croisement, demande = stats.croisement, stats.demande
    if croisement is None:
        return None
    ecrire, sens = _ecriture(demande.affichage), demande.affichage
    nom_ligne, nom_colonne = croisement.libelle_ligne, croisement.libelle_colonne
    return TableauCroisement(
        titre=f"{nom_ligne} et {en_minuscule(nom_colonne)}",
        nom_ligne=nom_ligne,
        base=phrase_base(croisement.total, croisement.base),
        colonnes=tuple(
            Entete(libelle, _lien(demande, (croisement.colonne, code)))
            for code, libelle in croisement.colonnes
        ),
        lignes=_lignes(croisement, demande, ecrire),
        pied=tuple(
            nombre(marge) if sens != "ligne" else ecrire(marge, croisement.total, marge)
            for marge in croisement.marge_colonnes
        ),
        total=nombre(croisement.total),
        marge_lignes="Ensemble (effectif)" if sens == "ligne" else "Ensemble",
        marge_colonnes="Ensemble (effectif)" if sens == "colonne" else "Ensemble",
        affichages=tuple(
            Bouton(libelle, lien_de(demande.avec(affichage=nom)), nom == sens)
            for nom, libelle in _AFFICHAGES
        ),
        notes=_notes(croisement, sens),
    )


Ecriture = Callable[[int, int, int], str]


def _ecriture(affichage: Affichage) -> Ecriture:
    """How to write an effectif, given the margins of its line and of its column."""

    def part(effectif: int, base: int) -> str:
        # Under the least base for a percentage, the count itself, said as such.
        return pourcent(effectif, base) or f"{nombre(effectif)}{FINE}sur{FINE}{nombre(base)}"

    ecritures: dict[Affichage, Ecriture] = {
        "effectif": lambda effectif, ligne, colonne: nombre(effectif),
        "ligne": lambda effectif, ligne, colonne: part(effectif, ligne),
        "colonne": lambda effectif, ligne, colonne: part(effectif, colonne),
    }
    return ecritures[affichage]


def _lignes(croisement: Croisement, demande: Demande, ecrire: Ecriture) -> tuple[LigneCroisee, ...]:
    ombres = _ombres(croisement, demande.affichage)
    lignes = []
    for i, (code, libelle) in enumerate(croisement.lignes):
        marge = croisement.marge_lignes[i]
        cases = tuple(
            Case(
                texte=ecrire(effectif, marge, croisement.marge_colonnes[j]),
                classe=ombres[i][j],
                lien=_lien_de_case(demande, croisement, i, j) if effectif else None,
                libelle=f"{libelle}, {croisement.colonnes[j][1]}",
            )
            for j, effectif in enumerate(croisement.cellules[i])
        )
        ensemble = (
            ecrire(marge, marge, croisement.total)
            if demande.affichage == "colonne"
            else nombre(marge)
        )
        entete = Entete(libelle, _lien(demande, (croisement.ligne, code)))
        lignes.append(LigneCroisee(entete, cases, ensemble))
    return tuple(lignes)


def _ombres(croisement: Croisement, affichage: Affichage) -> list[list[str]]:
    """The shade of each cell, up to the greatest one of the table."""

    def grandeur(i: int, j: int) -> float:
        bases = {
            "effectif": 1,
            "ligne": croisement.marge_lignes[i],
            "colonne": croisement.marge_colonnes[j],
        }
        return croisement.cellules[i][j] / bases[affichage]

    grandeurs = [
        [grandeur(i, j) for j in range(len(croisement.colonnes))]
        for i in range(len(croisement.lignes))
    ]
    reference = max((g for ligne in grandeurs for g in ligne), default=0)
    return [[intensite(g, reference) for g in ligne] for ligne in grandeurs]


def _lien_de_case(demande: Demande, croisement: Croisement, i: int, j: int) -> str | None:
    return _lien(
        demande,
        (croisement.ligne, croisement.lignes[i][0]),
        (croisement.colonne, croisement.colonnes[j][0]),
    )


def _lien(demande: Demande, *valeurs: tuple[str, str]) -> str | None:
    """Keeps these values alone of their variables.

    None for « Sans réponse », and for a value that the filters in force do not name: a multiple
    choice may show it, but keeping it alone would forget them.
    """
    for variable, code in valeurs:
        gardes = demande.codes_de(variable)
        if code == SANS_REPONSE.code or (gardes and code not in gardes):
            return None
        demande = demande.sans_filtre(variable).avec_filtre(variable, code)
    return lien_de(demande)


def _notes(croisement: Croisement, affichage: Affichage) -> tuple[str, ...]:
    notes = [avertissement(croisement.total, croisement.base)]
    if croisement.multiple:
        notes.append(
            f"Plusieurs réponses sont possibles{INSECABLE}: "
            "les totaux ne sont pas la somme des cases."
        )
    if affichage != "effectif":
        notes.append(
            f"Sous une base de 20, l’effectif est donné au lieu du pourcentage{INSECABLE}: "
            f"«{INSECABLE}7{FINE}sur{FINE}15{INSECABLE}»."
        )
    return tuple(filter(None, notes))
