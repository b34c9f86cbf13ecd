"""Answers of the situation that follow from its rights: context, autonomy, consequences."""

from functools import cache

from .droits import CONSEQUENCE_CERTAINE, DROITS
from .personne import Personne
from .textes_precisions import CONTEXTES_A_PRECISER
from .tirage import Alea, Tirage, choisir, ordonner, rangs

CONSEQUENCES = rangs(
    "c_budget c_alim c_dettes c_impaye_loyer c_impaye_energie c_expulsion c_heberg c_soins "
    "c_moral c_sante c_emploi c_mobilite c_scol c_famille c_isolement c_confiance c_cascade "
    "c_aucune autre nsp"
)
_GRAVITES = {
    "c_budget": 1.9, "c_alim": 3.1, "c_dettes": 2.4, "c_impaye_loyer": 2.6,
    "c_impaye_energie": 2.5, "c_expulsion": 3.6, "c_heberg": 3.7, "c_soins": 2.9, "c_moral": 1.9,
    "c_sante": 3.0, "c_emploi": 2.1, "c_mobilite": 1.7, "c_scol": 1.9, "c_famille": 1.9,
    "c_isolement": 2.1, "c_confiance": 1.5, "c_cascade": 2.5, "autre": 1.8, "nsp": 1.6,
}  # fmt: skip
_EXCLUSIVES = ("c_aucune", "nsp")
_LOYER = ("l_hlm", "l_prive", "l_foyer")
_HORS_EMPLOI = ("ac_retr", "ac_foyer", "ac_etu")

_CONTEXTES = {
    "fo_ts": "co_suivi:6 co_domicile:3 co_permanence:2 co_accueil:1 co_dossier:1 co_partenaire:1",
    "fo_accueil": "co_accueil:9 co_permanence:2 co_collectif:0.3",
    "fo_ecrivain": "co_permanence:9 co_accueil:2 autre:0.2",
    "fo_conseiller": "co_rdv_droits:5 co_dossier:4 co_accueil:1 co_suivi:1 co_partenaire:1",
    "fo_benevole": "co_accueil:5 co_permanence:3 co_allervers:2 co_domicile:1 autre:0.5",
    "fo_mediateur": "co_accueil:4 co_permanence:4 co_collectif:2 co_allervers:2 autre:0.5",
    "fo_sante": "co_suivi:4 co_accueil:3 co_partenaire:1",
    "fo_educ": "co_suivi:3 co_collectif:3 co_dossier:3 co_accueil:1 autre:0.4",
    "autre": "co_accueil:3 co_permanence:2 co_partenaire:1",
}
_CONTEXTE = {code: Tirage(poids) for code, poids in _CONTEXTES.items()}
_VENUES = {
    "NC": "oui:15 non:78 nsp:7",
    "ND": "oui:28 non:64 nsp:8",
    "NR": "oui:74 non:21 nsp:5",
    "NP": "oui:12 non:80 nsp:8",
    "NO": "oui:30 non:60 nsp:10",
    "NSP": "oui:3 non:4 nsp:3",
}
_VENUE = {code: Tirage(poids) for code, poids in _VENUES.items()}
_SUIVI = Tirage("oui:43 non:43 nsp:14")


@cache
def _numerique(age: str, redoute: bool) -> Tirage:
    if redoute:
        return Tirage("an_aide:3 an_non:7")
    if age in ("a_m18", "a_18_24", "a_25_29"):
        return Tirage("an_auto:66 an_aide:23 an_non:8 nsp:3")
    if age in ("a_65_74", "a_75p"):
        return Tirage("an_auto:13 an_aide:33 an_non:50 nsp:4")
    return Tirage("an_auto:46 an_aide:33 an_non:17 nsp:4")


@cache
def _mobilite(rural: bool, agee: bool, loin: bool) -> Tirage:
    auto, contrainte, empechee = (42, 45, 10) if rural else (72, 19, 5)
    if agee:
        auto, contrainte, empechee = auto * 0.6, contrainte * 1.3, empechee * 2.6
    return Tirage(
        {"mo_auto": 0 if loin else auto, "mo_contrainte": contrainte, "mo_empechee": empechee}
        | {"nsp": 0 if loin else 3}
    )


