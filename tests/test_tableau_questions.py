"""Any question from the dashboard: all filters, views kept, crossings shown, situations behind."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pilotage.models import CroisementMontre, Population, VueEnregistree
from pilotage.population import tranches_d_age
from situations import actions
from territoires.models import Journal
from tests.gens import aspa, cheque_energie, transmise
from tests.matrice.pilotage import population_csv
from tests.saisies import fenetre_de
from tests.test_tableau import VANS, chiffres

FILTRES, SITUATIONS, VUES = f"{VANS}filtres/", f"{VANS}situations/", f"{VANS}vues/"
POPULATION = f"{VANS}population/"


# --- all the filters --------------------------------------------------------------------------


def test_every_variable_is_offered_and_several_values_may_be_kept(vans):
    transmise(vans, vans.travail, aspa(), cheque_energie())
    transmise(vans, vans.travail, age="a_18_24")
    transmise(vans, vans.travail, age="a_30_39")
    page = fenetre_de(vans.technique, f"{VANS}?lignes=age&colonnes=type")
    page.suivre("Plus de filtres")
    assert {"f_age", "f_obstacles", "f_zone", "f_categorie"} <= {
        champ["name"] for champ in page.page.tous("input")
    }
    page.cocher("f_age", "a_75p", "a_18_24").cliquer("Appliquer")
    assert chiffres(page) == {"situations": "2", "non-recours": "3"}
    assert "personnes de 75 ans et plus ou 18-24 ans" in page.texte or (
        "personnes de 18-24 ans ou 75 ans et plus" in page.texte
    )
    assert page.id("croisement").tous("table")
    page.suivre("2 valeurs de « Âge », les changer")
    assert sorted(page.valeur("f_age")) == ["a_18_24", "a_75p"]


def test_the_bounds_of_a_period_are_chosen_among_all_the_filters(vans):
    situation = transmise(vans, vans.travail)
    mois = f"{situation.mois_observation:%Y-%m}"
    page = fenetre_de(vans.technique, FILTRES)
    page.choisir("periode", "bornes").choisir("du", mois).choisir("au", mois).cliquer("Appliquer")
    assert chiffres(page)["situations"] == "1"
    assert page.valeur("periode") == mois


def test_what_each_base_counts_is_said_above_the_figures(vans):
    transmise(vans, vans.travail, aspa(), cheque_energie())
    page = fenetre_de(vans.technique, f"{VANS}?f_type=ND")
    assert chiffres(page) == {"situations": "1", "non-recours": "1"}
    selection = page.id("selection").dit
    assert "celles où au moins un non-recours est ainsi décrit" in selection
    assert "dans ces situations, seulement ceux ainsi décrits" in selection


def test_a_script_gets_what_changes_and_no_more(vans):
    transmise(vans, vans.travail)
    client = Client()
    client.force_login(vans.technique)
    entiere = client.get(VANS)
    partie = client.get(VANS, headers={"HX-Request": "true"})
    assert partie.status_code == 200
    assert "<h1" not in partie.content.decode()
    assert 'id="selection"' in partie.content.decode()
    assert "HX-Request" in entiere["Vary"]
    retour = client.get(VANS, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<h1" in retour.content.decode()


# --- the situations behind a number -----------------------------------------------------------


def test_the_situations_behind_a_number_are_listed_and_the_reading_is_noted(vans):
    voulue = transmise(vans, vans.travail, aspa(), cheque_energie())
    autre = transmise(vans, vans.travail, cheque_energie())
    page = fenetre_de(vans.technique, f"{SITUATIONS}?c_droit=aspa")
    assert voulue.numero_dicte in page.texte
    assert autre.numero_dicte not in page.texte
    assert "1 situation, 1 non-recours comptés" in page.texte
    assert Journal.objects.filter(
        geste="lire_situations_du_tableau", utilisateur_id=vans.technique.pk
    ).exists()
    page.suivre(voulue.numero_dicte)
    assert page.adresse == voulue.get_absolute_url()


def test_a_situation_set_aside_is_behind_no_number(vans):
    situation = transmise(vans, vans.travail)
    actions.ecarter(situation=situation, motif="doublon", message="", par=vans.technique)
    page = fenetre_de(vans.technique, SITUATIONS)
    assert "Aucune situation ne correspond à cette sélection." in page.texte


@pytest.mark.parametrize("qui", ["pilotage", "administrateur", "travail"])
def test_those_who_read_protected_figures_never_reach_situations(vans, qui):
    transmise(vans, vans.travail)
    page = fenetre_de(getattr(vans, qui), VANS)
    assert not [lien for lien in page.liens() if "tableau-de-bord/situations" in lien]
    assert fenetre_de(getattr(vans, qui), SITUATIONS).statut == 403


def test_many_situations_are_given_page_by_page(vans):
    for _ in range(27):
        transmise(vans, vans.travail)
    page = fenetre_de(vans.technique, f"{SITUATIONS}?f_age=a_75p")
    assert "Page 1 sur 2" in page.texte
    page.suivre("Plus anciennes")
    assert len(page.page.tous("tbody")[0].tous("tr")) == 2
    assert "f_age=a_75p" in page.adresse


# --- views kept under a name ------------------------------------------------------------------


def test_a_view_is_kept_opened_renamed_shared_and_deleted(vans):
    transmise(vans, vans.travail)
    page = fenetre_de(vans.technique, f"{VANS}?f_age=a_75p&lignes=age&colonnes=type")
    page.ecrire("nom", "Les plus âgés").cliquer("Enregistrer la vue")
    assert page.adresse == f"{VANS}?f_age=a_75p&lignes=age&colonnes=type"
    assert "Les plus âgés" not in fenetre_de(vans.animateur, VUES).texte

    comite = str(vans.territoire.comites.get(nature="technique").pk)
    page.ouvrir(VUES).suivre("Renommer, partager « Les plus âgés »")
    page.ecrire("nom", "75 ans et plus").choisir("comite", comite).cliquer("Enregistrer")
    chez_l_autre = fenetre_de(vans.animateur, VUES)
    assert "75 ans et plus" in chez_l_autre.texte
    assert "Renommer" not in chez_l_autre.texte
    chez_l_autre.suivre("75 ans et plus")
    assert chez_l_autre.adresse == f"{VANS}?f_age=a_75p&lignes=age&colonnes=type"

    page.ouvrir(VUES).suivre("Supprimer « 75 ans et plus »").cliquer("Supprimer")
    assert not VueEnregistree.objects.exists()


def test_a_name_already_taken_is_said_and_nothing_typed_is_lost(vans):
    transmise(vans, vans.travail)
    page = fenetre_de(vans.technique, f"{VANS}?f_age=a_75p")
    page.ecrire("nom", "Âge").cliquer("Enregistrer la vue")
    page.ouvrir(f"{VANS}?f_droit=aspa").ecrire("nom", "Âge").cliquer("Enregistrer la vue")
    assert "Vous avez déjà une vue de ce nom." in page.texte
    page.ecrire("nom", "Aspa").cliquer("Enregistrer la vue")
    assert page.adresse == f"{VANS}?f_droit=aspa"


def test_only_what_an_address_means_is_kept(vans):
    client = Client()
    client.force_login(vans.technique)
    client.post(VUES, {"nom": "Vue", "requete": "f_age=a_75p&truc=%22%3E&f_zzz=1"})
    assert VueEnregistree.objects.get().requete == "f_age=a_75p"


def test_a_view_is_not_shared_with_a_committee_where_one_does_not_sit(vans):
    client = Client()
    client.force_login(vans.technique)
    pilotage = vans.territoire.comites.get(nature="pilotage")
    client.post(VUES, {"nom": "Vue", "requete": "", "comite": pilotage.pk})
    assert not VueEnregistree.objects.exists()


# --- crossings for the comité de pilotage -----------------------------------------------------


def test_a_crossing_is_shown_once_then_withdrawn(vans):
    transmise(vans, vans.travail)
    page = fenetre_de(vans.technique, f"{VANS}?lignes=age&colonnes=type&onglets=sexe")
    page.cliquer("Montrer au comité de pilotage")
    assert "Âge × Type de non-recours × Sexe" in page.texte
    assert CroisementMontre.objects.get().variables == ["age", "type", "sexe"]
    page.ouvrir(f"{VANS}?lignes=type&colonnes=age&onglets=sexe")
    page.cliquer("Montrer au comité de pilotage")
    assert "est déjà montré" in page.texte
    page.cliquer("Retirer « Âge × Type de non-recours × Sexe »")
    montre = CroisementMontre.objects.get()
    assert (montre.retire_par, montre.retire_le is not None) == (vans.technique, True)
    assert "Aucun pour l’instant" in page.texte


# --- the population ---------------------------------------------------------------------------


def charger(client: Client, fichier: SimpleUploadedFile, **autres):
    champs = {"fichier": fichier, "source": "Insee, recensement", "annee": "2022", **autres}
    return client.post(POPULATION, champs)


def test_the_population_is_checked_then_loaded_and_stands_beside_ages(vans):
    transmise(vans, vans.travail)
    client = Client()
    client.force_login(vans.administrateur)
    apercu = charger(client, population_csv(250))
    assert apercu.status_code == 200
    assert "Est-ce bien la population du territoire" in apercu.content.decode()
    assert not Population.objects.exists()
    signe = apercu.context["form"].initial["apercu"]
    assert client.post(POPULATION, {"apercu": signe}).status_code == 302
    population = Population.objects.get()
    assert population.effectifs == {t.code: 250 for t in tranches_d_age()}
    page = fenetre_de(vans.technique, VANS)
    assert "Population : Insee, recensement, 2022." in page.texte


def test_a_file_that_cannot_be_read_is_said_line_by_line(vans):
    client = Client()
    client.force_login(vans.administrateur)
    fichier = SimpleUploadedFile("p.csv", b"Age;Habitants\n18-24 ans;beaucoup\n")
    reponse = charger(client, fichier, annee="1800")
    texte = reponse.content.decode()
    assert reponse.status_code == 200
    assert "Ligne 2" in texte
    assert "L’année est entre 1990" in texte
    assert "Insee, recensement" in texte
    assert not Population.objects.exists()


def test_what_was_not_shown_cannot_be_loaded(vans):
    client = Client()
    client.force_login(vans.administrateur)
    reponse = client.post(POPULATION, {"apercu": "faux:signé"})
    assert reponse.status_code == 200
    assert not Population.objects.exists()
