"""The in-app guide: every link leads somewhere, every doubt has its section, nothing contradicts the house."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from situations import guide, noyau
from situations.anonymat import doutes, refus
from situations.moteur.definition import Definition
from territoires.permissions import TABLE, Action, Role
from tests.bases import RACINE
from tests.gens import brouillon

# The questions where one hesitates most: each sends to the guide.
QUESTIONS_A_DOUTE = (
    "droit",
    "dynamique",
    "eligibilite",
    "intensite",
    "motif_principal",
    "recit",
    "type",
)
SECTIONS = [section for page in guide.pages() for section in page.sections]
ADRESSES = ["/guide/", "/guide/imprimer/", *(f"/guide/{page.code}/" for page in guide.pages())]
PUBLIQUES = ["/accessibilite/", "/mentions-legales/", "/note-d-information/"]


class Liens(HTMLParser):
    """The ids and the links of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.ids: list[str] = []
        self.liens: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributs = dict(attrs)
        if "id" in attributs:
            self.ids.append(attributs["id"])
        if tag == "a":
            self.liens.append(attributs["href"])


@pytest.fixture
def lecture(client, vans):
    """Opens an address as a member of the groupe de travail, once."""
    client.force_login(vans.travail)
    lues: dict[str, Liens] = {}

    def lire(adresse: str) -> Liens:
        if adresse not in lues:
            reponse = client.get(adresse)
            assert reponse.status_code == 200, adresse
            lues[adresse] = Liens(reponse.content.decode())
        return lues[adresse]

    return lire


def test_chaque_section_a_son_texte_et_chaque_texte_sa_section():
    dossier = RACINE / "templates"
    ecrits = {str(p.relative_to(dossier)) for p in (dossier / "guide").glob("*/*.html")}
    assert {section.gabarit for section in SECTIONS} == ecrits


def test_les_ancres_sont_uniques_dans_tout_le_guide():
    ancres = [section.ancre for section in SECTIONS]
    assert len(ancres) == len(set(ancres))


def test_les_lecteurs_designes_existent():
    assert {qui for page in guide.pages() for qui in page.pour} == guide.LECTEURS.keys()
    assert all(page.pour for page in guide.pages())


def internes(page: Liens) -> Iterator[tuple[str, str]]:
    """(address, anchor) of the links to a page of the guide or of the law."""
    for lien in page.liens:
        chemin, _, ancre = lien.partition("#")
        if not chemin or chemin in (*ADRESSES, *PUBLIQUES) or chemin.startswith("/guide/"):
            yield chemin, ancre


@pytest.mark.parametrize("adresse", [*ADRESSES, *PUBLIQUES])
def test_chaque_lien_et_chaque_ancre_menent_quelque_part(lecture, adresse):
    page = lecture(adresse)
    assert len(page.ids) == len(set(page.ids))
    for chemin, ancre in internes(page):
        cible = lecture(chemin or adresse)
        assert not ancre or ancre in cible.ids, f"{adresse} → {chemin}#{ancre}"


def test_les_questions_ou_l_on_hesite_ont_leur_section():
    definition = Definition.depuis(noyau.document_noyau())
    assert set(QUESTIONS_A_DOUTE) <= guide.reperes().keys() <= definition.questions.keys()


@pytest.mark.parametrize("section", ["reperage", "non_recours", "suites"])
def test_la_saisie_mene_a_la_bonne_ancre_sans_quitter_la_page(vans, client, lecture, section):
    """From the very question, in another tab: the draft stays where it is."""
    situation = brouillon(vans, vans.travail)
    adresse = f"{situation.get_absolute_url()}saisie/{section}/"
    html = client.get(adresse).content.decode()
    posees = [q.variable for q in definition_noyau().section(section).questions]
    attendues = [v for v in posees if v in guide.reperes()]
    liens = re.findall(r'<p class="aide en-cas-de-doute"><a href="([^"]+)" ([^>]*)>', html)
    assert len(liens) == len(attendues)
    for (lien, attributs), variable in zip(liens, attendues, strict=True):
        repere = guide.reperes()[variable]
        assert lien == f"/guide/{repere.page}/#{repere.ancre}"
        assert 'target="_blank"' in attributs
        assert repere.ancre in lecture(f"/guide/{repere.page}/").ids


