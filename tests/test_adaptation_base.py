"""Adapted forms in use: whatever a territory does, its form works and its past does not move."""

from collections import Counter
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.models import Lot
from pilotage.travaux import demander_lot, preparer_lot
from situations import adaptation
from situations.actions.adaptation import NonPubliable, modifier_brouillon, publier_brouillon
from situations.actions.modules import partager_module
from situations.adaptation import GesteImpossible, Module, module_depuis_section
from situations.models import ModulePartage, Variable, Version
from situations.versions import definition_de, version_en_vigueur
from tests.adaptations import est_une_phrase, tirer_geste
from tests.adaptees import (
    ADAPTATION,
    BOIS_FIOUL,
    CHAUFFAGE,
    LOCALES,
    editer,
    effectifs,
    geste,
    grossir,
    module,
    photographie,
    publier_gestes,
    question,
    statistiques,
    tableau,
)
from tests.compte_naif import projetee
from tests.gens import Gens, aspa, brouillon, cheque_energie, transmise
from tests.remplissage import comptes_naifs, lecture_naive, remplir, tirer_reponses
from tests.saisies import fenetre_de
from tests.tableaux_lus import distributions

VANS = "/territoires/pays-des-vans/tableau-de-bord/"
PUBLIER = "/territoires/pays-des-vans/formulaire/brouillon/publier/"
PROPRES = "Questions propres au territoire"


# --- any sequence of gestures ---------------------------------------------------------------


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data())
def test_after_any_sequence_publishing_is_refused_or_the_form_works_and_the_past_stays(data, vans):
    with transaction.atomic():
        _suivre_une_suite(data, vans)
        transaction.set_rollback(True)


def _suivre_une_suite(data, vans: Gens) -> None:
    anciennes = [transmise(vans, vans.travail), brouillon(vans, vans.collegue, cheque_energie())]
    publier_gestes(vans, *ADAPTATION)
    anciennes.append(transmise(vans, vans.travail, {**aspa(), "guichet_vans": "oui"}, **LOCALES))
    avant = [photographie(situation) for situation in anciennes]
    version = editer(vans)
    publiables = [version.definition]
    for _ in range(data.draw(st.integers(1, 8))):
        version = _essayer(data.draw, version, vans)
        phrases = _phrases_du_refus(version, vans)
        assert all(map(est_une_phrase, phrases)), phrases
        if not phrases:
            publiables.append(version.definition)
    assert [photographie(situation) for situation in anciennes] == avant

    version = modifier_brouillon(
        version=version, geste=lambda _: publiables[-1], par=vans.animateur
    )
    publier_brouillon(version=version, par=vans.animateur)
    assert version_en_vigueur(vans.territoire).pk == version.pk
    reponses, bloc = tirer_reponses(data.draw, definition_de(version.pk))
    situation = remplir(vans, reponses, bloc)
    assert situation.get_reponses() == reponses
    assert [ligne.get_reponses() for ligne in situation.non_recours.all()] == [bloc]
    lues = photographie(situation)[2]
    assert {ligne.variable for s in lues for b in s.blocs for ligne in b.lignes} == {
        *reponses,
        *bloc,
    }
    _compter(vans, [anciennes[0], anciennes[2], situation])
    assert [photographie(ancienne) for ancienne in anciennes] == avant


def _essayer(draw, version: Version, gens: Gens) -> Version:
    """The draft after one gesture, or as it was when that one is refused."""
    essai = tirer_geste(draw, version.definition)
    with suppress(GesteImpossible):
        modifier_brouillon(version=version, geste=essai, par=gens.animateur)
    return Version.objects.get(pk=version.pk)


def _phrases_du_refus(version: Version, gens: Gens) -> list[str]:
    """Why publishing now is refused, [] when it is not; nothing stays published."""
    try:
        with transaction.atomic():
            publier_brouillon(version=version, par=gens.animateur)
            transaction.set_rollback(True)
    except NonPubliable as refus:
        return [probleme.phrase for probleme in refus.problemes] or [""]
    return []


def _compter(gens: Gens, comptees: list) -> None:
    """The projection and the statistics say what the rows say."""
    faits = projetee()
    for situation in comptees:
        propres, blocs = lecture_naive(situation)
        assert faits[situation.pk][3] == propres
        assert sorted(map(sorted, faits[situation.pk][4].values())) == sorted(map(sorted, blocs))
    naifs = comptes_naifs(gens)
    for variable, distribution in statistiques(gens).distributions.items():
        if variable != "mois":
            lues = {ligne.code: ligne.effectif for ligne in distribution.lignes if ligne.effectif}
            assert lues == naifs.get(variable, Counter()), variable


