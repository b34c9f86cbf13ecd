"""Every statistic against a naive count of the same rows."""

from collections import Counter
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.demande import Demande
from pilotage.faits import Faits, VariableComptee
from pilotage.statistiques import Plan, Statistiques, calculer
from tests.faits_generes import (
    CATEGORIES,
    CODES_DE,
    NUMEROS,
    VARIABLES,
    Recueil,
    en_faits,
    recueils,
)

RAFFINE = {(v.code, m.code): m.raffine for v in VARIABLES.values() for m in v.modalites}
TOUS = frozenset({1, 2, 3})


def compter_sous(variable: str, codes: frozenset[str], noyau: bool) -> frozenset[str]:
    """The codes under which an answer counts."""
    if not noyau:
        return codes
    return frozenset(RAFFINE.get((variable, code)) or code for code in codes)


class Naif:
    """Filters and counts rows one by one, as one would by hand."""

    def __init__(self, situations, demande: Demande, territoires, noyau: bool):
        self.noyau = noyau
        self.filtres = demande.filtres
        du, au = demande.periode
        self.situations = []
        self.paires = []  # (situation, non-recours) kept
        for s in situations:
            mois = f"{2000 + s.mois // 12}-{s.mois % 12 + 1:02}"
            hors_periode = (du and mois < du) or (au and mois > au)
            if s.territoire not in territoires or hors_periode:
                continue
            if (demande.validees_seulement and not s.validee) or not self.garde(s.reponses):
                continue
            gardes = [n for n in s.non_recours if self.garde(n)]
            if gardes:
                self.situations.append(s)
                self.paires += [(s, n) for n in gardes]

    def garde(self, reponses) -> bool:
        return all(
            (reponses[variable] | compter_sous(variable, reponses[variable], self.noyau))
            & set(codes)
            for variable, codes in self.filtres
            if variable in reponses
        )

    def base(self, *variables: str) -> list[dict]:
        """The answers of each unit counted, by variable."""
        if any(VARIABLES[v].portee == "non_recours" for v in variables):
            return [s.reponses | n for s, n in self.paires]
        return [s.reponses for s in self.situations]

    def codes(self, unite: dict, variable: str) -> frozenset[str]:
        return compter_sous(variable, unite[variable], self.noyau)


def demandes(croisement: bool = False) -> st.SearchStrategy[Demande]:
    filtre = st.sampled_from(sorted(VARIABLES)).flatmap(
        lambda v: st.tuples(
            st.just(v),
            st.lists(st.sampled_from(CODES_DE[v]), min_size=1, max_size=3).map(tuple),
        )
    )
    couples = st.permutations(sorted(VARIABLES)).map(lambda noms: tuple(noms[:2]))
    periodes = st.sampled_from(
        [
            {},
            {"annee": 2026},
            {"du": "2026-02"},
            {"au": "2026-05"},
            {"du": "2026-01", "au": "2026-03"},
        ]
    )
    return st.builds(
        lambda periode, **autres: Demande(**periode, **autres),
        periode=periodes,
        filtres=st.lists(filtre, max_size=3).map(tuple),
        validees_seulement=st.booleans(),
        croisement=couples if croisement else st.none(),
    )


ensembles_de_territoires = st.frozensets(st.integers(1, 4))


@given(recueils(), demandes(), ensembles_de_territoires, st.booleans())
@settings(max_examples=100, deadline=None)
def test_les_chiffres_cles_sont_ceux_d_un_comptage_a_la_main(situations, demande, ou, noyau):
    obtenu = calculer(en_faits(situations), demande, territoires=ou, noyau=noyau)
    naif = Naif(situations, demande, ou, noyau)
    droits = [n for _, n in naif.paires]
    assert obtenu.situations == len(naif.situations)
    assert obtenu.non_recours == len(droits)
    assert obtenu.validees == sum(s.validee for s in naif.situations)
    assert obtenu.cumul == sum(len(s.non_recours) >= 2 for s in naif.situations)
    assert obtenu.plus_d_un_an == sum(bool(n["anciennete"] & {"an_1_2a", "an_2ap"}) for n in droits)
    # « Ouvert au guichet » is a local way to be open.
    assert obtenu.droits_ouverts == sum(
        bool(n["issue"] & {"is_ouvert", "is_local"}) for n in droits
    )


