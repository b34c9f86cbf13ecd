"""Launching a territory: its conditions in order, who met them and when, the collection that opens."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from situations import actions
from situations.lancement import CONDITIONS, Constitue, Faits, Signature, juger, lire_faits, manques
from situations.models import MiseEnVigueur, Situation
from territoires.actions import ajouter_membre, creer_organisme, nommer_administrateur
from territoires.actions.lancement import (
    accepter_charte,
    adopter_charte,
    choisir_reglages,
    nommer_porteur,
    signer_etape,
)
from territoires.models import Etape, Journal, Membre, Territoire, Utilisateur
from tests.gens import aspa, brouillon, reponses_completes

LE = datetime(2026, 3, 12, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))
NADIA = Signature("Nadia", LE)
COMPLETS = Faits(
    porteur="CCAS",
    comites=(
        Constitue("Groupe de travail", "groupe_de_travail", 4, 3),
        Constitue("Comité de pilotage", "pilotage", 2, 2),
        Constitue("Comité technique", "technique", 1, 1),
    ),
    animateurs=("Solène",),
    charte=1,
    reglages="Secret sous 5.",
    version=1,
    signatures=dict.fromkeys(CONDITIONS, NADIA),
)


def avec(**autres) -> Faits:
    return Faits(**{**{n: getattr(COMPLETS, n) for n in COMPLETS.__dataclass_fields__}, **autres})


def sans_signature(code: str) -> Faits:
    return avec(signatures={c: s for c, s in COMPLETS.signatures.items() if c != code})


def test_tout_est_rempli_et_chaque_condition_dit_par_qui_et_quand():
    conditions = juger(COMPLETS)
    assert manques(conditions) == []
    assert [c.code for c in conditions] == [
        *("porteur", "comites", "animateur", "notion", "charte", "reglages", "formulaire")
    ]
    assert {c.signature for c in conditions} == {NADIA}


def test_rien_n_est_rempli_au_depart():
    assert len(manques(juger(Faits()))) == 7


@pytest.mark.parametrize(
    ("faits", "code", "phrase"),
    [
        (avec(porteur=""), "porteur", "Aucun porteur n’est nommé."),
        (avec(animateurs=()), "animateur", "Aucun animateur principal n’est désigné"),
        (avec(charte=None), "charte", "Aucune charte n’est adoptée."),
        (avec(version=None), "formulaire", "Aucun formulaire n’est en vigueur."),
        (
            avec(comites=COMPLETS.comites[:2]),
            "comites",
            "Le comité technique n’a encore aucun membre.",
        ),
        (
            avec(comites=()),
            "comites",
            "Le comité de pilotage, le comité technique et le groupe de travail n’ont",
        ),
    ],
)
def test_une_signature_ne_suffit_pas_si_les_faits_ont_change(faits, code, phrase):
    (manque,) = manques(juger(faits))
    assert manque.code == code
    assert manque.manque.startswith(phrase)
    assert not manque.est_a_confirmer


@pytest.mark.parametrize("code", ["comites", "animateur", "notion", "reglages", "formulaire"])
def test_des_faits_vrais_attendent_que_quelqu_un_les_confirme(code):
    (manque,) = manques(juger(sans_signature(code)))
    assert manque.code == code
    assert manque.est_a_confirmer


@pytest.fixture
def territoire(national) -> Territoire:
    """Just created: nobody in it yet."""
    return actions.creer_territoire(
        nom="Bassin d’Aubenas", niveau="autre", communes=[], slug="aubenas", par=national
    )


@pytest.fixture
def nadia(territoire, national) -> Utilisateur:
    """Its administrator."""
    nadia = Utilisateur.objects.create_user("nadia@aubenas.example", "secret", nom="Nadia")
    nommer_administrateur(territoire=territoire, utilisateur=nadia, par=national)
    return nadia


@pytest.fixture
def page(client, nadia):
    client.force_login(nadia)
    return client


def constituer(territoire, par) -> dict[str, Utilisateur]:
    """One member in each committee; the one of the comité technique animates."""
    organisme = creer_organisme(territoire=territoire, nom="CCAS", categorie="CCAS", par=par)
    comptes = {}
    for comite in territoire.comites.all():
        nature = comite.nature
        comptes[nature] = Utilisateur.objects.create_user(
            f"{nature}@aubenas.example", "secret", nom=nature.capitalize()
        )
        ajouter_membre(
            comite=comite,
            utilisateur=comptes[nature],
            organisme=organisme,
            est_animateur=nature == "technique",
            par=par,
        )
    return comptes


def remplir(territoire, par) -> None:
    """Every condition, by the actions."""
    constituer(territoire, par)
    nommer_porteur(territoire=territoire, porteur="Communauté de communes", par=par)
    for etape in (Etape.COMITES, Etape.ANIMATEUR, Etape.NOTION):
        signer_etape(territoire=territoire, etape=etape, par=par)
    adopter_charte(territoire=territoire, suite="Rien ne sort d’ici.", par=par)
    choisir_reglages(
        territoire=territoire,
        seuil_copil=5,
        seuil_public=11,
        conservation_brouillons=60,
        conservation_recits=12,
        par=par,
    )
    actions.garder_formulaire(territoire=territoire, par=par)


def codes_manquants(territoire) -> list[str]:
    territoire.refresh_from_db()
    return [c.code for c in manques(juger(lire_faits(territoire)))]


def adresse(territoire, suite="") -> str:
    return f"/territoires/{territoire.slug}/lancement/{suite}"


def test_le_lancement_se_fait_condition_par_condition(page, territoire, nadia):
    assert len(codes_manquants(territoire)) == 7
    page.post(adresse(territoire, "porteur/"), {"porteur": "CCAS d’Aubenas"})
    constituer(territoire, nadia)
    for etape in ("comites", "animateur", "notion", "formulaire"):
        page.post(adresse(territoire, f"confirmer/{etape}/"))
    reglages = {"seuil_copil": 6, "seuil_public": 12}
    durees = {"conservation_brouillons": 30, "conservation_recits": 6}
    page.post(adresse(territoire, "reglages/"), {**reglages, **durees})
    assert codes_manquants(territoire) == ["charte"]
    assert "Ouvrir la collecte</button>" not in page.get(adresse(territoire)).text
    page.post(f"/territoires/{territoire.slug}/charte/adopter/", {"suite": "Notre charte."})
    lue = page.get(adresse(territoire)).text
    assert lue.count("par Nadia le") == 7
    page.post(adresse(territoire, "ouvrir/"))
    territoire.refresh_from_db()
    assert territoire.collecte_ouverte_par == nadia
    assert (territoire.seuil_copil, territoire.conservation_recits) == (6, 6)
    assert "La collecte est ouverte depuis le" in page.get(adresse(territoire)).text
    gestes = set(Journal.objects.filter(utilisateur_id=nadia.pk).values_list("geste", flat=True))
    assert {
        "confirmer_porteur",
        "adopter_charte",
        "confirmer_formulaire",
        "ouvrir_collecte",
    } <= gestes


def test_on_n_ouvre_pas_tant_qu_il_manque_quelque_chose(page, territoire, nadia):
    remplir(territoire, nadia)
    Membre.objects.filter(est_animateur=True).update(au=timezone.localdate())
    reponse = page.post(adresse(territoire, "ouvrir/"), follow=True)
    assert "La collecte n’est pas ouverte. " in reponse.text
    assert "Aucun animateur principal n’est désigné" in reponse.text
    territoire.refresh_from_db()
    assert territoire.collecte_ouverte_le is None


def test_ouvrir_deux_fois_n_ouvre_qu_une(territoire, nadia):
    remplir(territoire, nadia)
    actions.ouvrir_collecte(territoire=territoire, par=nadia)
    premiere = Territoire.objects.get(pk=territoire.pk).collecte_ouverte_le
    actions.ouvrir_collecte(territoire=territoire, par=nadia)
    assert Territoire.objects.get(pk=territoire.pk).collecte_ouverte_le == premiere
    assert Journal.objects.filter(geste="ouvrir_collecte").count() == 1


def test_ouverte_la_collecte_le_reste_quand_l_animateur_part(page, territoire, nadia):
    remplir(territoire, nadia)
    actions.ouvrir_collecte(territoire=territoire, par=nadia)
    Membre.objects.filter(est_animateur=True).update(au=timezone.localdate())
    lue = page.get(adresse(territoire)).text
    assert "Elle le reste, même si une condition n’est plus remplie." in lue
    travail = Utilisateur.objects.get(email="groupe_de_travail@aubenas.example")
    accepter_charte(territoire=territoire, numero=1, par=travail)
    page.force_login(travail)
    assert page.post(f"/territoires/{territoire.slug}/situations/nouvelle/").status_code == 302


@pytest.mark.parametrize("etape", ["comites", "animateur"])
def test_on_ne_confirme_pas_ce_qui_n_est_pas_vrai(page, territoire, etape):
    reponse = page.post(adresse(territoire, f"confirmer/{etape}/"), follow=True)
    assert "Rien n’est confirmé pour l’instant." in reponse.text
    assert not territoire.etapes.exists()


def test_le_formulaire_du_noyau_attend_que_quelqu_un_du_territoire_l_ait_relu(territoire, nadia):
    assert "formulaire" in codes_manquants(territoire)
    actions.garder_formulaire(territoire=territoire, par=nadia)
    assert "formulaire" not in codes_manquants(territoire)
    mises = MiseEnVigueur.objects.filter(formulaire__territoire=territoire)
    assert [mise.jusqua is None for mise in mises] == [False, True]
    assert len({mise.version_id for mise in mises}) == 1


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("seuil_copil", "4", "Ce seuil ne descend jamais sous cinq (5)."),
        ("seuil_public", "10", "Ce seuil ne descend jamais sous onze (11)."),
        ("conservation_brouillons", "0", "entre 7 et 180"),
        ("conservation_recits", "25", "entre 1 et 24"),
        ("conservation_recits", "", "entre 1 et 24"),
    ],
)
def test_un_seuil_ou_une_duree_hors_des_bornes_est_refuse_et_le_reste_garde(
    page, territoire, champ, valeur, phrase
):
    saisi = {
        "seuil_copil": "7",
        "seuil_public": "13",
        "conservation_brouillons": "45",
        "conservation_recits": "9",
        champ: valeur,
    }
    reponse = page.post(adresse(territoire, "reglages/"), saisi)
    assert reponse.status_code == 200
    assert phrase in reponse.text
    assert 'href="#id_' + champ in reponse.text
    for nom in saisi.keys() - {champ}:
        assert re.search(rf'name="{nom}" value="{saisi[nom]}"', reponse.text)
    assert not territoire.etapes.exists()


def test_avant_l_ouverture_la_page_dit_ce_qui_manque_et_a_qui_demander(client, territoire, nadia):
    comptes = constituer(territoire, nadia)
    client.force_login(comptes["groupe_de_travail"])
    lue = client.get(f"/territoires/{territoire.slug}/situations/nouvelle/").text
    assert "La collecte n’est pas encore ouverte" in lue
    assert "Aucune charte n’est adoptée." in lue
    assert "demandez à Technique" in lue
    assert "Commencer</button>" not in lue
    assert client.get(adresse(territoire)).status_code == 200
    assert client.post(adresse(territoire, "ouvrir/")).status_code == 403


def test_sans_animateur_on_demande_a_l_administrateur(client, territoire, nadia):
    comptes = constituer(territoire, nadia)
    Membre.objects.filter(est_animateur=True).update(est_animateur=False)
    client.force_login(comptes["groupe_de_travail"])
    lue = client.get(f"/territoires/{territoire.slug}/situations/nouvelle/").text
    assert "demandez à Nadia" in lue


@pytest.fixture
def fermee(vans):
    """The Pays des Vans, whose collection would not be open; it has a draft nevertheless."""
    situation = brouillon(vans, vans.travail)
    Territoire.objects.filter(pk=vans.territoire.pk).update(collecte_ouverte_le=None)
    vans.territoire.refresh_from_db()
    return Situation.objects.get(pk=situation.pk)


def test_avant_l_ouverture_les_actions_elles_memes_refusent(vans, fermee):
    qui = {"par": vans.travail}
    gestes = [
        lambda: actions.commencer(territoire=vans.territoire, version=fermee.version, **qui),
        lambda: actions.enregistrer(
            situation=fermee, reponses=reponses_completes(), blocs={1: aspa()}, **qui
        ),
        lambda: actions.ajouter_droit(situation=fermee, **qui),
        lambda: actions.retirer_droit(situation=fermee, rang=1, retire=True, **qui),
        lambda: actions.transmettre(situation=fermee, **qui),
        lambda: actions.changer_de_version(situation=fermee, version=fermee.version, **qui),
    ]
    for geste in gestes:
        with pytest.raises(actions.CollecteFermee):
            geste()
    apres = Situation.objects.get(pk=fermee.pk)
    assert (apres.statut, apres.non_recours.count()) == ("brouillon", 1)
    assert apres.get_reponses() == fermee.get_reponses()


def test_avant_l_ouverture_rien_ne_se_poste(vans, fermee, client):
    client.force_login(vans.travail)
    nouvelle = client.post(reverse("situations:commencer", args=[vans.territoire.slug]))
    transmission = client.post(reverse("situations:transmettre", args=[fermee.cle]))
    assert [nouvelle.status_code, transmission.status_code] == [403, 403]
    assert "La collecte n’est pas encore ouverte" in transmission.text
    auto = client.post(
        reverse("situations:saisir", args=[fermee.cle, "reperage"]),
        {"contexte": "co_accueil", "action": "ici"},
        headers={"X-Enregistrement": "auto"},
    )
    assert auto.status_code in (403, 409)
    assert Situation.objects.get().statut == "brouillon"


class Requetes:
    """Remembers the statements sent while it wraps them."""

    def __init__(self):
        self.vues: list[str] = []

    def __call__(self, executer, sql, params, many, contexte):
        self.vues.append(sql)
        return executer(sql, params, many, contexte)


def test_l_ouverture_attend_celui_qui_change_le_territoire(territoire, nadia):
    """Its row is locked before the first condition is looked at."""
    remplir(territoire, nadia)
    requetes = Requetes()
    with connection.execute_wrapper(requetes):
        actions.ouvrir_collecte(territoire=territoire, par=nadia)
    du_territoire = [sql for sql in requetes.vues if "territoires_" in sql]
    assert 'FROM "territoires_territoire"' in du_territoire[0]
    assert "FOR UPDATE" in du_territoire[0]