@cache
def _ecrit(etranger: bool, obstacle: bool) -> Tirage:
    if etranger:
        return Tirage(
            "fe_partiel:4 fe_difficile:6" if obstacle else "fe_bon:1 fe_partiel:4 fe_difficile:5"
        )
    return Tirage(
        "fe_partiel:5 fe_difficile:5"
        if obstacle
        else "fe_bon:66 fe_partiel:20 fe_difficile:10 nsp:4"
    )


def situer(fonction: str, alea: Alea) -> dict[str, str]:
    """The context, as the author's function makes it likely; « autre » is made precise."""
    contexte = _CONTEXTE[fonction].tirer(alea)
    if contexte == "autre":
        return {"contexte": contexte, "contexte_precision": choisir(CONTEXTES_A_PRECISER, alea)}
    return {"contexte": contexte}


def decrire_autonomie(
    reponses: dict, personne: Personne, non_recours: list[dict], alea: Alea
) -> None:
    """Add the optional answers on follow-up, digital autonomy, mobility and written French."""
    motifs = [nr["motif_principal"] for nr in non_recours]
    if alea() < 0.68:
        reponses["venue"] = _VENUE[non_recours[0]["type"]].tirer(alea)
    if alea() < 0.75:
        suivi = reponses["contexte"] == "co_suivi"
        reponses["suivi_social"] = "oui" if suivi else _SUIVI.tirer(alea)
    if alea() < 0.72:
        redoute = "nd_numerique" in motifs or any(
            DROITS[nr["droit"]].domaine == "NUM" for nr in non_recours
        )
        reponses["autonomie_numerique"] = _numerique(personne.age, redoute).tirer(alea)
    if alea() < 0.66:
        rural = personne.zone == "z_rural"
        loin = "nd_distance" in motifs
        reponses["mobilite"] = _mobilite(rural, personne.agee, loin).tirer(alea)
    if alea() < 0.58:
        ecrit = _ecrit(personne.public == "etrangers", "nc_langue" in motifs)
        reponses["francais_ecrit"] = ecrit.tirer(alea)


def _vraisemblable(code: str, personne: Personne) -> bool:
    """Whether a consequence can befall this household."""
    if code in ("c_impaye_loyer", "c_expulsion"):
        return personne.logement in _LOYER
    if code == "c_scol":
        return personne.enfants in ("e1", "e2", "e3p") or personne.activite == "ac_etu"
    if code == "c_emploi":
        return personne.activite not in _HORS_EMPLOI
    if code == "c_heberg":
        return personne.logement not in ("l_prop", "l_etab")
    return True


def constater(personne: Personne, non_recours: list[dict], alea: Alea) -> tuple[list[str], str]:
    """The consequences seen and the gravity (1 to 4) that follows from them."""
    droits = [nr["droit"] for nr in non_recours]
    trouvees = [CONSEQUENCE_CERTAINE[droit] for droit in droits if droit in CONSEQUENCE_CERTAINE]
    nombre = 1 + (alea() < 0.66) + (alea() < 0.33) + (len(droits) > 2)
    for _ in range(nombre):
        tirage = DROITS[droits[int(alea() * len(droits))]].consequences
        code = tirage.tirer(alea)
        if _vraisemblable(code, personne):
            trouvees.append(code)
    fermes = [code for code in trouvees if code not in _EXCLUSIVES]
    if not fermes:
        seule = trouvees[0] if trouvees else "c_aucune"
        return [seule], "1" if alea() < 0.8 else "2"
    retenues = ordonner(fermes, CONSEQUENCES)
    gravite = max(_GRAVITES[code] for code in retenues) + 0.22 * (len(retenues) - 1)
    note = round(gravite - 0.15 + (alea() - 0.5) * 1.5)
    return retenues, str(min(4, max(1, note)))
