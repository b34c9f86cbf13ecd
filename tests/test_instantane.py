"""The snapshot gives the figures of the same rows read directly, whatever changed on the way."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.demande import Demande
from pilotage.instantane.binaire import ENTETE, FIN, Recepteur, type_de_ligne
from pilotage.instantane.bloc import BlocSimple, Entetes
from pilotage.instantane.cles import repartir
from pilotage.instantane.dense import BlocDense
from pilotage.instantane.dictionnaire import Dictionnaire, Nature
from pilotage.instantane.encodage import Encodeur, Recodages
from pilotage.instantane.etat import Instantane
from pilotage.instantane.fichier import FichierIllisible, ecrire, ouvrir
from pilotage.statistiques import Plan, calculer
from tests.faits_generes import (
    CATEGORIE,
    CATEGORIES,
    CODES,
    NUMEROS,
    RETIREES,
    VARIABLES,
    Recueil,
    en_faits,
    recueils,
)
from tests.test_statistiques import demandes, ensembles_de_territoires

AUCUNE = np.zeros(0, dtype=np.int64)
# « motif_principal » and « obstacles » stand for questions of the territories' own.
LOCALES = {"motif_principal", "obstacles"}
NATURES = {v.code: Nature(v.portee, v.multiple, v.code in LOCALES) for v in VARIABLES.values()}
# What no list holds any more; the rights of a situation are those of its non-recours.
RETIREES_DE = defaultdict(
    set,
    {v: {code} for v, code in RETIREES.items()}
    | {"droits_reunis": {RETIREES["droit"]}, "categorie": {"ANCIENNE"}},
)
TOUT = Plan(
    distributions=(*VARIABLES, "categorie"),
    croisements=(
        ("droit", "type"),
        ("age", "type"),
        ("obstacles", "evenement"),
        ("categorie", "droit"),
        ("motif_principal", "age", "actions"),
    ),
    cooccurrence=True,
    parcours=True,
)


def matrice(lignes: list[list[int]]) -> np.ndarray:
    numeros = np.zeros((len(lignes), 12), dtype=np.int32)
    for rang, ligne in enumerate(lignes):
        numeros[rang, : len(ligne)] = sorted(ligne)
    return numeros


def numeros_de(reponses) -> list[int]:
    return [NUMEROS[v, code] for v, codes in reponses.items() for code in codes]


def en_bloc(situations: list[Recueil], dictionnaire, organismes) -> BlocSimple:
    encodeur = Encodeur(dictionnaire, Recodages(), organismes)
    entiers = np.array(
        [(s.id, s.territoire, s.mois, 0, s.validee, s.organisme or 0) for s in situations],
        dtype=np.int64,
    ).reshape(-1, 6)
    encodeur.situations(
        Entetes(*entiers.T[:4]),
        entiers.T[4],
        entiers.T[5],
        matrice([numeros_de(s.reponses) for s in situations]),
    )
    paires = [(s, n) for s in reversed(situations) for n in s.non_recours]
    encodeur.non_recours(
        np.array([s.id for s, _ in paires], dtype=np.int64),
        np.array([s.territoire for s, _ in paires], dtype=np.int64),
        matrice([numeros_de(n) for _, n in paires]),
    )
    return encodeur.bloc()


def en_instantane(situations: list[Recueil]) -> Instantane:
    dictionnaire, organismes = Dictionnaire(), {}
    dictionnaire.connaitre(NATURES, {numero: v for numero, (v, _) in CODES.items()})
    base = BlocDense.depuis(en_bloc(situations, dictionnaire, organismes), dictionnaire)
    return Instantane(base, 1, dictionnaire, organismes, CODES, CATEGORIES, AUCUNE)


def changer(instantane: Instantane, changees: list[int], apport: list[Recueil]) -> Instantane:
    bloc = en_bloc(apport, instantane.dictionnaire, instantane.organismes)
    return instantane.remplacer(np.array(changees, dtype=np.int64), frozenset(), bloc)


def verifier(instantane: Instantane, situations, demande, ou, noyau) -> None:
    """All the figures, in full, against the same rows read directly."""
    variables = VARIABLES | {"categorie": CATEGORIE}
    directs = en_faits([s for s in situations if s.territoire in ou])
    obtenus = instantane.faits(ou, variables)
    for code, variable in directs.variables.items():
        # An answer that was met, then removed, may still be known.
        connus = obtenus.variables[code].modalites
        assert [m for m in connus if m in variable.modalites] == list(variable.modalites)
        assert {m.code for m in connus} <= {m.code for m in variable.modalites} | RETIREES_DE[code]
    options = {"territoires": ou, "noyau": noyau, "plan": TOUT}
    obtenu, attendu = (calculer(faits, demande, **options) for faits in (obtenus, directs))
    assert _comparables(obtenu) == _comparables(attendu)
    assert obtenus.mois_presents(ou) == directs.mois_presents(ou)


def _comparables(stats):
    """Without what tells only which lines would be shown if they were not zero."""
    distributions = {}
    for code, distribution in stats.distributions.items():
        presentes = {ligne.code for ligne in distribution.lignes if ligne.effectif}
        dominance = distribution.dominance and {
            c: d for c, d in distribution.dominance.items() if c in presentes
        }
        distributions[code] = replace(distribution, facultatives=frozenset(), dominance=dominance)
    return replace(stats, distributions=distributions)


@given(recueils(), demandes(croisement=True), ensembles_de_territoires, st.booleans())
@settings(max_examples=40, deadline=None)
def test_l_instantane_compte_comme_les_lignes(situations, demande, ou, noyau):
    verifier(en_instantane(situations), situations, demande, ou, noyau)


@st.composite
def histoires(draw):
    """What is loaded, then steps: some situations change, some go, some come."""
    situations = draw(recueils(max_size=10))
    etapes, vivantes = [], {s.id: s for s in situations}
    for _ in range(draw(st.integers(1, 3))):
        arrivees = draw(recueils(max_size=4))
        parties = draw(st.lists(st.sampled_from(sorted(vivantes)), max_size=3)) if vivantes else []
        vivantes = {i: s for i, s in vivantes.items() if i not in parties}
        vivantes |= {s.id: s for s in arrivees}
        etapes.append((parties, arrivees, list(vivantes.values())))
    return situations, etapes


@given(histoires(), demandes(croisement=True), ensembles_de_territoires, st.booleans())
@settings(max_examples=40, deadline=None)
def test_l_instantane_suit_ce_qui_change_arrive_et_part(histoire, demande, ou, noyau):
    situations, etapes = histoire
    instantane = en_instantane(situations)
    for parties, arrivees, vivantes in etapes:
        instantane = changer(instantane, [*parties, *(s.id for s in arrivees)], arrivees)
        assert len(instantane) == len(vivantes)
        verifier(instantane, vivantes, demande, ou, noyau)


@given(recueils(), demandes(), ensembles_de_territoires)
@settings(max_examples=40, deadline=None)
def test_un_territoire_relu_en_entier_remplace_le_sien(situations, demande, ou):
    """As when its recodings change: what it had is forgotten, the others' stays."""
    instantane = en_instantane(situations)
    relues = [replace(s, validee=not s.validee) for s in situations if s.territoire == 2]
    bloc = en_bloc(relues, instantane.dictionnaire, instantane.organismes)
    suivant = instantane.remplacer(AUCUNE, frozenset({2}), bloc)
    attendues = [s for s in situations if s.territoire != 2] + relues
    verifier(suivant, attendues, demande, ou, noyau=False)


