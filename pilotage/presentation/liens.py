"""Where a number or a name of the dashboard leads, for those who may filter."""

from functools import cached_property, lru_cache
from typing import get_args
from urllib.parse import quote_plus

from pilotage.calculees import DROITS_REUNIS, NOMBRE_DE_DROITS
from pilotage.demande import (
    PREFIXE_DE_CASE,
    PREFIXE_DE_FILTRE,
    Affichage,
    Demande,
    ecrire_code,
)
from pilotage.parcours import est_precisable
from pilotage.secret import CODE_AUTRES, StatistiquesProtegees

Lien = str | None


def lien_de(demande: Demande) -> str:
    """The address of a request, to follow from the page it is shown on."""
    return f"?{demande.adresse()}"


class Liens:
    """The links of one page. None of them is given to an audience that may not filter.

    `situations`: the address of the list of the situations behind a number; empty where there is
    none, over several territories. Written by hand, one string a link: there are hundreds.
    """

    def __init__(self, demande: Demande, *, est_filtrable: bool, situations: str = ""):
        self.demande = demande
        self._est_filtrable = est_filtrable
        self._situations = situations if est_filtrable else ""
        actuelle = demande.adresse()
        self._base = f"?{actuelle}&" if actuelle else "?"
        sans_affichage = self._selection(demande).adresse()
        self._debut = f"{situations}?{sans_affichage}&" if sans_affichage else f"{situations}?"

    @classmethod
    def de(cls, stats: StatistiquesProtegees, situations: str = "") -> "Liens":
        """Those of the page that shows these figures."""
        return cls(stats.demande, est_filtrable=stats.est_filtrable, situations=situations)

    @staticmethod
    def _selection(demande: Demande) -> Demande:
        """What is counted, without how it is shown."""
        return demande.avec(croisement=None, affichage="effectif", complets=())

    def parmi(self, case: tuple[str, str]) -> "Liens":
        """The same page, whose numbers count only those that have this answer too."""
        liens = Liens(self.demande, est_filtrable=self._est_filtrable, situations=self._situations)
        selection = self.demande.avec(cases=(*self.demande.cases, case))
        liens._debut = f"{self._situations}?{self._selection(selection).adresse()}&"
        return liens

    def filtrer(self, variable: str, code: str) -> tuple[Lien, bool]:
        """Keeps this answer too, or takes it away when it is kept already (then, True)."""
        if not (self._est_filtrable and variable) or code == CODE_AUTRES:
            return None, False
        codes = self.demande.codes_de(variable)
        if code in codes:
            return lien_de(self.demande.sans_filtre(variable, code)), True
        if codes:
            return lien_de(self.demande.avec_filtre(variable, code)), False
        return f"{self._base}{PREFIXE_DE_FILTRE}{variable}={_ecrire(code)}", False

    def mois(self, mois: str) -> Lien:
        """The dashboard of one month."""
        return lien_de(self.demande.avec(du=mois, au=mois)) if self._est_filtrable else None

    def situations(self, *cases: tuple[str, str]) -> Lien:
        """The list of the situations that have all these answers, among those selected."""
        if not self._situations or any(code == CODE_AUTRES for _, code in cases):
            return None
        return self._debut + "&".join(
            f"{PREFIXE_DE_CASE}{variable}={_ecrire(code)}" for variable, code in cases
        )

    def toutes(self) -> Lien:
        """The list of all the situations selected."""
        return self._debut.rstrip("?&") if self._situations else None

    def situations_de(self, demande: Demande) -> Lien:
        """The list of the situations of another request than the page's."""
        if not self._situations:
            return None
        return f"{self._situations}?{self._selection(demande).adresse()}"

    def etape(self, etape: str) -> Lien:
        """The situations of which a non-recours reached this step of the path."""
        if not self._situations or not est_precisable(self.demande, etape):
            return None
        return f"{self._debut}etape={etape}"

    def reunis(self, droit: str, autre: str) -> Lien:
        """The situations that name both rights; the same one twice: and another right with it."""
        if droit != autre:
            return self.situations((DROITS_REUNIS, droit), (DROITS_REUNIS, autre))
        if self.demande.codes_de(NOMBRE_DE_DROITS):
            return None
        plusieurs = (NOMBRE_DE_DROITS, ("2", "3"))
        return self.situations_de(
            self.demande.avec(
                filtres=(*self.demande.filtres, plusieurs),
                cases=(*self.demande.cases, (DROITS_REUNIS, droit)),
            )
        )

    @cached_property
    def affichages(self) -> dict[str, str]:
        """The same page, its crossings in counts, in shares of the line or of the column."""
        noms = get_args(Affichage)
        return {nom: lien_de(self.demande.avec(affichage=nom)) for nom in noms}

    def onglet(self, code: str | None) -> str:
        """The crossing under this tab."""
        return lien_de(self.demande.avec(onglet=code))

    def completer(self, cle: str) -> Lien:
        """Shows all the lines of this table, or its first ones when it shows all of them."""
        autres = tuple(c for c in self.demande.complets if c != cle)
        complets = autres if cle in self.demande.complets else (*autres, cle)
        return lien_de(self.demande.avec(complets=complets))


@lru_cache(10_000)
def _ecrire(code: str) -> str:
    return quote_plus(ecrire_code(code))
