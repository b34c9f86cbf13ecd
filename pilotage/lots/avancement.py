"""When a year is counted again: enough of its situations are new, changed or gone."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b

from pilotage.lots.tranches import Tranche

SITUATIONS_AU_MOINS = 10


def empreinte(mois: int, organisme: int | None, numeros: Iterable[int], blocs) -> str:
    """A short print of all that is counted of a situation but its status."""
    contenu = (mois, organisme, sorted(numeros), sorted(sorted(bloc) for bloc in blocs))
    return blake2b(repr(contenu).encode(), digest_size=8).hexdigest()


def changees(avant: Mapping[str, str], maintenant: Mapping[str, str]) -> int:
    """How many situations are new, changed or gone."""
    cles = avant.keys() | maintenant.keys()
    return sum(avant.get(cle) != maintenant.get(cle) for cle in cles)


def au_moins(seuil: int) -> int:
    """How many situations must have changed in a year for it to be counted again."""
    return max(SITUATIONS_AU_MOINS, 2 * seuil)


def pour_commencer(seuil: int) -> int:
    """How many situations a year must have to be shown at all: under it the number of situations
    and of non-recours, told together, would leave too little doubt."""
    return max(2 * SITUATIONS_AU_MOINS, 4 * seuil)


def arreter(
    anciennes: Mapping[int, Tranche],
    actuelles: Mapping[int, Tranche],
    seuil: int,
    pour_entrer: int | None = None,
) -> tuple[dict[int, Tranche], set[int]]:
    """The years as the next batch holds them, and those that advanced.

    `pour_entrer`: how many situations a year must have to come in; as `pour_commencer` when None.
    """
    pour_entrer = pour_commencer(seuil) if pour_entrer is None else pour_entrer
    tranches, avancees = {}, set()
    for annee in sorted(anciennes.keys() | actuelles.keys()):
        avant, maintenant = anciennes.get(annee), actuelles.get(annee)
        ecart = changees(
            avant.empreintes if avant else {}, maintenant.empreintes if maintenant else {}
        )
        if ecart >= (au_moins(seuil) if avant else pour_entrer):
            avancees.add(annee)
            if maintenant is not None:
                tranches[annee] = maintenant
        elif avant is not None:
            # The list may have grown: counted of the very same situations, a table may be added.
            tranches[annee] = avant.completee(maintenant) if maintenant and not ecart else avant
    return tranches, avancees
