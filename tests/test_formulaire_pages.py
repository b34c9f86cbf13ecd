"""The editor's pages, with no script: an animateur adapts the form alone, and can undo it."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from situations.actions.adaptation import ouvrir_brouillon
from situations.models import ModulePartage, Version
from situations.versions import version_en_vigueur
from territoires.actions import creer_territoire, nommer_administrateur

BASE = "/territoires/pays-des-vans/formulaire/"
BROUILLON = f"{BASE}brouillon/"


@pytest.fixture
def page(client, vans):
    """The animateur's browser."""
    client.force_login(vans.animateur)
    return client


@pytest.fixture
def brouillon(vans, page) -> Version:
    return ouvrir_brouillon(territoire=vans.territoire, par=vans.animateur)


def lu(reponse) -> str:
    return reponse.content.decode()


def document(brouillon: Version) -> dict:
    return Version.objects.get(pk=brouillon.pk).definition


def questions(brouillon: Version) -> dict[str, dict]:
    return {q["variable"]: q for s in document(brouillon)["sections"] for q in s["questions"]}


def variables(brouillon: Version, code: str) -> list[str]:
    section = next(s for s in document(brouillon)["sections"] if s["code"] == code)
    return [q["variable"] for q in section["questions"]]


def empreinte(page: Client, adresse: str) -> str:
    return re.search(r'name="empreinte" value="(\w+)"', lu(page.get(adresse))).group(1)


def gester(page: Client, geste: str):
    return page.post(BROUILLON, {"geste": geste})


def poster_question(page: Client, variable: str, **champs):
    """What the browser posts from the question's page, its fields as they are but for these."""
    adresse = f"{BROUILLON}questions/{variable}/"
    champs = {"empreinte": empreinte(page, adresse), "action": "enregistrer", **champs}
    return page.post(adresse, champs)


def ajouter(page: Client, genre: str, section: str = "personne", **champs):
    return page.post(f"{BROUILLON}questions/nouvelle/?section={section}&genre={genre}", champs)


def test_l_animateur_ouvre_un_brouillon_et_le_reprend(page, vans):
    texte = lu(page.get(BASE))
    assert "En vigueur : version 1" in texte
    assert "Adapter le formulaire" in texte
    assert page.post(f"{BASE}ouvrir/")["Location"] == BROUILLON
    assert "Reprendre le brouillon" in lu(page.get(BASE))
    page.post(f"{BASE}ouvrir/")
    assert vans.territoire.formulaire.versions.count() == 2


def test_sans_brouillon_on_revient_au_formulaire(page):
    assert page.get(BROUILLON)["Location"] == BASE


def test_le_lien_formulaire_n_est_qu_a_ceux_qui_adaptent(client, vans):
    for compte, attendu in (
        (vans.animateur, True),
        (vans.administrateur, True),
        (vans.travail, False),
    ):
        client.force_login(compte)
        texte = lu(client.get("/territoires/pays-des-vans/tableau-de-bord/"))
        assert (f'href="{BASE}"' in texte) is attendu


def test_monter_une_question_ramene_sur_son_bouton(page, brouillon):
    avant = variables(brouillon, "personne")
    reponse = gester(page, f"monter-question:{avant[2]}")
    assert reponse["Location"] == f"{BROUILLON}#monter-question-{avant[2]}"
    assert variables(brouillon, "personne")[1] == avant[2]
    reponse = gester(page, f"monter-question:{avant[2]}")
    assert reponse["Location"] == f"{BROUILLON}#descendre-question-{avant[2]}"
    assert f'id="descendre-question-{avant[2]}"' in lu(page.get(BROUILLON))


def test_deplacer_une_question_dans_une_autre_section(page, brouillon):
    assert "placer-question:zone:suites:0" in lu(page.get(f"{BROUILLON}questions/zone/place/"))
    gester(page, "placer-question:zone:suites:1")
    assert variables(brouillon, "suites")[1] == "zone"
    assert "zone" not in variables(brouillon, "personne")


