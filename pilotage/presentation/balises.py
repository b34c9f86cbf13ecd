"""Tables of one column as HTML: each line carries its bar, its count, its share, its past.

Written as strings, every text through `escape`: a dashboard has thousands of cells, and templates
would take most of its time. Attributes and classes only, never inline style.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from pilotage.demande import Demande
from pilotage.export.mots import ecrire, est_appariee, habitants, message_vide, notes_de, part
from pilotage.export.tableau import Ligne, TableauAffiche, Valeur
from pilotage.presentation.comparaison import Avant, ecart_en_mots
from pilotage.presentation.liens import Lien, Liens
from pilotage.presentation.noms import NOMS_DE_TYPE
from pilotage.presentation.typographie import INSECABLE, accorder
from pilotage.secret import CODE_AUTRES, SECRET
from pilotage.variables import SANS_REPONSE

# Lines that close a table, whatever its order.
FERMANTES = (SANS_REPONSE.code, CODE_AUTRES)
FICHIERS = (("csv", "Tableau (CSV)"), ("png", "Figure (PNG)"), ("svg", "Figure (SVG)"))
PRECISE, SECRETE, COURANT = ' class="precise"', ' class="secret"', ' aria-current="true"'


@dataclass(frozen=True, slots=True)
class Habillage:
    """What a page adds to a table: links, the period before, groups of lines, national rates.

    `premieres`: how many lines at first. `groupes`: the group of each answer, in the order of
    groups. `reperes`: by answer, what is known nationally, as HTML.
    """

    liens: Liens
    premieres: int | None = None
    avant: Avant | None = None
    groupes: Mapping[str, str] = field(default_factory=dict)
    reperes: Mapping[str, str] = field(default_factory=dict)


def lie(texte: str, lien: Lien, attributs: str = "") -> str:
    """A text already escaped, as a link when there is one."""
    return f'<a href="{escape(lien)}"{attributs}>{texte}</a>' if lien else texte


def barre(largeur: int, classe: str = "") -> str:
    """A horizontal bar, in percent of the room it has. Decorative: the count stands beside it."""
    classe = f' class="{classe}"' if classe else ""
    return f'<svg aria-hidden="true"{classe}><rect width="{largeur}%" height="100%" rx="2"></rect></svg>'


def notes(affiche: TableauAffiche) -> str:
    """The sentences under a table; the baromètre's own stands once, at the foot of the page."""
    return "".join(f'<p class="note">{escape(note)}</p>' for note in notes_de(affiche)[:-1])


def telecharger(affiche: TableauAffiche, exports: str, nom: str, demande: Demande) -> str:
    """The menu of a table's files; nothing when there is none to give."""
    if not exports or affiche.est_vide:
        return ""
    requete = f"?{escape(demande.adresse())}" if demande.adresse() else ""
    liens = "".join(
        f'<li><a href="{escape(exports)}{nom}.{forme}{requete}">{texte}</a></li>'
        for forme, texte in FICHIERS
    )
    return (
        '<details class="telecharger d-print-none"><summary>Télécharger'
        f'<span class="visually-hidden">{INSECABLE}: {escape(affiche.titre)}</span></summary>'
        f"<ul>{liens}</ul></details>"
    )


def vide(affiche: TableauAffiche) -> str:
    return f'<p class="mb-0">{message_vide(affiche)}</p>'


def bascule(affiche: TableauAffiche, habillage: Habillage, ancre: str) -> str:
    """The link to all the lines of a table, or to its first ones."""
    liens, premieres = habillage.liens, habillage.premieres
    nommees = sum(ligne.code not in FERMANTES for ligne in affiche.lignes)
    if premieres is None or nommees <= premieres:
        return ""
    if affiche.cle in liens.demande.complets:
        texte = f"Afficher les {premieres} premiers"
    else:
        texte = f"Afficher les {accorder(nommees, 'ligne', 'lignes')}"
    lien = f"{liens.completer(affiche.cle)}#{ancre}"
    nom = f'<span class="visually-hidden"> – {escape(affiche.titre)}</span>'
    return f'<p class="bascule d-print-none">{lie(texte + nom, lien)}</p>'


