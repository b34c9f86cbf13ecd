"""Invitations: a link for one person, once, that proves their address and gives one seat."""

import re
import smtplib
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from territoires import actions
from territoires.envois import INTERROMPU, envoyer_invitation
from territoires.models import Administrateur, Comite, Invitation, Journal, Membre, Utilisateur
from territoires.permissions import Role, roles_de
from tests.matrice.membres import invitation

PHRASE = "une phrase assez longue"
COMPTE = {"nom": "Noé Vidal", "fonction": "fo_ts", "mot_de_passe": PHRASE, "confirmation": PHRASE}
RACINE = "http://testserver/"


def inviter(gens, email="noe@ici.example", nature=Comite.Nature.GROUPE_DE_TRAVAIL, par=None):
    return actions.inviter(
        territoire=gens.territoire,
        comite=gens.territoire.comites.get(nature=nature),
        organisme=gens.organisme,
        email=email,
        nom="Noé",
        racine=RACINE,
        par=par or gens.animateur,
    )


def lien(rang: int = -1) -> str:
    """The address that the last e-mail (or this one) gives to open."""
    return re.search(r"http://testserver(/invitations/\S+)", mail.outbox[rang].body).group(1)


def sieges(email: str) -> list[str]:
    return [str(s.comite) for s in Membre.objects.actuels().filter(utilisateur__email=email)]


def test_une_invitation_dit_qui_invite_a_quoi_et_ne_garde_pas_sa_cle(vans):
    invitation = inviter(vans, "Noe@Ici.example")
    (courriel,) = mail.outbox
    assert courriel.to == ["noe@ici.example"]
    for attendu in ("Animateur vous invite", "Pays des Vans", "Groupe de travail", "CCAS"):
        assert attendu in courriel.body
    cle = lien().split("/")[2]
    invitation.refresh_from_db()
    assert invitation.etat == Invitation.Etat.ENVOYEE
    assert len(cle) >= 43
    with connection.cursor() as curseur:
        for table in (
            "territoires_invitation",
            "territoires_journal",
            DBTaskResult._meta.db_table,
        ):
            curseur.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{cle}%"])
            assert curseur.fetchone() == (0,), table


def test_sans_compte_on_le_cree_et_l_on_siege(vans, client):
    inviter(vans)
    page = client.get(lien())
    assert page.status_code == 200
    assert "Groupe de travail" in page.text
    assert "no-store" in page["Cache-Control"]
    reponse = client.post(lien(), COMPTE, follow=True)
    noe = Utilisateur.objects.get(email="noe@ici.example")
    assert reponse.wsgi_request.user == noe
    assert (noe.nom, noe.fonction) == ("Noé Vidal", "fo_ts")
    assert roles_de(noe, vans.territoire) == {Role.GROUPE_DE_TRAVAIL}
    assert EmailAddress.objects.get(user=noe, verified=True, primary=True).email == noe.email
    invitation = Invitation.objects.get()
    assert invitation.acceptee_par == noe
    gestes = Journal.objects.filter(utilisateur_id=noe.pk).values_list("geste", flat=True)
    assert {"creer", "ajouter", "accepter"} <= set(gestes)


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("mot_de_passe", "court", "trop court"),
        ("mot_de_passe", "password1234", "trop courant"),
        ("mot_de_passe", "noe@ici.example", "semblable"),
        ("confirmation", "une autre phrase", "diffèrent"),
        ("nom", "", "Écrivez le nom"),
        ("fonction", "roi", "choix valide"),
    ],
)
def test_un_compte_refuse_dit_pourquoi_et_ne_cree_rien(vans, client, champ, valeur, phrase):
    inviter(vans)
    reponse = client.post(lien(), {**COMPTE, champ: valeur})
    assert reponse.status_code == 200
    assert phrase in reponse.text
    assert PHRASE not in reponse.text
    assert not Utilisateur.objects.filter(email="noe@ici.example").exists()


