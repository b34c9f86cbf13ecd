"""The differences, conditions and problems, in the words that a social worker reads."""

import pytest

from situations.adaptation import (
    ajouter_choix,
    ajouter_droit,
    ajouter_question,
    ajouter_section,
    definir_condition,
    deplacer_choix,
    deplacer_question,
    deplacer_section,
    differences,
    masquer_droit,
    modifier_question,
    modifier_section,
    phrase_condition,
    problemes,
    retirer_choix,
    retirer_question,
)
from situations.adaptation.document import question
from situations.noyau import document_noyau
from tests.adaptations import copie
from tests.definitions import condition, document_option, document_question

NOYAU = document_noyau()
RETRAITE = condition("activite", "ac_retr")


def phrases(apres: dict, avant: dict = NOYAU) -> list[str]:
    return [
        d.phrase.replace("\u00a0", " ").replace("\u202f", " ") for d in differences(avant, apres)
    ]


def soucis(doc: dict, **options) -> list[tuple[str, str]]:
    return [
        (p.cle, p.phrase.replace("\u00a0", " ").replace("\u202f", " "))
        for p in problemes(doc, NOYAU, **options)
    ]


def avec_question(doc: dict = NOYAU, **autres) -> dict:
    donnees = {"genre": "texte_court", "libelle": "Depuis quand ?", "code": "depuis_vans"}
    return ajouter_question(doc, autres.pop("section", "personne"), **donnees | autres)


def test_a_question_added_removed_or_moved():
    assert phrases(avec_question(obligatoire=True)) == [
        "Question ajoutée dans « La personne » : « Depuis quand ? » (obligatoire)."
    ]
    assert phrases(retirer_question(NOYAU, "sexe")) == ["« Sexe » n’est plus posée."]
    assert phrases(deplacer_question(NOYAU, "sexe", section="reperage", rang=0)) == [
        "« Sexe » passe dans « Le repérage »."
    ]
    assert phrases(deplacer_question(NOYAU, "sexe", section="personne", rang=0)) == [
        "« Sexe » est déplacée : elle vient en premier."
    ]


def test_other_words_are_both_given():
    assert phrases(modifier_question(NOYAU, "sexe", libelle="Genre", aide="Au choix")) == [
        "« Sexe » devient « Genre ».",
        "« Genre » : aide ajoutée, « Au choix ».",
    ]
    doc = modifier_section(NOYAU, "personne", titre="Le ménage", aide="")
    assert phrases(doc) == ["La section « La personne » s’appelle maintenant « Le ménage »."]


def test_a_condition_is_said_in_words():
    doc = definir_condition(NOYAU, "zone", RETRAITE)
    assert phrases(doc) == [
        "« Où vit-elle ? » est maintenant affichée si « Quelle est son activité ? » est "
        "« Retraité » (auparavant : toujours affichée)."
    ]
    double = {
        "mode": "une",
        "clauses": [
            {"variable": "activite", "valeurs": ["ac_retr", "ac_foyer"]},
            {"variable": "evenement", "valeurs": ["ev_aidant"]},
        ],
    }
    assert phrase_condition(NOYAU, double).replace("\u00a0", " ").replace("\u202f", " ") == (
        "si « Quelle est son activité ? » est « Retraité » ou « Au foyer » ou si « Un événement "
        "récent a-t-il changé sa vie ? » comprend « Devient proche aidant »"
    )


def test_a_question_is_called_by_its_name_even_once_removed():
    doc = definir_condition(avec_question(), "depuis_vans", RETRAITE)
    doc["sections"][1]["questions"].remove(question(doc, "activite"))
    assert "Quelle est son activité" in phrase_condition(doc, RETRAITE)


def test_choices_and_rights():
    doc = ajouter_choix(
        NOYAU, "logement", libelle="Caravane", code="l_caravane", raffine="l_mobile"
    )
    assert phrases(doc) == [
        "« Quel est son logement ? » : choix ajouté « Caravane », compté comme « Habitat mobile "
        "ou de fortune »."
    ]
    assert phrases(retirer_choix(doc, "logement", "l_caravane"), doc) == [
        "« Quel est son logement ? » : choix retiré « Caravane »."
    ]
    assert phrases(deplacer_choix(NOYAU, "sexe", "x", 0)) == [
        "« Sexe » : choix déplacé « Autre ou non précisé », en premier."
    ]
    assert phrases(masquer_droit(NOYAU, "ppa")) == ["Droit masqué : « Prime d’activité »."]
    doc = ajouter_droit(
        NOYAU,
        libelle="Épicerie sociale",
        code="epicerie_vans",
        domaine="ALIM",
        organismes=[],
        nature="SRV",
        sensible=False,
    )
    assert phrases(doc) == [
        "Droit ajouté : « Épicerie sociale », compté dans le domaine « Alimentation »."
    ]


