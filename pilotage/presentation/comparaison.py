"""The figures of the period before, beside those of the page: « 41 », « 6 de plus »."""

from collections.abc import Mapping
from dataclasses import dataclass

from pilotage.demande import Demande, phrases_de_periode
from pilotage.indicateurs import MOIS
from pilotage.presentation.typographie import nombre
from pilotage.secret import CODE_AUTRES, SECRET, Effectif, Secret, StatistiquesProtegees
from situations.calendrier import decaler, en_date, en_mois


@dataclass(frozen=True, slots=True)
class Avant:
    """What one distribution counted before, by code; `periode` heads its column.

    `autres`: what to say of a code that is not among them: secret when some lost their name.
    """

    periode: str
    effectifs: Mapping[str, Effectif]
    autres: Effectif

    def effectif(self, code: str) -> Effectif | None:
        return self.effectifs.get(code, None if code == CODE_AUTRES else self.autres)


def avant_de(
    precedentes: StatistiquesProtegees | None, variable: str, actuelle: Demande
) -> Avant | None:
    """None when there is nothing to compare with. `actuelle`: the request of the page."""
    if precedentes is None or precedentes.situations == 0:
        return None
    distribution = precedentes.distributions.get(variable)
    if distribution is None or isinstance(distribution.total, Secret):
        return None
    effectifs = {ligne.code: ligne.effectif for ligne in distribution.lignes}
    ont_perdu_leur_nom = CODE_AUTRES in effectifs
    if variable == MOIS:
        if actuelle.annee is None:
            # Of two quarters, no month is the same.
            return None
        effectifs = _un_an_apres(effectifs)
    return Avant(
        periode=nom_de_periode(precedentes),
        effectifs=effectifs | {"": distribution.sans_reponse},
        autres=SECRET if ont_perdu_leur_nom else 0,
    )


def _un_an_apres(effectifs: Mapping[str, Effectif]) -> dict[str, Effectif]:
    """The months of the year before, under the names of those that they stand beside."""
    return {en_mois(decaler(en_date(mois), 12)): n for mois, n in effectifs.items()}


def nom_de_periode(stats: StatistiquesProtegees) -> str:
    """« 2025 », « janvier 2026 », « d’avril 2026 à août 2026 »."""
    if stats.demande.annee is not None:
        return str(stats.demande.annee)
    return " ".join(phrases_de_periode(stats.demande))


def ecart_en_mots(effectif: Effectif | None, avant: Effectif | None) -> str:
    """« 6 de plus », « 3 de moins », « autant »; nothing unless both are shown."""
    if not isinstance(effectif, int) or not isinstance(avant, int):
        return ""
    if effectif == avant:
        return "autant"
    return f"{nombre(abs(effectif - avant))} de {'plus' if effectif > avant else 'moins'}"
