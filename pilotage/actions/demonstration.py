"""What the demonstration shows of the dashboards: crossings chosen everywhere, one publication."""

from django.utils import timezone

from pilotage.actions.croisements import montrer_croisement
from pilotage.actions.publications import preparer_publication, publier
from pilotage.models import Lot
from pilotage.travaux import dernier_lot, preparer_lot
from territoires.models import Comite, Membre, Territoire

CROISEMENTS = (("famille", "type"), ("age", "sexe"))


def montrer_des_croisements() -> None:
    """By the animateur of each territory of the demonstration."""
    for territoire in Territoire.objects.all():
        animateur = Membre.objects.actuels().animateurs().get(comite__territoire=territoire)
        for variables in CROISEMENTS:
            montrer_croisement(
                territoire=territoire, variables=variables, par=animateur.utilisateur
            )


def publier_les_premiers() -> None:
    """The comité de pilotage of the first territory publishes its figures, when they are ready."""
    territoire = Territoire.objects.order_by("pk").first()
    if dernier_lot(territoire, Lot.Audience.TERRITOIRE) is None:
        return
    pilotage = Membre.objects.actuels().filter(
        comite__territoire=territoire, comite__nature=Comite.Nature.PILOTAGE
    )
    par = pilotage.order_by("pk").first().utilisateur
    publication = preparer_publication(
        territoire=territoire,
        intitule="Premiers résultats du baromètre",
        texte="Ce que les professionnels ont repéré ensemble, et ce qui a été obtenu depuis.",
        prise_le=timezone.localdate(),
        par=par,
    )
    preparer_lot(publication.lot)
    publier(publication=publication, par=par)