def test_une_question_posee_pour_chaque_droit_ne_change_pas_de_portee(page, brouillon):
    assert "Après « Quelle est la gravité" not in lu(page.get(f"{BROUILLON}questions/etape/place/"))
    reponse = page.post(BROUILLON, {"geste": "placer-question:etape:suites:0"}, follow=True)
    assert "ne peut pas aller dans" in lu(reponse)
    assert "etape" in variables(brouillon, "non_recours")


@pytest.mark.parametrize(
    "geste",
    [
        "",
        "inconnu:age",
        "placer-question:age:personne:x",
        "monter-question:rien",
        "placer-question:age",
        "dupliquer:rien",
        "reprendre:rien",
        "retirer-section:rien",
        "descendre-section:rien",
    ],
)
def test_un_geste_qui_n_existe_pas_ne_change_rien(page, brouillon, geste):
    avant = document(brouillon)
    assert gester(page, geste).status_code == 302
    assert document(brouillon) == avant


def test_masquer_une_question_du_socle_et_la_poser_a_nouveau(page, brouillon):
    gester(page, "retirer-question:mobilite")
    assert "mobilite" not in questions(brouillon)
    assert "reprendre:mobilite" in lu(page.get(BROUILLON))
    gester(page, "reprendre:mobilite")
    assert "mobilite" in variables(brouillon, "personne")


def test_le_socle_garde_ce_qu_il_exige_et_dit_pourquoi(page, brouillon):
    reponse = page.post(BROUILLON, {"geste": "retirer-question:age"}, follow=True)
    assert "Le socle commun demande que" in lu(reponse)
    assert "age" in questions(brouillon)
    texte = lu(page.get(f"{BROUILLON}questions/age/"))
    assert "vos chiffres ne se compareraient plus" in texte
    assert "à chaque fois" in lu(page.get(f"{BROUILLON}questions/age/condition/"))


def test_une_question_locale_retiree_du_brouillon_peut_etre_remise(page, brouillon):
    ajouter(page, "oui_non", libelle="A-t-elle un compte bancaire ?")
    variable = next(v for v, q in questions(brouillon).items() if not q["noyau"])
    gester(page, f"retirer-question:{variable}")
    assert variable not in questions(brouillon)
    gester(page, f"reprendre:{variable}")
    assert questions(brouillon)[variable]["libelle"] == "A-t-elle un compte bancaire ?"


def test_une_section_ajoutee_renommee_retiree(page, brouillon):
    page.post(f"{BROUILLON}sections/nouvelle/", {"titre": "La mobilité", "aide": ""})
    assert document(brouillon)["sections"][-1]["code"] == "la_mobilite"
    adresse = f"{BROUILLON}sections/la_mobilite/"
    page.post(adresse, {"titre": "Se déplacer", "empreinte": empreinte(page, adresse)})
    assert document(brouillon)["sections"][-1]["titre"] == "Se déplacer"
    gester(page, "monter-section:la_mobilite")
    assert document(brouillon)["sections"][-2]["code"] == "la_mobilite"
    gester(page, "retirer-section:la_mobilite")
    assert "la_mobilite" not in [s["code"] for s in document(brouillon)["sections"]]


GENRES = {
    "choix": ("choix", {"options": "À pied\nEn car\nAutre\nNe sait pas"}),
    "choix_multiple": ("choix_multiple", {"options": "Un\nDeux", "max": "2"}),
    "oui_non": ("choix", {}),
    "echelle": ("echelle", {"options": "Pas du tout\nUn peu\nTout à fait"}),
    "entier": ("entier", {"min": "0", "max": "90", "tranches": "0, 5, 10"}),
    "mois": ("mois", {}),
    "texte_court": ("texte_court", {"max": "80"}),
    "texte_long": ("texte_long", {}),
    "commune": ("commune", {}),
    "droit": ("droit", {}),
}


