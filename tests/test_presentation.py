"""What readers see: French typography, tables, bars, links, and the partials that show them."""

from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from pilotage.demande import Demande
from pilotage.presentation import (
    avertissement,
    decimal,
    enumerer,
    intensite,
    nom_du_mois,
    nombre,
    phrase_base,
    pourcent,
)
from pilotage.presentation.chiffres import Chiffre, chiffres_cles
from pilotage.presentation.croisement import tableau_croisement
from pilotage.presentation.tableaux import tableau_distribution, tableau_mois
from pilotage.secret import Audience, pour_audience
from pilotage.statistiques import calculer
from pilotage.templatetags.pilotage_figures import barre
from tests.faits_generes import VARIABLES, Recueil, en_faits


@pytest.mark.parametrize(
    ("entier", "ecrit"),
    [(0, "0"), (999, "999"), (1234, "1\u202f234"), (1234567, "1\u202f234\u202f567")],
)
def test_les_nombres_separent_les_milliers(entier, ecrit):
    assert nombre(entier) == ecrit


def test_les_decimales_ont_une_virgule():
    assert decimal(1.625) == "1,6"
    assert decimal(1234.56, 2) == "1\u202f234,56"


@pytest.mark.parametrize(
    ("part", "base", "ecrit"),
    [
        (5, 19, ""),
        (0, 20, "0\u00a0%"),
        (247, 671, "37\u00a0%"),
        (1, 8 * 25, "1\u00a0%"),
        (1, 1000, "<\u00a01\u00a0%"),
        (999, 1000, ">\u00a099\u00a0%"),
        (20, 20, "100\u00a0%"),
    ],
)
def test_les_pourcentages_demandent_une_base_de_vingt(part, base, ecrit):
    assert pourcent(part, base) == ecrit


@pytest.mark.parametrize(
    ("total", "dit"), [(0, ""), (19, "ne sont pas calculés"), (29, "avec prudence"), (30, "")]
)
def test_les_petites_bases_sont_signalees(total, dit):
    phrase = avertissement(total, "situations")
    assert dit in phrase
    assert bool(phrase) == bool(dit)


def test_les_bases_les_mois_et_les_listes_se_lisent_en_francais():
    assert phrase_base(0, "situations") == "0\u00a0situation"
    assert phrase_base(1412, "situations") == "1\u202f412\u00a0situations"
    assert phrase_base(671, "non_recours") == "671\u00a0non-recours"
    assert nom_du_mois("2026-08") == "août 2026"
    assert enumerer(["a", "b", "c"], "ou") == "a, b ou c"


def test_l_ombre_va_de_rien_au_plus_grand():
    assert [intensite(n, 52) for n in (0, 1, 26, 52)] == ["i0", "i1", "i5", "i10"]


def test_une_barre_ne_porte_pas_de_style():
    assert 'width="64%"' in barre(64)
    assert "style" not in barre(64)
    with pytest.raises(ValueError):
        barre(101)


def recueil(numero: int, **reponses: str) -> Recueil:
    def bloc(portee: str):
        return {
            v.code: frozenset([reponses[v.code]] if v.code in reponses else [])
            for v in VARIABLES.values()
            if v.portee == portee
        }

    return Recueil(numero, 1, 312 + numero % 3, True, bloc("situation"), (bloc("non_recours"),))


RECUEILS = [
    *(recueil(i, type="NC", droit="rsa", age="a_18_24", obstacles="ob_num") for i in range(30)),
    *(recueil(30 + i, type="ND", droit="aspa", age="a_75p", issue="is_ouvert") for i in range(8)),
    *(recueil(40 + i, type="NR", droit="c2s") for i in range(2)),
]


def montrer(demande=None, audience=Audience.COMITE_TECHNIQUE, situations=RECUEILS):
    exact = calculer(
        en_faits(situations), demande or Demande(annee=2026), territoires=frozenset({1})
    )
    return pour_audience(exact, audience, 5)


def test_une_distribution_donne_barres_pourcentages_et_liens():
    tableau = tableau_distribution(montrer(), "type")
    assert (tableau.titre, tableau.base) == ("Type de non-recours", "40\u00a0non-recours")
    premiere, deuxieme = tableau.lignes[:2]
    assert (premiere.nom_de_type, premiere.largeur, premiere.pourcent) == (
        "non-connaissance",
        100,
        "75\u00a0%",
    )
    assert deuxieme.largeur == 27
    assert premiere.lien == "?annee=2026&f_type=NC"


