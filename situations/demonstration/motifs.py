"""Why: motives by type and right, and what a motive says of the stage and the obstacles."""

from functools import cache

from .tirage import Tirage, lire, rangs

TYPES = rangs("NC ND NR NP NO NSP")
MOTIFS = rangs(
    "nc_info nc_eligible nc_compris nc_ou nc_change nc_langue nc_idee_fausse nd_complexite "
    "nd_lassitude nd_numerique nd_distance nd_stigma nd_consequence nd_erreur nd_succession "
    "nd_autolimite nd_perte_idee nd_expression nd_entourage nd_cout nd_interet nd_desaccord "
    "nd_estime nd_alternative nd_civisme nd_non_usage nr_inacheve nr_pieces nr_delai nr_joindre "
    "nr_numerique nr_erreur_adm nr_pratique nr_refus_infonde nr_rupture nr_indu nr_interorga "
    "nr_partiel nr_inattention nr_discrimination nr_offre nr_proposition np_meconnaissance "
    "np_perimetre np_temps np_tri np_budget no_relais no_accomp no_allervers no_renvoi autre nsp"
)
# Motives of those who choose not to claim (« registre choisi »).
CHOISIS = (
    "nd_cout",
    "nd_interet",
    "nd_desaccord",
    "nd_estime",
    "nd_alternative",
    "nd_civisme",
    "nd_non_usage",
    "nr_proposition",
)

MOTIFS_PAR_TYPE = {
    "NC": "nc_info:30 nc_eligible:35 nc_compris:14 nc_ou:8 nc_change:7 nc_langue:4 nc_idee_fausse:8",
    "ND": "nd_complexite:22 nd_lassitude:14 nd_numerique:14 nd_distance:4 nd_stigma:9 "
    "nd_consequence:8 nd_erreur:3 nd_autolimite:7 nd_perte_idee:3 nd_expression:5 nd_entourage:2 "
    "nd_cout:4 nd_interet:2 nd_desaccord:2 nd_estime:6 nd_alternative:3 nd_civisme:1",
    "NR": "nr_inacheve:14 nr_pieces:22 nr_delai:16 nr_joindre:10 nr_numerique:8 nr_erreur_adm:7 "
    "nr_pratique:3 nr_refus_infonde:5 nr_rupture:10 nr_indu:3 nr_interorga:5 nr_partiel:3 "
    "nr_inattention:4 nr_discrimination:1",
    "NP": "np_meconnaissance:38 np_perimetre:25 np_temps:23 np_tri:10 np_budget:4",
    "NO": "no_relais:22 no_accomp:38 no_allervers:18 no_renvoi:22",
    "NSP": "nsp:12 nc_compris:1 nd_lassitude:1 nr_delai:1 no_accomp:1",
}
_NON_QUALIFIES = "autre:2.2 nsp:2.5"

# Weights that replace the usual ones, right by right.
MOTIFS_PAR_DROIT = {
    "aspa": "nd_succession:55 nd_consequence:10 nd_autolimite:12 nd_civisme:3 nr_rupture:2",
    "ash": "nd_succession:45 nd_entourage:15",
    "aide_menagere": "nd_succession:10 nd_entourage:5",
    "apa_dom": "nd_entourage:10 nd_expression:14 nd_autolimite:10 nr_delai:30",
    "reversion": "nc_info:40 nr_interorga:15",
    "retraite": "nr_interorga:22 nr_pieces:30 nr_delai:25",
    "rsa": "nd_stigma:20 nd_consequence:24 nr_rupture:28 nr_indu:14 nd_estime:10 nd_erreur:6",
    "ppa": "nd_erreur:14 nd_consequence:18 nc_idee_fausse:16 nd_cout:10 nr_rupture:18 nr_indu:10",
    "al": "nr_rupture:18 nr_interorga:10 nr_indu:8 nc_change:14",
    "cheque_energie": "nd_non_usage:30 nc_ou:24 nc_compris:24 nr_inattention:25 nr_pieces:6",
    "c2s": "nr_rupture:24 nd_lassitude:18 nc_change:10",
    "c2s_part": "nd_cout:18 nc_eligible:50 nc_idee_fausse:14",
    "ame": "nc_langue:26 nd_consequence:30 nr_pieces:40 nr_pratique:8",
    "ada": "nc_langue:20 nr_rupture:20",
    "sejour": "nr_numerique:45 nr_joindre:45 nr_delai:40 nc_langue:12",
    "domiciliation": "nr_pratique:35 nr_refus_infonde:18",
    "bourse_college": "nc_idee_fausse:18 nd_numerique:26 nr_inattention:40 nd_stigma:12 nr_rupture:3",
    "bourse_lycee": "nc_idee_fausse:18 nd_numerique:24 nr_inattention:40 nr_rupture:5",
    "bcs": "nr_inattention:30 nr_pieces:25 nc_eligible:40",
    "secours_ccas": "nd_stigma:26 np_budget:12",
    "aide_alim": "nd_stigma:34 nd_autolimite:20",
    "logement_social": "nr_offre:60 nr_proposition:8",
    "hebergement": "nr_offre:70 nr_joindre:22 nr_proposition:5",
    "accueil_je": "nr_offre:50",
    "orientation_esms": "nr_offre:60",
    "scol_handicap": "nr_offre:50",
    "pass_soins": "nr_offre:50",
    "aah": "nr_delai:35 nr_pieces:28 nd_stigma:14",
    "pch": "nr_delai:30 nd_complexite:35",
    "transport_solidaire": "nd_non_usage:6 nc_info:45",
    "remise_indu": "nd_consequence:18 nc_info:34",
    "surendettement": "nd_stigma:20 nd_estime:12",
}