@pytest.mark.parametrize("cle", GENRES)
def test_chaque_genre_de_question_s_ajoute_et_se_relit(page, brouillon, cle):
    genre, champs = GENRES[cle]
    assert f"genre={cle}" in lu(page.get(f"{BROUILLON}questions/nouvelle/?section=personne"))
    assert (
        page.get(f"{BROUILLON}questions/nouvelle/?section=personne&genre={cle}").status_code == 200
    )
    reponse = ajouter(page, cle, libelle="Ma question ?", obligatoire="on", **champs)
    assert reponse.status_code == 302
    (question,) = [q for q in questions(brouillon).values() if not q["noyau"]]
    assert (question["genre"], question["obligatoire"]) == (genre, True)
    assert question["variable"].endswith("pays_des_vans")
    if cle == "entier":
        assert question["classes"] == [[0, 4], [5, 9], [10, None]]
    if "options" in champs:
        libelles = [o["libelle"] for o in document(brouillon)["listes"][question["liste"]]]
        assert libelles == champs["options"].split("\n")
    assert page.get(f"{BROUILLON}questions/{question['variable']}/").status_code == 200
    assert page.get(f"{BROUILLON}apercu/personne/").status_code == 200


@pytest.mark.parametrize(
    ("genre", "champs", "attendu"),
    [
        ("choix", {"libelle": "", "options": "A\nB"}, "Écrivez la question."),
        ("choix", {"libelle": "Q", "options": "A"}, "au moins deux réponses"),
        ("choix", {"libelle": "Q", "options": "A\na"}, "Deux réponses sont identiques"),
        ("entier", {"libelle": "Q", "min": "9", "max": "2"}, "doit dépasser le plus petit"),
        ("entier", {"libelle": "Q", "tranches": "5, 0"}, "de la plus petite à la plus grande"),
        ("entier", {"libelle": "Q", "tranches": "cinq"}, "début de chaque tranche"),
        ("texte_court", {"libelle": "Q", "max": "9999"}, "de 1 à 200"),
    ],
)
def test_une_question_mal_ecrite_est_montree_de_nouveau(page, brouillon, genre, champs, attendu):
    reponse = ajouter(page, genre, **champs)
    assert reponse.status_code == 200
    assert attendu in lu(reponse)
    assert all(question["noyau"] for question in questions(brouillon).values())


def test_les_mots_d_une_question_du_socle_changent_et_rien_d_autre(page, brouillon):
    avant = questions(brouillon)["mobilite"]
    poster_question(
        page, "mobilite", libelle="Comment se déplace-t-elle ?", aide="", max="3", genre="mois"
    )
    assert questions(brouillon)["mobilite"] == {
        **avant,
        "libelle": "Comment se déplace-t-elle ?",
        "aide": "",
    }


def test_ce_que_le_socle_rend_obligatoire_le_reste(page, brouillon):
    poster_question(page, "age", libelle="Son âge ?")
    assert questions(brouillon)["age"]["obligatoire"] is True


def test_un_choix_local_precise_un_choix_du_socle(page, brouillon):
    champs = {
        "libelle": questions(brouillon)["logement"]["libelle"],
        "action": "ajouter-choix",
        "nouveau-libelle": "Caravane sur terrain familial",
    }
    assert "Dites comme quelle réponse du socle" in lu(poster_question(page, "logement", **champs))
    mobile = next(o for o in document(brouillon)["listes"]["logement"] if "mobile" in o["libelle"])
    reponse = poster_question(page, "logement", **champs, **{"nouveau-raffine": mobile["code"]})
    assert reponse["Location"] == f"{BROUILLON}questions/logement/#choix"
    ajoute = next(o for o in document(brouillon)["listes"]["logement"] if o.get("local"))
    assert (ajoute["libelle"], ajoute["raffine"]) == (
        "Caravane sur terrain familial",
        mobile["code"],
    )
    assert f"Compte comme « {mobile['libelle']} »" in lu(
        page.get(f"{BROUILLON}questions/logement/")
    )


