import csv
import random
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from situations.recherche import Index, distance

DONNEES = Path(__file__).parent.parent / "situations" / "donnees"


def lire(nom: str) -> list[dict[str, str]]:
    with (DONNEES / nom).open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


DOMAINES = {ligne["code"]: ligne["libelle"] for ligne in lire("domaines.csv")}
DROITS = [
    {
        "code": ligne["code"],
        "libelle": ligne["libelle"],
        "domaine": ligne["domaine"],
        "domaine_libelle": DOMAINES[ligne["domaine"]],
        "synonymes": ligne["synonymes"],
    }
    for ligne in lire("droits.csv")
]
INDEX = Index(DROITS)


@pytest.mark.parametrize(
    ("texte", "premier"),
    [
        ("aspa", "aspa"),
        ("ASPA", "aspa"),
        ("C2S", "c2s"),
        ("apl", "al"),
        ("als", "al"),
        ("rsa", "rsa"),
        ("ppa", "ppa"),
        ("aah", "aah"),
        ("fsl", "fsl_acces"),
        ("fsl énergie", "fsl_energie"),
        ("impayé loyer", "fsl_maintien"),
        ("dalo", "dalo"),
        ("115", "hebergement"),
        ("minimum vieillesse", "aspa"),
        ("restos du cœur", "aide_alim"),
        ("restos coeur", "aide_alim"),
        ("banque alimentaire", "aide_alim"),
        ("chomage", "are"),
        ("cmu", "c2s"),
        ("CMU-C", "c2s"),
        ("mutuelle gratuite", "c2s"),
        ("carte vitale", "protection_maladie"),
        ("chéque energi", "cheque_energie"),
        ("tarif social gaz", "cheque_energie"),
        ("facture electricite", "cheque_energie"),
        ("aide electricite", "cheque_energie"),
        ("prime activite", "ppa"),
        ("primes de noel", "prime_noel"),
        ("allocatoin veuvage", "veuvage"),
        ("allocation familiale", "af"),
        ("complém fam", "cf"),
        ("bourse collège", "bourse_college"),
        ("bourses du lycée", "bourse_lycee"),
        ("étudiant", "bcs"),
        ("ma prime rénov", "anah"),
        ("maprimerenov", "anah"),
        ("locapass", "locapass"),
        ("loca-pass", "locapass"),
        ("pass sport", "culture_sport"),
        ("pôle emploi", "inscription_ft"),
        ("reversoin", "reversion"),
        ("surendetement", "surendettement"),
        ("domiciliaton", "domiciliation"),
        ("titre de sejour", "sejour"),
        ("avocat", "aide_jur"),
        ("tutelle", "protection_majeurs"),
        ("pension alimentaire", "aripa"),
        ("médiation num", "mediation_num"),
        ("je cherche à payer la cantine des enfants", "cantine"),
        ("apa domicile", "apa_dom"),
        ("apa établissement", "apa_etab"),
    ],
)
def test_le_premier_propose(texte, premier):
    assert INDEX.chercher(texte)[0] == premier


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("énergie", {"cheque_energie", "eau", "telecom", "impayes_energie", "fsl_energie"}),
        ("c2s", {"c2s", "c2s_part"}),
        ("complém", {"cf", "cmg", "c2s"}),
        ("handicap", {"aah", "pch", "aeeh", "rqth"}),
        ("apa", {"apa_dom", "apa_etab"}),
        ("masp", {"protection_majeurs", "pcb"}),
        ("fsl", {"fsl_acces", "fsl_maintien", "fsl_energie", "aide_fin_cd"}),
        ("télé assistance", {"teleassistance"}),
    ],
)
def test_ce_qui_est_propose(texte, attendus):
    assert attendus <= set(INDEX.chercher(texte))


def test_un_domaine_propose_d_abord_les_droits_qui_portent_le_mot():
    codes = INDEX.chercher("énergie")
    assert codes[:2] == ["cheque_energie", "impayes_energie"]
    assert codes[-3:] == ["eau", "telecom", "autre"]


@pytest.mark.parametrize("texte", ["zzzz", "succession", "aspa", "énergie"])
def test_autre_ferme_la_liste_quand_il_reste_de_la_place(texte):
    codes = INDEX.chercher(texte)
    assert codes[-1] == "autre"
    assert len(codes) <= 8