def test_sans_territoire_on_ne_compte_rien():
    instantane = en_instantane([])
    verifier(instantane, [], Demande(), frozenset(), noyau=False)


@given(recueils(), demandes(), ensembles_de_territoires)
@settings(max_examples=30, deadline=None)
def test_un_fichier_rend_ce_qu_on_y_a_mis(tmp_path_factory, situations, demande, ou):
    chemin = tmp_path_factory.mktemp("instantane") / "faits.bnr"
    ecrire(en_instantane(situations), chemin, "base-1")
    rouvert = ouvrir(chemin, "base-1", CODES, CATEGORIES)
    assert (rouvert.horizon, len(rouvert)) == (1, len(situations))
    verifier(rouvert, situations, demande, ou, noyau=False)


def un_fichier(tmp_path):
    chemin = tmp_path / "faits.bnr"
    ecrire(en_instantane([]), chemin, "base-1")
    return chemin


def test_le_fichier_d_une_autre_base_est_refuse(tmp_path):
    with pytest.raises(FichierIllisible, match="autre base"):
        ouvrir(un_fichier(tmp_path), "base-2", CODES, CATEGORIES)


@pytest.mark.parametrize("octets", [0, 5, 40, -1])
def test_un_fichier_coupe_est_refuse(tmp_path, octets):
    chemin = un_fichier(tmp_path)
    chemin.write_bytes(chemin.read_bytes()[:octets])
    with pytest.raises(FichierIllisible):
        ouvrir(chemin, "base-1", CODES, CATEGORIES)


