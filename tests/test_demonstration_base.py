"""The demonstration as it is in the database: whole, coherent, counted, open in one click."""

import subprocess
import sys
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client
from django.utils import timezone

from situations.calendrier import bornes_observation
from situations.demonstration.territoires import ADMINISTRATEUR_NATIONAL, TERRITOIRES
from situations.models import Evenement, FaitNonRecours, FaitSituation, NonRecours, Situation
from situations.moteur.verification import manques
from situations.numeros import lire as lire_numero
from situations.versions import definition_de
from territoires.models import Comite, Membre, Territoire, Utilisateur
from tests import bases
from tests.base_demonstration import servie
from tests.compte_naif import attendue, projetee
from tests.fenetre import Fenetre

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def base(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), servie("base") as base:
        yield base


# --- totals ---------------------------------------------------------------------------------


def test_each_territory_holds_the_situations_promised():
    nombres = Territoire.objects.annotate(nombre=Count("situation"))
    assert dict(nombres.values_list("slug", "nombre")) == {
        "pays-des-vans": 150,
        "grenoble-alpes-metropole": 600,
        "puy-de-dome": 300,
    }


def test_every_status_is_there_in_each_territory_and_most_are_validated():
    for territoire in Territoire.objects.all():
        statuts = Counter(territoire.situation_set.values_list("statut", flat=True))
        assert set(statuts) == set(Situation.Statut.values)
        assert statuts["validee"] > sum(statuts.values()) / 2
        assert statuts["brouillon"] < 20


def test_what_is_counted_is_what_was_transmitted_and_not_set_aside():
    comptees = Situation.objects.filter(statut__in=Situation.COMPTES)
    assert FaitSituation.objects.count() == comptees.count()
    assert (
        FaitNonRecours.objects.count()
        == NonRecours.objects.filter(situation__in=comptees, retire=False).count()
    )


def test_the_projection_says_what_the_situations_say_and_so_does_the_rebuilt_one():
    avant = projetee()
    assert avant == attendue()
    dates = dict(FaitSituation.objects.values_list("pk", "transmise_le"))
    call_command("reprojeter", stdout=StringIO())
    assert projetee() == avant
    assert dict(FaitSituation.objects.values_list("pk", "transmise_le")) == dates


# --- coherence ------------------------------------------------------------------------------


def test_every_transmitted_situation_could_have_been_typed_that_day():
    """One in six: nothing is missing, months being judged from the day of the transmission."""
    situations = Situation.objects.exclude(statut="brouillon").prefetch_related("non_recours")
    for situation in situations.order_by("pk")[::6]:
        mois_min, mois_max = bornes_observation(timezone.localdate(situation.transmise_le))
        trouves = manques(
            definition_de(situation.version_id),
            situation.get_reponses(),
            [ligne.get_reponses() for ligne in situation.non_recours_gardes()],
            mois_min=mois_min,
            mois_max=mois_max,
        )
        assert trouves == [], situation.pk


def test_every_number_is_right_and_given_once():
    numeros = list(Situation.objects.exclude(statut="brouillon").values_list("numero", flat=True))
    assert len(set(numeros)) == len(numeros)
    assert all(lire_numero(numero) == numero for numero in numeros)
    assert not Situation.objects.filter(statut="brouillon", numero__isnull=False).exists()


def test_every_situation_was_written_by_a_member_for_their_organisme():
    sieges = set(
        Membre.objects.exclude(comite__nature=Comite.Nature.PILOTAGE).values_list(
            "comite__territoire", "utilisateur", "organisme"
        )
    )
    assert set(Situation.objects.values_list("territoire", "auteur", "organisme")) <= sieges


def test_the_history_of_each_leads_to_its_status():
    derniers = {
        "transmise": {"transmettre", "completer"},
        "validee": {"valider"},
        "a_completer": {"renvoyer"},
        "ecartee": {"ecarter"},
    }
    for situation in Situation.objects.prefetch_related("evenements"):
        gestes = [evenement.geste for evenement in situation.evenements.all()]
        if situation.statut == "brouillon":
            assert gestes == []
            continue
        assert gestes[0] == "transmettre"
        assert gestes[-1] in derniers[situation.statut]
        assert situation.evenements.all()[0].le == situation.transmise_le


