"""A snapshot in one file, that every worker maps read-only: one copy in memory for all. Pure.

A mark, the length of a JSON header, the header, then the arrays, each at a multiple of 64 bytes.
The file is written under another name, forced to the disk, then renamed: it is there whole or not
at all.
"""

import json
import mmap
import os
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np

from pilotage.instantane.cles import Cle
from pilotage.instantane.dense import BlocDense
from pilotage.instantane.dictionnaire import Dictionnaire, Nature
from pilotage.instantane.etat import Instantane
from pilotage.instantane.grain import Grain
from pilotage.instantane.lignes import en_tableaux

# To be changed whenever a file written before would not be read well.
MARQUE = b"BNRFAIT1"
PAS = 64
TABLEAUX = ("ids", "transmises", "debuts", "cases", "territoires", "mois", "lieux")


class FichierIllisible(Exception):
    """The file is not a snapshot of this database, or is damaged."""


def ecrire(instantane: Instantane, chemin: Path, empreinte: str) -> None:
    """Writes a state whose queue is empty; `empreinte`: of the database that it comes from."""
    tableaux: dict[str, np.ndarray] = {}
    base, dictionnaire = instantane.base, instantane.dictionnaire
    for nom in TABLEAUX:
        tableaux[nom] = getattr(base, nom)
    for source, presence in base.presences.items():
        tableaux[f"presence/{source}"] = presence
    for source, ensembles in dictionnaire.rangs_d_ensembles.items():
        tableaux[f"ensembles/{source}/debuts"], tableaux[f"ensembles/{source}/membres"] = (
            en_tableaux(ensembles)
        )
    entete = {
        "empreinte": empreinte,
        "horizon": instantane.horizon,
        "natures": {v: list(nature) for v, nature in dictionnaire.natures.items()},
        "numeros": dictionnaire.numeros,
        "ensembles": list(dictionnaire.rangs_d_ensembles),
        "organismes": list(instantane.organismes),
        "presences": list(base.presences),
        "grains": {
            nom: _decrire(nom, getattr(base, nom), tableaux)
            for nom in ("situations", "non_recours")
        },
    }
    _deposer(chemin, entete, tableaux)


def _decrire(nom: str, grain: Grain, tableaux: dict[str, np.ndarray]) -> dict:
    """The header of a grain; its columns go to `tableaux`."""
    for i, (_, colonne) in enumerate(grain.cles):
        tableaux[f"{nom}/cle/{i}"] = colonne
    for source, colonne in grain.larges.items():
        tableaux[f"{nom}/large/{source}"] = colonne
    for source, segments in grain.locales.items():
        for debut, valeurs in segments:
            tableaux[f"{nom}/locale/{source}/{debut}"] = valeurs
    return {
        "hauteur": grain.hauteur,
        "cles": [[cle.sources, cle.largeurs] for cle, _ in grain.cles],
        "larges": list(grain.larges),
        "locales": {s: [debut for debut, _ in seg] for s, seg in grain.locales.items()},
    }


def _deposer(chemin: Path, entete: dict, tableaux: Mapping[str, np.ndarray]) -> None:
    places, position = {}, 0
    for nom, tableau in tableaux.items():
        places[nom] = [tableau.dtype.str, list(tableau.shape), position]
        position += -(-tableau.nbytes // PAS) * PAS
    texte = json.dumps(entete | {"tableaux": places, "taille": position}).encode()
    debut = -(-(len(MARQUE) + 8 + len(texte)) // PAS) * PAS
    chemin.parent.mkdir(parents=True, exist_ok=True)
    provisoire = chemin.with_name(f"{chemin.name}.{os.getpid()}")
    try:
        with provisoire.open("wb") as flux:
            flux.write(MARQUE + len(texte).to_bytes(8, "little") + texte)
            flux.seek(debut)
            for tableau in tableaux.values():
                flux.write(np.ascontiguousarray(tableau).data)
                flux.seek(-flux.tell() % PAS, os.SEEK_CUR)
            flux.truncate(debut + position)
            flux.flush()
            os.fsync(flux.fileno())
        provisoire.replace(chemin)
    finally:
        provisoire.unlink(missing_ok=True)


def ouvrir(
    chemin: Path, empreinte: str, codes: dict[int, tuple[str, str]], categories: Mapping[int, str]
) -> Instantane:
    """The state kept in this file. Raises FichierIllisible, or OSError when there is none."""
    with chemin.open("rb") as flux:
        projection = (
            mmap.mmap(flux.fileno(), 0, access=mmap.ACCESS_READ) if flux.seek(0, 2) else b""
        )
    longueur = int.from_bytes(projection[len(MARQUE) : len(MARQUE) + 8], "little")
    tete = len(MARQUE) + 8 + longueur
    if projection[: len(MARQUE)] != MARQUE or len(projection) < tete:
        raise FichierIllisible("ce fichier n’est pas un instantané")
    entete = json.loads(projection[len(MARQUE) + 8 : tete])
    debut = -(-tete // PAS) * PAS
    if entete["empreinte"] != empreinte or len(projection) != debut + entete["taille"]:
        raise FichierIllisible("cet instantané vient d’une autre base, ou il est incomplet")

    def lire(nom: str) -> np.ndarray:
        genre, forme, position = entete["tableaux"][nom]
        nombre = int(np.prod(forme, dtype=np.int64))
        vue = np.frombuffer(projection, np.dtype(genre), nombre, debut + position)
        return vue.reshape(forme)

    base = BlocDense(
        **{nom: lire(nom) for nom in TABLEAUX},
        situations=_grain("situations", entete["grains"]["situations"], lire),
        non_recours=_grain("non_recours", entete["grains"]["non_recours"], lire),
        presences={source: lire(f"presence/{source}") for source in entete["presences"]},
    )
    dictionnaire = Dictionnaire(
        natures={v: Nature(*nature) for v, nature in entete["natures"].items()},
        numeros=entete["numeros"],
        rangs_d_ensembles={source: _ensembles(source, lire) for source in entete["ensembles"]},
    )
    organismes = {organisme: i for i, organisme in enumerate(entete["organismes"], start=1)}
    return Instantane(
        base, entete["horizon"], dictionnaire, organismes, codes, categories,
        np.zeros(0, dtype=np.int64),
    )  # fmt: skip


def _grain(nom: str, entete: dict, lire) -> Grain:
    return Grain(
        hauteur=entete["hauteur"],
        cles=tuple(
            (Cle(tuple(sources), tuple(largeurs)), lire(f"{nom}/cle/{i}"))
            for i, (sources, largeurs) in enumerate(entete["cles"])
        ),
        larges={source: lire(f"{nom}/large/{source}") for source in entete["larges"]},
        locales={
            source: [(debut, lire(f"{nom}/locale/{source}/{debut}")) for debut in debuts]
            for source, debuts in entete["locales"].items()
        },
    )


def _ensembles(source: str, lire) -> dict[tuple[int, ...], int]:
    debuts = lire(f"ensembles/{source}/debuts").tolist()
    membres = lire(f"ensembles/{source}/membres").tolist()
    return {tuple(membres[a:b]): rang for rang, (a, b) in enumerate(pairwise(debuts))}