@given(recueils(), demandes(), ensembles_de_territoires, st.booleans())
@settings(max_examples=100, deadline=None)
def test_les_distributions_sont_celles_d_un_comptage_a_la_main(situations, demande, ou, noyau):
    obtenu = calculer(en_faits(situations), demande, territoires=ou, noyau=noyau)
    naif = Naif(situations, demande, ou, noyau)
    for variable in ("type", "droit", "motif_principal", "age"):
        distribution = obtenu.distributions[variable]
        unites = naif.base(variable)
        assert distribution.total == len(unites)
        assert distribution.sans_reponse == sum(not u[variable] for u in unites)
        attendu = {}
        for unite in unites:
            for code in naif.codes(unite, variable):
                attendu[code] = attendu.get(code, 0) + 1
        assert {n.code: n.effectif for n in distribution.lignes if n.effectif} == attendu
        assert sum(n.effectif for n in distribution.lignes) + distribution.sans_reponse == len(
            unites
        )


@given(recueils(), demandes(croisement=True), ensembles_de_territoires, st.booleans())
@settings(max_examples=100, deadline=None)
def test_les_croisements_sont_ceux_d_un_comptage_a_la_main(situations, demande, ou, noyau):
    croisement = calculer(en_faits(situations), demande, territoires=ou, noyau=noyau).croisement
    naif = Naif(situations, demande, ou, noyau)
    ligne, colonne = demande.croisement
    unites = naif.base(ligne, colonne)
    couples = [(naif.codes(u, ligne) or {""}, naif.codes(u, colonne) or {""}) for u in unites]
    assert croisement.total == len(unites)
    assert {c for c, _ in croisement.lignes} == set().union(*(i for i, _ in couples))
    assert {c for c, _ in croisement.colonnes} == set().union(*(j for _, j in couples))
    for a, (i, _) in enumerate(croisement.lignes):
        assert croisement.marge_lignes[a] == sum(i in codes for codes, _ in couples)
        for b, (j, _) in enumerate(croisement.colonnes):
            assert croisement.marge_colonnes[b] == sum(j in codes for _, codes in couples)
            assert croisement.cellules[a][b] == sum(i in x and j in y for x, y in couples)
    assert croisement.multiple == (VARIABLES[ligne].multiple or VARIABLES[colonne].multiple)


trios = st.permutations(sorted(VARIABLES)).map(lambda noms: tuple(noms[:3]))


@given(recueils(), demandes(), ensembles_de_territoires, st.booleans(), trios)
@settings(max_examples=100, deadline=None)
def test_la_troisieme_variable_met_le_croisement_en_onglets(situations, demande, ou, noyau, trio):
    plan = Plan(croisements=(trio,))
    obtenu = calculer(en_faits(situations), demande, territoires=ou, noyau=noyau, plan=plan)
    (croise,) = obtenu.croisements.values()
    naif = Naif(situations, demande, ou, noyau)
    unites = naif.base(*trio)
    trios_de_codes = [[naif.codes(u, v) or {""} for v in trio] for u in unites]
    onglets = {onglet.code: onglet.croisement for onglet in croise.onglets}
    assert onglets.keys() == set().union(*(t[2] for t in trios_de_codes))
    for code, tableau in onglets.items():
        siens = [t for t in trios_de_codes if code in t[2]]
        assert (tableau.lignes, tableau.colonnes) == (
            croise.ensemble.lignes,
            croise.ensemble.colonnes,
        )
        assert tableau.total == len(siens)
        for a, (i, _) in enumerate(tableau.lignes):
            assert tableau.marge_lignes[a] == sum(i in x for x, _, _ in siens)
            for b, (j, _) in enumerate(tableau.colonnes):
                assert tableau.marge_colonnes[b] == sum(j in y for _, y, _ in siens)
                assert tableau.cellules[a][b] == sum(i in x and j in y for x, y, _ in siens)


