"""A batch written at once, for tests of what is made of it: small counts hidden, one by one.

This is not how a batch is protected (`pilotage.protection` is, and takes its time): the
complementary cells are left. Do not read secrecy in it.
"""

from typing import Any

from django.http import QueryDict
from django.utils import timezone

from pilotage.models import Lot
from pilotage.preparation import Lecteur, preparer
from pilotage.protegees import (
    Audience,
    CroisementEnOngletsProtege,
    CroisementProtege,
    DistributionProtegee,
    StatistiquesProtegees,
)
from territoires.models import Territoire

SEUIL = 5


def ecrire_lot(territoire: Territoire | None, annee: int, audience: str) -> Lot:
    """The batch of a territory, or the national one, with this year and the whole."""
    periodes = {
        "tout": _periode(territoire, ""),
        str(annee): _periode(territoire, f"annee={annee}"),
    }
    return Lot.objects.create(
        territoire=territoire,
        audience=audience,
        etat=Lot.Etat.PRET,
        seuil=SEUIL,
        arrete_le=timezone.now(),
        proteges={"periodes": periodes},
    )


def _periode(territoire: Territoire | None, question: str) -> dict[str, Any]:
    if territoire is not None:
        return _stats(_libres(frozenset({territoire.pk}), question, noyau=False))
    tous = {t.nom: t.pk for t in Territoire.objects.all()}
    ensemble = _stats(_libres(frozenset(tous.values()), question, noyau=True))
    parts = {
        nom: _stats(_libres(frozenset({pk}), question, noyau=True)) for nom, pk in tous.items()
    }
    return {**ensemble, "territoires": parts}


def _libres(territoires: frozenset[int], question: str, *, noyau: bool) -> StatistiquesProtegees:
    lecteur = Lecteur(Audience.COMITE_TECHNIQUE, territoires, 1, noyau)
    preparation = preparer(lecteur, QueryDict(question))
    return preparation.compter(preparation.demande, preparation.plan())


def _vu(effectif: int | None) -> int | None:
    return None if effectif is not None and 0 < effectif < SEUIL else effectif


def _stats(stats: StatistiquesProtegees) -> dict[str, Any]:
    parcours, reunis = stats.parcours, stats.cooccurrence
    chiffres = ("situations", "non_recours", "validees", "cumul", "plus_d_un_an", "droits_ouverts")
    return {
        **{nom: _vu(getattr(stats, nom)) for nom in chiffres},
        "contributeurs": _vu(stats.contributeurs.organismes),
        "distributions": {d.variable: _distribution(d) for d in stats.distributions.values()},
        "croisements": [_croisement(noms, c) for noms, c in stats.croisements.items()],
        "cooccurrence": {
            "base": _vu(reunis.base),
            "droits": [list(droit) for droit in reunis.droits],
            "cellules": [list(map(_vu, ligne)) for ligne in reunis.cellules],
        },
        "parcours": {
            "reperes": _vu(parcours.reperes),
            "informes": _vu(parcours.informes),
            "demandes": _vu(parcours.demandes),
            "issues": {nom: _vu(n) for nom, n in parcours.issues.items()},
        },
    }


def _distribution(distribution: DistributionProtegee) -> dict[str, Any]:
    return {
        "libelle": distribution.libelle,
        "base": distribution.base,
        "total": _vu(distribution.total),
        "lignes": [[x.code, x.libelle, _vu(x.effectif), x.raffine] for x in distribution.lignes],
        "sans_reponse": _vu(distribution.sans_reponse),
        "multiple": distribution.multiple,
    }


def _croisement(
    noms: tuple[str, ...], croisement: CroisementProtege | CroisementEnOngletsProtege
) -> dict[str, Any]:
    assert isinstance(croisement, CroisementProtege)
    return {
        "variables": list(noms),
        "libelles": [croisement.libelle_ligne, croisement.libelle_colonne],
        "base": croisement.base,
        "multiple": croisement.multiple,
        "lignes": [list(ligne) for ligne in croisement.lignes],
        "colonnes": [list(colonne) for colonne in croisement.colonnes],
        "cellules": [list(map(_vu, ligne)) for ligne in croisement.cellules],
        "marge_lignes": list(map(_vu, croisement.marge_lignes)),
        "marge_colonnes": list(map(_vu, croisement.marge_colonnes)),
        "total": _vu(croisement.total),
    }
