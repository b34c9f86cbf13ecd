"""The journal and the two database roles: what was done is written, and stays as written."""

import pytest
from django.db import ProgrammingError, connection, transaction

from situations.models import Evenement
from territoires.models import Journal
from territoires.privileges import TABLES_EN_AJOUT_SEUL, TABLES_EN_LECTURE_SEULE
from tests import matrice
from tests.gens import transmise


@pytest.mark.parametrize(
    ("etat", "suite", "lecteur"),
    [
        ("brouillon", "", "travail"),
        ("brouillon", "saisie/personne/", "travail"),
        ("brouillon", "transmettre/", "travail"),
        ("a_completer", "saisie/suites/", "travail"),
        ("transmise", "issues/", "travail"),
        ("transmise", "", "technique"),
        ("validee", "", "animateur"),
    ],
)
def test_lire_une_situation_laisse_une_ligne_au_journal(vans, client, etat, suite, lecteur):
    situation = matrice.situation_en(etat, vans)
    personne = getattr(vans, lecteur)
    client.force_login(personne)
    avant = set(Journal.objects.values_list("pk", flat=True))
    adresse = f"{situation.get_absolute_url()}{suite}"
    assert client.get(adresse, REMOTE_ADDR="192.0.2.7").status_code == 200
    ligne = Journal.objects.exclude(pk__in=avant).get()
    assert (ligne.utilisateur_id, ligne.territoire_id) == (personne.pk, vans.territoire.pk)
    assert (ligne.geste, ligne.objet, ligne.objet_id) == ("lire", "Situation", str(situation.pk))
    assert (ligne.adresse, ligne.resultat) == ("192.0.2.7", "fait")


@pytest.mark.parametrize(
    ("methode", "suite", "geste"), [("get", "", "lire"), ("post", "valider/", "valider")]
)
def test_un_refus_nomme_ce_qui_etait_demande(vans, client, methode, suite, geste):
    situation = transmise(vans, vans.travail)
    client.force_login(vans.collegue)
    avant = set(Journal.objects.values_list("pk", flat=True))
    assert getattr(client, methode)(f"{situation.get_absolute_url()}{suite}").status_code == 403
    ligne = Journal.objects.exclude(pk__in=avant).get()
    assert (ligne.geste, ligne.resultat) == (f"situations:{geste}", "refuse")
    assert (ligne.objet, ligne.objet_id) == ("Situation", str(situation.pk))
    assert (ligne.utilisateur_id, ligne.territoire_id) == (vans.collegue.pk, vans.territoire.pk)


@pytest.mark.parametrize(
    ("entete", "attendue"),
    [
        ({}, "127.0.0.1"),
        ({"HTTP_X_FORWARDED_FOR": "203.0.113.9, 192.0.2.7"}, "192.0.2.7"),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.7, 2001:db8::1"}, "2001:db8::1"),
        ({"HTTP_X_FORWARDED_FOR": "unknown"}, None),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.7:5678"}, None),
    ],
)
def test_derriere_le_proxy_l_adresse_est_la_derniere_qu_il_a_ecrite(
    vans, client, settings, entete, attendue
):
    settings.DERRIERE_UN_PROXY = True
    situation = transmise(vans, vans.travail)
    client.force_login(vans.travail)
    assert client.get(situation.get_absolute_url(), **entete).status_code == 200
    assert Journal.objects.first().adresse == attendue


def test_une_page_refusee_qui_montre_la_situation_est_une_lecture(vans, client):
    situation = transmise(vans, vans.travail)
    client.force_login(vans.technique)
    client.post(f"{situation.get_absolute_url()}renvoyer/")
    assert Journal.objects.filter(geste="lire", utilisateur_id=vans.technique.pk).count() == 1


def test_le_journal_ne_retient_aucune_reponse(vans, client):
    """From the first answer to a masked passage: only the words of the gestures are kept."""
    situation = matrice.situation_en("a_completer", vans)
    client.force_login(vans.technique)
    situation_url = situation.get_absolute_url()
    client.post(f"{situation_url}qualifier/1/droit/", {"q1-droit-code": "aspa"})
    client.post(f"{situation_url}masquer/recit/", {"masquer-passage": "la maison"})
    client.post(f"{situation_url}ecarter/", {"ecarter-motif": "doublon"})
    lignes = Journal.objects.filter(objet="Situation")
    gestes = {"commencer", "enregistrer", "lire", *Evenement.Geste.values}
    assert {"qualifier", "masquer", "ecarter"} <= set(lignes.values_list("geste", flat=True))
    assert set(lignes.values_list("geste", flat=True)) <= gestes
    assert set(lignes.values_list("objet_id", flat=True)) == {str(situation.pk)}
    assert {champ.name for champ in Journal._meta.get_fields()} == {
        "id",
        "le",
        "utilisateur_id",
        "territoire_id",
        "geste",
        "objet",
        "objet_id",
        "adresse",
        "resultat",
    }


def refuse(ordre: str) -> bool:
    """Whether PostgreSQL refuses this statement to the application's role, for lack of right."""
    try:
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(ordre)
            transaction.set_rollback(True)
    except ProgrammingError as erreur:
        # insufficient_privilege
        return erreur.__cause__.pgcode == "42501"
    return False


@pytest.mark.parametrize("table", TABLES_EN_AJOUT_SEUL)
def test_ce_qui_est_ecrit_au_journal_ne_change_plus(vans, table):
    transmise(vans, vans.travail)
    cle = "utilisateur_id" if table == "territoires_journal" else "par_id"
    assert refuse(f"UPDATE {table} SET {cle} = {cle}")
    assert refuse(f"DELETE FROM {table}")
    assert refuse(f"TRUNCATE {table} CASCADE")
    assert not refuse(f"SELECT count(*) FROM {table}")


@pytest.mark.parametrize("table", TABLES_EN_LECTURE_SEULE)
def test_les_references_ne_s_ecrivent_que_par_le_proprietaire(db, table):
    assert refuse(f"DELETE FROM {table}")
    assert not refuse(f"SELECT count(*) FROM {table}")


@pytest.mark.parametrize(
    "ordre",
    [
        "CREATE TABLE butin (id int)",
        "CREATE SCHEMA butin",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE situations_version DISABLE TRIGGER ALL",
        "ALTER TABLE situations_version DISABLE TRIGGER version_figee",
        "DROP TRIGGER version_figee ON situations_version",
        "DROP TABLE territoires_journal",
        "SET session_replication_role = replica",
        "SET ROLE bnr_proprietaire",
        "ALTER ROLE bnr_application SUPERUSER",
        "COPY territoires_utilisateur TO PROGRAM 'cat'",
    ],
)
def test_le_role_de_l_application_ne_peut_pas_s_affranchir(db, ordre):
    assert refuse(ordre)


def test_le_role_de_l_application_ne_se_donne_rien(db):
    """PostgreSQL only warns that it granted nothing: what counts is what is still refused."""
    with connection.cursor() as curseur:
        curseur.execute("GRANT DELETE ON territoires_journal TO bnr_application")
    assert refuse("DELETE FROM territoires_journal")


def test_le_role_de_l_application_n_a_aucun_pouvoir_et_ne_possede_rien(db):
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert curseur.fetchone() == ("bnr_application", False, False, False, False, False)
        curseur.execute(
            "SELECT count(*) FROM pg_shdepend"
            " WHERE refobjid = current_user::regrole AND deptype = 'o'"
        )
        assert curseur.fetchone() == (0,)
        curseur.execute("SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole")
        assert curseur.fetchone() == (0,)
