"""Accounts: nothing on a page says who has one, and what protects one changes only with a proof."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from territoires.comptes import adresse_prouvee
from territoires.courriels import envoyer
from territoires.models import Journal, Utilisateur
from territoires.templatetags.comptes import appareil
from tests.fenetre import Fenetre

LONG = "quatre mots sans rapport"


def demander_un_mot_de_passe(client, email: str):
    return client.post(reverse("account_reset_password"), {"email": email})


def se_connecter(client, email: str, mot_de_passe: str = "secret", **entetes):
    donnees = {"login": email, "password": mot_de_passe}
    return client.post(reverse("account_login"), donnees, **entetes)


def lien(courriel) -> str:
    """The address of the link of an e-mail, without its host."""
    (trouve,) = re.findall(r"^http://testserver(/\S{2,})$", courriel.body, re.MULTILINE)
    return trouve


def gestes(compte) -> list[str]:
    """What this person did, oldest first, as the journal says it."""
    lignes = Journal.objects.filter(utilisateur_id=compte.pk, objet="Utilisateur")
    return list(lignes.order_by("pk").values_list("geste", flat=True))


def prouver_qui_on_est(client) -> None:
    """Answers the page that asks the password again."""
    client.post(reverse("account_reauthenticate"), {"password": "secret"})


# --- forgotten passwords ----------------------------------------------------------------------


def test_un_mot_de_passe_oublie_recoit_la_meme_reponse_avec_ou_sans_compte(vans, client):
    connue = demander_un_mot_de_passe(client, vans.travail.email)
    inconnue = demander_un_mot_de_passe(client, "personne@exemple.fr")
    assert connue.status_code == inconnue.status_code == 302
    assert connue["Location"] == inconnue["Location"]
    assert [courriel.to for courriel in mail.outbox] == [
        [vans.travail.email],
        ["personne@exemple.fr"],
    ]


def test_le_courriel_a_une_adresse_inconnue_ne_propose_pas_de_s_inscrire(db, client):
    demander_un_mot_de_passe(client, "personne@exemple.fr")
    (courriel,) = mail.outbox
    assert "Aucun compte n’a cette adresse" in courriel.body
    assert reverse("account_signup") not in courriel.body


def test_le_lien_recu_donne_un_mot_de_passe_et_ne_sert_qu_une_fois(vans, client):
    ailleurs = Client()
    ailleurs.force_login(vans.travail)
    ailleurs.get("/")
    demander_un_mot_de_passe(client, vans.travail.email.upper())
    chemin = lien(mail.outbox[-1])
    fenetre = Fenetre(client, chemin).ecrire("password1", LONG).ecrire("password2", LONG)
    assert "Votre mot de passe est changé" in fenetre.cliquer("Choisir ce mot de passe").texte
    assert "Ce lien ne sert plus" in Fenetre(Client(), chemin).texte
    assert se_connecter(client, vans.travail.email, LONG)["Location"] == "/"
    # The session open with the former password is closed.
    assert ailleurs.get("/")["Location"].startswith("/comptes/connexion/")
    assert gestes(vans.travail)[-2:] == ["remplacer_mot_de_passe", "se_connecter"]
    assert mail.outbox[-1].subject.endswith("Votre mot de passe a changé")


def test_un_compte_desactive_ne_recoit_pas_de_lien(vans, client):
    Utilisateur.objects.filter(pk=vans.travail.pk).update(is_active=False)
    demander_un_mot_de_passe(client, vans.travail.email)
    assert "Aucun compte n’a cette adresse" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("mot_de_passe", "reproche"),
    [
        ("onzelettres", "trop court"),
        ("qwertyuiop123", "trop courant"),
        ("travail@pays", "semblable"),
    ],
)
def test_un_mot_de_passe_trop_faible_est_refuse(vans, client, mot_de_passe, reproche):
    client.force_login(vans.travail)
    fenetre = Fenetre(client, reverse("account_change_password"))
    fenetre.ecrire("oldpassword", "secret")
    fenetre.ecrire("password1", mot_de_passe).ecrire("password2", mot_de_passe)
    assert reproche in fenetre.cliquer("Changer mon mot de passe").texte
    vans.travail.refresh_from_db()
    assert vans.travail.check_password("secret")


def test_argon2_garde_les_mots_de_passe_en_service():
    from bnr import settings as service

    assert service.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_changer_son_mot_de_passe_previent_et_ferme_les_autres_sessions(vans, client):
    ailleurs = Client()
    ailleurs.force_login(vans.travail)
    client.force_login(vans.travail)
    fenetre = Fenetre(client, reverse("mon_compte")).suivre("Changer mon mot de passe")
    fenetre.ecrire("oldpassword", "secret").ecrire("password1", LONG).ecrire("password2", LONG)
    assert fenetre.cliquer("Changer mon mot de passe").adresse == reverse("mon_compte")
    assert "changer_mot_de_passe" in gestes(vans.travail)
    (courriel,) = mail.outbox
    assert courriel.to == [vans.travail.email]
    assert "a été changé" in courriel.body
    assert "127.0.0.1" not in courriel.body
    assert ailleurs.get("/")["Location"].startswith("/comptes/connexion/")


# --- the address ------------------------------------------------------------------------------


def donner_une_adresse(client, email: str) -> Fenetre:
    fenetre = Fenetre(client, reverse("account_email")).ecrire("email", email)
    return fenetre.cliquer("Envoyer le message")


def test_une_nouvelle_adresse_se_prouve_et_l_ancienne_est_prevenue(vans, client):
    ancienne, nouvelle = vans.travail.email, "ailleurs@exemple.fr"
    client.force_login(vans.travail)
    prouver_qui_on_est(client)
    donner_une_adresse(client, "Ailleurs@Exemple.fr")
    (courriel,) = mail.outbox
    assert courriel.to == [nouvelle]
    vans.travail.refresh_from_db()
    assert vans.travail.email == ancienne
    assert "En attente de confirmation : ailleurs@exemple.fr" in Fenetre(
        client, reverse("mon_compte")
    ).texte.replace("\u00a0", " ")
    Fenetre(Client(), lien(courriel)).cliquer("C’est mon adresse")
    vans.travail.refresh_from_db()
    assert vans.travail.email == nouvelle
    assert mail.outbox[-1].to == [ancienne]
    assert nouvelle in mail.outbox[-1].body
    assert "changer_adresse" in gestes(vans.travail)
    assert [*EmailAddress.objects.filter(user=vans.travail).values_list("email", "verified")] == [
        (nouvelle, True)
    ]
    assert se_connecter(Client(), nouvelle)["Location"] == "/"
    assert se_connecter(Client(), ancienne).status_code == 200


def test_changer_d_adresse_demande_de_prouver_qui_on_est(vans, client):
    client.force_login(vans.travail)
    fenetre = donner_une_adresse(client, "ailleurs@exemple.fr")
    assert fenetre.titre.startswith("Confirmer mon identité")
    assert mail.outbox == []


def test_nul_ne_prend_l_adresse_d_un_autre_ni_n_apprend_qu_il_a_un_compte(vans, client):
    """An administrator is named by the address of an account: taking another's would take the role."""
    client.force_login(vans.travail)
    prouver_qui_on_est(client)
    fenetre = donner_une_adresse(client, "libre@exemple.fr")
    libre = fenetre.texte
    fenetre.cliquer("Garder l’adresse actuelle")
    prise = donner_une_adresse(client, vans.administrateur.email).texte
    assert prise.replace(vans.administrateur.email, "libre@exemple.fr") == libre
    confirmation = Fenetre(Client(), lien(mail.outbox[-1]))
    assert "Ce lien ne sert plus" in confirmation.texte
    # Even when the other account's address was never written as proved.
    EmailAddress.objects.filter(user=vans.administrateur).delete()
    fenetre = Fenetre(Client(), lien(mail.outbox[-1])).cliquer("C’est mon adresse")
    assert fenetre.statut == 200
    vans.travail.refresh_from_db()
    assert vans.travail.email == "travail@pays-des-vans.example"


