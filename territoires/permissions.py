"""The only place that decides who may do what.

Every question is asked *about a territory*: `peut(utilisateur, Action.RELIRE, territoire)`.
A person's permissions are the union of their roles there. Outside one's territories the answer is
404 (nothing says that the territory exists), inside without the permission 403.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.http import Http404

from territoires.models import Administrateur, Comite, Membre, Territoire


class Role(StrEnum):
    GROUPE_DE_TRAVAIL = "groupe de travail"
    COMITE_TECHNIQUE = "comité technique"
    ANIMATEUR = "animateur"
    COMITE_DE_PILOTAGE = "comité de pilotage"
    ADMINISTRATEUR = "administrateur du territoire"
    NATIONAL = "administrateur national"


class Action(StrEnum):
    SAISIR = "saisir"
    RELIRE = "relire et valider"
    ANALYSER = "analyser"
    LIRE_ANALYSE = "lire les résultats de l’analyse"
    LIRE_TABLEAU = "lire le tableau de bord"
    LIRE_TABLEAU_SANS_SEUIL = "lire le tableau de bord sans seuil"
    DECIDER = "décider, valider les orientations"
    ADAPTER = "adapter le formulaire"
    GERER_MEMBRES = "gérer les membres"
    LIRE_JOURNAL = "lire le journal"
    LIRE_COMITES = "lire les comités, leurs décisions, la charte"
    LIRE_MEMBRES = "lire qui siège"
    LIRE_ANNUAIRE = "lire l’annuaire, y proposer une correction"


# Whoever holds a role in a territory reads these there.
LUES_PAR_TOUS = frozenset({Action.LIRE_COMITES, Action.LIRE_MEMBRES, Action.LIRE_ANNUAIRE})

TABLE: dict[Role, frozenset[Action]] = {
    Role.GROUPE_DE_TRAVAIL: LUES_PAR_TOUS | {Action.SAISIR, Action.LIRE_TABLEAU},
    Role.COMITE_TECHNIQUE: LUES_PAR_TOUS
    | {
        Action.SAISIR,
        Action.RELIRE,
        Action.ANALYSER,
        Action.LIRE_ANALYSE,
        Action.LIRE_TABLEAU,
        Action.LIRE_TABLEAU_SANS_SEUIL,
    },
    Role.ANIMATEUR: LUES_PAR_TOUS
    | {
        Action.SAISIR,
        Action.RELIRE,
        Action.ANALYSER,
        Action.LIRE_ANALYSE,
        Action.LIRE_TABLEAU,
        Action.LIRE_TABLEAU_SANS_SEUIL,
        Action.ADAPTER,
        Action.GERER_MEMBRES,
    },
    Role.COMITE_DE_PILOTAGE: LUES_PAR_TOUS
    | {Action.LIRE_ANALYSE, Action.LIRE_TABLEAU, Action.DECIDER},
    Role.ADMINISTRATEUR: LUES_PAR_TOUS
    | {Action.LIRE_TABLEAU, Action.ADAPTER, Action.GERER_MEMBRES, Action.LIRE_JOURNAL},
    # About one territory; the figures of all of them are asked of `peut_nationalement`.
    Role.NATIONAL: frozenset({Action.LIRE_JOURNAL}),
}


class ActionNationale(StrEnum):
    LIRE_TABLEAU = "lire le tableau de bord national"
    GERER_TERRITOIRES = "créer les territoires et nommer leurs administrateurs"
    LIRE_JOURNAL = "lire le journal de tous les territoires"


ROLES_PAR_COMITE = {
    Comite.Nature.PILOTAGE: Role.COMITE_DE_PILOTAGE,
    Comite.Nature.TECHNIQUE: Role.COMITE_TECHNIQUE,
    Comite.Nature.GROUPE_DE_TRAVAIL: Role.GROUPE_DE_TRAVAIL,
}
# The roles that a seat in a committee gives.
ROLES_DES_SIEGES = frozenset(ROLES_PAR_COMITE.values())
# What one must be able to do to write a committee's decisions.
DECISIONS_PAR_COMITE = {
    Comite.Nature.PILOTAGE: Action.DECIDER,
    Comite.Nature.TECHNIQUE: Action.ANALYSER,
    Comite.Nature.GROUPE_DE_TRAVAIL: Action.GERER_MEMBRES,
}


# What was read during the request being answered; None outside any request.
_lus: ContextVar[dict | None] = ContextVar("_lus", default=None)


class RolesLusUneFois:
    """Middleware: a page asks many questions about one person, whose roles are read once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        jeton = _lus.set({})
        try:
            return self.get_response(request)
        finally:
            _lus.reset(jeton)


