"""The second factor: required of those whose roles read situations or give rights, impossible to skip."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from territoires.actions import ajouter_membre
from territoires.comptes import AdaptateurSecondFacteur
from territoires.models import Comite, Journal
from territoires.permissions import exige_second_facteur
from tests.fenetre import Fenetre
from tests.gens import brouillon, transmise
from tests.test_comptes import gestes, prouver_qui_on_est, se_connecter

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_de(secret: str, decalage: int = 0) -> str:
    """What the application shows now."""
    compteurs = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, compteurs[len(compteurs) // 2] + decalage))


@pytest.fixture(autouse=True)
def une_fois_ecrit(monkeypatch):
    """What follows the end of the transaction follows at once: a test's own never ends."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda suite, **_: suite())


@pytest.fixture
def exige(settings):
    settings.SECOND_FACTEUR_EXIGE = True


def test_ceux_qui_lisent_des_situations_ou_donnent_des_droits_en_ont_un(vans, national):
    astreints = (vans.technique, vans.animateur, vans.administrateur, national)
    libres = (vans.travail, vans.pilotage, vans.ancien, AnonymousUser())
    assert [exige_second_facteur(compte) for compte in astreints] == [True] * 4
    assert [exige_second_facteur(compte) for compte in libres] == [False] * 4


# --- nothing without it -----------------------------------------------------------------------


@pytest.mark.usefixtures("exige")
def test_aucune_adresse_ne_s_ouvre_sans_second_facteur(vans, client):
    situation = transmise(vans, vans.travail)
    client.force_login(vans.animateur)
    base = f"/territoires/{vans.territoire.slug}/"
    for adresse in (
        "/",
        f"{base}relecture/",
        f"{base}tableau-de-bord/",
        f"{base}formulaire/",
        situation.get_absolute_url(),
    ):
        assert client.get(adresse)["Location"] == reverse("mfa_index"), adresse
    assert client.get("/nulle-part/").status_code == 404
    reponse = client.post(f"{situation.get_absolute_url()}valider/")
    assert reponse.status_code == 403
    assert "second facteur" in reponse.content.decode()
    situation.refresh_from_db()
    assert situation.statut == "transmise"


@pytest.mark.usefixtures("exige")
def test_l_enregistrement_automatique_recoit_une_phrase(vans, client):
    client.force_login(vans.technique)
    situation = brouillon(vans, vans.technique)
    adresse = f"{situation.get_absolute_url()}saisie/reperage/"
    for entetes in ({"X-Enregistrement": "auto"}, {"Sec-Fetch-Dest": "empty"}):
        reponse = client.post(adresse, {}, headers=entetes)
        assert reponse.status_code == 403
        assert "second facteur" in reponse.json()["message"]


@pytest.mark.usefixtures("exige")
def test_on_atteint_de_quoi_en_ajouter_un_et_de_quoi_partir(vans, client):
    client.force_login(vans.animateur)
    client.get("/")
    for nom in ("mfa_index", "mon_compte", "usersessions_list", "account_change_password"):
        assert client.get(reverse(nom)).status_code == 200, nom
    assert client.post(reverse("account_logout")).status_code == 302


@pytest.mark.usefixtures("exige")
def test_qui_n_y_est_pas_tenu_entre_sans(vans, client):
    client.force_login(vans.travail)
    assert client.get(f"/territoires/{vans.territoire.slug}/situations/").status_code == 200


def test_la_demonstration_le_propose_seulement(vans, client):
    client.force_login(vans.animateur)
    assert client.get(f"/territoires/{vans.territoire.slug}/relecture/").status_code == 200
    assert "Votre rôle demande un second facteur" in Fenetre(client, reverse("mon_compte")).texte


@pytest.mark.usefixtures("exige")
def test_promu_pendant_sa_session_on_en_est_prie_a_la_page_suivante(vans, client):
    client.force_login(vans.travail)
    adresse = f"/territoires/{vans.territoire.slug}/situations/"
    assert client.get(adresse).status_code == 200
    ajouter_membre(
        comite=vans.territoire.comites.get(nature=Comite.Nature.TECHNIQUE),
        utilisateur=vans.travail,
        organisme=vans.organisme,
        par=vans.administrateur,
    )
    assert client.get(adresse)["Location"] == reverse("mfa_index")


