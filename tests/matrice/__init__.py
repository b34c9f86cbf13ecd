"""Who gets what at each address of the project: the table, and how to ask for one of its cells.

What a cell says: the status of the page (200, 403, 404, 405); « 302 », sent elsewhere, nothing
changed; « fait », sent elsewhere, the gesture is done; « conn », sent to the login page.
Each module of this package holds the TABLE of some addresses, in DONNEES what to post at them (or
what makes it, asked at the last moment), and
in OBJETS how to make what the other words in capitals of their addresses stand for.
In an address, SLUG is the Pays des Vans and CLE one of its situations, written by « auteur », in
the status of the third column.
"""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

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


MODULES = [import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
LIGNES = tuple(ligne for module in MODULES for ligne in _lire(module.TABLE))
DONNEES = {adresse: d for module in MODULES for adresse, d in module.DONNEES.items()}
# A word in capitals of an address → what makes its object in a territory and names it.
OBJETS: dict[str, Callable[[Gens], str]] = {
    mot: creer for module in MODULES for mot, creer in getattr(module, "OBJETS", {}).items()
}
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
    trouvees = DONNEES.get(adresse, {})
    return trouvees() if callable(trouvees) else trouvees


def adresse_reelle(adresse: str, gens: Gens, situation: Situation | None) -> str:
    cle = str(situation.cle) if situation else ""
    adresse = adresse.replace("SLUG", gens.territoire.slug).replace("CLE", cle)
    for mot, creer in OBJETS.items():
        if mot in adresse:
            adresse = adresse.replace(mot, creer(gens))
    return adresse


def demander(ligne: Ligne, client: Client, adresse: str, situation: Situation | None):
    """The response to the request of this line, by whoever `client` is logged in as."""
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
    "situations_pointdecontact",
    "situations_correction",
    "pilotage_decision",
    "territoires_adhesion",
    "territoires_charte",
    "territoires_comite",
    "territoires_etapedelancement",
    "territoires_membre",
    "territoires_invitation",
    "territoires_administrateur",
    "territoires_territoire",
    "territoires_territoire_communes",
    "territoires_organisme",
    "territoires_utilisateur",
    "pilotage_vueenregistree",
    "pilotage_croisementmontre",
    "pilotage_population",
    "pilotage_publication",
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
