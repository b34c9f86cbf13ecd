"""Full dates, postal addresses and file numbers, in a text already read by `lecture`."""

import re

from situations.anonymat.numeros import PAS_UN_MONTANT

JOUR, MOIS, ANNEE = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
JJ, MM = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])"
NOM_DE_MOIS = (
    r"(?:janv(?:ier|\.)?|f[ée]vr?(?:ier|\.)?|mars|avr(?:il|\.)?|mai|juin|juil(?:let|\.)?|ao[uû]t"
    r"|sept(?:embre|\.)?|oct(?:obre|\.)?|nov(?:embre|\.)?|d[ée]c(?:embre|\.)?)"
)
DATE = re.compile(
    rf"(?<![\d/.\-])(?:{JOUR} ?(?P<sep>[/.\-]) ?{MOIS} ?(?P=sep) ?{ANNEE}"
    rf"|{JOUR}/{MOIS}/\d\d|{JJ}(?P<court>[.\-]){MM}(?P=court)\d\d"
    rf"|{ANNEE}(?P<iso>[/.\-]){MM}(?P=iso){JJ}"
    rf"|{JJ} {MM} {ANNEE}{PAS_UN_MONTANT}"
    rf"|{JOUR}(?:er)? {{0,2}}{NOM_DE_MOIS} {{0,2}}{ANNEE})(?![/.\-]?\d)",
    re.IGNORECASE,
)

ARTICLES = r"(?:[ '](?:de|du|des|la|le|les|l|d)\b){0,3}"
# « 3 place », « 2 cours » are not addresses by themselves: a proper noun must follow them.
ADRESSE = re.compile(
    rf"(?<![\d.,/])(?!{ANNEE}\b)\d{{1,4}}(?: ?(?:bis|ter|quater|[a-d]))?(?:,? {{1,2}}|,)(?:"
    r"(?:(?:rue|avenue|boulevard|bd|bld|impasse|all[ée]e|chemin|ruelle|lotissement)\b|av\.)"
    rf"{ARTICLES}(?:[ ']\w[\w-]{{0,40}})?"
    r"|(?:place|cours|route|quai|square|r[ée]sidence|cit[ée]|mont[ée]e|passage|hameau|esplanade)"
    rf"{ARTICLES}[ '](?-i:[A-ZÀ-Ý][a-zà-ÿ])[\w-]{{0,40}})",
    re.IGNORECASE,
)

CAISSE = r"(?:caf|cpam|msa|carsat|mdph|ccas|france travail|p[ôo]le emploi)"
NUMERO = r"(?:n[°o]|num[ée]ro)"
# School years (« dossier 2023-2024 ») and amounts are not file numbers.
DOSSIER = re.compile(
    r"\b(?:allocataire|dossier|matricule|identifiant|adh[ée]rent|usager|assur[ée]e?|agdref"
    rf"|r[ée]c[ée]piss[ée]|{NUMERO} ?(?:fiscal|[ée]tranger|(?:d'|de )?(?:la |l'|du )?{CAISSE}))"
    rf"(?: {CAISSE})?(?: {{0,2}}(?:{NUMERO}|:|est|le\b)){{0,3}} {{0,2}}"
    rf"(?!{ANNEE} ?[/\- ] ?{ANNEE}\b)"
    rf"[a-z]{{0,3}}(?:\d[ .\-/]?){{4,20}}\d[a-z]?(?!\w| ?\d){PAS_UN_MONTANT}",
    re.IGNORECASE,
)
