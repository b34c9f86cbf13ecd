"""« Qui appeler » : found by right or by organisme, kept by the animateur, corrected by members."""

from datetime import timedelta

import pytest
from django.utils import timezone

from situations.actions import annuaire as gestes
from situations.annuaire import Annuaire
from situations.catalogue import catalogue_des_droits
from situations.models import Correction, Droit, PointDeContact
from situations.telephones import lien, normaliser
from territoires.actions import creer_organisme
from territoires.models import Journal
from tests.gens import brouillon


def point(gens, service="Accueil", droits=(), organisme=None, **champs) -> PointDeContact:
    contenu = {
        "organisme": (organisme or gens.organisme).pk,
        **dict.fromkeys(gestes.TEXTES, ""),
        "service": service,
        "telephone": "04 65 71 00 01",
        **champs,
        "droits": list(droits),
    }
    return gestes.ajouter_point(territoire=gens.territoire, contenu=contenu, par=gens.animateur)


def saisie(gens, **champs) -> dict:
    """What one types in the form."""
    defaut = {"organisme": gens.organisme.pk, "service": "Accueil", "telephone": "0465710001"}
    return {**defaut, **champs}


def adresse(gens, suite="") -> str:
    return f"/territoires/{gens.territoire.slug}/annuaire/{suite}"


def annuaire_de(gens) -> Annuaire:
    return Annuaire(gens.territoire, catalogue_des_droits(gens.territoire))


@pytest.mark.parametrize(
    ("tape", "ecrit", "compose"),
    [
        ("0465710001", "04 65 71 00 01", "tel:+33465710001"),
        ("04.65.71.00.01", "04 65 71 00 01", "tel:+33465710001"),
        ("+33 (0)4 65 71 00 01", "04 65 71 00 01", "tel:+33465710001"),
        ("0033465710001", "04 65 71 00 01", "tel:+33465710001"),
        ("04\u00a065\u00a071\u00a000\u00a001", "04 65 71 00 01", "tel:+33465710001"),
        ("3646", "3646", "tel:3646"),
        ("115", "115", "tel:115"),
        ("116 117", "116 117", "tel:116117"),
        ("+32 2 555 12 12", "+3225551212", "tel:+3225551212"),
    ],
)
def test_un_numero_se_lit_et_se_compose(tape, ecrit, compose):
    assert normaliser(tape) == ecrit
    assert lien(ecrit) == compose
    assert normaliser(ecrit) == ecrit


@pytest.mark.parametrize("tape", ["04 65 71 00", "demander à l’accueil", "00", "+33 4", "99999"])
def test_ce_qui_n_est_pas_un_numero_est_refuse(tape):
    with pytest.raises(ValueError):
        normaliser(tape)


def test_pour_un_droit_les_services_qui_le_nomment_puis_l_accueil_de_qui_l_instruit(vans, national):
    carsat = creer_organisme(
        territoire=vans.territoire, nom="Carsat", categorie="CARSAT", par=national
    )
    direct = point(vans, "Référent Aspa", ["aspa"])
    accueil = point(vans, "Accueil", organisme=carsat)
    point(vans, "Accueil")  # the CCAS does not grant the Aspa
    point(vans, "Ligne RSA", ["rsa"], organisme=carsat)
    contacts = annuaire_de(vans).pour_le_droit("aspa")
    assert contacts.directs == [direct]
    assert contacts.accueils == [accueil]
    assert annuaire_de(vans).pour_le_droit("invente") is None


@pytest.mark.parametrize(
    "mots", ["aspa", "ASPA", "minimum vieillesse", "solidarite personnes agees"]
)
def test_on_cherche_un_droit_par_son_sigle_un_synonyme_ou_ses_mots(vans, mots):
    aspa = point(vans, "Conseillère retraite", ["aspa"])
    droits, _ = annuaire_de(vans).chercher(mots)
    assert droits[0].libelle.startswith("Allocation de solidarité aux personnes âgées")
    assert droits[0].directs == [aspa]


@pytest.mark.parametrize(
    "mots", ["permanance", "permanence", "ccas", "action sociale du bourg", "CCAS permanence"]
)
def test_on_cherche_un_organisme_ou_un_service_meme_mal_ecrit(vans, national, mots):
    bourg = creer_organisme(
        territoire=vans.territoire, nom="Action sociale du bourg", categorie="CCAS", par=national
    )
    voulu = point(vans, "Permanence", organisme=bourg)
    _, trouves = annuaire_de(vans).chercher(mots)
    assert voulu in trouves


def test_la_page_dit_comment_joindre_et_depuis_quand_c_est_verifie(vans, client):
    vieux = point(vans, "Accueil", courriel="accueil@ccas.example", site="https://ccas.example")
    recent = point(vans, "Service social")
    limite = timezone.localdate() - timedelta(days=184)
    PointDeContact.objects.filter(pk=vieux.pk).update(verifie_le=limite)
    client.force_login(vans.pilotage)
    page = client.get(adresse(vans)).content.decode()
    for attendu in (
        'href="tel:+33465710001"',
        'href="mailto:accueil@ccas.example"',
        'href="https://ccas.example"',
    ):
        assert attendu in page
    assert page.count("À vérifier") == 1
    assert not PointDeContact.objects.get(pk=recent.pk).est_a_verifier


