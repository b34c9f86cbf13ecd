"""The links between the counts of a list, row by row of a sparse matrix."""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix

from pilotage.protection.cellules import Bloc, Cellules, Cle
from pilotage.protection.modele import SANS_REPONSE, TOUT, Axe, Liste

INFINI = np.inf
SANS_LISTE = 500  # rights a situation may name, when the list of rights is not shown
ORGANISMES = "organismes"


@dataclass(slots=True)
class Contraintes:
    """Collects rows `bas` ≤ Σ coefficient × cell ≤ `haut`."""

    colonnes: list[np.ndarray] = field(default_factory=list)
    coefficients: list[np.ndarray] = field(default_factory=list)
    lignes: list[np.ndarray] = field(default_factory=list)
    bornes: list[np.ndarray] = field(default_factory=list)
    hauteur: int = 0

    def ajouter(self, ids, coefficients, bas: float, haut: float, additive=False) -> None:
        """One row for each row of `ids` (-1: nothing), with the same coefficients."""
        ids = np.atleast_2d(ids)
        rangs, places = np.nonzero(ids >= 0)
        self.colonnes.append(ids[rangs, places])
        self.coefficients.append(np.asarray(coefficients, dtype=float)[places])
        self.lignes.append(rangs + self.hauteur)
        self.bornes.append(np.tile([bas, haut, float(additive)], (len(ids), 1)))
        self.hauteur += len(ids)

    def additionner(self, membres: np.ndarray, totaux: np.ndarray) -> None:
        """Each row of `membres` sums to its total."""
        coefficients = [*np.ones(membres.shape[1]), -1]
        self.ajouter(np.column_stack([membres, totaux]), coefficients, 0, 0, additive=True)

    def au_plus(self, petits: np.ndarray, grands: np.ndarray, facteur: float = 1) -> None:
        """petits ≤ facteur × grands, element by element."""
        petits, grands = np.broadcast_arrays(petits, grands)
        self.ajouter(np.column_stack([petits.ravel(), grands.ravel()]), [1, -facteur], -INFINI, 0)

    def matrice(self, largeur: int):
        if not self.hauteur:
            return csr_matrix((0, largeur)), *(np.zeros(0),) * 2, np.zeros(0, dtype=bool)
        lignes, colonnes = np.concatenate(self.lignes), np.concatenate(self.colonnes)
        matrice = csr_matrix(
            (np.concatenate(self.coefficients), (lignes, colonnes)), (self.hauteur, largeur)
        )
        bornes = np.concatenate(self.bornes)
        return matrice, bornes[:, 0], bornes[:, 1], bornes[:, 2].astype(bool)


def lier(cellules: Cellules, liste: Liste, latents: set[Cle]) -> Contraintes:
    """All the links between these cells; `latents`: the joint cells that are never shown."""
    contraintes = Contraintes()
    _lier_marges(contraintes, cellules.blocs, latents)
    _lier_temps(contraintes, cellules.blocs, latents)
    _lier_bases(contraintes, cellules.blocs, liste)
    _lier_cooccurrences(contraintes, cellules.blocs, liste)
    _lier_sommes(contraintes, cellules, liste)
    return contraintes


def _sans(variables: tuple[str, ...], retirees) -> tuple[str, ...]:
    return tuple(v for v in variables if v not in retirees)


def _est_cooccurrence(variables: tuple[str, ...]) -> bool:
    return len(set(variables)) < len(variables)


def _lier_marges(contraintes: Contraintes, blocs: dict[Cle, Bloc], latents: set[Cle]) -> None:
    for cle, bloc in blocs.items():
        base, periode, variables = cle
        if _est_cooccurrence(variables):
            continue
        for (autre, p, reste), marge in blocs.items():
            if (autre, p) != (base, periode) or not set(reste) < set(variables):
                continue
            retires = [k for k, v in enumerate(variables) if v not in reste]
            if len(retires) > 1 and cle not in latents:
                continue
            n = len(retires)
            membres = np.moveaxis(bloc.ids, retires, range(-n, 0))
            membres = membres.reshape(marge.ids.size, -1)
            axes = [bloc.axes[k] for k in retires]
            if not any(axe.multiple for axe in axes):
                contraintes.additionner(membres, marge.ids.ravel())
            else:
                _lier_multiple(contraintes, axes, membres, marge.ids.ravel())


