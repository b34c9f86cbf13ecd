"""Territories: searched among official perimeters, created, modified; the COG, loaded once."""

import csv
import shutil

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from situations.actions import creer_territoire
from situations.versions import version_en_vigueur
from territoires import referentiel
from territoires.actions import creer_territoire as creer_territoire_seul
from territoires.actions import slug_libre
from territoires.chargement import charger
from territoires.models import Commune, Departement, Epci, Journal, Region, Territoire, Utilisateur
from territoires.perimetres import (
    chercher_communes,
    chercher_perimetres,
    departements,
    lire_perimetres,
    normaliser,
    perimetre,
)
from tests import bases

VANS, LES_VANS, BANNE, AUBENAS, PAS_DE_CALAIS = "200039832", "07334", "07024", "07019", "62"
NOUVEAU_VANS = f"/territoires/nouveau/epci/{VANS}/"


@pytest.fixture
def page(client, national):
    """The national administrator's browser."""
    client.force_login(national)
    return client


def saisie(**autres) -> dict:
    return {"nom": "Les Vans et alentours", "niveau": "epci", "porteur": "CCAS", **autres}


def codes(territoire: Territoire) -> set[str]:
    return set(territoire.communes.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("PAYS DES VANS", ("epci", VANS)),
        ("cevennes vans", ("epci", VANS)),
        ("ardeche", ("departement", "07")),
        ("07", ("departement", "07")),
        ("2a", ("departement", "2A")),
        ("cote d'or", ("departement", "21")),
        ("ile de france", ("region", "11")),
        ("st etienne", ("epci", "244200770")),
    ],
)
def test_un_perimetre_se_trouve_sans_accents_ni_majuscules(texte, attendu):
    premier = chercher_perimetres(texte)[0]
    assert (premier.niveau, premier.code) == attendu


@pytest.mark.parametrize("texte", ["", "  ", "’", "zzzz"])
def test_rien_a_trouver(texte):
    assert chercher_perimetres(texte) == []
    assert chercher_communes(texte) == []


def test_une_commune_se_trouve_par_son_nom_ou_son_code_postal():
    assert chercher_communes("les vans") == [LES_VANS]
    assert LES_VANS in chercher_communes("07140")
    assert chercher_communes("saint-etienne")[0] == chercher_communes("ST ÉTIENNE")[0] == "42218"
    assert len(chercher_communes("saint")) == 20
    assert normaliser("  L’Œuilly-sur Ste Maÿ ") == "l oeuilly sur sainte may"


def test_le_nom_d_une_intercommunalite_s_ecrit_en_entier():
    vans = perimetre("epci", VANS)
    assert vans.nom == "Communauté de communes Pays des Vans en Cévennes"
    assert vans.communes == 15
    assert perimetre("epci", "999") is None
    assert all(len(p.nom) <= 120 for p in lire_perimetres())


def test_la_corse_est_a_sa_place_et_l_outre_mer_a_la_fin():
    ordre = [p.code for p in departements()]
    assert ordre.index("19") + 1 == ordre.index("2A") == ordre.index("2B") - 1
    assert ordre.index("95") + 1 == ordre.index("971")


def test_creer_depuis_une_intercommunalite_donne_ses_communes_et_un_formulaire(page, national):
    reponse = page.get(NOUVEAU_VANS)
    assert "Communauté de communes Pays des Vans en Cévennes" in reponse.text
    reponse = page.post(NOUVEAU_VANS, saisie(), follow=True)
    territoire = Territoire.objects.get(nom="Les Vans et alentours")
    assert codes(territoire) == set(
        Commune.objects.filter(epci=VANS).values_list("code", flat=True)
    )
    assert len(codes(territoire)) == 15
    assert version_en_vigueur(territoire).definition["sections"]
    assert territoire.comites.count() == 3
    assert Journal.objects.filter(
        geste="creer", objet="Territoire", objet_id=territoire.pk, utilisateur_id=national.pk
    ).exists()
    assert "il reste à nommer son administrateur" in reponse.text.lower()


def test_retirer_et_ajouter_des_communes_en_creant(page):
    page.post(NOUVEAU_VANS, saisie(retirer=[BANNE], ajouter=[AUBENAS, "x\0", "99999"]))
    obtenus = codes(Territoire.objects.get())
    assert BANNE not in obtenus
    assert AUBENAS in obtenus
    assert len(obtenus) == 15


def test_un_departement_de_neuf_cents_communes_s_enregistre(page):
    adresse = f"/territoires/nouveau/departement/{PAS_DE_CALAIS}/"
    servie = page.get(adresse).text
    nombre = Commune.objects.filter(departement=PAS_DE_CALAIS).count()
    assert nombre > 850
    assert servie.count('name="retirer"') == nombre
    assert 'type="checkbox" name="retirer" value="62041" checked' not in servie
    page.post(adresse, saisie(nom="Pas-de-Calais", niveau="departement"))
    assert Territoire.objects.get().communes.count() == nombre