def test_le_lien_d_une_ligne_filtree_retire_le_filtre():
    tableau = tableau_distribution(montrer(Demande(annee=2026).avec_filtre("type", "NC")), "type")
    assert tableau.lignes[0].est_active
    assert tableau.lignes[0].lien == "?annee=2026"


def test_sans_reponse_ne_filtre_pas():
    derniere = tableau_distribution(montrer(), "age").lignes[-1]
    assert (derniere.libelle, derniere.effectif, derniere.lien) == ("Sans réponse", "2", None)


def test_les_droits_sont_les_dix_premiers_ou_tous():
    droits = [recueil(i, droit=f"d{i}") for i in range(12)]
    variables = {"droit": VARIABLES["droit"]}
    codes = {i: ("droit", f"d{i}") for i in range(12)}
    faits = type(en_faits([])).depuis_lignes(
        [(s.id, 1, s.mois, True, []) for s in droits],
        [(s.id, [s.id]) for s in droits],
        codes,
        variables,
    )

    def tableau(demande):
        exact = calculer(faits, demande, territoires=frozenset({1}))
        return tableau_distribution(pour_audience(exact, Audience.COMITE_TECHNIQUE, 5), "droit")

    dix = tableau(Demande())
    assert (len(dix.lignes), dix.precision) == (10, "10 premiers sur 12")
    assert dix.bascule[1] == "?droits=tous"
    tous = tableau(Demande(droits_tous=True))
    assert (len(tous.lignes), tous.precision) == (12, "")


def test_hors_comite_technique_ni_lien_ni_barre_d_un_effectif_secret():
    tableau = tableau_distribution(montrer(audience=Audience.TERRITOIRE), "type")
    assert all(ligne.lien is None for ligne in tableau.lignes)
    secretes = [ligne for ligne in tableau.lignes if ligne.est_secrete]
    assert [(n.effectif, n.largeur, n.pourcent) for n in secretes] == [("secret", None, "")] * 2
    assert "(5)" in tableau.note_secret


def test_une_table_qui_cache_montre_toujours_sa_ligne_sans_reponse():
    tableau = tableau_distribution(montrer(audience=Audience.TERRITOIRE), "type")
    assert tableau.lignes[-1].libelle == "Sans réponse"
    assert tableau.lignes[-1].effectif == "0"


def test_les_mois_sont_groupes_par_annee_et_menent_a_un_mois():
    tableau = tableau_mois(montrer())
    ((annee, mois),) = tableau.annees
    assert (annee, [m.libelle for m in mois]) == ("2026", ["janvier", "février", "mars"])
    assert mois[0].lien == "?du=2026-01&au=2026-01"


def test_les_chiffres_cles_se_lisent_comme_des_phrases():
    lus = [" ".join((c.valeur, c.libelle, c.precision)) for c in chiffres_cles(montrer())]
    assert [texte.replace("\u00a0", " ") for texte in lus] == [
        "40 situations ",
        "40 non-recours signalés 1,0 par situation",
        "0 % cumulent au moins deux non-recours 0 situation",
        "0 % durent depuis plus d’un an 0 non-recours",
        "20 % droits ouverts 8 non-recours",
    ]


def test_sous_vingt_les_chiffres_cles_sont_des_effectifs():
    chiffres = chiffres_cles(montrer(situations=[recueil(1, issue="is_ouvert")]))
    assert (chiffres[0].valeur, chiffres[0].libelle) == ("1", "situation")
    assert (chiffres[-1].valeur, chiffres[-1].libelle, chiffres[-1].precision) == (
        "1",
        "droit ouvert",
        "sur 1\u00a0non-recours",
    )


CROISEE = Demande(annee=2026, croisement=("droit", "type"))


def test_un_croisement_porte_ombres_marges_et_liens():
    tableau = tableau_croisement(montrer(CROISEE))
    rsa = tableau.lignes[0]
    assert (rsa.entete.libelle, rsa.marge) == ("RSA", "30")
    assert [(c.texte, c.classe) for c in rsa.cases] == [("30", "i10"), ("0", "i0"), ("0", "i0")]
    assert rsa.cases[0].lien == "?annee=2026&f_droit=rsa&f_type=NC&lignes=droit&colonnes=type"
    assert rsa.cases[1].lien is None
    assert (tableau.pied, tableau.total) == (("30", "8", "2"), "40")


