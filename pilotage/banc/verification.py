"""The engines agree with one another, and the application with what they count, modality by
modality: written naively, one answer after the other."""

from collections import Counter
from collections.abc import Mapping

from pilotage.banc.moteurs import Comptes
from pilotage.banc.questions import FIGURES, MOIS, PLAN, Figure
from pilotage.faits import Faits
from pilotage.instantane.selection import DROITS, TAILLE, VALIDEE
from pilotage.parcours import DEMANDE_DEPOSEE, INFORMENT, ISSUES
from pilotage.resultats import Statistiques
from pilotage.variables import Colonne
from situations.calendrier import depuis_numero, en_mois


class ComptesDifferents(Exception):
    """Two engines disagree: nothing is worth timing."""


def comparer_moteurs(comptes: Mapping[str, Comptes]) -> Comptes:
    """The counts, the same for all. Raises ComptesDifferents."""
    (premier, modele), *autres = comptes.items()
    for nom, autre in autres:
        for figure in FIGURES:
            if autre[figure] != modele[figure]:
                raise ComptesDifferents(f"{premier} et {nom}, {', '.join(figure.sources)}")
    return modele


def comparer_au_tableau(comptes: Comptes, stats: Statistiques, faits: Faits) -> None:
    """Raises ComptesDifferents when a figure of the dashboard is not what the engines count."""
    attendus = _Attendus(comptes, faits)
    ecarts = [nom for nom, attendu, obtenu in attendus.confronter(stats) if attendu != obtenu]
    if ecarts:
        raise ComptesDifferents(f"l’application et les moteurs, {', '.join(ecarts)}")


class _Attendus:
    def __init__(self, comptes: Comptes, faits: Faits):
        self._comptes, self._faits = comptes, faits

    def confronter(self, stats: Statistiques):
        """(name, expected, found) of each figure."""
        tailles = self._brut("situations", TAILLE)
        yield "situations", sum(tailles.values()), stats.situations
        yield "non_recours", sum(self._brut("non_recours", "type").values()), stats.non_recours
        yield "validees", self._brut("situations", VALIDEE).get((1,), 0), stats.validees
        yield "cumul", sum(n for (t,), n in tailles.items() if t >= 2), stats.cumul
        mois = {en_mois(depuis_numero(m)): n for (m,), n in self._brut("situations", MOIS).items()}
        yield "mois", mois, _presents(stats.distributions["mois"].lignes)
        for variable in PLAN.distributions:
            distribution = stats.distributions[variable]
            obtenu = _presents(distribution.lignes)
            if distribution.sans_reponse:
                obtenu[""] = distribution.sans_reponse
            yield variable, self._modalites(variable), obtenu
        for codes in PLAN.croisements:
            croisement = stats.croisements[codes]
            obtenu = {
                (ligne, colonne): n
                for (ligne, _), effectifs in zip(
                    croisement.lignes, croisement.cellules, strict=True
                )
                for (colonne, _), n in zip(croisement.colonnes, effectifs, strict=True)
                if n
            }
            yield f"{codes[0]} × {codes[1]}", self._modalites(*codes), obtenu
        yield "cooccurrence", self._cooccurrence(), _paires(stats)
        yield "parcours", self._parcours(), {
            "informes": stats.parcours.informes,
            "demandes": stats.parcours.demandes,
            **stats.parcours.issues,
        }  # fmt: skip

    def _brut(self, base, *sources) -> dict[tuple[int, ...], int]:
        return self._comptes[Figure(base, sources)]

    def _modalites(self, *variables: str) -> Counter:
        colonnes = [self._faits.colonnes[variable] for variable in variables]
        sources = tuple(colonne.source for colonne in colonnes)
        (figure,) = [f for f in FIGURES if f.sources == sources]
        compte: Counter = Counter()
        for numeros, n in self._comptes[figure].items():
            cles = [()]
            for colonne, numero in zip(colonnes, numeros, strict=True):
                cles = [(*cle, code) for cle in cles for code in _codes(colonne, numero) or [""]]
            for cle in cles:
                compte[cle[0] if len(cle) == 1 else cle] += n
        return compte

    def _cooccurrence(self) -> Counter:
        compte: Counter = Counter()
        for (ensemble,), n in self._brut("situations", DROITS).items():
            codes = _codes(self._faits.droits, ensemble)
            if len(codes) >= 2:
                for premier in codes:
                    for second in codes:
                        compte[premier, second] += n
        return compte

    def _parcours(self) -> Counter:
        actions, demande, issue = (
            self._faits.colonnes[v] for v in ("actions", "demande_deposee", "issue")
        )
        compte = Counter(dict.fromkeys((*ISSUES, "inconnue", "informes", "demandes"), 0))
        figure = self._brut("non_recours", "actions", "demande_deposee", "issue")
        for (a, d, i), n in figure.items():
            fins = [nom for nom, codes in ISSUES.items() if codes & set(_codes(issue, i))]
            deposee = bool(
                DEMANDE_DEPOSEE & set(_codes(demande, d)) or {"ouvert", "refus"} & set(fins)
            )
            compte[fins[0] if fins else "inconnue"] += n
            compte["demandes"] += n * deposee
            compte["informes"] += n * bool(deposee or INFORMENT & set(_codes(actions, a)))
        return compte


def _codes(colonne: Colonne, ensemble: int) -> list[str]:
    debut, fin = colonne.debuts[ensemble : ensemble + 2].tolist()
    return [colonne.variable.modalites[rang].code for rang in colonne.rangs[debut:fin].tolist()]


def _presents(lignes) -> dict[str, int]:
    return {ligne.code: ligne.effectif for ligne in lignes if ligne.effectif}


def _paires(stats: Statistiques) -> dict[tuple[str, str], int]:
    codes = [code for code, _ in stats.cooccurrence.droits]
    return {
        (a, b): n
        for a, ligne in zip(codes, stats.cooccurrence.cellules, strict=True)
        for b, n in zip(codes, ligne, strict=True)
        if n
    }
