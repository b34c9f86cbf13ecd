"""The person and the household: a profile that holds together."""

from dataclasses import dataclass
from functools import lru_cache

from .droits import DROITS
from .publics import PUBLICS, croiser, portrait
from .tirage import Alea, Tirage, lire, ordonner, rangs

PARENTS = ("f_couple_enf", "f_mono")
ENFANTS_DEMANDES = ("f_couple_enf", "f_mono", "f_chez_parents", "f_autre", "nsp")
EVENEMENTS = rangs(
    "ev_separation ev_deces_conjoint ev_deces_enfant ev_naissance ev_monoparent ev_emploi "
    "ev_retraite ev_maladie ev_impaye ev_demenag ev_majorite ev_sortie ev_sejour ev_aidant "
    "ev_aucun autre nsp"
)

_ENFANTS = {
    "f_couple_enf": "e1:3 e2:4 e3p:2.5",
    "f_mono": "e1:5 e2:3.5 e3p:1.5",
    "f_chez_parents": "e0:9 e1:0.7",
    "f_autre": "e0:6 e1:2 e2:1 e3p:0.5",
    "nsp": "nsp:3 e0:1",
}
_NATURES = {
    "ac_cdi_tp": "r_salaire",
    "ac_cdi_part": "r_salaire:9 r_tiers:0.2 r_pf:0.3",
    "ac_court": "r_salaire:8 r_chomage:1 r_pf:0.5",
    "ac_indep": "r_salaire:7 r_aucune:0.7 r_minima:1",
    "ac_agri": "r_salaire:8 r_aucune:0.7 r_minima:0.5",
    "ac_alter": "r_salaire",
    "ac_cho_ind": "r_chomage",
    "ac_cho_nind": "r_minima:4 r_aucune:3 r_tiers:1.5 r_pf:1",
    "ac_noninscrit": "r_aucune:4 r_tiers:3 r_minima:2.5 r_pf:1",
    "ac_etu": "r_tiers:5 r_aucune:2 r_salaire:2.5",
    "ac_inva": "r_ij:5 r_minima:4 r_aucune:0.7",
    "ac_retr": "r_retraite",
    "ac_foyer": "r_pf:5 r_tiers:3 r_aucune:0.7 r_minima:1",
    "autre": "autre:2 nsp:1",
    "nsp": "nsp",
}
_NIVEAUX = {
    "r_aucune": "n1",
    "r_salaire": "n1:1 n2:3 n3:4 n4:2",
    "r_chomage": "n1:2 n2:4 n3:2 n4:0.5",
    "r_minima": "n1:5 n2:3",
    "r_pf": "n1:8 n2:1",
    "r_retraite": "n1:0.5 n2:5 n3:3 n4:1.5",
    "r_ij": "n1:2 n2:4 n3:2 n4:0.3",
    "r_tiers": "n1:5 n2:1",
    "autre": "n1:2 n2:2 nsp:1",
    "nsp": "nsp:3 n2:1",
}
_PCS = {
    "ac_agri": "1:7 6:3",
    "ac_indep": "2:8 4:1",
    "ac_etu": "8:9 5:1",
    "ac_noninscrit": "8:5 5:3 6:3 nsp:0.5",
    "ac_foyer": "8:5 5:4 6:1",
    "ac_cdi_tp": "5:5 6:4 4:1 3:0.2",
    "autre": "nsp:2 5:1",
    "nsp": "nsp",
}
_PCS_RETRAITE = {"z_rural": "7:3 5:3 6:3 1:2.5 2:1.2 4:0.6", "": "7:4 5:4 6:3 1:0.3 2:1 4:0.8"}
_PCS_USUEL = "5:5 6:4 4:0.8 2:0.3 8:0.5"

_PCS_TIRAGES = {code: Tirage(poids) for code, poids in _PCS.items()}
_PCS_RETRAITE_TIRAGES = {code: Tirage(poids) for code, poids in _PCS_RETRAITE.items()}
_PCS_USUEL_TIRAGE = Tirage(_PCS_USUEL)


