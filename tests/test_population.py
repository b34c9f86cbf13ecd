"""The population by age that an administrator loads: read whole, or refused with reasons."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pilotage.population import ERREURS_MAX, lire_population, tranches_d_age

TRANCHES = tranches_d_age()
COMPLET = {tranche.code: 1000 + rang for rang, tranche in enumerate(TRANCHES)}


def ecrire(valeurs, separateur=";", entete="Âge;Population"):
    lignes = [f"{age}{separateur}{n}" for age, n in valeurs]
    return "\r\n".join([*([entete.replace(";", separateur)] if entete else []), *lignes])


PAR_LIBELLE = [(tranche.libelle, COMPLET[tranche.code]) for tranche in TRANCHES]


def messages(contenu) -> list[str]:
    lecture = lire_population(contenu)
    assert lecture.effectifs == {}
    return [str(erreur) for erreur in lecture.erreurs]


def test_les_tranches_sont_celles_du_noyau_sans_trou():
    assert [(t.code, t.debut) for t in TRANCHES[:3]] == [
        ("a_m18", 0),
        ("a_18_24", 18),
        ("a_25_29", 25),
    ]
    for avant, apres in pairwise(TRANCHES):
        assert apres.debut == avant.fin + 1


@pytest.mark.parametrize(
    "contenu",
    [
        ecrire(PAR_LIBELLE).encode("utf-8-sig"),
        ecrire(PAR_LIBELLE).encode("cp1252"),
        ecrire(PAR_LIBELLE, separateur=",").encode(),
        ecrire(PAR_LIBELLE, separateur="\t", entete=""),
        ecrire(list(COMPLET.items()), entete="tranche;effectif"),
        ecrire(
            [
                (nom.replace("-", " à ").upper(), f"{n:,}".replace(",", " "))
                for nom, n in PAR_LIBELLE
            ]
        ),
        ecrire([(nom, f"{n},4") for nom, n in PAR_LIBELLE]),
        ecrire([*PAR_LIBELLE, ("Total", sum(COMPLET.values()))]),
        ecrire([*reversed(PAR_LIBELLE)], entete="Classe;Recensement 2023"),
    ],
)
def test_un_fichier_lisible_donne_les_habitants_de_chaque_tranche(contenu):
    lecture = lire_population(contenu)
    assert lecture.erreurs == ()
    assert lecture.effectifs == COMPLET


def test_les_colonnes_se_reconnaissent_a_leur_nom():
    lignes = [f"Les Vans;{n};x;{nom}" for nom, n in PAR_LIBELLE]
    contenu = "\n".join(["Commune;Population;Source;Tranche d’âge", *lignes])
    assert lire_population(contenu).effectifs == COMPLET


@given(st.lists(st.integers(0, 5000), min_size=101, max_size=101).filter(any))
@settings(max_examples=50, deadline=None)
def test_des_ages_annee_par_annee_se_rangent_dans_les_tranches(effectifs):
    lignes = [(age, n) for age, n in enumerate(effectifs[:100])] + [("100 et plus", effectifs[100])]
    lecture = lire_population(ecrire(lignes))
    assert lecture.erreurs == ()
    for tranche in TRANCHES:
        attendu = sum(n for age, n in enumerate(effectifs) if tranche.debut <= age <= tranche.fin)
        assert lecture.effectifs[tranche.code] == attendu


def test_chaque_ligne_fausse_est_dite_avec_son_numero():
    dits = messages("âge;population\n15-19;12\nvieux;3\n20;-4\n\n21\n18 à 24 ans;3\n22;4")
    assert [dit.partition("\u00a0:")[0] for dit in dits] == [
        f"Ligne {numero}" for numero in (2, 3, 4, 6, 8)
    ]
    assert "à cheval sur les tranches" in dits[0]
    assert "n’est pas un âge" in dits[1]
    assert "n’est pas un nombre d’habitants" in dits[2]
    assert "deux colonnes" in dits[3]
    assert "déjà compté à la ligne 7" in dits[4]


def test_une_tranche_absente_ou_incomplete_est_refusee():
    (dit,) = messages(ecrire(PAR_LIBELLE[:4] + PAR_LIBELLE[5:]))
    assert dit == "La tranche «\u00a040-49 ans\u00a0» manque."
    (dit,) = messages(ecrire([*PAR_LIBELLE[:4], ("46-48", 2), ("41-44", 3), *PAR_LIBELLE[5:]]))
    assert (
        dit == "Dans la tranche «\u00a040-49 ans\u00a0», il manque\u00a0: 40 ans, 45 ans et 49 ans."
    )
    (dit,) = messages(ecrire([*PAR_LIBELLE[:-1], ("80 ans et plus", 3)]))
    assert dit == "Dans la tranche «\u00a075 ans et plus\u00a0», il manque\u00a0: 75 à 79 ans."
    (dit,) = messages(ecrire([(age, 3) for age in range(95)]))
    assert dit == "Dans la tranche «\u00a075 ans et plus\u00a0», il manque\u00a0: 95 ans et plus."


def test_cent_ans_vaut_cent_ans_et_plus_comme_dans_les_fichiers_de_l_insee():
    lignes = [(f"{age:03}", age) for age in range(101)]
    lecture = lire_population(ecrire(lignes, entete="AGED100;NB"))
    assert lecture.erreurs == ()
    assert lecture.effectifs[TRANCHES[-1].code] == sum(range(75, 101))
    jusqu_a_105 = ecrire([(age, age) for age in range(106)])
    assert lire_population(jusqu_a_105).effectifs[TRANCHES[-1].code] == sum(range(75, 106))


def test_un_total_qui_ne_se_retrouve_pas_est_refuse():
    (dit,) = messages(ecrire([*PAR_LIBELLE, ("Ensemble", 12)]))
    assert dit.startswith("Ligne 11\u00a0: le total annoncé (12)")


def test_un_fichier_vide_sans_habitant_ou_enorme_est_refuse():
    assert messages(b"") == ["Le fichier est vide."]
    assert messages("\n ;\n") == ["Le fichier est vide."]
    assert messages(ecrire([(nom, 0) for nom, _ in PAR_LIBELLE])) == [
        "Aucun habitant n’est compté."
    ]
    assert "trop gros" in messages(b"1;2\n" * 100_000)[0]
    assert len(messages("x;y1\n" * 500)) == ERREURS_MAX


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400)))
@example("²;1\n1;²")
@example('"a\n;1')
@example("\0;1")
@settings(max_examples=100, deadline=None)
def test_n_importe_quel_fichier_se_lit_ou_se_refuse(contenu):
    lecture = lire_population(contenu)
    assert bool(lecture.effectifs) != bool(lecture.erreurs)