def test_une_region_perd_un_departement_d_un_geste(page):
    page.post(
        "/territoires/nouveau/region/94/",
        saisie(nom="Corse", niveau="region", retirer_departement=["2A"]),
    )
    departements_gardes = Territoire.objects.get().communes.values_list("departement", flat=True)
    assert set(departements_gardes) == {"2B"}


def test_un_perimetre_compose_commune_par_commune(page):
    adresse = reverse("situations:creer_autre_territoire")
    vide = page.post(adresse, saisie(niveau="commune"))
    assert vide.status_code == 200
    assert "au moins une commune" in vide.text
    page.post(adresse, saisie(niveau="commune", ajouter=[LES_VANS]))
    assert codes(Territoire.objects.get()) == {LES_VANS}


def test_chercher_une_commune_garde_tout_ce_qui_est_saisi(page):
    reponse = page.post(
        NOUVEAU_VANS,
        saisie(
            nom="Mon territoire",
            retirer=[BANNE],
            ajouter=[AUBENAS],
            chercher_commune="joyeuse",
            chercher="1",
        ),
    )
    assert reponse.status_code == 200
    assert not Territoire.objects.exists()
    for attendu in ('value="Mon territoire"', f'value="{AUBENAS}" checked', "Joyeuse"):
        assert attendu in reponse.text
    assert f'name="retirer" value="{BANNE}" checked' in reponse.text
    assert "À corriger" not in reponse.text


def test_un_nom_deja_pris_est_dit_et_rien_n_est_perdu(page, vans):
    reponse = page.post(
        NOUVEAU_VANS, saisie(nom="pays DES vans en cévennes", retirer=[BANNE], porteur="Le porteur")
    )
    assert reponse.status_code == 200
    assert "Un autre territoire porte déjà ce nom" in reponse.text
    assert 'value="Le porteur"' in reponse.text
    assert f'name="retirer" value="{BANNE}" checked' in reponse.text
    assert Territoire.objects.count() == 1


def test_deux_territoires_peuvent_se_recouper(page):
    page.post(NOUVEAU_VANS, saisie())
    page.post("/territoires/nouveau/departement/07/", saisie(nom="Ardèche", niveau="departement"))
    petit, grand = Territoire.objects.order_by("-nom")
    assert codes(petit) < codes(grand)


def test_un_territoire_ne_prend_jamais_l_adresse_nouveau(page, national):
    page.post(NOUVEAU_VANS, saisie(nom="Nouveau"))
    assert Territoire.objects.get().slug == "nouveau-2"
    assert slug_libre("Nouvéau") == "nouveau-3"
    with pytest.raises(ValueError, match="reserved"):
        creer_territoire_seul(nom="N", niveau="epci", communes=[], slug="nouveau", par=national)
    assert "Choisissez son périmètre" in page.get("/territoires/nouveau/").text


def test_la_liste_dit_ce_que_chacun_couvre(page, vans):
    vans.territoire.communes.set(Commune.objects.filter(epci=VANS))
    creer_territoire_seul(nom="Sans formulaire", niveau="autre", communes=[], par=None)
    texte = page.get("/territoires/").text
    for attendu in (
        "Pays des Vans",
        "Intercommunalité",
        ">15<",
        "Animateur",
        "Version 1",
        "socle à jour",
    ):
        assert attendu in texte
    assert "À désigner" in texte
    assert ">Aucun<" in texte


def test_une_liste_vide_dit_comment_commencer(page):
    assert "Aucun territoire pour l’instant" in page.get("/territoires/").text


def test_modifier_nom_seuils_et_communes(page, vans):
    vans.territoire.communes.set(Commune.objects.filter(epci=VANS))
    adresse = reverse("situations:modifier_territoire", args=["pays-des-vans"])
    assert page.get(adresse).status_code == 200
    donnees = {"nom": "Vans", "porteur": "", "seuil_copil": "6", "seuil_public": "12"}
    reponse = page.post(adresse, {**donnees, "retirer": [BANNE], "ajouter": [AUBENAS]})
    assert reponse.status_code == 302
    territoire = Territoire.objects.get()
    assert (territoire.nom, territoire.slug) == ("Vans", "pays-des-vans")
    assert (territoire.seuil_copil, territoire.seuil_public) == (6, 12)
    assert codes(territoire) >= {AUBENAS, LES_VANS}
    assert BANNE not in codes(territoire)
    assert Journal.objects.filter(geste="modifier", territoire_id=territoire.pk).count() == 1


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("seuil_copil", "4", "jamais sous cinq (5)"),
        ("seuil_public", "10", "jamais sous onze (11)"),
        ("seuil_copil", "", "au moins cinq (5)"),
        ("seuil_public", "onze", "nombre entier"),
        ("seuil_public", "99999", "mille"),
        ("nom", "", "Donnez un nom"),
    ],
)
def test_une_modification_refusee_dit_pourquoi(page, vans, champ, valeur, phrase):
    adresse = reverse("situations:modifier_territoire", args=["pays-des-vans"])
    donnees = {"nom": "Vans", "porteur": "P", "seuil_copil": "6", "seuil_public": "12"}
    reponse = page.post(adresse, {**donnees, "ajouter": [AUBENAS], champ: valeur})
    assert reponse.status_code == 200
    assert phrase in reponse.text
    assert f'value="{AUBENAS}" checked' in reponse.text
    assert Territoire.objects.get().nom == "Pays des Vans en Cévennes"


