"""OpenID Connect: a door to accounts that exist, opened only by a proved address, then by who one is."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core import mail
from django.test import Client
from django.urls import reverse

from territoires.models import Utilisateur
from tests.fenetre import Fenetre
from tests.fournisseur_local import CLIENT, SECRET, fournisseur_local
from tests.test_comptes import gestes


@pytest.fixture
def fournisseur(vans, settings):
    """A provider that knows the author of the situations, and is configured here."""
    with fournisseur_local(sub="abc-123", email=vans.travail.email, email_verified=True) as local:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "APPS": [
                    {
                        "provider_id": "oidc",
                        "name": "ProConnect",
                        "client_id": CLIENT,
                        "secret": SECRET,
                        "settings": {"server_url": local.adresse, "scope": ["openid", "email"]},
                    }
                ]
            }
        }
        yield local


def aller(client, suite: str = "") -> str:
    """Leaves for the provider as its button does, and comes back: the address of the return."""
    depart = client.get(reverse("aller_au_fournisseur") + suite)
    retour = requests.get(depart["Location"], allow_redirects=False, timeout=5)
    page = urlsplit(retour.headers["Location"])
    return f"{page.path}?{page.query}"


def entrer(client, suite: str = ""):
    return client.get(aller(client, suite))


def test_le_compte_de_cette_adresse_s_ouvre_et_reste_relie(vans, fournisseur, client):
    assert entrer(client, "?next=/comptes/")["Location"] == "/comptes/"
    assert client.get("/comptes/").context["user"] == vans.travail
    lie = SocialAccount.objects.get()
    assert (lie.user, lie.uid, lie.provider) == (vans.travail, "abc-123", "oidc")
    assert gestes(vans.travail)[-2:] == ["relier_fournisseur", "se_connecter"]
    assert mail.outbox[-1].to == [vans.travail.email]
    # Linked by who they are: the provider may change the address, ours does not move.
    fournisseur.personne["email"] = vans.collegue.email
    suivant = Client()
    entrer(suivant)
    assert suivant.get("/comptes/").context["user"] == vans.travail


def test_on_ne_demande_que_ce_qu_il_faut(fournisseur, client):
    entrer(client)
    (demande,) = fournisseur.demandes
    assert set(demande["scope"].split()) == {"openid", "email"}
    assert len(demande["nonce"]) >= 32
    garde = SocialAccount.objects.get().extra_data
    assert set(garde["userinfo"]) == {"sub", "email", "email_verified"}


def test_qui_n_a_pas_de_compte_n_en_recoit_pas(fournisseur, client):
    fournisseur.personne["email"] = "inconnue@exemple.fr"
    avant = Utilisateur.objects.count()
    reponse = entrer(client)
    assert reponse.status_code == 403
    assert "Aucun compte du baromètre ne correspond" in reponse.content.decode()
    assert Utilisateur.objects.count() == avant
    assert client.get("/comptes/").status_code == 302


@pytest.mark.parametrize("prouvee", [False, None, "false", "true", 1])
def test_une_adresse_que_le_fournisseur_ne_dit_pas_prouvee_n_ouvre_rien(
    vans, fournisseur, client, prouvee
):
    fournisseur.personne["email_verified"] = prouvee
    reponse = entrer(client)
    assert reponse.status_code == 403
    assert "ne dit pas que votre adresse e-mail est vérifiée" in reponse.content.decode()
    assert not SocialAccount.objects.exists()
    vans.travail.refresh_from_db()
    assert vans.travail.check_password("secret")


def test_la_personne_peut_arriver_signee(vans, fournisseur, client):
    """As ProConnect does."""
    fournisseur.userinfo_signe = True
    assert entrer(client)["Location"] == "/"
    assert client.get("/comptes/").context["user"] == vans.travail


def autre_cle():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.mark.parametrize(
    "tromper",
    [
        lambda f: setattr(f, "cle_publiee", autre_cle()),
        lambda f: f.identite.update(aud="un-autre-service"),
        lambda f: f.identite.update(iss="https://ailleurs.example"),
        lambda f: f.identite.update(exp=1),
        lambda f: f.identite.update(nonce="une autre question"),
        lambda f: f.identite.update(sub="quelqu’un d’autre"),
    ],
    ids=["mal signé", "pour un autre", "d’un autre", "périmé", "autre question", "autre personne"],
)
def test_un_jeton_qui_n_est_pas_le_bon_n_ouvre_rien(vans, fournisseur, client, tromper):
    tromper(fournisseur)
    reponse = entrer(client)
    assert reponse.status_code == 401
    assert "La connexion n’a pas abouti" in reponse.content.decode()
    assert client.get("/comptes/").status_code == 302


def test_une_reponse_ne_sert_ni_deux_fois_ni_dans_un_autre_navigateur(fournisseur, client):
    retour = aller(client)
    assert Client().get(retour).status_code == 401
    assert client.get(retour).status_code == 302
    client.post(reverse("account_logout"))
    assert client.get(retour).status_code == 401


def test_le_second_facteur_est_demande_de_meme(vans, fournisseur, client):
    TOTP.activate(vans.travail, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert entrer(client)["Location"] == reverse("mfa_authenticate")
    assert client.get("/comptes/").status_code == 302


def test_le_second_facteur_exige_l_est_de_meme(vans, fournisseur, client, settings):
    settings.SECOND_FACTEUR_EXIGE = True
    fournisseur.personne["email"] = vans.animateur.email
    assert entrer(client)["Location"] == "/"
    assert client.get("/")["Location"] == reverse("mfa_index")


def test_un_compte_desactive_ne_s_ouvre_pas(vans, fournisseur, client):
    Utilisateur.objects.filter(pk=vans.travail.pk).update(is_active=False)
    assert entrer(client)["Location"] == reverse("account_inactive")
    assert client.get("/comptes/").status_code == 302


def test_on_ne_relie_pas_un_compte_ouvert_a_une_autre_identite(vans, fournisseur, client):
    """« process=connect » would link whoever the provider knows to the account that is open."""
    client.force_login(vans.collegue)
    entrer(client, "?process=connect")
    assert not SocialAccount.objects.filter(user=vans.collegue).exists()


def test_renoncer_ramene_a_la_connexion(fournisseur, client):
    depart = client.get(reverse("aller_au_fournisseur"))
    question = parse_qs(urlsplit(depart["Location"]).query)["state"][0]
    fenetre = Fenetre(
        client, f"{reverse('retour_du_fournisseur')}?error=access_denied&state={question}"
    )
    assert fenetre.adresse == reverse("account_login")
    assert "Vous n’avez pas continué avec ProConnect" in fenetre.texte


def test_la_page_de_connexion_ne_le_propose_que_configure(fournisseur, client, settings):
    fenetre = Fenetre(client, f"{reverse('account_login')}?next=/comptes/")
    assert f"{reverse('aller_au_fournisseur')}?next=/comptes/" in fenetre.liens()
    assert "S’identifier avec ProConnect" in fenetre.texte
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "ProConnect" not in fenetre.ouvrir(reverse("account_login")).texte
    assert client.get(reverse("aller_au_fournisseur")).status_code == 404
    assert client.get(reverse("retour_du_fournisseur")).status_code == 404


def test_un_fournisseur_en_panne_le_dit(fournisseur, client, settings):
    (application,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    application["settings"]["server_url"] = "http://127.0.0.1:1"
    reponse = client.get(reverse("aller_au_fournisseur"))
    assert reponse.status_code == 502
    assert "n’a pas abouti" in reponse.content.decode()
