"""An exported form converts for Kobo and ODK without a warning, and comes back the same."""

import io
from copy import deepcopy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from situations.moteur.definition import Definition
from situations.noyau import document_noyau
from situations.xlsform import exporter, importer
from tests.definitions import (
    OUI_NON,
    condition,
    document_option,
    document_question,
    document_section,
    documents,
)

LENT = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def exporte(document: dict) -> bytes:
    return exporter(document, titre="Pays des Vans", identifiant="pays-des-vans", version="7")


def convertir(contenu: bytes) -> str:
    """What pyxform makes of it; any warning fails."""
    avertissements: list[str] = []
    xform = convert(contenu, warnings=avertissements).xform
    assert avertissements == []
    return xform


def relu(document: dict):
    rapport = importer(exporte(document), noyau=document_noyau(), territoire="pays-des-vans")
    assert rapport.refus == ""
    return rapport


def formulaire(*questions: dict, **listes) -> dict:
    return {"sections": [document_section("s", list(questions))], "listes": listes}


def colonnes(contenu: bytes, feuille: str) -> list[dict[str, str]]:
    entetes, *lignes = load_workbook(io.BytesIO(contenu))[feuille].iter_rows(values_only=True)
    return [
        {e: v for e, v in zip(entetes, ligne, strict=True) if v is not None} for ligne in lignes
    ]


def par_nom(document: dict) -> dict[str, dict[str, str]]:
    return {ligne.get("name", ""): ligne for ligne in colonnes(exporte(document), "survey")}


def test_le_noyau_se_convertit_sans_avertissement():
    xform = convertir(exporte(document_noyau()))
    assert xform.count("<repeat ") == 1
    assert 'id="pays-des-vans"' in xform
    assert 'version="7"' in xform


def test_le_noyau_revient_identique_et_sans_rien_a_dire():
    rapport = relu(document_noyau())
    assert rapport.document == document_noyau()
    assert rapport.ecartes == []
    assert rapport.remarques == []


@LENT
@given(documents())
def test_tout_formulaire_se_convertit_et_revient_identique(document):
    avant = deepcopy(document)
    convertir(exporte(document))
    rapport = relu(document)
    assert rapport.document == avant == document
    assert rapport.ecartes == []


TEXTES = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
    st.sampled_from(
        ["", "=1+1", "${age} ans", "#N/A", " bord ", "a\r\nb", "oui", "null", "[1]", '"', "\x0b"]
    ),
)


@LENT
@given(st.data())
def test_les_textes_les_plus_etranges_reviennent_identiques(data):
    def texte() -> str:
        return data.draw(TEXTES)

    document = formulaire(
        document_question("q", liste="l", libelle=texte(), aide=texte()),
        l=[
            document_option("a", precision=texte(), attribut=texte()) | {"libelle": texte()},
            document_option("b", listes=[texte()], vrai=True, rien=None),
        ],
    )
    document["sections"][0] |= {"titre": texte(), "aide": texte()}
    convertir(exporte(document))
    assert relu(document).document == document


def test_conditions_bornes_et_exclusions_s_ecrivent_en_xlsform():
    lignes = par_nom(
        formulaire(
            document_question("un", liste="oui_non"),
            document_question("plusieurs", "choix_multiple", liste="oui_non", max=2),
            document_question("age", "entier", min=0, max=120),
            document_question("recit", "texte_long", max=600, obligatoire=True),
            document_question(
                "toutes",
                "mois",
                condition={
                    "mode": "toutes",
                    "clauses": [
                        {"variable": "un", "valeurs": ["oui", "non"]},
                        {"variable": "plusieurs", "valeurs": ["oui"]},
                    ],
                },
            ),
            document_question("une", condition=condition("un", "oui", "non"), liste="oui_non"),
            document_question("autre", liste="oui_non", exclut=["un", "plusieurs"]),
            oui_non=[OUI_NON[0], OUI_NON[1] | {"exclusif": True}],
        )
    )
    assert lignes["toutes"]["relevant"] == (
        "(${un} = 'oui' or ${un} = 'non') and selected(${plusieurs}, 'oui')"
    )
    assert lignes["une"]["relevant"] == "${un} = 'oui' or ${un} = 'non'"
    assert lignes["age"]["constraint"] == ". >= 0 and . <= 120"
    assert lignes["recit"]["constraint"] == "string-length(.) <= 600"
    assert lignes["recit"]["required"] == "yes"
    assert lignes["plusieurs"]["constraint"] == (
        "count-selected(.) <= 2 and not(selected(., 'non') and count-selected(.) > 1)"
    )
    assert lignes["autre"]["constraint"] == (
        "not(selected(., ${un})) and not(selected(${plusieurs}, .))"
    )
    assert lignes["plusieurs"]["constraint_message::Français (fr)"].startswith(
        "2\u00a0réponses au plus."
    )


def test_les_motifs_suivent_les_types():
    filtre = par_nom(document_noyau())["motif_principal"]["choice_filter"]
    motifs = [
        ligne
        for ligne in colonnes(exporte(document_noyau()), "choices")
        if ligne["list_name"] == "motifs"
    ]
    assert "bnr_filtre_type = ${type}" in filtre
    assert "selected(${types_secondaires}, bnr_filtre_type)" in filtre
    assert {m["bnr_filtre_type"] for m in motifs} >= {"NC", "ND", "NR", "NP"}


def test_noms_que_xlsform_refuse():
    document = formulaire(
        document_question("meta", liste="ma liste", condition=None),
        document_question("s", liste="ma liste", condition=condition("meta", "deux mots")),
        **{"ma liste": [document_option("deux mots"), document_option("l'été")]},
    )
    convertir(exporte(document))
    assert relu(document).document == document


def test_section_vide_et_liste_sans_question():
    document = formulaire(document_question("q", "mois"), libre=OUI_NON)
    document["sections"].append(document_section("vide", []))
    convertir(exporte(document))
    assert relu(document).document == document


def test_choix_locaux_et_droits_masques_reviennent():
    document = document_noyau() | {"listes": deepcopy(document_noyau()["listes"])}
    local = document_option("caravane", "Caravane", local=True, raffine="l_fortune")
    local["raffine"] = document["listes"]["logement"][-2]["code"]
    document["listes"]["logement"].insert(1, local)
    document["listes"]["droits"] = document["listes"]["droits"][3:]
    assert relu(document).document == document


def test_la_definition_relue_se_compile():
    assert Definition.depuis(relu(document_noyau()).document).document() == document_noyau()
