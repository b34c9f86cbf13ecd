"""A database of the benchmark's own: created, migrated, dropped. Never the application's."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import environ
import psycopg2
from django.conf import settings
from django.db import DatabaseError, OperationalError, connections
from django.db.utils import ConnectionHandler
from psycopg2 import sql

NOM = "bnr_banc"
# What the benchmark may erase: a database that bears this comment.
MARQUE = "banc du baromètre"


class BaseImpossible(Exception):
    """The database of the benchmark cannot be had; the message is for the operator."""


@contextmanager
def base_du_banc(url: str | None, *, garder: bool) -> Iterator[Callable[[str], None]]:
    """Inside, the queries of this process go to a new migrated database, dropped at the end.

    Gives what runs a statement there as its owner.
    `url`: its address on a server where this role may create it; without it, `bnr_banc` on the
    application's own server. Raises BaseImpossible.
    """
    reglages, environnement = _adresse(url)
    proprietaire = reglages if url else {**reglages, "USER": "bnr_proprietaire"}
    _recreer(proprietaire)
    try:
        _migrer(environnement)
        with _connecte_a(reglages):
            yield partial(_executer, proprietaire, dans=proprietaire["NAME"])
    finally:
        if not garder:
            _executer(proprietaire, "DROP DATABASE IF EXISTS {base}")


def _adresse(url: str | None) -> tuple[dict[str, Any], dict[str, str]]:
    """Django's settings of the database, and the environment of a process that works on it."""
    moteur = settings.DATABASES["default"]["ENGINE"]
    commun = {
        cle: valeur
        for cle, valeur in os.environ.items()
        if cle not in ("DATABASE_URL", "DATABASE_URL_PROPRIETAIRE", "BNR_BASE")
    } | {"BNR_ROLE": "proprietaire"}
    if url is None:
        reglages = {"NAME": NOM, "USER": "bnr_application", "SERVEUR_EMBARQUE": settings.DONNEES}
        return {"ENGINE": moteur, **reglages}, {**commun, "BNR_BASE": NOM}
    parties = urlsplit(url)
    if parties.scheme not in ("postgres", "postgresql") or not parties.path.strip("/"):
        raise BaseImpossible(
            "--base attend l’adresse d’une base à créer, par exemple "
            f"postgres://role:motdepasse@serveur/{NOM}."
        )
    return environ.Env.db_url_config(url, engine=moteur), {**commun, "DATABASE_URL": url}


def _recreer(proprietaire: Mapping[str, Any]) -> None:
    nom = proprietaire["NAME"]
    commentaire = _executer(
        proprietaire,
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = {nom}",
    )
    if commentaire and commentaire[0] != MARQUE:
        raise BaseImpossible(
            f"La base « {nom} » existe déjà et n’est pas celle d’un banc : donnez un autre nom."
        )
    _executer(proprietaire, "DROP DATABASE IF EXISTS {base}")
    _executer(proprietaire, "CREATE DATABASE {base}")
    _executer(proprietaire, "COMMENT ON DATABASE {base} IS {marque}")


def _executer(
    proprietaire: Mapping[str, Any], ordre: str, *, dans: str = "postgres"
) -> tuple | None:
    """Runs one statement as the owner, outside any transaction; the first row, if any."""
    noms = {
        "base": sql.Identifier(proprietaire["NAME"]),
        "nom": sql.Literal(proprietaire["NAME"]),
        "marque": sql.Literal(MARQUE),
    }
    connexion = ConnectionHandler({"default": {**proprietaire, "NAME": dans}})["default"]
    try:
        with closing(connexion), connexion.cursor() as curseur:
            curseur.execute(sql.SQL(ordre).format(**noms))
            return curseur.fetchone() if curseur.description else None
    except DatabaseError as erreur:
        raise BaseImpossible(_expliquer(erreur, proprietaire["NAME"])) from erreur


def _expliquer(erreur: DatabaseError, nom: str) -> str:
    cause = erreur.__cause__
    if isinstance(cause, psycopg2.errors.ObjectInUse):
        return f"La base « {nom} » est en cours d’utilisation : un autre banc tourne-t-il ?"
    if isinstance(cause, psycopg2.errors.InsufficientPrivilege):
        return f"Ce rôle ne peut pas créer ni effacer la base « {nom} » : donnez-lui CREATEDB."
    return f"La base de données du banc ne répond pas : {' '.join(str(erreur).split())}"


def _migrer(environnement: dict[str, str]) -> None:
    resultat = subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity=0"],
        env=environnement,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    if resultat.returncode:
        derniere = (resultat.stderr.strip().splitlines() or ["sans explication"])[-1]
        raise BaseImpossible(f"La base du banc n’a pas pu être migrée : {derniere}")


@contextmanager
def _connecte_a(reglages: Mapping[str, Any]) -> Iterator[None]:
    connexion = connections["default"]
    connexion.close()
    avant = connexion.settings_dict
    connexion.settings_dict = ConnectionHandler({"default": reglages})["default"].settings_dict
    try:
        yield
    except OperationalError as erreur:
        raise BaseImpossible(_expliquer(erreur, reglages["NAME"])) from erreur
    finally:
        connexion.close()
        connexion.settings_dict = avant