# --- shared questions -----------------------------------------------------------------------


def test_two_territories_take_the_same_module_and_are_counted_together(vans, drome):
    publier_gestes(vans, module("aspa"))
    publier_gestes(drome, module("aspa"))
    assert Variable.objects.filter(code="aspa_propose").count() == 1
    transmise(vans, vans.travail, {**aspa(), "aspa_propose": "oui"})
    transmise(drome, drome.travail, {**aspa(), "aspa_propose": "non"})

    assert effectifs("aspa_propose", vans) == {"oui": 1}
    assert effectifs("aspa_propose", drome) == {"non": 1}
    assert effectifs("aspa_propose", vans, drome) == {"oui": 1, "non": 1}


def test_a_territory_takes_the_module_that_another_shares_with_the_words_of_its_choices(
    vans, drome
):
    ajout = geste(adaptation.ajouter_section, titre="Le chauffage")
    pose = question(
        "le_chauffage", "chauffage_vans", "choix", "Comment se chauffe-t-elle ?", options=BOIS_FIOUL
    )
    version = publier_gestes(vans, ajout, pose)
    partage = module_depuis_section(version.definition, "le_chauffage", titre="Chauffage")
    partager_module(
        territoire=vans.territoire,
        titre="Chauffage",
        document=partage.document(),
        par=vans.animateur,
    )
    page = fenetre_de(drome.animateur, "/territoires/drome/formulaire/")
    editer(drome)
    page.ouvrir("/territoires/drome/formulaire/brouillon/modules/")
    assert "Chauffage" in page.texte

    pris = Module.depuis(ModulePartage.objects.get().document)
    publier_gestes(drome, geste(adaptation.prendre_module, module=pris))
    transmise(drome, drome.travail, chauffage_vans="ch_fioul")
    transmise(vans, vans.travail, chauffage_vans="ch_bois")

    for gens, attendu in ((drome, ("0", "1")), (vans, ("1", "0"))):
        page = fenetre_de(gens.technique, f"/territoires/{gens.territoire.slug}/tableau-de-bord/")
        lignes = tableau(page, "Comment se chauffe-t-elle ?")
        assert (lignes["Au bois"], lignes["Au fioul"]) == attendu


def test_a_territory_that_did_not_take_the_module_does_not_see_it(vans, drome):
    publier_gestes(vans, module("aspa"), CHAUFFAGE)
    transmise(drome, drome.travail)
    page = fenetre_de(drome.technique, "/territoires/drome/tableau-de-bord/")
    assert PROPRES not in page.texte


@pytest.mark.parametrize(
    ("genre", "autres"),
    [
        ("choix_multiple", {"options": BOIS_FIOUL}),
        ("choix", {"liste": "oui_non_nsp"}),
        ("texte_court", {}),
    ],
)
def test_a_local_code_that_would_change_its_meaning_is_refused_with_a_sentence(vans, genre, autres):
    premiere = publier_gestes(vans, CHAUFFAGE)
    autrement = question("personne", "chauffage_vans", genre, "Chauffage ?", **autres)
    editer(vans, geste(adaptation.retirer_question, "chauffage_vans"), autrement)
    page = fenetre_de(vans.animateur, PUBLIER).cliquer("Publier")
    assert page.statut == 422
    assert "a déjà existé sous une autre forme" in page.texte
    assert version_en_vigueur(vans.territoire).pk == premiere.pk


def test_a_local_choice_that_would_refine_another_core_one_is_refused_with_a_sentence(vans):
    def caravane(raffine: str):
        champs = {"libelle": "Caravane", "code": "l_caravane_vans", "raffine": raffine}
        return geste(adaptation.ajouter_choix, "logement", **champs)

    premiere = publier_gestes(vans, caravane("l_mobile"))
    transmise(vans, vans.travail, logement="l_caravane_vans")
    editer(vans, geste(adaptation.retirer_choix, "logement", "l_caravane_vans"), caravane("l_rue"))
    page = fenetre_de(vans.animateur, PUBLIER).cliquer("Publier")
    assert (page.statut, version_en_vigueur(vans.territoire).pk) == (422, premiere.pk)
    assert effectifs("logement", vans, noyau=True) == {"l_mobile": 1}


