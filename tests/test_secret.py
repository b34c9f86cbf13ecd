"""Secrecy against an attacker: who knows the totals and what is shown finds no small count."""

from collections import Counter
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.demande import Demande
from pilotage.secret import (
    CODE_AUTRES,
    SECRET,
    Audience,
    DistributionProtegee,
    pour_audience,
    proteger,
)
from pilotage.statistiques import Distribution, Ligne, Statistiques, calculer
from tests.faits_generes import en_faits, recueils

ANNEE = Demande(annee=2026)
AGES = [f"a{i}" for i in range(9)]
DROITS = [f"d{i}" for i in range(107)]


def distribution(variable, base, liste, effectifs, sans_reponse=0) -> Distribution:
    """`liste`: all the answers; a right is listed only when it was met, most cited first."""
    ouverte = variable == "droit"
    lignes = [Ligne(c, c, effectifs.get(c, 0)) for c in liste if effectifs.get(c) or not ouverte]
    if ouverte:
        lignes.sort(key=lambda ligne: -ligne.effectif)
    return Distribution(
        variable=variable,
        libelle=variable,
        base=base,
        total=sum(effectifs.values()) + sans_reponse,
        lignes=tuple(lignes),
        sans_reponse=sans_reponse,
        facultatives=frozenset(liste if ouverte else ()),
    )


def statistiques(*distributions: Distribution, demande=ANNEE, **totaux) -> Statistiques:
    par_base = {d.base: d.total for d in distributions}
    chiffres = {
        "situations": par_base.get("situations", 0),
        "non_recours": par_base.get("non_recours", par_base.get("situations", 0)),
    }
    return Statistiques(
        demande=demande,
        **(chiffres | totaux),
        validees=1,
        cumul=2,
        plus_d_un_an=3,
        droits_ouverts=4,
        distributions={d.variable: d for d in distributions},
        croisement=None,
    )


def recueil_au_hasard(hasard: Random) -> tuple[Statistiques, dict[str, Counter]]:
    """A small, sparse year: one age and one month a situation, one to four rights each."""
    nombre = hasard.choice([0, 1, 2, 3, 5, 8, 13, 30, 60])
    dispersion = hasard.choice([1, 2, 4, 9])
    vrais = {"age": Counter(), "mois": Counter(), "droit": Counter()}
    sans_age = 0
    for _ in range(nombre):
        rang = min(int(hasard.expovariate(1 / dispersion)), 9)
        if rang == 9:
            sans_age += 1
        else:
            vrais["age"][AGES[rang]] += 1
        vrais["mois"][f"2026-{hasard.randint(1, hasard.choice([1, 4, 12])):02}"] += 1
        # One situation names a right once at most.
        vrais["droit"].update(hasard.sample(DROITS[: 3 * dispersion], hasard.randint(1, 3)))
    presents = sorted(vrais["mois"]) or ["2026-01"]
    serie = [f"2026-{m:02}" for m in range(int(presents[0][5:]), int(presents[-1][5:]) + 1)]
    exact = statistiques(
        distribution("age", "situations", AGES, vrais["age"], sans_age),
        distribution("mois", "situations", serie, vrais["mois"]),
        distribution("droit", "non_recours", DROITS, vrais["droit"]),
        situations=nombre,
    )
    vrais["age"][""] = sans_age
    return exact, vrais


LISTES = {"age": [*AGES, ""], "mois": [f"2026-{m:02}" for m in range(1, 13)], "droit": DROITS}


def inconnues(protegee: DistributionProtegee) -> tuple[list[str], int]:
    """What the attacker does not see: the answers with no count shown, and their sum."""
    vus = {n.code: n.effectif for n in protegee.lignes} | {"": protegee.sans_reponse}
    montres = {code: n for code, n in vus.items() if n is not SECRET}
    # An answer that is not listed is zero, unless a line stands for the unnamed ones.
    anonymes = CODE_AUTRES in vus
    candidates = [
        code
        for code in LISTES[protegee.variable]
        if vus.get(code) is SECRET or (code not in vus and anonymes)
    ]
    return candidates, protegee.total - sum(montres.values())


