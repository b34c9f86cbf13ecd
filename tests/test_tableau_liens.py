"""Every link of a dashboard answers, and shows the very count that was clicked."""

import re

import pytest

from territoires.models import Utilisateur
from tests.base_demonstration import servie
from tests.fenetre import Element, Fenetre
from tests.saisies import fenetre_de
from tests.test_tableau import chiffres, entier

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
    (croisement,) = page.classe("croisement")
    return [
        (entier(td.texte.rpartition(":")[2]), td.tous("a")[0])
        for td in croisement.tous("td")
        if td.tous("a")
    ]


def base_de(page: Fenetre) -> tuple[int, str]:
    """What the crossing counts: how many, and of what."""
    nombre, unite = re.search(
        r"([\d\s]+)\s(situation|non-recours)", page.classe("croisement")[0].tous("caption")[0].dit
    ).groups()
    return entier(nombre), "situations" if unite == "situation" else unite


@pytest.mark.parametrize(
    "question",
    [
        "lignes=droit&colonnes=type",
        "lignes=age&colonnes=type",
        "lignes=age&colonnes=logement",
        "annee=2026&lignes=motif_principal&colonnes=type",
        "f_type=ND&f_type=NR&lignes=type&colonnes=organisme",
        "lignes=evenement&colonnes=famille",
    ],
)
def test_a_cell_leads_to_the_page_that_counts_exactly_what_it_says(tableau, question):
    page = tableau(question)
    total, unite = base_de(page)
    assert entier(chiffres(page)[unite]) >= total
    toutes = cases(page)
    assert len(toutes) >= 8
    for nombre, lien in toutes[:: max(1, len(toutes) // 6)]:
        filtree = Fenetre(page.client, TABLEAU + lien["href"])
        assert entier(chiffres(filtree)[unite]) == nombre, lien["href"]


def test_a_line_leads_to_the_page_that_counts_exactly_what_it_says(tableau):
    page = tableau("annee=2026")
    for distribution in page.classe("distribution"):
        unite = "non-recours" if "non-recours" in distribution.tous("span")[0].dit else "situations"
        lignes = [ligne for ligne in distribution.tous("tr") if ligne.tous("a")]
        for ligne in lignes[:1]:
            (lien,) = ligne.tous("a")
            (effectif,) = [td for td in ligne.tous("td") if "effectif" in td["class"].split()]
            filtree = Fenetre(page.client, TABLEAU + lien["href"])
            assert entier(chiffres(filtree)[unite]) == entier(effectif.dit), lien["href"]


def test_the_three_displays_of_a_crossing_are_offered_and_agree(tableau):
    page = tableau("lignes=age&colonnes=type")
    effectifs = cases(page)
    page.ouvrir(TABLEAU + next(a["href"] for a in page.page.tous("a") if a.dit == "% en ligne"))
    assert base_de(page)[0] == sum(nombre for nombre, _ in effectifs)
    assert "%" in page.classe("croisement")[0].dit