def retenues(affiche: TableauAffiche, habillage: Habillage) -> tuple[Ligne, ...]:
    """The lines to show: the first ones and those that close the table, unless all are asked."""
    premieres = habillage.premieres
    if premieres is None or affiche.cle in habillage.liens.demande.complets:
        return affiche.lignes
    nommees = [ligne for ligne in affiche.lignes if ligne.code not in FERMANTES]
    fermantes = [ligne for ligne in affiche.lignes if ligne.code in FERMANTES]
    return (*nommees[:premieres], *fermantes)


def en_groupes(
    affiche: TableauAffiche, lignes: Sequence[Ligne], habillage: Habillage
) -> list[tuple[str, list[Ligne]]]:
    """The lines under the names of their groups; one group without a name when there is none.

    Long tables are gathered in groups only once whole: the first lines keep their order.
    """
    groupes = habillage.groupes
    if not groupes or affiche.cle not in habillage.liens.demande.complets:
        return [(nom, list(suite)) for nom, suite in groupby(lignes, key=lambda x: x.groupe)]
    rangs = {nom: rang for rang, nom in enumerate(dict.fromkeys(groupes.values()))}

    def groupe(ligne: Ligne) -> str:
        return groupes.get(ligne.code) or groupes.get(ligne.raffine) or ""

    ranges = sorted(lignes, key=lambda ligne: rangs.get(groupe(ligne), len(rangs)))
    return [(nom or "Autres", list(suite)) for nom, suite in groupby(ranges, key=groupe)]


def distribution(affiche: TableauAffiche, habillage: Habillage) -> str:
    """A distribution, months, or the path: one line a value."""
    if affiche.est_vide:
        return vide(affiche)
    lignes = retenues(affiche, habillage)
    echelle = _Echelle(affiche)
    population = {n.code: p for n, p in zip(affiche.lignes, affiche.population, strict=False)}
    corps = []
    for nom, suite in en_groupes(affiche, lignes, habillage):
        corps.append("<tbody>")
        if nom:
            corps.append(
                f'<tr><th scope="rowgroup" colspan="7" class="groupe">{escape(nom)}</th></tr>'
            )
        corps += [_ligne(affiche, n, habillage, echelle, population.get(n.code)) for n in suite]
        corps.append("</tbody>")
    return (
        f'<table class="distribution">{_legende(affiche)}{_tete(affiche, habillage)}'
        f"{''.join(corps)}</table>"
    )


def _legende(affiche: TableauAffiche) -> str:
    return f'<caption class="visually-hidden">{escape(affiche.titre)}</caption>'


class _Echelle:
    """How long bars are: by count, or by share beside a population."""

    def __init__(self, affiche: TableauAffiche):
        self.est_appariee = est_appariee(affiche)
        self._n = affiche.n if self.est_appariee else 1
        self._habitants = habitants(affiche) if affiche.population else 0
        plus_grand = affiche.maximum() / (self._n or 1)
        if self.est_appariee:
            parts = [(p or 0) / self._habitants for p in affiche.population]
            plus_grand = max(plus_grand, *parts)
        self._maximum = plus_grand or 1

    def effectif(self, effectif: int) -> int:
        return self._largeur(effectif / (self._n or 1))

    def population(self, effectif: int) -> int:
        return self._largeur(effectif / self._habitants)

    def _largeur(self, part: float) -> int:
        return max(1, round(100 * part / self._maximum)) if part else 0


def _tete(affiche: TableauAffiche, habillage: Habillage) -> str:
    """Heads of columns; shown only when there is more to tell than a count and a share."""
    avant = habillage.avant
    serie = affiche.genre == "serie"
    colonnes = ["Mois" if serie else escape(affiche.nom_lignes or "Réponse"), "", "Effectif"]
    if not serie:
        colonnes.append("Part")
    if affiche.population:
        colonnes.append("Population")
    cases = "".join(
        f'<th scope="col">{texte}</th>' if texte else '<td class="barre"></td>'
        for texte in colonnes
    )
    if avant:
        cases += f'<th scope="col" colspan="2">{escape(avant.periode)}</th>'
    classe = "" if avant or affiche.population else ' class="visually-hidden"'
    return f"<thead{classe}><tr>{cases}</tr></thead>"


