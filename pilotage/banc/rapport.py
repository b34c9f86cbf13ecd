"""What the benchmark found: a table for people, one JSON object for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pilotage.banc.comptages import Comparaison
from pilotage.banc.gestes import GesteMesure
from pilotage.banc.mesures import Mesure, en_dictionnaire
from pilotage.presentation.typographie import decimal, nombre


@dataclass(frozen=True)
class Rapport:
    """Everything that was measured; `preparation`: seconds to fill the database."""

    situations: int
    repetitions: int
    preparation: float
    comparaisons: list[Comparaison]
    gestes: list[GesteMesure]


def en_json(rapport: Rapport) -> dict:
    """The report as plain values; times in milliseconds."""
    return {
        "situations": rapport.situations,
        "repetitions": rapport.repetitions,
        "preparation_s": round(rapport.preparation, 1),
        "statistiques": [
            {
                "selection": c.nom,
                "situations": c.situations,
                "comptes_identiques": True,
                "lecture_des_faits": en_dictionnaire(c.lecture),
                "calcul": en_dictionnaire(c.calcul),
                "lecture_et_calcul": en_dictionnaire(c.nous),
                "sql": en_dictionnaire(c.sql),
                "sql_sur_calcul": round(c.calcul.rapport(c.sql), 2),
                "sql_sur_lecture_et_calcul": round(c.nous.rapport(c.sql), 2),
            }
            for c in rapport.comparaisons
        ],
        "gestes": [
            {"geste": g.nom, "requetes": g.requetes, **en_dictionnaire(g.mesure)}
            for g in rapport.gestes
        ],
    }


def en_texte(rapport: Rapport) -> str:
    """Two tables, in French."""
    entete = (
        f"{nombre(rapport.situations)} situations, préparées en {decimal(rapport.preparation)} s. "
        f"Médiane (et 95e centile) de {rapport.repetitions} tours, en millisecondes ; "
        "rapports pris dans un même tour."
    )
    comptages = [
        ("Toutes les figures", "situations", "lire", "calculer", "lire et calculer", "SQL",
         "SQL ÷ calculer", "SQL ÷ les deux"),
        *(
            (c.nom, nombre(c.situations), *map(_duree, (c.lecture, c.calcul, c.nous, c.sql)),
             decimal(c.calcul.rapport(c.sql)), decimal(c.nous.rapport(c.sql)))
            for c in rapport.comparaisons
        ),
    ]  # fmt: skip
    gestes = [
        ("Par le serveur entier", "requêtes", "durée"),
        *((g.nom, nombre(g.requetes), _duree(g.mesure)) for g in rapport.gestes),
    ]
    identiques = "Comptes de l’application et du SQL comparés avant toute mesure : identiques."
    return "\n".join([entete, "", *_aligner(comptages), identiques, "", *_aligner(gestes)])


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