def definition_noyau() -> Definition:
    return Definition.depuis(noyau.document_noyau())


def test_tout_le_guide_tient_sur_une_page_a_imprimer(lecture):
    ids = lecture("/guide/imprimer/").ids
    assert {section.ancre for section in SECTIONS} <= set(ids)


def test_les_types_sont_ceux_du_noyau_avec_leurs_motifs(client, vans):
    client.force_login(vans.pilotage)
    page = unescape(client.get("/guide/types/").content.decode())
    for ligne in noyau.lire("types"):
        if ligne["code"] != "NSP":
            assert ligne["definition_courte"] in page
            assert ligne["question_aide"] in page
    assert all(motif["libelle"] in page for motif in noyau.lire("motifs") if motif["type"] != "*")


def test_chaque_type_a_plusieurs_exemples_et_chaque_paire_ses_deux_cas():
    dossier = RACINE / "templates/guide/types"
    for code in ("nc", "nd", "nr", "np", "no"):
        assert (dossier / f"{code}.html").read_text(encoding="utf-8").count("<li>") >= 3
    paires = (dossier / "confusions.html").read_text(encoding="utf-8")
    for paire in ("NC ou NP", "ND ou NR"):
        assert paire in paires


@pytest.mark.parametrize(("avant", "apres", "pourquoi"), guide.reecritures())
def test_ce_que_le_guide_propose_d_ecrire_ne_fait_reconnaitre_personne(avant, apres, pourquoi):
    assert not refus(apres)
    assert not doutes(apres)
    assert avant != apres
    assert pourquoi


def test_le_tableau_du_guide_est_celui_des_permissions(client, vans):
    client.force_login(vans.travail)
    page = unescape(client.get("/guide/roles/").content.decode())
    tableau = page.partition('class="table table-sm permissions"')[2].partition("</table>")[0]
    lignes = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', tableau, re.DOTALL)
    assert len(lignes) == len(Action)
    for (titre, cases), action in zip(lignes, Action, strict=True):
        assert titre.lower() == action.value.lower()
        permis = [case == "oui" for case in re.findall(r"<td>(oui|<span)", cases)]
        assert permis == [action in TABLE[role] for role in Role]


def test_le_guide_est_ouvert_a_qui_est_connecte_meme_sans_territoire(client, vans):
    client.force_login(vans.ancien)
    assert all(client.get(adresse).status_code == 200 for adresse in ADRESSES)
    client.logout()
    for adresse in ADRESSES:
        assert client.get(adresse)["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("adresse", PUBLIQUES)
def test_ce_que_la_loi_demande_se_lit_sans_compte(db, client, adresse):
    assert client.get(adresse).status_code == 200


def test_le_pied_de_chaque_page_mene_a_l_accessibilite_et_aux_mentions(client, vans):
    for adresse in ("/comptes/connexion/", "/nulle-part/", "/accessibilite/"):
        liens = Liens(client.get(adresse).content.decode()).liens
        assert {"/accessibilite/", "/mentions-legales/"} <= set(liens)
    client.force_login(vans.travail)
    liens = Liens(client.get(f"/territoires/{vans.territoire.slug}/situations/").content.decode())
    assert {"/guide/", "/accessibilite/", "/mentions-legales/"} <= set(liens.liens)


def test_la_declaration_d_accessibilite_dit_son_etat_et_le_recours(db, client):
    page = client.get("/accessibilite/").content.decode()
    for mot in ("non conforme", "RGAA", "Limites connues", "Défenseur des droits"):
        assert mot in page


def test_les_mentions_disent_qui_repond_et_combien_de_temps(db, client, settings):
    settings.EDITEUR, settings.CONTACT = "Communauté de communes", "contact@bnr.example"
    settings.JOURNAL_CONSERVATION_MOIS = 9
    page = client.get("/mentions-legales/").content.decode()
    assert "Communauté de communes" in page
    assert "mailto:contact@bnr.example" in page
    assert "9\u00a0mois" in page
    assert "À compléter" in page  # the hosting company is not given


def test_une_page_de_guide_inconnue_n_existe_pas(client, vans):
    client.force_login(vans.travail)
    assert client.get("/guide/inconnue/").status_code == 404
