"""Databases of the tests: prepared once, then cloned, which takes a tenth of a second."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg2
from psycopg2 import sql

from bnr import postgres
from bnr.postgres.systeme import verrou

RACINE = Path(__file__).resolve().parent.parent
DONNEES = Path(os.environ["BNR_DONNEES"])
VIDE, DEMONSTRATION = "bnr_modele", "bnr_modele_demonstration"
JUSQUA = "2026-09-30"


def administrer(ordre: sql.Composable) -> None:
    """Runs one statement as the owner, outside any transaction."""
    serveur = postgres.demarrer(DONNEES, rapide=True)
    connexion = psycopg2.connect(**serveur.parametres("proprietaire", base="bnr"))
    connexion.autocommit = True
    try:
        with connexion.cursor() as curseur:
            curseur.execute(ordre)
    finally:
        connexion.close()


def existe(base: str) -> bool:
    serveur = postgres.demarrer(DONNEES, rapide=True)
    connexion = psycopg2.connect(**serveur.parametres("proprietaire", base="bnr"))
    try:
        with connexion.cursor() as curseur:
            curseur.execute("SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)", [base])
            return curseur.fetchone()[0]
    finally:
        connexion.close()


def cloner(modele: str, base: str) -> str:
    """Makes `base` a copy of the template `modele`, prepared now if it was not."""
    preparer(modele)
    with _un_seul_a_la_fois():
        _recreer(base, modele)
    return base


def preparer(modele: str) -> None:
    """Makes sure this template exists, complete."""
    if modele == DEMONSTRATION:
        preparer(VIDE)
    with _un_seul_a_la_fois():
        if existe(modele):
            return
        brouillon = f"{modele}_en_preparation"
        if modele == VIDE:
            _recreer(brouillon, "template1")
            manage(brouillon, "migrate", "--verbosity=0")
        else:
            _recreer(brouillon, VIDE)
            manage(brouillon, "demo", "--jusqua", JUSQUA)
        administrer(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(brouillon), sql.Identifier(modele)
            )
        )


def _recreer(base: str, modele: str) -> None:
    administrer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(base)))
    administrer(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(base), sql.Identifier(modele)
        )
    )


def _un_seul_a_la_fois():
    chemin = DONNEES / "modeles.verrou"
    return verrou(os.open(chemin, os.O_RDONLY | os.O_CREAT, 0o644))


def environnement(base: str, **autres: str) -> dict[str, str]:
    """What a process of the application needs to work on this database, with its own settings."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "bnr.settings", "BNR_BASE": base, **autres}


def manage(base: str, *arguments: str, **autres: str) -> str:
    """Runs `manage.py`, with these more variables in its environment; its standard output.

    Raises AssertionError when it fails.
    """
    resultat = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=RACINE,
        env=environnement(base, **autres),
        capture_output=True,
        text=True,
    )
    assert resultat.returncode == 0, resultat.stdout + resultat.stderr
    return resultat.stdout