@given(recueils(), demandes(), ensembles_de_territoires, st.booleans())
@settings(max_examples=100, deadline=None)
def test_les_droits_qui_vont_ensemble(situations, demande, ou, noyau):
    plan = Plan(cooccurrence=True)
    obtenu = calculer(en_faits(situations), demande, territoires=ou, noyau=noyau, plan=plan)
    naif = Naif(situations, demande, ou, noyau)
    ensembles = [
        set().union(*(naif.codes(n, "droit") for n in s.non_recours)) for s in naif.situations
    ]
    plusieurs = [ensemble for ensemble in ensembles if len(ensemble) >= 2]
    matrice = obtenu.cooccurrence
    cellules = matrice.cellules
    assert matrice.base == len(plusieurs)
    codes = [code for code, _ in matrice.droits]
    assert set(codes) == set().union(*plusieurs)
    for i, a in enumerate(codes):
        for j, b in enumerate(codes):
            assert cellules[i][j] == sum({a, b} <= ensemble for ensemble in plusieurs)


@given(recueils(), demandes(), ensembles_de_territoires, st.booleans())
@settings(max_examples=100, deadline=None)
def test_combien_de_droits_et_qui_contribue(situations, demande, ou, noyau):
    obtenu = calculer(en_faits(situations), demande, territoires=ou, noyau=noyau)
    retenues = Naif(situations, demande, ou, noyau).situations
    tailles = [min(len(s.non_recours), 3) for s in retenues]
    assert obtenu.par_situation == tuple(tailles.count(taille) for taille in (1, 2, 3))
    apports = Counter(s.organisme for s in retenues if s.organisme is not None)
    assert obtenu.contributeurs.organismes == len(apports)
    assert obtenu.contributeurs.mediane == (median(apports.values()) if apports else 0)


@given(recueils(), demandes(), ensembles_de_territoires)
@settings(max_examples=100, deadline=None)
def test_le_type_d_organisme_dit_combien_sont_derriere_et_la_part_du_premier(
    situations, demande, ou
):
    plan = Plan(distributions=("categorie",), croisements=(("categorie", "type"),))
    obtenu = calculer(en_faits(situations), demande, territoires=ou, plan=plan)
    naif = Naif(situations, demande, ou, noyau=False)

    def derriere(apports: Counter):
        connus = {o: n for o, n in apports.items() if o is not None}
        return len(connus), max(connus.values(), default=0) / max(sum(apports.values()), 1)

    distribution = obtenu.distributions["categorie"]
    for ligne in distribution.lignes:
        apports = Counter(
            s.organisme for s in naif.situations if CATEGORIES.get(s.organisme) == ligne.code
        )
        assert ligne.effectif == sum(apports.values())
        assert distribution.dominance[ligne.code] == derriere(apports)
    assert distribution.sans_reponse == sum(s.organisme not in CATEGORIES for s in naif.situations)
    croise = obtenu.croisements["categorie", "type"]
    for a, (categorie, _) in enumerate(croise.lignes):
        for b, (code, _) in enumerate(croise.colonnes):
            apports = Counter(
                s.organisme
                for s, n in naif.paires
                if CATEGORIES.get(s.organisme, "") == categorie and code in (n["type"] or {""})
            )
            assert croise.cellules[a][b] == sum(apports.values())
            assert croise.dominance[a][b] == derriere(apports)


@given(recueils(), demandes(), ensembles_de_territoires, st.booleans())
@settings(max_examples=100, deadline=None)
def test_le_parcours_va_du_reperage_a_l_issue(situations, demande, ou, noyau):
    obtenu = calculer(
        en_faits(situations), demande, territoires=ou, noyau=noyau, plan=Plan(parcours=True)
    ).parcours
    droits = [n for _, n in Naif(situations, demande, ou, noyau).paires]
    ouverts = [bool(n["issue"] & {"is_ouvert", "is_local"}) for n in droits]
    deposees = [
        "oui" in n["demande_deposee"] or ouvert or "is_refus" in n["issue"]
        for n, ouvert in zip(droits, ouverts, strict=True)
    ]
    informes = [
        bool(n["actions"] & {"act_info", "act_flyer"}) or deposee
        for n, deposee in zip(droits, deposees, strict=True)
    ]
    assert (obtenu.reperes, obtenu.informes, obtenu.demandes, obtenu.ouverts) == (
        len(droits),
        sum(informes),
        sum(deposees),
        sum(ouverts),
    )
    assert sum(obtenu.issues.values()) == len(droits)
    assert obtenu.issues["abandon"] == sum("is_abandon" in n["issue"] for n in droits)