def test_deux_clics_font_un_seul_compte_et_un_seul_siege(vans, client):
    inviter(vans)
    client.post(lien(), COMPTE)
    encore = Client().post(lien(), COMPTE, follow=True)
    assert encore.status_code == 410
    assert "déjà acceptée" in encore.text
    assert client.get(lien()).status_code == 302
    assert sieges("noe@ici.example") == ["Groupe de travail"]
    assert Utilisateur.objects.filter(email="noe@ici.example").count() == 1


def test_un_compte_existant_se_connecte_puis_accepte(vans, drome, client):
    inviter(vans, drome.travail.email)
    page = client.get(lien())
    assert page.status_code == 200
    assert f"/comptes/connexion/?next={lien()}" in page.text
    assert "mot_de_passe" not in page.text
    # Nothing is given to whoever only has the link.
    client.post(lien(), COMPTE)
    assert sieges(drome.travail.email) == ["Groupe de travail"]
    client.force_login(drome.travail)
    assert "Accepter" in client.get(lien()).text
    client.post(lien())
    client.post(lien())
    assert sieges(drome.travail.email) == ["Groupe de travail"] * 2
    assert roles_de(drome.travail, vans.territoire) == {Role.GROUPE_DE_TRAVAIL}


def test_un_autre_compte_n_accepte_pas_a_sa_place(vans, client):
    inviter(vans, "noe@ici.example", Comite.Nature.TECHNIQUE)
    client.force_login(vans.travail)
    for reponse in (client.get(lien()), client.post(lien(), COMPTE)):
        assert "n’est pas pour ce compte" in reponse.text
        assert "Se déconnecter" in reponse.text
    assert sieges(vans.travail.email) == ["Groupe de travail"]
    assert not Utilisateur.objects.filter(email="noe@ici.example").exists()


def test_renvoyer_fait_un_nouveau_lien_et_ferme_l_ancien(vans, client):
    invitation = inviter(vans)
    ancien = lien()
    Invitation.objects.update(expire_le=timezone.now() + timedelta(minutes=1))
    actions.renvoyer_invitation(invitation=invitation, racine=RACINE, par=vans.animateur)
    assert lien() != ancien
    assert client.get(ancien).status_code == 404
    assert client.get(lien()).status_code == 200
    invitation.refresh_from_db()
    assert invitation.expire_le > timezone.now() + timedelta(days=29)


def hier() -> dict:
    """What makes an invitation expire yesterday."""
    le = timezone.now() - timedelta(days=1)
    return {"creee_le": le - timedelta(days=30), "expire_le": le}


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [(hier(), "a expiré"), ({"revoquee_le": timezone.now()}, "n’est plus valable")],
)
def test_un_lien_ferme_dit_que_faire_et_n_ouvre_rien(vans, client, champs, phrase):
    inviter(vans)
    Invitation.objects.update(**champs)
    for reponse in (client.get(lien()), client.post(lien(), COMPTE)):
        assert reponse.status_code == 410
        assert phrase in reponse.text
        assert "Animateur" in reponse.text
    assert not Utilisateur.objects.filter(email="noe@ici.example").exists()


def test_un_lien_inconnu(db, client):
    reponse = client.get("/invitations/nimporte-quoi/")
    assert reponse.status_code == 404
    assert "Ce lien n’ouvre aucune invitation" in reponse.text


class MessagerieEnPanne(EmailBackend):
    erreur: Exception = OSError("injoignable")

    def send_messages(self, messages):
        raise self.erreur


@pytest.mark.parametrize(
    ("erreur", "phrase"),
    [
        (OSError("injoignable"), "n’a pas répondu"),
        (smtplib.SMTPServerDisconnected(), "n’a pas répondu"),
        (smtplib.SMTPRecipientsRefused({}), "a refusé cette adresse"),
    ],
)
def test_un_envoi_qui_echoue_est_dit_et_se_renvoie(
    vans, client, settings, monkeypatch, erreur, phrase
):
    habituelle = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.MessagerieEnPanne"
    monkeypatch.setattr(MessagerieEnPanne, "erreur", erreur)
    invitation = inviter(vans)
    invitation.refresh_from_db()
    assert invitation.etat == Invitation.Etat.ECHEC
    assert phrase in invitation.echec
    client.force_login(vans.animateur)
    assert phrase in client.get("/territoires/pays-des-vans/membres/").text
    settings.EMAIL_BACKEND = habituelle
    client.post(
        f"/territoires/pays-des-vans/membres/invitations/{invitation.pk}/", {"geste": "renvoyer"}
    )
    invitation.refresh_from_db()
    assert invitation.etat == Invitation.Etat.ENVOYEE
    assert Client().get(lien()).status_code == 200


