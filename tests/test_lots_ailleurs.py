"""The national list beside those of territories: what they hide, what they show."""

from datetime import date

import numpy as np
import pytest

from pilotage.lots.ailleurs import LotLu, lus_ailleurs
from pilotage.lots.liste import cle, liste_de, periodes_de, periodes_nationales
from pilotage.lots.memoire import ecrire_masques
from pilotage.lots.tranches import AxeNomme, Noyau, Table, Tranche
from pilotage.protection.proteger import proteger

SEUIL = 5
NOYAU = (("a", "Jeunes", None), ("b", "Vieux", None), ("", "Sans réponse", None))
LOCAL = (("a", "Jeunes", None), ("a1", "Très jeunes", "a"), *NOYAU[1:])


def _table(effectifs) -> Table:
    return Table("situations", np.array([*effectifs, sum(effectifs)]))


def _lot(locaux, seuil=SEUIL, *, multiple=False) -> tuple[list[Tranche], LotLu]:
    """A territory where « a1 » makes « a » more precise, as its own readers see it."""
    a, a1, b, vide = locaux
    n = np.array(sum(locaux))
    ensemble = {(): Table("situations", n)}
    tranche = Tranche(
        2026,
        date(2026, 9, 1),
        {},
        (1, 2, 3),
        {"age": AxeNomme("Âge", LOCAL, multiple)},
        {**ensemble, ("age",): _table(locaux)},
        Noyau(
            {"age": AxeNomme("Âge", NOYAU, multiple)},
            {**ensemble, ("age",): _table((a + a1, b, vide))},
        ),
    )
    periodes = periodes_de([tranche])
    return [tranche], LotLu(periodes, ecrire_masques(proteger(liste_de(periodes), seuil)), seuil)


def _lus(*lots, seuil=SEUIL):
    """What the batches hide and show of the ages of each territory, nationally."""
    noms = [f"t{rang}" for rang in range(len(lots))]
    par_territoire = {nom: (nom, lot[0]) for nom, lot in zip(noms, lots, strict=True)}
    nationales = periodes_nationales(par_territoire)
    lus = {nom: lot[1] for nom, lot in zip(noms, lots, strict=True)}
    a_cacher, connus = lus_ailleurs(nationales, lus, seuil)
    return nationales, a_cacher, connus


AGES = cle(("territoire", "age"), "2026")


def test_ce_qu_un_territoire_cache_d_une_reponse_cache_celle_du_noyau():
    _, a_cacher, connus = _lus(_lot((30, 2, 40, 12)), _lot((20, 20, 20, 20)))
    # « a1 » alone is small; what it makes more precise counts it.
    assert a_cacher[AGES][0].tolist()[0] is True
    assert connus[AGES][1].tolist() == [True, True, True, True]
    assert not a_cacher[AGES][2].any()
    assert not connus[AGES][2].any()


def test_des_reponses_multiples_ne_s_ajoutent_pas():
    _, _, connus = _lus(_lot((20, 20, 20, 20), multiple=True))
    assert connus[AGES][0].tolist() == [False, True, True, True]


def test_un_territoire_au_seuil_plus_bas_n_empeche_pas_les_chiffres_nationaux():
    """It shows counts that are small nationally: they stay hidden, and the list is proved."""
    lots = _lot((30, 7, 40, 12)), _lot((50, 20, 33, 41), seuil=11)
    nationales, a_cacher, connus = _lus(*lots, seuil=11)
    assert not connus[AGES][0].any()
    masques = proteger(liste_de(nationales), 11, a_cacher=a_cacher, connus=connus)
    assert masques.liste.tableaux


@pytest.mark.parametrize("combien", range(5))
def test_la_liste_nationale_se_prouve_avec_ce_que_montrent_les_territoires(combien):
    hasard = np.random.default_rng(combien)
    lots = [_lot(tuple(hasard.poisson((9, 4, 15, 6)).tolist())) for _ in range(3)]
    nationales, a_cacher, connus = _lus(*lots)
    masques = proteger(liste_de(nationales), SEUIL, a_cacher=a_cacher, connus=connus)
    for tableau, caches in zip(masques.liste.tableaux, masques.tableaux, strict=True):
        assert caches[a_cacher[tableau.cle]].all()
