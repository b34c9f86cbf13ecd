"""Files that are no XLSForm, or mean harm, are refused with one clear sentence."""

import csv
import io
import random
import zipfile

import pytest
from openpyxl import Workbook

from situations.noyau import document_noyau
from situations.xlsform import exporter
from situations.xlsform.archive import TAILLE_MAX
from tests.classeurs import SURVEY, archive, classeur, importe, lu, raisons, remplacer

SIMPLE = classeur([SURVEY, ("text", "a", "A")])


def refus(contenu: bytes) -> str:
    rapport = importe(contenu)
    assert rapport.document is None
    assert rapport.refus[0].isupper()
    assert rapport.refus.endswith(".")
    return rapport.refus


def en_csv() -> bytes:
    flux = io.StringIO()
    csv.writer(flux).writerows([SURVEY, ("text", "a", "A")])
    return flux.getvalue().encode()


def chiffre() -> bytes:
    """The directory of an archive whose entries are said to be encrypted."""
    contenu = bytearray(SIMPLE)
    for signature, decalage in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        debut = contenu.find(signature)
        while debut >= 0:
            contenu[debut + decalage] |= 1
            debut = contenu.find(signature, debut + 4)
    return bytes(contenu)


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (b"", "vide"),
        (en_csv(), "n’est pas un classeur .xlsx"),
        (b"%PDF-1.7 trois fois rien", "n’est pas un classeur .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "ancien classeur .xls"),
        (archive(photo_dot_jpg=b"x"), "archive .zip"),
        (archive(word__document_dot_xml=b"<a/>"), "document Word"),
        (archive(content_dot_xml=b"<a/>", mimetype=b"ods"), "LibreOffice"),
        (remplacer(SIMPLE, "xl/vbaProject.bin", b"macro"), "macros"),
        (chiffre(), "mot de passe"),
        (SIMPLE[:-200], "abîmé"),
        (SIMPLE + bytes(TAILLE_MAX), "plus de 5"),
        (remplacer(SIMPLE, "xl/workbook.xml", b"<workbook"), "abîmé"),
        (remplacer(SIMPLE, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"), "abîmé"),
    ],
)
def test_un_fichier_qui_n_est_pas_un_classeur(contenu, dit):
    assert dit in refus(contenu).replace("\u00a0", " ")


def test_un_classeur_a_macros_renomme():
    types = zipfile.ZipFile(io.BytesIO(SIMPLE)).read("[Content_Types].xml")
    macro = types.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert "macros" in refus(remplacer(SIMPLE, "[Content_Types].xml", macro))


@pytest.mark.parametrize(
    "partie", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_une_bombe_de_compression(partie):
    assert "démesuré" in refus(remplacer(SIMPLE, partie, b" " * 30_000_000))


@pytest.mark.parametrize(
    ("partie", "contenu"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + b"<row/>" * 2_000_000),
        ("xl/worksheets/sheet1.xml", b"<worksheet><row>" + b"<c><v>1</v></c>" * 500_000),
        ("xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 500_000),
        ("xl/styles.xml", b"<styleSheet><cellXfs>" + b"<xf/>" * 150_000),
    ],
)
def test_une_avalanche_de_balises(partie, contenu):
    assert "démesuré" in refus(remplacer(SIMPLE, partie, contenu))


def test_un_xml_qui_enfle():
    bombe = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "' + b"ha" * 500 + b'">'
    bombe += b"".join(
        b'<!ENTITY x%d "%s">' % (n, b"&x%d;" % (n - 1) * 20 if n else b"&x;" * 20) for n in range(8)
    )
    bombe += b'<!ENTITY xx "&x7;">]><worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&xx;</t></is></c></row></sheetData></worksheet>'
    assert "abîmé" in refus(remplacer(SIMPLE, "xl/worksheets/sheet1.xml", bombe))


def feuille_de(lignes: int, nom: str = "survey") -> bytes:
    livre = Workbook(write_only=True)
    survey = livre.create_sheet("survey")
    survey.append(SURVEY)
    survey.append(("select_one l", "a", "A"))
    feuille = survey if nom == "survey" else livre.create_sheet(nom)
    if nom == "choices":
        feuille.append(("list_name", "name", "label"))
    for rang in range(lignes):
        feuille.append(("text" if nom == "survey" else "l", f"q{rang}", f"Question {rang}"))
    flux = io.BytesIO()
    livre.save(flux)
    return flux.getvalue()


@pytest.mark.parametrize("nom", ["survey", "choices"])
@pytest.mark.parametrize("lignes", [6_000, 20_000])
def test_des_milliers_de_lignes(lignes, nom):
    assert "plus de" in refus(feuille_de(lignes, nom))


def test_des_centaines_de_colonnes_ou_de_milliers_de_cellules():
    assert "colonnes" in refus(classeur([[f"c{n}" for n in range(400)], ["x"] * 400]))
    large = [("type", "name", *(f"c{n}" for n in range(100)))] + [["text"] * 102] * 1_000
    assert "cellules" in refus(classeur(large))


def test_un_gros_classeur_de_texte_sous_la_taille_permise():
    hasard = random.Random(3)
    lignes = [("text", f"q{n}", hasard.randbytes(3_000).hex()) for n in range(1_000)]
    contenu = classeur([SURVEY, *lignes])
    assert 3_000_000 < len(contenu) < TAILLE_MAX
    assert "questions" in refus(contenu)


def test_des_lignes_mises_en_forme_mais_vides_ne_comptent_pas():
    lignes = [SURVEY, ("text", "a", "A"), *[(None, None, None)] * 5]
    contenu = classeur(lignes)
    vides = b"".join(b'<row r="%d"/>' % n for n in range(8, 30_000))
    source = zipfile.ZipFile(io.BytesIO(contenu)).read("xl/worksheets/sheet1.xml")
    rapport = importe(
        remplacer(
            contenu,
            "xl/worksheets/sheet1.xml",
            source.replace(b"</sheetData>", vides + b"</sheetData>"),
        )
    )
    assert rapport.refus == ""


@pytest.mark.parametrize(
    ("survey", "dit"),
    [
        ([], "pas de feuille « survey »"),
        ([SURVEY], "est vide"),
        ([("name", "label"), ("a", "A")], "pas de colonne « type »"),
        ([("type", "label"), ("text", "A")], "pas de colonne « name »"),
        ([SURVEY, ("geopoint", "a", "A")], "Aucune question"),
    ],
)
def test_des_feuilles_ou_colonnes_manquantes(survey, dit):
    contenu = classeur(survey, choices=[("list_name", "name"), ("l", "a")])
    assert dit in refus(contenu).replace("\u00a0", " ")


def test_choices_sans_nom_de_liste():
    contenu = classeur([SURVEY, ("text", "a", "A")], [("name", "label"), ("a", "A")])
    assert "list_name" in refus(contenu)


def test_une_formule_n_est_pas_reprise_et_sa_ligne_est_dite():
    rapport = lu(
        [SURVEY, ("text", "a", '=HYPERLINK("http://x")'), ("text", "=1+1", "B"), ("text", "c", "C")]
    )
    libelles = [q["libelle"] for q in rapport.document["sections"][0]["questions"]]
    assert libelles == ["a", "C"]
    assert "label : cette cellule est une formule" in raisons(rapport, 2)
    assert "name : cette cellule est une formule" in raisons(rapport, 3)


@pytest.mark.parametrize(
    "cellule",
    [
        "[" * 30_000,
        "9" * 5_000,
        '{"a": 1}',
        "[[0, [1]]]",
        "null",
        "NaN",
        '"texte"',
        "-1e400",
        "oui",
    ],
)
def test_des_colonnes_bnr_falsifiees(cellule):
    colonnes = ("noyau", "sensible", "doit_etre_posee", "min", "max", "classes", "condition")
    colonnes += (
        "filtre",
        "exclut",
        "propose",
        "variable",
        "libelle",
        "aide",
        "genre",
        "code",
        "titre",
    )
    entetes = (*SURVEY, *(f"bnr_{nom}" for nom in colonnes))
    remplies = (cellule,) * len(colonnes)
    attributs = ("liste", "code", "exclusif", "raffine", "local", "domaine", "organismes")
    attributs += ("sensible", "synonymes", "precision", "type", "filtre_type")
    rapport = lu(
        [
            entetes,
            ("begin_group", "g", "G", *remplies),
            ("select_one l", "a", "A", *remplies),
            ("select_multiple logement", "logement", "B", *remplies),
            ("begin_repeat", "droits", "D", *remplies),
            ("select_one droits", "droit", "D", *remplies),
            ("end_repeat", "", ""),
            ("end_group", "", ""),
        ],
        [
            ("list_name", "name", "label", *(f"bnr_{nom}" for nom in attributs)),
            ("l", "x", "X", *(cellule,) * len(attributs)),
            ("l", "y", "Y", *(cellule,) * len(attributs)),
            ("droits", "rsa", "RSA", *(cellule,) * len(attributs)),
            ("droits", "a_nous", "À nous", *(cellule,) * len(attributs)),
        ],
    )
    assert rapport.refus or rapport.document


def test_un_classeur_abime_au_hasard_ne_fait_jamais_planter():
    hasard = random.Random(11)
    source = exporter(document_noyau(), titre="T", identifiant="t", version="1")
    with zipfile.ZipFile(io.BytesIO(source)) as zip_:
        parties = {nom: zip_.read(nom) for nom in zip_.namelist()}
    for _ in range(60):
        nom = hasard.choice(list(parties))
        contenu = bytearray(parties[nom])
        for _ in range(hasard.randint(1, 8)):
            contenu[hasard.randrange(len(contenu))] = hasard.randrange(256)
        rapport = importe(remplacer(source, nom, bytes(contenu)))
        assert (rapport.document is None) == bool(rapport.refus)
    for _ in range(40):
        contenu = bytearray(source)
        contenu[hasard.randrange(len(contenu))] ^= 1 << hasard.randrange(8)
        rapport = importe(bytes(contenu))
        assert (rapport.document is None) == bool(rapport.refus)