def _lier_multiple(contraintes, axes: list[Axe], membres: np.ndarray, totaux) -> None:
    """One row may be in several lines: each is at most the whole, all are at least the whole."""
    n = membres.shape[1]
    ids = np.column_stack([membres, totaux])
    contraintes.ajouter(ids, [*np.ones(n), -1], 0, INFINI)
    if len(axes) > 1:
        contraintes.au_plus(membres, totaux[:, None])
        return
    axe = axes[0]
    seules = np.array([m in axe.exclusives or m == SANS_REPONSE for m in axe.modalites])
    for k in [*np.flatnonzero(~seules), None]:
        coefficients = seules.astype(float)
        if k is not None:
            coefficients[k] = 1
        contraintes.ajouter(
            np.where(np.append(coefficients, 1) != 0, ids, -1), [*coefficients, -1], -INFINI, 0
        )
    if axe.maximum:
        coefficients = np.where(seules, axe.maximum, 1)
        contraintes.ajouter(ids, [*coefficients, -axe.maximum], -INFINI, 0)


def _lier_temps(contraintes: Contraintes, blocs: dict[Cle, Bloc], latents: set[Cle]) -> None:
    annees = sorted({p for _, p, _ in blocs} - {TOUT})
    for (base, periode, variables), tout in blocs.items():
        par_an = [blocs.get((base, annee, variables)) for annee in annees]
        if periode != TOUT or not annees or None in par_an:
            continue
        membres = np.column_stack([_aligner(an, tout).ravel() for an in par_an])
        totaux = tout.ids.ravel()
        if base == ORGANISMES:
            contraintes.au_plus(membres, totaux[:, None])
            ids = np.column_stack([membres, totaux])
            contraintes.ajouter(ids, [*np.ones(len(annees)), -1], 0, INFINI)
            continue
        if _est_cooccurrence(variables):
            haut = np.triu_indices(len(tout.ids), 1)
            place = np.ravel_multi_index(haut, tout.ids.shape)
            membres, totaux = membres[place], totaux[place]
        contraintes.additionner(membres, totaux)


def _aligner(bloc: Bloc, modele: Bloc) -> np.ndarray:
    """The cells of a bloc in another's order of answers; -1 for an answer it does not have."""
    if not bloc.axes:
        return bloc.ids
    ids = np.pad(bloc.ids, [(0, 1)] * bloc.ids.ndim, constant_values=-1)
    places = [
        [axe.modalites.index(m) if m in axe.modalites else -1 for m in voulu.modalites]
        for axe, voulu in zip(bloc.axes, modele.axes, strict=True)
    ]
    return ids[np.ix_(*places)]


def _droits_au_plus(blocs: dict[Cle, Bloc], liste: Liste) -> int:
    listes = [len(a.modalites) for b in blocs.values() for a in b.axes if a.variable == liste.droit]
    return max(listes, default=SANS_LISTE)


