"""The request itself: a frozen value, its address, and what changing it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self, get_args
from urllib.parse import urlencode

from pilotage.demande.lecture import (
    MOIS,
    PREFIXE_DE_CASE,
    PREFIXE_DE_FILTRE,
    Cases,
    Filtres,
    Lecture,
    ecrire_code,
)
from pilotage.variables import VariableComptee
from situations.calendrier import decaler, en_date, en_mois, en_numero

Affichage = Literal["effectif", "ligne", "colonne"]


@dataclass(frozen=True, slots=True)
class Demande:
    """A period, filters and a display; filters are kept sorted, without repetition.

    `cases`: answers that must all be there, as those of a cell. `croisement`: two variables, or
    three; `onglet`, the answer of the third that is shown. `complets`: the tables shown whole.
    `ignores`: sentences on what the address asked and could not be understood; not part of
    the value. Raises ValueError for a period that is not one.
    """

    annee: int | None = None
    du: str | None = None
    au: str | None = None
    filtres: Filtres = ()
    cases: Cases = ()
    validees_seulement: bool = False
    croisement: tuple[str, ...] | None = None
    onglet: str | None = None
    affichage: Affichage = "effectif"
    complets: tuple[str, ...] = ()
    ignores: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self):
        if self.annee is not None and not (2000 <= self.annee <= 2099 and not self.a_des_bornes):
            raise ValueError("a period is a year from 2000 to 2099, or bounds")
        if not all(MOIS.fullmatch(mois) for mois in (self.du, self.au) if mois is not None):
            raise ValueError("the bounds of a period are months such as 2026-03")
        if self.du and self.au and self.du > self.au:
            raise ValueError("a period ends after its beginning")
        if self.affichage not in get_args(Affichage):
            raise ValueError(f"unknown display: {self.affichage}")
        fusion: dict[str, set[str]] = {}
        for variable, codes in self.filtres:
            fusion.setdefault(variable, set()).update(codes)
        ranges = tuple((v, tuple(sorted(codes))) for v, codes in sorted(fusion.items()) if codes)
        object.__setattr__(self, "filtres", ranges)
        object.__setattr__(self, "cases", tuple(sorted(set(self.cases))))
        object.__setattr__(self, "complets", tuple(sorted(set(self.complets))))
        if self.croisement is None or len(self.croisement) < 3:
            object.__setattr__(self, "onglet", None)

    @property
    def a_des_bornes(self) -> bool:
        return self.du is not None or self.au is not None

    @property
    def est_une_annee_entiere(self) -> bool:
        """A year and nothing else that changes what is counted."""
        return self.annee is not None and not (
            self.filtres or self.cases or self.validees_seulement or self.croisement
        )

    @property
    def periode(self) -> tuple[str | None, str | None]:
        """First and last months, included; None: no bound."""
        if self.annee is not None:
            return f"{self.annee}-01", f"{self.annee}-12"
        return self.du, self.au

    @property
    def exigences(self) -> Filtres:
        """All that rows must meet: each filter, then each cell."""
        return (*self.filtres, *((variable, (code,)) for variable, code in self.cases))

    @classmethod
    def depuis(
        cls,
        parametres: Mapping[str, list[str]],
        variables: Mapping[str, VariableComptee],
    ) -> Self:
        """Reads an address (`dict(request.GET.lists())`, `parse_qs(…)`).

        Never raises: what is unknown is left out, and said in `ignores`.
        """
        lecture = Lecture(parametres, variables)
        annee, du, au = lecture.periode()
        croisement = lecture.croisement()
        return cls(
            annee=annee,
            du=du,
            au=au,
            filtres=lecture.filtres(),
            cases=lecture.cases(),
            validees_seulement=lecture.choix("validees", {"1": True}, False),
            croisement=croisement,
            onglet=lecture.onglet(croisement),
            affichage=lecture.choix("affichage", {a: a for a in get_args(Affichage)}, "effectif"),
            complets=lecture.complets(),
            ignores=lecture.ignores(),
        )

    def avec(self, **changements: Any) -> Self:
        """The same request but for these fields; a year replaces bounds, bounds a year."""
        if changements.get("annee") is not None:
            changements = {"du": None, "au": None, **changements}
        elif changements.get("du") or changements.get("au"):
            changements = {"annee": None, **changements}
        return replace(self, ignores=(), **changements)

    def parametres(self) -> list[tuple[str, str]]:
        """The address, as the pairs of its parameters."""
        paires: list[tuple[str, str]] = []
        if self.annee is not None:
            paires.append(("annee", str(self.annee)))
        paires += [(nom, m) for nom, m in (("du", self.du), ("au", self.au)) if m]
        for variable, codes in self.filtres:
            paires += [(PREFIXE_DE_FILTRE + variable, ecrire_code(code)) for code in codes]
        paires += [(PREFIXE_DE_CASE + v, ecrire_code(code)) for v, code in self.cases]
        if self.validees_seulement:
            paires.append(("validees", "1"))
        if self.croisement:
            paires += zip(("lignes", "colonnes", "onglets"), self.croisement, strict=False)
        if self.onglet is not None:
            paires.append(("onglet", ecrire_code(self.onglet)))
        if self.affichage != "effectif":
            paires.append(("affichage", self.affichage))
        return paires + [("complet", cle) for cle in self.complets]

    def adresse(self, **changements: Any) -> str:
        """The canonical query string, without « ? », of this request once changed."""
        return urlencode(self.avec(**changements).parametres())

    def codes_de(self, variable: str) -> tuple[str, ...]:
        """The values kept of this variable; nothing when it is not filtered."""
        return dict(self.filtres).get(variable, ())

    def avec_filtre(self, variable: str, code: str) -> Self:
        """Keeps this value too."""
        return self.avec(filtres=(*self.filtres, (variable, (code,))))

    def sans_filtre(self, variable: str, code: str | None = None) -> Self:
        """Without this value of the variable, or without any of its values."""
        restants = () if code is None else set(self.codes_de(variable)) - {code}
        autres = tuple((v, codes) for v, codes in self.filtres if v != variable)
        return self.avec(filtres=(*autres, (variable, tuple(restants))))

    def sans_case(self, variable: str, code: str) -> Self:
        return self.avec(cases=tuple(case for case in self.cases if case != (variable, code)))

    def precedente(self) -> Self | None:
        """The same request over the period just before, of the same length; the year before for
        a year. None when the period has no beginning or no end, or would begin before 2000."""
        if self.annee is not None:
            return self.avec(annee=self.annee - 1) if self.annee > 2000 else None
        if not (self.du and self.au):
            return None
        du, au = en_date(self.du), en_date(self.au)
        mois = en_numero(au) - en_numero(du) + 1
        if en_numero(du) < mois:
            return None
        return self.avec(du=en_mois(decaler(du, -mois)), au=en_mois(decaler(au, -mois)))