def test_l_annuaire_d_un_territoire_ne_montre_que_le_sien(vans, drome, client):
    ailleurs = point(drome, "Guichet de la Drôme")
    client.force_login(vans.animateur)
    assert "Guichet de la Drôme" not in client.get(adresse(vans)).content.decode()
    assert client.get(adresse(vans, f"{ailleurs.pk}/")).status_code == 404
    assert client.post(adresse(vans, f"{ailleurs.pk}/retirer/")).status_code == 404
    contenu = saisie(vans, organisme=drome.organisme.pk)
    reponse = client.post(adresse(vans, "ajouter/"), contenu)
    assert "Choisissez un organisme de ce territoire" in reponse.content.decode()
    assert not PointDeContact.objects.filter(organisme__territoire=vans.territoire).exists()


def test_ajouter_verifier_retirer_remettre_laissent_leurs_lignes(vans, client):
    client.force_login(vans.animateur)
    client.post(adresse(vans, "ajouter/"), saisie(vans, droits=["aspa", "rsa"]))
    ajoute = PointDeContact.objects.get()
    assert ajoute.telephone == "04 65 71 00 01"
    assert set(ajoute.droits.values_list("code", flat=True)) == {"aspa", "rsa"}
    PointDeContact.objects.update(verifie_le=timezone.localdate() - timedelta(days=400))
    for geste in ("verifier", "retirer"):
        client.post(adresse(vans, f"{ajoute.pk}/{geste}/"))
    ajoute.refresh_from_db()
    assert ajoute.verifie_le == timezone.localdate()
    assert "04 65 71 00 01" not in client.get(adresse(vans)).content.decode()
    client.post(adresse(vans, f"{ajoute.pk}/remettre/"))
    assert "04 65 71 00 01" in client.get(adresse(vans)).content.decode()
    lignes = Journal.objects.filter(objet="PointDeContact", objet_id=str(ajoute.pk))
    assert list(lignes.order_by("id").values_list("geste", flat=True)) == [
        "ajouter_contact",
        "verifier_contact",
        "retirer_contact",
        "remettre_contact",
    ]


@pytest.mark.parametrize(
    ("champs", "reproche"),
    [
        ({"service": "Mme Durand"}, "jamais le nom"),
        ({"precisions": "Demander Monsieur Petit"}, "jamais le nom"),
        ({"telephone": "à demander"}, "dix chiffres"),
        ({"telephone": ""}, "au moins un moyen"),
        ({"courriel": "accueil"}, "adresse complète"),
        ({"site": "javascript:alert(1)"}, "adresse du site"),
        ({"droits": ["invente"]}, "dans votre formulaire"),
    ],
)
def test_une_erreur_est_dite_et_rien_de_ce_qui_est_tape_n_est_perdu(vans, client, champs, reproche):
    client.force_login(vans.animateur)
    contenu = saisie(vans, horaires="Le mardi matin", **champs)
    page = client.post(adresse(vans, "ajouter/"), contenu).content.decode()
    assert reproche in page
    assert "Le mardi matin" in page
    assert not PointDeContact.objects.exists()


def test_deux_personnes_modifient_le_meme_service_aucune_n_ecrase_l_autre(vans, client):
    commun = point(vans)
    client.force_login(vans.administrateur)
    page = adresse(vans, f"{commun.pk}/")
    empreinte = client.get(page).context["empreinte"]
    gestes.modifier_point(
        point=commun,
        contenu={**gestes.contenu_de(commun), "horaires": "Le matin"},
        par=vans.animateur,
    )
    perdue = saisie(vans, telephone="3646", empreinte=empreinte)
    reponse = client.post(page, perdue)
    assert "Quelqu’un vient de modifier" in reponse.content.decode()
    commun.refresh_from_db()
    assert (commun.telephone, commun.horaires) == ("04 65 71 00 01", "Le matin")
    # Said again with what the page now shows, it is done.
    client.post(page, {**perdue, "empreinte": reponse.context["empreinte"]})
    commun.refresh_from_db()
    assert commun.telephone == "3646"


def proposer(gens, client, cible, **champs) -> Correction:
    client.force_login(gens.travail)
    contenu = {**saisie(gens, service=cible.service), **champs}
    reponse = client.post(adresse(gens, f"{cible.pk}/proposer/"), contenu)
    assert reponse.status_code == 302
    return Correction.objects.latest("pk")


