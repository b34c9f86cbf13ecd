"""The house's rules, on its source: who imports whom, what stays pure, where words are said."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.bases import RACINE

APPLICATIONS = ("territoires", "situations", "pilotage", "bnr")
# What each application may not import: the arrows go pilotage → situations → territoires.
AU_DESSUS = {
    "territoires": {"situations", "pilotage", "bnr"},
    "situations": {"pilotage", "bnr"},
    "pilotage": {"bnr"},
}
PURS = (
    "territoires.collage",
    "situations.moteur",
    "situations.anonymat",
    "situations.recherche",
    "situations.noyau",
    "situations.demonstration",
    "situations.adaptation",
    "situations.xlsform",
    "situations.recodage",
    "situations.guide",
    "situations.telephones",
    "pilotage.faits",
    "pilotage.demande",
    "pilotage.croiser",
    "pilotage.statistiques",
    "pilotage.secret",
    "pilotage.presentation",
    "pilotage.indicateurs",
    "pilotage.reperes",
    "pilotage.population",
    "pilotage.export",
    "pilotage.figures",
)
# What pure modules may use of Django: no ORM, no request, no settings.
DES_FORMULAIRES = ("django.forms", "django.utils", "django.core.exceptions", "crispy_forms")
ADMIS = {
    "situations.moteur": DES_FORMULAIRES,
    "situations.adaptation": DES_FORMULAIRES,
    "situations.xlsform": DES_FORMULAIRES,
    "pilotage.presentation": ("django.utils",),
}
CADRES = {"django", "crispy_forms", "allauth", "psycopg2", "environ"}


def fichiers(application: str) -> list[Path]:
    return [
        chemin
        for chemin in sorted((RACINE / application).rglob("*.py"))
        if "migrations" not in chemin.parts
    ]


def module(chemin: Path) -> str:
    """« situations.views.liste », « situations.moteur » for its `__init__`."""
    parties = chemin.relative_to(RACINE).with_suffix("").parts
    return ".".join(parties[:-1] if parties[-1] == "__init__" else parties)


@cache
def arbre(chemin: Path) -> ast.Module:
    return ast.parse(chemin.read_text(encoding="utf-8"))


MODULES = {module(chemin): chemin for app in APPLICATIONS for chemin in fichiers(app)}
SOURCES = sorted(MODULES.items())


def imports(chemin: Path, noeud: ast.AST | None = None) -> Iterator[str]:
    """Every module imported, absolute; « from m import n » gives m.n when that is a module."""
    paquet = module(chemin).split(".")
    if chemin.name != "__init__.py":
        paquet = paquet[:-1]
    for element in ast.walk(noeud or arbre(chemin)):
        if isinstance(element, ast.Import):
            yield from (alias.name for alias in element.names)
        elif isinstance(element, ast.ImportFrom):
            base = paquet[: len(paquet) - element.level + 1] if element.level else []
            source = ".".join([*base, *([element.module] if element.module else [])])
            for alias in element.names:
                nom = f"{source}.{alias.name}"
                yield nom if nom in MODULES or source == "django" else source


def est_dans(nom: str, paquets) -> bool:
    return any(nom == paquet or nom.startswith(f"{paquet}.") for paquet in paquets)


@pytest.mark.parametrize("application", AU_DESSUS)
def test_les_imports_ne_remontent_jamais(application):
    remontees = {
        (str(chemin.relative_to(RACINE)), nom)
        for chemin in fichiers(application)
        for nom in imports(chemin)
        if est_dans(nom, AU_DESSUS[application])
    }
    assert remontees == set()


def test_aucun_import_dans_une_fonction():
    """A circle means that a noun is in the wrong application. `apps.py` waits for the models."""
    caches = {
        (nom, importe)
        for nom, chemin in SOURCES
        if chemin.name != "apps.py"
        for fonction in ast.walk(arbre(chemin))
        if isinstance(fonction, ast.FunctionDef | ast.AsyncFunctionDef)
        for importe in imports(chemin, fonction)
    }
    assert caches == set()


def atteints(nom: str) -> set[str]:
    """The module and all those of ours that it imports, directly or not."""
    vus: set[str] = set()
    a_voir = [nom]
    while a_voir:
        courant = a_voir.pop()
        if courant in vus or courant not in MODULES:
            continue
        vus.add(courant)
        a_voir += imports(MODULES[courant])
    return vus


@pytest.mark.parametrize("pur", PURS)
def test_un_module_pur_ne_connait_ni_base_ni_requete_ni_reglages(pur):
    noms = [nom for nom, _ in SOURCES if est_dans(nom, [pur])]
    assert noms, f"{pur} n’existe plus"
    interdits = {
        (atteint, importe)
        for nom in noms
        for atteint in atteints(nom)
        for importe in imports(MODULES[atteint])
        if importe.partition(".")[0] in CADRES and not est_dans(importe, ADMIS.get(pur, ()))
    }
    assert interdits == set()


def nommes(chemin: Path) -> set[str]:
    """Every name, attribute, keyword and whole string of a module."""
    trouves: set[str] = set()
    for noeud in ast.walk(arbre(chemin)):
        match noeud:
            case ast.Name(id=nom) | ast.Attribute(attr=nom) | ast.keyword(arg=str(nom)):
                trouves.add(nom)
            case ast.alias(name=nom) | ast.arg(arg=nom) | ast.Constant(value=str(nom)):
                trouves.add(nom)
    return trouves


def test_les_roles_ne_se_nomment_qu_au_meme_endroit():
    """Everything else asks what may be done, never who one is."""
    ailleurs = {
        nom
        for nom, chemin in SOURCES
        if nom not in {"territoires.permissions", "bnr.demonstration"}
        and nommes(chemin) & {"Role", "roles_de", "ROLES_PAR_COMITE", "TABLE"}
    }
    assert ailleurs == set()


def test_nul_ne_se_demande_ailleurs_si_l_on_est_administrateur_national_ou_animateur():
    admis = {
        "territoires.models.personnes",
        "territoires.actions.membres",
        "territoires.management.commands.inviter_national",
        "territoires.permissions",
        "situations.actions.demonstration",
        "bnr.demonstration",
        "pilotage.banc.remplissage",
    }
    mots = {"est_administrateur_national", "est_animateur"}
    assert {nom for nom, chemin in SOURCES if nommes(chemin) & mots} <= admis


INTERDITS_DANS_UN_GABARIT = {
    "script dans la page": r"<script(?![^>]*\ssrc=)",
    "style dans la page": r"<style|\sstyle\s*=",
    "gestionnaire d’événement": r"\son[a-z]+\s*=|javascript:",
    "texte non échappé": r"\|\s*safe\b|autoescape off",
    "rôle": r"est_administrateur_national|est_animateur",
}


def test_un_gabarit_ne_porte_ni_script_ni_style_ni_role():
    """The Content-Security-Policy refuses the first two; what one may do comes from `menu`."""
    fautes = [
        (str(gabarit.relative_to(RACINE)), faute)
        for gabarit in sorted((RACINE / "templates").rglob("*.html"))
        for faute, motif in INTERDITS_DANS_UN_GABARIT.items()
        if re.search(motif, gabarit.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert fautes == []


def test_le_code_ne_cache_rien_sous_le_tapis():
    motif = re.compile(r"#\s*(?:TODO|FIXME|XXX|noqa|type: ignore)|except Exception\b|except:")
    fautes = [
        (nom, trouve) for nom, chemin in SOURCES for trouve in motif.findall(chemin.read_text())
    ]
    assert fautes == []