def test_la_base_refuse_deux_fois_le_meme_nom(vans, national):
    with pytest.raises(IntegrityError), transaction.atomic():
        creer_territoire(nom=vans.territoire.nom, niveau="epci", communes=[], par=national)


def test_nommer_un_administrateur_par_son_adresse(page, vans, drome):
    adresse = reverse("situations:nommer_administrateur", args=["pays-des-vans"])
    email = drome.technique.email
    reponse = page.post(adresse, {"email": email.upper()}, follow=True)
    assert email in reponse.text
    assert vans.territoire.administrateurs.filter(utilisateur=drome.technique).exists()
    encore = page.post(adresse, {"email": email})
    assert "administre déjà ce territoire" in encore.text


def test_nommer_quelqu_un_qui_ne_peut_pas_l_etre(page, vans):
    adresse = reverse("situations:nommer_administrateur", args=["pays-des-vans"])
    Utilisateur.objects.filter(pk=vans.travail.pk).update(is_active=False)
    assert "désactivé" in page.post(adresse, {"email": vans.travail.email}).text
    assert "adresse complète" in page.post(adresse, {"email": "personne"}).text


ADRESSES = [
    "/territoires/",
    "/territoires/nouveau/",
    "/territoires/nouveau/autre/",
    NOUVEAU_VANS,
    "/territoires/pays-des-vans/modifier/",
    "/territoires/pays-des-vans/administrateurs/",
]


@pytest.mark.parametrize("adresse", ADRESSES)
def test_reserve_aux_administrateurs_nationaux(client, vans, national, adresse):
    assert client.get(adresse).status_code == 302
    for personne in (vans.administrateur, vans.animateur, vans.travail, vans.pilotage):
        client.force_login(personne)
        assert client.get(adresse).status_code == 404
        assert client.post(adresse, saisie()).status_code == 404
        assert "/territoires/nouveau/" not in client.get("/", follow=True).text
    client.force_login(national)
    assert client.get(adresse).status_code == 200
    assert Territoire.objects.count() == 1


@pytest.mark.parametrize(
    "adresse",
    [
        "/territoires/nouveau/epci/000/",
        "/territoires/nouveau/commune/07334/",
        "/territoires/nulle-part/modifier/",
        "/territoires/nulle-part/administrateurs/",
    ],
)
def test_ce_qui_n_existe_pas(page, adresse):
    assert page.get(adresse).status_code == 404


@pytest.mark.django_db
def test_le_code_officiel_geographique_est_entier():
    assert Commune.objects.count() == sum(1 for _ in referentiel.lire("communes")) == 34969
    assert Epci.objects.count() == 1255
    assert Departement.objects.count() == 109
    assert Region.objects.count() == 26
    les_vans = Commune.objects.get(code=LES_VANS)
    assert (les_vans.nom, les_vans.departement_id, les_vans.epci_id) == ("Les Vans", "07", VANS)
    assert "07140" in les_vans.codes_postaux


@pytest.mark.django_db
def test_un_second_chargement_ne_charge_rien(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert charger(using="default") is False


CHARGER = """
from pathlib import Path
from territoires import chargement, referentiel
from territoires.models import Commune
referentiel.DOSSIER = Path({dossier!r})
print(chargement.charger(using="default"), chargement.charger(using="default"))
print(Commune.objects.get(code="{code}").population, Commune.objects.count())
"""


def test_un_fichier_change_est_recharge(tmp_path, monkeypatch):
    for nom in referentiel.FICHIERS:
        shutil.copy(referentiel.DOSSIER / f"{nom}.csv", tmp_path)
    lignes = [ligne for ligne in referentiel.lire("communes") if ligne["code"] == LES_VANS]
    lignes[0]["population"] = "123456"
    with (tmp_path / "communes.csv").open("w", encoding="utf-8", newline="") as flux:
        ecrivain = csv.DictWriter(flux, lignes[0].keys())
        ecrivain.writeheader()
        ecrivain.writerows(lignes)
    base = bases.cloner(bases.VIDE, "test_cog")
    monkeypatch.setenv("BNR_ROLE", "proprietaire")
    code = CHARGER.format(dossier=str(tmp_path), code=LES_VANS)
    sortie = bases.manage(base, "shell", "--verbosity=0", "-c", code)
    assert sortie.split() == ["True", "False", "123456", "34969"]
