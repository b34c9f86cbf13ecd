"""Finding a situation again: by its number, its words, its right, its status, its months."""

from datetime import timedelta

import pytest
from django.utils import timezone

from situations import actions
from situations.models import Situation
from situations.numeros import cle_de_luhn
from tests.gens import aspa, brouillon, cheque_energie, transmise
from tests.saisies import fenetre_de

RELECTURE = "/territoires/pays-des-vans/relecture/"
MIENNES = "/territoires/pays-des-vans/situations/"


def trouvees(fenetre) -> list[str]:
    """The numbers in the table of results, from the top."""
    tables = fenetre.classe("situations")
    return [th.dit for th in tables[0].tous("th", scope="row")] if tables else []


def chercher(fenetre, **champs):
    for nom, valeur in champs.items():
        if fenetre.champs(nom)[0].nom == "select":
            fenetre.choisir(nom, valeur)
        else:
            fenetre.ecrire(nom, valeur)
    return fenetre.cliquer("Chercher")


@pytest.fixture
def page(vans):
    """The reviewer's page, in which everything transmitted may be searched."""
    return lambda: fenetre_de(vans.technique, RELECTURE)


# --- by number ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ecrire",
    [
        lambda numero: numero,
        lambda numero: " ".join(numero[i : i + 2] for i in range(0, 8, 2)),
        lambda numero: "\u00a0".join(numero[i : i + 2] for i in range(0, 8, 2)),
        lambda numero: f"  {numero[:4]}-{numero[4:]} ",
        lambda numero: ".".join(numero[i : i + 2] for i in range(0, 8, 2)),
    ],
)
def test_a_dictated_number_finds_its_situation_alone(vans, page, ecrire):
    situation, _ = transmise(vans, vans.travail), transmise(vans, vans.travail)
    fenetre = chercher(page(), q=ecrire(situation.numero))
    assert trouvees(fenetre) == [situation.numero_dicte]
    fenetre.suivre(situation.numero_dicte)
    assert fenetre.adresse == f"/situations/{situation.cle}/"


def test_a_misheard_number_finds_nothing_rather_than_another(vans, page):
    situation = transmise(vans, vans.travail)
    faux = situation.numero[:7] + str((int(cle_de_luhn(situation.numero[:7])) + 1) % 10)
    fenetre = chercher(page(), q=faux)
    assert trouvees(fenetre) == []
    assert "Aucune situation ne correspond." in fenetre.texte
    fenetre.suivre("Tout afficher")
    assert trouvees(fenetre) == [situation.numero_dicte]


# --- by words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recit", "cherche"),
    [
        ("Elle a reçu trois courriers incompréhensibles.", "courrier"),
        ("Un courrier incompréhensible.", "courriers incomprehensibles"),
        ("Dossier égaré à la préfecture.", "EGARE prefecture"),
        ("Dossier egare a la prefecture.", "égaré préfecture"),
        ("La personne a renoncé après deux refus.", "renoncer"),
        ("L’hôpital n’a rien proposé.", "hôpitaux"),
        ("Sœur et mère à charge.", "soeur"),
        ("Refus du guichet", "refus -courrier"),
        ("Elle attend, guichet fermé", '"guichet fermé"'),
    ],
)
def test_words_are_found_whatever_their_accents_and_endings(vans, page, recit, cherche):
    situation = transmise(vans, vans.travail, recit=recit)
    transmise(vans, vans.travail, recit="Tout autre chose : un trajet en car.")
    assert trouvees(chercher(page(), q=cherche)) == [situation.numero_dicte]


def test_words_of_the_text_about_one_right_are_found_too(vans, page):
    bloc = {**aspa(), "droit": "autre", "droit_precision": "Aide du fournisseur d’eau"}
    situation = transmise(vans, vans.travail, cheque_energie(), bloc)
    transmise(vans, vans.travail)
    assert trouvees(chercher(page(), q="fournisseurs")) == [situation.numero_dicte]


def test_a_right_is_found_by_its_acronym(vans, page):
    situation = transmise(vans, vans.travail, cheque_energie(), aspa())
    transmise(vans, vans.travail, cheque_energie())
    assert trouvees(chercher(page(), q="aspa")) == [situation.numero_dicte]


def test_words_that_nobody_wrote_find_nothing_though_a_code_holds_them(vans, page):
    """« cours » is in the code of an outcome, « oui » in that of an answer: nobody wrote them."""
    transmise(vans, vans.travail, recit="Elle attend.")
    for mot in ("cours", "seul", "oui", "prop", "permanence"):
        assert trouvees(chercher(page(), q=mot)) == [], mot


def test_what_was_withdrawn_is_not_found(vans):
    bloc = {**aspa(), "droit": "autre", "droit_precision": "Aide du fournisseur d’eau"}
    situation = transmise(vans, vans.travail, aspa(), bloc)
    actions.renvoyer(situation=situation, message="?", par=vans.technique)
    actions.retirer_droit(situation=situation, rang=2, retire=True, par=vans.travail)
    trouver = Situation.objects.contenant
    assert not trouver("fournisseur").exists()
    actions.retirer_droit(situation=situation, rang=2, retire=False, par=vans.travail)
    assert trouver("fournisseur").get() == situation


@pytest.mark.parametrize(
    "bizarre", ["'", '"', "%", "\\", "a & | ! b", "<script>", "((((", "œ" * 200, "\u0000", "-"]
)
def test_anything_may_be_typed_in_the_search(vans, page, bizarre):
    transmise(vans, vans.travail)
    fenetre = page().ouvrir(f"{RELECTURE}?q=").ecrire("q", bizarre).cliquer("Chercher")
    assert fenetre.statut == 200


# --- by status, right, months ---------------------------------------------------------------


