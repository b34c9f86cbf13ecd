"""What each right supposes: who it concerns, how one misses it, what is lost."""

from dataclasses import dataclass
from functools import cache

from .droits_donnees import LIGNES
from .tirage import Tirage, lire

# How non-recours usually shows itself, by family of rights.
TYPES = {
    "minimum": "NC:15 ND:35 NR:38 NP:5 NO:5 NSP:2",
    "aspa": "NC:30 ND:45 NR:12 NP:10 NO:2 NSP:1",
    "tarif": "NC:48 ND:26 NR:11 NP:10 NO:4 NSP:1",
    "sante": "NC:32 ND:24 NR:31 NP:8 NO:4 NSP:1",
    "mdph": "NC:18 ND:22 NR:42 NP:8 NO:9 NSP:1",
    "service": "NC:32 ND:24 NR:16 NP:12 NO:14 NSP:2",
    "saturation": "NC:8 ND:14 NR:57 NP:2 NO:17 NSP:2",
    "bourse": "NC:42 ND:29 NR:14 NP:9 NO:5 NSP:1",
    "statut": "NC:15 ND:10 NR:50 NP:5 NO:18 NSP:2",
    "secours": "NC:25 ND:44 NR:9 NP:14 NO:7 NSP:1",
    "famille": "NC:37 ND:12 NR:41 NP:6 NO:3 NSP:1",
    "travail": "NC:32 ND:26 NR:34 NP:4 NO:3 NSP:1",
}

ENJEUX = {
    "25": "en_0_49:9 en_50_99:2 nsp:1",
    "75": "en_0_49:4 en_50_99:6 en_100_199:2 nsp:1",
    "150": "en_50_99:4 en_100_199:5 en_200_399:3 nsp:1",
    "300": "en_100_199:3 en_200_399:6 en_400_599:2 nsp:1",
    "500": "en_200_399:2 en_400_599:5 en_600p:4 nsp:1",
    "800": "en_400_599:2 en_600p:8 nsp:1",
}

CONSEQUENCES = {
    "RESS": "c_budget:6 c_alim:3 c_dettes:3 c_impaye_loyer:2 c_impaye_energie:2 c_moral:3 c_confiance:2 c_cascade:2",
    "FAM": "c_budget:6 c_famille:3 c_scol:2 c_moral:2 c_dettes:1 c_alim:1",
    "LOG": "c_budget:3 c_impaye_loyer:4 c_dettes:3 c_expulsion:1 c_moral:3",
    "SANTE": "c_soins:10 c_sante:3 c_budget:3 c_moral:2 c_dettes:1",
    "HAND": "c_budget:3 c_moral:3 c_sante:2 c_famille:3 c_isolement:3 c_emploi:2 c_confiance:1",
    "VIEIL": "c_budget:5 c_isolement:3 c_sante:2 c_soins:1 c_moral:2 c_alim:1 c_aucune:1",
    "EMPL": "c_emploi:6 c_mobilite:2 c_budget:3 c_moral:2",
    "EDUC": "c_scol:6 c_budget:4 c_famille:2 c_moral:1 c_aucune:1",
    "ENER": "c_budget:5 c_impaye_energie:4 c_dettes:2 c_sante:1 c_aucune:1",
    "MOB": "c_mobilite:7 c_emploi:3 c_isolement:2 c_aucune:1",
    "ALIM": "c_alim:8 c_budget:3 c_moral:2 c_isolement:1",
    "CIV": "c_cascade:5 c_moral:3 c_confiance:2 c_isolement:1",
    "BUDG": "c_dettes:6 c_budget:5 c_moral:3 c_famille:1",
    "NUM": "c_cascade:4 c_confiance:3 c_moral:2 c_aucune:1",
    "CULT": "c_isolement:4 c_famille:2 c_aucune:3",
    "AUTRE": "c_budget:4 c_moral:3 nsp:1",
}

CONSEQUENCES_PROPRES = {
    "fsl_maintien": "c_dettes:4 c_expulsion:3 c_budget:3 c_moral:2",
    "fsl_energie": "c_dettes:4 c_budget:4 c_moral:2 c_sante:1",
    "prev_expulsion": "c_expulsion:7 c_impaye_loyer:6 c_dettes:3 c_moral:2",
    "impayes_energie": "c_impaye_energie:8 c_dettes:2 c_sante:1",
    "logement_social": "c_heberg:2 c_budget:4 c_famille:3 c_moral:3",
    "dalo": "c_heberg:5 c_expulsion:3 c_famille:2 c_moral:2",
    "hebergement": "c_heberg:9 c_sante:2 c_moral:2",
    "indigne": "c_sante:5 c_moral:2 c_famille:2 c_impaye_energie:1",
    "anah": "c_budget:4 c_sante:2 c_impaye_energie:2 c_aucune:1",
    "visale": "c_heberg:3 c_budget:2 c_emploi:2",
    "fsl_acces": "c_heberg:4 c_budget:3 c_dettes:1",
    "aide_permis": "c_mobilite:5 c_emploi:6",
    "apa_dom": "c_sante:4 c_famille:5 c_isolement:3 c_budget:1",
    "violences": "c_heberg:3 c_moral:4 c_famille:3 c_budget:2",
}