ETAPES = {
    "NC": "et_info:7 et_simul:3",
    "ND": "et_info:1 et_simul:3 et_dossier:4 et_depot:4",
    "NR": "et_dossier:3 et_depot:2 et_instruction:4 et_decision:2",
    "NP": "et_info:5 et_simul:4",
    "NO": "et_info:3 et_dossier:3 et_depot:2",
    "NSP": "nsp:3 et_info:1",
    "nr_rupture": "et_renouv:6 et_versement:1",
    "nr_indu": "et_controle",
    "nr_pieces": "et_dossier:6 et_instruction:3",
    "nr_delai": "et_instruction:9 et_decision:1",
    "nr_refus_infonde": "et_decision",
    "nr_inacheve": "et_dossier:4 et_depot:3",
    "nd_non_usage": "et_versement",
    "nr_partiel": "et_decision:3 et_versement:3",
    "nr_numerique": "et_depot:5 et_dossier:2",
    "nr_offre": "et_decision:3 et_instruction:3",
    "nr_inattention": "et_depot:3 et_renouv:3",
    "nd_numerique": "et_depot:5 et_dossier:3",
}

DYNAMIQUES = {
    "NC": "dy_jamais:86 dy_rupture:5 dy_renouv:4 nsp:5",
    "ND": "dy_jamais:70 dy_rupture:8 dy_renouv:15 nsp:7",
    "NR": "dy_jamais:56 dy_rupture:22 dy_renouv:17 nsp:5",
    "NP": "dy_jamais:88 dy_renouv:6 nsp:6",
    "NO": "dy_jamais:82 dy_rupture:7 dy_renouv:6 nsp:5",
    "NSP": "dy_jamais:6 nsp:4",
    "nr_rupture": "dy_rupture:5 dy_renouv:6",
    "nr_indu": "dy_rupture",
    "nd_non_usage": "dy_inutilise",
    "nc_change": "dy_rupture:5 dy_renouv:3 dy_jamais:2",
    "nr_inattention": "dy_renouv:6 dy_jamais:3",
    "nr_partiel": "dy_rupture:3 nsp:5",
}

OBSTACLES = {
    "nd_numerique": "ob_num",
    "nr_numerique": "ob_num",
    "nd_distance": "ob_mob_geo:5 ob_mob_phys:3",
    "nd_expression": "ob_mob_psy",
    "nc_langue": "ob_langue",
    "nr_pieces": "ob_pieces",
    "nr_delai": "ob_delais",
    "nr_joindre": "ob_joindre",
    "nr_offre": "ob_delais",
    "no_renvoi": "ob_joindre",
    "no_accomp": "ob_num:3 ob_pieces:2 ob_mob_phys:1",
    "nd_complexite": "ob_pieces:3 ob_num:3",
    "nr_inacheve": "ob_pieces:4 ob_num:3",
}

ACTIONS = {
    "NC": "act_info:6 act_simul:5 act_dossier:4 act_num:3 act_orient:2",
    "ND": "act_info:4 act_dossier:5 act_num:4 act_accomp:3 act_orient:2",
    "NR": "act_appel:6 act_recours:2.5 act_dossier:4 act_num:2 act_mediateur:0.7 act_cellule:0.6 act_urgence:1.3",
    "NP": "act_info:4 act_simul:4 act_dossier:4 act_orient:2",
    "NO": "act_orient:4 act_accomp:5 act_dossier:3 act_appel:2",
    "NSP": "act_info:3 act_simul:3 act_orient:3",
}

_COMBINAISONS = {
    "NC": "NP:4 ND:4 NO:3",
    "ND": "NC:3 NR:4 NO:2 NP:1",
    "NR": "ND:5 NO:2 NC:2",
    "NP": "NC:5 NO:3",
    "NO": "NC:4 NP:2 ND:2",
}

AUTRES_TYPES = {code: Tirage(poids) for code, poids in _COMBINAISONS.items()}
ETAPE = {code: Tirage(poids) for code, poids in ETAPES.items()}
DYNAMIQUE = {code: Tirage(poids) for code, poids in DYNAMIQUES.items()}
OBSTACLE = {code: Tirage(poids) for code, poids in OBSTACLES.items()}
ACTION = {code: Tirage(poids) for code, poids in ACTIONS.items()}


@cache
def motifs(type_: str, droit: str, qualifies: bool = False) -> Tirage:
    """Draw of a motive for a type and a right (codes); ``qualifies`` leaves out « autre » and
    « ne sait pas »."""
    poids = lire(MOTIFS_PAR_TYPE[type_])
    if type_ != "NSP":
        propres = lire(MOTIFS_PAR_DROIT.get(droit, ""))
        poids |= {
            code: valeur for code, valeur in propres.items() if code.startswith(type_.lower())
        }
        if not qualifies:
            part = sum(poids.values()) / 100
            poids |= {code: valeur * part for code, valeur in lire(_NON_QUALIFIES).items()}
    return Tirage(poids)
