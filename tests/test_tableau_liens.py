"""Every link of a dashboard answers, and shows the very count that was clicked."""

import re

import pytest

from territoires.models import Utilisateur
from tests.base_demonstration import servie
from tests.fenetre import Element, Fenetre
from tests.saisies import fenetre_de
from tests.test_tableau import chiffres, distributions, entier

pytestmark = pytest.mark.django_db
TABLEAU = "/territoires/grenoble-alpes-metropole/tableau-de-bord/"


@pytest.fixture(scope="module", autouse=True)
def base(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), servie("tableau") as base:
        yield base


@pytest.fixture
def tableau():
    """Camille Berthier, animatrice, in front of her dashboard with this question."""
    camille = Utilisateur.objects.get(email="camille.berthier@demo.example")
    return lambda question="": fenetre_de(camille, f"{TABLEAU}?{question}")


def test_every_link_of_the_page_answers(tableau):
    page = tableau("annee=2026&f_type=ND&lignes=age&colonnes=type")
    liens = sorted({lien for lien in page.liens() if lien.startswith(("?", "/"))})
    assert len(liens) > 60
    for lien in liens[:: len(liens) // 25]:
        adresse = lien if lien[0] == "/" else TABLEAU + lien
        assert page.client.get(adresse, follow=True).status_code == 200, lien


def cases(page: Fenetre) -> list[tuple[int, Element]]:
    """The cells of the crossing that lead somewhere: the count and the link."""
    return [
        (entier(td.dit), td.tous("a")[0]) for td in page.id("croisement").tous("td") if td.tous("a")
    ]


def base_de(page: Fenetre) -> tuple[int, str]:
    """What the crossing counts: how many, and of what."""
    (base,) = [p.dit for p in page.id("croisement").tous("p") if p["class"] == "base"]
    nombre, unite = re.search(r"([\d\s]+)\s(situation|non-recours)", base).groups()
    return entier(nombre), "situations" if unite == "situation" else unite


def comptes_de(page: Fenetre) -> dict[str, int]:
    """How many situations and non-recours a list of situations says that it holds."""
    if not page.page.tous("caption"):
        return {"situations": 0, "non-recours": 0}
    situations, non_recours = page.page.tous("caption")[0].dit.split(", ")
    return {"situations": entier(situations), "non-recours": entier(non_recours)}


@pytest.mark.parametrize(
    "question",
    [
        "lignes=droit&colonnes=type",
        "lignes=age&colonnes=type",
        "lignes=age&colonnes=logement",
        "annee=2026&lignes=motif_principal&colonnes=type",
        "f_type=ND&f_type=NR&lignes=type&colonnes=organisme",
        "lignes=evenement&colonnes=famille",
        "lignes=age&colonnes=type&onglets=sexe&onglet=h",
        "f_obstacles=ob_num&lignes=obstacles&colonnes=zone",
        "lignes=par_situation&colonnes=droits_reunis",
    ],
)
def test_a_cell_leads_to_the_page_that_counts_exactly_what_it_says(tableau, question):
    page = tableau(question)
    total, unite = base_de(page)
    assert entier(chiffres(page)[unite]) >= total
    toutes = cases(page)
    assert len(toutes) >= 8
    for nombre, lien in toutes[:: max(1, len(toutes) // 6)]:
        derriere = Fenetre(page.client, lien["href"])
        assert comptes_de(derriere)[unite] == nombre, lien["href"]
        tableau_filtre = derriere.suivre("Le tableau de bord de cette sélection")
        assert entier(chiffres(tableau_filtre)[unite]) == nombre, lien["href"]


def test_a_line_leads_to_the_page_that_counts_exactly_what_it_says(tableau):
    page = tableau("annee=2026")
    for titre, base, distribution in distributions(page):
        unite = "situations" if "situation" in base else "non-recours"
        comptes = [td for td in distribution.tous("td") if "effectif" in td["class"].split()]
        for compte in [td for td in comptes if td.tous("a")][-1:]:
            liste = Fenetre(page.client, compte.tous("a")[0]["href"])
            assert comptes_de(liste)[unite] == entier(compte.dit), titre
            for nom in compte.dans("tr").tous("th")[0].tous("a"):
                if nom["href"].startswith("?"):
                    filtree = Fenetre(page.client, TABLEAU + nom["href"])
                    assert entier(chiffres(filtree)[unite]) == entier(compte.dit), titre


def test_the_three_displays_of_a_crossing_are_offered_and_agree(tableau):
    page = tableau("lignes=age&colonnes=type")
    effectifs = cases(page)
    total = base_de(page)[0]
    boutons = page.id("croisement").tous("a")
    page.ouvrir(TABLEAU + next(a["href"] for a in boutons if a.dit == "% en ligne"))
    assert base_de(page)[0] == total
    # The cells, the margin of the lines, that of the columns, the total: four times the whole.
    assert sum(nombre for nombre, _ in effectifs) == 4 * total
    assert "%" in page.id("croisement").dit


@pytest.mark.parametrize("question", ["", "annee=2026&f_type=ND&f_type=NR", "f_actions=act_info"])
def test_a_step_of_the_path_leads_to_the_situations_that_reached_it(tableau, question):
    page = tableau(question)
    parcours = page.id("t-parcours")
    etapes = {th.dit: th.dans("tr") for th in parcours.tous("th", scope="row")}
    # « Personne informée » is told by actions, of which one is asked already.
    sans_lien = {"Personne informée"} if "f_actions" in question else set()
    for nom, tr in etapes.items():
        (compte,) = [td for td in tr.tous("td") if "effectif" in td["class"].split()]
        attendu = nom not in sans_lien and entier(compte.dit) > 0
        assert bool(compte.tous("a")) == attendu, nom
        if attendu:
            liste = Fenetre(page.client, compte.tous("a")[0]["href"])
            assert comptes_de(liste)["non-recours"] == entier(compte.dit), nom
            assert comptes_de(liste)["situations"] <= entier(compte.dit), nom
            assert nom in liste.texte or nom == "Non-recours repérés"


def test_what_lasts_for_more_than_a_year_leads_to_its_situations(tableau):
    page = tableau("annee=2026")
    (carte,) = [x for x in page.classe("chiffre") if "durent depuis plus d’un an" in x.dit]
    attendus = entier(re.search(r"([\d\s]+) non-recours", carte.dit)[1])
    liste = Fenetre(page.client, carte.tous("a")[0]["href"])
    assert comptes_de(liste)["non-recours"] == attendus
    choisie = tableau("f_anciennete=an_1_2a")
    (carte,) = [x for x in choisie.classe("chiffre") if "durent depuis plus d’un an" in x.dit]
    assert not carte.tous("a")


def test_the_pages_of_a_long_list_stay_at_the_step(tableau):
    page = tableau("")
    (lien,) = [a["href"] for a in page.id("t-parcours").tous("a") if "etape=demandes" in a["href"]]
    liste = Fenetre(page.client, lien)
    nombres = comptes_de(liste)
    assert comptes_de(liste.suivre("Plus anciennes")) == nombres
    assert "Demande déposée" in liste.texte


def test_a_step_that_is_none_is_left_aside(tableau):
    page = tableau("")
    situations = f"{TABLEAU}situations/"
    ailleurs = Fenetre(page.client, f"{situations}?etape=nulle_part")
    assert comptes_de(ailleurs) == comptes_de(Fenetre(page.client, situations))
