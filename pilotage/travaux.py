"""Batches of figures, the worker's own work: nobody does it, so nobody signs it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from pilotage.lecture import assembler, lire_lignes, variables_comptees, variables_locales
from pilotage.lots.ailleurs import LotLu, lus_ailleurs
from pilotage.lots.avancement import arreter, au_moins, empreinte, pour_commencer
from pilotage.lots.comptage import Comptage
from pilotage.lots.liste import liste_de, periodes_de, periodes_nationales
from pilotage.lots.memoire import (
    ecrire_masques,
    imposes_par,
    inchanges,
    masques_de,
    reunir,
    sommes_de,
    sommes_inchangees,
)
from pilotage.lots.montrer import Montrer
from pilotage.lots.plan import croisements_des_lots, tables_des_lots, tables_du_noyau
from pilotage.lots.tranches import Tranche
from pilotage.models import CroisementMontre, Lot
from pilotage.protection.audit import TropLong
from pilotage.protection.proteger import proteger
from situations.models import FaitSituation
from situations.moteur.genres import GENRES
from situations.versions import definition_de, version_en_vigueur
from territoires import journal
from territoires.models import Organisme, Territoire
from territoires.models.lieux import SEUIL_COPIL_PLANCHER

DELAI = timedelta(days=28)
# A preparation that has not ended by then was interrupted.
PATIENCE = timedelta(minutes=30)
# Proofs still sought by then would keep the other territories waiting.
DUREE = timedelta(minutes=15)
Audience, Etat = Lot.Audience, Lot.Etat
TROP_LONGUE = {
    Audience.TERRITOIRE: "Les croisements montrés au comité de pilotage sont trop nombreux pour être "
    "protégés tous ensemble. La préparation recommencera dès que le comité technique en aura retiré "
    "un, d’abord parmi ceux de trois variables.",
    Audience.PUBLIC: "Les croisements sont trop nombreux pour être protégés tous ensemble au seuil "
    "du public. Que le comité technique en retire un, d’abord parmi ceux de trois variables\u00a0: "
    "la publication pourra se préparer de nouveau une fois les prochains chiffres arrêtés.",
}
INTERROMPUE = "La préparation des chiffres a été interrompue."


def dernier_lot(territoire: Territoire | None, audience: str) -> Lot | None:
    """The batch that this audience reads."""
    lots = Lot.objects.filter(territoire=territoire, audience=audience, etat=Etat.PRET)
    return lots.defer("exacts").order_by("-arrete_le", "-pk").first()


def en_preparation(territoire: Territoire | None, audience: str) -> Lot | None:
    attendus = Lot.objects.filter(territoire=territoire, audience=audience)
    return attendus.filter(etat=Etat.EN_PREPARATION).defer("exacts", "proteges").first()


def prochain_le(lot: Lot) -> date:
    """The day from which the figures may advance."""
    return (timezone.localtime(lot.arrete_le) + DELAI).date()


def est_du(territoire: Territoire | None, lot: Lot | None, seuil: int) -> bool:
    """Whether a batch should be prepared: enough time, and perhaps enough situations."""
    if lot is not None and timezone.localdate() < prochain_le(lot):
        return False
    if territoire is None:
        recents = Lot.objects.filter(audience=Audience.TERRITOIRE, etat=Etat.PRET)
        depuis = {"arrete_le__gt": lot.arrete_le} if lot is not None else {}
        return recents.filter(**depuis).exists()
    if est_a_alleger(territoire):
        return False
    faits = FaitSituation.objects.filter(territoire=territoire)
    if lot is None:
        return faits[: pour_commencer(seuil)].count() >= pour_commencer(seuil)
    if lot.exacts.get("examine_le") == timezone.localdate().isoformat():
        return False
    nouvelles = faits.filter(transmise_le__gte=timezone.localtime(lot.arrete_le).date())
    return nouvelles[: au_moins(seuil)].count() >= au_moins(seuil)


def est_a_alleger(territoire: Territoire) -> bool:
    """Whether the latest preparation was too long, and no crossing has been taken off since,
    though one may be."""
    lots = Lot.objects.filter(territoire=territoire, audience=Audience.TERRITOIRE)
    dernier = lots.order_by("-demande_le", "-pk").values_list("demande_le", "etat").first()
    if dernier is None or dernier[1] != Etat.ECHEC:
        return False
    trop_longs = lots.filter(demande_le=dernier[0], exacts__trop_longue=True)
    croisements = CroisementMontre.objects.filter(territoire=territoire)
    return (
        trop_longs.exists()
        and croisements.filter(retire_le=None).exists()
        and not croisements.filter(retire_le__gt=dernier[0]).exists()
    )


def seuil_de(territoire: Territoire | None, audience: str) -> int:
    """The threshold of the audience; nationally, the strictest of all."""
    if audience == Audience.PUBLIC:
        return territoire.seuil_public
    if territoire is not None:
        return territoire.seuil_copil
    seuils = Territoire.objects.values_list("seuil_copil", flat=True)
    return max(seuils, default=SEUIL_COPIL_PLANCHER)


def demander_lot(territoire: Territoire | None, audience: str) -> Lot | None:
    """A batch to prepare; None when one is being prepared already."""
    limite = timezone.now() - PATIENCE
    for oublie in Lot.objects.filter(
        territoire=territoire, audience=audience, etat=Etat.EN_PREPARATION, demande_le__lt=limite
    ):
        echouer(oublie, INTERROMPUE)
    try:
        with transaction.atomic():
            return Lot.objects.create(
                territoire=territoire, audience=audience, seuil=seuil_de(territoire, audience)
            )
    except IntegrityError:
        return None


def echouer(lot: Lot, message: str, *, trop_longue: bool = False) -> None:
    """The batch will not come; the one before stays, and another may be asked for."""
    lot.etat, lot.exacts = Etat.ECHEC, {"echec": message, "trop_longue": trop_longue}
    lot.save(update_fields=["etat", "exacts"])


def preparer_lot(lot: Lot) -> None:
    """Counts, protects and keeps the tables; does nothing when none has advanced enough."""
    if lot.etat != Etat.EN_PREPARATION:
        return
    fini = False
    try:
        if lot.audience == Audience.NATIONAL:
            _preparer_national(lot)
        elif lot.audience == Audience.PUBLIC:
            _preparer_publication(lot)
        else:
            _preparer_territoire(lot)
        fini = True
    except TropLong:
        echouer(lot, TROP_LONGUE[lot.audience], trop_longue=True)
        fini = True
    finally:
        if not fini:
            echouer(lot, INTERROMPUE)


def _avancer(lot: Lot, progression: int) -> None:
    Lot.objects.filter(pk=lot.pk).update(progression=progression)


def _preparer_territoire(lot: Lot) -> None:
    territoire, precedent = lot.territoire, dernier_lot(lot.territoire, lot.audience)
    _avancer(lot, 5)
    anciennes = tranches_de(precedent)
    tables, croisements, locales = _tables(territoire)
    actuelles = compter_les_annees(territoire, tables)
    _avancer(lot, 25)
    seuil = lot.seuil
    tranches, avancees = arreter(anciennes, actuelles, seuil)
    completees = {annee for annee in tranches if tranches[annee] is not anciennes.get(annee)}
    if not completees and tranches.keys() == anciennes.keys():
        _renoncer(lot, precedent)
        return
    conserver(lot, tranches, croisements, locales, precedent, avancees)
    _dire_les_absentes(lot, actuelles.keys() - tranches.keys())


def _renoncer(lot: Lot, precedent: Lot | None) -> None:
    """No year advanced: the figures stay, and are not examined again today."""
    if precedent is not None:
        precedent.exacts["examine_le"] = timezone.localdate().isoformat()
        precedent.save(update_fields=["exacts"])
    lot.delete()


def conserver(
    lot: Lot,
    tranches: Mapping[int, Tranche],
    croisements: Sequence[tuple[str, ...]],
    locales: Sequence[str],
    precedent: Lot | None,
    avancees: set[int],
    source: Lot | None = None,
) -> None:
    """Protects these years together and keeps the batch, ready to be read.

    `precedent`: the one that its readers have in mind: what it hid stays hidden while it counts as
    many. `source`: the territory's batch that is published; what it hides stays hidden.
    """
    periodes = periodes_de(list(tranches.values()))
    liste = liste_de(periodes)
    imposes, sommes_imposees, a_cacher, sommes_a_cacher = {}, {}, {}, set()
    if precedent is not None:
        gardes = precedent.exacts["masques"]
        anciennes = periodes_de(list(tranches_de(precedent).values()))
        a_cacher = inchanges(gardes, anciennes, periodes)
        sommes_a_cacher = sommes_inchangees(gardes, anciennes, periodes, liste.sommes)
        if precedent.seuil == lot.seuil:
            imposes, sommes_imposees = imposes_par(gardes, periodes, avancees)
    if source is not None:
        gardes = source.exacts["masques"]
        a_cacher = reunir(a_cacher, masques_de(gardes, periodes))
        sommes_a_cacher |= sommes_de(gardes)
    masques = proteger(
        liste,
        lot.seuil,
        imposes,
        sommes_imposees,
        a_cacher,
        sommes_a_cacher,
        duree=DUREE.total_seconds(),
    )
    _avancer(lot, 90)
    lot.exacts = {
        "tranches": [tranche.ecrire() for tranche in tranches.values()],
        "masques": ecrire_masques(masques),
        "croisements": [list(c) for c in croisements],
    }
    lot.proteges = Montrer(periodes, masques, croisements).ecrire() | {"locales": list(locales)}
    _terminer(lot)


def _preparer_publication(lot: Lot) -> None:
    """From what the territory's own batch counted; a year published before is published again as
    it was until enough has changed for the public's threshold."""
    source = dernier_lot(lot.territoire, Audience.TERRITOIRE)
    publies = Lot.objects.filter(
        territoire=lot.territoire,
        audience=Audience.PUBLIC,
        etat=Etat.PRET,
        publication__publiee_le__isnull=False,
    )
    precedent = publies.order_by("-arrete_le", "-pk").first()
    # « Depuis le début » must count the same years as the territory's, or their difference would
    # tell those that it leaves out.
    tranches, avancees = arreter(
        tranches_de(precedent), tranches_de(source), lot.seuil, pour_entrer=1
    )
    croisements = tuple(tuple(c) for c in source.exacts["croisements"])
    locales = source.proteges["locales"]
    _avancer(lot, 25)
    conserver(lot, tranches, croisements, locales, precedent, avancees, source)
    sues = set(source.proteges["annees_ecartees"]) | {t["annee"] for t in source.exacts["tranches"]}
    _dire_les_absentes(lot, sues - tranches.keys())


