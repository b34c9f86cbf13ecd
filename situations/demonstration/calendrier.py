"""When situations were met, sent and reviewed."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from .tirage import Alea

MOIS_COUVERTS = 24
# A barometer sleeps in August, and slows down in July and at the end of the year.
_SAISON = {7: 0.8, 8: 0.35, 12: 0.85}


def mois_couverts(jusqua: date) -> list[tuple[int, int]]:
    """The 24 months (year, month) that end with the month of ``jusqua``, oldest first."""
    dernier = jusqua.year * 12 + jusqua.month - 1
    return [divmod(rang, 12) for rang in range(dernier - MOIS_COUVERTS + 1, dernier + 1)]


def repartir(nombre: int, jusqua: date) -> list[int]:
    """Share ``nombre`` situations between the 24 months: growing use, a dip in August, and the
    last month counted up to the day before ``jusqua``."""
    poids = []
    for rang, (annee, mois) in enumerate(mois_couverts(jusqua)):
        part = 0.5 + rang / (MOIS_COUVERTS - 1)
        if rang == MOIS_COUVERTS - 1:
            part *= (jusqua.day - 1) / monthrange(annee, mois + 1)[1]
        poids.append(part * _SAISON.get(mois + 1, 1))
    total = sum(poids)
    exacts = [nombre * part / total for part in poids]
    comptes = [int(exact) for exact in exacts]
    restes = sorted(range(MOIS_COUVERTS), key=lambda rang: (comptes[rang] - exacts[rang], rang))
    for rang in restes[: nombre - sum(comptes)]:
        comptes[rang] += 1
    return comptes


def jours(nombre: int, jusqua: date) -> Iterator[date]:
    """The days the situations were met, in order."""
    for (annee, mois), compte in zip(mois_couverts(jusqua), repartir(nombre, jusqua), strict=True):
        ouverts = monthrange(annee, mois + 1)[1]
        if (annee, mois + 1) == (jusqua.year, jusqua.month):
            ouverts = jusqua.day - 1
        for rang in range(compte):
            jour = date(annee, mois + 1, 1 + rang * ouverts // compte)
            dimanche = jour.weekday() == 6 and jour.day > 1
            yield jour - timedelta(days=1) if dimanche else jour


def statuts(nombre: int, hasard: Random) -> dict[int, str]:
    """The places (in the order of days) of the situations that are not yet, or will not be,
    validated: drafts and situations to review are among the last, oldest reviewed first."""
    etats: dict[int, str] = {}

    def placer(debut: float, fin: float, combien: int, statut: str) -> None:
        libres = [
            place for place in range(int(nombre * debut), int(nombre * fin)) if place not in etats
        ]
        for place in sorted(hasard.sample(libres, min(combien, len(libres)))):
            etats[place] = statut

    placer(0.93, 1, max(3, nombre // 50), "brouillon")
    placer(0.955, 1, max(5, nombre * 3 // 100), "transmise")
    placer(0.90, 0.955, max(2, nombre // 100), "transmise")
    placer(0.82, 0.955, max(3, nombre // 80), "a_completer")
    placer(0.80, 1, max(2, nombre // 100), "ecartee")
    placer(0, 0.80, max(3, nombre * 16 // 1000), "ecartee")
    return etats


def moment_transmission(jour: date, jusqua: date, alea: Alea) -> datetime:
    """When a situation met on ``jour`` was sent: the same day, the week or the weeks after,
    always before ``jusqua``."""
    tirage = alea()
    attente = 0 if tirage < 0.4 else int((tirage - 0.4) ** 2 * 130)
    envoi = min(jour + timedelta(days=attente), jusqua - timedelta(days=1))
    secondes = int(7 * 3600 + alea() * 10 * 3600)
    return datetime.combine(envoi, time.min, UTC) + timedelta(seconds=secondes)


def moment_validation(transmise_le: datetime, jusqua: date, alea: Alea) -> datetime:
    """When it was validated: from two days to five weeks after, always before ``jusqua``."""
    fin = datetime.combine(jusqua, time.min, UTC)
    delai = timedelta(seconds=int((2 + 33 * alea() ** 1.5) * 86_400))
    if transmise_le + delai < fin:
        return transmise_le + delai
    return transmise_le + timedelta(seconds=int((fin - transmise_le).total_seconds() * alea()))


def mois_ecoules(jour: date, jusqua: date) -> int:
    """Whole months of thirty days between a day and ``jusqua``."""
    return (jusqua - jour).days // 30
