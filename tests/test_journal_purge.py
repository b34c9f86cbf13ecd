"""The purge: what is kept too long goes, by the owner alone, and the journal says so."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from bnr import postgres
from situations.conservation import MENTION, brouillons_oublies, textes_anciens
from situations.models import Evenement, NonRecours, Situation
from territoires.conservation import il_y_a
from territoires.models import Journal, Territoire
from tests import bases
from tests.base_demonstration import servie


@pytest.fixture
def base(django_db_setup, django_db_blocker):
    """A copy of the demonstration for this test alone: the purge commits."""
    with django_db_blocker.unblock(), servie("purge") as nom:
        yield nom


def en_proprietaire(base: str, ordre: str, valeurs=()) -> int:
    """Runs one statement as the schema's owner, to make things old; how many rows it changed."""
    serveur = postgres.demarrer(bases.DONNEES, rapide=True)
    connexion = psycopg2.connect(**serveur.parametres("proprietaire", base=base))
    try:
        with connexion, connexion.cursor() as curseur:
            curseur.execute(ordre, valeurs)
            return curseur.rowcount
    finally:
        connexion.close()


def vieillir(base: str, **durees: int) -> Territoire:
    """The Pays des Vans, with what it keeps for how long; one situation in two was transmitted,
    and validated, thirteen months ago, the others last week."""
    territoire = Territoire.objects.get(slug="pays-des-vans")
    Territoire.objects.update(conservation_recits=36, conservation_brouillons=365)
    Territoire.objects.filter(pk=territoire.pk).update(**durees)
    for reste, jours in ((0, 400), (1, 7)):
        le = timezone.now() - timedelta(days=jours)
        transmises = Situation.objects.exclude(statut="brouillon").annotate(pair=F("pk") % 2)
        transmises.filter(pair=reste).update(transmise_le=le)
        transmises.filter(pair=reste, validee_le__isnull=False).update(validee_le=le)
    territoire.refresh_from_db()
    return territoire


@pytest.mark.parametrize(
    ("mois", "depuis", "attendu"),
    [
        (12, "2026-11-23", "2025-11-23"),
        (1, "2026-03-31", "2026-02-28"),
        (12, "2024-02-29", "2023-02-28"),
        (6, "2026-03-15", "2025-09-15"),
        (36, "2026-01-01", "2023-01-01"),
    ],
)
def test_il_y_a_tant_de_mois(mois, depuis, attendu):
    moment = datetime.fromisoformat(f"{depuis}T12:00:00+00:00")
    assert il_y_a(mois, moment) == datetime.fromisoformat(f"{attendu}T12:00:00+00:00")


@settings(max_examples=100)
@given(
    st.datetimes(timezones=st.just(UTC)).filter(lambda moment: 1950 < moment.year < 2100),
    st.integers(1, 36),
)
def test_plus_on_remonte_plus_c_est_ancien(moment, mois):
    assert il_y_a(mois, moment) < il_y_a(mois - 1, moment) <= moment


def test_le_role_de_l_application_ne_purge_pas(db):
    with pytest.raises(CommandError, match="BNR_ROLE=proprietaire"):
        call_command("purger")


def test_les_lignes_du_journal_trop_anciennes_s_en_vont_et_la_purge_s_inscrit(base):
    recentes = Journal.objects.count()
    limite = il_y_a(12, timezone.now())
    for le in (limite - timedelta(days=1), limite + timedelta(days=1)):
        en_proprietaire(
            base,
            "INSERT INTO territoires_journal (le, geste, objet, objet_id, resultat)"
            " SELECT %s, 'lire', 'Situation', n::text, 'fait' FROM generate_series(1, 7001) n",
            [le],
        )
    vieillir(base)
    a_blanc = bases.manage(base, "purger", "--a-blanc")
    assert re.search(r"7.001.lignes", a_blanc)
    assert Journal.objects.filter(le__lt=limite).count() == 7001
    bases.manage(base, "purger")
    assert not Journal.objects.filter(le__lt=limite).exists()
    assert Journal.objects.count() == recentes + 7001 + 1
    ligne = Journal.objects.first()
    assert (ligne.geste, ligne.objet, ligne.objet_id) == ("purger", "Journal", "7001 au total")
    assert ligne.utilisateur_id is None


def test_un_brouillon_oublie_s_efface_celui_que_l_on_vient_de_toucher_reste(base):
    territoire = vieillir(base, conservation_brouillons=60)
    brouillons = list(
        Situation.objects.filter(territoire=territoire, statut="brouillon").order_by("pk")
    )
    assert len(brouillons) >= 2, "the demonstration has drafts"
    Situation.objects.update(modifiee_le=timezone.now() - timedelta(days=59))
    oublie = Situation.objects.filter(pk=brouillons[0].pk)
    oublie.update(modifiee_le=timezone.now() - timedelta(days=61))
    transmises = Situation.objects.exclude(statut="brouillon")
    transmises.update(modifiee_le=timezone.now() - timedelta(days=999))
    avant, lignes = Situation.objects.count(), NonRecours.objects.count()
    propres = brouillons[0].non_recours.count()
    assert "1\u00a0brouillon" in bases.manage(base, "purger", "--a-blanc")
    bases.manage(base, "purger")
    assert Situation.objects.count() == avant - 1
    assert NonRecours.objects.count() == lignes - propres
    assert not oublie.exists()
    ligne = Journal.objects.get(geste="purger_brouillons")
    assert (ligne.territoire_id, ligne.objet_id) == (territoire.pk, "1 au total")