def test_un_fichier_qui_s_ecrit_ne_se_voit_pas(tmp_path):
    """Only the finished file bears its name; nothing else is left beside it."""
    chemin = un_fichier(tmp_path)
    assert [autre.name for autre in tmp_path.iterdir()] == [chemin.name]


def test_des_lignes_binaires_se_relisent_par_morceaux():
    lignes = np.zeros(3, dtype=type_de_ligne(2, 4))
    lignes["v0"], lignes["v1"] = [1, -2, 3], [4, 5, 1 << 40]
    lignes["elements"]["v"] = np.arange(12).reshape(3, 4)
    flux = ENTETE + lignes.tobytes() + FIN
    recues = []
    recepteur = Recepteur(2, 4, lambda *lot: recues.append(lot))
    for debut in range(0, len(flux), 7):
        recepteur.write(flux[debut : debut + 7])
    recepteur.fermer()
    ((ids, autres), elements), *_ = recues
    assert ids.tolist() == [1, -2, 3]
    assert autres.tolist() == [4, 5, 1 << 40]
    assert elements.tolist() == np.arange(12).reshape(3, 4).tolist()


@pytest.mark.parametrize("flux", [b"n'importe quoi", ENTETE + b"\0" * 9, ENTETE])
def test_un_flux_binaire_coupe_est_refuse(flux):
    recepteur = Recepteur(1, 1, lambda *lot: None)
    recepteur.write(flux)
    with pytest.raises(ValueError, match="binary"):
        recepteur.fermer()


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 400), min_size=1),
    st.lists(st.permutations("abcdefgh").map(lambda x: x[:3]), max_size=2),
)
@settings(max_examples=80, deadline=None)
def test_les_cles_tiennent_sur_seize_bits_et_rendent_leurs_chiffres(largeurs, groupes):
    cles = repartir(groupes, list(largeurs), largeurs)
    alea = np.random.default_rng(0)
    colonnes = {s: alea.integers(0, largeur, 50) for s, largeur in largeurs.items()}
    rangees = {source for cle in cles for source in cle.sources}
    assert rangees >= {s for s, largeur in largeurs.items() if largeur <= 256}
    for cle in cles:
        assert cle.possibles <= 1 << 16
        composees = cle.composer(colonnes)
        for source in cle.sources:
            assert cle.nombre([source], composees).tolist() == colonnes[source].tolist()
            assert cle.table({source: 3})[composees].tolist() == (colonnes[source] * 3).tolist()
        for quelques in (cle.sources, cle.sources[::2], cle.sources[1:], cle.sources[:2]):
            if quelques:
                ensemble = np.ravel_multi_index(
                    [colonnes[source] for source in quelques], cle.largeurs_de(quelques)
                )
                assert cle.nombre(quelques, composees).tolist() == ensemble.tolist()
