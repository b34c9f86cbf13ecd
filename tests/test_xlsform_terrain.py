"""XLSForms as the field writes them come in with a complete report."""

import pytest

from situations.moteur.definition import Definition
from tests.classeurs import OUI_NON, SURVEY, lu, questions, raisons

CASCADE = [
    ("list_name", "name", "label", "canton", "population"),
    ("cantons", "vans", "Les Vans", None, None),
    ("cantons", "joyeuse", "Joyeuse", None, None),
    ("villages", "chambonas", "Chambonas", "vans", 900),
    ("villages", "rosieres", "Rosières", "joyeuse", 1200),
]


def une(rapport):
    """The only local question of the form."""
    (question,) = questions(rapport).values()
    return question


def test_un_choix_simple_devient_une_question_du_territoire():
    rapport = lu(
        [
            (*SURVEY, "hint", "required"),
            ("select_one on", "Voiture", "A-t-elle une voiture ?", "Même vieille.", "yes"),
        ],
        OUI_NON,
    )
    question = une(rapport)
    assert question["variable"] == "voiture_pays_des_vans"
    assert (question["genre"], question["obligatoire"], question["noyau"]) == ("choix", True, False)
    assert question["aide"] == "Même vieille."
    options = rapport.document["listes"][question["liste"]]
    assert [(o["code"], o["libelle"], o["local"]) for o in options] == [
        ("oui", "Oui", True),
        ("non", "Non", True),
    ]
    assert rapport.ecartes == []


def test_le_brouillon_importe_est_une_definition_que_le_moteur_compile():
    rapport = lu(
        [SURVEY, ("begin group", "g", "Vie"), ("select one on", "a", "A"), ("end group", "", "")],
        OUI_NON,
    )
    assert Definition.depuis(rapport.document).section_non_recours is not None
    assert [s["titre"] for s in rapport.document["sections"]] == ["Vie", "Les non-recours"]
    assert any("ne décrit pas de droits" in remarque for remarque in rapport.remarques)
    assert any("avant de publier" in remarque for remarque in rapport.remarques)


def test_choix_multiple_limite_et_reponse_exclusive():
    rapport = lu(
        [
            (*SURVEY, "constraint"),
            (
                "select_multiple on",
                "a",
                "A",
                "count-selected(.) <= 1 and not(selected(., 'non') and count-selected(.) > 1)",
            ),
        ],
        OUI_NON,
    )
    question = une(rapport)
    assert (question["genre"], question["max"]) == ("choix_multiple", 1)
    assert [o["exclusif"] for o in rapport.document["listes"][question["liste"]]] == [False, True]
    assert rapport.ecartes == []


def test_or_other_ajoute_autre_et_demande_laquelle():
    rapport = lu([SURVEY, ("select_one on or_other", "a", "A")], OUI_NON)
    choix, precision = questions(rapport).values()
    assert [o["code"] for o in rapport.document["listes"][choix["liste"]]] == [
        "oui",
        "non",
        "autre",
    ]
    assert precision["genre"] == "texte_court"
    assert precision["condition"]["clauses"] == [
        {"variable": choix["variable"], "valeurs": ["autre"]}
    ]
    assert "or_other" in raisons(rapport, 2)


def test_une_cascade_d_un_niveau_est_reprise():
    rapport = lu(
        [
            (*SURVEY, "choice_filter"),
            ("select_one cantons", "canton", "Canton", None),
            ("select_one villages", "village", "Village", "canton = ${canton}"),
        ],
        CASCADE,
    )
    canton, village = questions(rapport).values()
    assert village["filtre"] == {"attribut": "canton", "variables": [canton["variable"]]}
    assert [o["canton"] for o in rapport.document["listes"][village["liste"]]] == [
        "vans",
        "joyeuse",
    ]
    assert "population" in raisons(rapport, 4, "choices")


def test_une_cascade_de_deux_niveaux_est_ecartee_et_dite():
    rapport = lu(
        [
            (*SURVEY, "choice_filter"),
            ("select_one cantons", "canton", "Canton", None),
            (
                "select_one villages",
                "village",
                "Village",
                "canton = ${canton} and population > 1000",
            ),
        ],
        CASCADE,
    )
    assert list(questions(rapport).values())[1]["filtre"] is None
    assert "toutes les réponses seront proposées" in raisons(rapport, 3)


def test_une_repetition_dans_une_repetition_n_est_pas_reprise():
    rapport = lu(
        [
            SURVEY,
            ("text", "avant", "Avant"),
            ("begin_repeat", "menage", "Personnes du ménage"),
            ("text", "prenom", "Prénom"),
            ("begin_repeat", "enfants_repetes", "Enfants"),
            ("integer", "age_enfant", "Âge"),
            ("end_repeat", "", ""),
            ("end_repeat", "", ""),
            ("text", "apres", "Après"),
        ]
    )
    assert [q["libelle"] for q in questions(rapport).values()] == ["Avant", "Après"]
    assert "seule la description des droits se répète" in raisons(rapport, 3)
    assert all(raisons(rapport, ligne) for ligne in (4, 5, 6))


