"""An empty application: one command invites the first national administrator."""

import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from territoires.models import Invitation, Utilisateur
from territoires.permissions import ActionNationale, peut_nationalement
from tests import bases
from tests.test_invitations import COMPTE, MessagerieEnPanne

EMAIL = "premiere@ministere.example"


def inviter(capsys, *arguments: str) -> str:
    """Runs the command; the path of the link that it prints."""
    call_command("inviter_national", *arguments, "--adresse", "http://testserver")
    return re.search(r"http://testserver(/invitations/\S+)", capsys.readouterr().out).group(1)


def test_le_premier_administrateur_national(db, client, capsys):
    lien = inviter(capsys, EMAIL.upper(), "Première")
    assert mail.outbox[0].to == [EMAIL]
    assert lien in mail.outbox[0].body
    assert "pour tous les territoires" in client.get(lien).text
    client.post(lien, COMPTE)
    premiere = Utilisateur.objects.get()
    assert premiere.email == EMAIL
    assert peut_nationalement(premiere, ActionNationale.GERER_TERRITOIRES)
    assert client.get("/territoires/").status_code == 200
    with pytest.raises(CommandError, match="déjà administrateur national"):
        inviter(capsys, EMAIL)


def test_un_compte_existant_devient_national_en_acceptant(vans, client, capsys):
    lien = inviter(capsys, vans.technique.email)
    client.force_login(vans.technique)
    assert client.get("/territoires/").status_code == 404
    client.post(lien)
    assert client.get("/territoires/").status_code == 200


def test_inviter_a_nouveau_ferme_le_lien_d_avant(db, capsys):
    ancien, nouveau = inviter(capsys, EMAIL), inviter(capsys, EMAIL)
    assert Client().get(ancien).status_code == 410
    assert Client().get(nouveau).status_code == 200


def test_sans_messagerie_le_lien_s_affiche_quand_meme(db, capsys, settings):
    settings.EMAIL_BACKEND = f"{MessagerieEnPanne.__module__}.MessagerieEnPanne"
    call_command("inviter_national", EMAIL)
    affiche = capsys.readouterr()
    assert "/invitations/" in affiche.out
    assert "n’est pas parti" in affiche.err
    assert Invitation.objects.get().etat == Invitation.Etat.ECHEC


def test_ce_que_la_commande_refuse(vans, capsys):
    with pytest.raises(CommandError, match="adresse e-mail complète"):
        inviter(capsys, "premiere")
    with pytest.raises(CommandError, match="trop long"):
        inviter(capsys, EMAIL, "x" * 121)
    Utilisateur.objects.filter(pk=vans.travail.pk).update(is_active=False)
    with pytest.raises(CommandError, match="désactivé"):
        inviter(capsys, vans.travail.email)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["application", "proprietaire"])
def test_les_deux_roles_de_la_base_le_peuvent(role, monkeypatch):
    monkeypatch.setenv("BNR_ROLE", role)
    base = bases.cloner(bases.VIDE, f"national_{role}")
    assert "/invitations/" in bases.manage(base, "inviter_national", EMAIL)


def test_une_base_sans_table_le_dit(monkeypatch):
    base = bases.cloner("template1", "national_sans_table")
    with pytest.raises(AssertionError, match=r"manage\.py migrate") as refus:
        bases.manage(base, "inviter_national", EMAIL)
    assert "Traceback" not in str(refus.value)
