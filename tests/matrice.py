"""Who gets what at each address of the project: the table, and how to ask for one of its cells.

What a cell says: the status of the page (200, 403, 404, 405); « 302 », sent elsewhere, nothing
changed; « fait », sent elsewhere, the gesture is done; « conn », sent to the login page.
In an address, SLUG is the Pays des Vans and CLE one of its situations, written by « auteur », in
the status of the third column.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from situations import actions
from situations.actions.adaptation import modifier_brouillon, ouvrir_brouillon, publier_brouillon
from situations.adaptation import modifier_question
from situations.brouillon import Etape
from situations.models import Situation, Version
from situations.versions import definition_de
from tests.gens import Gens, aspa, brouillon, transmise

TABLE = """
méthode adresse                                  situation   | auteur collègue technique animateur pilotage administrateur national ancien ailleurs anonyme
GET  /                                           -           | 302    302      302       302       302      302            302      200    302      conn
GET  /comptes/connexion/                         -           | 302    302      302       302       302      302            302      302    302      200
GET  /comptes/demonstration/1/                   -           | 405    405      405       405       405      405            405      405    405      405
POST /comptes/demonstration/1/                   -           | 404    404      404       404       404      404            404      404    404      404
GET  /comptes/inscription/                       -           | 302    302      302       302       302      302            302      302    302      200
POST /comptes/inscription/                       -           | 302    302      302       302       302      302            302      302    302      200
GET  /comptes/deconnexion/                       -           | 200    200      200       200       200      200            200      200    200      302
POST /comptes/deconnexion/                       -           | 302    302      302       302       302      302            302      302    302      302
GET  /comptes/confirmer-mon-identite/            -           | 200    200      200       200       200      200            200      200    200      conn
GET  /comptes/compte-desactive/                  -           | 200    200      200       200       200      200            200      200    200      200
GET  /comptes/mot-de-passe/changer/              -           | 200    200      200       200       200      200            200      200    200      conn
POST /comptes/mot-de-passe/changer/              -           | fait   fait     fait      fait      fait     fait           fait     fait   fait     conn
GET  /comptes/mot-de-passe/definir/              -           | 302    302      302       302       302      302            302      302    302      conn
GET  /comptes/mot-de-passe/oublie/               -           | 200    200      200       200       200      200            200      200    200      200
POST /comptes/mot-de-passe/oublie/               -           | 302    302      302       302       302      302            302      302    302      302
GET  /comptes/mot-de-passe/oublie/envoye/        -           | 200    200      200       200       200      200            200      200    200      200
GET  /comptes/mot-de-passe/nouveau/1-faux/       -           | 200    200      200       200       200      200            200      200    200      200
GET  /comptes/mot-de-passe/nouveau/fait/         -           | 200    200      200       200       200      200            200      200    200      200

GET  /tableau-de-bord/mes-territoires/           -           | 404    404      200       200       404      404            404      404    200      conn
GET  /tableau-de-bord/national/                  -           | 404    404      404       404       404      404            200      404    404      conn
GET  /territoires/                               -           | 404    404      404       404       404      404            200      404    404      conn
GET  /territoires/nouveau/                       -           | 404    404      404       404       404      404            200      404    404      conn
GET  /territoires/nouveau/autre/                 -           | 404    404      404       404       404      404            200      404    404      conn
POST /territoires/nouveau/autre/                 -           | 404    404      404       404       404      404            fait     404    404      conn
GET  /territoires/nouveau/epci/200039832/        -           | 404    404      404       404       404      404            200      404    404      conn
POST /territoires/nouveau/epci/200039832/        -           | 404    404      404       404       404      404            fait     404    404      conn
GET  /territoires/SLUG/modifier/                 -           | 404    404      404       404       404      404            200      404    404      conn
POST /territoires/SLUG/modifier/                 -           | 404    404      404       404       404      404            fait     404    404      conn
GET  /territoires/SLUG/administrateurs/          -           | 404    404      404       404       404      404            200      404    404      conn
POST /territoires/SLUG/administrateurs/          -           | 404    404      404       404       404      404            fait     404    404      conn

GET  /territoires/SLUG/                          -           | 302    302      302       302       302      302            404      404    404      conn
GET  /territoires/SLUG/tableau-de-bord/          -           | 200    200      200       200       200      200            403      404    404      conn
GET  /territoires/SLUG/situations/               -           | 200    200      200       200       403      403            403      404    404      conn
GET  /territoires/SLUG/situations/nouvelle/      -           | 200    200      200       200       403      403            403      404    404      conn
POST /territoires/SLUG/situations/nouvelle/      -           | fait   fait     fait      fait      403      403            403      404    404      conn
GET  /territoires/SLUG/relecture/                -           | 403    403      200       200       403      403            403      404    404      conn

