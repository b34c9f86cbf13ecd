"""What the attacker knows: all that an audience is shown, and every link between counts.

Written apart from what protects: cell by cell, from the shown tables and the nature of things.
"""

from itertools import combinations, product

import numpy as np
from scipy.sparse import csr_matrix

from pilotage.protection.modele import Masques

LOIN = 10**9


class Savoir:
    """What the reader knows, as rows over the counts, each named by what it counts:
    (base, period, {(variable, answer)…}). `domines`: lines that too few organismes made."""

    def __init__(self, masques: Masques) -> None:
        self.liste = liste = masques.liste
        self.vus: dict[tuple, int] = {}
        self.vrais: dict[tuple, int] = {}
        self.axes: dict[tuple, dict] = {}
        self.rangs: dict[tuple, int] = {}
        self.domines: set[tuple] = set()
        self.relations: list[tuple[dict[int, float], float, float]] = []
        for tableau, masque in zip(liste.tableaux, masques.tableaux, strict=True):
            self._lire(tableau, masque)
        self._lire_sommes(masques)
        self._relier()

    def _lire(self, tableau, masque) -> None:
        listes = [[*axe.modalites, None] for axe in tableau.axes]
        if not tableau.est_cooccurrence:
            for presents in _parties(range(len(tableau.axes))):
                noms = frozenset(tableau.axes[k].variable for k in presents)
                axes = {tableau.axes[k].variable: tableau.axes[k] for k in presents}
                self.axes[tableau.base, tableau.periode, noms] = axes
        for place in np.ndindex(tableau.cellules.shape):
            reponses = [
                (axe.variable, lus[i])
                for axe, lus, i in zip(tableau.axes, listes, place, strict=True)
                if lus[i] is not None
            ]
            nom = (tableau.base, tableau.periode, frozenset(reponses))
            if tableau.est_cooccurrence and len(nom[2]) == 1:
                nom = ("non_recours", tableau.periode, nom[2])
            self.rang(nom)
            self.vrais[nom] = int(tableau.cellules[place])
            if not masque[place]:
                self.vus[nom] = int(tableau.cellules[place])
            if tableau.dominance is not None and self.vrais[nom]:
                combien = tableau.dominance.contributeurs[place]
                if combien < 3 or tableau.dominance.part[place] > 0.85:
                    self.domines.add(nom)

    def _lire_sommes(self, masques: Masques) -> None:
        for somme in self.liste.sommes:
            for (cle, periode), cachee in masques.sommes.items():
                if cle != somme.cle:
                    continue
                nom = (somme.base, periode, frozenset({("somme", cle)}))
                axe = self.axes[somme.base, periode, frozenset({somme.variable})][somme.variable]
                membres = [
                    (somme.base, periode, frozenset({(somme.variable, m)}))
                    for m in axe.modalites
                    if m in somme.modalites
                ]
                if axe.multiple:
                    self.vrais[nom] = somme.valeurs[periode]
                    for membre in membres:
                        self.dire({membre: 1, nom: -1}, -LOIN, 0)
                    self.dire({**dict.fromkeys(membres, 1), nom: -1}, 0, LOIN)
                    self.dire({nom: 1, (somme.base, periode, frozenset()): -1}, -LOIN, 0)
                else:
                    self.vrais[nom] = sum(self.vrais[m] for m in membres)
                    self.dire({**dict.fromkeys(membres, 1), nom: -1}, 0, 0)
                if not cachee:
                    self.vus[nom] = self.vrais[nom]

    def rang(self, nom: tuple) -> int:
        return self.rangs.setdefault(nom, len(self.rangs))

    def dire(self, poids: dict[tuple, float], bas: float, haut: float) -> None:
        self.relations.append(({self.rang(n): c for n, c in poids.items()}, bas, haut))

    def _relier(self) -> None:
        for (base, periode, noms), axes in [*self._joints(), *self.axes.items()]:
            for variable in noms:
                self._relier_lignes(base, periode, axes, variable)
        self._relier_temps()
        for (base, periode, noms), axes in list(self.axes.items()):
            if base == "non_recours":
                self._relier_personnes(periode, noms, axes)
        self._relier_cooccurrences()

    def _cellules(self, base, periode, axes):
        for reponses in product(*([(v, m) for m in a.modalites] for v, a in axes.items())):
            yield (base, periode, frozenset(reponses))

    def _relier_lignes(self, base, periode, axes, variable) -> None:
        """The lines of a variable against their whole, whatever the others are."""
        axe, autres = axes[variable], {v: a for v, a in axes.items() if v != variable}
        noms = frozenset(autres)
        if (base, periode, noms) not in self.axes and (base, periode, noms) not in self.joints:
            return
        for ensemble in self._cellules(base, periode, autres):
            lignes = {m: (base, periode, ensemble[2] | {(variable, m)}) for m in axe.modalites}
            tous = {**dict.fromkeys(lignes.values(), 1.0), ensemble: -1.0}
            if not axe.multiple:
                self.dire(tous, 0, 0)
                continue
            self.dire(tous, 0, LOIN)
            muette = lignes.get("")
            for ligne in lignes.values():
                seule = {ligne: 1.0, ensemble: -1.0}
                if muette and muette != ligne:
                    seule[muette] = 1.0
                self.dire(seule, -LOIN, 0)
            if axe.maximum:
                plafond = {**dict.fromkeys(lignes.values(), 1.0), ensemble: -float(axe.maximum)}
                if muette:
                    plafond[muette] = float(axe.maximum)
                self.dire(plafond, -LOIN, 0)

    def _joints(self):
        """Three variables crossed two by two, and what the nomenclature forbids."""
        self.joints = {}
        for periode in sorted({p for _, p, _ in self.axes}):
            paires = {noms: base for base, p, noms in self.axes if p == periode and len(noms) == 2}
            seuls = {}
            for base, p, noms in self.axes:
                if p == periode:
                    seuls |= self.axes[base, p, noms]
            for a, b, c in combinations(sorted(set().union(*paires)), 3):
                cotes = [frozenset(x) for x in ((a, b), (b, c), (a, c))]
                if all(cote in paires for cote in cotes):
                    bases = {paires[cote] for cote in cotes}
                    base = "non_recours" if "non_recours" in bases else "situations"
                    if (base, periode, frozenset({a, b, c})) not in self.axes:
                        self._imaginer(base, periode, {v: seuls[v] for v in (a, b, c)})
                        for cote in cotes:
                            if (base, periode, cote) not in self.axes:
                                self._imaginer(base, periode, {v: seuls[v] for v in cote})
            for lien in self.liste.liens:
                if {lien.variable, lien.vers} <= seuls.keys():
                    deux = {v: seuls[v] for v in (lien.variable, lien.vers)}
                    if ("non_recours", periode, frozenset(deux)) not in self.axes:
                        self._imaginer("non_recours", periode, deux)
                    for m in deux[lien.variable].modalites:
                        for t in deux[lien.vers].modalites:
                            if m in lien.permises and t not in lien.permises[m]:
                                paire = frozenset({(lien.variable, m), (lien.vers, t)})
                                self.vus["non_recours", periode, paire] = 0
        yield from self.joints.items()

    def _imaginer(self, base, periode, axes) -> None:
        self.joints[base, periode, frozenset(axes)] = axes
        noms = frozenset(axes)
        if base == "non_recours" and ("situations", periode, noms) in self.axes:
            self._relier_personnes(periode, noms, axes)

    def _relier_temps(self) -> None:
        annees = sorted({p for _, p, _ in self.axes} - {"tout"})
        for nom in [n for n in self.vrais if n[1] == "tout"]:
            base, _, reponses = nom
            membres = [(base, annee, reponses) for annee in annees]
            if not annees or any(m not in self.vrais for m in membres):
                continue
            tous = {**dict.fromkeys(membres, 1.0), nom: -1.0}
            self.dire(tous, 0, LOIN if base == "organismes" else 0)
            if base == "organismes":
                for membre in membres:
                    self.dire({membre: 1.0, nom: -1.0}, -LOIN, 0)

    def _droits_au_plus(self) -> int:
        droit = self.liste.droit
        return max((len(a[droit].modalites) for a in self.axes.values() if droit in a), default=500)

    def _relier_personnes(self, periode, noms, axes) -> None:
        """Each person has one non-recours at least, and one by right at most."""
        droit, nombre = self.liste.droit, self.liste.par_situation
        plafond = self._droits_au_plus()
        if ("situations", periode, noms) in self.axes:
            for _, _, reponses in self._cellules("situations", periode, axes):
                un, des = ("situations", periode, reponses), ("non_recours", periode, reponses)
                self.dire({un: 1, des: -1}, -LOIN, 0)
                self.dire({des: 1, un: -plafond}, -LOIN, 0)
        reste = {v: a for v, a in axes.items() if v != droit}
        if droit in axes and ("situations", periode, frozenset(reste)) in self.axes:
            for _, _, reponses in self._cellules("situations", periode, axes):
                qui = frozenset(r for r in reponses if r[0] != droit)
                self.dire(
                    {("non_recours", periode, reponses): 1, ("situations", periode, qui): -1},
                    -LOIN,
                    0,
                )
        par_nombre = self.axes.get(("situations", periode, noms | {nombre}))
        if par_nombre:
            for _, _, reponses in self._cellules("situations", periode, axes):
                combien = {
                    m: ("situations", periode, reponses | {(nombre, m)})
                    for m in par_nombre[nombre].modalites
                }
                tous = ("non_recours", periode, reponses)
                self.dire({**{n: int(m[0]) for m, n in combien.items()}, tous: -1}, -LOIN, 0)
                haut = {n: plafond if m == "3+" else int(m) for m, n in combien.items()}
                self.dire({**haut, tous: -1}, 0, LOIN)

    def _relier_cooccurrences(self) -> None:
        plafond = self._droits_au_plus()
        for tableau in self.liste.tableaux:
            if not tableau.est_cooccurrence:
                continue
            periode, variable = tableau.periode, tableau.axes[0].variable
            paires = []
            for m, n in combinations(tableau.axes[0].modalites, 2):
                paire = ("situations", periode, frozenset({(variable, m), (variable, n)}))
                un = ("non_recours", periode, frozenset({(variable, m)}))
                autre = ("non_recours", periode, frozenset({(variable, n)}))
                paires.append(paire)
                self.dire({paire: 1, un: -1}, -LOIN, 0)
                self.dire({paire: 1, autre: -1}, -LOIN, 0)
                total = ("situations", periode, frozenset())
                self.dire({un: 1, autre: 1, paire: -1, total: -1}, -LOIN, 0)
            rangs = self.axes.get(("situations", periode, frozenset({self.liste.par_situation})))
            if rangs:
                nombre = self.liste.par_situation
                deux, plus = (
                    ("situations", periode, frozenset({(nombre, m)})) for m in ("2", "3+")
                )
                toutes = dict.fromkeys(paires, 1)
                self.dire({**toutes, deux: -1, plus: -3}, 0, LOIN)
                self.dire({**toutes, deux: -1, plus: -plafond * (plafond - 1) / 2}, -LOIN, 0)

    def relations_de_tout(self):
        """All the rows, over all the counts, and their bounds."""
        lignes = [i for i, (poids, _, _) in enumerate(self.relations) for _ in poids]
        colonnes = [k for poids, _, _ in self.relations for k in poids]
        valeurs = [c for poids, _, _ in self.relations for c in poids.values()]
        forme = (len(self.relations), len(self.rangs))
        bas = np.array([b for _, b, _ in self.relations])
        haut = np.array([h for _, _, h in self.relations])
        return csr_matrix((np.array(valeurs, dtype=float), (lignes, colonnes)), forme), bas, haut

    def connus(self) -> np.ndarray:
        """What is seen of each count; nan when it is not."""
        return np.array([float(self.vus.get(nom, np.nan)) for nom in self.rangs])

    def bornes(self, seuil: int) -> dict[tuple, tuple[float, float]]:
        """What must remain possible: for a small count, 0 and the threshold; for a line that too
        few organismes made, so many less than it is."""
        dominees = {n: (float(max(0, self.vrais[n] - seuil)), 0.0) for n in self.domines}
        petits = {n: (0.0, float(seuil)) for n, vrai in self.vrais.items() if 0 < vrai < seuil}
        return dominees | petits


def _parties(rangs):
    rangs = list(rangs)
    return (c for n in range(len(rangs) + 1) for c in combinations(rangs, n))
