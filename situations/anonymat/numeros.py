"""Numbers and addresses that point at one person: e-mail, telephone, NIR (social security), IBAN.

All functions take a text already read by `lecture` (ASCII digits, plain spaces and hyphens) and
yield (start, end) in it.
"""

import re
from collections.abc import Iterator

from situations.anonymat.lexique import LONGUEURS_IBAN

SEPARATEURS = r"[ .\-/)_]{0,3}"
SANS_SEPARATEUR = str.maketrans("", "", " .-/)_")
PAS_UN_MONTANT = r"(?! ?(?:€|euros?\b|eur\b))"

COURRIEL = re.compile(
    r"(?<![\w.+'-])[\w.+'-]++ ?(?:@|\(at\)|\[at\]|\barobase\b) ?(?:[\w-]++\.)+[^\W\d_]{2,}",
    re.IGNORECASE,
)

TELEPHONE_PAIRES = re.compile(
    r"(?<!\d)0[1-9](?P<sep>[ .\-/]{0,3})\d\d(?:(?P=sep)\d\d){3}(?!\d)" + PAS_UN_MONTANT,
    re.IGNORECASE,
)
TELEPHONE_INTERNATIONAL = re.compile(
    rf"(?:(?:\+|(?<!\d)00){SEPARATEURS}(?:33|262|590|594|596){SEPARATEURS}(?:\(0\)|0)?{SEPARATEURS}"
    rf"[1-9](?:{SEPARATEURS}\d){{8}}|\+[1-9](?:{SEPARATEURS}\d){{9,13}})(?!\d)" + PAS_UN_MONTANT,
    re.IGNORECASE,
)
SUITE_DE_CHIFFRES = re.compile(
    rf"\d(?:{SEPARATEURS}\d)*+(?P<montant> ?(?:€|euros?\b|eur\b))?", re.IGNORECASE
)

NIR = re.compile(
    rf"(?<!\d)(?=(?P<corps>[1-478](?:{SEPARATEURS}\d){{4}}{SEPARATEURS}"
    rf"(?:\d{SEPARATEURS}\d|2[AB])(?:{SEPARATEURS}\d){{6}})"
    rf"(?P<cle>(?:{SEPARATEURS}\d){{2}})?(?!\d){PAS_UN_MONTANT})",
    re.IGNORECASE,
)
# Written by its fields: sex, year, month, département (two or three characters), commune, order.
CHAMPS_DU_NIR = re.compile(r"\d_\d\d_\d\d_\w\w_\d_\d\d_\d{3}".replace("_", SEPARATEURS))

PAYS = "|".join(" ?".join(code) for code in LONGUEURS_IBAN)
DEBUT_IBAN = re.compile(
    rf"(?:(?<![A-Z0-9])|(?<=iban))(?:{PAYS})(?={SEPARATEURS}\d{SEPARATEURS}\d)", re.IGNORECASE
)
SUITE_IBAN = re.compile(r"[A-Z0-9](?:[ .\-/\n]{0,3}[A-Z0-9])*", re.IGNORECASE)
PLUS_LONG_IBAN_ECRIT = 34 * 4

# « 12/03/2019 », « 03/2019 » beside an amount must not add up to ten digits.
DATE_OU_MOIS = re.compile(
    r"(?<!\d)(?:\d\d?[/.\- ]\d\d?[/.\- ](?:19|20)\d\d|\d\d?[/.\-](?:19|20)\d\d)(?!\d)"
)


def telephones(texte: str) -> Iterator[tuple[int, int]]:
    """French numbers in any usual grouping, « +33 », « 0033 », and foreign ones after a « + »."""
    yield from (m.span() for m in TELEPHONE_INTERNATIONAL.finditer(texte))
    yield from (m.span() for m in TELEPHONE_PAIRES.finditer(texte))
    # Any other grouping counts only when ten digits stand alone, away from dates and amounts.
    sans_date = DATE_OU_MOIS.sub(lambda m: "x" * len(m[0]), texte)
    for m in SUITE_DE_CHIFFRES.finditer(sans_date):
        chiffres = _sans_separateur(m[0])
        if not m["montant"] and len(chiffres) == 10 and chiffres[0] == "0" != chiffres[1]:
            yield m.span()


def nirs(texte: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, is it certain) of what has the structure of a social security number.

    Months 20 to 42 and 50 to 99 stand for unknown months of birth (INSEE): without the key to
    prove them they only raise a doubt, or half of the 13-digit references would be refused.
    """
    for m in NIR.finditer(texte):
        numero = _sans_separateur(m["corps"]).upper()
        mois = int(numero[3:5])
        mois_reel, mois_fictif = 1 <= mois <= 12, 20 <= mois <= 42 or mois >= 50
        if not (mois_reel or mois_fictif) or numero[5:7] == "00" or numero[10:] == "000":
            continue
        if m["cle"]:
            cle = int(_sans_separateur(m["cle"]))
            yield m.start("corps"), m.end("cle"), cle == cle_nir(numero)
        elif CHAMPS_DU_NIR.fullmatch(m["corps"]):
            yield m.start("corps"), m.end("corps"), mois_reel


def cle_nir(numero: str) -> int:
    """Key (1 to 97) of the 13 characters of a social security number; 2A counts 19, 2B counts 18."""
    return 97 - int(numero.replace("2A", "19").replace("2B", "18")) % 97


def ibans(texte: str) -> Iterator[tuple[int, int]]:
    """IBANs of the length of their country whose checksum is right, however they are spaced."""
    for m in DEBUT_IBAN.finditer(texte):
        longueur = LONGUEURS_IBAN[m[0].upper().replace(" ", "")]
        suite = SUITE_IBAN.match(texte, m.start(), m.start() + PLUS_LONG_IBAN_ECRIT)
        places = [i for i in range(*suite.span()) if _est_alphanumerique(texte[i])][:longueur]
        fin = places[-1] + 1
        if len(places) < longueur or _est_alphanumerique(texte[fin : fin + 1]):
            continue
        iban = "".join(texte[i] for i in places).upper()
        # « de 12 … » opens ordinary sentences: an IBAN is made of digits for at least one half.
        if sum(c.isdigit() for c in iban) * 2 >= longueur and reste_iban(iban) == 1:
            yield m.start(), fin


def reste_iban(iban: str) -> int:
    """Remainder modulo 97 of an IBAN in capitals without spaces (ISO 13616): 1 when it is right."""
    return int("".join(str(int(c, 36)) for c in iban[4:] + iban[:4])) % 97


def _est_alphanumerique(c: str) -> bool:
    return c.isascii() and c.isalnum()


def _sans_separateur(valeur: str) -> str:
    return valeur.translate(SANS_SEPARATEUR)