def _dire_les_absentes(lot: Lot, annees: Iterable[int]) -> None:
    """The years too small to be counted: the page says that « since the beginning » lacks them."""
    ecartees = {*lot.proteges["annees_ecartees"], *annees}
    lot.proteges["annees_ecartees"] = sorted(ecartees)
    lot.save(update_fields=["proteges"])


def _terminer(lot: Lot) -> None:
    lot.etat, lot.progression, lot.arrete_le = Etat.PRET, 100, timezone.now()
    lot.save(update_fields=["etat", "progression", "arrete_le", "exacts", "proteges"])
    journal.ecrire("preparer_lot", par=None, territoire=lot.territoire, objet=lot)


def _preparer_national(lot: Lot) -> None:
    """From what each territory's own batch counted: nationally, nothing advances by itself."""
    sources = {}
    for territoire in Territoire.objects.order_by("nom"):
        sien = dernier_lot(territoire, Audience.TERRITOIRE)
        if sien is not None:
            sources[territoire.slug] = sien
    noms = {slug: sien.territoire.nom for slug, sien in sources.items()}
    tranches = {slug: list(tranches_de(sien).values()) for slug, sien in sources.items()}
    periodes = periodes_nationales({slug: (noms[slug], tranches[slug]) for slug in sources})
    lots = {
        slug: LotLu(periodes_de(tranches[slug]), sien.exacts["masques"], sien.seuil)
        for slug, sien in sources.items()
    }
    a_cacher, connus = lus_ailleurs(periodes, lots, lot.seuil)
    precedent = dernier_lot(None, Audience.NATIONAL)
    if precedent is not None:
        anciennes = periodes_nationales(_sources_de(precedent))
        a_cacher = reunir(a_cacher, inchanges(precedent.exacts["masques"], anciennes, periodes))
    _avancer(lot, 25)
    masques = proteger(liste_de(periodes), lot.seuil, a_cacher=a_cacher, connus=connus)
    lot.exacts = {
        "masques": ecrire_masques(masques),
        "sources": {slug: sien.pk for slug, sien in sources.items()},
    }
    lot.proteges = Montrer(periodes, masques, ()).ecrire_national()
    _terminer(lot)
    sues = {annee for sien in sources.values() for annee in sien.proteges["annees_ecartees"]}
    _dire_les_absentes(lot, sues - {t.annee for siennes in tranches.values() for t in siennes})