# --- an application of codes ------------------------------------------------------------------


def ajouter_une_application(client) -> tuple[str, list[str]]:
    """Enrols as a person does: the secret, and the recovery codes shown once."""
    fenetre = Fenetre(client, reverse("mfa_activate_totp"))
    (dessin,) = fenetre.page.tous("img")
    assert dessin["src"].startswith("data:image/svg+xml;base64,")
    (cle,) = fenetre.classe("cle-a-copier")
    fenetre = fenetre.ecrire("code", code_de(cle.dit)).cliquer("Ajouter l’application")
    return cle.dit, [code.dit for code in fenetre.page.tous("code")]


@pytest.mark.usefixtures("exige")
def test_on_ajoute_une_application_puis_elle_est_demandee_a_la_connexion(vans, client):
    ailleurs = Client()
    ailleurs.force_login(vans.animateur)
    ailleurs.get(reverse("mon_compte"))
    assert se_connecter(client, vans.animateur.email)["Location"] == "/"
    secret, secours = ajouter_une_application(client)
    assert len(secours) == 10
    assert client.get("/", follow=True).status_code == 200
    # What a password alone had opened is closed.
    assert ailleurs.get(reverse("mon_compte")).status_code == 302
    assert mail.outbox[-1].subject.endswith("Second facteur ajouté")
    assert "ajouter_second_facteur" in gestes(vans.animateur)

    nouveau = Client()
    cache.clear()  # a code serves once; half a minute has passed
    assert se_connecter(nouveau, vans.animateur.email)["Location"] == reverse("mfa_authenticate")
    assert nouveau.get("/")["Location"].startswith(reverse("account_login"))
    fenetre = Fenetre(nouveau, reverse("mfa_authenticate")).ecrire("code", "000000")
    assert "Ce code n’est pas le bon" in fenetre.cliquer("Continuer").texte
    assert nouveau.get("/")["Location"].startswith(reverse("account_login"))
    fenetre = fenetre.ecrire("code", code_de(secret)).cliquer("Continuer")
    assert fenetre.adresse.startswith("/territoires/")


def test_le_mot_de_passe_seul_n_ouvre_rien_une_fois_la_page_du_code_affichee(vans, client):
    """Every page of the project, straight to its address, between the password and the code."""
    TOTP.activate(vans.travail, SECRET)
    se_connecter(client, vans.travail.email)
    situation = transmise(vans, vans.travail)
    for adresse in (
        "/",
        reverse("mon_compte"),
        reverse("mfa_index"),
        reverse("mfa_view_recovery_codes"),
        reverse("account_email"),
        f"/territoires/{vans.territoire.slug}/situations/",
        situation.get_absolute_url(),
    ):
        assert client.get(adresse)["Location"].startswith(reverse("account_login")), adresse
    assert client.get(reverse("etat_session")).json() == {"ouverte": False}


def test_un_mot_de_passe_oublie_ne_contourne_pas_le_second_facteur(vans, client):
    TOTP.activate(vans.travail, SECRET)
    client.post(reverse("account_reset_password"), {"email": vans.travail.email})
    chemin = re.search(r"http://testserver(/\S+nouveau/\S+)", mail.outbox[-1].body)[1]
    page = client.get(chemin, follow=True).request["PATH_INFO"]
    nouveau = {"password1": "quatre mots sans rapport", "password2": "quatre mots sans rapport"}
    client.post(page, nouveau)
    reponse = se_connecter(client, vans.travail.email, nouveau["password1"])
    assert reponse["Location"] == reverse("mfa_authenticate")


def test_un_code_ne_sert_qu_une_fois(vans):
    TOTP.activate(vans.travail, SECRET)
    code = code_de(SECRET)
    for attendu in ("/", None):
        client = Client()
        se_connecter(client, vans.travail.email)
        reponse = client.post(reverse("mfa_authenticate"), {"code": code})
        assert reponse.get("Location") == attendu