GET  /territoires/SLUG/formulaire/                                  -           | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/ouvrir/                           -           | 405    405      405       405       405      405            405      405    405      conn
POST /territoires/SLUG/formulaire/ouvrir/                           -           | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/importer/                         -           | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/importer/                         -           | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/recodages/                        -           | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/recodages/                        -           | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/recodages/1/annuler/              -           | 405    405      405       405       405      405            405      405    405      conn
POST /territoires/SLUG/formulaire/recodages/1/annuler/              -           | 403    403      403       404       403      404            403      404    404      conn
GET  /territoires/SLUG/formulaire/versions/1/                       -           | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/versions/1/xlsform/               -           | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/versions/1/remettre/              -           | 403    403      403       302       403      302            403      404    404      conn
GET  /territoires/SLUG/formulaire/evolution/                        -           | 403    403      403       302       403      302            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/                        -           | 403    403      403       302       403      302            403      404    404      conn

GET  /territoires/SLUG/formulaire/                                  adaptation  | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/versions/1/remettre/              adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/versions/1/remettre/              adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/evolution/                        adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/evolution/                        adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/                        adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/                        adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/abandonner/             adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/abandonner/             adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/publier/                adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/publier/                adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/sections/nouvelle/      adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/sections/nouvelle/      adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/sections/personne/      adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/sections/personne/      adaptation  | 403    403      403       409       403      409            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/questions/nouvelle/     adaptation  | 403    403      403       302       403      302            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/questions/zone/         adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/questions/zone/         adaptation  | 403    403      403       409       403      409            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/questions/zone/place/   adaptation  | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/questions/zone/condition/ adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/questions/zone/condition/ adaptation  | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/droits/                 adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/droits/                 adaptation  | 403    403      403       409       403      409            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/droits/nouveau/         adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/droits/nouveau/         adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/droits/aspa/            adaptation  | 403    403      403       302       403      302            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/modules/                adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/modules/                adaptation  | 403    403      403       fait      403      fait           403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/apercu/                 adaptation  | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/apercu/personne/        adaptation  | 403    403      403       200       403      200            403      404    404      conn
POST /territoires/SLUG/formulaire/brouillon/apercu/personne/        adaptation  | 403    403      403       200       403      200            403      404    404      conn
GET  /territoires/SLUG/formulaire/brouillon/apercu/recherche/       adaptation  | 403    403      403       200       403      200            403      404    404      conn

GET  /situations/CLE/                            brouillon   | 200    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/saisie/reperage/            brouillon   | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/saisie/reperage/            brouillon   | fait   403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/droits/                     brouillon   | 200    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/transmettre/                brouillon   | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/transmettre/                brouillon   | fait   403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/transmise/                  brouillon   | 404    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/version/                    brouillon   | 302    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/version/                    brouillon   | 302    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/supprimer/                  brouillon   | 302    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/supprimer/                  brouillon   | fait   403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/issues/                     brouillon   | 404    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/issues/                     brouillon   | 404    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/valider/                    brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/renvoyer/                   brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/ecarter/                    brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/retablir/                   brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/qualifier/1/droit/          brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/masquer/recit/              brouillon   | 403    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/masquer/droit_precision/1/  brouillon   | 403    403      403       403       403      403            404      404    404      conn

GET  /situations/CLE/                            transmise   | 200    403      200       200       403      403            404      404    404      conn
GET  /situations/CLE/saisie/reperage/            transmise   | 302    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/saisie/reperage/            transmise   | 302    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/droits/                     transmise   | 200    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/transmettre/                transmise   | 302    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/transmettre/                transmise   | 302    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/transmise/                  transmise   | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/supprimer/                  transmise   | 302    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/issues/                     transmise   | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/issues/                     transmise   | fait   403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/valider/                    transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/valider/                    transmise   | 403    403      fait      fait      403      403            404      404    404      conn
GET  /situations/CLE/renvoyer/                   transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/renvoyer/                   transmise   | 403    403      fait      fait      403      403            404      404    404      conn
GET  /situations/CLE/ecarter/                    transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/ecarter/                    transmise   | 403    403      fait      fait      403      403            404      404    404      conn
POST /situations/CLE/retablir/                   transmise   | 403    403      302       302       403      403            404      404    404      conn
GET  /situations/CLE/qualifier/1/droit/          transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/qualifier/1/droit/          transmise   | 403    403      fait      fait      403      403            404      404    404      conn
GET  /situations/CLE/masquer/recit/              transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/masquer/recit/              transmise   | 403    403      fait      fait      403      403            404      404    404      conn
GET  /situations/CLE/masquer/droit_precision/1/  transmise   | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/masquer/droit_precision/1/  transmise   | 403    403      fait      fait      403      403            404      404    404      conn

