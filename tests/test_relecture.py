"""The comité technique's review: each step is dated, signed, and does only what it says."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from situations import actions
from situations.actions import GesteImpossible
from situations.models import Code, FaitNonRecours, FaitSituation, Situation
from tests.gens import aspa, brouillon, cheque_energie, transmise
from tests.saisies import COMITE, fenetre_de

QUEUE = "/territoires/pays-des-vans/relecture/"


def relecture_de(situation, utilisateur):
    return fenetre_de(utilisateur, f"/situations/{situation.cle}/")


def file_de(fenetre) -> list[str]:
    """The numbers of the queue, from the top."""
    (liste,) = fenetre.classe("file") or [None]
    return [numero.dit for numero in liste.tous("strong")] if liste else []


def lire(situation) -> Situation:
    return Situation.objects.get(pk=situation.pk)


def gestes(situation) -> list[str]:
    return [evenement.geste for evenement in situation.evenements.all()]


def est_comptee(situation) -> bool:
    return FaitSituation.objects.filter(situation=situation).exists()


def codes_du_droit(situation, rang=1) -> set[tuple[str, str]]:
    fait = FaitNonRecours.objects.get(non_recours__situation=situation, non_recours__rang=rang)
    return set(Code.objects.filter(numero__in=fait.codes).values_list("variable", "code"))


# --- the queue ------------------------------------------------------------------------------


def test_the_queue_shows_the_oldest_first_and_only_what_is_to_review(vans, drome):
    situations = [transmise(vans, vans.travail) for _ in range(4)]
    jour = timezone.now()
    for rang, situation in enumerate(situations):
        Situation.objects.filter(pk=situation.pk).update(transmise_le=jour - timedelta(days=rang))
    brouillon(vans, vans.travail)
    transmise(drome, drome.travail)
    actions.valider(situation=situations[1], par=vans.technique)

    fenetre = fenetre_de(vans.technique, QUEUE)

    attendus = [situations[rang].numero_dicte for rang in (3, 2, 0)]
    assert file_de(fenetre) == attendus
    assert fenetre.id("t-file").dit == "À relire 3"


def test_the_reviewer_arrives_at_the_queue_and_leaves_it_empty(vans):
    situation = transmise(vans, vans.travail)
    fenetre = fenetre_de(vans.technique)
    assert fenetre.adresse == QUEUE
    fenetre.suivre(fenetre.classe("file")[0].tous("a")[0].dit).cliquer("Valider")
    assert fenetre.adresse == QUEUE
    assert f"Situation {situation.numero_dicte} validée." in fenetre.texte
    assert "Tout est relu." in fenetre.texte


def test_a_long_queue_says_that_it_goes_on(vans):
    for _ in range(26):
        transmise(vans, vans.travail)
    fenetre = fenetre_de(vans.technique, QUEUE)
    assert len(file_de(fenetre)) == 25
    assert "Les 25 plus anciennes sont affichées" in fenetre.texte


# --- validate, return, set aside, restore ---------------------------------------------------


def test_validating_is_dated_and_signed(vans):
    situation = transmise(vans, vans.travail)
    relecture_de(situation, vans.technique).cliquer("Valider")
    situation = lire(situation)
    assert situation.statut == "validee"
    assert abs(timezone.now() - situation.validee_le) < timedelta(minutes=1)
    dernier = situation.evenements.last()
    assert (dernier.geste, dernier.par) == ("valider", vans.technique)
    assert abs(timezone.now() - dernier.le) < timedelta(minutes=1)
    page = relecture_de(situation, vans.travail)
    assert "Validée" in page.texte
    assert f"{dernier.par}" in page.id("t-historique").dans("section").dit


def test_what_is_returned_comes_back_to_the_queue_once_completed(vans):
    situation = transmise(vans, vans.travail)
    fenetre = relecture_de(situation, vans.technique)
    fenetre.ecrire("renvoyer-message", "Depuis quand ?\nEt auprès de qui ?").cliquer("Renvoyer")
    assert lire(situation).statut == "a_completer"
    assert file_de(fenetre) == []

    auteur = fenetre_de(vans.travail)
    assert "Depuis quand ? Et auprès de qui ?" in auteur.texte
    auteur.suivre(f"Compléter la situation {situation.numero_dicte}")
    assert auteur.page.tous("h1")[0].dit == f"Compléter la situation {situation.numero_dicte}"
    auteur.cliquer(COMITE)

    assert lire(situation).numero == situation.numero
    assert lire(situation).transmise_le == situation.transmise_le
    assert gestes(situation) == ["transmettre", "renvoyer", "completer"]
    assert file_de(fenetre.ouvrir(QUEUE)) == [situation.numero_dicte]
    assert "Complétée" in relecture_de(situation, vans.technique).texte


def test_returning_needs_a_message(vans):
    situation = transmise(vans, vans.travail)
    fenetre = relecture_de(situation, vans.technique).ecrire("renvoyer-message", "   ")
    fenetre.cliquer("Renvoyer")
    assert "Dites à l’auteur ce qu’il faut compléter." in fenetre.texte
    assert lire(situation).statut == "transmise"
    assert gestes(situation) == ["transmettre"]


def test_what_is_set_aside_is_no_longer_counted_until_it_is_restored(vans):
    situation = transmise(vans, vans.travail)
    fenetre = relecture_de(situation, vans.technique).choisir("ecarter-motif", "doublon")
    fenetre.ecrire("ecarter-message", "Déjà saisie lundi.").cliquer("Écarter")
    assert (lire(situation).statut, lire(situation).motif_ecart) == ("ecartee", "doublon")
    assert not est_comptee(situation)
    assert "Déjà saisie lundi." in relecture_de(situation, vans.travail).texte
    assert "Écartée : doublon" in relecture_de(situation, vans.travail).texte

    relecture_de(situation, vans.technique).cliquer("Rétablir")
    assert (lire(situation).statut, lire(situation).motif_ecart) == ("transmise", "")
    assert est_comptee(situation)
    assert gestes(situation) == ["transmettre", "ecarter", "retablir"]


def test_setting_aside_needs_a_reason(vans):
    situation = transmise(vans, vans.travail)
    fenetre = relecture_de(situation, vans.technique).cliquer("Écarter")
    assert "Choisissez une raison." in fenetre.texte
    assert lire(situation).statut == "transmise"


def test_a_validated_situation_set_aside_then_restored_is_to_review_again(vans):
    situation = transmise(vans, vans.travail)
    actions.valider(situation=situation, par=vans.technique)
    actions.ecarter(situation=situation, motif="hors_territoire", message="", par=vans.technique)
    actions.retablir(situation=situation, par=vans.animateur)
    assert (lire(situation).statut, lire(situation).validee_le) == ("transmise", None)
    assert list(Situation.objects.a_relire(vans.territoire)) == [situation]


# --- gestures that are no longer possible ---------------------------------------------------


def amener(situation, statut: str, par) -> None:
    if statut == "a_completer":
        actions.renvoyer(situation=situation, message="?", par=par)
    elif statut == "validee":
        actions.valider(situation=situation, par=par)
    elif statut == "ecartee":
        actions.ecarter(situation=situation, motif="doublon", message="", par=par)


GESTES = {
    "valider": lambda s, par: actions.valider(situation=s, par=par),
    "renvoyer": lambda s, par: actions.renvoyer(situation=s, message="?", par=par),
    "ecarter": lambda s, par: actions.ecarter(situation=s, motif="doublon", message="", par=par),
    "retablir": lambda s, par: actions.retablir(situation=s, par=par),
}
PERMIS = {
    "transmise": {"valider", "renvoyer", "ecarter"},
    "a_completer": {"ecarter"},
    "validee": {"renvoyer", "ecarter"},
    "ecartee": {"retablir"},
    "brouillon": set(),
}


@pytest.mark.parametrize("statut", PERMIS)
def test_each_status_allows_its_gestures_and_refuses_the_others(vans, statut):
    for nom, geste in GESTES.items():
        faire = brouillon if statut == "brouillon" else transmise
        situation = faire(vans, vans.travail)
        amener(situation, statut, vans.technique)
        avant = gestes(situation)
        if nom in PERMIS[statut]:
            geste(situation, vans.technique)
            assert gestes(situation) == [*avant, nom]
            continue
        with pytest.raises(GesteImpossible, match="n’est plus possible"):
            geste(situation, vans.technique)
        assert lire(situation).statut == statut
        assert gestes(situation) == avant


def test_two_reviewers_at_once_the_second_is_told(vans):
    situation = transmise(vans, vans.travail)
    premier = relecture_de(situation, vans.technique)
    second = relecture_de(situation, vans.animateur)
    premier.ecrire("renvoyer-message", "Depuis quand ?").cliquer("Renvoyer")
    second.ecrire("renvoyer-message", "Quel âge ?").cliquer("Renvoyer")

    assert "Cette situation est « à compléter » : ce geste n’est plus possible." in second.texte
    assert second.adresse == f"/situations/{situation.cle}/"
    assert gestes(situation) == ["transmettre", "renvoyer"]
    assert situation.evenements.last().message == "Depuis quand ?"


def test_a_double_click_on_validate_validates_once(vans):
    situation = transmise(vans, vans.travail)
    fenetre = relecture_de(situation, vans.technique)
    fenetre.envoyer("Valider")
    fenetre.cliquer("Valider")
    assert "ce geste n’est plus possible" in fenetre.texte
    assert gestes(situation) == ["transmettre", "valider"]


def test_reviewing_ones_own_is_allowed_and_marked(vans):
    situation = transmise(vans, vans.technique)
    fenetre = relecture_de(situation, vans.technique)
    assert "Vous en êtes l’auteur : l’historique le dira." in fenetre.texte
    fenetre.cliquer("Valider")
    assert situation.evenements.last().details == {"sa_propre_situation": True}
    assert "(sa propre situation)" in relecture_de(situation, vans.animateur).texte


# --- « autre », attached to the nomenclature ------------------------------------------------


def autre_droit() -> dict:
    return {**aspa(), "droit": "autre", "droit_precision": "Aide de la mutuelle"}


def autre_motif() -> dict:
    return {**aspa(), "motif_principal": "autre", "motif_precision": "Peur du qu’en-dira-t-on"}


@pytest.mark.parametrize(
    ("bloc", "variable", "code", "precision"),
    [
        (autre_droit(), "droit", "c2s", "Aide de la mutuelle"),
        (autre_motif(), "motif_principal", "nd_stigma", "Peur du qu’en-dira-t-on"),
    ],
)
def test_an_autre_is_attached_and_the_original_kept_in_the_history(
    vans, bloc, variable, code, precision
):
    situation = transmise(vans, vans.travail, cheque_energie(), bloc)
    assert (variable, "autre") in codes_du_droit(situation, 2)
    fenetre = relecture_de(situation, vans.technique)
    assert f"« {precision} »" in fenetre.texte
    fenetre.choisir(f"q2-{variable}-code", code).cliquer("Rattacher")

    attendu = {cle: valeur for cle, valeur in bloc.items() if not cle.endswith("_precision")}
    assert lire(situation).non_recours.get(rang=2).get_reponses() == {**attendu, variable: code}
    assert codes_du_droit(situation, 2) >= {(variable, code)}
    assert (variable, "autre") not in codes_du_droit(situation, 2)
    dernier = situation.evenements.last()
    assert dernier.geste == "qualifier"
    assert dernier.details == {
        "rang": 2,
        "variable": variable,
        "avant": "autre",
        "precision": precision,
        "apres": code,
    }
    assert "Qualifier « autre »" not in fenetre.texte


def test_an_answer_is_attached_once(vans):
    situation = transmise(vans, vans.travail, autre_droit())
    premier, second = (relecture_de(situation, vans.technique) for _ in range(2))
    premier.choisir("q1-droit-code", "c2s").cliquer("Rattacher")
    second.choisir("q1-droit-code", "al").cliquer("Rattacher")
    assert "Cette réponse est déjà rattachée à la nomenclature." in second.texte
    assert lire(situation).non_recours.get().droit == "c2s"
    assert gestes(situation) == ["transmettre", "qualifier"]


def test_attaching_without_choosing_says_so(vans):
    situation = transmise(vans, vans.travail, autre_droit())
    fenetre = relecture_de(situation, vans.technique).cliquer("Rattacher")
    assert "Choisissez dans la liste à quoi rattacher cette réponse." in fenetre.texte
    assert lire(situation).non_recours.get().droit == "autre"


def test_a_motive_is_attached_to_one_that_goes_with_the_type(vans):
    situation = transmise(vans, vans.travail, autre_motif())
    fenetre = relecture_de(situation, vans.technique)
    (liste,) = fenetre.champs("q1-motif_principal-code")
    offerts = {option["value"] for option in liste.tous("option")}
    assert {"nd_stigma", "nd_succession"} < offerts
    assert not {"nc_info", "nr_delai", "autre"} & offerts


def test_a_right_is_not_attached_to_one_already_described(vans):
    situation = transmise(vans, vans.travail, aspa(), autre_droit())
    fenetre = relecture_de(situation, vans.technique)
    fenetre.choisir("q2-droit-code", "aspa").cliquer("Rattacher")
    assert "est déjà décrit dans cette situation" in fenetre.texte
    assert [ligne.droit for ligne in lire(situation).non_recours.all()] == ["aspa", "autre"]


# --- masking --------------------------------------------------------------------------------


def tout_ce_qui_est_ecrit() -> str:
    """Every text that the tables of situations and the journal hold, in one."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND (table_name LIKE 'situations_%%' OR table_name LIKE '%%journal%%')"
        )
        morceaux = []
        for (table,) in curseur.fetchall():
            curseur.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
            morceaux += [ligne for (ligne,) in curseur.fetchall()]
    return "\n".join(morceaux)


