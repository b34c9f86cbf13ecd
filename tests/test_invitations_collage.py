"""A pasted list: read whatever separates its cells and orders its columns, and never invented."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.collage import Comite, Ligne, lire, proche, trouver_comites, trouver_organisme

ORGANISMES = ("CCAS des Vans", "Caf de l’Ardèche", "Secours Catholique – Les Vans")
COMITES = (
    Comite("pilotage", "Comité de pilotage"),
    Comite("technique", "Comité technique"),
    Comite("groupe_de_travail", "Groupe de travail"),
)
DENISE = ("Denise Pialat", "denise@ccas.example", "CCAS des Vans", "GT")
JEAN = ("Dupont, Jean ; dit « Jeannot »", "jean@caf.example", "Caf de l'Ardèche", "COTECH")


def lues(texte: str) -> list[tuple[str, ...]]:
    lignes = lire(texte, organismes=ORGANISMES, comites=COMITES)
    return [(ligne.nom, ligne.email, ligne.organisme, ligne.comite) for ligne in lignes]


@pytest.mark.parametrize("separateur", ["\t", ";", ","])
@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
def test_chaque_separateur_et_chaque_fin_de_ligne(separateur, fin):
    texte = fin.join(
        separateur.join(
            f'"{cellule}"' if separateur in cellule else cellule for cellule in personne
        )
        for personne in (DENISE, JEAN)
    )
    assert lues(texte) == [DENISE, JEAN]


def test_les_titres_donnent_l_ordre_des_colonnes():
    texte = "Comité;Téléphone;Courriel;Structure;Prénom;NOM\nGT;0612;d@x.example;CCAS;Denise;Pialat"
    assert lues(texte) == [("Denise Pialat", "d@x.example", "CCAS", "GT")]


def test_sans_titre_le_contenu_donne_l_ordre():
    """The organisme nobody knows is in the column where the others are known."""
    texte = (
        "gt\td@x.example\tCCAS des Vans\tDenise\n"
        "copil\tj@x.example\tMairie inconnue\tJean\n"
        "gt\tpas d’adresse\tCCAS des Vans\tZoé"
    )
    assert lues(texte) == [
        ("Denise", "d@x.example", "CCAS des Vans", "gt"),
        ("Jean", "j@x.example", "Mairie inconnue", "copil"),
        ("Zoé", "pas d’adresse", "CCAS des Vans", "gt"),
    ]


def test_trois_morceaux_colles_l_un_sous_l_autre():
    """Semicolons, then a spreadsheet, then commas in another order: each line is read as it is."""
    texte = (
        "Denise Pialat;denise@ccas.example;CCAS des Vans;GT\n"
        'Jean Petit\tjean@caf.example\tCaf de l’Ardèche\t"Comité\ntechnique"\t\t\n'
        "Comité,Organisme,E-mail,Nom\n"
        "GT,CCAS des Vans,zoe@ccas.example,Zoé"
    )
    assert lues(texte) == [
        DENISE,
        ("Jean Petit", "jean@caf.example", "Caf de l’Ardèche", "Comité technique"),
        ("Zoé", "zoe@ccas.example", "CCAS des Vans", "GT"),
    ]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Denise Pialat <denise@x.example>", ("Denise Pialat", "denise@x.example", "", "")),
        (
            '"Pialat, Denise" <denise@x.example>;;;GT',
            ("Pialat, Denise", "denise@x.example", "", "GT"),
        ),
        ("denise@x.example", ("", "denise@x.example", "", "")),
        ("Denise denise@x.example", ("Denise", "denise@x.example", "", "")),
        ("mailto:denise@x.example", ("", "denise@x.example", "", "")),
        (
            "\ufeff\u00a0 Denise\u202f;\u200bdenise@x.example ;",
            ("Denise", "denise@x.example", "", ""),
        ),
        ('Denise "la grande";denise@x.example', ('Denise "la grande"', "denise@x.example", "", "")),
        ('"Denise;denise@x.example', ('"Denise', "denise@x.example", "", "")),
        ("Denise\x00;denise@x.example", ("Denise", "denise@x.example", "", "")),
    ],
)
def test_une_ligne_telle_qu_on_la_colle(texte, attendu):
    assert lues(texte) == [attendu]


def test_une_ligne_d_adresses_est_autant_de_personnes():
    assert lues("a@x.example; Zoé Roux <b@x.example>; c@x.example;") == [
        ("", "a@x.example", "", ""),
        ("Zoé Roux", "b@x.example", "", ""),
        ("", "c@x.example", "", ""),
    ]


def test_le_numero_est_celui_de_la_ligne_dans_le_texte():
    texte = 'Nom;E-mail\n\n"Denise\nPialat";d@x.example\nJean;j@x.example'
    lignes = lire(texte, organismes=ORGANISMES, comites=COMITES)
    assert [(ligne.numero, ligne.nom) for ligne in lignes] == [(3, "Denise Pialat"), (5, "Jean")]


def test_rien_a_lire():
    for texte in ("", "\n\n", " ; ; \n\t\t", "Nom;E-mail;Organisme;Comité"):
        assert lues(texte) == []


@pytest.mark.parametrize(
    ("texte", "rangs"),
    [("GT", [2]), ("cotech", [1]), ("COPIL", [0]), ("comite TECHNIQUE", [1]), ("CA", []), ("", [])],
)
def test_un_comite_se_reconnait_a_son_nom_ou_a_son_abrege(texte, rangs):
    assert trouver_comites(texte, COMITES) == rangs


def test_un_abrege_qui_designe_deux_groupes_n_en_choisit_aucun():
    groupes = (*COMITES, Comite("groupe_de_travail", "GT Bourses"))
    assert trouver_comites("gt", groupes) == [2, 3]
    assert trouver_comites("gt bourses", groupes) == [3]


def test_un_organisme_se_reconnait_sans_accents_ni_ponctuation():
    assert trouver_organisme("caf de l'ardeche", ORGANISMES) == "Caf de l’Ardèche"
    assert trouver_organisme("SECOURS CATHOLIQUE LES VANS", ORGANISMES) == ORGANISMES[2]
    assert trouver_organisme("Caf", ORGANISMES) is None
    assert trouver_organisme("", ORGANISMES) is None
    assert proche("CCAS des Vants", ORGANISMES) == "CCAS des Vans"
    assert proche("Mission locale", ORGANISMES) is None


mots = st.text(
    st.characters(codec="utf-8", categories=("L", "N"), include_characters=" -'’.;,\t\""),
    max_size=30,
).map(lambda texte: " ".join(texte.split()))
personnes = st.tuples(
    mots.filter(lambda m: m and "@" not in m),
    st.from_regex(r"[a-z]{1,8}\.[a-z]{1,8}@[a-z]{2,8}\.example", fullmatch=True),
    st.sampled_from(ORGANISMES),
    st.sampled_from(["GT", "COPIL", "Comité technique"]),
)


@settings(max_examples=100)
@given(st.lists(personnes, min_size=1, max_size=8), st.sampled_from("\t;,"))
def test_ce_qu_un_tableur_ecrit_se_relit(liste, separateur):
    """Whatever the names hold, what a CSV writer quotes is read back as it was."""
    flux = io.StringIO()
    ecrivain = csv.writer(flux, delimiter=separateur, quoting=csv.QUOTE_ALL)
    ecrivain.writerow(["Nom", "E-mail", "Organisme", "Comité"])
    ecrivain.writerows(liste)
    assert lues(flux.getvalue()) == [tuple(personne) for personne in liste]


@settings(max_examples=100)
@given(st.text(max_size=400))
def test_n_importe_quel_texte_se_lit_sans_rien_inventer(texte):
    lignes = lire(texte, organismes=ORGANISMES, comites=COMITES)
    assert len(lignes) <= texte.count("@") + len(texte.splitlines()) + 1
    for ligne in lignes:
        assert isinstance(ligne, Ligne)
        lus = "".join((ligne.nom, ligne.email, ligne.organisme, ligne.comite))
        assert "\n" not in lus
        assert set(lus) <= set(texte) | {" "}
