"""From the projection's tables to a snapshot, then from what changed to the next one.

Everything is read in one transaction that sees one state of the database. What a transaction
wrote is found again by its stamp: those that had not ended when `horizon` was read have a number
at or above it, so nothing is ever missed; what is read twice replaces itself.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from django.db import connection, transaction

from pilotage.instantane.binaire import Recepteur
from pilotage.instantane.bloc import BlocSimple, Entetes
from pilotage.instantane.dense import BlocDense
from pilotage.instantane.dictionnaire import Dictionnaire, Nature
from pilotage.instantane.encodage import Encodeur, Recodages
from pilotage.instantane.etat import Instantane
from pilotage.lecture import recodages_de
from situations.models import Code, Variable
from situations.moteur.genres import GENRES
from territoires.models import Organisme, Territoire

SITUATIONS, NON_RECOURS = "situations_faitsituation", "situations_faitnonrecours"
CHAMPS_SITUATION = (
    "f.situation_id", "f.territoire_id::bigint", "f.mois::bigint",
    "(f.transmise_le - DATE '2000-01-01')::bigint", "f.validee::int::bigint",
    "COALESCE(f.organisme_id, 0)::bigint",
)  # fmt: skip
CHAMPS_NON_RECOURS = ("n.situation_id", "f.territoire_id::bigint")
# A single slice of time, and a plan that follows the index of stamps whatever the planner believes.
VOIR = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
PAR_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
CHANGE = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text,
        EXISTS (SELECT FROM situations_faitsituation WHERE estampille >= %(horizon)s::xid8)
        OR EXISTS (SELECT FROM situations_faitretire WHERE estampille >= %(horizon)s::xid8)
        OR EXISTS (SELECT FROM situations_revision WHERE estampille >= %(horizon)s::xid8)
"""


# The cluster, its history, the database in it; and whether its clock is not behind this horizon.
EMPREINTE = """
    SELECT s.system_identifier || '-' || c.timeline_id || '-' || d.oid,
        COALESCE(%(horizon)s::xid8 <= pg_snapshot_xmax(pg_current_snapshot()), true)
    FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d
    WHERE d.datname = current_database()
"""
RECALER = """
    UPDATE situations_faitsituation SET estampille = estampille
    WHERE estampille > pg_current_xact_id();
    UPDATE situations_faitretire SET estampille = pg_current_xact_id()
    WHERE estampille > pg_current_xact_id();
    UPDATE situations_revision SET estampille = pg_current_xact_id()
    WHERE estampille > pg_current_xact_id();
"""


def empreinte_de_la_base(horizon: int | None) -> str:
    """Names the database that is read; another name when it is older than `horizon`, which says
    that it was restored."""
    with connection.cursor() as curseur:
        curseur.execute(EMPREINTE, {"horizon": None if horizon is None else str(horizon)})
        empreinte, continue_ = curseur.fetchone()
    return empreinte if continue_ else f"{empreinte}-{horizon}"


@contextmanager
def instant_de_la_base() -> Iterator[Any]:
    """A cursor that sees one state of the database. Not inside another transaction."""
    with transaction.atomic(durable=True), connection.cursor() as curseur:
        curseur.execute(VOIR)
        yield curseur


def recaler() -> None:
    """After a restore into another cluster, stamps may be ahead of its transactions: they would
    be read again at each request. They take the number of this one."""
    with transaction.atomic(durable=True), connection.cursor() as curseur:
        curseur.execute(f"{PAR_INDEX}; {RECALER}")


class Lecture(NamedTuple):
    """All the facts as plain columns, and what their ranks mean."""

    bloc: BlocSimple
    horizon: int
    dictionnaire: Dictionnaire
    organismes: dict[int, int]
    codes: dict[int, tuple[str, str]]
    categories: dict[int, str]