def test_un_croisement_en_pourcentage_dit_l_effectif_des_petites_bases():
    tableau = tableau_croisement(montrer(CROISEE.avec(affichage="ligne")))
    assert tableau.lignes[0].cases[0].texte == "100\u00a0%"
    assert tableau.lignes[1].cases[1].texte == "8\u202fsur\u202f8"
    assert tableau.lignes[1].marge == "8"
    assert tableau.pied[1] == "20\u00a0%"
    en_colonne = tableau_croisement(montrer(CROISEE.avec(affichage="colonne")))
    assert en_colonne.lignes[1].marge == "20\u00a0%"
    assert en_colonne.pied == ("30", "8", "2")


def test_un_choix_multiple_dit_que_les_marges_ne_sont_pas_des_sommes():
    demande = CROISEE.avec(croisement=("obstacles", "age"))
    notes = tableau_croisement(montrer(demande)).notes
    assert any("ne sont pas la somme" in note for note in notes)


class Page(HTMLParser):
    """The elements of a fragment; fails on a tag that is not closed in its turn."""

    def __init__(self, html: str):
        super().__init__()
        self.elements, self.ouverts = [], []
        self.feed(html)
        assert self.ouverts == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.ouverts.append(tag)

    def handle_endtag(self, tag):
        assert self.ouverts.pop() == tag

    def tous(self, tag: str) -> list[dict]:
        return [attributs for nom, attributs in self.elements if nom == tag]


def rendre(partiel: str, **contexte) -> tuple[str, Page]:
    html = render_to_string(f"pilotage/_{partiel}.html", contexte)
    page = Page(html)
    assert not any("style" in attributs for _, attributs in page.elements)
    return html, page


def test_le_partiel_d_une_distribution():
    html, page = rendre("distribution", tableau=tableau_distribution(montrer(), "type"))
    assert "Type de non-recours" in html
    assert [tr.get("data-type") for tr in page.tous("tr")] == [
        "non-connaissance",
        "non-demande",
        "non-reception",
        "non-proposition",
        "non-orientation",
        "indetermine",
    ]
    assert all(th["scope"] == "row" for th in page.tous("th"))
    assert page.tous("a")[0]["href"] == "?annee=2026&f_type=NC"
    assert [rect["width"] for rect in page.tous("rect")][:3] == ["100%", "27%", "7%"]


def test_le_partiel_d_une_distribution_protegee():
    tableau = tableau_distribution(montrer(audience=Audience.TERRITOIRE), "type")
    html, page = rendre("distribution", tableau=tableau)
    assert html.count('<td class="effectif secret">secret</td>') == 2
    assert len(page.tous("rect")) == len(tableau.lignes) - 2
    assert page.tous("a") == []


def test_le_partiel_d_une_annee_trop_petite():
    stats = montrer(audience=Audience.TERRITOIRE, situations=RECUEILS[:3])
    html, _ = rendre("distribution", tableau=tableau_distribution(stats, "type"))
    assert "Effectif trop faible pour être diffusé." in html
    html, _ = rendre("mois", tableau=tableau_mois(stats))
    assert "Effectif trop faible pour être diffusé." in html
    html, _ = rendre("chiffres", chiffres=chiffres_cles(stats))
    assert html.count("secret</strong>") == 2


def test_le_partiel_d_un_croisement():
    html, page = rendre("croisement", tableau=tableau_croisement(montrer(CROISEE)))
    (region,) = [div for div in page.tous("div") if div.get("role") == "region"]
    assert ("defile" in region["class"].split(), region["tabindex"]) == (True, "0")
    assert region["aria-label"].endswith("Droit et type de non-recours")
    assert {th["scope"] for th in page.tous("th")} == {"row", "col"}
    assert html.count("Ensemble") == 2


def test_les_partiels_des_mois_et_des_chiffres():
    html, page = rendre("mois", tableau=tableau_mois(montrer()))
    assert [th["scope"] for th in page.tous("th")] == ["rowgroup", "row", "row", "row"]
    html, _ = rendre("chiffres", chiffres=chiffres_cles(montrer()))
    assert "<strong>40</strong> situations" in html


def test_un_libelle_local_est_echappe():
    assert "&lt;b&gt;" in render_to_string(
        "pilotage/_chiffres.html", {"chiffres": [Chiffre("<b>", "situations")]}
    )