def intervalle(combien: int, somme: int, plafond: int) -> tuple[int, int]:
    """What one of `combien` counts of this sum, none above `plafond`, may be."""
    return max(0, somme - (combien - 1) * plafond), min(somme, plafond)


@pytest.mark.parametrize("seuil", [5, 11])
@pytest.mark.parametrize("graine", range(10))
def test_l_attaquant_ne_retrouve_aucun_petit_effectif(seuil, graine):
    hasard = Random(graine)
    for _ in range(60):
        exact, vrais = recueil_au_hasard(hasard)
        montre = proteger(exact, seuil)
        if 0 < exact.situations < seuil:
            assert montre.situations is montre.non_recours is SECRET
            assert all(not d.lignes for d in montre.distributions.values())
            continue
        assert montre.situations == exact.situations
        for variable, protegee in montre.distributions.items():
            candidates, somme = inconnues(protegee)
            mini, maxi = intervalle(len(candidates), somme, montre.situations)
            petits = [code for code, n in vrais[variable].items() if 0 < n < seuil]
            assert set(petits) <= set(candidates)
            if petits:
                assert mini == 0
                assert maxi >= seuil


def tables_compatibles(protegee: DistributionProtegee) -> list[dict[str, int]]:
    """All the tables that a reader may imagine behind what is shown, one by one."""
    candidates, somme = inconnues(protegee)
    return [
        dict(zip(candidates, effectifs, strict=True))
        for effectifs in product(range(somme + 1), repeat=len(candidates))
        if sum(effectifs) == somme
    ]


@given(
    st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7]), min_size=2, max_size=4),
    st.integers(0, 3),
)
@settings(max_examples=100, deadline=None)
def test_toutes_les_tables_possibles_laissent_le_doute(effectifs, sans_reponse):
    seuil = 5
    ages = dict(zip(AGES, effectifs, strict=False))
    exact = distribution("age", "situations", AGES[: len(ages)], ages, sans_reponse)
    montre = proteger(statistiques(exact), seuil)
    if 0 < exact.total < seuil:
        assert montre.situations is SECRET
        return
    tables = tables_compatibles(montre.distributions["age"])
    for code, n in (ages | {"": sans_reponse}).items():
        if 0 < n < seuil:
            possibles = {table[code] for table in tables}
            assert 0 in possibles
            assert max(possibles) >= seuil


@given(recueils(max_size=30))
@settings(max_examples=60, deadline=None)
def test_ce_qui_est_montre_est_vrai(situations):
    exact = calculer(en_faits(situations), ANNEE, territoires=frozenset({1, 2}))
    montre = pour_audience(exact, Audience.TERRITOIRE, 5)
    if montre.situations is SECRET:
        assert exact.situations < 5
        return
    assert (montre.situations, montre.non_recours) == (exact.situations, exact.non_recours)
    for variable, protegee in montre.distributions.items():
        vrais = {n.code: n.effectif for n in exact.distributions[variable].lignes}
        montres = [n for n in protegee.lignes if n.effectif is not SECRET]
        assert all(ligne.effectif == vrais.get(ligne.code, 0) for ligne in montres)
        assert all(ligne.effectif == 0 or ligne.effectif >= 5 for ligne in montres)
        assert protegee.sans_reponse in (SECRET, exact.distributions[variable].sans_reponse)


def proteger_ages(*effectifs: int) -> list:
    ages = dict(zip(AGES, effectifs, strict=False))
    exact = distribution("age", "situations", AGES[: len(ages)], ages)
    return [n.effectif for n in proteger(statistiques(exact), 5).distributions["age"].lignes]


@pytest.mark.parametrize(
    ("effectifs", "montres"),
    [
        ([12, 7, 0, 9], [12, 7, 0, 9]),
        ([12, 2, 0, 9], [12, SECRET, 0, SECRET]),
        ([12, 2, 3, 9], [12, SECRET, SECRET, 9]),
        ([12, 2, 1, 9], [12, SECRET, SECRET, SECRET]),
        ([5, 1], [SECRET, SECRET]),
        ([0, 0], [0, 0]),
        ([4, 0], []),
    ],
)
def test_on_cache_les_petits_effectifs_puis_les_plus_petits_des_autres(effectifs, montres):
    assert proteger_ages(*effectifs) == montres


