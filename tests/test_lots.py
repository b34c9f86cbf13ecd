"""Batches: when they advance, what they keep, who asks for them, what happens when they fail."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from unittest import mock

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pilotage import travaux as actions
from pilotage.actions import (
    montrer_croisement,
    preparer_publication,
    publier,
    retirer_croisement,
)
from pilotage.lots.avancement import arreter, au_moins, changees
from pilotage.lots.liste import periodes_de
from pilotage.lots.tranches import AxeNomme, Noyau, Table, Tranche
from pilotage.models import CroisementMontre, Lot
from pilotage.preparation_lots import demander_les_lots_dus
from pilotage.protection.verification import NonProuve
from pilotage.travaux import (
    demander_lot,
    dernier_lot,
    en_preparation,
    est_a_alleger,
    est_du,
    preparer_lot,
    tranches_de,
)
from situations.calendrier import en_mois
from tests.fenetre import Fenetre
from tests.gens import aspa, cheque_energie, transmise
from tests.saisies import fenetre_de

TERRITOIRE, PUBLIC = Lot.Audience.TERRITOIRE, Lot.Audience.PUBLIC
VANS = "/territoires/pays-des-vans/tableau-de-bord/"
AGES = (("a", "Jeunes", None), ("b", "Vieux", None), ("", "Sans réponse", None))


def tranche(annee: int, combien: int, debut: int = 0, reponse: str = "x") -> Tranche:
    """A year of so many situations, numbered from `debut`."""
    empreintes = {str(n): reponse for n in range(debut, debut + combien)}
    cellules = np.array([combien, 0, 0, combien])
    tables = {(): Table("situations", np.array(combien)), ("age",): Table("situations", cellules)}
    return Tranche(
        annee, date(2026, 1, 1), empreintes, (1,), {"age": AxeNomme("Âge", AGES)}, tables, Noyau()
    )


def test_une_annee_attend_deux_fois_le_seuil_et_dix_situations():
    assert [au_moins(seuil) for seuil in (5, 4, 11)] == [10, 10, 22]


def test_ce_qui_change_est_nouveau_modifie_ou_parti():
    assert changees({"1": "a", "2": "b", "3": "c"}, {"1": "a", "2": "B", "4": "d"}) == 3


@pytest.mark.parametrize(("nouvelles", "avance"), [(9, False), (10, True)])
def test_une_annee_n_avance_que_de_dix_situations(nouvelles, avance):
    avant, apres = tranche(2026, 30), tranche(2026, 30 + nouvelles)
    tranches, avancees = arreter({2026: avant}, {2026: apres}, 5)
    assert tranches == {2026: apres if avance else avant}
    assert avancees == ({2026} if avance else set())


def test_chaque_annee_avance_pour_elle_meme():
    anciennes = {2025: tranche(2025, 30), 2026: tranche(2026, 30)}
    actuelles = {2025: tranche(2025, 31), 2026: tranche(2026, 50)}
    tranches, avancees = arreter(anciennes, actuelles, 5)
    assert avancees == {2026}
    totaux = [p.tables[()].cellules.item() for p in periodes_de(list(tranches.values()))]
    assert totaux == [30, 50, 80]


def test_des_situations_corrigees_font_avancer_une_annee():
    _, avancees = arreter({2026: tranche(2026, 30)}, {2026: tranche(2026, 30, reponse="y")}, 5)
    assert avancees == {2026}


def test_une_annee_trop_petite_n_est_pas_encore_montree():
    assert arreter({}, {2026: tranche(2026, 19)}, 5) == ({}, set())


def test_un_croisement_nouveau_rejoint_une_annee_que_rien_n_a_changee():
    avant = tranche(2026, 30)
    tables = {**avant.tables, ("age", "sexe"): Table("situations", np.zeros((4, 1)))}
    apres = replace(avant, tables=tables)
    assert arreter({2026: avant}, {2026: apres}, 5)[0][2026].tables.keys() == tables.keys()
    changee = replace(apres, empreintes={**avant.empreintes, "99": "x"})
    assert arreter({2026: avant}, {2026: changee}, 5)[0][2026] is avant


def test_une_tranche_se_relit_telle_qu_elle_fut_ecrite():
    avant = tranche(2026, 30)
    relue = Tranche.lire(avant.ecrire())
    assert (relue.axes, relue.empreintes, relue.arretee_le) == (
        avant.axes,
        avant.empreintes,
        avant.arretee_le,
    )
    assert (relue.tables["age",].cellules == avant.tables["age",].cellules).all()


# --- in a territory -----------------------------------------------------------------------


def recolter(gens, combien: int = 20) -> None:
    mois = en_mois(timezone.localdate())
    for n in range(combien):
        transmise(
            gens, gens.travail, cheque_energie() if n % 4 == 3 else aspa(), mois_observation=mois
        )


def premier_lot(gens) -> Lot:
    recolter(gens)
    preparer_lot(demander_lot(gens.territoire, TERRITOIRE))
    return dernier_lot(gens.territoire, TERRITOIRE)


def vieillir(lot: Lot, jours: int = 29) -> None:
    Lot.objects.filter(pk=lot.pk).update(arrete_le=timezone.now() - timedelta(days=jours))


def test_ouvrir_la_page_demande_les_premiers_chiffres_une_seule_fois(
    vans, django_capture_on_commit_callbacks
):
    recolter(vans)
    with django_capture_on_commit_callbacks() as taches:
        page = fenetre_de(vans.pilotage, VANS)
        fenetre_de(vans.travail, VANS)
    assert len(taches) == 1
    assert "Préparation des chiffres : 0 %" in page.texte
    taches[0]()
    assert "Chiffres au " in fenetre_de(vans.pilotage, VANS).texte


def test_rien_n_est_demande_avant_vingt_situations(vans):
    recolter(vans, 19)
    page = fenetre_de(vans.pilotage, VANS)
    assert "Premiers chiffres dès que 20 situations" in page.texte
    assert not Lot.objects.exists()


def test_les_chiffres_attendent_quatre_semaines_et_dix_situations(vans):
    lot = premier_lot(vans)
    recolter(vans, 10)
    assert not est_du(vans.territoire, lot, 5)
    vieillir(lot, 27)
    assert not est_du(vans.territoire, dernier_lot(vans.territoire, TERRITOIRE), 5)
    vieillir(lot)
    assert est_du(vans.territoire, dernier_lot(vans.territoire, TERRITOIRE), 5)
    preparer_lot(demander_lot(vans.territoire, TERRITOIRE))
    (avancee,) = tranches_de(dernier_lot(vans.territoire, TERRITOIRE)).values()
    assert len(avancee.empreintes) == 30


def test_un_examen_sans_effet_garde_les_chiffres(vans):
    lot = premier_lot(vans)
    vieillir(lot)
    recolter(vans, 3)
    preparer_lot(demander_lot(vans.territoire, TERRITOIRE))
    assert dernier_lot(vans.territoire, TERRITOIRE) == lot
    assert en_preparation(vans.territoire, TERRITOIRE) is None


def test_une_preparation_interrompue_laisse_lire_et_reessayer(vans, monkeypatch):
    lot = premier_lot(vans)
    vieillir(lot)
    recolter(vans)

    def echec(*_, **__):
        raise NonProuve("1 cells are not proved")

    monkeypatch.setattr(actions, "proteger", echec)
    nouveau = demander_lot(vans.territoire, TERRITOIRE)
    with pytest.raises(NonProuve):
        preparer_lot(nouveau)
    nouveau.refresh_from_db()
    assert nouveau.etat == Lot.Etat.ECHEC
    assert nouveau.exacts["echec"]
    assert dernier_lot(vans.territoire, TERRITOIRE) == lot
    assert demander_lot(vans.territoire, TERRITOIRE) is not None


def test_une_preparation_oubliee_n_empeche_pas_la_suivante(vans):
    oublie = demander_lot(vans.territoire, TERRITOIRE)
    assert demander_lot(vans.territoire, TERRITOIRE) is None
    Lot.objects.filter(pk=oublie.pk).update(demande_le=timezone.now() - timedelta(hours=1))
    assert demander_lot(vans.territoire, TERRITOIRE) is not None
    oublie.refresh_from_db()
    assert oublie.etat == Lot.Etat.ECHEC


def test_la_commande_demande_ce_qui_est_du(vans, drome):
    recolter(vans)
    demandes = demander_les_lots_dus()
    assert [lot.territoire for lot in demandes] == [vans.territoire, None]
    assert demander_les_lots_dus() == []


def test_un_croisement_montre_est_dans_les_chiffres(vans):
    montrer_croisement(
        territoire=vans.territoire, variables=("age", "logement"), par=vans.technique
    )
    premier_lot(vans)
    page = fenetre_de(vans.pilotage, VANS)
    assert "Croisements choisis par le comité technique" in page.texte
    assert page.id("t-age-logement").tous("table")


@pytest.mark.parametrize(
    ("axes", "phrase"),
    [
        ({"lignes": "categorie", "colonnes": "type"}, "ne se croisent pas pour le comité"),
        ({"lignes": "par_situation", "colonnes": "age"}, "ne se croisent pas pour le comité"),
        ({"lignes": "activite", "colonnes": "organisme", "onglets": "age"}, "presque toutes vides"),
        ({"lignes": "type", "colonnes": "droit"}, "est déjà montré"),
    ],
)
def test_ce_qui_ne_sera_pas_dans_les_chiffres_n_est_pas_promis(vans, client, axes, phrase):
    client.force_login(vans.technique)
    lue = client.post(f"{VANS}croisements/", axes, follow=True).text
    assert phrase in lue
    assert not CroisementMontre.objects.filter(territoire=vans.territoire).exists()
    bouton = "Montrer au comité de pilotage</button>"
    recolter(vans, 3)
    page = client.get(VANS, axes).text
    assert (phrase in page, bouton in page) == (
        (False, True) if "déjà" in phrase else (True, False)
    )
    assert bouton in client.get(VANS, {"lignes": "age", "colonnes": "sexe"}).text


def test_le_onzieme_croisement_attend_qu_un_autre_soit_retire(vans, client):
    client.force_login(vans.technique)
    variables = ["age", "sexe", "logement", "activite", "famille", "contexte"]
    for codes in list(combinations(variables, 2))[:10]:
        montrer_croisement(territoire=vans.territoire, variables=codes, par=vans.technique)
    demande = {"lignes": "age", "colonnes": "type", "onglets": "sexe"}
    lue = client.post(f"{VANS}croisements/", demande, follow=True).text
    assert "10 croisements sont déjà montrés" in lue
    assert "Âge × Type de non-recours" not in lue.split("<tbody>")[1]
    un = CroisementMontre.objects.filter(territoire=vans.territoire).first()
    retirer_croisement(croisement=un, par=vans.technique)
    lue = client.post(f"{VANS}croisements/", demande, follow=True).text
    assert "sera dans les prochains chiffres" in lue


def test_des_croisements_trop_longs_a_proteger_attendent_qu_un_soit_retire(vans, client):
    lot = premier_lot(vans)
    montre = montrer_croisement(
        territoire=vans.territoire, variables=("age", "logement"), par=vans.technique
    )
    vieillir(lot)
    recolter(vans)

    with mock.patch.object(actions, "DUREE", timedelta(0)):
        preparer_lot(demander_lot(vans.territoire, TERRITOIRE))

    assert dernier_lot(vans.territoire, TERRITOIRE) == lot
    for qui, adresse in ((vans.technique, f"{VANS}croisements/"), (vans.pilotage, VANS)):
        client.force_login(qui)
        lue = client.get(adresse).text
        assert "trop nombreux pour être protégés" in lue
        assert "redemandée" not in lue
    client.force_login(vans.technique)
    assert "trop nombreux pour être protégés" in client.get(VANS).text
    assert "En retirer un" in client.get(VANS).text
    assert vans.territoire not in [x.territoire for x in demander_les_lots_dus()]

    retirer_croisement(croisement=montre, par=vans.technique)
    assert "trop nombreux" not in client.get(VANS).text
    assert vans.territoire in [x.territoire for x in demander_les_lots_dus()]


def test_sans_croisement_a_retirer_des_chiffres_trop_longs_se_redemandent(vans):
    lot = premier_lot(vans)
    vieillir(lot)
    recolter(vans)
    with mock.patch.object(actions, "DUREE", timedelta(0)):
        preparer_lot(demander_lot(vans.territoire, TERRITOIRE))
    assert dernier_lot(vans.territoire, TERRITOIRE) == lot
    assert vans.territoire in [x.territoire for x in demander_les_lots_dus()]


def test_la_page_des_chiffres_lit_peu(vans):
    premier_lot(vans)
    page = fenetre_de(vans.pilotage, VANS)
    with CaptureQueriesContext(connection) as requetes:
        page.ouvrir(VANS)
    lues = [r["sql"] for r in requetes if "situations_fait" in r["sql"]]
    assert lues == []
    assert not any('"exacts"' in r["sql"] for r in requetes)


# --- what is published --------------------------------------------------------------------


def a_preparer(gens):
    premier_lot(gens)
    recolter(gens, 24)
    vieillir(dernier_lot(gens.territoire, TERRITOIRE))
    preparer_lot(demander_lot(gens.territoire, TERRITOIRE))
    return preparer_publication(
        territoire=gens.territoire,
        intitule="Premiers résultats",
        prise_le=timezone.localdate(),
        par=gens.pilotage,
    )


def publiee(gens):
    publication = a_preparer(gens)
    preparer_lot(publication.lot)
    return publication


def test_une_publication_se_relit_se_publie_et_se_retire(vans, client):
    publication = publiee(vans)
    adresse = "/publications/pays-des-vans/"
    assert client.get(adresse).status_code == 404
    apercu = fenetre_de(vans.pilotage, f"/territoires/pays-des-vans/publications/{publication.pk}/")
    assert "44 situations" in apercu.texte
    publier(publication=publication, par=vans.pilotage)
    page = Fenetre(client).ouvrir(adresse)
    assert "Premiers résultats" in page.texte
    assert "moins de 11" in page.texte
    assert (
        "Premiers résultats"
        in fenetre_de(vans.travail, "/territoires/pays-des-vans/publications/").texte
    )
    liste = fenetre_de(vans.pilotage, "/territoires/pays-des-vans/publications/")
    liste.suivre("Retirer « Premiers résultats »")
    assert "Personne ne la lira plus" in liste.texte
    assert client.get(adresse).status_code == 200
    liste.cliquer("Retirer")
    assert "La publication est retirée." in liste.texte
    assert client.get(adresse).status_code == 404


def test_la_page_d_une_publication_suit_sa_preparation_et_se_rouvre_une_fois_prete(vans, client):
    publication = a_preparer(vans)
    page = f"/territoires/pays-des-vans/publications/{publication.pk}/"
    suivi = f"{page}preparation/"
    client.force_login(vans.pilotage)
    assert f'hx-get="{suivi}"' in client.get(page).text
    htmx = {"HX-Request": "true"}
    assert "Préparation des chiffres" in client.get(suivi, headers=htmx).text
    assert client.get(suivi)["Location"] == page
    preparer_lot(publication.lot)
    assert client.get(suivi, headers=htmx)["HX-Refresh"] == "true"
    client.force_login(vans.travail)
    assert client.get(suivi, headers=htmx).status_code == 403


def test_une_publication_trop_longue_a_proteger_dit_qui_peut_quoi(vans):
    publication = a_preparer(vans)
    with mock.patch.object(actions, "DUREE", timedelta(0)):
        preparer_lot(publication.lot)
    adresse = "/territoires/pays-des-vans/publications/"
    for page in (adresse, f"{adresse}{publication.pk}/"):
        lue = fenetre_de(vans.pilotage, page).texte
        assert "Que le comité technique en retire un" in lue
    assert not est_a_alleger(vans.territoire)


def test_ce_que_le_territoire_ne_lit_pas_le_public_ne_le_lit_pas(vans):
    publication = publiee(vans)
    du_territoire = dernier_lot(vans.territoire, TERRITOIRE).exacts["masques"]["tableaux"]
    publication.lot.refresh_from_db()
    du_public = publication.lot.exacts["masques"]["tableaux"]
    assert all(set(du_territoire[cle]) <= set(caches) for cle, caches in du_public.items())


def test_un_chiffre_cle_que_le_territoire_ne_lit_pas_le_public_ne_le_lit_pas(vans):
    publication = a_preparer(vans)
    source = dernier_lot(vans.territoire, TERRITOIRE)
    sommes = source.exacts["masques"]["sommes"]
    montree = next(s for s in sommes if s[0] == "cumul" and not s[2])
    montree[2] = True
    source.save()
    preparer_lot(publication.lot)
    publication.lot.refresh_from_db()
    assert montree in publication.lot.exacts["masques"]["sommes"]


def test_une_publication_compte_depuis_le_debut_les_memes_annees_que_le_territoire(vans):
    premier_lot(vans)
    publication = preparer_publication(
        territoire=vans.territoire, intitule="Peu", prise_le=timezone.localdate(), par=vans.pilotage
    )
    preparer_lot(publication.lot)
    publication.lot.refresh_from_db()
    du_territoire = dernier_lot(vans.territoire, TERRITOIRE)
    assert tranches_de(publication.lot).keys() == tranches_de(du_territoire).keys() != set()


def test_une_publication_preparee_avant_une_autre_parue_ne_parait_plus(vans):
    ancienne, recente = publiee(vans), publiee_de_nouveau(vans)
    publier(publication=recente, par=vans.pilotage)
    liste = "/territoires/pays-des-vans/publications/"
    apercu = fenetre_de(vans.pilotage, f"{liste}{ancienne.pk}/")
    apercu.cliquer("Publier")
    assert "Préparez-en une autre" in apercu.texte
    ancienne.refresh_from_db()
    assert ancienne.publiee_le is None


def publiee_de_nouveau(gens):
    publication = preparer_publication(
        territoire=gens.territoire,
        intitule="Seconds résultats",
        prise_le=timezone.localdate(),
        par=gens.pilotage,
    )
    preparer_lot(publication.lot)
    return publication


@pytest.mark.parametrize("seuil", [5, 8])
def test_ce_qui_fut_cache_le_reste_tant_qu_il_compte_autant(vans, seuil):
    """Whatever the threshold, and in a year that advanced by other answers."""
    lot = premier_lot(vans)
    cle = "sexe tout"
    lot.exacts["masques"]["tableaux"][cle] = list(range(lot.exacts["masques"]["tailles"][cle]))
    lot.save()
    vans.territoire.seuil_copil = seuil
    vans.territoire.save()
    vieillir(lot)
    ((annee, avant),) = tranches_de(lot).items()
    apres = replace(avant, empreintes=dict.fromkeys(avant.empreintes, "changée"))
    with mock.patch.object(actions, "compter_les_annees", return_value={annee: apres}):
        preparer_lot(demander_lot(vans.territoire, TERRITOIRE))
    nouveau = dernier_lot(vans.territoire, TERRITOIRE)
    assert nouveau != lot
    assert nouveau.exacts["masques"]["tableaux"][cle] == lot.exacts["masques"]["tableaux"][cle]