def test_on_renonce_a_changer_d_adresse(vans, client):
    client.force_login(vans.travail)
    prouver_qui_on_est(client)
    donner_une_adresse(client, "ailleurs@exemple.fr")
    chemin = lien(mail.outbox[-1])
    Fenetre(client, reverse("account_email")).cliquer("Garder l’adresse actuelle")
    assert "Ce lien ne sert plus" in Fenetre(Client(), chemin).texte


def test_une_adresse_prouvee_s_ecrit_une_fois(db):
    compte = Utilisateur.objects.create_user("a@exemple.fr", "secret", nom="A")
    adresse_prouvee(compte)
    adresse_prouvee(compte)
    (adresse,) = EmailAddress.objects.filter(user=compte)
    assert (adresse.verified, adresse.primary) == (True, True)


# --- « Mon compte » ---------------------------------------------------------------------------


def test_on_change_son_nom_et_sa_fonction(vans, client):
    client.force_login(vans.travail)
    fenetre = Fenetre(client).suivre("Mon compte")
    fenetre.ecrire("nom", "Denise Pialat").choisir("fonction", "fo_ts").cliquer("Enregistrer")
    vans.travail.refresh_from_db()
    assert (vans.travail.nom, vans.travail.fonction) == ("Denise Pialat", "fo_ts")
    assert gestes(vans.travail)[-1] == "modifier_profil"


def test_un_nom_vide_est_refuse_et_l_en_tete_ne_change_pas(vans, client):
    client.force_login(vans.travail)
    fenetre = Fenetre(client, reverse("mon_compte")).ecrire("nom", " ").cliquer("Enregistrer")
    assert fenetre.titre.startswith("Erreur")
    assert vans.travail.nom in fenetre.page.tous("header")[0].dit
    vans.travail.refresh_from_db()
    assert vans.travail.nom == "Travail"


