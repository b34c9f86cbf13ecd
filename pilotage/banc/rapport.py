"""What the benchmark found: a table for people, one JSON object for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pilotage.banc.comptages import Comparaison, Instantanes
from pilotage.banc.gestes import GesteMesure
from pilotage.banc.mesures import Mesure
from pilotage.presentation.typographie import decimal, nombre

MOTEURS = {
    "nous": "nous",
    "duckdb": "DuckDB",
    "sql": "GROUP BY",
    "grouping_sets": "GROUPING SETS",
    "pandas": "pandas",
}


@dataclass(frozen=True)
class Rapport:
    """Everything that was measured; `preparation`: seconds to fill the database."""

    situations: int
    repetitions: int
    preparation: float
    comparaisons: list[Comparaison]
    instantanes: Instantanes
    pages: list[GesteMesure]
    gestes: list[GesteMesure]


def en_json(rapport: Rapport) -> dict:
    """The report as plain values: medians in milliseconds, unless the name says otherwise."""
    couts = rapport.instantanes
    return {
        "situations": rapport.situations,
        "repetitions": rapport.repetitions,
        "preparation_s": round(rapport.preparation, 1),
        "statistiques": {
            c.nom: {
                "situations": c.situations,
                "nous_p95_ms": round(c.mesures["nous"].p95, 3),
                **{f"{nom}_ms": round(c.mesures[nom].mediane, 3) for nom in MOTEURS},
            }
            for c in rapport.comparaisons
        },
        "page_ms": _en_json(rapport.pages),
        "gestes_ms": _en_json(rapport.gestes),
        "requetes": {g.nom: g.requetes for g in (*rapport.pages, *rapport.gestes)},
        "memoire_mo_par_million": round(couts.memoire * 1e6 / rapport.situations, 1),
        "chargement_s": round(couts.chargement, 2),
        "ouverture_ms": round(couts.ouverture, 1),
        **{
            f"rafraichissement_{combien}_ms": round(mesure.mediane, 3)
            for combien, mesure in couts.rafraichissements.items()
        },
    }


def _en_json(gestes: Iterable[GesteMesure]) -> dict[str, float]:
    return {geste.nom: round(geste.mesure.mediane, 3) for geste in gestes}


def en_texte(rapport: Rapport) -> str:
    """Tables, in French."""
    entete = (
        f"{nombre(rapport.situations)} situations, préparées en {decimal(rapport.preparation)} s. "
        f"Médiane (et 95e centile) de {rapport.repetitions} tours au plus, en millisecondes."
    )
    comptages = [
        ("Tout le tableau de bord", "situations", *MOTEURS.values(), "DuckDB ÷ nous",
         "SETS ÷ nous"),
        *(
            (c.nom, nombre(c.situations), *(_duree(c.mesures[nom]) for nom in MOTEURS),
             decimal(c.mesures["nous"].rapport(c.mesures["duckdb"])),
             decimal(c.mesures["nous"].rapport(c.mesures["grouping_sets"])))
            for c in rapport.comparaisons
        ),
    ]  # fmt: skip
    couts = rapport.instantanes
    instantane = [
        ("L’instantané", "mesure"),
        ("chargement", f"{decimal(couts.chargement)} s"),
        ("ouverture du fichier", f"{decimal(couts.ouverture)} ms"),
        ("mémoire", f"{decimal(couts.memoire * 1e6 / rapport.situations)} Mo par million"),
        *(
            (f"rafraîchissement, {combien} changées", f"{_duree(mesure)} ms")
            for combien, mesure in couts.rafraichissements.items()
        ),
    ]
    gestes = [
        ("Par le serveur entier", "requêtes", "durée"),
        *((g.nom, nombre(g.requetes), _duree(g.mesure)) for g in (*rapport.pages, *rapport.gestes)),
    ]
    accord = "Comptes de tous les moteurs comparés avant toute mesure : identiques."
    tables = [_aligner(table) for table in (comptages, instantane, gestes)]
    return "\n".join([entete, "", *tables[0], accord, "", *tables[1], "", *tables[2]])


def _duree(mesure: Mesure) -> str:
    return f"{decimal(mesure.mediane)} ({decimal(mesure.p95)})"


def _aligner(lignes: Iterable[Sequence[str]]) -> list[str]:
    """Columns of the same width: the first to the left, the others to the right."""
    lignes = list(lignes)
    largeurs = [max(map(len, colonne)) for colonne in zip(*lignes, strict=True)]
    return [
        "  ".join(
            cellule.ljust(largeur) if not rang else cellule.rjust(largeur)
            for rang, (cellule, largeur) in enumerate(zip(ligne, largeurs, strict=True))
        )
        for ligne in lignes
    ]
