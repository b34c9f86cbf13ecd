"""What was just written is in the very next figures, whoever writes and whoever reads."""

import json
import subprocess
import sys
import uuid
from contextlib import closing

import psycopg2
import pytest
from django.conf import settings
from django.db import connection, transaction

from bnr import postgres
from pilotage.demande import Demande
from pilotage.instantane import vivant
from pilotage.instantane.chargement import charger, rafraichir
from pilotage.instantane.vivant import faits_de
from pilotage.lecture import lire_faits, variables_comptees
from pilotage.statistiques import Plan, calculer
from situations import actions
from situations.actions.recodage import annuler_recodage, recoder
from situations.models import FaitNonRecours, FaitSituation, Situation
from situations.projection import projeter
from territoires.models import Membre, Organisme, Territoire
from tests import bases, ouvrier
from tests.base_demonstration import servie
from tests.serveurs import rassembler_statiques

PLAN = Plan(
    distributions=("type", "droit", "age", "categorie", "motifs_secondaires"),
    croisements=(("droit", "type"), ("age", "issue")),
    cooccurrence=True,
    parcours=True,
)


@pytest.fixture
def base(django_db_setup, django_db_blocker, tmp_path, monkeypatch):
    """A copy of the demonstration, outside any transaction, and a process that knows nothing."""
    monkeypatch.setattr(settings, "DONNEES", tmp_path)
    monkeypatch.setattr(vivant, "VIVANT", vivant.Vivant())
    with django_db_blocker.unblock(), servie("fraicheur") as base:
        yield base


def figures(lire, territoires, **options):
    variables = variables_comptees(territoires)
    return calculer(
        lire(territoires, variables, **options), Demande(), territoires=territoires, plan=PLAN
    )


def verifier() -> None:
    """The snapshot, as it is kept, against the tables read directly."""
    tous = frozenset(Territoire.objects.values_list("pk", flat=True))
    for territoires in (tous, *(frozenset({pk}) for pk in tous)):
        assert figures(faits_de, territoires) == figures(lire_faits, territoires)


def test_chaque_geste_se_voit_aux_chiffres_suivants(base):
    vans = Territoire.objects.get(slug="pays-des-vans")
    animateurs = Membre.objects.actuels().filter(comite__territoire=vans, est_animateur=True)
    par = animateurs.first().utilisateur
    transmise, validee = (
        Situation.objects.filter(territoire=vans, statut=statut).first()
        for statut in ("transmise", "validee")
    )
    verifier()
    etat = vivant.VIVANT.etat
    assert vivant.VIVANT.actuel() is etat

    def recodage():
        return vans.recodages.get()

    for geste in (
        lambda: actions.valider(situation=transmise, par=par),
        lambda: actions.ecarter(situation=validee, motif="doublon", message="", par=par),
        lambda: actions.retablir(situation=validee, par=par),
        lambda: recoder(
            territoire=vans, ancien=("droit", "aspa"), nouveau=("droit", "rsa"), par=par
        ),
        lambda: annuler_recodage(recodage=recodage(), par=par),
        lambda: Organisme.objects.filter(categorie="CCAS").update(categorie="ASSO"),
        lambda: FaitNonRecours.objects.first().delete(),
        lambda: FaitSituation.objects.filter(territoire=vans)[0].delete(),
    ):
        geste()
        assert vivant.VIVANT.actuel() is not etat
        etat = vivant.VIVANT.etat
        verifier()


def test_ce_qui_n_est_pas_valide_par_la_base_ne_se_voit_pas(base):
    """Another connection's transaction, still open, then given up, then committed."""
    etat = charger()
    fait = FaitSituation.objects.order_by("pk").first()
    autre = connection.copy()
    try:
        autre.set_autocommit(False)
        for fin, comptees in (("rollback", 0), ("commit", 1)):
            with autre.cursor() as curseur:
                curseur.execute(
                    "DELETE FROM situations_faitnonrecours WHERE situation_id = %s", [fait.pk]
                )
                curseur.execute(
                    "DELETE FROM situations_faitsituation WHERE situation_id = %s", [fait.pk]
                )
            assert len(rafraichir(etat)) == len(etat)
            getattr(autre, fin)()
            assert len(rafraichir(etat)) == len(etat) - comptees
    finally:
        autre.close()