def test_a_masked_passage_is_nowhere_any_more(vans):
    recit = "Reçue avec sa fille Zénaïde Quatrepoint, sans nouvelles depuis mars."
    situation = transmise(vans, vans.travail, recit=recit)
    assert "Quatrepoint" in tout_ce_qui_est_ecrit()
    fenetre = relecture_de(situation, vans.technique)
    (champ, *_) = fenetre.champs("masquer-passage")
    champ.saisi = "Zénaïde Quatrepoint"
    fenetre.cliquer("Masquer pour tous")

    masque = "Reçue avec sa fille [passage masqué], sans nouvelles depuis mars."
    assert lire(situation).get_reponses()["recit"] == masque
    assert "Quatrepoint" not in tout_ce_qui_est_ecrit()
    assert "Zénaïde" not in tout_ce_qui_est_ecrit()
    assert "Zénaïde" not in relecture_de(situation, vans.travail).texte
    dernier = situation.evenements.last()
    assert dernier.geste == "masquer"
    assert dernier.message == ""
    assert dernier.details == {"variable": "recit", "rang": None}
    assert est_comptee(situation)


def test_a_passage_is_masked_in_the_text_of_one_right(vans):
    situation = transmise(vans, vans.travail, aspa(), autre_droit())
    actions.masquer(
        situation=situation,
        variable="droit_precision",
        rang=2,
        passage="la mutuelle",
        par=vans.technique,
    )
    lignes = lire(situation).non_recours.all()
    assert [ligne.get_reponses().get("droit_precision") for ligne in lignes] == [
        None,
        "Aide de [passage masqué]",
    ]


