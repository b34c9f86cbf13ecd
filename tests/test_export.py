"""Tables that leave the page as files and as words."""

import csv
import io

import pytest

from pilotage.export import Entete, Ligne, description_de, en_csv
from pilotage.export.mots import PHRASE_DU_BAROMETRE, notes_de
from pilotage.secret import SECRET
from tests.tableaux_affiches import (
    TOUS,
    UNE,
    ages,
    croisement,
    matrice,
    quarante,
    tableau,
    total_secret,
    vide,
)


def lire(contenu: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(contenu.decode("utf-8-sig")), delimiter=";"))


def test_un_tableur_francais_ouvre_le_fichier_tel_quel():
    contenu = en_csv(tableau())
    assert contenu.startswith(b"\xef\xbb\xbf")
    lignes = lire(contenu)
    assert lignes[0] == ["Titre", "Type de non-recours"]
    assert lignes[1] == ["Base", "n\u00a0=\u00a0671\u00a0non-recours"]
    assert lignes[2] == ["Période", "année 2026"]
    assert lignes[4] == ["Type", "Effectif", "Part (%\u00a0de la base)"]
    assert lignes[5] == ["Non-connaissance", "247", "36,8"]
    assert lignes[-1] == ["Note", PHRASE_DU_BAROMETRE]


@pytest.mark.parametrize("cle", TOUS)
def test_ce_qui_est_secret_se_lit_secret_et_la_note_le_dit(cle):
    affiche = TOUS[cle]
    lignes = lire(en_csv(affiche))
    combien = sum(ligne.valeurs.count(SECRET) for ligne in affiche.lignes)
    assert sum(ligne.count("secret") for ligne in lignes) >= combien
    notes = [ligne[1] for ligne in lignes if ligne[:1] == ["Note"]]
    assert any("seuil de diffusion (5)" in note for note in notes) == affiche.note_secret
    assert notes[-1] == PHRASE_DU_BAROMETRE


def test_un_croisement_s_exporte_avec_ses_marges():
    affiche = croisement(3)
    lignes = lire(en_csv(affiche))
    assert lignes[4][-1] == "Ensemble"
    assert lignes[5][1:] == [str(v) for v in (*affiche.lignes[0].valeurs, affiche.ensemble[0])]
    assert lignes[8][0] == "Ensemble"
    assert lignes[8][3] == "secret"
    assert lignes[8][-1] == str(affiche.n)


def test_la_population_s_exporte_a_cote():
    lignes = lire(en_csv(ages()))
    assert lignes[4][-2:] == ["Population", "Part (%\u00a0de la population)"]
    assert lignes[6] == ["18-24 ans", "31", "7,5", "840", "6,0"]
    assert lignes[5][:3] == ["Moins de 18 ans", "secret", "secret"]
    assert lignes[14][-2:] == ["", ""]


@pytest.mark.parametrize(("n", "donnees"), [(19, False), (20, True)])
def test_pas_de_part_sous_une_base_de_vingt(n, donnees):
    affiche = tableau(n=n, lignes=(Ligne("Oui", (n,)),))
    lignes = lire(en_csv(affiche))
    assert (lignes[5] == ["Oui", str(n), "100,0"]) == donnees
    assert ("100\u00a0%" in description_de(affiche)) == donnees
    assert any("Moins de" in note for note in notes_de(affiche))


def test_un_libelle_n_est_jamais_une_formule():
    lignes = lire(en_csv(tableau(titre="@SOMME", lignes=(Ligne('=1+1;"x"', (30,)),))))
    assert lignes[0][1] == "'@SOMME"
    assert lignes[5][0] == '\'=1+1;"x"'


def test_un_tableau_vide_ou_secret_dit_pourquoi():
    assert ["Rien à compter sur cette sélection."] in lire(en_csv(vide()))
    assert ["Effectif trop faible pour être diffusé."] in lire(en_csv(total_secret()))
    assert "secret (non-recours)" in description_de(total_secret())


def test_les_groupes_ont_leur_colonne():
    affiche = tableau(lignes=(Ligne("RSA", (30,), groupe="Ressources"), Ligne("Aspa", (20,))))
    lignes = lire(en_csv(affiche))
    assert lignes[4][0] == "Groupe"
    assert lignes[5][:3] == ["Ressources", "RSA", "30"]
    assert lignes[6][0] == ""


def test_une_distribution_se_dit_en_une_phrase_puis_ses_valeurs():
    dite = description_de(tableau())
    assert dite.startswith(
        "Type de non-recours (barres horizontales), année 2026, n\u00a0=\u00a0671\u00a0non-recours. "
    )
    assert "Non-connaissance\u00a0: 247 (37\u00a0%)\u202f; " in dite


def test_une_longue_liste_se_resume_et_dit_ce_qui_reste():
    assert "30\u00a0autres valeurs dans le tableau." in description_de(quarante())
    assert "1\u00a0valeur secrète." in description_de(quarante())
    assert len(description_de(quarante())) < 1200


def test_un_croisement_donne_ses_plus_grandes_cases():
    affiche = croisement(3)
    _, _, suite = description_de(affiche).partition(". ")
    assert suite.startswith("Prime d’activité, Non-réception\u00a0: 77")
    assert "2\u00a0valeurs secrètes." in suite


def test_une_matrice_ne_dit_chaque_paire_qu_une_fois():
    dite = description_de(matrice(3))
    assert "Prime d’activité, Revenu de solidarité active (RSA)" in dite
    assert "Revenu de solidarité active (RSA), Prime d’activité" not in dite


@pytest.mark.parametrize(
    "faux",
    [
        {"lignes": (Ligne("a", (1, 2)),)},
        {"total": (1, 2)},
        {"ensemble": (1,)},
        {"population": (1,)},
        {"entetes": (*UNE, Entete("b")), "lignes": ()},
        {"genre": "matrice", "entetes": (), "lignes": (Ligne("a", ()),)},
    ],
)
def test_un_tableau_mal_forme_est_refuse(faux):
    with pytest.raises(ValueError):
        tableau(**faux)
