"""More situations, copied from those that were really written, into territories of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import cycle
from uuid import UUID

from django.db import connection, transaction

from situations.actions import creer_territoire
from situations.demonstration.territoires import TerritoireDemo
from situations.versions import version_en_vigueur
from territoires.actions import creer_organisme
from territoires.models import Territoire

# About as many situations as a territory gathers in a few very good years.
PAR_TERRITOIRE = 4000
COPIER = "COPY {table} ({colonnes}) {sens}"
# Copied as they are; what changes from one territory to another comes before.
SITUATION = (
    "statut, motif_ecart, mois_observation, reponses, cree_le, modifiee_le, transmise_le, "
    "validee_le, auteur_id"
)
NON_RECOURS = "rang, droit, type, motif_principal, motifs_secondaires, organisme, reponses, retire"
FAIT = "mois, transmise_le, validee, codes"


@dataclass(frozen=True)
class Modele:
    """A counted situation: its rows as PostgreSQL writes them, and the name of its organisme."""

    situation: str
    organisme: str
    fait: str
    non_recours: list[str]
    faits: list[str]


def recopier(
    gabarits: Sequence[tuple[Territoire, TerritoireDemo]],
    nombre: int,
    numeros: Iterator[str],
    *,
    par,
) -> None:
    """Copies `nombre` situations of these territories into new ones, by COPY."""
    if not nombre:
        return
    viviers = [cycle(_lire(territoire)) for territoire, _ in gabarits]
    combien = max(1, round(nombre / PAR_TERRITOIRE))
    poids = [gabarits[i % len(gabarits)][1].nombre for i in range(combien)]
    restants = nombre
    for i, part in enumerate(poids):
        taille = restants if i == combien - 1 else nombre * part // sum(poids)
        restants -= taille
        _, modele = gabarits[i % len(gabarits)]
        with transaction.atomic():
            _peupler(modele, i, [next(viviers[i % len(viviers)]) for _ in range(taille)],
                     numeros, par)  # fmt: skip


def reserver_ids(table: str, nombre: int) -> list[int]:
    """That many keys of this table, nobody else's."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, nombre],
        )
        return [cle for (cle,) in curseur.fetchall()]


def _lire(territoire: Territoire) -> list[Modele]:
    """The counted situations of a territory."""
    ou = f"f.territoire_id = {territoire.pk}"
    faits = "situations_faitsituation f JOIN situations_situation s ON s.id = f.situation_id"
    tetes = _lignes(
        f"SELECT s.id, o.nom, {_de('s', SITUATION)} FROM {faits} "
        f"JOIN territoires_organisme o ON o.id = s.organisme_id WHERE {ou} ORDER BY s.id"
    )
    comptees = _lignes(f"SELECT {_de('f', FAIT)} FROM {faits} WHERE {ou} ORDER BY s.id")
    enfants: dict[str, tuple[list[str], list[str]]] = {}
    depuis = (
        f"{faits} JOIN situations_faitnonrecours c ON c.situation_id = s.id "
        f"JOIN situations_nonrecours n ON n.id = c.non_recours_id WHERE {ou} ORDER BY n.id"
    )
    for ligne in _lignes(f"SELECT s.id, c.codes, {_de('n', NON_RECOURS)} FROM {depuis}"):
        cle, codes, reste = ligne.split("\t", 2)
        lignes, faites = enfants.setdefault(cle, ([], []))
        lignes.append(reste)
        faites.append(codes)
    modeles = []
    for tete, fait in zip(tetes, comptees, strict=True):
        cle, organisme, situation = tete.split("\t", 2)
        modeles.append(Modele(situation, organisme, fait, *enfants[cle]))
    return modeles


def _de(alias: str, colonnes: str) -> str:
    return ", ".join(f"{alias}.{colonne}" for colonne in colonnes.split(", "))


def _lignes(requete: str) -> list[str]:
    """The rows in COPY's own text, which reads back as it is written."""
    flux = StringIO()
    with connection.cursor() as curseur:
        curseur.copy_expert(f"COPY ({requete}) TO STDOUT", flux)
    return flux.getvalue().splitlines()


def _peupler(
    modele: TerritoireDemo, rang: int, modeles: list[Modele], numeros: Iterator[str], par
) -> None:
    territoire = creer_territoire(
        nom=f"{modele.nom} {rang + 2}",
        slug=f"{modele.slug}-{rang + 2}",
        niveau=modele.niveau,
        communes=[],
        par=par,
    )
    organismes = {
        o.nom: creer_organisme(territoire=territoire, nom=o.nom, categorie=o.categorie, par=par).pk
        for o in modele.organismes
    }
    version = version_en_vigueur(territoire).pk
    tables: dict[str, list[str]] = {"s": [], "n": [], "fs": [], "fn": []}
    cles = reserver_ids("situations_situation", len(modeles))
    enfants = iter(reserver_ids("situations_nonrecours", sum(len(m.faits) for m in modeles)))
    for cle, m in zip(cles, modeles, strict=True):
        organisme = organismes[m.organisme]
        tables["s"].append(
            f"{cle}\t{UUID(int=cle)}\t{next(numeros)}\t{territoire.pk}\t{version}\t{organisme}"
            f"\t{m.situation}"
        )
        tables["fs"].append(f"{cle}\t{territoire.pk}\t{organisme}\t{m.fait}")
        for ligne, codes in zip(m.non_recours, m.faits, strict=True):
            enfant = next(enfants)
            tables["n"].append(f"{enfant}\t{cle}\t{ligne}")
            tables["fn"].append(f"{enfant}\t{cle}\t{codes}")
    for table, colonnes, lignes in (
        ("situations_situation", f"id, cle, numero, territoire_id, version_id, organisme_id, {SITUATION}", tables["s"]),
        ("situations_nonrecours", f"id, situation_id, {NON_RECOURS}", tables["n"]),
        ("situations_faitsituation", f"situation_id, territoire_id, organisme_id, {FAIT}", tables["fs"]),
        ("situations_faitnonrecours", "non_recours_id, situation_id, codes", tables["fn"]),
    ):  # fmt: skip
        with connection.cursor() as curseur:
            flux = StringIO("\n".join(lignes) + "\n")
            curseur.copy_expert(
                COPIER.format(table=table, colonnes=colonnes, sens="FROM STDIN"), flux
            )