def test_nothing_happens_after_the_last_day():
    fin = date.fromisoformat(bases.JUSQUA)
    for moments in (
        Evenement.objects.values_list("le", flat=True),
        Situation.objects.exclude(transmise_le=None).values_list("transmise_le", flat=True),
    ):
        assert max(timezone.localdate(moment) for moment in moments) <= fin


# --- installing -----------------------------------------------------------------------------


def test_a_second_demonstration_is_refused_and_touches_nothing(base):
    nombre = Situation.objects.count()
    with pytest.raises(CommandError, match="Cette base contient déjà quelque chose"):
        call_command("demo", stdout=StringIO())
    assert Situation.objects.count() == nombre

    resultat = subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=bases.RACINE,
        env=bases.environnement(base),
        capture_output=True,
        text=True,
    )
    assert resultat.returncode == 1
    assert "Cette base contient déjà quelque chose" in resultat.stderr
    assert "Traceback" not in resultat.stderr
    assert resultat.stdout == ""


def test_the_accounts_can_be_printed_again():
    sortie = StringIO()
    call_command("demo", comptes=True, stdout=sortie)
    for personne in (*TERRITOIRES[0].personnes, ADMINISTRATEUR_NATIONAL):
        assert personne.courriel in sortie.getvalue()


# --- accounts -------------------------------------------------------------------------------

ATTERRISSAGES = {
    "Solène Vidal": "/territoires/pays-des-vans/relecture/",
    "Karim Benhamou": "/territoires/pays-des-vans/relecture/",
    "Denise Pialat": "/territoires/pays-des-vans/situations/",
    "Bernard Mazaudier": "/territoires/pays-des-vans/tableau-de-bord/",
    "Quentin Roche": "/territoires/pays-des-vans/tableau-de-bord/",
    "Dominique Kessler": "/tableau-de-bord/national/",
}


def page_de_connexion() -> Fenetre:
    return Fenetre(Client(enforce_csrf_checks=True), "/comptes/connexion/")


def test_an_account_of_each_role_of_each_territory_is_offered():
    noms = set(Utilisateur.objects.values_list("nom", flat=True))
    offerts = [b.dit for b in page_de_connexion().page.tous("button") if b.dit in noms]
    assert len(set(offerts)) == len(offerts) == 3 * 5 + 1
    assert set(ATTERRISSAGES) <= set(offerts)


@pytest.mark.parametrize("nom", ATTERRISSAGES)
def test_one_click_opens_an_account_where_its_work_is(nom):
    fenetre = page_de_connexion().cliquer(nom)
    assert fenetre.adresse == ATTERRISSAGES[nom]
    assert fenetre.statut == 200
    assert nom in fenetre.page.tous("header")[0].dit


def test_the_password_printed_opens_the_account_too(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    fenetre = page_de_connexion()
    sortie = StringIO()
    call_command("demo", comptes=True, stdout=sortie)
    mot_de_passe = sortie.getvalue().split("mot de passe : ")[1].split(")")[0]
    fenetre.ecrire("login", "maya.rouviere@demo.example").ecrire("password", mot_de_passe)
    fenetre.cliquer("Se connecter")
    assert fenetre.adresse == "/territoires/pays-des-vans/situations/"


def test_an_account_that_is_not_of_the_demonstration_is_not_opened_by_a_click():
    compte = Utilisateur.objects.create_user("vraie@exemple.fr", "secret", nom="Vraie")
    fenetre = page_de_connexion()
    (jeton, *_) = fenetre.page.tous("input", name="csrfmiddlewaretoken")
    reponse = fenetre.client.post(
        f"/comptes/demonstration/{compte.pk}/", {"csrfmiddlewaretoken": jeton["value"]}
    )
    assert reponse.status_code == 404


def test_the_page_of_the_review_shows_a_month_of_work():
    fenetre = page_de_connexion().cliquer("Solène Vidal")
    a_relire = Situation.objects.a_relire(Territoire.objects.get(slug="pays-des-vans"))
    assert fenetre.id("t-file").dit == f"À relire {a_relire.count()}"
    assert 0 < a_relire.count() <= 25
