"""Reading the journal: who may, what it says, its pages, its file; and what must be written in it."""

import ast
import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.utils import timezone

from situations import actions
from situations.models import Evenement
from territoires import journal
from territoires.lecture_journal import PAR_PAGE, en_csv, libelles, nommer_geste
from territoires.models import Etape, Journal, Utilisateur
from tests.bases import RACINE
from tests.gens import transmise
from tests.test_journal import refuse

JOURNAL = "/territoires/pays-des-vans/journal/"


def lignes(reponse) -> list:
    return reponse.context["lignes"]


def dater(moment: datetime, **champs) -> Journal:
    """A line written at that moment, which the application itself may choose only when it adds it."""
    ligne = Journal(geste="lire", objet="Situation", objet_id="1", **champs)
    champ = Journal._meta.get_field("le")
    champ.auto_now_add = False
    try:
        ligne.le = moment
        ligne.save()
    finally:
        champ.auto_now_add = True
    return ligne


def test_le_journal_dit_qui_quoi_quand_et_d_ou_sans_rien_de_ce_qui_est_ecrit(vans, client):
    situation = transmise(vans, vans.travail, recit="La maison serait reprise.")
    client.force_login(vans.technique)
    client.get(situation.get_absolute_url(), REMOTE_ADDR="192.0.2.7")
    client.force_login(vans.administrateur)
    page = client.get(JOURNAL).content.decode()
    assert "technique@pays-des-vans.example" in page
    assert "192.0.2.7" in page
    assert f"Situation {situation.pk}" in page
    assert "Transmettre" in page
    assert "La maison" not in page
    assert str(situation.cle) not in page


def test_l_heure_est_celle_de_paris(vans, client):
    dater(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), territoire_id=vans.territoire.pk)
    client.force_login(vans.administrateur)
    page = client.get(f"{JOURNAL}?du=2026-07-02&au=2026-07-02").content.decode()
    assert "02/07/2026 00:30:00" in page
    assert lignes(client.get(f"{JOURNAL}?au=2026-07-01")) == []


def test_un_administrateur_ne_lit_que_son_territoire(vans, drome, national, client):
    transmise(drome, drome.travail)
    client.force_login(vans.administrateur)
    lues = lignes(client.get(JOURNAL))
    assert {ligne.territoire for ligne in lues} == {vans.territoire.nom}
    ailleurs = lignes(client.get(f"{JOURNAL}?territoire={drome.territoire.pk}&qui=drome"))
    assert ailleurs == []
    fichier = b"".join(client.get(f"{JOURNAL}export/").streaming_content).decode()
    assert drome.territoire.nom not in fichier
    client.force_login(national)
    tous = {ligne.territoire for ligne in lignes(client.get("/journal/"))}
    assert {vans.territoire.nom, drome.territoire.nom} <= tous
    seul = lignes(client.get(f"/journal/?territoire={drome.territoire.pk}"))
    assert {ligne.territoire for ligne in seul} == {drome.territoire.nom}


@pytest.mark.parametrize(
    ("demande", "garde"),
    [
        ({"qui": "Technique"}, lambda ligne: ligne.qui == "Technique"),
        ({"qui": "travail@"}, lambda ligne: ligne.courriel.startswith("travail@")),
        ({"geste": "valider"}, lambda ligne: ligne.geste == "Valider"),
        ({"objet": "Membre"}, lambda ligne: ligne.objet == "Siège"),
        ({"resultat": "refuse"}, lambda ligne: ligne.refuse),
        (
            {"geste": "valider", "resultat": "fait"},
            lambda ligne: ligne.geste == "Valider" and not ligne.refuse,
        ),
    ],
)
def test_chaque_filtre_ne_garde_que_ce_qu_il_dit(vans, client, monkeypatch, demande, garde):
    situation = transmise(vans, vans.travail)
    client.force_login(vans.collegue)
    client.post(f"{situation.get_absolute_url()}valider/")
    actions.valider(situation=situation, par=vans.technique)
    monkeypatch.setattr("territoires.lecture_journal.PAR_PAGE", 1000)
    client.force_login(vans.administrateur)
    toutes = lignes(client.get(JOURNAL))
    gardees = lignes(client.get(JOURNAL, demande))
    assert gardees
    assert all(garde(ligne) for ligne in gardees)
    assert len([ligne for ligne in toutes if garde(ligne)]) == len(gardees)


