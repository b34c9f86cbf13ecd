"""Accounts: nothing on a page says who has one, and an address changes only when proved."""

from django.core import mail
from django.urls import reverse


def demander_un_mot_de_passe(client, email: str):
    return client.post(reverse("account_reset_password"), {"email": email})


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


def test_nul_ne_prend_une_adresse_qu_il_n_a_pas_prouvee(vans, client):
    """An administrator is named by the address of an account: taking another's would take the role."""
    client.force_login(vans.travail)
    avant = vans.travail.email
    for geste in ("action_add", "action_primary"):
        reponse = client.post("/comptes/adresse/", {geste: "", "email": "directrice@dept.example"})
        assert reponse.status_code == 404
    vans.travail.refresh_from_db()
    assert vans.travail.email == avant