def _lier_bases(contraintes: Contraintes, blocs: dict[Cle, Bloc], liste: Liste) -> None:
    """A situation has at least one non-recours, at most one by right; organismes send situations."""
    au_plus = _droits_au_plus(blocs, liste)
    for (base, periode, variables), bloc in blocs.items():
        if base == ORGANISMES and not variables:
            situations = blocs.get(("situations", periode, ()))
            if situations:
                contraintes.au_plus(bloc.ids.ravel(), situations.ids.ravel())
        if base == "non_recours":
            meme = blocs.get(("situations", periode, variables))
            if meme:
                contraintes.au_plus(meme.ids.ravel(), bloc.ids.ravel())
                contraintes.au_plus(bloc.ids.ravel(), meme.ids.ravel(), au_plus)
            personnes = blocs.get(("situations", periode, _sans(variables, {liste.droit})))
            if liste.droit in variables and personnes:
                par_droit = np.moveaxis(bloc.ids, variables.index(liste.droit), -1)
                contraintes.au_plus(par_droit, personnes.ids[..., None])
        droits = blocs.get(("non_recours", periode, _sans(variables, {liste.par_situation})))
        if base == "situations" and liste.par_situation in variables and droits:
            k = variables.index(liste.par_situation)
            nombres = [int(m[0]) for m in bloc.axes[k].modalites]
            rangs = np.moveaxis(bloc.ids, k, -1).reshape(-1, len(nombres))
            ids = np.column_stack([rangs, droits.ids.ravel()])
            contraintes.ajouter(ids, [*nombres, -1], -INFINI, 0)
            plafonds = [n if n < 3 else au_plus for n in nombres]
            contraintes.ajouter(ids, [*plafonds, -1], 0, INFINI)


def _lier_cooccurrences(contraintes: Contraintes, blocs: dict[Cle, Bloc], liste: Liste) -> None:
    for (base, periode, variables), bloc in blocs.items():
        if not _est_cooccurrence(variables):
            continue
        n = len(bloc.ids)
        i, j = np.triu_indices(n, 1)
        paires, chacun = bloc.ids[i, j], bloc.ids.diagonal()
        contraintes.au_plus(paires, chacun[i])
        contraintes.au_plus(paires, chacun[j])
        total = blocs[base, periode, ()].ids.ravel()
        ids = np.column_stack([chacun[i], chacun[j], paires, np.repeat(total, len(i))])
        contraintes.ajouter(ids, [1, 1, -1, -1], -INFINI, 0)
        rangs = blocs.get((base, periode, (liste.par_situation,)))
        if rangs:
            nombres = [int(m[0]) for m in rangs.axes[0].modalites]
            minimum = [-k * (k - 1) // 2 for k in nombres]
            au_plus = _droits_au_plus(blocs, liste)
            maximum = [-(au_plus * (au_plus - 1) // 2 if k > 2 else k - 1) for k in nombres]
            ids = np.concatenate([paires, rangs.ids])
            contraintes.ajouter(ids, [*np.ones(len(paires)), *minimum], 0, INFINI)
            contraintes.ajouter(ids, [*np.ones(len(paires)), *maximum], -INFINI, 0)


def _lier_sommes(contraintes: Contraintes, cellules: Cellules, liste: Liste) -> None:
    for somme in liste.sommes:
        for (cle, periode), numero in cellules.sommes.items():
            if cle != somme.cle:
                continue
            bloc = cellules.blocs[somme.base, periode, (somme.variable,)]
            axe = bloc.axes[0]
            membres = bloc.ids[[m in somme.modalites for m in axe.modalites]][None, :]
            total = cellules.blocs[somme.base, periode, ()].ids.ravel()
            if not axe.multiple:
                contraintes.additionner(membres, np.array([numero]))
                continue
            contraintes.au_plus(membres.ravel(), np.array([numero]))
            contraintes.au_plus(np.array([numero]), total)
            ids = np.append(membres, numero)
            contraintes.ajouter(ids, [*np.ones(membres.shape[1]), -1], 0, INFINI)
        numeros = {p: n for (cle, p), n in cellules.sommes.items() if cle == somme.cle}
        periodes = {p for _, p, _ in cellules.blocs}
        if TOUT in numeros and numeros.keys() == periodes and len(periodes) > 1:
            annees = np.array([[n for p, n in numeros.items() if p != TOUT]])
            contraintes.additionner(annees, np.array([numeros[TOUT]]))