def test_dans_une_transaction_on_lit_les_tables(base):
    """It may hold what no one else sees: the snapshot shared by all must not learn it."""
    situation = Situation.objects.filter(statut="validee").first()
    with transaction.atomic():
        situation.statut = "transmise"
        situation.save()
        projeter(situation)
        verifier()
        assert vivant.VIVANT.etat is None
        transaction.set_rollback(True)


def test_un_grand_recueil_se_partage_par_un_fichier(base, monkeypatch):
    monkeypatch.setattr(vivant, "PETIT", 10)
    assert vivant.VIVANT.actuel() is None
    vans = frozenset({Territoire.objects.get(slug="pays-des-vans").pk})
    # One territory is answered meanwhile.
    assert figures(faits_de, vans) == figures(lire_faits, vans)
    assert len(vivant.VIVANT.attendre()) == FaitSituation.objects.count()
    autre_ouvrier = vivant.Vivant()
    charges = []
    monkeypatch.setattr(vivant, "charger", lambda: charges.append(1))
    assert len(autre_ouvrier.actuel()) == FaitSituation.objects.count()
    assert charges == []


def test_un_fichier_abime_se_refait(base, monkeypatch):
    monkeypatch.setattr(vivant, "PETIT", 10)
    vivant.VIVANT.attendre()
    chemin = next(settings.DONNEES.glob("instantane/*.bnr"))
    chemin.write_bytes(chemin.read_bytes()[:1000])
    suivant = vivant.Vivant()
    assert len(suivant.attendre()) == FaitSituation.objects.count()


def test_des_estampilles_venues_d_un_autre_serveur_se_recalent(base):
    serveur = postgres.demarrer(bases.DONNEES, rapide=True)
    proprietaire = psycopg2.connect(**serveur.parametres("proprietaire", base=base))
    with closing(proprietaire), proprietaire, proprietaire.cursor() as curseur:
        curseur.execute("ALTER TABLE situations_faitsituation DISABLE TRIGGER fait_estampille")
        curseur.execute("UPDATE situations_faitsituation SET estampille = '9000000000'")
        curseur.execute("ALTER TABLE situations_faitsituation ENABLE TRIGGER fait_estampille")
    etat = charger()
    etat = rafraichir(etat)
    assert len(etat) == FaitSituation.objects.count()
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT count(*) FROM situations_faitsituation WHERE estampille > pg_current_xact_id()"
        )
        assert curseur.fetchone()[0] == 0


ECRIVAINS, LECTEURS, SITUATIONS = 8, 4, 2000


@pytest.mark.serveur
def test_huit_ecrivent_quatre_lisent_rien_ne_se_perd(tmp_path):
    rassembler_statiques()
    base = bases.cloner(bases.DEMONSTRATION, f"fraicheur_{uuid.uuid4().hex[:12]}")
    compteurs = tmp_path / "compteurs"
    ouvrier.Compteurs.creer(compteurs, ECRIVAINS)
    creation = f"from tests.ouvrier import creer; print(*creer({ECRIVAINS}))"
    territoires = [int(pk) for pk in bases.manage(base, "shell", "-v0", "-c", creation).split()]
    sorties = [tmp_path / f"lecteur_{i}" for i in range(LECTEURS)]
    part = SITUATIONS // ECRIVAINS
    processus = [
        lancer(
            base,
            f"lire({str(compteurs)!r}, {territoires}, {str(sortie)!r}, par_pages={i % 2 == 0})",
        )
        for i, sortie in enumerate(sorties)
    ] + [
        lancer(base, f"ecrire({str(compteurs)!r}, {i}, {pk}, {part})")
        for i, pk in enumerate(territoires)
    ]
    try:
        for p in processus:
            _, erreurs = p.communicate(timeout=2 * ouvrier.DELAI)
            assert p.returncode == 0, erreurs
    finally:
        for p in processus:
            p.kill()
            p.wait()
    constats = [json.loads(sortie.read_text()) for sortie in sorties]
    assert [(c["perdues"], c["fantomes"], c["etat"]) for c in constats] == [(0, 0, True)] * LECTEURS
    assert all(c["lectures"] > 5 for c in constats)


def lancer(base: str, appel: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c",
         f"from tests.ouvrier import ecrire, lire; {appel}"],
        cwd=bases.RACINE,
        env=bases.environnement(base),
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