def test_les_champs_obligatoires_le_disent_en_mots(client, db):
    fenetre = Fenetre(client, reverse("account_login"))
    assert "Adresse e-mail (obligatoire)" in fenetre.texte
    assert "*" not in fenetre.texte
    assert "Courriel" not in fenetre.texte


# --- sessions ---------------------------------------------------------------------------------

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) AppleWebKit/605.1 Version/17.4 Safari/605.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537 Chrome/123.0 Safari/537 Edg/123.0"
FENNEC = "Mozilla/5.0 (Android 14; Mobile; rv:124.0) Gecko/124.0 Firefox/124.0"


def test_on_nomme_un_appareil():
    assert [appareil(ua) for ua in (MAC, EDGE, FENNEC, "curl/8", "")] == [
        "Safari sur Mac",
        "Edge sur Windows",
        "Firefox sur Android",
        "Navigateur inconnu",
        "Navigateur inconnu",
    ]


def ouvrir(compte, user_agent: str) -> Client:
    client = Client(headers={"User-Agent": user_agent})
    client.force_login(compte)
    client.get("/")
    return client


def test_on_ferme_une_de_ses_sessions_ou_toutes_les_autres(vans):
    ici, la_bas, plus_loin = (ouvrir(vans.travail, ua) for ua in (MAC, EDGE, FENNEC))
    fenetre = Fenetre(ici, reverse("usersessions_list"))
    assert all(nom in fenetre.texte for nom in ("Safari sur Mac", "Edge sur", "Firefox sur"))
    (edge,) = [b for b in fenetre.page.tous("button") if b.dit.startswith("Fermer Edge")]
    fenetre = fenetre.cliquer(edge.dit)
    assert "Cette session est fermée" in fenetre.texte
    assert la_bas.get("/comptes/")["Location"].startswith("/comptes/connexion/")
    assert plus_loin.get("/comptes/").status_code == 200
    fenetre.cliquer("Fermer toutes les autres")
    assert plus_loin.get("/comptes/").status_code == 302
    assert ici.get("/comptes/").status_code == 200


def test_fermer_sa_propre_session_deconnecte(vans):
    ici = ouvrir(vans.travail, MAC)
    fenetre = Fenetre(ici, reverse("usersessions_list"))
    (bouton,) = [b for b in fenetre.page.tous("button") if b.dit.startswith("Fermer Safari")]
    assert fenetre.cliquer(bouton.dit).titre.startswith("Connexion")


def test_nul_ne_ferme_la_session_d_un_autre(vans):
    ici, la_bas = ouvrir(vans.travail, MAC), ouvrir(vans.collegue, EDGE)
    session = vans.collegue.usersession_set.get()
    assert ici.post(reverse("fermer_session", args=[session.pk])).status_code == 404
    assert la_bas.get("/comptes/").status_code == 200


# --- the journal and e-mails ------------------------------------------------------------------


def test_le_journal_dit_qui_entre_qui_sort_et_qui_echoue_sans_l_adresse_tapee(vans, client):
    se_connecter(client, vans.travail.email, "faux", REMOTE_ADDR="192.0.2.1")
    se_connecter(client, "inconnue@exemple.fr")
    se_connecter(client, vans.travail.email)
    client.post(reverse("account_logout"))
    lignes = Journal.objects.filter(geste__in=["se_connecter", "se_deconnecter"]).order_by("pk")
    assert [*lignes.values_list("geste", "utilisateur_id", "objet", "objet_id", "resultat")] == [
        ("se_connecter", None, "Utilisateur", str(vans.travail.pk), "refuse"),
        ("se_connecter", None, "", "", "refuse"),
        ("se_connecter", vans.travail.pk, "Utilisateur", str(vans.travail.pk), "fait"),
        ("se_deconnecter", vans.travail.pk, "Utilisateur", str(vans.travail.pk), "fait"),
    ]


def test_un_courriel_qui_ne_part_pas_est_retente(settings, monkeypatch):
    reportes = []

    class Plus_tard:
        @staticmethod
        def enqueue(*arguments):
            reportes.append(arguments)

    def panne(*_, **__):
        raise ConnectionRefusedError

    monkeypatch.setattr("territoires.courriels.send_mail", panne)
    monkeypatch.setattr(type(envoyer), "using", lambda self, run_after: Plus_tard)
    envoyer.call("Sujet", "Corps", "a@exemple.fr")
    assert reportes == [("Sujet", "Corps", "a@exemple.fr", 1)]
    with pytest.raises(ConnectionRefusedError):
        envoyer.call("Sujet", "Corps", "a@exemple.fr", 4)


def test_un_lien_trop_vieux_ne_sert_plus(vans, client, monkeypatch):
    demander_un_mot_de_passe(client, vans.travail.email)
    plus_tard = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 5)
    monkeypatch.setattr(
        "django.contrib.auth.tokens.PasswordResetTokenGenerator._now",
        lambda _: timezone.localtime(plus_tard).replace(tzinfo=None),
    )
    assert "Ce lien ne sert plus" in Fenetre(client, lien(mail.outbox[-1])).texte
