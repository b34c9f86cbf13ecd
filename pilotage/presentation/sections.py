"""The body of a dashboard: one section an indicator, for every audience alike.

Only protected figures come in; HTML comes out, ready for the template.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from pilotage.export.tableau import TableauAffiche
from pilotage.indicateurs import Vue
from pilotage.presentation import balises, croises
from pilotage.presentation.balises import Habillage
from pilotage.presentation.chapitres import (
    CROISEMENT,
    Chapitre,
    chapitres_de,
    onglet_choisi,
    table_du_croisement,
)
from pilotage.presentation.comparaison import avant_de
from pilotage.presentation.contexte import Contexte
from pilotage.presentation.liens import Liens
from pilotage.presentation.noms import nom_de
from pilotage.protegees import CroisementEnOngletsProtege, StatistiquesProtegees
from pilotage.reperes import lire_reperes, phrase_de


@dataclass(frozen=True, slots=True)
class Morceau:
    """One table of a section; `outils` change how it is shown, or take it out of the page."""

    cle: str
    titre: str
    base: str
    html: SafeString
    genre: str = "distribution"
    outils: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """`code` is its anchor; `numero` that of the indicator, None for what is not one."""

    code: str
    titre: str
    definition: str
    morceaux: tuple[Morceau, ...]
    numero: int | None = None

    @property
    def a_plusieurs(self) -> bool:
        """Whether its tables need titles of their own."""
        return len(self.morceaux) > 1 or self.numero is None


@dataclass(frozen=True, slots=True)
class Decor:
    """What the page adds to the figures: see `Habillage`; `groupes` by attribute.

    `exports`: the address under which its tables are files; empty when they are not.
    """

    liens: Liens
    contexte: Contexte
    precedentes: StatistiquesProtegees | None = None
    groupes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    noyau_de: Mapping[str, str] = field(default_factory=dict)
    exports: str = ""


def sections_de(
    stats: StatistiquesProtegees,
    decor: Decor,
    locales: tuple[str, ...] = (),
    par_territoire: Mapping[str, StatistiquesProtegees] | None = None,
) -> tuple[Section, ...]:
    """The chapters of the dashboard, written; see `chapitres_de`."""
    return tuple(
        _section(chapitre, decor)
        for chapitre in chapitres_de(stats, decor.contexte, locales, par_territoire)
    )


def _section(chapitre: Chapitre, decor: Decor) -> Section:
    morceaux = tuple(_morceau(t.vue, t.affiche, decor, t.affiche.cle) for t in chapitre.tables)
    return Section(chapitre.code, chapitre.titre, chapitre.definition, morceaux, chapitre.numero)


def _morceau(vue: Vue, affiche: TableauAffiche, decor: Decor, nom: str) -> Morceau:
    """`nom`: that of its files."""
    ancre = f"t-{affiche.cle}"
    outils = balises.telecharger(affiche, decor.exports, nom, decor.liens.demande)
    if affiche.cle in decor.liens.demande.complets:
        # A long list is shortened from its top as from its end.
        outils = balises.bascule(affiche, _habillage(vue, affiche, decor), ancre) + outils
    se_lit_en_parts = affiche.genre in ("croisement", "empilees") and affiche.variable_colonnes
    if se_lit_en_parts and not affiche.est_vide:
        outils = croises.boutons(affiche.titre, decor.liens, ancre) + outils
    return Morceau(
        affiche.cle,
        affiche.titre,
        mark_safe(balises.base(affiche)),
        mark_safe("".join(_html(vue, affiche, decor, ancre))),
        affiche.genre,
        mark_safe(outils),
    )


def _html(vue: Vue, affiche: TableauAffiche, decor: Decor, ancre: str) -> Iterator[str]:
    """The table, then what goes with it; every text in it went through `escape`."""
    habillage = _habillage(vue, affiche, decor)
    match affiche.genre:
        case "chiffres":
            yield balises.chiffres(affiche, decor.liens)
            return
        case "croisement" | "empilees":
            yield croises.croisement(affiche, habillage)
        case "matrice":
            yield croises.matrice(affiche, habillage)
        case _:
            yield balises.distribution(affiche, habillage)
    yield balises.bascule(affiche, habillage, ancre)
    yield balises.notes(affiche)
    if affiche.affichage != "effectif":
        yield f'<p class="note">{croises.NOTE_DES_PARTS}</p>'


def _habillage(vue: Vue, affiche: TableauAffiche, decor: Decor) -> Habillage:
    return Habillage(
        liens=decor.liens,
        premieres=vue.premieres,
        avant=avant_de(decor.precedentes, affiche.variable_lignes, decor.liens.demande),
        groupes=decor.groupes.get(vue.groupes, {}),
        reperes=_reperes(affiche, decor) if affiche.cle == "droit" else {},
    )


def croisement_demande(stats: StatistiquesProtegees, decor: Decor) -> Morceau | None:
    """The crossing that the reader asks, the third variable as tabs; None when none is given."""
    table = table_du_croisement(stats, decor.contexte)
    if table is None:
        return None
    tete, onglet = "", onglet_choisi(stats)
    croisement = stats.croisements[stats.demande.croisement]
    if isinstance(croisement, CroisementEnOngletsProtege):
        tete = _onglets(croisement, decor.liens, onglet)
        if onglet is not None:
            decor = _sous_l_onglet(decor, croisement.variable, onglet)
    # An indicator may show the same crossing: two regions do not have one name.
    nommee = replace(table.affiche, titre=f"{table.affiche.titre}, croisement choisi")
    morceau = _morceau(table.vue, nommee, decor, CROISEMENT)
    return replace(morceau, titre=table.affiche.titre, html=mark_safe(tete + morceau.html))


def _onglets(
    croisement: CroisementEnOngletsProtege, liens: Liens, choisi: str | None
) -> SafeString:
    """One address for each answer of the third variable; « Ensemble » first."""
    modalites = [(None, "Ensemble"), *((o.code, o.libelle) for o in croisement.onglets)]
    liens_des_onglets = "".join(
        f'<li><a class="nav-link{" active" if code == choisi else ""}" href="'
        f"{escape(liens.onglet(code))}"
        f'#croisement"{balises.COURANT if code == choisi else ""}>{escape(libelle)}</a></li>'
        for code, libelle in modalites
    )
    return mark_safe(
        f'<nav class="onglets" aria-label="{escape(croisement.libelle)}">'
        f'<p class="mb-1">{escape(nom_de(croisement.variable, croisement.libelle))}</p>'
        f'<ul class="nav nav-tabs">{liens_des_onglets}</ul></nav>'
    )


def _sous_l_onglet(decor: Decor, variable: str, onglet: str) -> Decor:
    """Numbers under a tab lead to situations that have its answer too."""
    return replace(decor, liens=decor.liens.parmi((variable, onglet)))


def _reperes(affiche: TableauAffiche, decor: Decor) -> dict[str, str]:
    """What is known nationally of each right; a local one reads that of the core one."""
    connus = _reperes_du_noyau()
    codes = {ligne.code: decor.noyau_de.get(ligne.code, ligne.code) for ligne in affiche.lignes}
    return {code: connus[noyau] for code, noyau in codes.items() if noyau in connus}


@cache
def _reperes_du_noyau() -> Mapping[str, str]:
    phrases: dict[str, list[str]] = {}
    for repere in lire_reperes():
        phrase = escape(phrase_de(repere))
        if repere.adresse:
            phrase += f' <a href="{escape(repere.adresse)}" rel="noreferrer">Source</a>'
        for droit in repere.droits:
            phrases.setdefault(droit, []).append(f"<p>{phrase}</p>")
    return {
        droit: f'<details class="repere"><summary>Repère national</summary>{"".join(p)}</details>'
        for droit, p in phrases.items()
    }
