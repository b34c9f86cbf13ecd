"""The publics met: who they are, how they live, which rights they miss."""

from dataclasses import dataclass
from functools import cache, lru_cache

from .droits import ASSOCIES, DROITS, INCOMPATIBLES
from .publics_donnees import AFFINITES, LOGEMENT_PAR_ZONE, PUBLICS_BRUTS, ZONES
from .tirage import Alea, Tirage, lire

_NOMBRE_DE_DROITS = Tirage("1:55 2:28 3:12 4:5")
_GENRES = ("rural", "urbain", "mixte")
_ATTRIBUTS = ("sexe", "age", "famille", "activite", "logement")


@dataclass(frozen=True, slots=True)
class Public:
    """A public: its weight by kind of territory, its profile (attribute → weights), its
    events and the rights it misses."""

    code: str
    poids: dict[str, float]
    profil: dict[str, dict[str, float]]
    evenements: Tirage
    droits: Tirage


@dataclass(frozen=True, slots=True)
class Portrait:
    """The draws of a public that misses given rights in a given zone."""

    sexe: Tirage
    age: Tirage
    famille: Tirage
    activite: Tirage
    logement: Tirage


def _lire_public(code: str, brut: dict[str, str]) -> Public:
    return Public(
        code=code,
        poids=dict(zip(_GENRES, map(float, brut["poids"].split()), strict=True)),
        profil={attribut: lire(brut[attribut]) for attribut in _ATTRIBUTS},
        evenements=Tirage(brut["evenements"]),
        droits=Tirage(brut["droits"]),
    )


PUBLICS: dict[str, Public] = {
    code: _lire_public(code, brut) for code, brut in PUBLICS_BRUTS.items()
}
_ASSOCIES = {code: Tirage(poids) for code, poids in ASSOCIES.items()}


def croiser(poids: dict[str, float], codes: tuple[str, ...], attribut: str) -> dict[str, float]:
    """Multiply weights by what each right supposes of one attribute (zero: excluded)."""
    for code in codes:
        exigence = DROITS[code].exigences.get(attribut)
        if exigence is not None:
            poids = {clef: valeur * exigence.get(clef, 0) for clef, valeur in poids.items()}
    return {clef: valeur for clef, valeur in poids.items() if valeur > 0}


@cache
def zones(genre: str) -> Tirage:
    """Draw of the zone for a kind of territory."""
    return Tirage(ZONES[genre])


@cache
def publics_rencontres(genre: str, categorie: str) -> Tirage:
    """Draw of the public for a kind of territory and the author's category of organisation."""
    affinite = lire(AFFINITES.get(categorie, ""))
    return Tirage(
        {code: public.poids[genre] * affinite.get(code, 1) for code, public in PUBLICS.items()}
    )


@lru_cache(maxsize=50_000)
def portrait(code: str, droits: tuple[str, ...], zone: str) -> Portrait | None:
    """The draws of one public for these rights in this zone; None when nobody fits."""
    facteurs = lire(LOGEMENT_PAR_ZONE.get(zone, ""))
    tirages = {}
    for attribut in _ATTRIBUTS:
        poids = PUBLICS[code].profil[attribut]
        if attribut == "logement":
            poids = {clef: valeur * facteurs.get(clef, 1) for clef, valeur in poids.items()}
        poids = croiser(poids, droits, attribut)
        if not poids:
            return None
        tirages[attribut] = Tirage(poids)
    return Portrait(**tirages)


@lru_cache(maxsize=50_000)
def _vont_ensemble(code: str, droits: tuple[str, ...], zone: str) -> bool:
    """Whether one same household can miss all these rights."""
    nouveau = droits[-1]
    if nouveau in droits[:-1] or any((ancien, nouveau) in INCOMPATIBLES for ancien in droits[:-1]):
        return False
    niveaux = croiser(dict.fromkeys(("n1", "n2", "n3", "n4"), 1.0), droits, "niveau")
    return bool(niveaux) and portrait(code, droits, zone) is not None


def tirer_droits(code: str, zone: str, alea: Alea) -> tuple[str, ...]:
    """Draw one to four rights missed together by a household of this public."""
    public = PUBLICS[code]
    droits = (public.droits.tirer(alea),)
    while not _vont_ensemble(code, droits, zone):
        droits = (public.droits.tirer(alea),)
    voulus = int(_NOMBRE_DE_DROITS.tirer(alea))
    for _ in range(2 * (voulus - 1)):
        associes = _ASSOCIES.get(droits[0])
        source = associes if associes and alea() < 0.65 else public.droits
        essai = (*droits, source.tirer(alea))
        if len(droits) < voulus and _vont_ensemble(code, essai, zone):
            droits = essai
    return droits