def test_sections_moved_are_the_fewest():
    doc = deplacer_section(NOYAU, "reperage", 3)
    assert phrases(doc) == [
        "La section « Le repérage » est déplacée : elle vient après « Conséquences et suites »."
    ]


def test_the_noyau_has_no_problem():
    assert problemes(NOYAU, NOYAU) == []


def test_a_condition_on_a_removed_or_later_question_is_told_by_its_name():
    doc = definir_condition(NOYAU, "zone", condition("sexe", "f"))
    assert soucis(retirer_question(doc, "sexe")) == [
        (
            "question:zone",
            "« Où vit-elle ? » est affichée selon « Sexe », qui n’est plus posée : reprenez cette "
            "question, ou changez sa condition.",
        )
    ]
    assert soucis(deplacer_question(doc, "sexe", section="suites", rang=0)) == [
        (
            "question:zone",
            "« Où vit-elle ? » est affichée selon « Sexe », qui est posée après elle : déplacez "
            "l’une des deux, ou changez sa condition.",
        )
    ]


def test_a_local_question_removed_is_named_by_what_older_versions_know():
    doc = avec_question(genre="choix", liste="oui_non", rang=0)
    doc = definir_condition(doc, "zone", condition("depuis_vans", "oui"))
    ((_, phrase),) = soucis(
        retirer_question(doc, "depuis_vans"), libelles={"depuis_vans": "Depuis quand ?"}
    )
    assert "selon « Depuis quand ? », qui n’est plus posée" in phrase


def test_a_condition_that_no_choice_can_fulfil_is_told():
    doc = definir_condition(NOYAU, "etape", condition("droit", "ppa", "rsa"))
    assert soucis(masquer_droit(doc, "ppa")) == []
    ((cle, phrase),) = soucis(masquer_droit(masquer_droit(doc, "ppa"), "rsa"))
    assert cle == "question:etape"
    assert "n’est plus proposé" in phrase


@pytest.mark.parametrize(
    ("doc", "cle", "attendu"),
    [
        (avec_question(genre="choix", options=[]), "question:depuis_vans", "moins de deux choix"),
        (avec_question(libelle="  "), "question:depuis_vans", "n’a pas de libellé"),
        (avec_question(libelle="SEXE !"), "question:depuis_vans", "même libellé"),
        (avec_question(libelle="x" * 301), "question:depuis_vans", "300 au plus"),
        (avec_question(aide="x" * 601), "question:depuis_vans", "600 au plus"),
        (ajouter_section(NOYAU, titre="Vide"), "section:vide", "aucune question"),
        (
            ajouter_choix(NOYAU, "sexe", libelle="FEMME", code="f2", raffine="f"),
            "liste:sexe",
            "Deux choix",
        ),
        (
            ajouter_choix(NOYAU, "sexe", libelle=" ", code="f2", raffine="f"),
            "liste:sexe",
            "pas de libellé",
        ),
    ],
)
def test_each_problem_leads_to_its_place(doc, cle, attendu):
    (probleme,) = soucis(doc)
    assert probleme[0] == cle
    assert attendu in probleme[1]


def sans(variable: str) -> dict:
    doc = copie(NOYAU)
    for section in doc["sections"]:
        section["questions"] = [q for q in section["questions"] if q["variable"] != variable]
    return doc


def test_a_core_question_that_must_stay_is_claimed():
    assert soucis(sans("intensite")) == [
        (
            "question:intensite",
            "« Quelle est la gravité de la situation ? » doit être posée partout : reprenez cette "
            "question du socle.",
        )
    ]


def test_an_imported_form_that_betrays_the_noyau_is_refused():
    doc = copie(NOYAU)
    question(doc, "sexe").update(genre="texte_court", liste=None)
    question(doc, "age").update(obligatoire=False, condition=condition("contexte", "autre"))
    assert [cle for cle, _ in soucis(doc)] == ["question:age"] * 2 + ["question:sexe"]


def test_a_form_without_any_right_is_refused():
    doc = copie(NOYAU)
    doc["listes"]["droits"] = [document_option("autre", "Autre")]
    assert "liste:droits" in [cle for cle, _ in soucis(doc)]


def test_what_the_engine_alone_refuses_is_told_too():
    doc = copie(NOYAU)
    doc["sections"][0]["questions"].append(document_question("sexe_vans", couleur="rouge"))
    assert [cle for cle, _ in soucis(doc)] == ["question:sexe_vans"]
    assert soucis({"sections": []}) == [("", "Le formulaire n’indique pas « listes ».")]