def lire_tout() -> Lecture:
    """Reads the tables whole."""
    recaler()
    with instant_de_la_base() as curseur:
        horizon = _horizon(curseur)
        dictionnaire, organismes = Dictionnaire(), {}
        codes, categories = codes_et_categories()
        _nommer(dictionnaire, codes)
        tous = Territoire.objects.values_list("pk", flat=True)
        encodeur = Encodeur(dictionnaire, _recodages(dictionnaire, codes, tous), organismes)
        _copier(curseur, encodeur)
    return Lecture(encodeur.bloc(), horizon, dictionnaire, organismes, codes, categories)


def charger() -> Instantane:
    """All the facts, packed."""
    bloc, horizon, *reste = lire_tout()
    dictionnaire = reste[0]
    aucune = np.zeros(0, dtype=np.int64)
    return Instantane(BlocDense.depuis(bloc, dictionnaire), horizon, *reste, aucune)


def _horizon(curseur) -> int:
    curseur.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
    return int(curseur.fetchone()[0])


def codes_et_categories() -> tuple[dict[int, tuple[str, str]], dict[int, str]]:
    """What is read anew when a file is opened: number → (variable, code), organisme → category."""
    codes = {n: (v, c) for n, v, c in Code.objects.values_list("numero", "variable", "code")}
    return codes, dict(Organisme.objects.values_list("pk", "categorie"))


def _nommer(dictionnaire: Dictionnaire, codes: dict[int, tuple[str, str]]) -> None:
    """Learns the variables and the numbers given since."""
    codes |= codes_et_categories()[0]
    natures = {
        code: Nature(portee, GENRES[genre].est_multiple, territoire is not None)
        for code, portee, genre, territoire in Variable.objects.values_list(
            "code", "portee", "genre", "territoire"
        )
    }
    dictionnaire.connaitre(natures, {numero: v for numero, (v, _) in codes.items()})


def _recodages(
    dictionnaire: Dictionnaire, codes: dict[int, tuple[str, str]], territoires: Iterable[int]
) -> Recodages:
    tables = recodages_de(territoires)
    if not tables:
        return Recodages()
    return Recodages(
        tables=tables,
        variable_de={numero: variable for numero, (variable, _) in codes.items()},
        simples=frozenset(v for v, n in dictionnaire.natures.items() if not n.multiple),
    )


def _copier(curseur, encodeur: Encodeur) -> None:
    def recevoir_situations(colonnes: list[np.ndarray], numeros: np.ndarray) -> None:
        ids, territoires, mois, transmises, validees, organismes = colonnes
        entetes = Entetes(ids, territoires, mois.astype(np.int16), transmises.astype(np.uint16))
        encodeur.situations(entetes, validees, organismes, numeros)

    def recevoir_non_recours(colonnes: list[np.ndarray], numeros: np.ndarray) -> None:
        encodeur.non_recours(*colonnes, numeros)

    for champs, depuis, codes, recevoir in (
        (CHAMPS_SITUATION, f"{SITUATIONS} f", "f.codes", recevoir_situations),
        (
            CHAMPS_NON_RECOURS,
            f"{NON_RECOURS} n JOIN {SITUATIONS} f ON f.situation_id = n.situation_id",
            "n.codes",
            recevoir_non_recours,
        ),
    ):
        curseur.execute(f"SELECT COALESCE(max(cardinality({codes})), 0) + 1 FROM {depuis}")
        (largeur,) = curseur.fetchone()
        recepteur = Recepteur(len(champs), largeur, recevoir)
        # Rows of one length: numbers are filled up with zeros.
        complets = f"{codes} || array_fill(0, ARRAY[{largeur} - cardinality({codes})])"
        curseur.copy_expert(
            f"COPY (SELECT {', '.join(champs)}, {complets} FROM {depuis}) "
            "TO STDOUT (FORMAT binary)",
            recepteur,
        )
        recepteur.fermer()