def test_un_filtre_mal_ecrit_est_dit_et_ne_filtre_rien(vans, client):
    client.force_login(vans.administrateur)
    reponse = client.get(f"{JOURNAL}?du=hier&geste=inventer&apres=nimporte_quoi")
    assert "Écrivez la date ainsi" in reponse.content.decode()
    assert lignes(reponse)
    for apres in ("_", "2026-13-45T00:00:00+00:00_1", f"2026-01-01T00:00:00+00:00_{'9' * 30}"):
        assert client.get(JOURNAL, {"apres": apres}).status_code == 200


def test_les_pages_se_suivent_sans_trou_ni_doublon_meme_si_l_on_ecrit_entre_temps(vans, client):
    maintenant = timezone.now()
    for rang in range(PAR_PAGE * 2 + 7):
        # Several lines at the very same moment: the number decides between them.
        dater(
            maintenant - timedelta(days=1, seconds=rang // 3),
            territoire_id=vans.territoire.pk,
            utilisateur_id=vans.technique.pk,
        )
    attendues = Journal.objects.filter(utilisateur_id=vans.technique.pk).count()
    client.force_login(vans.administrateur)
    adresse, vues = f"{JOURNAL}?qui=technique@", []
    while adresse:
        reponse = client.get(adresse)
        vues += [(ligne.le, ligne.objet_id) for ligne in lignes(reponse)]
        journal.ecrire("lire", par=vans.technique, territoire=vans.territoire)
        suite = reponse.context["suite"]
        adresse = f"{JOURNAL}?qui=technique@&apres={suite.replace('+', '%2B')}" if suite else None
    assert len(vues) == attendues
    assert [moment for moment, _ in vues] == sorted((le for le, _ in vues), reverse=True)


def test_le_fichier_s_ouvre_dans_un_tableur_francais(vans, client):
    dater(datetime(2026, 1, 15, 12, tzinfo=UTC), territoire_id=vans.territoire.pk)
    client.force_login(vans.administrateur)
    reponse = client.get(f"{JOURNAL}export/?du=2026-01-15&au=2026-01-15")
    contenu = b"".join(reponse.streaming_content)
    assert contenu.startswith(b"\xef\xbb\xbf")
    assert "attachment" in reponse["Content-Disposition"]
    entete, ligne = csv.reader(io.StringIO(contenu.decode("utf-8-sig")), delimiter=";")
    assert len(entete) == len(ligne) == 9
    assert ligne[0] == "2026-01-15 13:00:00"
    assert ligne[3:6] == ["Lire", "Situation", "1"]


@pytest.mark.parametrize(
    "nom", ["=1+1", "+33", "-2", "@SOMME(A1)", "\t=1", "  =1", "\u00a0=1", "＝1"]
)
def test_le_fichier_n_execute_aucune_formule(vans, nom):
    """A name is chosen by its owner; a spreadsheet would run it on the administrator's machine."""
    Utilisateur.objects.filter(pk=vans.technique.pk).update(nom=nom)
    journal.ecrire("lire", par=vans.technique, territoire=vans.territoire)
    contenu = b"".join(en_csv(Journal.objects.filter(utilisateur_id=vans.technique.pk)))
    for rangee in list(csv.reader(io.StringIO(contenu.decode("utf-8-sig")), delimiter=";"))[1:]:
        assert rangee[1] == f"'{nom}"


def test_le_fichier_n_est_jamais_tenu_entier_en_memoire(vans, monkeypatch):
    monkeypatch.setattr("territoires.lecture_journal.PAR_LOT", 10)
    for _ in range(35):
        journal.ecrire("lire", par=vans.technique, territoire=vans.territoire)
    morceaux = list(en_csv(Journal.objects.filter(utilisateur_id=vans.technique.pk)))
    assert len(morceaux) > 3
    assert sum(morceau.count(b"\r\n") for morceau in morceaux) == 1 + (
        Journal.objects.filter(utilisateur_id=vans.technique.pk).count()
    )


@pytest.mark.parametrize(
    ("suite", "geste"), [("", "lire_journal"), ("export/", "exporter_journal")]
)
def test_lire_et_exporter_le_journal_s_y_inscrivent(vans, national, client, suite, geste):
    client.force_login(vans.administrateur)
    client.get(f"{JOURNAL}{suite}")
    ligne = Journal.objects.first()
    assert (ligne.geste, ligne.utilisateur_id) == (geste, vans.administrateur.pk)
    assert ligne.territoire_id == vans.territoire.pk
    client.force_login(national)
    client.get(f"/journal/{suite}")
    ligne = Journal.objects.first()
    assert (ligne.geste, ligne.utilisateur_id, ligne.territoire_id) == (geste, national.pk, None)


def test_un_compte_efface_et_une_ligne_sans_compte_se_lisent_quand_meme(vans, client):
    dater(timezone.now(), territoire_id=vans.territoire.pk, utilisateur_id=987654)
    dater(timezone.now(), territoire_id=vans.territoire.pk)
    client.force_login(vans.administrateur)
    page = client.get(JOURNAL).content.decode()
    assert "compte n° 987654" in page
    assert "sans compte" in page


@pytest.mark.parametrize(
    ("adresse", "lecteur", "geste"),
    [
        ("/territoires/pays-des-vans/tableau-de-bord/", "pilotage", "lire_tableau"),
        ("/tableau-de-bord/mes-territoires/", "technique", "lire_tableau"),
        ("/territoires/pays-des-vans/relecture/", "technique", "lister"),
        ("/territoires/pays-des-vans/situations/", "travail", "lister"),
        (
            "/territoires/pays-des-vans/formulaire/versions/1/xlsform/",
            "animateur",
            "exporter_formulaire",
        ),
    ],
)
def test_lire_des_chiffres_une_liste_ou_un_export_laisse_une_ligne(
    vans, client, adresse, lecteur, geste
):
    personne = getattr(vans, lecteur)
    client.force_login(personne)
    assert client.get(adresse).status_code == 200
    ligne = Journal.objects.filter(utilisateur_id=personne.pk).first()
    assert (ligne.geste, ligne.territoire_id) == (geste, vans.territoire.pk)


# What PostgreSQL must refuse to the application, beside UPDATE, DELETE and TRUNCATE (test_journal).
DETOURS = [
    "INSERT INTO territoires_journal (id, le, geste, objet, objet_id, resultat)"
    " SELECT id, le, geste, objet, objet_id, resultat FROM territoires_journal"
    " ON CONFLICT (id) DO UPDATE SET geste = 'autre'",
    "MERGE INTO territoires_journal j USING territoires_journal k ON j.id = k.id"
    " WHEN MATCHED THEN DELETE",
    "SELECT 1 FROM territoires_journal FOR UPDATE",
    "TRUNCATE territoires_journal",
    "ALTER TABLE territoires_journal RENAME TO autre",
    "CREATE RULE rien AS ON INSERT TO territoires_journal DO INSTEAD NOTHING",
    "CREATE TRIGGER t BEFORE INSERT ON territoires_journal EXECUTE FUNCTION rien()",
]


@pytest.mark.parametrize("ordre", DETOURS)
def test_aucun_detour_ne_change_le_journal(vans, ordre):
    assert refuse(ordre)


# --- what leaves a line ---------------------------------------------------------------------

DOSSIERS_D_ACTIONS = ("territoires/actions", "situations/actions", "pilotage/actions")
# Public functions of the actions that leave no line of their own, and why.
SANS_LIGNE = {
    "situations.actions.etapes.noter": "is what writes the line of a situation's step",
    "situations.actions.adaptation.empreinte_de": "writes nothing",
    "situations.actions.annuaire.contenu_de": "writes nothing",
    "situations.actions.collecte.exiger_collecte_ouverte": "writes nothing",
    "situations.actions.depart.prevoir_depart": "writes nothing",
    "situations.actions.saisie.verrouiller": "locks a row for the action that follows",
    "situations.actions.formulaires.mettre_en_vigueur": "a step of publishing or putting back",
    "situations.actions.locales.enregistrer_locales": "a step of publishing",
    "territoires.actions.lieux.slug_libre": "writes nothing",
    "situations.actions.demonstration_annuaire.garnir_annuaire": "fills an empty demonstration",
}


# Actions without `par`, and who signs them.
SANS_PERSONNE = {
    "territoires.actions.acceptation.accepter_en_creant_son_compte": "the account just made",
    "territoires.actions.acceptation.accepter_invitation": "whoever accepts: `utilisateur`",
    "territoires.actions.invitations.inviter_national": "nobody yet: an operator's command",
    "situations.actions.demonstration.installer_demonstration": "fills an empty database",
    "pilotage.actions.demonstration.montrer_des_croisements": "the demonstration's animateurs",
    "pilotage.actions.demonstration.publier_les_premiers": "the demonstration's first member",
}


def modules_d_actions() -> Iterator[Path]:
    for dossier in DOSSIERS_D_ACTIONS:
        chemin = RACINE / dossier
        yield from sorted(chemin.glob("*.py")) if chemin.is_dir() else [chemin.with_suffix(".py")]


def nom_de(chemin: Path) -> str:
    parties = chemin.relative_to(RACINE).with_suffix("").parts
    return ".".join(parties[:-1] if parties[-1] == "__init__" else parties)


@cache
def fonctions() -> dict[str, ast.FunctionDef]:
    """Every function of the actions, by its full name."""
    return {
        f"{nom_de(chemin)}.{noeud.name}": noeud
        for chemin in modules_d_actions()
        for noeud in ast.parse(chemin.read_text(encoding="utf-8")).body
        if isinstance(noeud, ast.FunctionDef)
    }


def appels(fonction: ast.FunctionDef) -> set[str]:
    """What a function calls, by the last name: « journal.ecrire », « noter », « publier »."""
    noms = set()
    for noeud in ast.walk(fonction):
        if isinstance(noeud, ast.Call):
            ecrit = ast.unparse(noeud.func)
            noms.add(ecrit if ecrit.startswith("journal.") else ecrit.rpartition(".")[2])
    return noms


def ecrit_au_journal(nom: str, vus: frozenset[str] = frozenset()) -> bool:
    """Whether the function writes a line, itself or through another function of the actions."""
    appeles = appels(fonctions()[nom])
    if appeles & {"journal.ecrire", "noter"}:
        return True
    suivants = {
        autre
        for autre in fonctions()
        if autre.rpartition(".")[2] in appeles and autre not in vus | {nom}
    }
    return any(ecrit_au_journal(autre, vus | {nom}) for autre in suivants)


def test_chaque_action_publique_laisse_sa_ligne_au_journal():
    publiques = {nom for nom in fonctions() if not nom.rpartition(".")[2].startswith("_")}
    muettes = {nom for nom in publiques if not ecrit_au_journal(nom)}
    assert muettes <= SANS_LIGNE.keys(), sorted(muettes - SANS_LIGNE.keys())
    assert SANS_LIGNE.keys() <= publiques


def test_chaque_action_est_signee():
    """An action that has nobody to name could not leave an honest line."""
    for nom, fonction in fonctions().items():
        if nom.rpartition(".")[2].startswith("_") or nom in SANS_LIGNE:
            continue
        arguments = {a.arg for a in (*fonction.args.args, *fonction.args.kwonlyargs)}
        assert "par" in arguments or nom in SANS_PERSONNE, nom


def gestes_ecrits() -> Iterator[str]:
    """Every gesture that the source writes to the journal as a plain word."""
    for dossier in ("territoires", "situations", "pilotage", "bnr"):
        for chemin in (RACINE / dossier).rglob("*.py"):
            for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8"))):
                if not isinstance(noeud, ast.Call) or not noeud.args:
                    continue
                if ast.unparse(noeud.func) in ("journal.ecrire", "noter_purge"):
                    yield from (
                        mot.value
                        for mot in ast.walk(noeud.args[0])
                        if isinstance(mot, ast.Constant) and not mot.value.endswith("_")
                    )
    yield from Evenement.Geste.values
    yield from (f"confirmer_{etape}" for etape in Etape.values)


def test_chaque_geste_se_dit_en_francais():
    assert set(gestes_ecrits()) - libelles("geste").keys() == set()


def test_une_page_refusee_se_nomme_par_ce_qu_elle_aurait_fait():
    assert nommer_geste("situations:valider") == "Valider"
    assert nommer_geste("situations:formulaire_droits") == "Page «\u00a0formulaire droits\u00a0»"
