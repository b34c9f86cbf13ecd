"""The committee's life: mandates, groupes de travail, decisions that are never erased."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from pilotage.actions import annuler_decision, decider
from pilotage.models import Decision, Lot, Publication
from situations.actions import creer_territoire
from territoires.actions.comites import creer_groupe
from territoires.models import Comite, Journal
from territoires.privileges import TABLES_SANS_EFFACEMENT


def comite(gens, nature="pilotage") -> Comite:
    return gens.territoire.comites.get(nature=nature)


def adresse(gens, lequel: Comite | None = None, suite="") -> str:
    page = f"/territoires/{gens.territoire.slug}/comites/"
    return f"{page}{lequel.pk}/{suite}" if lequel else f"{page}{suite}"


def ecrire(gens, intitule="Rencontrer la Carsat", **autres) -> Decision:
    return decider(
        comite=comite(gens),
        nature="autre",
        intitule=intitule,
        prise_le=timezone.localdate(),
        par=gens.pilotage,
        **autres,
    )


@pytest.fixture
def copil(vans, client):
    """The browser of somebody of the comité de pilotage."""
    client.force_login(vans.pilotage)
    return client


@pytest.fixture
def animateur(vans, client):
    client.force_login(vans.animateur)
    return client


def test_le_comite_de_pilotage_valide_une_periode_et_les_autres_la_lisent(vans, copil):
    lieu = adresse(vans, comite(vans), "decisions/periode/")
    copil.post(
        lieu,
        {
            "du": "2026-01",
            "au": "2026-06",
            "texte": "Après l’été, on compare.",
            "prise_le": "2026-03-02",
        },
    )
    (decision,) = Decision.objects.all()
    assert decision.intitule == "Période observée\u00a0: de janvier 2026 à juin 2026"
    assert (str(decision.du), str(decision.au)) == ("2026-01-01", "2026-06-01")
    assert decision.par == vans.pilotage
    for lecteur in (vans.travail, vans.technique, vans.administrateur):
        copil.force_login(lecteur)
        for page in (adresse(vans), adresse(vans, comite(vans))):
            lue = copil.get(page).text
            assert decision.intitule in lue
            assert "Décidée le 2 mars 2026, écrite par Pilotage." in lue
    assert Journal.objects.filter(geste="decider", utilisateur_id=vans.pilotage.pk).exists()


def test_un_seul_mois_observe_se_dit_une_fois(vans, copil):
    donnees = {"du": "2026-03", "au": "2026-03", "prise_le": "2026-03-02"}
    copil.post(adresse(vans, comite(vans), "decisions/periode/"), donnees)
    assert Decision.objects.get().intitule == "Période observée\u00a0: mars 2026"


def test_les_priorites_sont_celles_d_une_annee(vans, copil):
    donnees = {"annee": "2027", "texte": "L’Aspa\nLes bourses", "prise_le": "02/03/2026"}
    copil.post(adresse(vans, comite(vans), "decisions/priorites/"), donnees)
    decision = Decision.objects.get()
    assert decision.intitule == "Priorités de l’année 2027"
    assert (decision.du.year, decision.au.year, decision.texte) == (
        2027,
        2027,
        "L’Aspa\nLes bourses",
    )


@pytest.mark.parametrize(
    ("nature", "donnees", "phrase"),
    [
        ("periode", {"du": "2026-06", "au": "2026-01"}, "ne peut pas précéder le premier"),
        ("periode", {"du": "juin", "au": "2026-01"}, "Écrivez le mois ainsi"),
        ("periode", {"du": "2026-13", "au": ""}, "Écrivez le mois ainsi"),
        ("priorites", {"annee": "2027"}, "une par ligne"),
        ("priorites", {"annee": "demain", "texte": "L’Aspa"}, "Écrivez l’année ainsi"),
        ("autre", {"intitule": ""}, "Dites en une phrase"),
        ("autre", {"intitule": "x" * 201}, "200 caractères au plus"),
        ("autre", {"intitule": "Bientôt", "prise_le": "2999-01-01"}, "pas encore venu"),
        ("autre", {"intitule": "Jadis", "prise_le": "1999-01-01"}, "trop ancien"),
        ("autre", {"intitule": "Un jour", "prise_le": "hier"}, "Écrivez le jour ainsi"),
    ],
)
def test_une_decision_mal_ecrite_est_rendue_sans_rien_perdre(vans, copil, nature, donnees, phrase):
    jour = {"prise_le": timezone.localdate().isoformat()}
    envoi = {"texte": "" if nature == "priorites" else "À garder.", **jour, **donnees}
    reponse = copil.post(adresse(vans, comite(vans), f"decisions/{nature}/"), envoi)
    assert reponse.status_code == 200
    assert phrase in reponse.text
    assert envoi["texte"] in reponse.text
    assert not Decision.objects.exists()


def test_une_decision_annulee_reste_lisible_barree_avec_qui_et_quand(vans, copil):
    decision = ecrire(vans, texte="Avant juin.")
    lieu = adresse(vans, comite(vans), f"decisions/{decision.pk}/annuler/")
    assert "Annuler cette décision\u202f?" in copil.get(lieu).text
    copil.post(lieu)
    decision.refresh_from_db()
    assert decision.annulee_par == vans.pilotage
    lue = copil.get(adresse(vans)).text
    assert '<s class="fw-bold">Rencontrer la Carsat</s>' in lue
    assert "Annulée par Pilotage le" in lue
    le = decision.annulee_le
    copil.post(lieu)
    annuler_decision(decision=decision, par=vans.animateur)
    decision.refresh_from_db()
    assert (decision.annulee_le, decision.annulee_par) == (le, vans.pilotage)
    assert Journal.objects.filter(geste="annuler_decision").count() == 1


@pytest.mark.parametrize("table", TABLES_SANS_EFFACEMENT)
def test_postgresql_refuse_d_effacer_une_decision_une_charte_une_adhesion(vans, table):
    ecrire(vans)
    with connection.cursor() as curseur, pytest.raises(ProgrammingError), transaction.atomic():
        curseur.execute(f"DELETE FROM {table}")
    assert Decision.objects.count() == 1


def test_chaque_comite_decide_pour_lui(vans, copil):
    """The orientations are the comité de pilotage's; the others write what they decide."""
    pages = {}
    for lecteur in (
        vans.pilotage,
        vans.technique,
        vans.animateur,
        vans.administrateur,
        vans.travail,
    ):
        copil.force_login(lecteur)
        pages[lecteur.nom] = [
            nature
            for nature in Comite.Nature.values
            if "decisions/" in copil.get(adresse(vans, comite(vans, nature))).text
        ]
    assert pages == {
        "Pilotage": ["pilotage"],
        "Technique": ["technique"],
        "Animateur": ["technique", "groupe_de_travail"],
        "Administrateur": ["groupe_de_travail"],
        "Travail": [],
    }


