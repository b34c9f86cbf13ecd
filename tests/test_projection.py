"""What statistics read always says what the situations say, whatever was done and in which order."""

from datetime import UTC, date, datetime
from io import StringIO

from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from situations import actions
from situations.actions import DejaTransmise, GesteImpossible
from situations.models import Code, FaitNonRecours, FaitSituation, Situation
from situations.noyau import document_noyau
from situations.projection import projeter
from tests.compte_naif import attendue, numeros, projetee
from tests.definitions import document_question
from tests.gens import aspa, brouillon, cheque_energie, reponses_completes, transmise
from tests.saisies import publier_version

# --- any sequence of gestures ---------------------------------------------------------------

REPONSES = st.fixed_dictionaries(
    {},
    optional={
        "contexte": st.sampled_from(["co_accueil", "autre"]),
        "contexte_precision": st.just("Au marché"),
        "famille": st.sampled_from(["f_seul", "f_mono"]),
        "enfants": st.sampled_from(["e1", "e2"]),
        "evenement": st.lists(
            st.sampled_from(["ev_separation", "ev_naissance", "ev_deces_conjoint"]),
            min_size=1,
            unique=True,
        ),
        "recit": st.just("Sans nouvelles depuis mars."),
        "mois_observation": st.sampled_from(["2026-01", "2026-02"]),
    },
)
DROITS = st.sampled_from(
    [
        aspa(),
        cheque_energie(),
        {**aspa(), "droit": "autre", "droit_precision": "Aide de la mutuelle"},
        {**aspa(), "issue": "is_ouvert", "delai_ouverture": "de_m1"},
        {**cheque_energie(), "motif_principal": "autre", "motif_precision": "Peur du bruit"},
        {
            **aspa(),
            "motifs_secondaires": ["nd_stigma", "nd_complexite"],
            "obstacles": ["ob_delais"],
        },
    ]
)
CHOIX = st.integers(0, 3)


def machine(gens) -> type[RuleBasedStateMachine]:
    auteur, relectrice = gens.travail, gens.technique

    class Vie(RuleBasedStateMachine):
        """The life of a few situations; everything is rolled back at the end."""

        def __init__(self):
            super().__init__()
            self.transaction = transaction.atomic()
            self.transaction.__enter__()
            self.numeros = numeros()

        def teardown(self):
            try:
                self.codes_gardes()
                avant = projetee()
                call_command("reprojeter", stdout=StringIO())
                assert projetee() == avant
            finally:
                transaction.set_rollback(True)
                self.transaction.__exit__(None, None, None)

        def une(self, choix: int) -> Situation | None:
            situations = list(Situation.objects.order_by("pk"))
            return situations[choix % len(situations)] if situations else None

        def tenter(self, geste, choix: int, **champs) -> None:
            situation = self.une(choix)
            if situation is None:
                return
            try:
                with transaction.atomic():
                    geste(situation=situation, **champs)
            except (GesteImpossible, DejaTransmise):
                pass

        @initialize(droits=st.lists(DROITS, min_size=2, max_size=3), reponses=REPONSES)
        def en_avoir_deux(self, droits, reponses):
            """One to review and one returned: most gestures are possible at once."""
            transmise(gens, auteur, *droits)
            renvoyee = transmise(gens, auteur, *droits, **reponses)
            actions.renvoyer(situation=renvoyee, message="?", par=relectrice)

        @rule(droits=st.lists(DROITS, min_size=1, max_size=3), reponses=REPONSES)
        def commencer(self, droits, reponses):
            brouillon(gens, auteur, *droits, **reponses)

        @rule(droits=st.lists(DROITS, min_size=1, max_size=2), reponses=REPONSES)
        def deposer(self, droits, reponses):
            transmise(gens, auteur, *droits, **reponses)

        @rule(choix=CHOIX)
        def transmettre(self, choix):
            self.tenter(actions.transmettre, choix, par=auteur)

        @rule(choix=CHOIX, droit=DROITS, reponses=REPONSES)
        def corriger(self, choix, droit, reponses):
            """What a step's page does: the lock, then the answers."""

            def geste(situation):
                verrouillee = actions.verrouiller(situation)
                actions.enregistrer(
                    situation=verrouillee,
                    reponses={**reponses_completes(), **reponses},
                    blocs={1: droit},
                    par=auteur,
                )

            self.tenter(geste, choix)

        @rule(choix=CHOIX)
        def vider(self, choix):
            def geste(situation):
                verrouillee = actions.verrouiller(situation)
                actions.enregistrer(situation=verrouillee, reponses={}, blocs={1: {}}, par=auteur)
                if verrouillee.statut == "brouillon":
                    actions.supprimer_brouillon(situation=verrouillee, par=auteur)

            self.tenter(geste, choix)

        @rule(choix=CHOIX)
        def ajouter(self, choix):
            self.tenter(
                lambda situation: actions.ajouter_droit(
                    situation=actions.verrouiller(situation), par=auteur
                ),
                choix,
            )

        @rule(choix=CHOIX, rang=st.integers(1, 3), retire=st.booleans())
        def retirer(self, choix, rang, retire):
            self.tenter(
                lambda situation: actions.retirer_droit(
                    situation=actions.verrouiller(situation), rang=rang, retire=retire, par=auteur
                ),
                choix,
            )

        @rule(choix=CHOIX)
        def valider(self, choix):
            self.tenter(actions.valider, choix, par=relectrice)

        @rule(choix=CHOIX)
        def renvoyer(self, choix):
            self.tenter(actions.renvoyer, choix, message="?", par=relectrice)

        @rule(choix=CHOIX)
        def ecarter(self, choix):
            self.tenter(actions.ecarter, choix, motif="doublon", message="", par=relectrice)

        @rule(choix=CHOIX)
        def retablir(self, choix):
            self.tenter(actions.retablir, choix, par=relectrice)

        @rule(choix=CHOIX, quoi=st.sampled_from([("droit", "c2s"), ("motif_principal", "nc_ou")]))
        def qualifier(self, choix, quoi):
            variable, code = quoi
            situation = self.une(choix)
            if situation and situation.non_recours.filter(rang=1).exists():
                self.tenter(
                    actions.qualifier, choix, rang=1, variable=variable, code=code, par=relectrice
                )

        @rule(choix=CHOIX)
        def masquer(self, choix):
            self.tenter(
                actions.masquer,
                choix,
                variable="recit",
                rang=None,
                passage="mars",
                par=relectrice,
            )

        @rule(choix=CHOIX, issue=st.sampled_from(["is_ouvert", "is_refus"]))
        def actualiser(self, choix, issue):
            situation = self.une(choix)
            if situation and situation.est_comptee:
                self.tenter(
                    actions.actualiser_issues, choix, issues={1: {"issue": issue}}, par=auteur
                )

        @invariant()
        def la_projection_dit_ce_que_disent_les_situations(self):
            assert projetee() == attendue()

        def codes_gardes(self):
            apres = numeros()
            assert self.numeros.items() <= apres.items()
            assert len(set(apres.values())) == len(apres)

    return Vie