def _sources_de(lot: Lot) -> dict[str, tuple[str, list[Tranche]]]:
    """The batches of territories that a national one was made of."""
    rangs = lot.exacts.get("sources", {})
    lots = Lot.objects.select_related("territoire").in_bulk(rangs.values())
    return {
        slug: (lots[pk].territoire.nom, list(tranches_de(lots[pk]).values()))
        for slug, pk in rangs.items()
        if pk in lots
    }


def tranches_de(lot: Lot | None) -> dict[int, Tranche]:
    """The years that a batch holds."""
    lues = lot.exacts.get("tranches", []) if lot is not None else []
    return {lue["annee"]: Tranche.lire(lue) for lue in lues}


def compter_les_annees(territoire: Territoire, tables) -> dict[int, Tranche]:
    """Each year of the territory as it is now."""
    ici = frozenset({territoire.pk})
    variables = variables_comptees(ici)
    lignes = lire_lignes(ici, variables)
    comptage = Comptage(
        assembler(lignes, variables),
        ici,
        tables,
        tables_du_noyau(),
        _choix(territoire),
        dict(Organisme.objects.values_list("pk", "categorie")),
    )
    par_annee: dict[int, list] = {}
    for ligne in lignes:
        par_annee.setdefault(2000 + ligne.situation.mois // 12, []).append(ligne)
    aujourd_hui = timezone.localdate()
    return {
        annee: comptage.tranche(
            annee,
            aujourd_hui,
            {str(s.id): empreinte(s.mois, s.organisme, s.numeros, blocs) for s, blocs in lues},
            Counter(s.organisme for s, _ in lues if s.organisme is not None),
        )
        for annee, lues in sorted(par_annee.items())
    }


def _tables(territoire: Territoire):
    """The names of the tables of the list, and the crossings among them."""
    montres = CroisementMontre.objects.filter(territoire=territoire, retire_le=None)
    croisements = croisements_des_lots([tuple(m.variables) for m in montres])
    locales = variables_locales([territoire.pk], publiables=True)
    return tables_des_lots(locales, croisements), croisements, locales


def _choix(territoire: Territoire) -> dict[str, tuple[int | None, tuple[str, ...]]]:
    """What the form in force says of its multiple choices."""
    version = version_en_vigueur(territoire)
    if version is None:
        return {}
    definition = definition_de(version.pk)
    return {
        question.variable: (
            question.max,
            tuple(option.code for option in definition.options(question) if option.exclusif),
        )
        for question in definition.questions.values()
        if GENRES[question.genre].est_multiple
    }