def test_une_decision_d_ailleurs_ne_s_annule_pas_d_ici(vans, drome, copil):
    ailleurs = decider(
        comite=comite(drome),
        nature="autre",
        intitule="Ailleurs",
        prise_le=timezone.localdate(),
        par=drome.pilotage,
    )
    lieux = (
        adresse(vans, comite(vans), f"decisions/{ailleurs.pk}/annuler/"),
        adresse(vans, comite(drome), f"decisions/{ailleurs.pk}/annuler/"),
        adresse(vans, comite(vans, "technique"), "decisions/periode/"),
    )
    assert [copil.post(lieu).status_code for lieu in lieux] == [404, 404, 403]
    ailleurs.refresh_from_db()
    assert ailleurs.annulee_le is None
    assert "Ailleurs" not in copil.get(adresse(vans)).text


def test_un_mandat_s_ecrit_et_se_lit(vans, animateur):
    animateur.post(adresse(vans, comite(vans), "mandat/"), {"mandat": "Porter les résultats."})
    animateur.force_login(vans.travail)
    assert "<p>Porter les résultats.</p>" in animateur.get(adresse(vans, comite(vans))).text


def test_plusieurs_groupes_de_travail_se_creent_et_se_renomment(vans, animateur):
    animateur.post(adresse(vans, suite="nouveau/"), {"nom": "Groupe santé"})
    groupe = Comite.objects.get(nom="Groupe santé")
    animateur.post(adresse(vans, groupe, "renommer/"), {"nom": "Groupe soins"})
    assert vans.territoire.comites.filter(nature="groupe_de_travail").count() == 2
    assert "Groupe soins" in animateur.get(adresse(vans)).text


