"""What is prepared in the background."""

from django_tasks import task

from pilotage.actions.demonstration import publier_les_premiers
from pilotage.models import Lot
from pilotage.travaux import preparer_lot


@task
def preparer(lot: int) -> None:
    """Prepares a batch, unless that was done, tried, or is no longer wanted."""
    attendu = Lot.objects.select_related("territoire").filter(pk=lot).first()
    if attendu is not None:
        preparer_lot(attendu)


@task
def publier_la_demonstration() -> None:
    """The first territory of the demonstration publishes its figures, once they are there."""
    publier_les_premiers()