def test_la_repetition_qui_demande_le_droit_decrit_les_non_recours():
    rapport = lu(
        [
            SURVEY,
            ("begin_group", "tout", "Tout"),
            ("text", "avant", "Avant"),
            ("begin_repeat", "ses_droits", "Ses droits"),
            ("select_one droits", "droit", "Quel droit ?"),
            ("begin_repeat", "refus", "Refus"),
            ("text", "motif_du_refus", "Motif"),
            ("end_repeat", "", ""),
            ("end_repeat", "", ""),
            ("text", "apres", "Après"),
            ("end_group", "", ""),
        ],
        [
            ("list_name", "name", "label"),
            ("droits", "rsa", "RSA"),
            ("droits", "autre", "Autre droit"),
        ],
    )
    assert [(s["titre"], s["portee"]) for s in rapport.document["sections"]] == [
        ("Tout", "situation"),
        ("Ses droits", "non_recours"),
        ("Tout (suite)", "situation"),
    ]
    droit = rapport.document["sections"][1]["questions"][0]
    assert (droit["genre"], droit["noyau"], droit["libelle"]) == ("droit", True, "Quel droit ?")
    assert [o["code"] for o in rapport.document["listes"]["droits"]] == ["rsa", "autre"]
    assert raisons(rapport, 6)
    assert raisons(rapport, 7)


@pytest.mark.parametrize(
    ("type_", "dit"),
    [
        ("calculate", "question calculée"),
        ("geopoint", "aucune position"),
        ("image", "ni image"),
        ("audio", "ni image"),
        ("note", "texte sans réponse"),
        ("decimal", "nombres entiers"),
        ("rank on", "classement"),
        ("deviceid", "n’enregistre rien"),
        ("select_one_from_file villes.csv", "autre fichier"),
        ("select_one", "ne nomme pas sa liste"),
        ("select_one absente", "n’est pas dans"),
        ("quantique", "n’existe pas au BNR"),
    ],
)
def test_ce_que_le_registre_n_exprime_pas_est_dit_avec_sa_ligne(type_, dit):
    rapport = lu([SURVEY, ("text", "a", "A"), (type_, "x", "X")], OUI_NON)
    assert [q["libelle"] for q in questions(rapport).values()] == ["A"]
    assert dit in raisons(rapport, 3)


def test_un_curseur_devient_un_nombre_entre_ses_bornes():
    rapport = lu(
        [(*SURVEY, "parameters"), ("range", "note_sante", "Sa santé", "start=1 end=5 step=1")]
    )
    question = une(rapport)
    assert (question["genre"], question["min"], question["max"]) == ("entier", 1, 5)
    assert "curseur" in raisons(rapport, 2)


def test_une_date_ne_demande_plus_que_le_mois():
    rapport = lu([SURVEY, ("date", "rupture", "Quand ?")])
    assert une(rapport)["genre"] == "mois"
    assert "jamais le jour" in raisons(rapport, 2)


def test_des_traductions_le_francais_est_garde_et_c_est_dit():
    rapport = lu(
        [
            ("type", "name", "label::English (en)", "label::Français (fr)", "hint::English (en)"),
            ("text", "a", "Where?", "Où ?", "Anywhere"),
            ("text", "b", "When?", None, None),
        ]
    )
    assert [(q["libelle"], q["aide"]) for q in questions(rapport).values()] == [
        ("Où ?", "Anywhere"),
        ("When?", ""),
    ]
    assert "label::English (en)" in raisons(rapport, 1)


def test_les_groupes_emboites_sont_mis_a_plat_avec_leurs_conditions():
    rapport = lu(
        [
            (*SURVEY, "relevant"),
            ("begin_group", "vie", "Sa vie", None),
            ("select_one on", "emploi", "Un emploi ?", None),
            ("begin_group", "detail", "Le détail", "${emploi} = 'oui'"),
            ("text", "metier", "Lequel ?", None),
            ("select_one on", "cdi", "En CDI ?", "${emploi} = 'oui' or ${emploi} = 'non'"),
            ("end_group", "", "", None),
            ("end_group", "", "", None),
        ],
        OUI_NON,
    )
    emploi, metier, cdi = questions(rapport).values()
    oui = {"variable": emploi["variable"], "valeurs": ["oui"]}
    assert metier["condition"] == {"mode": "toutes", "clauses": [oui]}
    assert cdi["condition"]["clauses"] == [
        oui,
        {"variable": emploi["variable"], "valeurs": ["oui", "non"]},
    ]
    assert "rejoignent la section" in raisons(rapport, 4)


def test_doubles_noms_manquants_et_cellules_sans_equivalent():
    rapport = lu(
        [
            (*SURVEY, "default", "bind::odk:length", "appearance"),
            ("text", "a", "A", "x", "10", "numbers"),
            ("text", "a", "Encore", None, None, None),
            ("text", None, "Sans nom", None, None, None),
            (None, "b", "Sans type", None, None, None),
            ("text", "c", None, None, None, None),
        ],
        [*OUI_NON, ("on", "oui", "Encore oui"), ("on", None, "Sans nom"), ("on", "peut", None)],
    )
    assert [q["libelle"] for q in questions(rapport).values()] == ["A", "c"]
    ligne = raisons(rapport, 2)
    assert all(colonne in ligne for colonne in ("default", "bind::odk:length", "appearance"))
    assert all(raisons(rapport, n) for n in (3, 4, 5, 6))
    assert all(raisons(rapport, n, "choices") for n in (2, 4, 5, 6))


def test_reglages_et_autres_feuilles_sont_signales():
    rapport = lu(
        [SURVEY, ("text", "a", "A")],
        settings=[("form_title", "form_id", "public_key"), ("T", "t", "abc")],
        notes=[("blabla",)],
        entities=[("list_name",), ("x",)],
    )
    assert "public_key" in raisons(rapport, 2, "settings")
    assert raisons(rapport, 1, "entities")
    assert any("« notes »" in r.replace("\u00a0", " ") for r in rapport.remarques)