@pytest.mark.parametrize("nom", ["groupe SANTÉ", "Comité technique", "Groupe de travail", "  "])
def test_deux_comites_ne_portent_pas_le_meme_nom(vans, animateur, nom):
    creer_groupe(territoire=vans.territoire, nom="Groupe santé", par=vans.animateur)
    reponse = animateur.post(adresse(vans, suite="nouveau/"), {"nom": nom})
    assert reponse.status_code == 200
    assert "autre comité porte déjà ce nom" in reponse.text or "Donnez un nom" in reponse.text
    assert vans.territoire.comites.count() == 4


def test_les_membres_d_un_comite_sont_ceux_d_aujourd_hui_avec_leur_organisme(vans, animateur):
    lue = animateur.get(adresse(vans, comite(vans, "technique"))).text
    assert "Animateur principal" in lue
    assert "CCAS, depuis le" in lue
    assert "Ancien" not in lue


def test_un_territoire_neuf_a_ses_trois_comites_vides(national, client):
    territoire = creer_territoire(nom="Neuf", niveau="autre", communes=[], par=national)
    assert [str(c) for c in territoire.comites.all()] == [
        "Groupe de travail",
        "Comité de pilotage",
        "Comité technique",
    ]


def test_la_derniere_decision_est_la_premiere_lue(vans, copil):
    hier = timezone.localdate() - timedelta(days=1)
    ecrire(vans, "Aujourd’hui")
    decider(comite=comite(vans), nature="autre", intitule="Hier", prise_le=hier, par=vans.pilotage)
    lue = copil.get(adresse(vans)).text
    assert lue.index("Aujourd’hui") < lue.index("Hier")


def test_ce_qui_est_publie_se_decide_sur_une_seule_page(vans, copil):
    lue = copil.get(adresse(vans, comite(vans))).text
    publications = f"/territoires/{vans.territoire.slug}/publications/"
    assert publications in lue
    assert "decisions/publication/" not in lue
    assert copil.get(adresse(vans, comite(vans), "decisions/publication/")).status_code == 404


def test_une_publication_se_retire_ou_s_abandonne_sur_sa_page(vans, copil):
    lot = Lot.objects.create(
        territoire=vans.territoire,
        audience=Lot.Audience.PUBLIC,
        etat=Lot.Etat.PRET,
        seuil=11,
        arrete_le=timezone.now(),
    )
    decision = ecrire(vans, "Les résultats")
    publication = Publication.objects.create(territoire=vans.territoire, lot=lot, decision=decision)
    comites = copil.get(adresse(vans)).text
    assert "Pas encore publiée" in comites
    lieu = adresse(vans, comite(vans), f"decisions/{decision.pk}/annuler/")
    publications = f"/territoires/{vans.territoire.slug}/publications/"
    assert lieu not in copil.get(adresse(vans, comite(vans))).text
    assert copil.post(lieu)["Location"] == publications
    decision.refresh_from_db()
    assert decision.annulee_le is None
    copil.post(f"{publications}{publication.pk}/retirer/")
    copil.post(f"{publications}{publication.pk}/publier/")
    publication.refresh_from_db()
    assert publication.retiree_le is not None
    assert publication.publiee_le is None
    assert "Abandonnée le" in copil.get(publications).text
    assert "Publication abandonnée" in copil.get(adresse(vans)).text


@pytest.mark.parametrize("qui", ["pilotage", "administrateur", "travail"])
def test_des_chiffres_qui_ne_viennent_pas_se_disent_a_qui_peut_agir(vans, client, qui):
    Lot.objects.create(
        territoire=vans.territoire,
        audience=Lot.Audience.TERRITOIRE,
        etat=Lot.Etat.ECHEC,
        seuil=5,
        exacts={"echec": "La préparation a été interrompue."},
    )
    client.force_login(getattr(vans, qui))
    lue = client.get(f"/territoires/{vans.territoire.slug}/tableau-de-bord/").text
    assert ("La préparation a été interrompue." in lue) == (qui != "travail")
