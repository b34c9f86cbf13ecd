"""An address is a request: it reads back as it was written, and says what it left out."""

from urllib.parse import parse_qs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pilotage.demande import Demande, bases_en_mots, phrases
from pilotage.faits import VariableComptee
from tests.faits_generes import VARIABLES

ETRANGE = VariableComptee(
    "libre & locale", "Une question locale", "situation", modalites=(("é=1&b +", "Étrange"),)
)
CONNUES = VARIABLES | {ETRANGE.code: ETRANGE}

mois = st.builds("20{:02}-{:02}".format, st.integers(0, 99), st.integers(1, 12))
periodes = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"annee": st.integers(2000, 2099)}),
    st.fixed_dictionaries({"du": mois}),
    st.fixed_dictionaries({"au": mois}),
    st.tuples(mois, mois).map(lambda bornes: dict(zip(("du", "au"), sorted(bornes), strict=True))),
)
filtres = st.sampled_from(sorted(CONNUES)).flatmap(
    lambda v: st.tuples(
        st.just(v),
        st.lists(st.sampled_from(["", *(m.code for m in CONNUES[v].modalites)])).map(tuple),
    )
)
cases = filtres.flatmap(lambda filtre: st.just(tuple((filtre[0], code) for code in filtre[1])))


def croisements(combien: int) -> st.SearchStrategy:
    """A crossing of that many variables and, of three, perhaps the tab shown."""

    def completer(variables: tuple[str, ...]) -> st.SearchStrategy[dict]:
        onglets = st.none()
        if combien == 3:
            onglets |= st.sampled_from(["", *(m.code for m in CONNUES[variables[2]].modalites)])
        return st.fixed_dictionaries({"croisement": st.just(variables), "onglet": onglets})

    choix = st.permutations(sorted(CONNUES)).map(lambda noms: tuple(noms[:combien]))
    return choix.flatmap(completer)


demandes = st.builds(
    lambda periode, croisement, **autres: Demande(**periode, **croisement, **autres),
    periode=periodes,
    croisement=st.just({}) | croisements(2) | croisements(3),
    filtres=st.lists(filtres, max_size=4).map(tuple),
    cases=cases,
    validees_seulement=st.booleans(),
    affichage=st.sampled_from(["effectif", "ligne", "colonne"]),
    complets=st.lists(st.sampled_from(["droit", "age-type"])).map(tuple),
)


def lire(adresse: str) -> Demande:
    return Demande.depuis(parse_qs(adresse), CONNUES)


@given(demandes)
@settings(max_examples=100)
def test_une_adresse_rend_la_demande_qui_l_a_ecrite(demande):
    relue = lire(demande.adresse())
    assert relue == demande
    assert relue.ignores == ()
    assert relue.adresse() == demande.adresse()


texte = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
noms = st.sampled_from(["annee", "du", "au", "f_age", "f_rien", "lignes", "colonnes", "affichage"])


@given(
    st.dictionaries(noms | texte, st.lists(texte | st.sampled_from(["2026", "age"]), max_size=3))
)
@example({"annee": ["٢٠٢٦"], "du": ["2026-13"], "au": ["2026-00"]})
@example({"annee": [""], "f_age": [""]})
@settings(max_examples=100)
def test_aucune_adresse_ne_fait_echouer(parametres):
    demande = Demande.depuis(parametres, CONNUES)
    assert lire(demande.adresse()) == demande


@pytest.mark.parametrize(
    ("adresse", "dit"),
    [
        ("annee=hier", "annee=hier"),
        ("annee=1999", "annee=1999"),
        ("du=2026-13", "du=2026-13"),
        ("du=2026-05&au=2026-02", "elle finit avant de commencer"),
        ("annee=2026&du=2026-02", "l’année est déjà choisie"),
        ("annee=2026&annee=2025", "une seule valeur"),
        ("f_taille=grande", "taille"),
        ("f_age=a_12", "Le filtre Âge « a_12 »"),
        ("validees=peut-etre", "validees=peut-etre"),
        ("affichage=camembert", "affichage=camembert"),
        ("lignes=age&colonnes=signe_astral", "signe_astral"),
        ("lignes=age", "deux ou trois variables différentes"),
        ("lignes=age&colonnes=age", "deux ou trois variables différentes"),
        ("couleur=bleu", "couleur"),
    ],
)
def test_ce_qui_n_est_pas_compris_est_dit(adresse, dit):
    demande = lire(adresse)
    (phrase,) = demande.ignores
    assert dit in phrase.replace("\u00a0", " ")
    assert phrase.endswith(".")


def test_ce_qui_est_compris_est_garde_malgre_le_reste():
    demande = lire("annee=2026&f_age=a_12&f_age=a_75p&f_taille=1")
    assert demande == Demande(annee=2026, filtres=(("age", ("a_75p",)),))
    assert len(demande.ignores) == 2


def test_les_champs_vides_d_un_formulaire_ne_demandent_rien():
    demande = Demande.depuis({"annee": [""], "f_age": ["", " "], "lignes": [""]}, CONNUES)
    assert demande == Demande()
    assert demande.ignores == ()