@dataclass(slots=True)
class Personne:
    """A profile, every answer drawn (the form then keeps some of them)."""

    public: str
    zone: str
    sexe: str
    age: str
    famille: str
    enfants: str
    activite: str
    pcs: str
    logement: str
    ressource_nature: str
    ressource_niveau: str
    evenement: list[str]

    @property
    def agricole(self) -> bool:
        """Whether the agricultural scheme covers the person."""
        return self.activite == "ac_agri" or self.pcs == "1"

    @property
    def agee(self) -> bool:
        """65 or over."""
        return self.age in ("a_65_74", "a_75p")


@lru_cache(maxsize=50_000)
def _croisement(table: str, clef: str, attribut: str, droits: tuple[str, ...]) -> Tirage:
    """Draw of an attribute given another one and the rights; the rights yield when nobody fits."""
    poids = lire({"enfants": _ENFANTS, "nature": _NATURES, "niveau": _NIVEAUX}[table][clef])
    return Tirage(croiser(poids, droits, attribut) or poids)


def _pcs(activite: str, zone: str) -> Tirage:
    if activite == "ac_retr":
        return _PCS_RETRAITE_TIRAGES.get(zone) or _PCS_RETRAITE_TIRAGES[""]
    return _PCS_TIRAGES.get(activite, _PCS_USUEL_TIRAGE)


def _evenement_possible(code: str, age: str, famille: str) -> bool:
    """Whether an event fits the age and the family."""
    if code in ("ev_deces_conjoint", "ev_separation"):
        return famille not in ("f_couple0", "f_couple_enf")
    if code == "ev_monoparent":
        return famille == "f_mono"
    if code == "ev_naissance":
        return famille in PARENTS and age in ("a_18_24", "a_25_29", "a_30_39", "a_40_49")
    if code == "ev_retraite":
        return age in ("a_60_64", "a_65_74")
    if code == "ev_majorite":
        return age == "a_18_24"
    return True


def _evenements(public: str, age: str, famille: str, alea: Alea) -> list[str]:
    tirage = PUBLICS[public].evenements
    premier = tirage.tirer(alea)
    if not _evenement_possible(premier, age, famille):
        return ["ev_aucun"]
    if premier in ("ev_aucun", "nsp") or alea() > 0.22:
        return [premier]
    second = tirage.tirer(alea)
    if second in ("ev_aucun", "nsp") or not _evenement_possible(second, age, famille):
        return [premier]
    return ordonner((premier, second), EVENEMENTS)


def _logement(tire: str, famille: str, droits: tuple[str, ...]) -> str:
    """Who lives with relatives is lodged by them, unless a right supposes a housing of one kind."""
    impose = any("logement" in DROITS[droit].exigences for droit in droits)
    return "l_heberge" if famille == "f_chez_parents" and not impose else tire


def inventer_personne(public: str, droits: tuple[str, ...], zone: str, alea: Alea) -> Personne:
    """Draw the profile of a person of this public who misses these rights in this zone.

    The rights must fit the public (``publics.tirer_droits`` sees to it).
    """
    tirages = portrait(public, droits, zone)
    famille = tirages.famille.tirer(alea)
    age = tirages.age.tirer(alea)
    if age == "a_18_24" and "rsa" in droits and famille not in PARENTS:
        age = "a_25_29"
    activite = tirages.activite.tirer(alea)
    nature = _croisement("nature", activite, "nature", droits).tirer(alea)
    enfants = ""
    if famille in ENFANTS_DEMANDES:
        enfants = _croisement("enfants", famille, "enfants", droits).tirer(alea)
    return Personne(
        public=public,
        zone=zone,
        sexe=tirages.sexe.tirer(alea),
        age=age,
        famille=famille,
        enfants=enfants,
        activite=activite,
        pcs=_pcs(activite, zone).tirer(alea),
        logement=_logement(tirages.logement.tirer(alea), famille, droits),
        ressource_nature=nature,
        ressource_niveau=_croisement("niveau", nature, "niveau", droits).tirer(alea),
        evenement=_evenements(public, age, famille, alea),
    )