def test_les_reponses_d_une_question_locale_se_renomment_se_deplacent_se_retirent(page, brouillon):
    ajouter(page, "choix", libelle="Venue ?", options="À pied\nEn car\nEn voiture")
    variable = next(v for v, q in questions(brouillon).items() if not q["noyau"])

    def choix() -> list[str]:
        return [
            o["libelle"]
            for o in document(brouillon)["listes"][questions(brouillon)[variable]["liste"]]
        ]

    def code(libelle: str) -> str:
        liste = document(brouillon)["listes"][questions(brouillon)[variable]["liste"]]
        return next(o["code"] for o in liste if o["libelle"] == libelle)

    poster_question(
        page, variable, libelle="Venue ?", **{f"choix-{code('En car')}-libelle": "En bus"}
    )
    assert choix() == ["À pied", "En bus", "En voiture"]
    poster_question(page, variable, libelle="Comment ?", action=f"monter:{code('En voiture')}")
    assert choix() == ["À pied", "En voiture", "En bus"]
    assert questions(brouillon)[variable]["libelle"] == "Comment ?"
    poster_question(page, variable, libelle="Comment ?", action=f"retirer:{code('À pied')}")
    assert choix() == ["En voiture", "En bus"]


def test_une_condition_se_construit_par_menus(page, brouillon):
    adresse = f"{BROUILLON}questions/zone/condition/"
    depart = {"empreinte": empreinte(page, adresse), "posee": "si", "mode": "toutes"}
    choisie = {**depart, "clause-0-variable": "activite", "action": "actualiser"}
    assert 'value="ac_retr"' in lu(page.post(adresse, choisie))
    assert "Cochez au moins une réponse" in lu(
        page.post(adresse, {**choisie, "action": "enregistrer"})
    )
    deux = {
        **choisie,
        "clause-0-valeurs": ["ac_retr"],
        "clause-1-variable": "age",
        "clause-1-valeurs": ["a_75p"],
        "mode": "une",
    }
    assert "«\u00a0Retraité\u00a0» ou si" in lu(page.post(adresse, deux))
    assert questions(brouillon)["zone"]["condition"] is None
    reponse = page.post(adresse, {**deux, "action": "enregistrer"})
    assert reponse["Location"] == f"{BROUILLON}#question-zone"
    assert questions(brouillon)["zone"]["condition"] == {
        "mode": "une",
        "clauses": [
            {"variable": "activite", "valeurs": ["ac_retr"]},
            {"variable": "age", "valeurs": ["a_75p"]},
        ],
    }
    assert "Posée si «\u00a0Quelle est son activité" in lu(page.get(BROUILLON))
    page.post(
        adresse,
        {"empreinte": empreinte(page, adresse), "posee": "toujours", "action": "enregistrer"},
    )
    assert questions(brouillon)["zone"]["condition"] is None


def test_une_condition_ne_porte_que_sur_ce_qui_est_pose_avant(page, brouillon):
    texte = lu(page.get(f"{BROUILLON}questions/pcs/condition/"))
    assert 'value="age"' in texte
    assert 'value="logement"' not in texte


def test_a_deux_sur_la_meme_question_le_second_voit_les_deux(vans, page, brouillon):
    adresse = f"{BROUILLON}questions/zone/"
    mienne = empreinte(page, adresse)
    autre = Client()
    autre.force_login(vans.administrateur)
    poster_question(autre, "zone", libelle="Où habite-t-elle ?")
    reponse = page.post(
        adresse, {"empreinte": mienne, "libelle": "Quel secteur ?", "action": "enregistrer"}
    )
    assert reponse.status_code == 409
    assert "Où habite-t-elle ?" in lu(reponse)
    assert "Quel secteur ?" in lu(reponse)
    assert questions(brouillon)["zone"]["libelle"] == "Où habite-t-elle ?"
    nouvelle = re.search(r'name="empreinte" value="(\w+)"', lu(reponse)).group(1)
    page.post(
        adresse, {"empreinte": nouvelle, "libelle": "Quel secteur ?", "action": "enregistrer"}
    )
    assert questions(brouillon)["zone"]["libelle"] == "Quel secteur ?"


