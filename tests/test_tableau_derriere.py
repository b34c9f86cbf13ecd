"""Behind a number, exactly the situations that it counts: those of one cell, or « Sans réponse »."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.calculees import DROITS_REUNIS, NOMBRE_DE_DROITS
from pilotage.demande import Demande
from pilotage.parcours import ETAPES, demandes_de_l_etape
from pilotage.statistiques import Plan, calculer, situations_comptees
from tests.faits_generes import Recueil, en_faits, recueils

TOUS = frozenset({1, 2, 3})
DES_SITUATIONS = ("age", "evenement", NOMBRE_DE_DROITS, DROITS_REUNIS)
DES_NON_RECOURS = ("type", "obstacles")
PLAN = Plan(
    distributions=(*DES_SITUATIONS, *DES_NON_RECOURS),
    croisements=(("age", "type"), ("evenement", "obstacles")),
    cooccurrence=True,
)
demandes = st.sampled_from(
    [
        Demande(),
        Demande(annee=2026),
        Demande(filtres=(("type", ("NC", "ND")),)),
        Demande(filtres=(("obstacles", ("",)), ("age", ("a_75p", "")))),
    ]
)


def codes(recueil: Recueil, variable: str) -> frozenset[str]:
    """Naively: what a situation answers, or what its rights make of it."""
    droits = frozenset().union(*(n["droit"] for n in recueil.non_recours))
    if variable == NOMBRE_DE_DROITS:
        return frozenset({str(min(len(recueil.non_recours), 3))})
    return droits if variable == DROITS_REUNIS else recueil.reponses[variable]


def a(recueil: Recueil, variable: str, code: str) -> bool:
    lus = codes(recueil, variable)
    return code in lus if code else not lus


@given(recueils(), demandes)
@settings(max_examples=60)
def test_une_ligne_mene_aux_situations_qu_elle_compte(situations, demande):
    faits = en_faits(situations)
    stats = calculer(faits, demande, territoires=TOUS, plan=PLAN)
    gardees = set(situations_comptees(faits, demande, territoires=TOUS))
    assert len(gardees) == stats.situations
    for variable, distribution in stats.distributions.items():
        if variable not in PLAN.distributions:
            continue
        lues = [(ligne.code, ligne.effectif) for ligne in distribution.lignes]
        for code, effectif in [*lues, ("", distribution.sans_reponse)]:
            precise = demande.avec(cases=((variable, code),))
            derriere = situations_comptees(faits, precise, territoires=TOUS)
            if variable in DES_NON_RECOURS:
                comptees = calculer(faits, precise, territoires=TOUS, plan=Plan(distributions=()))
                assert comptees.non_recours == effectif
                assert comptees.situations == len(derriere)
            else:
                attendues = {s.id for s in situations if s.id in gardees and a(s, variable, code)}
                assert set(derriere) == attendues
                assert effectif == len(derriere)


@given(recueils(), demandes)
@settings(max_examples=60)
def test_une_case_mene_aux_situations_qu_elle_compte(situations, demande):
    faits = en_faits(situations)
    stats = calculer(faits, demande, territoires=TOUS, plan=PLAN)
    for (ligne, colonne), croisement in stats.croisements.items():
        for (code, _), effectifs in zip(croisement.lignes, croisement.cellules, strict=True):
            for (autre, _), effectif in zip(croisement.colonnes, effectifs, strict=True):
                precise = demande.avec(cases=((ligne, code), (colonne, autre)))
                comptees = calculer(faits, precise, territoires=TOUS, plan=Plan(distributions=()))
                assert comptees.non_recours == effectif
    droits = stats.cooccurrence.droits
    for (code, _), effectifs in zip(droits, stats.cooccurrence.cellules, strict=True):
        for (autre, _), effectif in zip(droits, effectifs, strict=True):
            if code != autre:
                precise = demande.avec(cases=((DROITS_REUNIS, code), (DROITS_REUNIS, autre)))
                assert len(situations_comptees(faits, precise, territoires=TOUS)) == effectif


@given(recueils(), demandes)
@settings(max_examples=40)
def test_une_etape_mene_aux_situations_dont_un_non_recours_l_a_atteinte(situations, demande):
    faits = en_faits(situations)
    plan = Plan(distributions=(), parcours=True)

    def atteints(comptees, etape: str) -> int:
        parcours = calculer(comptees, demande, territoires=TOUS, plan=plan).parcours
        return parcours.issues[etape] if etape in parcours.issues else getattr(parcours, etape)

    for etape in ETAPES:
        precisees = demandes_de_l_etape(demande, etape, faits.variables)
        derriere = {i for d in precisees for i in situations_comptees(faits, d, territoires=TOUS)}
        seules = {s.id: atteints(en_faits([s]), etape) for s in situations}
        assert derriere == {numero for numero, n in seules.items() if n}
        assert sum(seules.values()) == atteints(faits, etape)


def test_un_territoire_qui_n_est_pas_permis_ne_montre_aucune_situation():
    faits = en_faits([])
    assert situations_comptees(faits, Demande(), territoires=frozenset()) == []
