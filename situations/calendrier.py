"""Months, as answers hold them (« 2026-03 »), as columns do (a date), as facts do (a number)."""

from datetime import date

MOIS_DE_RETARD_ADMIS = 24


def en_mois(jour: date) -> str:
    return f"{jour:%Y-%m}"


def en_date(mois: str) -> date:
    annee, numero = mois.split("-")
    return date(int(annee), int(numero), 1)


def en_numero(jour: date) -> int:
    """Months since January 2000."""
    return (jour.year - 2000) * 12 + jour.month - 1


def depuis_numero(numero: int) -> date:
    return date(2000 + numero // 12, numero % 12 + 1, 1)


def decaler(jour: date, mois: int) -> date:
    """The first day of the month `mois` months later (earlier when negative)."""
    return depuis_numero(en_numero(jour) + mois)


def bornes_observation(aujourdhui: date) -> tuple[str, str]:
    """First and last months in which a situation may have been observed."""
    return en_mois(decaler(aujourdhui, -MOIS_DE_RETARD_ADMIS)), en_mois(aujourdhui)