@given(recueils(), demandes(), ensembles_de_territoires)
@settings(max_examples=50, deadline=None)
def test_la_serie_des_mois_est_sans_trou(situations, demande, ou):
    serie = calculer(en_faits(situations), demande, territoires=ou).distributions["mois"]
    mois = [s.mois for s in Naif(situations, demande, ou, noyau=False).situations]
    attendus = range(min(mois), max(mois) + 1) if mois else range(0)
    assert [(ligne.code, ligne.effectif) for ligne in serie.lignes] == [
        (f"{2000 + m // 12}-{m % 12 + 1:02}", mois.count(m)) for m in attendus
    ]


@given(recueils(), demandes(), ensembles_de_territoires, st.booleans())
@settings(max_examples=40, deadline=None)
def test_suivre_une_ligne_montre_ce_qu_elle_compte(situations, demande, ou, noyau):
    """The link of a line leads to as many units as the line says."""
    faits = en_faits(situations)
    demande = demande.avec(filtres=())
    obtenu = calculer(faits, demande, territoires=ou, noyau=noyau)
    for distribution in (obtenu.distributions["age"], obtenu.distributions["droit"]):
        for ligne in distribution.lignes:
            suivie = demande.avec_filtre(distribution.variable, ligne.code)
            suite = calculer(faits, suivie, territoires=ou, noyau=noyau)
            assert getattr(suite, distribution.base) == ligne.effectif


def recueil(numero=1, territoire=1, droits=(("rsa",),), age="a_18_24") -> Recueil:
    def bloc(code):
        valeurs = {v.code: frozenset() for v in VARIABLES.values() if v.portee == "non_recours"}
        return valeurs | {"droit": frozenset({code})}

    return Recueil(
        numero,
        territoire,
        312,
        False,
        {"age": frozenset({age}), "evenement": frozenset()},
        tuple(bloc(code) for (code,) in droits),
    )


def compter(situations, demande=None, **options) -> Statistiques:
    options = {"territoires": TOUS} | options
    return calculer(en_faits(situations), demande or Demande(), **options)


def test_sans_territoire_on_ne_compte_rien():
    obtenu = compter([recueil()], territoires=frozenset())
    assert (obtenu.situations, obtenu.non_recours) == (0, 0)
    assert all(d.total == 0 for d in obtenu.distributions.values())


def test_aucun_recueil_donne_des_zeros():
    assert compter([]).distributions["mois"].lignes == ()


def test_les_types_gardent_leur_ordre_et_leurs_zeros():
    lignes = compter([recueil()]).distributions["type"].lignes
    assert [ligne.code for ligne in lignes] == ["NC", "ND", "NR", "NP", "NO", "NSP"]


def test_les_droits_vont_du_plus_cite_au_moins_cite_puis_par_libelle():
    situations = [recueil(1, droits=[("rsa",), ("aspa",)]), recueil(2, droits=[("c2s",), ("c2s",)])]
    lignes = compter(situations).distributions["droit"].lignes
    assert [(ligne.libelle, ligne.effectif) for ligne in lignes] == [
        ("Complémentaire santé solidaire", 2),
        ("Aspa", 1),
        ("RSA", 1),
    ]


def test_une_modalite_locale_compte_pour_elle_meme_ou_pour_celle_du_noyau():
    situations = [recueil(1, age="a_90p"), recueil(2, age="a_75p")]
    assert [tuple(n)[:3] for n in compter(situations).distributions["age"].lignes] == [
        ("a_18_24", "18-24 ans", 0),
        ("a_75p", "75 ans et plus", 1),
        ("a_90p", "90 ans et plus", 1),
        ("nsp", "Non renseigné", 0),
    ]
    assert [tuple(n)[:3] for n in compter(situations, noyau=True).distributions["age"].lignes] == [
        ("a_18_24", "18-24 ans", 0),
        ("a_75p", "75 ans et plus", 2),
        ("nsp", "Non renseigné", 0),
    ]