def test_two_territories_with_the_same_local_choices_and_rights_both_name_and_count_them(
    vans, drome
):
    """One imported the XLSForm that the other exported: same codes, same words."""
    for gens in (vans, drome):
        publier_gestes(gens, *ADAPTATION)
        transmise(gens, gens.travail, {**aspa(), "droit": "epicerie_vans"}, **LOCALES)
    for gens in (vans, drome):
        page = fenetre_de(gens.technique, f"/territoires/{gens.territoire.slug}/tableau-de-bord/")
        assert tableau(page, "Logement")["Caravane sur terrain familial"] == "1"
        assert tableau(page, "Droits concernés") == {"Épicerie sociale des Vans": "1"}
        assert effectifs("logement", gens, noyau=True) == {"l_mobile": 1}
        assert effectifs("droit", gens, noyau=True) == {"aide_alim": 1}


def test_a_territory_is_not_shown_the_communes_of_another(vans, drome):
    for gens, code, nom in ((vans, "c07334", "Les Vans"), (drome, "c26113", "Die")):
        options = [{"code": code, "libelle": nom}, {"code": "nsp", "libelle": "Ne sait pas"}]
        variable, champs = f"commune_{nom[:3].lower()}", {"liste": "communes", "options": options}
        publier_gestes(gens, question("personne", variable, "commune", "Où ?", **champs))
        transmise(gens, gens.travail, **{variable: code})
    page = fenetre_de(drome.technique, "/territoires/drome/tableau-de-bord/")
    assert tableau(page, "Où ?") == {"Die": "1", "Ne sait pas": "0"}


# --- the dashboard --------------------------------------------------------------------------


def test_local_questions_show_live_on_the_dashboard_of_the_territory(vans):
    publier_gestes(vans, *ADAPTATION)
    page = fenetre_de(vans.technique, VANS)
    transmise(vans, vans.travail, {**aspa(), "guichet_vans": "non"}, **LOCALES)
    page.ouvrir(page.adresse)
    assert PROPRES in page.texte
    assert tableau(page, "Comment se chauffe-t-elle ?") == {"Au bois": "1", "Au fioul": "0"}
    assert tableau(page, "Sa retraite est-elle prise ?")["Oui"] == "1"
    assert tableau(page, "Quels trajets fait-elle ?")["Au bois"] == "1"
    assert tableau(page, "Combien de pièces ?")["0-2"] == "1"
    assert tableau(page, "Le guichet est-il connu ?")["Non"] == "1"


def test_the_pilotage_reads_only_single_choices_asked_to_all(vans):
    publier_gestes(vans, *ADAPTATION)
    for _ in range(20):
        transmise(vans, vans.travail, {**aspa(), "guichet_vans": "non"}, **LOCALES)
    preparer_lot(demander_lot(vans.territoire, Lot.Audience.TERRITOIRE))
    page = fenetre_de(vans.pilotage, VANS)
    titres = {titre for titre, _, _ in distributions(page)}
    assert {"Comment se chauffe-t-elle ?", "Le guichet est-il connu ?"} <= titres
    assert titres.isdisjoint({"Sa retraite est-elle prise ?", "Quels trajets fait-elle ?"})
    assert tableau(page, "Comment se chauffe-t-elle ?")["Au bois"] == "20"


def test_local_choices_and_rights_count_under_the_core_ones_they_refine(vans, drome):
    publier_gestes(vans, *ADAPTATION)
    epicerie = {**aspa(), "droit": "epicerie_vans"}
    transmise(vans, vans.travail, epicerie, **LOCALES)
    transmise(drome, drome.travail, {**aspa(), "droit": "aide_alim"}, logement="l_mobile")

    assert effectifs("logement", vans) == {"l_caravane_vans": 1}
    assert effectifs("droit", vans) == {"epicerie_vans": 1}
    assert effectifs("logement", vans, drome, noyau=True) == {"l_mobile": 2}
    assert effectifs("droit", vans, drome, noyau=True) == {"aide_alim": 2}


# --- a long form ----------------------------------------------------------------------------


def test_opening_a_step_asks_few_queries_whatever_the_number_of_questions(
    vans, client, django_assert_max_num_queries
):
    client.force_login(vans.travail)
    comptes = []
    for gestes in ((), (grossir,)):
        version = publier_gestes(vans, *gestes)
        situation = brouillon(vans, vans.travail)
        client.get("/territoires/pays-des-vans/situations/")
        for section in definition_de(version.pk).sections:
            definition_de.cache_clear()
            with django_assert_max_num_queries(13) as requetes:
                page = client.get(f"/situations/{situation.cle}/saisie/{section.code}/")
            assert page.status_code == 200
            comptes.append(len(requetes))
    assert comptes[: len(comptes) // 2] == comptes[len(comptes) // 2 :]
