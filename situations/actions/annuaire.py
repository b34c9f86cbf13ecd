"""Writing the directory: desks kept by the animateur, corrections proposed by members."""

from django.db import transaction
from django.utils import timezone

from situations.actions.adaptation import empreinte_de
from situations.models import Correction, Droit, PointDeContact
from territoires import journal
from territoires.models import Territoire

TEXTES = ("service", "telephone", "courriel", "site", "adresse", "horaires", "precisions")


class ModifieEntreTemps(Exception):
    """Someone else changed this desk since it was shown; `point` is as it is now."""

    def __init__(self, point: PointDeContact):
        super().__init__("Ce point de contact vient d’être modifié par quelqu’un d’autre.")
        self.point = point


class DejaTraitee(Exception):
    """Someone has already accepted or refused this proposal."""


def contenu_de(point: PointDeContact) -> dict:
    """What the directory says of a desk, as its form types it: JSON values only."""
    return {
        "organisme": point.organisme_id,
        **{nom: getattr(point, nom) for nom in TEXTES},
        "droits": sorted(point.droits.values_list("code", flat=True)),
    }


@transaction.atomic
def ajouter_point(*, territoire: Territoire, contenu: dict, par) -> PointDeContact:
    """A desk of one of the territory's organismes, verified today by whoever adds it."""
    point = PointDeContact(verifie_par=par)
    _remplir(point, territoire, contenu)
    journal.ecrire("ajouter_contact", par=par, territoire=territoire, objet=point)
    return point


@transaction.atomic
def modifier_point(
    *, point: PointDeContact, contenu: dict, par, attendu: str | None = None
) -> PointDeContact:
    """Changes what the directory says of a desk, which is thereby verified today.

    `attendu` is the fingerprint of what it said when it was shown: raises ModifieEntreTemps when it
    no longer says that.
    """
    point = _verrouiller(point)
    if attendu is not None and empreinte_de(contenu_de(point)) != attendu:
        raise ModifieEntreTemps(point)
    point.verifie_le, point.verifie_par = timezone.localdate(), par
    _remplir(point, point.organisme.territoire, contenu)
    _noter("modifier_contact", point, par)
    return point


@transaction.atomic
def verifier_point(*, point: PointDeContact, par) -> None:
    """Says that what the directory says of this desk is right today."""
    point = _verrouiller(point)
    point.verifie_le, point.verifie_par = timezone.localdate(), par
    point.save(update_fields=["verifie_le", "verifie_par"])
    _noter("verifier_contact", point, par)


@transaction.atomic
def retirer_point(*, point: PointDeContact, par) -> None:
    """Takes a desk out of the directory; it can be put back."""
    point = _verrouiller(point)
    point.retire = True
    point.save(update_fields=["retire"])
    _noter("retirer_contact", point, par)


@transaction.atomic
def remettre_point(*, point: PointDeContact, par) -> None:
    """Puts a desk back in the directory."""
    point = _verrouiller(point)
    point.retire = False
    point.save(update_fields=["retire"])
    _noter("remettre_contact", point, par)


@transaction.atomic
def proposer_correction(
    *, territoire: Territoire, point: PointDeContact | None, contenu: dict, commentaire: str, par
) -> Correction:
    """What a member would change of a desk (only the fields that differ), or a desk to add."""
    if point is not None:
        actuel = contenu_de(point)
        contenu = {nom: valeur for nom, valeur in contenu.items() if valeur != actuel[nom]}
    correction = Correction.objects.create(
        territoire=territoire, point=point, contenu=contenu, commentaire=commentaire, par=par
    )
    journal.ecrire("proposer_correction", par=par, territoire=territoire, objet=correction)
    return correction


@transaction.atomic
def accepter_correction(*, correction: Correction, contenu: dict, par) -> PointDeContact:
    """The directory says from now on what was proposed; `contenu` is the whole desk, judged.

    Raises DejaTraitee.
    """
    correction = _traiter(correction, Correction.Etat.ACCEPTEE, par)
    journal.ecrire(
        "accepter_correction", par=par, territoire=correction.territoire, objet=correction
    )
    if correction.point is None:
        correction.point = ajouter_point(territoire=correction.territoire, contenu=contenu, par=par)
        correction.save(update_fields=["point"])
        return correction.point
    return modifier_point(point=correction.point, contenu=contenu, par=par)


@transaction.atomic
def refuser_correction(*, correction: Correction, par) -> None:
    """The directory does not change. Raises DejaTraitee."""
    correction = _traiter(correction, Correction.Etat.REFUSEE, par)
    journal.ecrire(
        "refuser_correction", par=par, territoire=correction.territoire, objet=correction
    )


def _traiter(correction: Correction, etat: str, par) -> Correction:
    correction = Correction.objects.select_for_update().get(pk=correction.pk)
    if correction.etat != Correction.Etat.PROPOSEE:
        raise DejaTraitee
    correction.etat, correction.traitee_par, correction.traitee_le = etat, par, timezone.now()
    correction.save()
    return correction


def _verrouiller(point: PointDeContact) -> PointDeContact:
    return PointDeContact.objects.select_for_update(of=["self"]).get(pk=point.pk)


def _remplir(point: PointDeContact, territoire: Territoire, contenu: dict) -> None:
    point.organisme = territoire.organismes.get(pk=contenu["organisme"])
    for nom in TEXTES:
        setattr(point, nom, contenu[nom])
    point.save()
    point.droits.set(Droit.objects.connues_de([territoire]).filter(code__in=contenu["droits"]))


def _noter(geste: str, point: PointDeContact, par) -> None:
    journal.ecrire(geste, par=par, territoire=point.organisme.territoire, objet=point)