def test_deux_personnes_sur_deux_questions_ne_se_genent_pas(vans, page, brouillon):
    zone = f"{BROUILLON}questions/zone/"
    mienne = empreinte(page, zone)
    autre = Client()
    autre.force_login(vans.administrateur)
    poster_question(autre, "mobilite", libelle="Peut-elle se déplacer ?")
    reponse = page.post(
        zone, {"empreinte": mienne, "libelle": "Quel secteur ?", "action": "enregistrer"}
    )
    assert reponse.status_code == 302
    lues = questions(brouillon)
    assert lues["zone"]["libelle"] == "Quel secteur ?"
    assert lues["mobilite"]["libelle"] == "Peut-elle se déplacer ?"


def droits(brouillon: Version) -> dict[str, dict]:
    return {droit["code"]: droit for droit in document(brouillon)["listes"]["droits"]}


def test_masquer_des_droits_et_les_remettre(page, brouillon):
    adresse = f"{BROUILLON}droits/"
    tous = list(droits(brouillon))
    page.post(
        adresse, {"empreinte": empreinte(page, adresse), "droits": [c for c in tous if c != "ass"]}
    )
    assert "ass" not in droits(brouillon)
    assert "autre" in droits(brouillon)
    page.post(adresse, {"empreinte": empreinte(page, adresse), "droits": tous})
    assert list(droits(brouillon)) == tous


def test_un_droit_local_compte_comme_un_droit_du_socle_ou_dans_un_domaine(page, brouillon):
    adresse = f"{BROUILLON}droits/nouveau/"
    champs = {"libelle": "Épicerie sociale des Vans", "nature": "EXT", "organismes": ["CCAS"]}
    assert "Choisissez un droit du socle" in lu(page.post(adresse, champs))
    assert page.post(adresse, {**champs, "raffine": "aide_alim"}).status_code in (200, 302)
    socle = next(code for code in droits(brouillon) if code not in ("autre",))
    page.post(adresse, {**champs, "raffine": socle})
    page.post(adresse, {**champs, "libelle": "Taxi solidaire", "domaine": "LOG"})
    locaux = {d["libelle"]: d for d in droits(brouillon).values() if d.get("local")}
    assert locaux["Épicerie sociale des Vans"]["raffine"] == socle
    assert locaux["Taxi solidaire"]["raffine"] is None
    assert locaux["Taxi solidaire"]["domaine"] == "LOG"
    taxi = locaux["Taxi solidaire"]["code"]
    modifier = f"{BROUILLON}droits/{taxi}/"
    page.post(
        modifier,
        {"empreinte": empreinte(page, modifier), "libelle": "Taxi à la demande", "nature": "EXT"},
    )
    assert droits(brouillon)[taxi]["libelle"] == "Taxi à la demande"
    page.post(
        f"{BROUILLON}droits/",
        {
            "empreinte": empreinte(page, f"{BROUILLON}droits/"),
            "droits": list(droits(brouillon)),
            "action": f"retirer:{taxi}",
        },
    )
    assert taxi not in droits(brouillon)


def test_un_module_se_prend_en_un_clic_et_une_section_se_partage(page, brouillon, vans):
    adresse = f"{BROUILLON}modules/"
    assert "Minimum vieillesse" in lu(page.get(adresse))
    page.post(adresse, {"action": "prendre:aspa"})
    assert "aspa_succession" in variables(brouillon, "non_recours")
    page.post(f"{BROUILLON}sections/nouvelle/", {"titre": "La mobilité"})
    ajouter(page, "oui_non", "la_mobilite", libelle="A-t-elle une voiture ?")
    page.post(adresse, {"action": "partager", "section": "la_mobilite", "titre": "Se déplacer"})
    partage = ModulePartage.objects.get()
    assert (partage.titre, partage.territoire) == ("Se déplacer", vans.territoire)
    assert "Proposé par Pays des Vans" in lu(page.get(adresse))
    page.post(adresse, {"action": f"retirer:partage-{partage.pk}"})
    assert not ModulePartage.objects.exists()


