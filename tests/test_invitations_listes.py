"""Five hundred people pasted at once: an exact report, an exact result, nothing lost, nothing twice."""

import html
import json
import re

import pytest
from django.core import mail
from django.utils import timezone

from territoires.actions import ajouter_membre, creer_organisme
from territoires.collage import LIGNES_MAX, Ligne
from territoires.invitations import Examen, Suite
from territoires.models import Comite, Invitation, LotInvitations, Organisme, Utilisateur
from tests.matrice.membres import invitation

ADRESSE = "/territoires/pays-des-vans/membres/liste/"


@pytest.fixture
def page(vans, client):
    """The administrator's browser."""
    client.force_login(vans.administrateur)
    return client


def carnet(reponse) -> list[list]:
    """The lines that the page carries from one post to the next."""
    trouve = re.search(r'name="lignes" value="([^"]*)"', reponse.text)
    return json.loads(html.unescape(trouve.group(1)))


def poster(page, lignes: list[list], geste: str, **champs):
    return page.post(ADRESSE, {"lignes": json.dumps(lignes), "geste": geste, **champs})


def comptes(reponse) -> tuple[int, int, int]:
    """Ready, to correct, without consequence, as the top of the page says."""
    contexte = reponse.context
    comptees = (len(contexte["pretes"]), contexte["nombre_a_corriger"], len(contexte["sans_suite"]))
    pretes, a_corriger, sans_suite = comptees
    assert f"<strong>{pretes}</strong>" in reponse.text
    assert not a_corriger or f"<strong>{a_corriger}</strong> ligne" in reponse.text
    assert not sans_suite or f"<strong>{sans_suite}</strong> ligne" in reponse.text
    return comptees


def cinq_cents(drome) -> str:
    """500 people in four pieces: a CSV file, a spreadsheet, a mail program's list, more of the CSV.

    440 are right; 20 addresses are wrong, 10 organismes are those of the Drôme, 5 committees are
    unknown; 15 are there twice, 10 already sit or are already invited.
    """
    csv = ["\ufeffNom;E-mail;Organisme;Comité"]
    csv += [f"Personne {i};p{i}@ici.example;CCAS;GT" for i in range(200)]
    csv += [f"Personne {i};P{i}@ICI.example;ccas;groupe de travail" for i in range(15)]
    tableur = [
        f'"Nom{i}, Prénom"\tq{i}@ici.example\t"CAF de l\'Ardèche"\t{comite}\t\t'
        for i in range(150)
        for comite in [("COTECH", "copil", "Groupe de\u00a0travail")[i % 3]]
    ]
    courrier = [f'"Roy {i}" <r{i}@ici.example>;;CCAS;COPIL' for i in range(90)]
    fausses = [
        f"Faux {i};{faux};CCAS;GT" for i, faux in enumerate(["", "a(at)b.fr", "x@", "@y.fr"] * 5)
    ]
    ailleurs = [f"Ailleurs {i}\ts{i}@ici.example\tMaison de la Drôme\tGT" for i in range(10)]
    comites = [f"Comité {i},t{i}@ici.example,CCAS,comité des fêtes" for i in range(5)]
    deja = [f"Déjà {i};deja{i}@ici.example;CCAS;GT" for i in range(10)]
    return "\r\n".join([*csv, *tableur, *courrier, *fausses, *ailleurs, *comites, *deja])


@pytest.fixture
def deja_la(vans):
    """Five sit already in the groupe de travail, five are already invited to it."""
    groupe = vans.territoire.comites.get(nature="groupe_de_travail")
    for rang in range(10):
        email = f"deja{rang}@ici.example"
        if rang % 2:
            invitation(vans, email)
            continue
        compte = Utilisateur.objects.create_user(email, "secret", nom=f"Déjà {rang}")
        ajouter_membre(
            comite=groupe, utilisateur=compte, organisme=vans.organisme, par=vans.animateur
        )


