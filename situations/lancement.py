"""The conditions of feasibility of a baromètre, in the method's order: met by whom, or what is missing.

`lire_faits` reads, `juger` says; the page and the opening of the collection ask the same two.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from situations.models import MiseEnVigueur
from territoires.charte import en_vigueur
from territoires.models import Charte, Comite, Etape, Membre, Territoire

CHARTE, FORMULAIRE = "charte", "formulaire"
NATURES = dict(Comite.Nature.choices)


@dataclass(frozen=True)
class Signature:
    """Who met a condition, and when."""

    par: str
    le: datetime


@dataclass(frozen=True)
class Constitue:
    """A committee as it is today."""

    nom: str
    nature: str
    membres: int
    organismes: int


@dataclass(frozen=True)
class Faits:
    """What is true of a territory today; `signatures` by code of condition.

    `charte`: the number of the version in force; `acceptations`: how many of its `membres`, people
    with a seat, have accepted it.
    """

    porteur: str = ""
    comites: tuple[Constitue, ...] = ()
    animateurs: tuple[str, ...] = ()
    charte: int | None = None
    acceptations: int = 0
    membres: int = 0
    reglages: str = ""
    version: int | None = None
    signatures: dict[str, Signature] = field(default_factory=dict)


@dataclass(frozen=True)
class Condition:
    """One condition: what it asks, what is so today, what is missing (nothing when it is met)."""

    code: str
    titre: str
    constat: str
    manque: str
    signature: Signature | None

    @property
    def est_remplie(self) -> bool:
        return not self.manque

    @property
    def est_a_confirmer(self) -> bool:
        """True as things are, it only waits for somebody to sign it."""
        return bool(self.manque and self.constat)


def juger(faits: Faits) -> tuple[Condition, ...]:
    """The seven conditions, in the order in which one meets them."""
    return tuple(
        _condition(code, titre, faits, *constater(faits))
        for code, (titre, constater) in CONDITIONS.items()
    )


def manques(conditions: Iterable[Condition]) -> list[Condition]:
    """Those that are not met yet."""
    return [condition for condition in conditions if not condition.est_remplie]


def _condition(code: str, titre: str, faits: Faits, constat: str, manque: str, a_signer: str):
    signature = faits.signatures.get(code)
    if not manque and signature is None:
        manque = a_signer
    return Condition(code, titre, constat, manque, signature)


# Each gives: what is so today, what is missing, and what is missing when only a signature is.


def _porteur(faits: Faits) -> tuple[str, str, str]:
    if not faits.porteur:
        return "", "Aucun porteur n’est nommé.", ""
    return f"{faits.porteur}.", "", "Le nom du porteur est à confirmer."


def _comites(faits: Faits) -> tuple[str, str, str]:
    constitues = [comite for comite in faits.comites if comite.membres]
    vides = [nom for nature, nom in NATURES.items() if nature not in {c.nature for c in constitues}]
    if vides:
        noms = [f"le {nom[0].lower()}{nom[1:]}" for nom in vides]
        sujet = " et ".join(filter(None, (", ".join(noms[:-1]), noms[-1])))
        verbe = "n’a" if len(vides) == 1 else "n’ont"
        return "", f"{sujet[0].upper()}{sujet[1:]} {verbe} encore aucun membre.", ""
    constat = "\u202f; ".join(map(_effectif, constitues))
    return f"{constat}.", "", "La composition des comités est à confirmer."


def _effectif(comite: Constitue) -> str:
    membres = f"{comite.membres} membre{'s' if comite.membres > 1 else ''}"
    organismes = f"{comite.organismes} organisme{'s' if comite.organismes > 1 else ''}"
    return f"{comite.nom}\u00a0: {membres}, {organismes}"


def _animateur(faits: Faits) -> tuple[str, str, str]:
    if not faits.animateurs:
        return "", "Aucun animateur principal n’est désigné parmi les membres.", ""
    return f"{faits.animateurs[0]}.", "", "La désignation de l’animateur est à confirmer."


def _notion(faits: Faits) -> tuple[str, str, str]:
    a_signer = "Personne n’a encore confirmé que la notion est expliquée aux participants."
    return "Le guide l’explique, avec les cinq types et des exemples.", "", a_signer


def _charte(faits: Faits) -> tuple[str, str, str]:
    if faits.charte is None:
        return "", "Aucune charte n’est adoptée.", ""
    pluriel = "s" if faits.acceptations > 1 else ""
    des_membres = f"{faits.acceptations} membre{pluriel} des comités sur {faits.membres}"
    return f"Version {faits.charte}, acceptée par {des_membres}.", "", ""


def _reglages(faits: Faits) -> tuple[str, str, str]:
    return faits.reglages, "", "Les seuils et les durées proposés sont à lire, puis à confirmer."


def _formulaire(faits: Faits) -> tuple[str, str, str]:
    if faits.version is None:
        return "", "Aucun formulaire n’est en vigueur.", ""
    a_signer = "Personne du territoire n’a encore relu le formulaire en vigueur."
    return f"Version {faits.version} en vigueur.", "", a_signer


CONDITIONS = {
    Etape.PORTEUR.value: ("Un porteur est nommé", _porteur),
    Etape.COMITES.value: ("Les trois comités sont constitués", _comites),
    Etape.ANIMATEUR.value: ("Un animateur principal et permanent est désigné", _animateur),
    Etape.NOTION.value: ("La notion de non-recours est expliquée", _notion),
    CHARTE: ("La charte est adoptée", _charte),
    Etape.REGLAGES.value: ("Les seuils et les durées de conservation sont choisis", _reglages),
    FORMULAIRE: ("Le formulaire est relu et publié", _formulaire),
}


def lire_faits(territoire: Territoire) -> Faits:
    """What the database says of this territory today."""
    charte = en_vigueur(territoire)
    mise = _mise_en_vigueur(territoire)
    signatures = {
        etape.etape: Signature(str(etape.par), etape.le)
        for etape in territoire.etapes.select_related("par")
    }
    if charte is not None:
        signatures[CHARTE] = Signature(str(charte.adoptee_par), charte.adoptee_le)
    if mise is not None and _est_du_territoire(mise):
        signatures[FORMULAIRE] = Signature(str(mise.par), mise.depuis)
    sieges = Membre.objects.actuels().filter(comite__territoire=territoire).order_by()
    membres = set(sieges.values_list("utilisateur", flat=True))
    return Faits(
        porteur=territoire.porteur,
        comites=tuple(_constitues(territoire)),
        animateurs=tuple(sieges.animateurs().values_list("utilisateur__nom", flat=True)),
        charte=charte.numero if charte else None,
        acceptations=_acceptations(charte, membres),
        membres=len(membres),
        reglages=_reglages_en_mots(territoire),
        version=mise.version.numero if mise else None,
        signatures=signatures,
    )


def _constitues(territoire: Territoire) -> list[Constitue]:
    membres = {
        ligne["comite"]: (ligne["membres"], ligne["organismes"])
        for ligne in Membre.objects.actuels()
        .filter(comite__territoire=territoire)
        .order_by()
        .values("comite")
        .annotate(membres=Count("pk"), organismes=Count("organisme", distinct=True))
    }
    return [
        Constitue(str(comite), comite.nature, *membres.get(comite.pk, (0, 0)))
        for comite in territoire.comites.all()
    ]


def _acceptations(charte: Charte | None, membres: set[int]) -> int:
    """How many of today's members have accepted this version."""
    return charte.adhesions.filter(utilisateur__in=membres).count() if charte else 0


def _mise_en_vigueur(territoire: Territoire) -> MiseEnVigueur | None:
    en_cours = MiseEnVigueur.objects.filter(formulaire__territoire=territoire, jusqua=None)
    return en_cours.select_related("version", "par").defer("version__definition").first()


def _est_du_territoire(mise: MiseEnVigueur) -> bool:
    """A territory is created with the noyau's form in force: only what is put in force after that
    was read by somebody of the territory."""
    autres = MiseEnVigueur.objects.filter(formulaire=mise.formulaire_id, pk__lt=mise.pk)
    return mise.par_id is not None and autres.exists()


def _reglages_en_mots(territoire: Territoire) -> str:
    return (
        f"Secret sous {territoire.seuil_copil} pour le comité de pilotage, sous "
        f"{territoire.seuil_public} pour le public. Brouillons gardés "
        f"{territoire.conservation_brouillons} jours, textes libres "
        f"{territoire.conservation_recits} mois."
    )