def test_a_passage_kept_in_the_history_of_an_answer_attached_since_is_masked_too(vans):
    bloc = {**autre_droit(), "droit_precision": "Aide demandée par Zénaïde Quatrepoint"}
    situation = transmise(vans, vans.travail, bloc)
    fenetre = relecture_de(situation, vans.technique)
    (champ, *_) = fenetre.champs("masquer-passage")
    champ.saisi = "Zénaïde Quatrepoint"
    fenetre.cliquer("Masquer pour tous")
    relecture_de(situation, vans.technique).choisir("q1-droit-code", "c2s").cliquer("Rattacher")
    assert "Quatrepoint" not in tout_ce_qui_est_ecrit()


@pytest.mark.parametrize("passage", ["Zénobie", "  ", "zénaïde"])
def test_a_passage_that_is_not_in_the_text_changes_nothing(vans, passage):
    situation = transmise(vans, vans.travail, recit="Reçue avec Zénaïde.")
    fenetre = relecture_de(situation, vans.technique)
    fenetre.champs("masquer-passage")[0].saisi = passage
    fenetre.cliquer("Masquer pour tous")
    assert "exactement" in fenetre.texte
    assert lire(situation).get_reponses()["recit"] == "Reçue avec Zénaïde."
    assert gestes(situation) == ["transmettre"]