def roles_par_territoire(utilisateur) -> dict[int, frozenset[Role]]:
    """The roles a person holds today, territory id → roles; the national role is not in it."""
    if not utilisateur.is_authenticated or not utilisateur.is_active:
        return {}
    lus = _lus.get()
    if lus is None:
        return _lire_roles(utilisateur)
    if utilisateur.pk not in lus:
        lus[utilisateur.pk] = _lire_roles(utilisateur)
    return lus[utilisateur.pk]


def _lire_roles(utilisateur) -> dict[int, frozenset[Role]]:
    roles: dict[int, set[Role]] = {}
    sieges = Membre.objects.actuels().filter(utilisateur=utilisateur)
    for territoire, nature, animateur in sieges.values_list(
        "comite__territoire", "comite__nature", "est_animateur"
    ):
        roles.setdefault(territoire, set()).add(ROLES_PAR_COMITE[nature])
        if animateur:
            roles[territoire].add(Role.ANIMATEUR)
    for territoire in (
        Administrateur.objects.actuels()
        .filter(utilisateur=utilisateur)
        .values_list("territoire", flat=True)
    ):
        roles.setdefault(territoire, set()).add(Role.ADMINISTRATEUR)
    return {territoire: frozenset(ensemble) for territoire, ensemble in roles.items()}


def roles_de(utilisateur, territoire: Territoire) -> frozenset[Role]:
    """The roles a person holds today in this territory, the national one included."""
    roles = roles_par_territoire(utilisateur).get(territoire.pk, frozenset())
    if utilisateur.is_authenticated and utilisateur.is_active:
        roles |= {Role.NATIONAL} if utilisateur.est_administrateur_national else set()
    return roles


def actions_permises(roles: frozenset[Role]) -> frozenset[Action]:
    """The union of what these roles permit."""
    return frozenset().union(*(TABLE[role] for role in roles))


@dataclass(frozen=True)
class TableauDesPermissions:
    """The table above, in words: `gestes` holds, for each action, one cell for each role."""

    roles: tuple[str, ...]
    gestes: tuple[tuple[str, tuple[bool, ...]], ...]


def tableau_des_permissions() -> TableauDesPermissions:
    """Who may do what in their territory, as the guide shows it."""
    return TableauDesPermissions(
        roles=tuple(role.value for role in Role),
        gestes=tuple(
            (action.value, tuple(action in TABLE[role] for role in Role)) for action in Action
        ),
    )


def peut(utilisateur, action: Action, territoire: Territoire) -> bool:
    return action in actions_permises(roles_de(utilisateur, territoire))


def siege(utilisateur, territoire: Territoire) -> bool:
    """Whether the person holds today a seat in one of the territory's committees."""
    return bool(roles_de(utilisateur, territoire) & ROLES_DES_SIEGES)


def peut_decider(utilisateur, comite: Comite) -> bool:
    """Whether the person writes the decisions of this committee, and may cancel them."""
    return peut(utilisateur, DECISIONS_PAR_COMITE[comite.nature], comite.territoire)


def sans_animateur(territoire: Territoire) -> bool:
    """Whether nobody is today the territory's permanent animateur."""
    return not Membre.objects.actuels().animateurs().filter(comite__territoire=territoire).exists()


