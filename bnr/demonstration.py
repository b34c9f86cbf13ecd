"""The demonstration's door: each account in one click, with what it can do."""

from dataclasses import dataclass

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from territoires.models import Administrateur, Membre, Utilisateur
from territoires.permissions import ROLES_PAR_COMITE, Role

POUVOIRS = {
    Role.GROUPE_DE_TRAVAIL: "saisit des situations et suit les siennes",
    Role.COMITE_TECHNIQUE: "saisit, relit et valide, croise tous les chiffres",
    Role.ANIMATEUR: "relit et valide, anime le baromètre, adapte le formulaire",
    Role.COMITE_DE_PILOTAGE: "lit le tableau de bord protégé, décide des orientations",
    Role.ADMINISTRATEUR: "adapte le formulaire, lit les chiffres protégés, ne lit aucune situation",
    Role.NATIONAL: "lit les chiffres nationaux, crée les territoires",
}


@dataclass(frozen=True)
class Compte:
    pk: int
    nom: str
    role: str
    peut: str


def comptes() -> list[tuple[str, list[Compte]]]:
    """One account of each role in each territory, then the national administrator."""
    par_territoire: dict[str, dict[Role, Compte]] = {}
    for siege in Membre.objects.actuels().select_related("comite__territoire", "utilisateur"):
        role = Role.ANIMATEUR if siege.est_animateur else ROLES_PAR_COMITE[siege.comite.nature]
        _ranger(par_territoire, siege.comite.territoire, role, siege.utilisateur)
    for administrateur in Administrateur.objects.actuels().select_related(
        "territoire", "utilisateur"
    ):
        _ranger(
            par_territoire,
            administrateur.territoire,
            Role.ADMINISTRATEUR,
            administrateur.utilisateur,
        )
    for national in Utilisateur.objects.filter(est_administrateur_national=True)[:1]:
        _ranger(par_territoire, "Tous les territoires", Role.NATIONAL, national)
    ordre = list(POUVOIRS)
    return [
        (nom, [par_role[role] for role in sorted(par_role, key=ordre.index)])
        for nom, par_role in par_territoire.items()
    ]


def _ranger(par_territoire, territoire, role: Role, utilisateur: Utilisateur) -> None:
    compte = Compte(utilisateur.pk, utilisateur.nom, role.capitalize(), POUVOIRS[role])
    par_territoire.setdefault(str(territoire), {}).setdefault(role, compte)


@require_POST
@login_not_required
def entrer(request, pk: int) -> HttpResponse:
    """Opens a demonstration account without its password; does not exist in production."""
    if not settings.EN_DEMONSTRATION:
        raise Http404
    utilisateur = get_object_or_404(Utilisateur, pk=pk, email__endswith="@demo.example")
    login(request, utilisateur, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(get_next_redirect_url(request) or "accueil")