def rafraichir(instantane: Instantane) -> Instantane:
    """The same with all that was written since; itself when nothing was."""
    with instant_de_la_base() as curseur:
        parametres = {"horizon": str(instantane.horizon)}
        curseur.execute(f"{PAR_INDEX}; {CHANGE}", parametres)
        horizon, a_change = curseur.fetchone()
        if not a_change:
            return instantane
        return _avancer(curseur, instantane, int(horizon), parametres)


def _avancer(curseur, instantane: Instantane, horizon: int, parametres: dict) -> Instantane:
    def lire(ordre: str, **autres) -> list[tuple]:
        curseur.execute(ordre, {**parametres, **autres})
        return curseur.fetchall()

    revises = [
        t
        for (t,) in lire(
            "SELECT territoire FROM situations_revision WHERE estampille >= %(horizon)s::xid8"
        )
    ]
    territoires = frozenset(revises) - {0}
    autres = {}
    if 0 in revises:
        autres["categories"] = dict(Organisme.objects.values_list("pk", "categorie"))
    retirees = lire(
        "SELECT situation FROM situations_faitretire WHERE estampille >= %(horizon)s::xid8"
    )
    situations = lire(
        f"SELECT {', '.join(CHAMPS_SITUATION)}, f.codes FROM {SITUATIONS} f "
        "WHERE f.estampille >= %(horizon)s::xid8 OR f.territoire_id = ANY(%(territoires)s)"
        if territoires
        else f"SELECT {', '.join(CHAMPS_SITUATION)}, f.codes FROM {SITUATIONS} f "
        "WHERE f.estampille >= %(horizon)s::xid8",
        territoires=list(territoires),
    )
    ids = [ligne[0] for ligne in situations]
    non_recours = lire(
        f"SELECT n.situation_id, n.codes FROM {NON_RECOURS} n WHERE n.situation_id = ANY(%(ids)s)",
        ids=ids,
    )
    apport = _encoder(instantane, situations, non_recours)
    changees = np.array([*ids, *(pk for (pk,) in retirees)], dtype=np.int64)
    return instantane.remplacer(changees, territoires, apport, horizon=horizon, **autres)


def _encoder(
    instantane: Instantane, situations: list[tuple], non_recours: list[tuple]
) -> BlocSimple:
    """These rows as a block, in the snapshot's own ranks; new codes are learnt on the way."""
    dictionnaire, codes = instantane.dictionnaire, instantane.codes
    numeros = {n for ligne in (*situations, *non_recours) for n in ligne[-1]}
    lieux_touches = {ligne[1] for ligne in situations}
    recodages = _recodages(dictionnaire, codes, lieux_touches)
    numeros.update(*(table.values() for table in recodages.tables.values()))
    if not numeros <= codes.keys():
        _nommer(dictionnaire, codes)
        recodages = _recodages(dictionnaire, codes, lieux_touches)
    encodeur = Encodeur(dictionnaire, recodages, instantane.organismes)
    colonnes = np.array([ligne[:-1] for ligne in situations], dtype=np.int64).reshape(-1, 6).T
    ids, territoires, mois, transmises, validees, organismes = colonnes
    entetes = Entetes(ids, territoires, mois.astype(np.int16), transmises.astype(np.uint16))
    encodeur.situations(entetes, validees, organismes, _matrice([s[-1] for s in situations]))
    parents = np.array([ligne[0] for ligne in non_recours], dtype=np.int64)
    ordre = np.argsort(ids)
    lieux = territoires[ordre[np.searchsorted(ids, parents, sorter=ordre)]]
    encodeur.non_recours(parents, lieux, _matrice([n[-1] for n in non_recours]))
    return encodeur.bloc()


def _matrice(lignes: list[list[int]]) -> np.ndarray:
    numeros = np.zeros((len(lignes), max(map(len, lignes), default=0)), dtype=np.int32)
    for ligne, valeurs in zip(numeros, lignes, strict=True):
        ligne[: len(valeurs)] = valeurs
    return numeros