@pytest.mark.parametrize(
    ("adresse", "attendue"),
    [
        ("periode=2026", "annee=2026"),
        ("periode=2026-T2", "du=2026-04&au=2026-06"),
        ("periode=2026-03", "du=2026-03&au=2026-03"),
        ("periode=tout&du=2026-01", ""),
        ("periode=2026&du=2026-01&au=2026-03", "annee=2026"),
        ("periode=bornes&du=2026-02&au=2026-05", "du=2026-02&au=2026-05"),
        (
            "lignes=age&colonnes=type&onglets=droit&onglet=-",
            "lignes=age&colonnes=type&onglets=droit&onglet=-",
        ),
        ("lignes=age&colonnes=type&onglet=rsa", "lignes=age&colonnes=type"),
    ],
)
def test_un_formulaire_s_ecrit_en_une_adresse(adresse, attendue):
    demande = lire(adresse)
    assert demande.ignores == ()
    assert demande.adresse() == attendue


@pytest.mark.parametrize(
    ("adresse", "avant"),
    [
        ("annee=2026", "annee=2025"),
        ("du=2026-04&au=2026-06", "du=2026-01&au=2026-03"),
        ("du=2026-01&au=2026-01", "du=2025-12&au=2025-12"),
        ("annee=2026&f_age=a_75p", "annee=2025&f_age=a_75p"),
    ],
)
def test_la_periode_d_avant_a_la_meme_longueur_et_les_memes_filtres(adresse, avant):
    assert lire(adresse).precedente().adresse() == avant


@pytest.mark.parametrize("adresse", ["", "du=2026-01", "au=2026-01", "annee=2000"])
def test_une_periode_sans_bornes_n_en_a_pas_d_avant(adresse):
    assert lire(adresse).precedente() is None


@pytest.mark.parametrize(
    ("adresse", "situations", "non_recours"),
    [
        ("", "toutes, depuis le début", "tous ceux de ces situations"),
        (
            "annee=2026&f_age=a_75p",
            "année 2026 ; personnes de 75 ans et plus",
            "tous ceux de ces situations",
        ),
        (
            "f_droit=rsa",
            "celles où au moins un non-recours concerne : RSA",
            "dans ces situations, seulement ceux qui concernent : RSA",
        ),
        (
            "du=2026-01&au=2026-03&c_type=NC&c_droit=rsa",
            "1er trimestre 2026 ; celles où au moins un non-recours est ainsi décrit : "
            "droit « RSA » ; type de non-recours « Non-connaissance »",
            "dans ces situations, seulement ceux ainsi décrits : "
            "droit « RSA » ; type de non-recours « Non-connaissance »",
        ),
    ],
)
def test_ce_que_chaque_base_compte_se_dit_en_mots(adresse, situations, non_recours):
    dites = [
        texte.replace("\u00a0", " ").replace("\u202f", " ")
        for texte in bases_en_mots(lire(adresse), CONNUES)
    ]
    assert dites == [situations, non_recours]


def test_ajouter_puis_retirer_des_filtres():
    demande = Demande(annee=2026).avec_filtre("age", "nsp").avec_filtre("age", "a_75p")
    assert demande.adresse() == "annee=2026&f_age=a_75p&f_age=nsp"
    assert demande.sans_filtre("age", "nsp").codes_de("age") == ("a_75p",)
    assert demande.sans_filtre("age") == Demande(annee=2026)
    assert demande.sans_filtre("age", "a_75p").sans_filtre("age", "nsp") == Demande(annee=2026)


def test_une_annee_remplace_des_mois_et_inversement():
    assert Demande(du="2026-01", au="2026-03").adresse(annee=2025) == "annee=2025"
    assert Demande(annee=2025).adresse(du="2026-01") == "du=2026-01"
    assert Demande(annee=2025).adresse(annee=None) == ""


@pytest.mark.parametrize(
    "champs",
    [
        {"annee": 1789},
        {"annee": 2026, "du": "2026-01"},
        {"du": "janvier"},
        {"du": "2026-02", "au": "2026-01"},
        {"affichage": "camembert"},
    ],
)
def test_une_demande_impossible_ne_se_construit_pas(champs):
    with pytest.raises(ValueError):
        Demande(**champs)


def dire(demande: Demande) -> list[str]:
    return [
        phrase.replace("\u00a0", " ").replace("\u202f", " ") for phrase in phrases(demande, CONNUES)
    ]


@pytest.mark.parametrize(
    ("adresse", "attendu"),
    [
        ("", []),
        ("annee=2026", ["année 2026"]),
        ("du=2026-04&au=2026-08", ["d’avril 2026 à août 2026"]),
        ("du=2026-03&au=2026-03", ["mars 2026"]),
        ("du=2026-03", ["depuis mars 2026"]),
        ("au=2026-03", ["jusqu’à mars 2026"]),
        ("validees=1", ["situations validées seulement"]),
        ("f_droit=aspa", ["situations où au moins un non-recours concerne : Aspa"]),
        (
            "f_droit=aspa&f_droit=rsa",
            ["situations où au moins un non-recours concerne : Aspa ou RSA"],
        ),
        (
            "f_droit=aspa&f_type=NC",
            [
                "situations où au moins un non-recours est ainsi décrit : "
                "droit « Aspa » ; type de non-recours « Non-connaissance »"
            ],
        ),
        ("f_age=a_75p", ["personnes de 75 ans et plus"]),
        ("f_age=nsp", ["Âge : Non renseigné"]),
        ("f_evenement=ev_deces", ["Événement de vie récent : Décès"]),
    ],
)
def test_la_selection_se_lit_en_francais(adresse, attendu):
    assert dire(lire(adresse)) == attendu