def test_une_modalite_locale_d_un_autre_territoire_ne_parait_pas():
    situations = [recueil(1, territoire=1), recueil(2, territoire=2, age="a_90p")]
    lignes = compter(situations, territoires=frozenset({1})).distributions["age"].lignes
    assert "a_90p" not in {ligne.code for ligne in lignes}


def test_un_code_retire_se_compte_sous_son_code():
    lignes = compter([recueil(droits=[("cmuc",)])]).distributions["droit"].lignes
    assert [tuple(ligne)[:3] for ligne in lignes] == [("cmuc", "cmuc", 1)]


def test_les_filtres_sur_les_droits_portent_sur_un_meme_non_recours():
    reponses = recueil(droits=[("rsa",), ("aspa",)])
    rsa, aspa = reponses.non_recours
    situation = Recueil(
        1, 1, 312, False, reponses.reponses, (rsa | {"type": frozenset({"NC"})}, aspa)
    )
    ensemble = Demande(filtres=(("droit", ("aspa",)), ("type", ("NC",))))
    assert compter([situation], ensemble).situations == 0
    obtenu = compter([situation], Demande(filtres=(("droit", ("rsa",)), ("type", ("NC",)))))
    # The other right is not counted among the rights, yet the situation cumulates.
    assert (obtenu.situations, obtenu.non_recours, obtenu.cumul) == (1, 1, 1)


AGE = {"age": VARIABLES["age"]}
DIX_HUIT, QUATRE_VINGT_DIX = NUMEROS["age", "a_18_24"], NUMEROS["age", "a_90p"]
CODES_AGE = {DIX_HUIT: ("age", "a_18_24"), QUATRE_VINGT_DIX: ("age", "a_90p")}


@pytest.mark.parametrize(
    ("situations", "non_recours", "raison"),
    [
        ([(1, 1, 312, True, []), (1, 2, 312, True, [])], [], "twice"),
        ([(1, 1, 312, True, [])], [(2, [])], "no situation"),
        ([(1, 1, 312, True, [])], [(1, [DIX_HUIT])], "wrong grain"),
        ([(1, 1, 312, True, [DIX_HUIT, QUATRE_VINGT_DIX])], [], "two are given"),
    ],
)
def test_des_lignes_incoherentes_sont_refusees(situations, non_recours, raison):
    with pytest.raises(ValueError, match=raison):
        Faits.depuis_lignes(situations, non_recours, CODES_AGE, AGE)


def test_un_numero_inconnu_est_refuse():
    with pytest.raises(KeyError):
        Faits.depuis_lignes([(1, 1, 312, True, [999])], [], CODES_AGE, AGE)


def test_les_reponses_non_comptees_sont_laissees_de_cote():
    codes = CODES_AGE | {500: ("recit", "x")}
    faits = Faits.depuis_lignes([(1, 1, 312, True, [500, DIX_HUIT])], [(1, [])], codes, AGE)
    assert "recit" not in faits.variables


def test_les_variables_des_faits_connaissent_les_codes_retires():
    faits = en_faits([recueil(droits=[("cmuc",)])])
    demande = Demande.depuis({"f_droit": ["cmuc"]}, faits.variables)
    assert calculer(faits, demande, territoires=TOUS).non_recours == 1


def test_les_variables_des_faits_ignorent_les_codes_qui_n_y_sont_pas():
    """A number given to another territory's answer names nothing here."""
    connus = {m.code for m in en_faits([recueil()]).variables["droit"].modalites}
    assert "cmuc" not in connus


def test_un_choix_multiple_compte_une_fois_sous_le_noyau():
    """A core answer and the local one that refines it, on one situation, are one core answer."""
    evenement = VARIABLES["evenement"]
    codes = {1: ("evenement", "ev_emploi"), 2: ("evenement", "ev_usine"), 3: ("age", "a_18_24")}
    variables: dict[str, VariableComptee] = {"evenement": evenement} | AGE
    faits = Faits.depuis_lignes([(1, 1, 312, True, [1, 2, 3])], [(1, [])], codes, variables)
    demande = Demande(croisement=("evenement", "age"))
    croisement = calculer(faits, demande, territoires=TOUS, noyau=True).croisement
    assert croisement.lignes == (("ev_emploi", "Perte d’emploi"),)
    assert croisement.cellules == ((1,),)