def test_les_codes_se_devinent_aussi_peu_que_les_mots_de_passe(vans, client):
    TOTP.activate(vans.travail, SECRET)
    se_connecter(client, vans.travail.email)
    for n in range(6):
        page = client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"})
    assert "attendez un quart d’heure" in page.content.decode()
    page = client.post(reverse("mfa_authenticate"), {"code": code_de(SECRET)})
    assert page.status_code == 200
    assert [m.to for m in mail.outbox] == [[vans.travail.email]]
    refus = Journal.objects.filter(geste="se_connecter", resultat="refuse")
    assert {ligne.objet_id for ligne in refus} == {str(vans.travail.pk)}


def test_un_code_de_secours_ouvre_une_fois(vans):
    TOTP.activate(vans.travail, SECRET)
    secours = RecoveryCodes.activate(vans.travail).get_unused_codes()[0]
    for attendu in ("/", None):
        client = Client()
        se_connecter(client, vans.travail.email)
        reponse = client.post(reverse("mfa_authenticate"), {"code": secours})
        assert reponse.get("Location") == attendu


def test_les_codes_de_secours_ne_se_montrent_qu_une_fois(vans, client):
    se_connecter(client, vans.travail.email)
    _, secours = ajouter_une_application(client)
    page = Fenetre(client, reverse("mfa_view_recovery_codes")).texte
    assert not any(code in page for code in secours)
    fenetre = Fenetre(client, reverse("mfa_generate_recovery_codes"))
    fenetre = fenetre.cliquer("Faire de nouveaux codes")
    nouveaux = [code.dit for code in fenetre.page.tous("code")]
    assert len(nouveaux) == 10
    assert not set(nouveaux) & set(secours)
    (telecharger,) = [a for a in fenetre.page.tous("a") if a.dit == "Télécharger"]
    assert all(code in telecharger["href"] for code in nouveaux)
    assert mail.outbox[-1].subject.endswith("Nouveaux codes de secours")


def test_retirer_son_second_facteur_previent_et_demande_qui_l_on_est(vans, client):
    TOTP.activate(vans.travail, SECRET)
    RecoveryCodes.activate(vans.travail)
    client.force_login(vans.travail)
    fenetre = Fenetre(client, reverse("mfa_deactivate_totp"))
    assert fenetre.titre.startswith("Confirmer mon identité")
    prouver_qui_on_est(client)
    fenetre.ouvrir(reverse("mfa_deactivate_totp")).cliquer("Retirer l’application")
    assert not Authenticator.objects.exists()
    assert mail.outbox[-1].subject.endswith("Second facteur retiré")
    assert gestes(vans.travail)[-1] == "retirer_second_facteur"


def test_un_operateur_retire_le_second_facteur_de_qui_a_tout_perdu(vans, client):
    TOTP.activate(vans.travail, SECRET)
    client.force_login(vans.travail)
    client.get("/")
    call_command("retirer_second_facteur", vans.travail.email.upper(), stdout=StringIO())
    assert client.get("/comptes/").status_code == 302
    assert se_connecter(client, vans.travail.email)["Location"] == "/"
    assert mail.outbox[-1].to == [vans.travail.email]
    assert Journal.objects.filter(geste="retirer_second_facteur", utilisateur_id=None).exists()
    for email in (vans.travail.email, "inconnue@exemple.fr"):
        with pytest.raises(CommandError):
            call_command("retirer_second_facteur", email)


# --- in the database --------------------------------------------------------------------------


def test_la_base_ne_garde_pas_les_secrets_en_clair(vans, client):
    se_connecter(client, vans.travail.email)
    secret, _ = ajouter_une_application(client)
    gardes = str([*Authenticator.objects.values_list("data", flat=True)])
    assert secret not in gardes


def test_changer_la_cle_du_service_garde_les_seconds_facteurs(settings):
    ancien = AdaptateurSecondFacteur().encrypt("secret")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "une autre clé"
    assert AdaptateurSecondFacteur().decrypt(ancien) == "secret"
