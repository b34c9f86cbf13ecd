"""The key figures of a dashboard, in words."""

from dataclasses import dataclass

from pilotage.presentation.typographie import Base, decimal, nombre, phrase_base, pourcent
from pilotage.secret import Effectif, Secret, StatistiquesProtegees


@dataclass(frozen=True, slots=True)
class Chiffre:
    """« 39 % » « cumulent au moins deux non-recours » « 161 situations »."""

    valeur: str
    libelle: str
    precision: str = ""
    est_secret: bool = False


def chiffres_cles(stats: StatistiquesProtegees) -> tuple[Chiffre, ...]:
    """The key figures that this audience is given, in the order of the dashboard."""
    moyenne = stats.droits_par_situation
    chiffres = [
        _total(stats.situations, "situation", "situations"),
        _total(
            stats.non_recours,
            "non-recours signalé",
            "non-recours signalés",
            "" if moyenne is None else f"{decimal(moyenne)} par situation",
        ),
    ]
    parts: list[tuple[int | None, Effectif, Base, str, str]] = [
        (
            stats.cumul,
            stats.situations,
            "situations",
            "cumule au moins deux non-recours",
            "cumulent au moins deux non-recours",
        ),
        (
            stats.plus_d_un_an,
            stats.non_recours,
            "non_recours",
            "dure depuis plus d’un an",
            "durent depuis plus d’un an",
        ),
        (stats.droits_ouverts, stats.non_recours, "non_recours", "droit ouvert", "droits ouverts"),
    ]
    for part, total, base, singulier, pluriel in parts:
        if part is not None and isinstance(total, int):
            chiffres.append(_part(part, total, base, singulier, pluriel))
    return tuple(chiffres)


def _total(total: Effectif, singulier: str, pluriel: str, precision: str = "") -> Chiffre:
    if isinstance(total, Secret):
        return Chiffre(str(total), pluriel, est_secret=True)
    return Chiffre(nombre(total), singulier if total < 2 else pluriel, precision)


def _part(part: int, total: int, base: Base, singulier: str, pluriel: str) -> Chiffre:
    if en_pourcent := pourcent(part, total):
        return Chiffre(en_pourcent, pluriel, phrase_base(part, base))
    return Chiffre(
        nombre(part), singulier if part < 2 else pluriel, f"sur {phrase_base(total, base)}"
    )