GET  /situations/CLE/                            a_completer | 200    403      200       200       403      403            404      404    404      conn
GET  /situations/CLE/saisie/reperage/            a_completer | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/saisie/reperage/            a_completer | fait   403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/transmettre/                a_completer | 200    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/transmettre/                a_completer | fait   403      403       403       403      403            404      404    404      conn
POST /situations/CLE/valider/                    a_completer | 403    403      302       302       403      403            404      404    404      conn

GET  /situations/CLE/                            validee     | 200    403      200       200       403      403            404      404    404      conn
POST /situations/CLE/saisie/reperage/            validee     | 302    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/issues/                     validee     | fait   403      403       403       403      403            404      404    404      conn
POST /situations/CLE/valider/                    validee     | 403    403      302       302       403      403            404      404    404      conn

GET  /situations/CLE/                            ecartee     | 200    403      200       200       403      403            404      404    404      conn
POST /situations/CLE/saisie/reperage/            ecartee     | 302    403      403       403       403      403            404      404    404      conn
GET  /situations/CLE/issues/                     ecartee     | 404    403      403       403       403      403            404      404    404      conn
POST /situations/CLE/valider/                    ecartee     | 403    403      302       302       403      403            404      404    404      conn
GET  /situations/CLE/retablir/                   ecartee     | 302    403      302       302       403      403            404      404    404      conn
POST /situations/CLE/retablir/                   ecartee     | 403    403      fait      fait      403      403            404      404    404      conn
"""


@dataclass(frozen=True)
class Ligne:
    """One line of the table: what is asked, and what each reader gets."""

    methode: str
    adresse: str
    etat: str
    attendus: dict[str, str]


def _lire(table: str) -> tuple[Ligne, ...]:
    entete, *lignes = [ligne for ligne in table.splitlines() if ligne]
    lecteurs = entete.partition("|")[2].split()
    return tuple(
        Ligne(*gauche.split(), dict(zip(lecteurs, droite.split(), strict=True)))
        for gauche, _, droite in (ligne.partition("|") for ligne in lignes)
    )


LIGNES = _lire(TABLE)
ETATS = tuple(dict.fromkeys(ligne.etat for ligne in LIGNES))


def routes(resolver=None, prefixe: str = "") -> set[str]:
    """The route of every page of the project, included ones with their prefix."""
    resolver = resolver or get_resolver()
    trouvees: set[str] = set()
    for motif in resolver.url_patterns:
        if isinstance(motif, URLResolver):
            trouvees |= routes(motif, prefixe + str(motif.pattern))
        elif isinstance(motif, URLPattern):
            trouvees.add(prefixe + str(motif.pattern).removeprefix("^"))
    return trouvees


def lecteurs(gens: Gens, ailleurs: Gens, national) -> dict:
    """Who stands behind each column of the table; nobody behind the last one."""
    return {
        "auteur": gens.travail,
        "collègue": gens.collegue,
        "technique": gens.technique,
        "animateur": gens.animateur,
        "pilotage": gens.pilotage,
        "administrateur": gens.administrateur,
        "national": national,
        "ancien": gens.ancien,
        "ailleurs": ailleurs.animateur,
        "anonyme": None,
    }


def situation_en(etat: str, gens: Gens) -> Situation:
    """A situation of `gens.travail` in this status, with an « autre » to qualify and texts."""
    droit = {**aspa(), "droit": "autre", "droit_precision": "Aide du département"}
    recit = "Elle craint que la maison soit reprise."
    if etat == "adaptation":
        adapter(gens)
    if etat in ("brouillon", "adaptation"):
        return brouillon(gens, gens.travail, droit, recit=recit)
    situation = transmise(gens, gens.travail, droit, recit=recit)
    gestes: dict[str, Callable] = {
        "transmise": lambda **_: None,
        "a_completer": lambda **qui: actions.renvoyer(message="Précisez le droit.", **qui),
        "validee": actions.valider,
        "ecartee": lambda **qui: actions.ecarter(motif="doublon", message="Déjà saisie.", **qui),
    }
    gestes[etat](situation=situation, par=gens.technique)
    return Situation.objects.get(pk=situation.pk)


def adapter(gens: Gens) -> None:
    """A second version is in force; beside it a draft renames a question and follows a noyau
    that is no longer the present one."""
    for variable in ("mobilite", "zone"):
        version = ouvrir_brouillon(territoire=gens.territoire, par=gens.animateur)
        modifier_brouillon(
            version=version,
            geste=lambda document, v=variable: modifier_question(document, v, libelle=f"{v} ?"),
            par=gens.animateur,
        )
        if variable == "mobilite":
            publier_brouillon(version=version, par=gens.animateur)
    Version.objects.filter(pk=version.pk).update(noyau="d’avant")


def donnees(adresse: str, situation: Situation | None) -> dict:
    """What to post at this address so that whoever may do the gesture does it."""
    if adresse.endswith("/saisie/reperage/"):
        section = definition_de(situation.version_id).section("reperage")
        empreinte = Etape(situation, section).empreinte()
        return {"empreinte": empreinte, "contexte": "co_accueil", "action": "continuer"}
    return {
        "/comptes/inscription/": {
            "email": "intrus@exemple.fr",
            "password1": "une phrase assez longue",
            "password2": "une phrase assez longue",
        },
        "/comptes/mot-de-passe/changer/": {
            "oldpassword": "secret",
            "password1": "une phrase assez longue",
            "password2": "une phrase assez longue",
        },
        "/comptes/mot-de-passe/oublie/": {"email": "personne@exemple.fr"},
        "/territoires/nouveau/autre/": {"nom": "Bassin", "niveau": "autre", "ajouter": ["07334"]},
        "/territoires/nouveau/epci/200039832/": {"nom": "Cévennes", "niveau": "epci"},
        "/territoires/SLUG/modifier/": {
            "nom": "Les Vans",
            "seuil_copil": "6",
            "seuil_public": "12",
            "ajouter": ["07334"],
        },
        "/territoires/SLUG/administrateurs/": {"email": "collegue@pays-des-vans.example"},
        "/territoires/SLUG/formulaire/brouillon/": {"geste": "monter-question:zone"},
        "/territoires/SLUG/formulaire/brouillon/sections/nouvelle/": {"titre": "La mobilité"},
        "/territoires/SLUG/formulaire/brouillon/sections/personne/": {"titre": "Elle"},
        "/territoires/SLUG/formulaire/brouillon/questions/zone/": {"libelle": "Quel secteur ?"},
        "/territoires/SLUG/formulaire/brouillon/droits/": {"droits": ["rsa"]},
        "/territoires/SLUG/formulaire/brouillon/droits/nouveau/": {
            "libelle": "Taxi solidaire",
            "raffine": "aspa",
            "nature": "EXT",
        },
        "/territoires/SLUG/formulaire/brouillon/modules/": {"action": "prendre:aspa"},
        "/situations/CLE/issues/": {"nr1-issue": "is_ouvert"},
        "/situations/CLE/renvoyer/": {"renvoyer-message": "Précisez le droit."},
        "/situations/CLE/ecarter/": {"ecarter-motif": "doublon"},
        "/situations/CLE/qualifier/1/droit/": {"q1-droit-code": "cheque_energie"},
        "/situations/CLE/masquer/recit/": {"masquer-passage": "la maison"},
        "/situations/CLE/masquer/droit_precision/1/": {"masquer-passage": "département"},
    }.get(adresse, {})


def adresse_reelle(adresse: str, gens: Gens, situation: Situation | None) -> str:
    cle = str(situation.cle) if situation else ""
    return adresse.replace("SLUG", gens.territoire.slug).replace("CLE", cle)


def demander(ligne: Ligne, client: Client, gens: Gens, situation: Situation | None):
    """The response to the request of this line, by whoever `client` is logged in as."""
    adresse = adresse_reelle(ligne.adresse, gens, situation)
    if ligne.methode == "POST":
        return client.post(adresse, donnees(ligne.adresse, situation))
    return client.get(adresse)


def resultat(reponse, a_change: bool) -> str:
    """What the table says of this response."""
    if reponse.status_code != 302:
        return f"{reponse.status_code}, changé !" if a_change else str(reponse.status_code)
    if reponse["Location"].startswith(f"{reverse('account_login')}?"):
        return "conn, changé !" if a_change else "conn"
    return "fait" if a_change else "302"


TABLES_SURVEILLEES = (
    "situations_situation",
    "situations_nonrecours",
    "situations_evenement",
    "situations_faitsituation",
    "situations_version",
    "situations_miseenvigueur",
    "situations_modulepartage",
    "territoires_membre",
    "territoires_administrateur",
    "territoires_territoire",
    "territoires_territoire_communes",
    "territoires_organisme",
    "territoires_utilisateur",
)


def empreinte_de_la_base() -> list[str]:
    """Changes as soon as a row of what the application keeps changes."""
    ordre = " UNION ALL ".join(
        f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"
        for table in TABLES_SURVEILLEES
    )
    with connection.cursor() as curseur:
        curseur.execute(ordre)
        return [ligne[0] for ligne in curseur.fetchall()]