def fait_relire(comite: Comite) -> bool:
    """Whether a seat in this committee gives every transmitted situation to read."""
    return permet(comite, Action.RELIRE)


def se_donnerait_a_lire(par, comite: Comite, email: str) -> bool:
    """Whether `par`, who reads no situation here, would give themself a seat that reads them.

    Asked with the address of whoever is to sit: one's own, or the account of that address.
    """
    return (
        fait_relire(comite)
        and email.lower() == par.email
        and not peut(par, Action.RELIRE, comite.territoire)
    )


def permet(comite: Comite, action: Action) -> bool:
    """Whether a seat in this committee permits this."""
    return action in TABLE[ROLES_PAR_COMITE[comite.nature]]


def sieges_permettant(action: Action, territoire: Territoire):
    """Today's seats of the territory that permit this, the oldest first."""
    natures = [nature for nature, role in ROLES_PAR_COMITE.items() if action in TABLE[role]]
    actuels = Membre.objects.actuels().filter(
        comite__territoire=territoire, comite__nature__in=natures, utilisateur__is_active=True
    )
    return actuels.select_related("utilisateur", "organisme").order_by("du", "pk")


def a_un_role(utilisateur) -> bool:
    """Whether the person still holds a role somewhere."""
    return bool(roles_par_territoire(utilisateur)) or utilisateur.est_administrateur_national


def oublier_roles(utilisateur) -> None:
    """What was read of this person's roles during this request no longer holds."""
    lus = _lus.get()
    if lus is not None:
        lus.pop(utilisateur.pk, None)


def peut_nationalement(utilisateur, action: ActionNationale) -> bool:
    """What concerns all territories at once belongs to national administrators."""
    return (
        action in ActionNationale
        and utilisateur.is_authenticated
        and utilisateur.is_active
        and utilisateur.est_administrateur_national
    )


def exiger_nationalement(utilisateur, action: ActionNationale) -> None:
    """Raises Http404 to whoever is not a national administrator."""
    if not peut_nationalement(utilisateur, action):
        raise Http404


def territoires_permis(utilisateur, action: Action) -> list[Territoire]:
    """The territories in which the person may do this, by name."""
    permis = [
        territoire
        for territoire, roles in roles_par_territoire(utilisateur).items()
        if action in actions_permises(roles)
    ]
    return list(Territoire.objects.filter(pk__in=permis))


def territoires_de(utilisateur) -> list[Territoire]:
    """The territories in which the person holds a role, by name."""
    return list(Territoire.objects.filter(pk__in=roles_par_territoire(utilisateur)))


def exiger(utilisateur, action: Action, territoire: Territoire) -> None:
    """Raises Http404 outside one's territories, PermissionDenied inside without the permission."""
    roles = roles_de(utilisateur, territoire)
    if not roles:
        raise Http404
    if action not in actions_permises(roles):
        raise PermissionDenied


def territoire_permis(utilisateur, slug: str, action: Action) -> Territoire:
    """The territory of this slug, if the person may do `action` there; else 404 or 403."""
    territoire = Territoire.objects.filter(slug=slug).first()
    if territoire is None:
        raise Http404
    exiger(utilisateur, action, territoire)
    return territoire


# Those who read situations, or give rights to others.
ROLES_A_SECOND_FACTEUR = frozenset(
    {Role.COMITE_TECHNIQUE, Role.ANIMATEUR, Role.ADMINISTRATEUR, Role.NATIONAL}
)


def exige_second_facteur(utilisateur) -> bool:
    """Whether one of the person's roles, somewhere, requires a second factor."""
    if not utilisateur.is_authenticated or not utilisateur.is_active:
        return False
    roles = frozenset().union(*roles_par_territoire(utilisateur).values())
    if utilisateur.est_administrateur_national:
        roles |= {Role.NATIONAL}
    return not roles.isdisjoint(ROLES_A_SECOND_FACTEUR)
