"""The views that readers keep under a name."""

from django.db import IntegrityError, transaction

from pilotage.models import VueEnregistree
from territoires import journal
from territoires.models import Comite, Territoire


class NomDejaPris(Exception):
    """The author has another view of this name in the territory."""


def enregistrer_vue(
    *, territoire: Territoire, nom: str, requete: str, comite: Comite | None = None, par
) -> VueEnregistree:
    """Keeps an address; shared with the members of `comite`, or private."""
    vue = VueEnregistree(territoire=territoire, auteur=par, nom=nom, requete=requete, comite=comite)
    return _sauver(vue, "enregistrer_vue", par)


def renommer_vue(
    *, vue: VueEnregistree, nom: str, comite: Comite | None = None, par
) -> VueEnregistree:
    """Changes the name and with whom it is shared."""
    vue.nom, vue.comite = nom, comite
    return _sauver(vue, "renommer_vue", par)


def _sauver(vue: VueEnregistree, geste: str, par) -> VueEnregistree:
    try:
        with transaction.atomic():
            vue.save()
            journal.ecrire(geste, par=par, territoire=vue.territoire, objet=vue)
    except IntegrityError as erreur:
        if "vue_nom_unique_par_auteur" not in str(erreur):
            raise
        raise NomDejaPris from erreur
    return vue


@transaction.atomic
def supprimer_vue(*, vue: VueEnregistree, par) -> None:
    journal.ecrire("supprimer_vue", par=par, territoire=vue.territoire, objet=vue)
    vue.delete()