def test_autre_est_le_premier_quand_on_le_demande():
    assert INDEX.chercher("autre")[0] == "autre"


def test_une_liste_sans_autre_n_en_propose_pas():
    sans_autre = Index([droit for droit in DROITS if droit["code"] != "autre"])
    assert sans_autre.chercher("zzzz") == []


@pytest.mark.parametrize("texte", ["", "   ", "\n", "?!", "«\u00a0»"])
def test_rien_a_chercher(texte):
    assert INDEX.chercher(texte) == []


def test_la_limite_est_tenue():
    assert len(INDEX.chercher("allocation", limite=3)) == 3
    assert INDEX.chercher("aspa", limite=1) == ["aspa"]


def test_dix_mille_caracteres_sont_coupes():
    assert INDEX.chercher("azertyuiop " * 1000) == ["autre"]
    assert INDEX.chercher("aspa " + "x" * 10_000)[0] == "aspa"


def test_un_droit_local_sans_synonyme_est_trouve():
    local = {"code": "l_bus", "libelle": "Ticket bus à 1 €", "domaine_libelle": "Mobilité"}
    assert Index([*DROITS, local]).chercher("ticket bus") == ["l_bus", "autre"]


@pytest.mark.parametrize(
    ("a", "b", "ecart"),
    [
        ("aspa", "aspa", 0),
        ("apsa", "aspa", 1),
        ("asp", "aspa", 1),
        ("bspa", "aspa", 1),
        ("chomage", "chaumage", 2),
        ("rsa", "apl", 3),
        ("abcdef", "a", 3),
    ],
)
def test_distance(a, b, ecart):
    assert distance(a, b, limite=2) == distance(b, a, limite=2) == ecart


SIGLES = [
    (sigle, droit["code"])
    for droit in DROITS
    for parenthese in re.findall(r"\(([^)]*)\)", droit["libelle"])
    for sigle in re.findall(r"\w+", parenthese)
    if sigle == parenthese or len(re.findall(r"[A-Z0-9]", sigle)) > 1
]


@pytest.mark.parametrize(("sigle", "code"), SIGLES)
def test_un_droit_est_trouve_par_son_sigle(sigle, code):
    assert code in INDEX.chercher(sigle)


@settings(max_examples=100)
@given(st.sampled_from(DROITS), st.data())
def test_une_lettre_oubliee_ou_deux_inversees_n_empechent_rien(droit, data):
    libelle = droit["libelle"]
    i = data.draw(st.sampled_from([i for i, c in enumerate(libelle) if c.isalpha()]))
    if data.draw(st.booleans()) or not libelle[i + 1 : i + 2].isalpha():
        fautif = libelle[:i] + libelle[i + 1 :]
    else:
        fautif = libelle[:i] + libelle[i + 1] + libelle[i] + libelle[i + 2 :]
    assert droit["code"] in INDEX.chercher(fautif)


def sans_accents(texte: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c))


@settings(max_examples=100)
@given(st.sampled_from(DROITS), st.integers(1, 30))
def test_ni_les_accents_ni_la_casse_ne_comptent(droit, longueur):
    debut = droit["libelle"][:longueur]
    attendu = INDEX.chercher(debut)
    assert INDEX.chercher(debut.upper()) == attendu
    assert INDEX.chercher(sans_accents(debut).lower()) == attendu


def test_l_ordre_des_droits_de_meme_valeur_est_celui_de_la_liste():
    melanges = random.Random(1).sample(DROITS, len(DROITS))
    assert INDEX.chercher("bourse", 2) == ["bourse_college", "bourse_lycee"]
    rangs = {droit["code"]: rang for rang, droit in enumerate(melanges)}
    codes = Index(melanges).chercher("bourse", 2)
    assert codes == sorted(["bourse_college", "bourse_lycee"], key=rangs.get)


@settings(max_examples=50)
@given(st.text(max_size=60), st.integers(1, 10))
def test_n_importe_quel_texte_donne_une_liste_de_droits_sans_doublon(texte, limite):
    codes = INDEX.chercher(texte, limite)
    assert len(codes) == len(set(codes)) <= limite
    assert set(codes) <= {droit["code"] for droit in DROITS}