def test_un_territoire_prend_le_module_d_un_autre_mais_ne_le_retire_pas(page, brouillon, drome):
    page.post(f"{BROUILLON}sections/nouvelle/", {"titre": "La mobilité"})
    ajouter(page, "oui_non", "la_mobilite", libelle="A-t-elle une voiture ?")
    page.post(
        f"{BROUILLON}modules/",
        {"action": "partager", "section": "la_mobilite", "titre": "Se déplacer"},
    )
    partage = ModulePartage.objects.get()
    ailleurs = ouvrir_brouillon(territoire=drome.territoire, par=drome.animateur)
    page.force_login(drome.animateur)
    adresse = "/territoires/drome/formulaire/brouillon/modules/"
    page.post(adresse, {"action": f"retirer:partage-{partage.pk}"})
    assert ModulePartage.objects.filter(pk=partage.pk).exists()
    page.post(adresse, {"action": f"prendre:partage-{partage.pk}"})
    assert "A-t-elle une voiture ?" in [q["libelle"] for q in questions(ailleurs).values()]


def test_l_apercu_se_remplit_sans_rien_garder(page, brouillon, vans):
    ajouter(page, "oui_non", "reperage", libelle="Vient-elle de loin ?")
    avant = document(brouillon)
    adresse = f"{BROUILLON}apercu/reperage/"
    assert "Vient-elle de loin" in lu(page.get(adresse))
    reponse = page.post(
        adresse, {"contexte": "co_accueil", "action": "continuer", "reponses": "{}"}
    )
    assert "La personne</h2>" in lu(reponse)
    portees = json.loads(
        re.search(r'name="reponses" value="([^"]*)"', lu(reponse)).group(1).replace("&quot;", '"')
    )
    assert portees == {"contexte": "co_accueil"}
    assert document(brouillon) == avant
    assert not vans.territoire.situation_set.exists()
    assert "apercu-telephone" in lu(page.get(f"{adresse}?largeur=telephone"))


@pytest.mark.parametrize(
    "reponses", ["", "[", "[1]", '{"age": {"a": 1}}', '{"age": [1]}', '{"actions": "x"}']
)
def test_l_apercu_ne_croit_pas_ce_que_porte_la_page(page, brouillon, reponses):
    reponse = page.post(
        f"{BROUILLON}apercu/personne/", {"reponses": reponses, "action": "continuer"}
    )
    assert reponse.status_code == 200


def test_l_apercu_cherche_parmi_les_droits_du_brouillon(page, brouillon):
    adresse = f"{BROUILLON}apercu/recherche/?q=aspa"
    assert "aspa" in [d["code"] for d in page.get(adresse).json()["droits"]]
    tous = [code for code in droits(brouillon) if code != "aspa"]
    page.post(
        f"{BROUILLON}droits/", {"empreinte": empreinte(page, f"{BROUILLON}droits/"), "droits": tous}
    )
    assert "aspa" not in [d["code"] for d in page.get(adresse).json()["droits"]]


def test_publier_dit_ce_qui_change_puis_se_defait(page, brouillon, vans):
    poster_question(page, "zone", libelle="Quel secteur ?")
    texte = lu(page.get(f"{BROUILLON}publier/"))
    assert "Quel secteur ?" in texte
    reponse = page.post(f"{BROUILLON}publier/", follow=True)
    assert "Annuler" in lu(reponse)
    assert version_en_vigueur(vans.territoire).numero == 2
    remettre = f"{BASE}versions/1/remettre/"
    assert remettre in lu(reponse)
    assert "Quel secteur ?" in lu(page.get(remettre))
    assert version_en_vigueur(vans.territoire).numero == 2
    page.post(remettre)
    assert version_en_vigueur(vans.territoire).numero == 1
    assert "Quel secteur ?" in lu(page.get(f"{BASE}versions/2/"))


