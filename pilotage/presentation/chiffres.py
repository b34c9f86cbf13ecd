"""The key figures of a dashboard, in words."""

from dataclasses import dataclass

from pilotage.demande import Demande
from pilotage.presentation.comparaison import ecart_en_mots, nom_de_periode
from pilotage.presentation.liens import Lien, Liens
from pilotage.presentation.typographie import (
    INSECABLE,
    Base,
    decimal,
    nombre,
    phrase_base,
    pourcent,
)
from pilotage.secret import Effectif, Secret, StatistiquesProtegees
from pilotage.statistiques import DURENT_PLUS_D_UN_AN


@dataclass(frozen=True, slots=True)
class Chiffre:
    """« 39 % » « cumulent au moins deux non-recours » « 161 situations » « 2025 : 140… »."""

    valeur: str
    libelle: str
    precision: str = ""
    est_secret: bool = False
    avant: str = ""
    lien: Lien = None


def chiffres_cles(
    stats: StatistiquesProtegees, precedentes: StatistiquesProtegees | None, liens: Liens
) -> tuple[Chiffre, ...]:
    """The key figures that this audience is given, in the order of the dashboard."""
    moyenne = stats.droits_par_situation
    avant = precedentes if precedentes is not None and precedentes.situations != 0 else None
    demande = stats.demande
    tout = liens.situations_de(demande)
    chiffres = [
        _total(stats.situations, "situation", "situations", avant, "situations", tout),
        _total(
            stats.non_recours,
            "non-recours signalé",
            "non-recours signalés",
            avant,
            "non_recours",
            tout,
            "" if moyenne is None else f"{decimal(moyenne)} par situation",
        ),
    ]
    durables = _durables(stats)
    plusieurs = liens.situations_de(_cumulant(demande)) if _est_libre(demande) else None
    parts: list[tuple[str, Effectif, Base, str, str, Lien]] = [
        (
            "cumul",
            stats.situations,
            "situations",
            "cumule au moins deux non-recours",
            "cumulent au moins deux non-recours",
            plusieurs,
        ),
        (
            "plus_d_un_an",
            stats.non_recours,
            "non_recours",
            "dure depuis plus d’un an",
            "durent depuis plus d’un an",
            durables and liens.situations_de(durables),
        ),
        (
            "droits_ouverts",
            stats.non_recours,
            "non_recours",
            "droit ouvert",
            "droits ouverts",
            liens.etape("ouvert"),
        ),
    ]
    for nom, total, base, singulier, pluriel, lien in parts:
        part = getattr(stats, nom)
        if part is not None and isinstance(total, int):
            en_mots = _part_d_avant(part, total, avant, nom, base)
            chiffres.append(_part(part, total, base, singulier, pluriel, en_mots, lien))
    return tuple(chiffres)


def _est_libre(demande: Demande) -> bool:
    return not demande.codes_de("par_situation")


def _cumulant(demande: Demande) -> Demande:
    return demande.avec(filtres=(*demande.filtres, ("par_situation", ("2", "3"))))


def _durables(stats: StatistiquesProtegees) -> Demande | None:
    """Those that last for more than a year, local answers included; None when answers to that
    question are chosen already."""
    variable, codes = DURENT_PLUS_D_UN_AN
    distribution = stats.distributions.get(variable)
    if distribution is None or stats.demande.codes_de(variable):
        return None
    durables = tuple(x.code for x in distribution.lignes if (x.raffine or x.code) in codes)
    return stats.demande.avec(filtres=(*stats.demande.filtres, (variable, durables)))


def _avant(effectif: Effectif, avant: StatistiquesProtegees | None, nom: str) -> str:
    """« 2025 : 380, 32 de plus »; nothing without a period before."""
    valeur = getattr(avant, nom, None)
    if avant is None or valeur is None:
        return ""
    texte = str(valeur) if isinstance(valeur, Secret) else nombre(valeur)
    ecart = ecart_en_mots(effectif, valeur)
    ecart = f" ({ecart})" if ecart else ""
    return f"{nom_de_periode(avant)}{INSECABLE}: {texte}{ecart}"


def _part_d_avant(
    part: Effectif, total: int, avant: StatistiquesProtegees | None, nom: str, base: Base
) -> str:
    """« 2025 : 43 % » beside a share; counts beside a count."""
    valeur = getattr(avant, nom, None)
    total_d_avant = getattr(avant, base, None)
    if isinstance(part, int) and isinstance(valeur, int) and isinstance(total_d_avant, int):
        en_pourcent = pourcent(valeur, total_d_avant)
        if en_pourcent and pourcent(part, total):
            return f"{nom_de_periode(avant)}{INSECABLE}: {en_pourcent}"
    return _avant(part, avant, nom)


def _total(
    total: Effectif,
    singulier: str,
    pluriel: str,
    avant: StatistiquesProtegees | None,
    nom: str,
    lien: Lien,
    precision: str = "",
) -> Chiffre:
    avant_en_mots = _avant(total, avant, nom)
    if isinstance(total, Secret):
        return Chiffre(str(total), pluriel, est_secret=True, avant=avant_en_mots)
    libelle = singulier if total < 2 else pluriel
    return Chiffre(
        nombre(total), libelle, precision, False, avant_en_mots, (total and lien) or None
    )


def _part(
    part: Effectif,
    total: int,
    base: Base,
    singulier: str,
    pluriel: str,
    avant: str,
    lien: Lien,
) -> Chiffre:
    if isinstance(part, Secret):
        return Chiffre(str(part), pluriel, est_secret=True, avant=avant)
    if not part:
        lien = None
    if en_pourcent := pourcent(part, total):
        return Chiffre(en_pourcent, pluriel, phrase_base(part, base), False, avant, lien)
    libelle = singulier if part < 2 else pluriel
    return Chiffre(nombre(part), libelle, f"sur {phrase_base(total, base)}", False, avant, lien)