def reponses(situations) -> dict:
    return {
        s.pk: (s.get_reponses(), [n.get_reponses() for n in s.non_recours.all()])
        for s in situations.prefetch_related("non_recours")
    }


TEXTES = {"recit", "proposition", "contexte_precision", "droit_precision", "motif_precision"}


def test_les_textes_anciens_s_effacent_les_reponses_codees_restent(base):
    territoire = vieillir(base, conservation_recits=12)
    limite = il_y_a(12, timezone.now())
    anciennes = textes_anciens(territoire, timezone.now())
    concernees = set(anciennes.values_list("pk", flat=True))
    assert concernees
    for situation in anciennes:
        assert (situation.validee_le or situation.transmise_le) < limite
    avant = reponses(Situation.objects.all())
    modifiees = dict(Situation.objects.values_list("pk", "modifiee_le"))
    faits = en_proprietaire(base, "SELECT codes FROM situations_faitsituation")
    bases.manage(base, "purger")
    mention = MENTION.format(timezone.localtime())
    apres = reponses(Situation.objects.all())
    assert apres.keys() == avant.keys()
    for pk, (propre, blocs) in avant.items():
        for ancien, nouveau in zip((propre, *blocs), (apres[pk][0], *apres[pk][1]), strict=True):
            attendu = {
                v: mention if v in TEXTES and pk in concernees else valeur
                for v, valeur in ancien.items()
            }
            assert nouveau == attendu
    assert dict(Situation.objects.values_list("pk", "modifiee_le")) == modifiees
    assert en_proprietaire(base, "SELECT codes FROM situations_faitsituation") == faits
    ligne = Journal.objects.get(geste="purger_textes")
    assert ligne.objet_id == f"{len(concernees)} au total"


def test_ce_que_l_historique_cite_des_textes_s_efface_aussi(base):
    """The comité's message, and the words of an « autre » attached since."""
    territoire = vieillir(base, conservation_recits=12)
    ancienne = textes_anciens(territoire, timezone.now()).first()
    Evenement.objects.create(
        situation=ancienne,
        geste="qualifier",
        par=ancienne.auteur,
        le=timezone.now(),
        message="Précisez ce que dit la voisine.",
        details={"avant": "autre", "apres": "aspa", "precision": "L’aide de la voisine"},
    )
    bases.manage(base, "purger")
    evenement = ancienne.evenements.get(geste="qualifier")
    mention = MENTION.format(timezone.localtime())
    assert evenement.message == mention
    assert evenement.details == {"avant": "autre", "apres": "aspa", "precision": mention}


def test_purger_deux_fois_n_efface_ni_ne_redate_rien(base):
    vieillir(base, conservation_recits=12, conservation_brouillons=1)
    bases.manage(base, "purger")
    lignes = Journal.objects.count()
    hier = MENTION.format(timezone.localtime() - timedelta(days=1))
    aujourd_hui = MENTION.format(timezone.localtime())
    en_proprietaire(
        base,
        "UPDATE situations_situation SET reponses = replace(reponses::text, %s, %s)::jsonb",
        [aujourd_hui, hier],
    )
    avant = reponses(Situation.objects.all())
    bases.manage(base, "purger")
    assert reponses(Situation.objects.all()) == avant
    assert Journal.objects.count() == lignes + 1  # the run itself, and nothing else
    territoires = Territoire.objects.all()
    assert not any(textes_anciens(t, timezone.now()).exists() for t in territoires)
    assert not any(brouillons_oublies(t, timezone.now()).exists() for t in territoires)


def test_une_situation_effacee_se_lit_avec_la_mention(base, client):
    territoire = vieillir(base, conservation_recits=12)
    anciennes = textes_anciens(territoire, timezone.now())
    ancienne = next(s for s in anciennes if "recit" in s.reponses)
    recit = ancienne.reponses["recit"]
    bases.manage(base, "purger")
    siege = territoire.comites.get(nature="technique").membres.first()
    client.force_login(siege.utilisateur)
    page = client.get(ancienne.get_absolute_url()).content.decode()
    assert recit not in page
    assert MENTION.format(timezone.localtime()) in page


def test_a_blanc_ne_change_rien(base):
    vieillir(base, conservation_recits=6, conservation_brouillons=1)
    avant = reponses(Situation.objects.all()), Journal.objects.count()
    bases.manage(base, "purger", "--a-blanc")
    assert (reponses(Situation.objects.all()), Journal.objects.count()) == avant


@pytest.mark.parametrize("mois", ["5", "37", "0", "-1"])
def test_une_duree_hors_bornes_est_refusee_au_demarrage(mois):
    with pytest.raises(AssertionError, match="de 6 à 36 mois"):
        demarrer_avec(JOURNAL_CONSERVATION_MOIS=mois)


def demarrer_avec(**environnement: str) -> None:
    """Starts a command with this environment; AssertionError with what it says when it fails."""
    resultat = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=bases.RACINE,
        env=bases.environnement(bases.VIDE, **environnement),
        capture_output=True,
        text=True,
    )
    assert resultat.returncode == 0, resultat.stderr