def test_sans_reponse_est_une_ligne_comme_les_autres():
    exact = distribution("age", "situations", AGES[:2], {"a0": 30, "a1": 8}, sans_reponse=2)
    protegee = proteger(statistiques(exact), 5).distributions["age"]
    assert [n.effectif for n in protegee.lignes] == [30, SECRET]
    assert protegee.sans_reponse is SECRET


def test_un_droit_cache_perd_son_nom_et_son_rang():
    """Its name alone would say that it was met, its rank that it is less than its neighbour."""
    cites = {"d1": 40, "d2": 3, "d3": 6, "d4": 9}
    exact = distribution("droit", "non_recours", DROITS, cites)
    protegee = proteger(statistiques(exact, situations=40), 5).distributions["droit"]
    assert [(n.code, n.effectif) for n in protegee.lignes] == [
        ("d1", 40),
        ("d4", 9),
        (CODE_AUTRES, SECRET),
    ]


def test_les_mois_d_une_annee_protegee_sont_toujours_douze():
    exact = distribution(
        "mois", "situations", ["2026-04", "2026-05"], {"2026-04": 3, "2026-05": 20}
    )
    lignes = proteger(statistiques(exact), 5).distributions["mois"].lignes
    assert [n.libelle for n in lignes][:2] == ["janvier 2026", "février 2026"]
    assert [n.effectif for n in lignes] == [0, 0, 0, SECRET, SECRET, *[0] * 7]


def test_un_tres_petit_total_cache_toute_l_annee():
    age = distribution("age", "situations", AGES, {"a0": 4})
    droit = distribution("droit", "non_recours", DROITS, {"d1": 9})
    montre = proteger(statistiques(age, droit), 5)
    assert (montre.situations, montre.non_recours) == (SECRET, SECRET)
    assert montre.droits_par_situation is None
    for protegee in montre.distributions.values():
        assert (protegee.total, protegee.sans_reponse, protegee.lignes) == (SECRET, SECRET, ())


def test_les_chiffres_derives_ne_sont_pas_donnes():
    exact = distribution("age", "situations", AGES, {"a0": 40})
    montre = pour_audience(statistiques(exact, non_recours=64), Audience.NATIONAL, 11)
    assert montre.droits_par_situation == 1.6
    derives = (montre.validees, montre.cumul, montre.plus_d_un_an, montre.droits_ouverts)
    assert derives == (None, None, None, None)


def test_le_comite_technique_voit_tout():
    exact = distribution("age", "situations", AGES, {"a0": 2, "a1": 1})
    montre = pour_audience(statistiques(exact), Audience.COMITE_TECHNIQUE, 5)
    assert [n.effectif for n in montre.distributions["age"].lignes][:2] == [2, 1]
    assert (montre.cumul, montre.validees) == (2, 1)


@pytest.mark.parametrize(
    "demande",
    [
        Demande(),
        Demande(du="2026-01", au="2026-12"),
        Demande(annee=2026, filtres=(("age", ("a0",)),)),
        Demande(annee=2026, validees_seulement=True),
        Demande(annee=2026, croisement=("age", "type")),
    ],
)
@pytest.mark.parametrize("audience", [Audience.TERRITOIRE, Audience.NATIONAL])
def test_seule_une_annee_entiere_est_montree(demande, audience):
    exact = statistiques(distribution("age", "situations", AGES, {"a0": 40}), demande=demande)
    with pytest.raises(ValueError, match="whole year"):
        pour_audience(exact, audience, 5)


def test_le_seuil_a_un_plancher():
    with pytest.raises(ValueError, match="at least 5"):
        pour_audience(statistiques(), Audience.TERRITOIRE, 3)


def test_un_effectif_cache_ne_se_calcule_ni_ne_s_ecrit_comme_un_nombre():
    assert str(SECRET) == f"{SECRET}" == "secret"
    for geste in (
        lambda: SECRET + 1,
        lambda: SECRET < 5,
        lambda: int(SECRET),
        lambda: sum([SECRET]),
    ):
        with pytest.raises(TypeError):
            geste()
    with pytest.raises(ValueError):
        format(SECRET, "d")