@pytest.mark.parametrize("variable", ["contexte", "mois_observation", "inconnue"])
def test_a_chosen_answer_is_never_masked(vans, variable):
    situation = transmise(vans, vans.travail)
    avant = lire(situation).get_reponses()
    with pytest.raises(GesteImpossible, match="recopiez-le exactement"):
        actions.masquer(
            situation=situation, variable=variable, rang=None, passage="2", par=vans.technique
        )
    assert lire(situation).get_reponses() == avant


def test_a_situation_set_aside_is_masked_and_stays_uncounted(vans):
    situation = transmise(vans, vans.travail, recit="Reçue avec Zénaïde.")
    amener(situation, "ecartee", vans.technique)
    actions.masquer(
        situation=situation, variable="recit", rang=None, passage="Zénaïde", par=vans.technique
    )
    assert lire(situation).get_reponses()["recit"] == "Reçue avec [passage masqué]."
    assert not est_comptee(situation)


# --- the history ----------------------------------------------------------------------------


def test_every_step_of_a_long_story_is_dated_and_signed_in_order(vans):
    situation = transmise(vans, vans.travail, autre_droit(), recit="Avec Zénaïde.")
    qui = {"situation": situation, "par": vans.technique}
    actions.renvoyer(message="Depuis quand ?", **qui)
    actions.transmettre(situation=situation, par=vans.travail)
    actions.qualifier(rang=1, variable="droit", code="c2s", **qui)
    actions.masquer(variable="recit", rang=None, passage="Zénaïde", **qui)
    actions.valider(**qui)
    actions.actualiser_issues(
        situation=situation, issues={1: {"issue": "is_abandon"}}, par=vans.travail
    )
    actions.ecarter(motif="doublon", message="", **qui)
    actions.retablir(situation=situation, par=vans.animateur)

    histoire = list(situation.evenements.all())
    assert [(e.get_geste_display(), str(e.par)) for e in histoire] == [
        ("Transmise", "Travail"),
        ("Renvoyée à compléter", "Technique"),
        ("Complétée et transmise à nouveau", "Travail"),
        ("« Autre » rattaché à la nomenclature", "Technique"),
        ("Passage masqué", "Technique"),
        ("Validée", "Technique"),
        ("Issue actualisée", "Travail"),
        ("Écartée", "Technique"),
        ("Rétablie", "Animateur"),
    ]
    assert [e.le for e in histoire] == sorted(e.le for e in histoire)
    (liste,) = relecture_de(situation, vans.travail).classe("historique")
    assert len(liste.tous("li")) == 9


def test_the_history_cannot_be_rewritten_even_by_sql(vans):
    situation = transmise(vans, vans.travail)
    for ordre in (
        "UPDATE situations_evenement SET message = 'x'",
        "DELETE FROM situations_evenement",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as curseur,
        ):
            curseur.execute(ordre)
    assert gestes(situation) == ["transmettre"]
