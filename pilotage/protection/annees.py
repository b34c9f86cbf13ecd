"""Years too small to be shown at all: « since the beginning » leaves them out, and says so.

Otherwise the year would be the difference between the whole and the other years, and to hide it a
total that may be shown would have to be hidden with it.
"""

from dataclasses import replace

import numpy as np

from pilotage.protection.modele import TOUT, Liste, Somme, Tableau


def ecarter_les_petites_annees(liste: Liste, seuil: int) -> tuple[Liste, tuple[str, ...]]:
    """The list to show, and the years left out of it: those of 1 to `seuil` − 1 situations.

    « tout » is counted again without them; its number of organismes, which are not added, is not
    shown. When no year is large enough, only « tout » is shown, whole.
    """
    totaux = {
        t.periode: int(t.cellules.flat[-1])
        for t in liste.tableaux
        if t.base == "situations" and t.periode != TOUT
    }
    petites = {annee for annee, n in totaux.items() if 0 < n < seuil}
    if not petites:
        return liste, ()
    gardees = [t for t in liste.tableaux if t.periode not in petites]
    montrables = any(n >= seuil for n in totaux.values())
    if montrables:
        gardees = [
            _recompter(t, liste, petites) if t.periode == TOUT else t
            for t in gardees
            if (t.base, t.periode) != ("organismes", TOUT)
        ]
    sommes = tuple(_somme_recomptee(s, petites, montrables) for s in liste.sommes)
    return replace(liste, tableaux=tuple(gardees), sommes=sommes), tuple(sorted(petites))


def _recompter(tableau: Tableau, liste: Liste, petites: set[str]) -> Tableau:
    cellules = tableau.cellules.copy()
    for autre in liste.tableaux:
        if (
            autre.periode in petites
            and autre.base == tableau.base
            and [a.variable for a in autre.axes] == [a.variable for a in tableau.axes]
        ):
            places = [
                [*(vers.modalites.index(m) for m in de.modalites), -1]
                for de, vers in zip(autre.axes, tableau.axes, strict=True)
            ]
            if places:
                cellules[np.ix_(*places)] -= autre.cellules
            else:
                cellules -= autre.cellules
    return replace(tableau, cellules=cellules)


def _somme_recomptee(somme: Somme, petites: set[str], montrables: bool) -> Somme:
    valeurs = {p: n for p, n in somme.valeurs.items() if p not in petites}
    if montrables and TOUT in valeurs:
        valeurs[TOUT] -= sum(n for p, n in somme.valeurs.items() if p in petites)
    return replace(somme, valeurs=valeurs)