def test_by_status(vans, page):
    a_relire, validee, renvoyee, ecartee = (transmise(vans, vans.travail) for _ in range(4))
    actions.valider(situation=validee, par=vans.technique)
    actions.renvoyer(situation=renvoyee, message="?", par=vans.technique)
    actions.ecarter(situation=ecartee, motif="doublon", message="", par=vans.technique)
    for statut, situation in (
        ("transmise", a_relire),
        ("validee", validee),
        ("a_completer", renvoyee),
        ("ecartee", ecartee),
    ):
        assert trouvees(chercher(page(), statut=statut)) == [situation.numero_dicte]
    statuts = {option["value"] for option in page().champs("statut")[0].tous("option")}
    assert "brouillon" not in statuts


def test_by_right(vans, page):
    situation = transmise(vans, vans.travail, aspa(), cheque_energie())
    transmise(vans, vans.travail)
    fenetre = chercher(page(), droit="cheque_energie")
    assert trouvees(fenetre) == [situation.numero_dicte]
    assert fenetre.valeur("droit") == "cheque_energie"


def test_by_months_both_included(vans, page):
    mois = ["2026-03", "2026-04", "2026-05", "2026-06"]
    situations = [transmise(vans, vans.travail, mois_observation=m) for m in mois]
    numeros = [situation.numero_dicte for situation in situations]
    assert trouvees(chercher(page(), du="2026-04", au="2026-05")) == [numeros[2], numeros[1]]
    assert trouvees(chercher(page(), du="2026-06")) == [numeros[3]]
    assert trouvees(chercher(page(), au="2026-03")) == [numeros[0]]


def test_a_month_that_is_not_one_is_said_and_the_rest_of_the_search_still_counts(vans, page):
    situation = transmise(vans, vans.travail, recit="Le guichet est fermé.")
    transmise(vans, vans.travail)
    fenetre = page().ouvrir(f"{RELECTURE}?du=mars&q=guichet")
    assert "Écrivez le mois ainsi : 2026-03." in fenetre.texte
    assert fenetre.valeur("du") == "mars"
    assert trouvees(fenetre) == [situation.numero_dicte]


def test_filters_add_up(vans, page):
    voulue = transmise(vans, vans.travail, recit="guichet fermé", mois_observation="2026-03")
    transmise(vans, vans.travail, recit="guichet fermé", mois_observation="2026-04")
    transmise(vans, vans.travail, cheque_energie(), recit="guichet", mois_observation="2026-03")
    fenetre = chercher(page(), q="guichet", droit="aspa", au="2026-03", statut="transmise")
    assert trouvees(fenetre) == [voulue.numero_dicte]


def test_an_unknown_value_in_the_address_is_no_error(vans, page):
    transmise(vans, vans.travail)
    fenetre = page().ouvrir(f"{RELECTURE}?statut=zzz&droit=zzz&page=zzz&autre=1")
    assert fenetre.statut == 200


# --- pages ----------------------------------------------------------------------------------


def test_the_search_is_kept_from_page_to_page(vans, page):
    situations = [transmise(vans, vans.travail, recit="guichet & fermé") for _ in range(30)]
    for rang, situation in enumerate(situations):
        transmise_le = timezone.now() - timedelta(hours=rang)
        Situation.objects.filter(pk=situation.pk).update(transmise_le=transmise_le)
    transmise(vans, vans.travail, recit="Rien.")
    fenetre = chercher(page(), q="guichet & fermé", statut="transmise")
    attendus = [situation.numero_dicte for situation in situations]
    assert fenetre.page.tous("caption")[0].dit == "30 situations"
    assert trouvees(fenetre) == attendus[:25]
    fenetre.suivre("Plus anciennes")
    assert trouvees(fenetre) == attendus[25:]
    assert "Page 2 sur 2" in fenetre.texte
    assert fenetre.valeur("q") == "guichet & fermé"
    fenetre.suivre("Plus récentes")
    assert trouvees(fenetre) == attendus[:25]


# --- who finds what -------------------------------------------------------------------------


def test_an_author_finds_their_own_only(vans):
    la_mienne = transmise(vans, vans.travail, recit="guichet fermé")
    celle_d_un_collegue = transmise(vans, vans.collegue, recit="guichet fermé")
    fenetre = chercher(fenetre_de(vans.travail, MIENNES), q="guichet")
    assert trouvees(fenetre) == [la_mienne.numero_dicte]
    assert trouvees(chercher(fenetre, q=celle_d_un_collegue.numero)) == []


def test_a_reviewer_finds_those_of_the_territory_only_and_no_draft(vans, drome, page):
    ici = transmise(vans, vans.travail, recit="guichet fermé")
    ailleurs = transmise(drome, drome.travail, recit="guichet fermé")
    brouillon(vans, vans.travail, recit="guichet fermé")
    assert trouvees(chercher(page(), q="guichet")) == [ici.numero_dicte]
    assert trouvees(chercher(page(), q=ailleurs.numero)) == []


def test_the_list_of_an_author_shows_drafts_and_what_is_to_complete_apart(vans):
    renvoyee = transmise(vans, vans.travail)
    actions.renvoyer(situation=renvoyee, message="Depuis quand ?", par=vans.technique)
    en_cours = brouillon(vans, vans.travail)
    fenetre = fenetre_de(vans.travail, MIENNES)
    assert "Depuis quand ?" in fenetre.id("t-completer").dans("section").dit
    assert f"/situations/{en_cours.cle}/transmettre/" in fenetre.liens()
    assert trouvees(fenetre) == [renvoyee.numero_dicte]


def test_nothing_transmitted_yet_says_what_to_do(vans):
    fenetre = fenetre_de(vans.travail, MIENNES)
    assert "Vous n’avez pas encore transmis de situation." in fenetre.texte
