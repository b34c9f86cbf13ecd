"""The dashboards: what they count, for whom, and where each of their links leads."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from pilotage.models import Lot
from pilotage.travaux import demander_lot, preparer_lot
from situations import actions
from situations.calendrier import decaler
from situations.models import Situation
from situations.projection import projeter
from territoires.actions import ajouter_membre
from territoires.models import Comite, Territoire
from tests.fenetre import Fenetre
from tests.gens import accepter, aspa, brouillon, cheque_energie, transmise
from tests.saisies import fenetre_de
from tests.tableaux_lus import distributions

ADRESSE = "/territoires/{}/tableau-de-bord/"
VANS = ADRESSE.format("pays-des-vans")
MIENS = "/tableau-de-bord/mes-territoires/"
NATIONAL = "/tableau-de-bord/national/"
PARCOURS = "Du repérage à l’ouverture du droit"
TYPES = "Types de non-recours"


def entier(texte: str) -> int:
    return int(re.sub(r"\D", "", texte))


def chiffres(fenetre: Fenetre) -> dict[str, str]:
    """The key figures: what is counted → the figure, as written."""
    cartes = [(carte.tous("strong")[0].dit, carte.dit) for carte in fenetre.classe("chiffre")]
    return {
        "non-recours" if "signalé" in phrase else "situations": nombre
        for nombre, phrase in cartes[:2]
    }


def tableaux(fenetre: Fenetre) -> dict[tuple[str, str], str]:
    """(table, line) → the count, as written, of every distribution of the page."""
    lus = {}
    for titre, _, tableau in distributions(fenetre):
        groupe = ""
        for ligne in tableau.tous("tr"):
            (libelle, *_) = ligne.tous("th") or [None]
            effectifs = [td.dit for td in ligne.tous("td") if "effectif" in td["class"].split()]
            if libelle and effectifs:
                nom = libelle.dit.partition(" Repère national")[0]
                nom = nom.removesuffix("(retirer ce filtre)").strip(" ×")
                lus[titre, f"{groupe}{nom}"] = effectifs[0]
            elif libelle and "groupe" in libelle["class"].split():
                groupe = f"{libelle.dit} " if libelle.dit.isdigit() else ""
    return lus


def tout(fenetre: Fenetre) -> dict:
    return chiffres(fenetre) | tableaux(fenetre)


def ecarts(avant: dict, apres: dict) -> dict:
    """What moved between two states of the figures."""
    noms = avant.keys() | apres.keys()
    differences = {nom: entier(apres.get(nom, "0")) - entier(avant.get(nom, "0")) for nom in noms}
    return {nom: ecart for nom, ecart in differences.items() if ecart}


def dater(situation: Situation, jour: datetime) -> Situation:
    """As if it had been transmitted that day."""
    situation.transmise_le = jour
    situation.save()
    projeter(situation)
    return situation


def le_mois_dernier() -> datetime:
    jour = decaler(timezone.localdate(), -1)
    return datetime(jour.year, jour.month, 15, 12, tzinfo=UTC)


def janvier() -> str:
    return f"{timezone.localdate().year}-01"


# --- what moves the figures -----------------------------------------------------------------


def test_a_transmission_moves_the_figures_by_exactly_that_situation(vans):
    transmise(vans, vans.travail, cheque_energie())
    page = fenetre_de(vans.technique, f"{VANS}?complet=droit")
    avant = tout(page)
    situation = brouillon(vans, vans.travail, aspa(), cheque_energie(), famille="f_mono")
    assert tout(page.ouvrir(page.adresse)) == avant

    actions.transmettre(situation=situation, par=vans.travail)

    apres = tout(page.ouvrir(page.adresse))
    mouvements = ecarts(avant, apres)
    assert mouvements["situations"] == 1
    assert mouvements["non-recours"] == 2
    par_tableau: dict[str, int] = {}
    for nom, ecart in mouvements.items():
        if isinstance(nom, tuple):
            par_tableau[nom[0]] = par_tableau.get(nom[0], 0) + ecart
    for titre, base, _ in distributions(page):
        if titre != PARCOURS:
            assert par_tableau[titre] == (1 if "situation" in base else 2), titre
    assert len(par_tableau) >= 16
    lignes = {nom[1] for nom in mouvements if isinstance(nom, tuple)}
    assert lignes >= {"Non-demande", "Non-connaissance", "Famille monoparentale", "Chèque énergie"}

    actions.valider(situation=situation, par=vans.technique)
    assert tout(page.ouvrir(page.adresse)) == apres
    actions.ecarter(situation=situation, motif="doublon", message="", par=vans.technique)
    assert tout(page.ouvrir(page.adresse)) == avant
    actions.retablir(situation=situation, par=vans.technique)
    assert tout(page.ouvrir(page.adresse)) == apres
    actions.renvoyer(situation=situation, message="?", par=vans.technique)
    assert tout(page.ouvrir(page.adresse)) == apres


def test_only_the_validated_when_asked(vans):
    validee, _ = transmise(vans, vans.travail), transmise(vans, vans.travail, cheque_energie())
    actions.valider(situation=validee, par=vans.technique)
    page = fenetre_de(vans.technique, VANS)
    assert chiffres(page)["situations"] == "2"
    page.cocher("validees", "1").cliquer("Filtrer")
    assert chiffres(page)["situations"] == "1"
    assert "situations validées seulement" in page.texte


def test_an_attached_answer_changes_line(vans):
    autre = {**aspa(), "droit": "autre", "droit_precision": "Aide de la mutuelle"}
    situation = transmise(vans, vans.travail, autre)
    page = fenetre_de(vans.technique, f"{VANS}?complet=droit")
    avant = tableaux(page)
    actions.qualifier(
        situation=situation, rang=1, variable="droit", code="aspa", par=vans.technique
    )
    mouvements = ecarts(avant, tableaux(page.ouvrir(page.adresse)))
    assert {nom[1][:10]: ecart for nom, ecart in mouvements.items()} == {
        "Autre droi": -1,
        "Allocation": 1,
    }


def test_a_territory_counts_nothing_of_another(vans, drome):
    transmise(vans, vans.travail)
    transmise(drome, drome.travail, cheque_energie())
    page = fenetre_de(vans.technique, VANS)
    assert chiffres(page) == {"situations": "1", "non-recours": "1"}
    assert "Chèque énergie" not in {nom for _, nom in tableaux(page)}


# --- filters --------------------------------------------------------------------------------


def test_filters_are_chosen_shown_and_taken_off(vans):
    transmise(vans, vans.travail, aspa(), cheque_energie())
    transmise(vans, vans.travail)
    page = fenetre_de(vans.technique, VANS)
    page.choisir("f_droit", "cheque_energie").cliquer("Filtrer")
    assert chiffres(page) == {"situations": "1", "non-recours": "1"}
    assert page.valeur("f_droit") == "cheque_energie"
    (jeton,) = page.classe("jeton")
    page.suivre(jeton.dit)
    assert chiffres(page) == {"situations": "2", "non-recours": "3"}


def test_choosing_a_crossing_keeps_the_filters(vans):
    transmise(vans, vans.travail, aspa(), cheque_energie())
    transmise(vans, vans.travail, age="a_18_24")
    page = fenetre_de(vans.technique, f"{VANS}?f_age=a_75p&f_type=ND&f_type=NC&validees=")
    page.choisir("lignes", "droit").choisir("colonnes", "type").cliquer("Croiser")
    assert chiffres(page) == {"situations": "1", "non-recours": "2"}
    assert page.id("croisement").tous("table")
    page.choisir("f_droit", "aspa").cliquer("Filtrer")
    assert chiffres(page) == {"situations": "1", "non-recours": "1"}
    assert page.id("croisement").tous("table")


def test_what_the_address_asks_and_that_means_nothing_is_said(vans):
    transmise(vans, vans.travail)
    page = fenetre_de(vans.technique, f"{VANS}?f_age=zzz&annee=mars&lignes=zzz&truc=1&f_zzz=1")
    assert page.statut == 200
    assert chiffres(page)["situations"] == "1"
    for mot in ("zzz", "annee=mars", "truc"):
        assert mot in page.texte


# --- the comité de pilotage -----------------------------------------------------------------


def recolter(gens) -> None:
    """Nineteen about the Aspa and one about the chèque énergie, and the batch that counts them."""
    for _ in range(19):
        transmise(gens, gens.travail, mois_observation=janvier())
    transmise(gens, gens.travail, cheque_energie(), mois_observation=janvier())
    preparer_lot(demander_lot(gens.territoire, Lot.Audience.TERRITOIRE))


def test_the_pilotage_reads_the_last_batch_not_live_figures(vans):
    recolter(vans)
    page = fenetre_de(vans.pilotage, VANS)
    avant = tout(page)
    assert chiffres(page)["situations"] == "20"
    assert "Chiffres au " in page.texte

    transmise(vans, vans.travail, mois_observation=janvier())

    assert tout(page.ouvrir(VANS)) == avant
    assert chiffres(fenetre_de(vans.technique, VANS))["situations"] == "21"


def test_small_counts_are_secret_to_the_pilotage_and_plain_to_the_technique(vans):
    recolter(vans)
    page = fenetre_de(vans.pilotage, VANS)
    lus = tableaux(page)
    assert lus[TYPES, "Non-connaissance"] == "secret"
    assert lus[TYPES, "Non-demande"] == "secret"
    assert not {texte for texte in lus.values() if texte in ("1", "2", "3", "4")}
    assert "Les effectifs de moins de 5 sont secrets" in page.texte
    libres = tableaux(fenetre_de(vans.technique, VANS))
    assert libres[TYPES, "Non-connaissance"] == "1"


@pytest.mark.parametrize(
    "question",
    [
        "f_droit=aspa",
        "du={annee}-01&au={annee}-01",
        "validees=1",
        "lignes=age&colonnes=type",
        "annee={annee}&f_age=a_75p",
    ],
)
def test_the_pilotage_reads_whole_years_and_is_told_why(vans, question):
    recolter(vans)
    annee = timezone.localdate().year
    entiere = fenetre_de(vans.pilotage, f"{VANS}?annee={annee}")
    assert "réservé au comité technique" not in entiere.texte
    page = fenetre_de(vans.pilotage, f"{VANS}?{question.format(annee=annee)}")
    assert "Vous lisez une année entière, ou toutes, sans filtre ni croisement" in page.texte
    assert chiffres(page) == chiffres(entiere)
    assert not page.page.tous("form", **{"aria-label": "Filtres"})


def test_the_pilotage_chooses_among_the_years_that_have_enough_situations(vans):
    annee = timezone.localdate().year
    for _ in range(3):
        transmise(vans, vans.travail, mois_observation=f"{annee - 1}-12")
    recolter(vans)
    page = fenetre_de(vans.pilotage, VANS)
    assert chiffres(page)["situations"] == "20"
    assert str(annee - 1) not in [a.dit for a in page.page.tous("a")]
    page.suivre(str(annee))
    assert f"année {annee}" in page.texte


# --- several territories --------------------------------------------------------------------


@pytest.fixture
def relectrice_des_deux(vans, drome, national):
    """Someone of the comité technique here and there."""
    ajouter_membre(
        comite=drome.territoire.comites.get(nature=Comite.Nature.TECHNIQUE),
        utilisateur=vans.technique,
        organisme=drome.organisme,
        par=national,
    )
    accepter(drome.territoire, vans.technique)
    return vans.technique


def test_who_reviews_several_territories_reads_them_together(vans, drome, relectrice_des_deux):
    transmise(vans, vans.travail)
    transmise(drome, drome.travail, cheque_energie())
    page = fenetre_de(relectrice_des_deux, VANS)
    assert chiffres(page)["situations"] == "1"
    page.suivre("Tous mes territoires")
    assert page.adresse == MIENS
    assert chiffres(page) == {"situations": "2", "non-recours": "2"}
    assert "Comptés sur le noyau commun." in page.texte
    page.suivre("Drôme")
    assert page.adresse == ADRESSE.format("drome")
    assert chiffres(page)["situations"] == "1"


def test_who_reviews_one_territory_is_not_offered_several(vans, drome):
    transmise(vans, vans.travail)
    transmise(drome, drome.travail)
    assert "Tous mes territoires" not in fenetre_de(vans.technique, VANS).texte
    assert chiffres(fenetre_de(vans.technique, MIENS))["situations"] == "1"


def test_the_national_view_is_protected_and_of_whole_years(vans, drome, national):
    recolter(vans)
    recolter(drome)
    preparer_lot(demander_lot(None, Lot.Audience.NATIONAL))
    page = fenetre_de(national, f"{NATIONAL}?f_droit=aspa")
    assert chiffres(page)["situations"] == "40"
    assert "Vous lisez une année entière" in page.texte
    assert "Drôme" in page.texte
    lus = tableaux(page)
    assert not {texte for texte in lus.values() if texte in ("1", "2", "3", "4")}


def test_the_national_view_obeys_the_strictest_territory(vans, drome, national):
    recolter(vans)
    Territoire.objects.filter(pk=drome.territoire.pk).update(seuil_copil=9)
    preparer_lot(demander_lot(None, Lot.Audience.NATIONAL))
    page = fenetre_de(national, NATIONAL)
    assert "Les effectifs de moins de 9 sont secrets" in page.texte


# --- nothing yet ----------------------------------------------------------------------------


def test_an_empty_territory_says_what_will_come_and_offers_to_begin(vans):
    page = fenetre_de(vans.technique, VANS)
    assert "Rien à compter pour l’instant" in page.texte
    page.suivre("Nouvelle situation")
    assert page.adresse.endswith("/situations/nouvelle/")


def test_the_pilotage_of_a_territory_that_has_just_begun_is_told_of_the_date(vans):
    transmise(vans, vans.travail)
    page = fenetre_de(vans.pilotage, VANS)
    assert "Premiers chiffres dès que 20 situations" in page.texte
    assert "Nouvelle situation" not in page.texte
    assert chiffres(page) == {}


def test_filters_that_keep_nothing_say_so(vans):
    transmise(vans, vans.travail)
    page = fenetre_de(vans.technique, f"{VANS}?f_age=a_18_24&f_type=ND")
    assert "Aucune situation ne correspond à cette sélection" in page.texte
    # Not fifteen tables of zeros: what would widen it.
    assert not page.classe("indicateur")
    assert page.id("selection")["data-annonce"] == "0 situation, 0 non-recours signalé"
    page.suivre("Retirer « Âge : 18-24 ans »")
    assert chiffres(page)["situations"] == "1"
