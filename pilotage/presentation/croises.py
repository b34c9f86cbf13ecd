"""Tables of several columns as HTML: their cells carry a shade; the text remains the information."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from pilotage.demande import Affichage
from pilotage.export.mots import ecrire, en_part
from pilotage.export.tableau import Entete, Ligne, TableauAffiche, Valeur
from pilotage.presentation.balises import (
    COURANT,
    PRECISE,
    Habillage,
    en_groupes,
    lie,
    retenues,
    vide,
)
from pilotage.presentation.liens import Lien, Liens
from pilotage.presentation.noms import SANS_DUREE
from pilotage.presentation.typographie import BASE_POUR_POURCENT, FINE, INSECABLE, intensite
from pilotage.secret import SECRET

AFFICHAGES: tuple[tuple[Affichage, str], ...] = (
    ("effectif", "Effectifs"),
    ("ligne", f"%{INSECABLE}en ligne"),
    ("colonne", f"%{INSECABLE}en colonne"),
)
NOTE_DES_PARTS = (
    f"Sous une base de 20, l’effectif est donné au lieu du pourcentage{INSECABLE}: "
    f"«{INSECABLE}7{FINE}sur{FINE}15{INSECABLE}»."
)
NUANCES = 8
# With more columns than that, heads are written upwards; with far more, printed across the sheet.
COUCHEES, EN_HAUTEUR = 8, 20


def croisement(affiche: TableauAffiche, habillage: Habillage) -> str:
    """Two variables: lines, columns, margins; with stacked bars for the genre « empilees »."""
    if affiche.est_vide:
        return vide(affiche)
    return _Croise(affiche, habillage).rendre()


def boutons(titre: str, liens: Liens, ancre: str) -> str:
    """Counts, shares of the line, shares of the column: three addresses of the same page."""
    actuel = liens.demande.affichage
    choix = "".join(
        f'<a class="btn btn-outline-secondary{" active" if nom == actuel else ""}"'
        f"{COURANT if nom == actuel else ''}"
        f' href="{escape(liens.affichages[nom])}#{ancre}">{texte}</a>'
        for nom, texte in AFFICHAGES
    )
    return (
        '<div class="btn-group btn-group-sm d-print-none" role="group" '
        f'aria-label="Affichage{INSECABLE}: {escape(titre)}">{choix}</div>'
    )


class _Croise:
    """One table being written."""

    def __init__(self, affiche: TableauAffiche, habillage: Habillage):
        self.affiche, self.liens = affiche, habillage.liens
        self.affichage = affiche.affichage
        self.lignes = retenues(affiche, habillage)
        self.groupes = en_groupes(affiche, self.lignes, habillage)
        self.ensemble = {
            ligne.code: marge for ligne, marge in zip(affiche.lignes, affiche.ensemble, strict=True)
        }
        self.est_empilee = affiche.genre == "empilees"
        grandeurs = [
            self._grandeur(valeur, ligne, rang)
            for ligne in self.lignes
            for rang, valeur in enumerate(ligne.valeurs)
        ]
        # Figures of several kinds, without a total, have no common measure.
        self.reference = max(grandeurs, default=0) if affiche.total else 0

    def rendre(self) -> str:
        affiche = self.affiche
        titre = escape(affiche.titre)
        legende = _nuances(affiche.entetes) if self.est_empilee else ""
        return (
            f'{legende}<div class="defile" tabindex="0" role="region" aria-label="Tableau'
            f'{INSECABLE}: {titre}"><table class="{_classes(affiche)}">'
            f'<caption class="visually-hidden">{titre}</caption>{self._tete()}'
            f"{''.join(self._groupe(nom, lignes) for nom, lignes in self.groupes)}"
            f"{self._pied()}</table></div>"
        )

    def _tete(self) -> str:
        affiche = self.affiche
        colonnes = "".join(
            f'<th scope="col"{PRECISE if entete.raffine else ""}>'
            f"{self._nom(affiche.variable_colonnes, entete)}</th>"
            for entete in affiche.entetes
        )
        empilee = '<td class="empilee"></td>' if self.est_empilee else ""
        marge = "Ensemble (effectif)" if self.affichage == "ligne" else "Ensemble"
        nom = escape(affiche.nom_lignes)
        coin = f'<th scope="col">{nom}</th>' if nom else "<td></td>"
        return f'<thead><tr>{coin}{empilee}{colonnes}<th scope="col">{marge}</th></tr></thead>'

    def _nom(self, variable: str, modalite: Entete | Ligne) -> str:
        lien, est_active = self.liens.filtrer(variable, modalite.code)
        attributs = COURANT if est_active else ""
        return lie(escape(modalite.libelle), lien, attributs)

    def _groupe(self, nom: str, lignes: Sequence[Ligne]) -> str:
        largeur = len(self.affiche.entetes) + 2 + self.est_empilee
        tete = (
            f'<tr><th scope="rowgroup" colspan="{largeur}" class="groupe">{escape(nom)}</th></tr>'
            if nom
            else ""
        )
        return f"<tbody>{tete}{''.join(map(self._ligne, lignes))}</tbody>"

    def _ligne(self, ligne: Ligne) -> str:
        variable, marge = self.affiche.variable_lignes, self.ensemble[ligne.code]
        case = (variable, ligne.code)
        cases = "".join(
            self._case(valeur, ligne, rang, (case, (self.affiche.variable_colonnes, entete.code)))
            for rang, (valeur, entete) in enumerate(
                zip(ligne.valeurs, self.affiche.entetes, strict=True)
            )
        )
        texte = ecrire(marge)
        if self.affichage == "colonne":
            texte = self._part(marge, self.affiche.n)
        empilee = ""
        if self.est_empilee:
            empilee = f'<td class="empilee">{_empiler(ligne.valeurs, self.affiche.entetes)}</td>'
        return (
            f'<tr><th scope="row"{PRECISE if ligne.raffine else ""}>'
            f"{self._nom(variable, ligne)}</th>{empilee}{cases}"
            f"{_marge(marge, texte, self.liens.situations(case))}</tr>"
        )

    def _case(self, valeur: Valeur, ligne: Ligne, rang: int, cases: tuple) -> str:
        if valeur is SECRET:
            return '<td class="secret">secret</td>'
        ombre = intensite(self._grandeur(valeur, ligne, rang), self.reference)
        texte = ecrire(valeur)
        if self.affichage != "effectif":
            texte = self._part(valeur, self._base(ligne, rang))
        lien = self.liens.situations(*cases) if valeur else None
        return f'<td class="{ombre}">{lie(texte, lien)}</td>'

    def _pied(self) -> str:
        if not self.affiche.total:
            return ""
        variable = self.affiche.variable_colonnes
        cases = "".join(
            _marge(
                marge,
                self._part(marge, self.affiche.n) if self.affichage == "ligne" else ecrire(marge),
                self.liens.situations((variable, entete.code)),
            )
            for marge, entete in zip(self.affiche.total, self.affiche.entetes, strict=True)
        )
        titre = "Ensemble (effectif)" if self.affichage == "colonne" else "Ensemble"
        total = _marge(
            self.affiche.n,
            ecrire(self.affiche.n),
            self.liens.toutes(),
        )
        empilee = '<td class="empilee"></td>' if self.est_empilee else ""
        return f'<tfoot><tr><th scope="row">{titre}</th>{empilee}{cases}{total}</tr></tfoot>'

    def _base(self, ligne: Ligne, rang: int) -> Valeur:
        return self.ensemble[ligne.code] if self.affichage == "ligne" else self.affiche.total[rang]

    def _part(self, valeur: Valeur, base: Valeur) -> str:
        return escape(en_part(valeur, base))

    def _grandeur(self, valeur: Valeur, ligne: Ligne, rang: int) -> float:
        if not isinstance(valeur, int):
            return 0
        if self.affichage == "effectif":
            return valeur
        base = self._base(ligne, rang)
        return valeur / base if isinstance(base, int) and base >= BASE_POUR_POURCENT else 0


def _marge(marge: Valeur, texte: str, lien: Lien) -> str:
    if marge is SECRET:
        return '<td class="marge secret">secret</td>'
    return f'<td class="marge">{lie(texte, lien if marge else None)}</td>'


def _classes(affiche: TableauAffiche) -> str:
    dressee = affiche.genre == "matrice" or len(affiche.entetes) > COUCHEES
    etalee = len(affiche.entetes) > EN_HAUTEUR
    return f"croisement{' dressee' * dressee}{' etalee' * etalee}"


def _nuance(rang: int, entete: Entete) -> str:
    if entete.code in SANS_DUREE:
        return "ex"
    return "e0" if entete.code in ("", "nsp") else f"e{min(rang + 1, NUANCES)}"


def _nuances(entetes: Sequence[Entete]) -> str:
    """What each nuance of the stacked bars stands for."""
    noms = "".join(
        f'<li><svg aria-hidden="true" class="{_nuance(rang, entete)}">'
        f'<rect width="100%" height="100%"></rect></svg> {escape(entete.libelle)}</li>'
        for rang, entete in enumerate(entetes)
    )
    return f'<ul class="nuances">{noms}</ul>'


def _empiler(valeurs: Sequence[Valeur], entetes: Sequence[Entete]) -> str:
    """The line as one bar, cut by column. Not drawn when one of its parts is hidden."""
    connues = [valeur for valeur in valeurs if isinstance(valeur, int)]
    total = sum(connues)
    if len(connues) < len(valeurs) or not total:
        return ""
    morceaux, cumul = [], 0
    for rang, (valeur, entete) in enumerate(zip(connues, entetes, strict=True)):
        if valeur:
            morceaux.append(
                f'<rect class="{_nuance(rang, entete)}" x="{100 * cumul / total:.1f}%" '
                f'width="{100 * valeur / total:.1f}%" height="100%"></rect>'
            )
        cumul += valeur
    return f'<svg aria-hidden="true">{"".join(morceaux)}</svg>'


def matrice(affiche: TableauAffiche, habillage: Habillage) -> str:
    """Which rights go together: the most frequent ones, unless all are asked."""
    if affiche.est_vide:
        return vide(affiche)
    liens, premieres = habillage.liens, habillage.premieres
    combien = len(affiche.lignes)
    if premieres is not None and affiche.cle not in liens.demande.complets:
        combien = min(combien, premieres)
    return _matrice(_reduire(affiche, combien), liens)


def _reduire(affiche: TableauAffiche, combien: int) -> TableauAffiche:
    lignes = (ligne._replace(valeurs=ligne.valeurs[:combien]) for ligne in affiche.lignes[:combien])
    return replace(affiche, entetes=affiche.entetes[:combien], lignes=tuple(lignes))


def _matrice(affiche: TableauAffiche, liens: Liens) -> str:
    paires = [
        valeur
        for i, ligne in enumerate(affiche.lignes)
        for j, valeur in enumerate(ligne.valeurs)
        if i != j and isinstance(valeur, int)
    ]
    reference = max(paires, default=0)
    entetes = "".join(f'<th scope="col">{escape(e.libelle)}</th>' for e in affiche.entetes)
    lignes = []
    for i, ligne in enumerate(affiche.lignes):
        cases = []
        for j, valeur in enumerate(ligne.valeurs):
            lien = liens.reunis(ligne.code, affiche.entetes[j].code)
            if i == j:
                cases.append(_marge(valeur, ecrire(valeur), lien))
            elif valeur is SECRET:
                cases.append('<td class="secret">secret</td>')
            else:
                ombre = intensite(valeur, reference)
                cases.append(f'<td class="{ombre}">{lie(ecrire(valeur), valeur and lien)}</td>')
        nom = escape(ligne.libelle)
        lignes.append(f'<tr><th scope="row">{nom}</th>{"".join(cases)}</tr>')
    titre = escape(affiche.titre)
    return (
        f'<div class="defile" tabindex="0" role="region" aria-label="Tableau{INSECABLE}: {titre}">'
        f'<table class="{_classes(affiche)}"><caption class="visually-hidden">{titre}</caption>'
        f'<thead><tr><th scope="col">{escape(affiche.nom_lignes)}</th>{entetes}</tr></thead>'
        f"<tbody>{''.join(lignes)}</tbody></table></div>"
    )
