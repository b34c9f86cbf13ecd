"""Reading the directory of a territory: its desks, by right, by organisme, by words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from situations.catalogue import Catalogue
from situations.models import PointDeContact
from situations.moteur.elements import AUTRE
from situations.recherche import Index
from territoires.referentiel import lire_categories_organismes

# How many rights the words of a search may name.
DROITS_MONTRES = 3


@dataclass(frozen=True)
class Contacts:
    """Whom to call for a right: `directs` name it, `accueils` are the general desks of the
    organismes that grant it."""

    code: str
    libelle: str
    directs: list[PointDeContact] = field(default_factory=list)
    accueils: list[PointDeContact] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.directs or self.accueils)


class Annuaire:
    """The desks of a territory, read once; `catalogue` holds the rights that its form names."""

    def __init__(self, territoire, catalogue: Catalogue):
        self.catalogue = catalogue
        self.points = list(PointDeContact.objects.publies(territoire).prefetch_related("droits"))
        self._droits = {
            point.pk: {droit.code for droit in point.droits.all()} for point in self.points
        }

    def pour_le_droit(self, code: str) -> Contacts | None:
        """Whom to call for this right; None when the form in force has no such right."""
        option = self.catalogue.options.get(code)
        if option is None:
            return None
        # A local right is granted like the one it refines: its desks are good too.
        codes = {code, *option.valeurs("raffine")}
        categories = option.valeurs("organismes")
        return Contacts(
            code,
            option.libelle,
            directs=[point for point in self.points if self._droits[point.pk] & codes],
            accueils=[
                point
                for point in self.points
                if not self._droits[point.pk] and point.organisme.categorie in categories
            ],
        )

    def chercher(self, texte: str) -> tuple[list[Contacts], list[PointDeContact]]:
        """What the words name: rights with somebody to call, then organismes and services."""
        codes = self.catalogue.chercher(texte, DROITS_MONTRES)
        droits = [contacts for code in codes if (contacts := self.pour_le_droit(code))]
        index = Index([_option(point) for point in self.points])
        rangs = {cle: rang for rang, cle in enumerate(index.chercher(texte, len(self.points)))}
        trouves = [point for point in self.points if str(point.pk) in rangs]
        return droits, sorted(trouves, key=lambda point: rangs[str(point.pk)])

    def par_organisme(self) -> list[tuple[str, list[PointDeContact]]]:
        """Every desk, under the name of its organisme."""
        return grouper(self.points)


def grouper(points: Iterable[PointDeContact]) -> list[tuple[str, list[PointDeContact]]]:
    """Desks under the name of their organisme, in the order given."""
    groupes: dict[str, list[PointDeContact]] = {}
    for point in points:
        groupes.setdefault(point.organisme.nom, []).append(point)
    return list(groupes.items())


def _option(point: PointDeContact) -> dict[str, str]:
    categorie = point.organisme.categorie
    libelles = {ligne["code"]: ligne["libelle"] for ligne in lire_categories_organismes()}
    return {
        "code": str(point.pk),
        "libelle": f"{point.organisme.nom} {point.service}",
        "synonymes": f"{categorie} {libelles.get(categorie, '')}",
    }


@dataclass(frozen=True)
class DomaineACocher:
    """The rights of one domain: (code, label, checked)."""

    libelle: str
    droits: list[tuple[str, str, bool]]

    @property
    def coches(self) -> int:
        return sum(coche for *_, coche in self.droits)


def droits_proposes(
    catalogue: Catalogue, point: PointDeContact | None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rights a desk may name, by domain; those it names and the form no longer has, last."""
    domaines: dict[str, list[tuple[str, str]]] = {}
    for code, option in catalogue.options.items():
        if code != AUTRE:
            domaine = option.attributs.get("domaine_libelle") or "Autres droits"
            domaines.setdefault(domaine, []).append((code, option.libelle))
    anciens = point.droits.exclude(code__in=catalogue.options) if point and point.pk else ()
    if anciens:
        domaines["Droits qui ne sont plus proposés"] = [(d.code, d.libelle) for d in anciens]
    return list(domaines.items())


def droits_a_cocher(
    proposes: list[tuple[str, list[tuple[str, str]]]], coches: Sequence[str]
) -> list[DomaineACocher]:
    """The same, each with whether it is checked."""
    return [
        DomaineACocher(libelle, [(code, nom, code in coches) for code, nom in droits])
        for libelle, droits in proposes
    ]
