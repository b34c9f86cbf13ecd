"""The benchmark: its own database, equal counts, clear refusals. Never how long things take."""

import json

import pytest
from django.core.management import CommandError, call_command

from bnr import postgres
from pilotage.banc.mesures import Mesure
from tests import bases


def adresse(base: str) -> str:
    """A database of the tests' server, as an operator writes it."""
    serveur = postgres.demarrer(bases.DONNEES, rapide=True)
    return f"postgres://bnr_proprietaire@/{serveur.socket}/{base}"


def test_le_banc_compte_pareil_puis_mesure_et_efface_sa_base():
    sortie = bases.manage("bnr", "banc", "--situations", "200", "--repetitions", "2", "--json")
    rapport = json.loads(sortie)
    assert (rapport["situations"], rapport["repetitions"]) == (200, 2)
    tout, territoire, droit, age = rapport["statistiques"]
    assert all(ligne["comptes_identiques"] for ligne in rapport["statistiques"])
    assert tout["situations"] > territoire["situations"] > age["situations"] > 0
    assert tout["situations"] > droit["situations"] > 0
    assert all(ligne[cle]["mediane_ms"] <= ligne[cle]["p95_ms"]
               for ligne in rapport["statistiques"]
               for cle in ("lecture_des_faits", "calcul", "lecture_et_calcul", "sql"))  # fmt: skip
    requetes = {geste["geste"]: geste["requetes"] for geste in rapport["gestes"]}
    assert list(requetes)[-4:] == [
        "ouvrir une étape (les droits)",
        "ouvrir une étape (formulaire de 150 questions)",
        "enregistrer une étape",
        "transmettre",
    ]
    assert requetes["ouvrir une étape (formulaire de 150 questions)"] <= 12
    assert all(geste["requetes"] > 0 for geste in rapport["gestes"])
    assert not bases.existe("bnr_banc")


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


def test_la_mediane_le_centile_et_les_rapports_d_un_meme_tour():
    nous = Mesure((1.0, 2.0, 10.0))
    autre = Mesure((2.0, 2.0, 100.0))
    assert (nous.mediane, nous.p95) == (2.0, 10.0)
    assert nous.rapport(autre) == 2.0
    assert nous.suivie_de(autre).durees == (3.0, 4.0, 110.0)