def _ligne(
    affiche: TableauAffiche,
    ligne: Ligne,
    habillage: Habillage,
    echelle: _Echelle,
    population: int | None,
) -> str:
    effectif = ligne.valeurs[0]
    nom, nombre_lie = _liens(affiche, ligne, habillage.liens)
    repere = habillage.reperes.get(ligne.code, "")
    attributs = ""
    if affiche.variable_lignes == "type" and ligne.code in NOMS_DE_TYPE:
        attributs = f' data-type="{NOMS_DE_TYPE[ligne.code]}"'
    dessin = barre(echelle.effectif(effectif)) if isinstance(effectif, int) else ""
    if population is not None and echelle.est_appariee:
        dessin += barre(echelle.population(population), "population")
    cases = [
        f'<tr{attributs}><th scope="row"{PRECISE if ligne.raffine else ""}>'
        f'{nom}{repere}</th><td class="barre">{dessin}</td>',
        _nombre(effectif, nombre_lie),
    ]
    if affiche.genre != "serie":
        cases.append(f'<td class="pourcent">{escape(part(effectif, affiche.n))}</td>')
    if affiche.population:
        cases.append(f'<td class="pourcent">{_part_de_population(population, affiche)}</td>')
    if habillage.avant:
        cases.append(_case_avant(effectif, habillage.avant.effectif(ligne.code)))
    return f"{''.join(cases)}</tr>"


def _nombre(effectif: Valeur, lien: Lien) -> str:
    if effectif is SECRET:
        return '<td class="effectif secret">secret</td>'
    return f'<td class="effectif">{lie(ecrire(effectif), lien if effectif else None)}</td>'


def _part_de_population(population: int | None, affiche: TableauAffiche) -> str:
    return escape(part(population, habitants(affiche))) if population is not None else ""


def _case_avant(effectif: Valeur, avant: Valeur) -> str:
    """« 41 » « 6 de plus »."""
    if avant is SECRET:
        return '<td class="avant secret">secret</td><td></td>'
    return f'<td class="avant">{ecrire(avant)}</td><td class="ecart">{ecart_en_mots(effectif, avant)}</td>'


def _liens(affiche: TableauAffiche, ligne: Ligne, liens: Liens) -> tuple[str, Lien]:
    """The name of a line, which filters, and where its count leads."""
    libelle = escape(ligne.libelle)
    if affiche.genre == "serie":
        demande = liens.demande.avec(du=ligne.code, au=ligne.code)
        vers = liens.mois(ligne.code) if ligne.valeurs[0] else None
        return lie(libelle, vers), liens.situations_de(demande)
    if affiche.genre == "parcours":
        return libelle, liens.toutes() if ligne.code == "reperes" else liens.etape(ligne.code)
    lien, est_active = liens.filtrer(affiche.variable_lignes, ligne.code)
    if est_active:
        libelle += (
            ' <span aria-hidden="true">×</span><span class="visually-hidden">'
            "(retirer ce filtre)</span>"
        )
    attributs = COURANT if est_active else ""
    return lie(libelle, lien, attributs), liens.situations((affiche.variable_lignes, ligne.code))


def chiffres(affiche: TableauAffiche, liens: Liens) -> str:
    """Key figures as a list of terms and numbers."""
    vers = {
        "situations": liens.situations_de(liens.demande),
        "validees": liens.situations_de(liens.demande.avec(validees_seulement=True)),
        "non_recours": liens.situations_de(liens.demande),
    }
    termes = "".join(
        f"<div><dt>{escape(ligne.libelle)}</dt>"
        f"<dd{SECRETE if ligne.valeurs[0] is SECRET else ''}>"
        f"{lie(ecrire(ligne.valeurs[0]), vers.get(ligne.code))}</dd></div>"
        for ligne in affiche.lignes
    )
    return f'<dl class="chiffres-simples">{termes}</dl>'


def base(affiche: TableauAffiche) -> str:
    """« 671 non-recours », the base of a table, under its title."""
    unites = "situations" if affiche.base == "situations" else "non-recours"
    precision = f", {affiche.precision_base}" if affiche.precision_base else ""
    if affiche.n is SECRET:
        return escape(f"Nombre de {unites}{INSECABLE}: secret{precision}")
    noms = ("situation", "situations") if affiche.base == "situations" else ("non-recours",) * 2
    return escape(f"{accorder(affiche.n, *noms)}{precision}")
