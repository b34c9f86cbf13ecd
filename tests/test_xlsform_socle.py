"""In an imported form, core questions are recognised and what the core fixes stays fixed."""

import io

from openpyxl import load_workbook

from situations.noyau import document_noyau
from situations.xlsform import exporter
from tests.classeurs import OUI_NON, SURVEY, importe, lu, questions, raisons


def test_une_question_du_socle_se_reconnait_a_son_nom_et_garde_son_sens():
    rapport = lu(
        [
            (*SURVEY, "required", "constraint"),
            ("select_one ages", "age", "Son âge, à peu près ?", "no", None),
            ("integer", "famille", "Combien sont-ils ?", None, ". > 1"),
        ],
        [("list_name", "name", "label"), ("ages", "a_m18", "Mineure"), ("ages", "vieux", "Vieux")],
    )
    age, famille = questions(rapport).values()
    noyau = {q["variable"]: q for s in document_noyau()["sections"] for q in s["questions"]}
    assert age == noyau["age"] | {"libelle": "Son âge, à peu près ?"}
    assert famille == noyau["famille"] | {"libelle": "Combien sont-ils ?"}
    assert rapport.document["listes"]["age"] == document_noyau()["listes"]["age"]
    assert "reste obligatoire" in raisons(rapport, 2)
    assert "de type « select_one »" in raisons(rapport, 3).replace("\u00a0", " ")
    assert "le socle commun le fixe" in raisons(rapport, 3)
    assert "garde ses mots" in raisons(rapport, 2, "choices")
    assert "bnr_raffine" in raisons(rapport, 3, "choices")


def test_une_question_du_socle_au_mauvais_niveau_est_dite():
    rapport = lu(
        [SURVEY, ("text", "a", "A"), ("select_one on", "eligibilite", "Éligible ?")], OUI_NON
    )
    assert "eligibilite" not in questions(rapport)
    assert "posée pour chaque droit" in raisons(rapport, 3)


def test_ce_que_le_tableur_change_dans_notre_export_l_emporte():
    livre = load_workbook(
        io.BytesIO(exporter(document_noyau(), titre="T", identifiant="t", version="1"))
    )
    survey, choices = livre["survey"], livre["choices"]
    entetes = {cellule.value: cellule.column for cellule in survey[1]}
    rang = {ligne[1].value: ligne[0].row for ligne in survey.iter_rows()}
    survey.cell(rang["enfants"], entetes["relevant"], "${famille} = 'f_mono'")
    survey.cell(rang["zone"], entetes["label::Français (fr)"], "Où habite-t-elle ?")
    survey.cell(rang["recit"], entetes["constraint"], "string-length(.) <= 5000")
    choices.cell(2, 3, "Tout jeune")
    flux = io.BytesIO()
    livre.save(flux)
    rapport = importe(flux.getvalue())
    lues = questions(rapport)
    assert lues["enfants"]["condition"]["clauses"] == [
        {"variable": "famille", "valeurs": ["f_mono"]}
    ]
    assert lues["zone"]["libelle"] == "Où habite-t-elle ?"
    assert lues["recit"]["max"] == 600
    assert "le socle commun le fixe" in raisons(rapport, rang["recit"])
    assert rapport.document["listes"]["age"][0]["libelle"] == "Moins de 18 ans"
    assert "Tout jeune" in raisons(rapport, 2, "choices")


def test_une_reponse_locale_precise_une_reponse_du_socle_sinon_elle_est_dite():
    rapport = lu(
        [SURVEY, ("select_one motifs", "logement", "Son logement ?")],
        [
            ("list_name", "name", "label", "bnr_raffine"),
            ("motifs", "l_hlm", "Logement social", None),
            ("motifs", "caravane", "Caravane sur terrain familial", "l_prop"),
            ("motifs", "yourte", "Yourte", None),
        ],
    )
    options = {o["code"]: o for o in rapport.document["listes"]["logement"]}
    assert options["caravane"]["raffine"] == "l_prop"
    assert options["caravane"]["local"]
    assert "yourte" not in options
    assert "bnr_raffine" in raisons(rapport, 4, "choices")


def test_un_import_ne_change_pas_le_noyau_qu_on_lui_donne():
    document = document_noyau()
    contenu = exporter(document, titre="T", identifiant="t", version="1")
    importe(contenu).document["listes"]["age"][0]["libelle"] = "autre chose"
    assert importe(contenu).document == document_noyau()