# What is always seen with the right: an unpaid-bill fund supposes an unpaid bill.
CONSEQUENCE_CERTAINE = {
    "fsl_maintien": "c_impaye_loyer",
    "fsl_energie": "c_impaye_energie",
    "impayes_energie": "c_impaye_energie",
}

_INCOMPATIBLES = """
    rsa:aspa rsa:are rsa:bcs rsa:ada rsa:aah rsa:cej rsa:asi are:ass c2s:c2s_part c2s:ame
    c2s:mutuelle_communale c2s_part:mutuelle_communale c2s_part:ame ame:protection_maladie cej:pacea
    apa_dom:apa_etab apa_dom:aide_menagere apa_dom:ash apa_dom:pch apa_etab:aide_menagere
    apa_etab:teleassistance ash:teleassistance ash:aide_menagere aah:asi aah:invalidite asi:are
    bcs:rsj rsa:rsj rsj:cej aspa:asi dalo:hebergement
"""
INCOMPATIBLES = frozenset(
    couple
    for paire in _INCOMPATIBLES.split()
    for couple in (tuple(paire.split(":")), tuple(reversed(paire.split(":"))))
)

# Rights that are missed together more often than the profile alone would say.
ASSOCIES = {
    "aspa": "c2s:6 al:3 cheque_energie:3 carsat_pap:1 aide_menagere:1",
    "rsa": "c2s:6 al:4 cheque_energie:2 aide_alim:2 prime_noel:1",
    "ppa": "al:4 c2s_part:4 cheque_energie:2 cmg:1",
    "al": "cheque_energie:3 c2s:2 fsl_acces:2 ppa:2",
    "cheque_energie": "fsl_energie:4 c2s_part:3 eau:2 lep:1",
    "fsl_energie": "cheque_energie:6 fsl_maintien:2 surendettement:1 pcb:1",
    "fsl_maintien": "al:4 prev_expulsion:3 fsl_energie:2 pcb:1",
    "bourse_college": "cantine:4 fonds_social:2 culture_sport:2 bourse_lycee:2",
    "bourse_lycee": "transport_scol:3 fonds_social:2 cantine:2 bourse_college:2",
    "bcs": "crous_asap:4 al:4 c2s:2 transport_solidaire:1",
    "domiciliation": "rsa:3 protection_maladie:3 droit_compte:2 c2s:2 ame:2",
    "ame": "pass_soins:3 domiciliation:3 aide_alim:3 transport_solidaire:1",
    "aah": "c2s_part:3 rqth:2 cmi:2 pch:2 al:2 mva:1",
    "asf": "aripa:4 rsa:2 ppa:2 al:1",
    "apa_dom": "cmi:3 teleassistance:4 fisc:1",
    "aeeh": "scol_handicap:4 ajpp:2 pch:1",
    "retraite": "reversion:2 aspa:3 c2s_part:2",
}


@dataclass(frozen=True, slots=True)
class Droit:
    """A right: name with its article, domain, organisations, family of types, amount band
    (empty when nothing is paid), and the profiles it supposes (attribute → weights)."""

    code: str
    nom: str
    domaine: str
    organismes: tuple[str, ...]
    types: Tirage
    enjeu: Tirage | None
    consequences: Tirage
    exigences: dict[str, dict[str, float]]


def _lire_droit(ligne: str) -> Droit:
    code, nom, domaine, organismes, types, enjeu, *exigences = (
        mot.strip() for mot in ligne.split("|")
    )
    lues = (exigence.split("=", 1) for exigence in exigences)
    return Droit(
        code=code,
        nom=nom,
        domaine=domaine,
        organismes=tuple(organismes.split()),
        types=Tirage(TYPES[types]),
        enjeu=Tirage(ENJEUX[enjeu]) if enjeu else None,
        consequences=Tirage(CONSEQUENCES_PROPRES.get(code, CONSEQUENCES[domaine])),
        exigences={attribut.strip(): lire(poids) for attribut, poids in lues},
    )


DROITS: dict[str, Droit] = {
    droit.code: droit for droit in map(_lire_droit, LIGNES.strip().splitlines())
}


@cache
def organisme_competent(code: str, metropole: bool, agricole: bool) -> Tirage:
    """Draw of the organisation to ask: the agricultural scheme for those it covers, the
    metropolis rather than the département where it exercises the social competence."""
    possibles = list(DROITS[code].organismes)
    if "METRO" in possibles:
        possibles.remove("CD" if metropole else "METRO")
    if "MSA" in possibles:
        possibles = ["MSA"] if agricole else [nom for nom in possibles if nom != "MSA"]
    return Tirage({nom: 1.5 if place else 6 for place, nom in enumerate(possibles)})