def test_une_correction_acceptee_ne_change_que_ce_qu_elle_propose(vans, client):
    """What the animateur changed meanwhile stays."""
    cible = point(vans, horaires="Le matin")
    correction = proposer(vans, client, cible, telephone="3646", horaires="Le matin")
    assert correction.contenu == {"telephone": "3646"}
    gestes.modifier_point(
        point=cible,
        contenu={**gestes.contenu_de(cible), "horaires": "Le soir"},
        par=vans.animateur,
    )
    client.force_login(vans.animateur)
    page = client.get(adresse(vans, f"propositions/{correction.pk}/")).content.decode()
    assert "04 65 71 00 01" in page
    assert "3646" in page
    client.post(adresse(vans, f"propositions/{correction.pk}/"), {"action": "accepter"})
    cible.refresh_from_db()
    correction.refresh_from_db()
    assert (cible.telephone, cible.horaires) == ("3646", "Le soir")
    assert (correction.etat, correction.traitee_par) == ("acceptee", vans.animateur)


def test_une_correction_refusee_ne_change_rien_et_se_traite_une_fois(vans, client):
    cible = point(vans)
    correction = proposer(vans, client, cible, telephone="3646")
    client.force_login(vans.animateur)
    page = adresse(vans, f"propositions/{correction.pk}/")
    client.post(page, {"action": "refuser"})
    client.post(page, {"action": "accepter"})
    cible.refresh_from_db()
    correction.refresh_from_db()
    assert cible.telephone == "04 65 71 00 01"
    assert correction.etat == "refusee"
    client.force_login(vans.travail)
    assert "refusée" in client.get(adresse(vans)).content.decode()


def test_un_membre_propose_un_ajout_que_l_animateur_accepte(vans, client):
    client.force_login(vans.pilotage)
    client.post(adresse(vans, "proposer/"), saisie(vans, service="Épicerie sociale"))
    assert not PointDeContact.objects.exists()
    correction = Correction.objects.get()
    client.force_login(vans.animateur)
    assert "1 proposition attend" in client.get(adresse(vans)).content.decode()
    client.post(adresse(vans, f"propositions/{correction.pk}/"), {"action": "accepter"})
    assert PointDeContact.objects.get().service == "Épicerie sociale"
    correction.refresh_from_db()
    assert correction.point == PointDeContact.objects.get()


def test_proposer_sans_rien_changer_demande_au_moins_un_mot(vans, client):
    cible = point(vans)
    client.force_login(vans.travail)
    page = client.post(adresse(vans, f"{cible.pk}/proposer/"), saisie(vans)).content.decode()
    assert "Rien ne change" in page
    proposer(vans, client, cible, commentaire="Ce service a fermé.")
    assert Correction.objects.get().contenu == {}


def test_depuis_la_saisie_on_voit_qui_appeler_pour_le_droit_choisi(vans, client):
    point(vans, "Conseillère retraite", ["aspa"])
    situation = brouillon(vans, vans.travail)
    client.force_login(vans.travail)
    page = client.get(f"{situation.get_absolute_url()}saisie/non_recours/").content.decode()
    assert f'href="{adresse(vans)}?droit=aspa" target="_blank"' in page
    assert "Conseillère retraite" in client.get(adresse(vans, "?droit=aspa")).content.decode()
    panneau = client.get(adresse(vans, "qui-appeler/?droit=aspa")).content.decode()
    assert "Conseillère retraite" in panneau
    assert "<html" not in panneau
    assert "Choisissez d’abord" in client.get(adresse(vans, "qui-appeler/")).content.decode()
    vide = client.get(adresse(vans, "qui-appeler/?droit=rsa")).content.decode()
    assert "Personne n’est noté" in vide


def test_un_droit_retire_du_formulaire_reste_coche_au_service_qui_le_nomme(vans, client):
    """Modifying a telephone number must not drop what the form in force no longer proposes."""
    ancien = Droit.objects.create(
        code="taxi_vans", libelle="Taxi", domaine_id="MOB", nature="EXT", territoire=vans.territoire
    )
    cible = point(vans, droits=["taxi_vans", "aspa"])
    client.force_login(vans.animateur)
    page = client.get(adresse(vans, f"{cible.pk}/"))
    assert "Droits qui ne sont plus proposés" in page.content.decode()
    client.post(
        adresse(vans, f"{cible.pk}/"),
        saisie(
            vans,
            telephone="3646",
            droits=["taxi_vans", "aspa"],
            empreinte=page.context["empreinte"],
        ),
    )
    assert ancien in cible.droits.all()


def test_qui_part_n_a_plus_l_annuaire(vans, client):
    point(vans)
    client.force_login(vans.ancien)
    assert client.get(adresse(vans)).status_code == 404
    assert client.get(adresse(vans, "qui-appeler/?droit=aspa")).status_code == 404


def test_l_annuaire_se_lit_en_peu_de_requetes(vans, client, django_assert_max_num_queries):
    for rang in range(30):
        point(vans, f"Guichet {rang:02}", ["aspa", "rsa"])
    client.force_login(vans.travail)
    client.get(adresse(vans))
    with django_assert_max_num_queries(25):
        assert client.get(adresse(vans)).content.decode().count("Guichet") >= 30