def test_cinq_cents_personnes_collees(vans, drome, page, deja_la):
    creer_organisme(
        territoire=vans.territoire, nom="Caf de l’Ardèche", categorie="CAF", par=vans.animateur
    )
    creer_organisme(
        territoire=drome.territoire, nom="Maison de la Drôme", categorie="CCAS", par=drome.animateur
    )
    texte = cinq_cents(drome)
    reponse = page.post(ADRESSE, {"texte": texte})
    lignes = carnet(reponse)
    assert len(lignes) == LIGNES_MAX == 500
    assert comptes(reponse) == (440, 35, 25)
    _verifier_le_rapport(vans, lignes)
    assert not Invitation.objects.filter(email__startswith="p").exists()

    reponse = poster(page, lignes, "inviter")
    assert comptes(reponse) == (0, 35, 25)
    lot = LotInvitations.objects.get()
    assert lot.invitations.count() == 440
    assert len(mail.outbox) == len({courriel.to[0] for courriel in mail.outbox}) == 440
    par_comite = {
        nature: Invitation.objects.filter(lot=lot, comite__nature=nature).count()
        for nature in Comite.Nature
    }
    assert par_comite == {"groupe_de_travail": 250, "technique": 50, "pilotage": 140}
    # The same click again: nothing leaves twice.
    encore = poster(page, lignes, "inviter")
    assert comptes(encore) == (0, 35, 465)
    assert len(mail.outbox) == 440


def _verifier_le_rapport(vans, lignes: list[list]) -> None:
    examinees = Examen(vans.territoire, vans.administrateur).examiner(
        [Ligne(*ligne) for ligne in lignes]
    )
    par_nom = {une.ligne.nom: une for une in examinees if une.suite is not Suite.PRETE}
    assert "L’adresse e-mail manque" in par_nom["Faux 0"].erreurs["email"]
    assert "«\u00a0a(at)b.fr\u00a0» n’est pas une adresse" in par_nom["Faux 1"].erreurs["email"]
    assert set(par_nom["Ailleurs 3"].erreurs) == {"organisme"}
    assert "n’est pas un comité d’ici" in par_nom["Comité 2"].erreurs["comite"]
    assert par_nom["Déjà 0"].sans_suite == "Siège déjà\u00a0: Groupe de travail."
    assert "Déjà dans les invitations" in par_nom["Déjà 1"].sans_suite
    doublon = par_nom["Personne 7"]
    assert (doublon.ligne.numero, doublon.erreurs) == (209, {})
    assert "qu’à la ligne 9\u00a0" in doublon.sans_suite
    assert examinees[215].ligne.nom == "Nom0, Prénom"
    assert examinees[215].organisme.nom == "Caf de l’Ardèche"
    assert examinees[365].ligne.nom == "Roy 0"


def test_corriger_sur_place_envoie_les_bonnes_et_garde_les_autres(vans, page):
    texte = "Zoé;zoe(at)ici.example;CCAS;GT\nLuc;luc@ici.example;CCAS;machin\nAnne;anne@ici.example;CCAS;GT"
    lignes = carnet(page.post(ADRESSE, {"texte": texte}))
    reponse = poster(
        page, lignes, "inviter", **{"email-0": " zoe@ici.example ", "comite-1": "truc"}
    )
    assert {i.email for i in Invitation.objects.all()} == {"zoe@ici.example", "anne@ici.example"}
    assert carnet(reponse) == [[2, "Luc", "luc@ici.example", "CCAS", "truc"]]
    assert 'value="luc@ici.example"' in reponse.text
    fini = poster(page, carnet(reponse), "inviter", **{"comite-0": "Comité de pilotage"})
    assert fini.status_code == 302
    assert Invitation.objects.count() == 3
    assert "<strong>Envoi terminé</strong> : 1 invitation partie sur 1." in page.get(
        fini["Location"]
    ).text.replace("\u00a0", " ")


def test_l_organisme_d_un_autre_territoire_n_existe_pas_plus_qu_un_autre(drome, page):
    """Nothing tells what exists elsewhere from what exists nowhere."""
    creer_organisme(
        territoire=drome.territoire, nom="Maison Drôme", categorie="CCAS", par=drome.animateur
    )
    pages = []
    for nom in ("Maison Drôme", "Maison Lune"):
        reponse = poster(page, [[1, "Zoé", "zoe@ici.example", nom, "GT"]], "verifier")
        assert f"« {nom} » n’est pas un organisme" in reponse.text.replace("\u00a0", " ")
        texte = html.unescape(reponse.text).replace("\\u00f4", "ô").replace(nom, "NOM")
        pages.append(re.sub(r'csrfmiddlewaretoken" value="\w+|data-reste="\d+', "", texte))
    assert pages[0] == pages[1]


def test_une_ligne_retiree_ne_revient_pas(vans, page):
    lignes = [[1, "Zoé", "faux", "CCAS", "GT"], [2, "Luc", "luc@ici.example", "CCAS", "GT"]]
    reponse = poster(page, lignes, "verifier", **{"retirer-0": "on"})
    assert carnet(reponse) == [lignes[1]]


