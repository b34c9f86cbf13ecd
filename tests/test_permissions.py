"""Who may do what: the table of permissions, and every address of the project for every role."""

import re
import uuid
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from situations.models import Evenement, Situation
from territoires.actions import ajouter_membre, nommer_administrateur
from territoires.models import Comite, Membre, Utilisateur
from territoires.permissions import (
    TABLE,
    Action,
    ActionNationale,
    Role,
    actions_permises,
    peut,
    peut_nationalement,
    roles_de,
)
from tests import matrice
from tests.gens import accepter, brouillon, transmise

# The table of the architecture: « ✓ » in one's territory. Those who analyse read the results too;
# what a national administrator does in all territories at once is asked of `peut_nationalement`.
PERMISSIONS = """
|                              | saisir | relire et valider | analyser | lire les résultats de l’analyse | lire le tableau de bord | lire le tableau de bord sans seuil | décider, valider les orientations | adapter le formulaire | gérer les membres | lire le journal | lire les comités, leurs décisions, la charte | lire qui siège | lire l’annuaire, y proposer une correction |
| ---------------------------- | ------ | ----------------- | -------- | ------------------------------- | ----------------------- | ---------------------------------- | --------------------------------- | --------------------- | ----------------- | --------------- | -------------------------------------------- | -------------- | ------------------------------------------ |
| groupe de travail            | ✓      |                   |          |                                 | ✓                       |                                    |                                   |                       |                   |                 | ✓                                            | ✓              | ✓                                          |
| comité technique             | ✓      | ✓                 | ✓        | ✓                               | ✓                       | ✓                                  |                                   |                       |                   |                 | ✓                                            | ✓              | ✓                                          |
| animateur                    | ✓      | ✓                 | ✓        | ✓                               | ✓                       | ✓                                  |                                   | ✓                     | ✓                 |                 | ✓                                            | ✓              | ✓                                          |
| comité de pilotage           |        |                   |          | ✓                               | ✓                       |                                    | ✓                                 |                       |                   |                 | ✓                                            | ✓              | ✓                                          |
| administrateur du territoire |        |                   |          |                                 | ✓                       |                                    |                                   | ✓                     | ✓                 | ✓               | ✓                                            | ✓              | ✓                                          |
| administrateur national      |        |                   |          |                                 |                         |                                    |                                   |                       |                   | ✓               |                                              |                |                                            |
"""


def test_les_permissions_sont_celles_de_la_table():
    entete, _, *lignes = [
        [case.strip() for case in ligne.strip().strip("|").split("|")]
        for ligne in PERMISSIONS.strip().splitlines()
    ]
    assert entete[1:] == [action.value for action in Action]
    assert {ligne[0] for ligne in lignes} == {role.value for role in Role}
    for role, *cases in lignes:
        permises = {action for action, case in zip(Action, cases, strict=True) if case == "✓"}
        assert TABLE[Role(role)] == permises, role


def test_ce_qui_concerne_tous_les_territoires_est_aux_administrateurs_nationaux(vans, national):
    autres = (vans.technique, vans.animateur, vans.administrateur, vans.pilotage, AnonymousUser())
    for action in ActionNationale:
        assert peut_nationalement(national, action)
        assert not any(peut_nationalement(autre, action) for autre in autres)