def test_un_brouillon_qui_a_un_probleme_ne_se_publie_pas(page, brouillon, vans):
    gester(page, "placer-question:activite:personne:99")
    adresse = f"{BROUILLON}questions/pcs/condition/"
    page.post(
        adresse,
        {
            "empreinte": empreinte(page, adresse),
            "posee": "si",
            "clause-0-variable": "age",
            "clause-0-valeurs": ["a_75p"],
            "action": "enregistrer",
        },
    )
    gester(page, "placer-question:age:personne:99")
    texte = lu(page.get(f"{BROUILLON}publier/"))
    assert "À régler d’abord" in texte
    assert f'href="{BROUILLON}questions/pcs/"' in texte
    assert page.post(f"{BROUILLON}publier/").status_code == 422
    assert version_en_vigueur(vans.territoire).numero == 1
    assert page.get(f"{BROUILLON}apercu/").status_code == 200


def test_abandonner_se_confirme_et_ne_touche_pas_ce_qui_est_en_vigueur(page, brouillon, vans):
    poster_question(page, "zone", libelle="Quel secteur ?")
    assert "Quel secteur ?" in lu(page.get(f"{BROUILLON}abandonner/"))
    assert Version.objects.filter(pk=brouillon.pk).exists()
    page.post(f"{BROUILLON}abandonner/")
    assert not Version.objects.filter(pk=brouillon.pk).exists()
    assert version_en_vigueur(vans.territoire).numero == 1


def test_le_socle_a_evolue_se_prend_dans_le_brouillon(page, brouillon):
    assert "Le socle a évolué" not in lu(page.get(BASE))
    Version.objects.filter(pk=brouillon.pk).update(noyau="d’avant")
    poster_question(page, "zone", libelle="Quel secteur ?")
    assert "Le socle a évolué" in lu(page.get(BASE))
    assert "Prendre ces évolutions" in lu(page.get(f"{BASE}evolution/"))
    page.post(f"{BASE}evolution/")
    assert questions(brouillon)["zone"]["libelle"] == "Quel secteur ?"
    assert "Le socle a évolué" not in lu(page.get(BASE))
    assert page.get(f"{BASE}evolution/")["Location"] == BASE


def test_une_version_s_exporte_et_se_reimporte(page, brouillon):
    reponse = page.get(f"{BASE}versions/1/xlsform/")
    assert reponse.content[:2] == b"PK"
    assert "formulaire-pays-des-vans-version-1.xlsx" in reponse["Content-Disposition"]


def envoyer(page: Client, contenu: bytes, nom: str = "formulaire.xlsx"):
    return page.post(f"{BASE}importer/", {"fichier": SimpleUploadedFile(nom, contenu)})


def test_un_xlsform_se_lit_avant_de_remplacer_le_brouillon(page, brouillon):
    gester(page, "retirer-question:mobilite")
    classeur = page.get(f"{BASE}versions/1/xlsform/").content
    texte = lu(envoyer(page, classeur))
    assert "Remplacer le brouillon" in texte
    assert "Question ajoutée" in texte
    assert "mobilite" not in questions(brouillon)
    page.post(f"{BASE}importer/", {"action": "remplacer"})
    assert "mobilite" in questions(brouillon)
    page.post(f"{BASE}importer/", {"action": "remplacer"}, follow=True)


def test_un_fichier_illisible_est_refuse_avec_une_phrase(page, brouillon):
    avant = document(brouillon)
    assert "Ce fichier ne peut pas être lu" in lu(envoyer(page, b"pas un classeur"))
    assert "Ce fichier dépasse" in lu(envoyer(page, b"x" * (5 * 1024 * 1024 + 1)))
    assert "Choisissez un fichier" in lu(page.post(f"{BASE}importer/", {}))
    page.post(f"{BASE}importer/", {"action": "remplacer"})
    assert document(brouillon) == avant


def test_un_territoire_sans_formulaire_n_a_rien_a_adapter(client, national):
    territoire = creer_territoire(nom="Sans", niveau="autre", communes=[], par=national)
    nommer_administrateur(territoire=territoire, utilisateur=national, par=national)
    client.force_login(national)
    base = f"/territoires/{territoire.slug}/formulaire/"
    for page in ("", "evolution/", "versions/1/"):
        assert client.get(f"{base}{page}").status_code == 404
    assert client.post(f"{base}ouvrir/").status_code == 404
