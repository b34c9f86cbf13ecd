"""The only door to display: everything for who reads situations, a batch for the others."""

from datetime import date

import pytest
from django.http import QueryDict

from pilotage.demande import Demande
from pilotage.preparation import Lecteur, preparer
from pilotage.secret import SECRET, Audience, Provenance, du_lot, libre
from pilotage.statistiques import Distribution, Ligne, Plan, Statistiques

LE_3 = Provenance(Audience.TERRITOIRE, 5, date(2026, 11, 3))
MONTRE = {
    "situations": 40,
    "non_recours": None,
    "cumul": None,
    "contributeurs": 7,
    "distributions": {
        "age": {
            "libelle": "Âge",
            "base": "situations",
            "total": 40,
            "lignes": [["a", "Jeunes", 30, None], ["b", "Vieux", None, None]],
            "sans_reponse": None,
            "multiple": False,
        }
    },
    "croisements": [
        {
            "variables": ["age", "sexe"],
            "libelles": ["Âge", "Sexe"],
            "base": "situations",
            "multiple": False,
            "lignes": [["a", "Jeunes"]],
            "colonnes": [["f", "Femmes"]],
            "cellules": [[None]],
            "marge_lignes": [30],
            "marge_colonnes": [None],
            "total": 40,
        }
    ],
}


def test_un_lot_ne_montre_que_ce_qu_il_dit():
    montre = du_lot(MONTRE, Demande(annee=2026), LE_3)
    assert (montre.situations, montre.non_recours) == (40, SECRET)
    assert montre.droits_par_situation is None
    assert [n.effectif for n in montre.distributions["age"].lignes] == [30, SECRET]
    assert montre.distributions["age"].sans_reponse is SECRET
    assert montre.croisements["age", "sexe"].cellules == ((SECRET,),)
    assert (montre.arrete_le, montre.seuil) == (date(2026, 11, 3), 5)


def test_ce_qu_un_lot_ne_donne_pas_n_est_pas_zero():
    montre = du_lot(MONTRE, Demande(annee=2026), LE_3)
    assert montre.cumul is SECRET
    assert (montre.validees, montre.plus_d_un_an, montre.parcours) == (None, None, None)
    assert montre.contributeurs.organismes == 7
    assert montre.contributeurs.mediane is None


def test_un_lot_n_est_pas_filtrable():
    assert not du_lot(MONTRE, Demande(annee=2026), LE_3).est_filtrable


def test_le_comite_technique_voit_tout():
    age = Distribution("age", "Âge", "situations", 3, (Ligne("a", "Jeunes", 2),), 1)
    exactes = Statistiques(
        demande=Demande(),
        situations=3,
        non_recours=4,
        validees=1,
        cumul=1,
        plus_d_un_an=2,
        droits_ouverts=0,
        distributions={"age": age},
        croisement=None,
    )
    montre = libre(exactes)
    assert (montre.situations, montre.non_recours, montre.cumul) == (3, 4, 1)
    assert [n.effectif for n in montre.distributions["age"].lignes] == [2]
    assert montre.est_filtrable


@pytest.mark.parametrize("audience", [Audience.TERRITOIRE, Audience.NATIONAL, Audience.PUBLIC])
def test_des_chiffres_vivants_ne_sont_montres_qu_au_comite_technique(audience, db):
    preparation = preparer(Lecteur(audience, frozenset({1}), 5), QueryDict())
    with pytest.raises(ValueError, match="comité technique"):
        preparation.compter(Demande(), Plan(distributions=()))


def test_un_effectif_cache_ne_se_calcule_ni_ne_s_ecrit_comme_un_nombre():
    assert str(SECRET) == f"{SECRET}" == "secret"
    for geste in (
        lambda: SECRET + 1,
        lambda: SECRET < 5,
        lambda: int(SECRET),
        lambda: sum([SECRET]),
    ):
        with pytest.raises(TypeError):
            geste()
    with pytest.raises(ValueError):
        format(SECRET, "d")