def test_une_invitation_ne_part_jamais_deux_fois(vans):
    """The task may be queued again, or run again after its worker died while sending."""
    invitation = inviter(vans)
    envoyer_invitation.enqueue(invitation.pk, RACINE)
    assert len(mail.outbox) == 1
    Invitation.objects.update(envoyee_le=None, echec=INTERROMPU)
    envoyer_invitation.enqueue(invitation.pk, RACINE)
    assert len(mail.outbox) == 1
    Invitation.objects.update(echec="", revoquee_le=timezone.now())
    envoyer_invitation.enqueue(invitation.pk, RACINE)
    assert len(mail.outbox) == 1


def test_qui_meurt_en_envoyant_laisse_une_trace_et_rien_ne_repart_seul(vans, settings, monkeypatch):
    attendue, _ = invitation(vans)
    habituelle = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.MessagerieEnPanne"
    monkeypatch.setattr(MessagerieEnPanne, "erreur", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        envoyer_invitation.call(attendue.pk, RACINE)
    settings.EMAIL_BACKEND = habituelle
    envoyer_invitation.call(attendue.pk, RACINE)
    attendue.refresh_from_db()
    assert (attendue.echec, mail.outbox) == (INTERROMPU, [])
    actions.renvoyer_invitation(invitation=attendue, racine=RACINE, par=vans.animateur)
    assert len(mail.outbox) == 1


def test_inviter_a_nouveau_remplace_une_invitation_expiree(vans):
    inviter(vans)
    with pytest.raises(actions.InvitationImpossible, match="déjà dans les invitations"):
        inviter(vans)
    Invitation.objects.update(**hier())
    nouvelle = inviter(vans)
    assert Invitation.objects.en_attente().get() == nouvelle


@pytest.mark.parametrize("geste", ["renvoyer", "revoquer"])
def test_une_invitation_acceptee_ne_change_plus(vans, client, geste):
    invitation = inviter(vans)
    client.post(lien(), COMPTE)
    client.force_login(vans.administrateur)
    adresse = f"/territoires/pays-des-vans/membres/invitations/{invitation.pk}/"
    reponse = client.post(adresse, {"geste": geste}, follow=True)
    assert "plus rien à en faire" in reponse.text
    assert len(mail.outbox) == 1


def test_l_invitation_d_un_autre_territoire_n_existe_pas(vans, drome, client):
    invitation = inviter(drome)
    client.force_login(vans.animateur)
    adresse = f"/territoires/pays-des-vans/membres/invitations/{invitation.pk}/"
    assert client.post(adresse, {"geste": "revoquer"}).status_code == 404
    invitation.refresh_from_db()
    assert invitation.revoquee_le is None


@pytest.mark.parametrize("casse", [str.lower, str.upper])
def test_qui_administre_seulement_ne_se_donne_pas_de_siege_qui_relit(vans, client, casse):
    client.force_login(vans.administrateur)
    donnees = {
        "nom": "Moi",
        "email": casse(vans.administrateur.email),
        "organisme": vans.organisme.pk,
        "comite": vans.territoire.comites.get(nature="technique").pk,
    }
    reponse = client.post("/territoires/pays-des-vans/membres/inviter/", donnees)
    assert "vous ne pouvez pas vous donner vous-même" in reponse.text
    assert not Invitation.objects.exists()
    # The groupe de travail reads nothing but what one writes.
    donnees["comite"] = vans.territoire.comites.get(nature="groupe_de_travail").pk
    client.post("/territoires/pays-des-vans/membres/inviter/", donnees)
    assert Invitation.objects.count() == 1


def test_changer_d_adresse_ne_donne_pas_le_siege_que_l_on_s_etait_envoye(vans, client):
    inviter(vans, "autre@ici.example", Comite.Nature.TECHNIQUE, par=vans.administrateur)
    Utilisateur.objects.filter(pk=vans.administrateur.pk).update(email="autre@ici.example")
    vans.administrateur.refresh_from_db()
    client.force_login(vans.administrateur)
    reponse = client.post(lien())
    assert "vous ne pouvez pas vous donner vous-même" in reponse.text
    assert roles_de(vans.administrateur, vans.territoire) == {Role.ADMINISTRATEUR}


def test_l_animateur_apprend_chaque_arrivee_au_comite_technique(vans, client):
    inviter(vans, "noe@ici.example", Comite.Nature.TECHNIQUE, par=vans.administrateur)
    client.post(lien(), COMPTE)
    annonce = mail.outbox[-1]
    assert annonce.to == [vans.animateur.email]
    assert "Noé Vidal (CCAS)" in annonce.body
    nombre = len(mail.outbox)
    inviter(vans, "lea@ici.example")
    Client().post(lien(), {**COMPTE, "nom": "Léa"})
    assert len(mail.outbox) == nombre + 1


def test_administrer_par_invitation(vans, client):
    adresse = "/territoires/pays-des-vans/membres/administrateurs/"
    client.force_login(vans.animateur)
    assert "vous nommer vous-même" in client.post(adresse, {"email": vans.animateur.email}).text
    client.force_login(vans.administrateur)
    client.post(adresse, {"email": "lea@ici.example", "nom": "Léa"})
    assert "administrer" in mail.outbox[-1].body
    Client().post(lien(), {**COMPTE, "nom": "Léa Roy"})
    lea = Utilisateur.objects.get(email="lea@ici.example")
    assert roles_de(lea, vans.territoire) == {Role.ADMINISTRATEUR}
    client.post(adresse, {"email": vans.technique.email})
    assert Administrateur.objects.actuels().filter(utilisateur=vans.technique).exists()


def test_une_adresse_connue_ailleurs_ne_se_trahit_pas(vans, drome, client):
    """Somebody of another territory is invited as anyone is: nothing says that they have an account."""
    client.force_login(vans.animateur)
    adresse = "/territoires/pays-des-vans/membres/administrateurs/"
    for email in (drome.travail.email, "personne@ici.example"):
        reponse = client.post(adresse, {"email": email}, follow=True)
        assert f"part pour {email}" in reponse.text
    assert Invitation.objects.count() == 2


def test_le_national_nomme_une_adresse_sans_compte_et_retire_meme_le_dernier(
    vans, national, client
):
    client.force_login(national)
    adresse = "/territoires/pays-des-vans/administrateurs/"
    reponse = client.post(adresse, {"email": "lea@ici.example", "nom": "Léa"}, follow=True)
    assert "part pour lea@ici.example" in reponse.text
    invitation = Invitation.objects.get()
    client.post(adresse, {"geste": f"revoquer:{invitation.pk}"})
    assert Client().get(lien()).status_code == 410
    mandat = vans.territoire.administrateurs.get()
    client.post(adresse, {"geste": f"retirer:{mandat.pk}"})
    assert not vans.territoire.administrateurs.actuels().exists()


def test_le_dernier_administrateur_ne_se_retire_que_par_le_national(vans, client):
    mandat = vans.territoire.administrateurs.get()
    adresse = f"/territoires/pays-des-vans/membres/administrateurs/{mandat.pk}/retirer/"
    client.force_login(vans.administrateur)
    assert "le seul administrateur" in client.get(adresse).text
    assert "le seul administrateur" in client.post(adresse, follow=True).text
    actions.nommer_administrateur(
        territoire=vans.territoire, utilisateur=vans.technique, par=vans.administrateur
    )
    client.post(adresse)
    actuels = vans.territoire.administrateurs.actuels()
    assert [a.utilisateur for a in actuels] == [vans.technique]
