"""The benchmark: its own database, equal counts, clear refusals. Never how long things take."""

import json

import pytest
from django.core.management import CommandError, call_command

from bnr import postgres
from pilotage.banc.mesures import Mesure
from pilotage.banc.moteurs import canard
from pilotage.banc.questions import FIGURES
from pilotage.banc.verification import ComptesDifferents, comparer_moteurs
from tests import bases


def adresse(base: str) -> str:
    """A database of the tests' server, as an operator writes it."""
    serveur = postgres.demarrer(bases.DONNEES, rapide=True)
    return f"postgres://bnr_proprietaire@/{serveur.socket}/{base}"


FILTRES = [
    "tout",
    "un_territoire",
    "un_droit",
    "un_age",
    "un_droit_et_un_type",
    "la_moitie",
    "reponse_locale_rare",
]
MOTEURS = {"nous", "duckdb", "sql", "grouping_sets", "pandas"}


def test_le_banc_compte_pareil_puis_mesure_et_efface_sa_base():
    sortie = bases.manage(
        "bnr", "banc", "--situations", "200", "--repetitions", "2", "--gestes", "--json"
    )
    rapport = json.loads(sortie)
    assert (rapport["situations"], rapport["repetitions"]) == (200, 2)
    statistiques = rapport["statistiques"]
    assert list(statistiques) == FILTRES
    assert all(ligne[f"{m}_ms"] > 0 for ligne in statistiques.values() for m in MOTEURS)
    effectifs = {nom: ligne["situations"] for nom, ligne in statistiques.items()}
    assert effectifs["tout"] > effectifs["un_territoire"] > effectifs["un_age"]
    assert effectifs["tout"] > effectifs["la_moitie"] > effectifs["un_droit"]
    assert effectifs["reponse_locale_rare"] > 0
    assert rapport["memoire_mo_par_million"] > 0
    assert {"chargement_s", "rafraichissement_1_ms", "rafraichissement_100_ms"} <= rapport.keys()
    assert all(duree > 0 for duree in rapport["page_ms"].values())
    assert list(rapport["gestes_ms"]) == [
        "ouvrir une étape (les droits)",
        "ouvrir une étape (formulaire de 150 questions)",
        "enregistrer une étape",
        "transmettre",
    ]
    assert rapport["requetes"]["ouvrir une étape (formulaire de 150 questions)"] <= 12
    assert not bases.existe("bnr_banc")


def test_sans_duckdb_le_banc_dit_ce_qui_manque(monkeypatch):
    monkeypatch.setattr(canard, "duckdb", None)
    with pytest.raises(CommandError, match="DuckDB n’est pas installé"):
        call_command("banc")


def test_des_moteurs_qui_ne_comptent_pas_pareil_sont_nommes():
    comptes = {figure: {(0,) * len(figure.sources): 1} for figure in FIGURES}
    autres = {**comptes, FIGURES[3]: {(0,): 2}}
    assert comparer_moteurs({"duckdb": comptes, "pandas": dict(comptes)}) == comptes
    with pytest.raises(ComptesDifferents, match="duckdb et pandas"):
        comparer_moteurs({"duckdb": comptes, "pandas": autres})


@pytest.mark.parametrize("texte", ["", "abc", "-5", "12,5", "99", "10000000", "²00"])
def test_un_nombre_qui_n_en_est_pas_un(texte):
    with pytest.raises(CommandError, match="donnez un nombre entier de 100 à"):
        call_command("banc", situations=texte)
    with pytest.raises(CommandError, match="--repetitions vaut"):
        call_command("banc", repetitions="0")


@pytest.mark.parametrize("url", ["rien", "mysql://ici/base", "postgres://ici", "postgres://ici/"])
def test_une_adresse_qui_n_en_est_pas_une(url):
    with pytest.raises(CommandError, match="attend l’adresse d’une base à créer"):
        call_command("banc", base=url)


@pytest.mark.django_db
def test_un_serveur_injoignable():
    with pytest.raises(CommandError, match="La base de données du banc ne répond pas"):
        call_command("banc", base="postgres://personne@127.0.0.1:1/bnr_banc")


@pytest.mark.django_db
def test_le_banc_n_efface_que_sa_base():
    with pytest.raises(CommandError, match="existe déjà et n’est pas celle d’un banc"):
        call_command("banc", base=adresse(bases.VIDE))
    assert bases.existe(bases.VIDE)


def test_la_mediane_le_centile_et_le_rapport():
    nous = Mesure((1.0, 2.0, 10.0))
    autre = Mesure((2.0, 2.0, 100.0))
    assert (nous.mediane, nous.p95) == (2.0, 10.0)
    assert nous.rapport(autre) == 1.0
