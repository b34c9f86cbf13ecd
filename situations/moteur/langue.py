"""The French the engine speaks: quotation marks, numbers, plurals, months."""

INSECABLE = "\u00a0"
FINE = "\u202f"

NOMS_DES_MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def cite(texte: str) -> str:
    """`texte` between French quotation marks."""
    return f"«{INSECABLE}{texte}{INSECABLE}»"


def nombre(n: int) -> str:
    """A whole number as French readers write it: 1234 → « 1 234 »."""
    return f"{n:,}".replace(",", FINE)


def compter(n: int, nom: str, suite: str = "") -> str:
    """A count and its noun, agreed: (2, "droit", "décrit") → « 2 droits décrits »."""
    mots = [nom, suite] if suite else [nom]
    accord = "s" if n > 1 else ""
    return f"{nombre(n)}{INSECABLE}" + " ".join(mot + accord for mot in mots)


def est_un_mois(texte: str) -> bool:
    """Whether `texte` is a month written "YYYY-MM"."""
    annee, tiret, mois = texte.partition("-")
    chiffres = f"{annee}{mois}"
    return (
        (len(annee), tiret, len(mois)) == (4, "-", 2)
        and chiffres.isascii()
        and chiffres.isdigit()
        and 1 <= int(mois) <= 12
    )


def mois_en_lettres(mois: str) -> str:
    """ "2026-03" → « mars 2026 »; anything else comes back as it is."""
    if not est_un_mois(mois):
        return mois
    return f"{NOMS_DES_MOIS[int(mois[5:]) - 1]}{INSECABLE}{mois[:4]}"


def mois_entre(mois_min: str, mois_max: str) -> list[str]:
    """Every month from `mois_max` down to `mois_min`, both "YYYY-MM" and included."""
    premier, dernier = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (mois_min, mois_max))
    return [f"{rang // 12:04d}-{rang % 12 + 1:02d}" for rang in range(dernier, premier - 1, -1)]