def test_after_any_sequence_of_gestures_the_projection_says_what_situations_say(vans):
    run_state_machine_as_test(
        machine(vans),
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            # Shrinking a story step by step takes minutes: the one found is short enough to read.
            phases=[Phase.generate],
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


# --- what is counted ------------------------------------------------------------------------


def test_the_first_transmission_of_a_story_counts_and_each_status_after_it(vans):
    situation = brouillon(vans, vans.travail)
    par = vans.technique
    histoire = [
        (lambda s: None, False),
        (lambda s: actions.transmettre(situation=s, par=vans.travail), True),
        (lambda s: actions.renvoyer(situation=s, message="?", par=par), True),
        (lambda s: actions.transmettre(situation=s, par=vans.travail), True),
        (lambda s: actions.valider(situation=s, par=par), True),
        (lambda s: actions.ecarter(situation=s, motif="doublon", message="", par=par), False),
        (lambda s: actions.retablir(situation=s, par=par), True),
    ]
    for geste, comptee in histoire:
        geste(Situation.objects.get(pk=situation.pk))
        assert FaitSituation.objects.exists() == comptee
        assert FaitNonRecours.objects.exists() == comptee


def test_a_number_is_given_once_and_never_again(vans):
    avant = transmise(vans, vans.travail)
    gardes = numeros()
    actions.ecarter(situation=avant, motif="doublon", message="", par=vans.technique)
    assert numeros() == gardes
    transmise(vans, vans.travail, cheque_energie())
    assert gardes.items() <= numeros().items()
    assert max(gardes) < min(numeros().keys() - gardes.keys())


def test_whole_numbers_are_counted_in_their_classes_and_texts_never(vans):
    document = document_noyau()
    document["sections"][1]["questions"].append(
        document_question("v_enfants", "entier", min=0, max=20, classes=[[0, 0], [1, 2], [3, None]])
    )
    document["sections"][1]["questions"].append(document_question("v_remarque", "texte_court"))
    publier_version(vans, document)

    for valeur, classe in ((0, "0-0"), (2, "1-2"), (3, "3+"), (20, "3+")):
        situation = transmise(
            vans, vans.travail, v_enfants=valeur, v_remarque="Rien à dire", recit="Trois fois rien"
        )
        comptees = projetee()[situation.pk][3]
        assert {code for variable, code in comptees if variable == "v_enfants"} == {classe}
        assert not {variable for variable, _ in comptees} & {"v_remarque", "recit"}
    assert not Code.objects.filter(variable__in=["recit", "v_remarque"]).exists()


def test_the_day_of_transmission_is_the_local_one(vans):
    """At half past midnight in Paris it is still the day before, and the month before, in UTC."""
    situation = transmise(vans, vans.travail)
    situation.transmise_le = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    situation.save()
    projeter(situation)
    assert FaitSituation.objects.get().transmise_le == date(2026, 11, 1)


def test_rebuilding_repairs_whatever_was_lost_or_left_over(vans):
    comptee = transmise(vans, vans.travail, aspa(), cheque_energie())
    ecartee = transmise(vans, vans.travail)
    juste = projetee()
    FaitSituation.objects.filter(pk=comptee.pk).delete()
    Situation.objects.filter(pk=ecartee.pk).update(statut="ecartee", motif_ecart="doublon")

    call_command("reprojeter", stdout=StringIO())

    assert projetee() == {comptee.pk: juste[comptee.pk]} == attendue()


def test_a_situation_is_counted_in_its_own_territory_only(vans, drome):
    ici, ailleurs = transmise(vans, vans.travail), transmise(drome, drome.travail)
    assert dict(FaitSituation.objects.values_list("pk", "territoire")) == {
        ici.pk: vans.territoire.pk,
        ailleurs.pk: drome.territoire.pk,
    }
