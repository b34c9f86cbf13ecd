"""From what pages show to what the attacker knows: the true list, hidden but where a page tells."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from pilotage.lots.liste import CONTRIBUTEURS, TERRITOIRE, Periode, cle, liste_de
from pilotage.lots.montrer import AUTRES
from pilotage.lots.tranches import ENSEMBLE, NON_RECOURS, VALIDEES, AxeNomme, Nom
from pilotage.protection.modele import Imagines, Masques
from tests.lecture_de_pages import LecteurDePage, TableLue, nombre

CHIFFRES = {
    "cumulent au moins deux": "cumul",
    "durent depuis": "plus_d_un_an",
    "droits ouverts": "ouvert",
}
RECUEIL_NATIONAL = (
    ("Situations transmises", (), ()),
    ("dont validées par le comité technique", (VALIDEES,), (0,)),
)
ISSUES = {
    "Droit ouvert": "ouvert",
    "Refus": "refus",
    "Abandon": "abandon",
    "Sans suite ou perdu de vue": "sans_suite",
    "En cours": "en_cours",
    "Inconnue": "inconnue",
}


@dataclass
class Lue:
    """What was read of each table and key figure; `lus` counts the numbers read."""

    periodes: Iterable[Periode]
    masques: dict[str, np.ndarray] = field(default_factory=dict)
    sommes: dict[tuple[str, str], bool] = field(default_factory=dict)
    lus: int = 0

    def __post_init__(self):
        self.periodes = tuple(self.periodes)
        self.liste = liste_de(self.periodes)
        self.vraies = {t.cle: t.cellules for t in self.liste.tableaux}
        self.masques = {c: np.ones(v.shape, dtype=bool) for c, v in self.vraies.items()}
        montrees = {(t.base, t.periode) for t in self.liste.tableaux}
        variables = {(t.axes[0].variable, t.periode) for t in self.liste.tableaux if t.axes}
        variables |= {(t.axes[-1].variable, t.periode) for t in self.liste.tableaux if t.axes}
        self.sommes = {
            (somme.cle, periode): True
            for somme in self.liste.sommes
            for periode in dict.fromkeys(p for _, p in montrees)
            if (somme.variable, periode) in variables
        }

    def masques_lus(self, imagines: Imagines | None = None) -> Masques:
        """What was not read is hidden. `imagines`: what the batch was proved with, if it is kept."""
        tableaux = tuple(self.masques[t.cle] for t in self.liste.tableaux)
        return Masques(self.liste, tableaux, self.sommes, imagines=imagines)

    def voir(self, nom: Nom, periode: Periode, place, lu: int | None) -> None:
        """A count that a page shows is the true one."""
        if lu is None:
            return
        identifiant = cle(nom, periode.nom)
        assert int(self.vraies[identifiant][place]) == lu, (identifiant, place, lu)
        self.masques[identifiant][place] = False
        self.lus += 1

    def voir_somme(self, nom: str, periode: Periode, lu: int | None) -> None:
        if lu is not None and (nom, periode.nom) in self.sommes:
            self.sommes[nom, periode.nom] = False
            self.lus += 1


def places(axe: AxeNomme, noms: Iterable[str], variable: str) -> tuple[dict[str, int], list[int]]:
    """Label → rank, and the ranks of the answers that the page leaves out because they are zero."""
    rangs = {libelle: rang for rang, (_, libelle, _) in enumerate(axe.modalites)}
    assert len(rangs) == len(axe.modalites), variable
    noms = list(noms)
    lus = {nom: rangs[nom] for nom in noms if nom in rangs}
    absents = [] if AUTRES in noms else [r for r in rangs.values() if r not in lus.values()]
    return lus, absents


def lire_distribution(lue: Lue, periode: Periode, variable: str, table: TableLue) -> None:
    """Lines by answer. A table without lines tells nothing."""
    if not table.lignes:
        return
    rangs, absents = places(periode.axes[variable], table.lignes, variable)
    for nom, rang in rangs.items():
        lue.voir((variable,), periode, rang, table.lignes[nom][0])
        for avant, lu in zip(table.colonnes[1:], table.lignes[nom][1:], strict=False):
            _lire_avant(lue, avant, variable, nom, lu)
    for rang in absents:
        lue.voir((variable,), periode, rang, 0)


def _lire_avant(lue: Lue, avant: str, variable: str, nom: str, lu: int | None) -> None:
    """What a file gives of the period before, beside its own."""
    for periode in lue.periodes:
        if periode.nom == avant and (variable,) in periode.tables:
            rangs, _ = places(periode.axes[variable], [nom], variable)
            for rang in rangs.values():
                lue.voir((variable,), periode, rang, lu)


def lire_croisement(lue: Lue, periode: Periode, nom: Nom, table: TableLue, *fixe: int) -> None:
    """Cells, margins and total; `fixe`: the rank of the tab, the last for all of them."""
    if not table.lignes:
        return
    lignes, sans_ligne = places(periode.axes[nom[0]], table.lignes, nom[0])
    colonnes, sans_colonne = places(periode.axes[nom[1]], table.colonnes[:-1], nom[1])
    place = {c: table.colonnes.index(c) for c in colonnes}
    for ligne, i in lignes.items():
        lue.voir(nom, periode, (i, -1, *fixe), table.lignes[ligne][-1])
        for colonne, j in colonnes.items():
            lue.voir(nom, periode, (i, j, *fixe), table.lignes[ligne][place[colonne]])
        for j in sans_colonne:
            lue.voir(nom, periode, (i, j, *fixe), 0)
    for colonne, j in colonnes.items():
        lue.voir(nom, periode, (-1, j, *fixe), table.pied[place[colonne]])
    lue.voir(nom, periode, (-1, -1, *fixe), table.pied[-1])
    for i in sans_ligne:
        for j in (*range(len(periode.axes[nom[1]].modalites)), -1):
            lue.voir(nom, periode, (i, j, *fixe), 0)
    for j in sans_colonne:
        lue.voir(nom, periode, (-1, j, *fixe), 0)


def lire_ensemble(lue: Lue, periode: Periode, page: LecteurDePage) -> None:
    """Totals, key figures, the path, the matrix of rights."""
    recueil = page.tables["recueil-chiffres"].lignes
    lue.voir(ENSEMBLE, periode, (), recueil["Situations transmises"][0])
    if "dont validées par le comité technique" in recueil:
        lue.voir_somme("validees", periode, recueil["dont validées par le comité technique"][0])
    if "Structures contributrices" in recueil:
        lue.voir(CONTRIBUTEURS, periode, (), recueil["Structures contributrices"][0])
    lue.voir(NON_RECOURS, periode, (), page.tables["non_recours-chiffres"].lignes["Non-recours"][0])
    _lire_les_chiffres(lue, periode, page)
    if "parcours" in page.tables:
        lignes = page.tables["parcours"].lignes
        for libelle, nom in ISSUES.items():
            # An outcome that is left out is zero.
            lue.voir_somme(nom, periode, lignes.get(libelle, [0])[0])
        lue.voir(("etape_du_parcours",), periode, 0, lignes["Demande déposée"][0])
        lue.voir_somme("informes", periode, lignes["Personne informée"][0])
    matrice = page.tables.get("cumuls")
    if matrice is not None and matrice.lignes:
        rangs, _ = places(periode.axes["droit"], matrice.lignes, "droit")
        for ligne, i in rangs.items():
            for colonne, lu in zip(matrice.colonnes, matrice.lignes[ligne], strict=True):
                if colonne != ligne:
                    lue.voir(("droit", "droit"), periode, (i, rangs[colonne]), lu)
        base = nombre(matrice.n.split(" situation")[0])
        lue.voir_somme("cumul", periode, base)


def _lire_les_chiffres(lue: Lue, periode: Periode, page: LecteurDePage) -> None:
    for texte in page.chiffres:
        for debut, nom in CHIFFRES.items():
            if debut in texte and "secret" not in texte.split(debut)[0]:
                lue.voir_somme(nom, periode, 0)


def lire_page(lue: Lue, periode: Periode, page: LecteurDePage) -> None:
    """All that one page of a territory, or its files, show of one period."""
    lire_ensemble(lue, periode, page)
    for nom in periode.tables:
        table = page.tables.get("-".join(nom))
        if table is None or nom in (ENSEMBLE, NON_RECOURS, CONTRIBUTEURS, ("mois",)):
            continue
        if len(nom) == 1:
            lire_distribution(lue, periode, nom[0], table)
        elif len(nom) == 2:
            lire_croisement(lue, periode, nom, table)
        else:
            lire_croisement(lue, periode, nom, table, -1)
    _lire_les_mois(lue, periode, page)


def _lire_les_mois(lue: Lue, periode: Periode, page: LecteurDePage) -> None:
    if "mois" in page.tables and "mois" in periode.axes:
        libelles = {m[1].rsplit(" ", 1)[0]: r for r, m in enumerate(periode.axes["mois"].modalites)}
        for nom, (lu, *_) in page.tables["mois"].lignes.items():
            lue.voir(("mois",), periode, libelles[nom], lu)


def lire_page_nationale(lue: Lue, periode: Periode, page: LecteurDePage) -> None:
    """Columns by territory where they are compared, else the whole alone."""
    noms = [nom for _, nom, _ in periode.axes[TERRITOIRE].modalites]
    for nom in periode.tables:
        if len(nom) != 2 or nom[1] not in periode.axes or nom[1] not in page.tables:
            continue
        table, variable = page.tables[nom[1]], nom[1]
        rangs, _ = places(periode.axes[variable], table.lignes, variable)
        for ligne, j in rangs.items():
            valeurs = table.lignes[ligne]
            compare = "Ensemble" in table.colonnes
            lu = valeurs[table.colonnes.index("Ensemble") if compare else 0]
            lue.voir(nom, periode, (-1, j), lu)
            for colonne, lu in zip(table.colonnes, valeurs, strict=False):
                if colonne in noms:
                    lue.voir(nom, periode, (noms.index(colonne), j), lu)
    recueil = page.tables["recueil-chiffres"]
    for libelle, nom, fixe in RECUEIL_NATIONAL:
        if libelle in recueil.lignes:
            for colonne, lu in zip(recueil.colonnes, recueil.lignes[libelle], strict=False):
                if colonne in noms:
                    lue.voir((TERRITOIRE, *nom), periode, (noms.index(colonne), *fixe), lu)
            lue.voir((TERRITOIRE, *nom), periode, (-1, *fixe), recueil.lignes[libelle][-1])
    non_recours = page.tables["non_recours-chiffres"].lignes["Non-recours"][-1]
    lue.voir((TERRITOIRE, *NON_RECOURS), periode, -1, non_recours)
    _lire_les_chiffres(lue, periode, page)