def test_un_organisme_inconnu_se_cree_expres(vans, page):
    lignes = [
        [1, "Zoé", "zoe@ici.example", "Le Pont", "GT"],
        [2, "Luc", "luc@ici.example", "LE PONT", "GT"],
        [3, "Max", "max@ici.example", "CCASS", "GT"],
    ]
    reponse = poster(page, lignes, "verifier")
    assert "Est-ce «\u00a0CCAS\u00a0»" in reponse.text
    propose = {c.form["nom"].value(): c.form.prefix for c in reponse.context["creations"]}
    assert list(propose) == ["Le Pont", "CCASS"]
    prefixe = propose["Le Pont"]
    rang = prefixe.removeprefix("organisme-")
    champs = {f"{prefixe}-nom": "Le Pont", f"{prefixe}-categorie": ""}
    sans = poster(page, lignes, "creer", **champs, **{f"creer-{rang}": "on"})
    assert "Choisissez une catégorie" in sans.text
    assert not Organisme.objects.filter(nom="Le Pont").exists()
    champs[f"{prefixe}-categorie"] = "CCAS"
    pas_coche = poster(page, lignes, "creer", **champs)
    assert comptes(pas_coche) == (0, 3, 0)
    assert comptes(poster(page, lignes, "creer", **champs, **{f"creer-{rang}": "on"})) == (2, 1, 0)


def test_ce_que_la_liste_ne_dit_pas_se_choisit_une_fois(vans, page):
    comite = vans.territoire.comites.get(nature="groupe_de_travail")
    reponse = page.post(
        ADRESSE,
        {
            "texte": "Zoé <zoe@ici.example>; Luc <luc@ici.example>; max@ici.example",
            "organisme": vans.organisme.pk,
            "comite": comite.pk,
        },
    )
    assert comptes(reponse) == (3, 0, 0)


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("", "Collez une liste"),
        (" ; \n ;", "Personne n’est écrit"),
        ("\n".join(f"p{i}@ici.example" for i in range(501)), "501 personnes : 500 au plus"),
    ],
)
def test_une_liste_refusee_dit_pourquoi_et_reste(page, texte, phrase):
    reponse = page.post(ADRESSE, {"texte": texte})
    assert reponse.status_code == 200
    assert phrase in re.sub(r"\s", " ", reponse.text)
    assert html.escape(texte[:40]) in reponse.text


@pytest.mark.parametrize(
    "lignes", ["", "[]", "{", "[1, 2]", '[["a"]]', '{"a": 1}', "null", '["xx"]']
)
def test_un_carnet_illisible_ramene_a_la_liste(page, lignes):
    reponse = page.post(ADRESSE, {"lignes": lignes, "geste": "inviter"})
    assert reponse.status_code == 200
    assert "Collez une liste" in reponse.text


def test_une_liste_toute_fausse_se_corrige_en_plusieurs_fois(page):
    """A browser posts no more fields than Django accepts."""
    lignes = [[i, f"P{i}", "faux", "CCAS", "GT"] for i in range(500)]
    reponse = poster(page, lignes, "verifier")
    assert comptes(reponse) == (0, 500, 0)
    nombre = len(re.findall(r'name="(?:nom|email|organisme|comite|retirer)-\d+"', reponse.text))
    assert nombre == 500
    champs = {f"{champ}-{i}": f"p{i}@x.example" for i in range(100) for champ in ("email", "nom")}
    assert comptes(poster(page, lignes, "verifier", **champs)) == (100, 400, 0)


def test_suivre_un_envoi_et_renvoyer_ce_qui_a_echoue(vans, page):
    lot = LotInvitations.objects.create(territoire=vans.territoire, par=vans.animateur)
    invitation(vans, "partie@ici.example", lot=lot, envoyee_le=timezone.now())
    invitation(vans, "refusee@ici.example", lot=lot, echec="Adresse refusée.")
    invitation(vans, "attend@ici.example", lot=lot)
    adresse = f"/territoires/pays-des-vans/membres/envois/{lot.pk}/"
    texte = page.get(adresse).text
    for attendu in ("data-en-cours", "sur 3, 1 en attente", "1 en échec", "Adresse refusée."):
        assert attendu in texte
    assert (
        "Un envoi d’invitations est en cours"
        in page.get("/territoires/pays-des-vans/membres/").text
    )
    page.post(adresse)
    texte = page.get(adresse).text
    assert "Envoi terminé" in texte
    assert "data-en-cours" not in texte
    assert {c.to[0] for c in mail.outbox} == {"refusee@ici.example", "attend@ici.example"}