def session_de(compte) -> str:
    """The key of a session of this person, in which something has just been done."""
    client = Client()
    client.force_login(compte)
    client.get("/comptes/")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def essai():
    """What is written meanwhile is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def cellules(ligne, sessions, gens, situation) -> dict[str, str]:
    """What each reader gets at this address, each from the same state, then all is as it was."""
    obtenus = {}
    with essai():
        adresse = matrice.adresse_reelle(ligne.adresse, gens, situation)
        avant = matrice.empreinte_de_la_base()
        for nom in ligne.attendus:
            client = Client()
            if nom in sessions:
                client.cookies[settings.SESSION_COOKIE_NAME] = sessions[nom]
            with essai():
                reponse = matrice.demander(ligne, client, adresse, situation)
                a_change = matrice.empreinte_de_la_base() != avant
            obtenus[nom] = matrice.resultat(reponse, a_change)
    return obtenus


def test_la_table_nomme_toutes_les_adresses_du_projet():
    def route(adresse: str) -> str:
        adresse = adresse.replace("SLUG", "vans").replace("CLE", str(uuid.uuid4()))
        return resolve(re.sub(r"\b[A-Z]{3,}\b", "1", adresse)).route

    nommees = {route(ligne.adresse) for ligne in matrice.LIGNES}
    assert nommees == matrice.routes()


@pytest.mark.parametrize("etat", matrice.ETATS)
def test_chaque_adresse_repond_a_chaque_role_ce_que_dit_la_table(etat, vans, drome, national):
    situation = None if etat == "-" else matrice.situation_en(etat, vans)
    lecteurs = matrice.lecteurs(vans, drome, national)
    sessions = {nom: session_de(compte) for nom, compte in lecteurs.items() if compte}
    ecarts = [
        f"{ligne.methode} {ligne.adresse} ({etat}) pour {nom} : {obtenu}, attendu {attendu}"
        for ligne in matrice.LIGNES
        if ligne.etat == etat
        for (nom, obtenu), attendu in zip(
            cellules(ligne, sessions, vans, situation).items(),
            ligne.attendus.values(),
            strict=True,
        )
        if obtenu != attendu
    ]
    assert ecarts == []


def entrer(client, utilisateur):
    client.force_login(utilisateur)
    return client


def statut(client, situation) -> int:
    return client.get(situation.get_absolute_url()).status_code


@pytest.mark.parametrize(
    ("jours", "attendu"),
    [(1, 200), (0, 404), (-1, 404)],
    ids=["part demain", "part aujourd’hui", "partie hier"],
)
def test_un_siege_qui_finit_ferme_tout_meme_a_une_session_ouverte(vans, client, jours, attendu):
    situation = transmise(vans, vans.travail)
    entrer(client, vans.technique)
    assert statut(client, situation) == 200
    au = timezone.localdate() + timedelta(days=jours)
    Membre.objects.filter(utilisateur=vans.technique).update(du=au - timedelta(days=9), au=au)
    assert statut(client, situation) == attendu
    assert client.get(f"/territoires/{vans.territoire.slug}/relecture/").status_code == attendu


def test_un_siege_qui_commence_demain_n_ouvre_rien_aujourd_hui(vans, client):
    situation = transmise(vans, vans.travail)
    demain = timezone.localdate() + timedelta(days=1)
    Membre.objects.filter(utilisateur=vans.technique).update(du=demain)
    assert statut(entrer(client, vans.technique), situation) == 404


def test_un_compte_desactive_perd_sa_session(vans, client):
    situation = transmise(vans, vans.travail)
    entrer(client, vans.technique)
    Utilisateur.objects.filter(pk=vans.technique.pk).update(is_active=False)
    assert statut(client, situation) == 302
    assert client.get("/")["Location"].startswith("/comptes/connexion/")


def sieger(gens, utilisateur, nature) -> None:
    ajouter_membre(
        comite=gens.territoire.comites.get(nature=nature),
        utilisateur=utilisateur,
        organisme=gens.organisme,
        par=gens.administrateur,
    )
    accepter(gens.territoire, utilisateur)


def test_deux_roles_font_une_union(vans, client):
    situation = transmise(vans, vans.travail)
    sieger(vans, vans.pilotage, Comite.Nature.TECHNIQUE)
    roles = roles_de(vans.pilotage, vans.territoire)
    assert roles == {Role.COMITE_DE_PILOTAGE, Role.COMITE_TECHNIQUE}
    assert actions_permises(roles) == (
        TABLE[Role.COMITE_DE_PILOTAGE] | TABLE[Role.COMITE_TECHNIQUE]
    )
    # « Never reads a situation » binds the role, not the person who also sits elsewhere.
    assert statut(entrer(client, vans.pilotage), situation) == 200


def test_un_administrateur_qui_siege_au_comite_technique_garde_ses_deux_roles(vans, client):
    nommer_administrateur(
        territoire=vans.territoire, utilisateur=vans.technique, par=vans.administrateur
    )
    assert peut(vans.technique, Action.LIRE_JOURNAL, vans.territoire)
    assert peut(vans.technique, Action.RELIRE, vans.territoire)


def test_un_role_ne_vaut_que_dans_son_territoire(vans, drome, client):
    """Reviews in the Drôme, types in the Vans: reads there only what they wrote."""
    sieger(drome, vans.travail, Comite.Nature.TECHNIQUE)
    d_un_autre, ici = transmise(vans, vans.collegue), transmise(vans, vans.travail)
    la_bas = transmise(drome, drome.travail)
    entrer(client, vans.travail)
    assert [statut(client, s) for s in (d_un_autre, ici, la_bas)] == [403, 200, 200]
    assert client.post(f"{ici.get_absolute_url()}valider/").status_code == 403
    assert Situation.objects.get(pk=ici.pk).statut == "transmise"


def test_un_administrateur_national_ne_lit_que_la_ou_il_siege(vans, drome, national, client):
    sieger(vans, national, Comite.Nature.TECHNIQUE)
    ici, ailleurs = transmise(vans, vans.travail), transmise(drome, drome.travail)
    entrer(client, national)
    assert [statut(client, situation) for situation in (ici, ailleurs)] == [200, 404]


def test_mes_territoires_en_montre_quelques_uns_cote_a_cote_et_compte_tout(
    vans, drome, client, monkeypatch
):
    monkeypatch.setattr("pilotage.views.pages.COTE_A_COTE", 1)
    sieger(drome, vans.technique, Comite.Nature.TECHNIQUE)
    transmise(vans, vans.travail), transmise(drome, drome.travail)
    entrer(client, vans.technique)
    noms = sorted((vans.territoire.nom, drome.territoire.nom), key=str.casefold)
    for rang, nom in enumerate(noms, start=1):
        page = client.get(f"/tableau-de-bord/mes-territoires/?cotes={rang}")
        lue = page.content.decode()
        assert [colonne for colonne in noms if f'<th scope="col">{colonne}</th>' in lue] == [nom]
        assert "2 situations" in lue
        assert ("Territoires suivants" in lue, "Territoires précédents" in lue) == (
            rang == 1,
            rang == 2,
        )


def test_mes_territoires_ne_compte_que_ceux_que_l_on_relit(vans, drome, client):
    transmise(vans, vans.travail)
    entrer(client, drome.animateur)
    page = client.get("/tableau-de-bord/mes-territoires/").content.decode()
    assert drome.territoire.nom in page
    assert vans.territoire.nom not in page


def test_l_auteur_passe_au_comite_de_pilotage_ne_lit_plus_ce_qu_il_a_ecrit(vans, client):
    ecrites = brouillon(vans, vans.travail), transmise(vans, vans.travail)
    Membre.objects.filter(utilisateur=vans.travail).delete()
    sieger(vans, vans.travail, Comite.Nature.PILOTAGE)
    entrer(client, vans.travail)
    assert [statut(client, situation) for situation in ecrites] == [403, 403]


@pytest.mark.parametrize("geste", ["valider", "renvoyer", "ecarter", "retablir"])
def test_un_brouillon_ne_se_relit_pas_meme_le_sien(vans, client, geste):
    """Nobody acts on somebody else's draft: the table of addresses says so. Nor on one's own."""
    situation = brouillon(vans, vans.animateur)
    reponse = entrer(client, vans.animateur).post(f"{situation.get_absolute_url()}{geste}/")
    assert reponse.status_code == 404
    assert Situation.objects.get(pk=situation.pk).statut == "brouillon"


def test_masquer_n_atteint_que_les_textes(vans, client):
    """A code chosen in a list is an answer that is counted: masking it would lose it."""
    situation = transmise(vans, vans.travail)
    entrer(client, vans.technique)
    for suite, passage in (("age/", "a_75p"), ("droit/1/", "aspa"), ("mois_observation/", "20")):
        client.post(f"{situation.get_absolute_url()}masquer/{suite}", {"masquer-passage": passage})
    apres = Situation.objects.get(pk=situation.pk)
    assert apres.get_reponses() == situation.get_reponses()
    assert apres.non_recours.get().droit == "aspa"
    assert not apres.evenements.filter(geste=Evenement.Geste.MASQUER).exists()


def sans_jeton(reponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", reponse.content.decode())


def test_deviner_une_adresse_n_apprend_rien(vans, drome, client):
    """What does not exist and what one may not know of give the same page."""
    situation = transmise(vans, vans.travail)
    entrer(client, drome.animateur)
    pages = {
        sans_jeton(reponse)
        for reponse in (
            client.get(f"/situations/{situation.cle}/"),
            client.get(f"/situations/{uuid.uuid4()}/"),
            client.get(f"/situations/{uuid.uuid4()}/transmettre/"),
            client.post(f"/situations/{situation.cle}/valider/"),
            client.get("/situations/48293175/"),
            client.get(f"/territoires/{vans.territoire.slug}/relecture/"),
            client.get("/territoires/atlantide/relecture/"),
            client.get("/tableau-de-bord/national/"),
        )
        if reponse.status_code == 404
    }
    assert len(pages) == 1
    assert "Cette page n’existe pas" in pages.pop()
