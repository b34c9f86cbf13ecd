"""Reading the journal: in words, page after page, and as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from territoires.models import Journal, Territoire, Utilisateur
from territoires.referentiel import lire

PAR_PAGE = 50
# Read at once while a file is written.
PAR_LOT = 2000
# How a spreadsheet recognises a formula: it would run what somebody typed as their name.
FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ENTETES = (
    "Date et heure (Paris)",
    "Qui",
    "Adresse e-mail",
    "Geste",
    "Objet",
    "Numéro interne",
    "Territoire",
    "Adresse d’origine",
    "Résultat",
)


@cache
def libelles(sorte: str) -> dict[str, str]:
    """Code → words, for the gestures (« geste ») or the kinds of object (« objet »)."""
    return {ligne["code"]: ligne["libelle"] for ligne in lire("journal") if ligne["sorte"] == sorte}


def nommer_geste(geste: str) -> str:
    """A gesture in words; a refused page (« situations:lire ») by what it would have done."""
    connus = libelles("geste")
    _, deux_points, page = geste.rpartition(":")
    if not deux_points:
        return connus.get(geste, geste)
    return connus.get(page, f"Page « {page.replace('_', ' ')} »")


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A line in words; `le` is in Paris."""

    le: datetime
    qui: str
    courriel: str
    geste: str
    objet: str
    objet_id: str
    territoire: str
    adresse: str
    resultat: str
    refuse: bool


def lire_lignes(lignes: Iterable[Journal]) -> list[LigneLue]:
    """Lines in words, with the names that people and territories have today."""
    lignes = list(lignes)
    comptes = Utilisateur.objects.in_bulk({ligne.utilisateur_id for ligne in lignes} - {None})
    territoires = Territoire.objects.in_bulk({ligne.territoire_id for ligne in lignes} - {None})
    return [_lire(ligne, comptes, territoires) for ligne in lignes]


def _lire(ligne: Journal, comptes: dict, territoires: dict) -> LigneLue:
    compte = comptes.get(ligne.utilisateur_id)
    territoire = territoires.get(ligne.territoire_id)
    inconnu = "" if ligne.utilisateur_id is None else f"compte n° {ligne.utilisateur_id}"
    return LigneLue(
        le=timezone.localtime(ligne.le),
        qui=compte.nom if compte else inconnu,
        courriel=compte.email if compte else "",
        geste=nommer_geste(ligne.geste),
        objet=libelles("objet").get(ligne.objet, ligne.objet),
        objet_id=ligne.objet_id,
        territoire=territoire.nom if territoire else "",
        adresse=ligne.adresse or "",
        resultat=ligne.get_resultat_display(),
        refuse=ligne.resultat == Journal.Resultat.REFUSE,
    )


def repere(ligne: Journal) -> str:
    """Where a line stands in the journal: the next page begins after it."""
    return f"{ligne.le.isoformat()}_{ligne.pk}"


def apres(lignes: QuerySet[Journal], depuis: str) -> QuerySet[Journal]:
    """The lines, newest first, that come after this place; all of them when it is none.

    By key rather than by offset: lines written meanwhile shift nothing, and a far page costs what
    the first one does.
    """
    lignes = lignes.order_by("-le", "-id")
    le, _, pk = depuis.rpartition("_")
    try:
        moment = parse_datetime(le)
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment) or not pk.isdecimal() or len(pk) > 18:
        return lignes
    return lignes.filter(Q(le__lt=moment) | Q(le=moment, id__lt=int(pk)), le__lte=moment)


def page(lignes: QuerySet[Journal], depuis: str) -> tuple[list[LigneLue], str]:
    """One page after this place, and the place where the next one begins, "" at the end."""
    lues = list(apres(lignes, depuis)[: PAR_PAGE + 1])
    suite = repere(lues[PAR_PAGE - 1]) if len(lues) > PAR_PAGE else ""
    return lire_lignes(lues[:PAR_PAGE]), suite


def en_csv(lignes: QuerySet[Journal]) -> Iterator[bytes]:
    """The lines as a spreadsheet opens them in France: UTF-8 with its mark, semicolons."""
    yield "\ufeff".encode() + _rangee(ENTETES)
    depuis = ""
    while lot := list(apres(lignes, depuis)[:PAR_LOT]):
        yield b"".join(_rangee(_cellules(lue)) for lue in lire_lignes(lot))
        depuis = repere(lot[-1])


def _cellules(lue: LigneLue) -> tuple[str, ...]:
    return (
        f"{lue.le:%Y-%m-%d %H:%M:%S}",
        lue.qui,
        lue.courriel,
        lue.geste,
        lue.objet,
        lue.objet_id,
        lue.territoire,
        lue.adresse,
        lue.resultat,
    )


def _rangee(cellules: Iterable[str]) -> bytes:
    tampon = io.StringIO()
    csv.writer(tampon, delimiter=";", lineterminator="\r\n").writerow(map(_inerte, cellules))
    return tampon.getvalue().encode()


def _inerte(cellule: str) -> str:
    """A text that no spreadsheet runs: an apostrophe goes before what begins like a formula."""
    return f"'{cellule}" if cellule.lstrip(" \u00a0\u202f").startswith(FORMULE) else cellule
