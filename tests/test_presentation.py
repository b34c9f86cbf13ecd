"""What readers see: French typography, tables, bars, links, and the partials that show them."""

import re
from dataclasses import replace

import pytest

from pilotage.demande import Demande
from pilotage.indicateurs import besoins
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
from pilotage.presentation.affiches import delai_median
from pilotage.presentation.balises import barre
from pilotage.presentation.chapitres import tables_nommees
from pilotage.presentation.chiffres import Chiffre, chiffres_cles
from pilotage.presentation.comparaison import avant_de
from pilotage.presentation.contexte import Contexte
from pilotage.presentation.cote_a_cote import COMPARES
from pilotage.presentation.liens import Liens
from pilotage.presentation.sections import Decor, Section, croisement_demande, sections_de
from pilotage.protegees import (
    SECRET,
    Audience,
    DistributionProtegee,
    LigneProtegee,
    StatistiquesProtegees,
)
from pilotage.secret import CODE_AUTRES, libre
from pilotage.statistiques import DURENT_PLUS_D_UN_AN, MOIS, Plan, calculer
from tests.faits_generes import VARIABLES, Recueil, en_faits
from tests.fenetre import Element, Lecteur

SITUATIONS = "/tableau-de-bord/situations/"


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


def recueil(numero: int, mois: int | None = None, **reponses: str) -> Recueil:
    def bloc(portee: str):
        return {
            v.code: frozenset([reponses[v.code]] if v.code in reponses else [])
            for v in VARIABLES.values()
            if v.portee == portee
        }

    mois = 312 + numero % 3 if mois is None else mois
    return Recueil(numero, 1, mois, True, bloc("situation"), (bloc("non_recours"),))


RECUEILS = [
    *(recueil(i, type="NC", droit="rsa", age="a_18_24", obstacles="ob_num") for i in range(30)),
    *(recueil(30 + i, type="ND", droit="aspa", age="a_75p", issue="is_ouvert") for i in range(8)),
    *(recueil(40 + i, type="NR", droit="c2s") for i in range(2)),
]
ANNEE = Demande(annee=2026)


def compter(demande: Demande = ANNEE, situations=RECUEILS) -> StatistiquesProtegees:
    faits = en_faits(situations)
    voulus = besoins()
    plan = Plan(
        distributions=(*voulus.distributions, "par_situation"),
        croisements=tuple(c for c in voulus.croisements if set(c) <= VARIABLES.keys()),
        cooccurrence=True,
    )
    return libre(calculer(faits, demande, territoires=frozenset({1}), plan=plan))


def decor_de(stats: StatistiquesProtegees, situations: str = SITUATIONS, **autres) -> Decor:
    return Decor(Liens.de(stats, situations), Contexte(), **autres)


def table(sections: tuple[Section, ...], cle: str) -> Element:
    """The table of this name, as a page reads it."""
    (html,) = [m.html for s in sections for m in s.morceaux if m.cle == cle]
    return Lecteur(html).racine


def lignes(racine: Element) -> dict[str, list[str]]:
    """label → the texts of its cells, the bar left out."""
    return {
        ligne.tous("th")[0].dit: [
            td.dit.replace("\u00a0", " ") for td in ligne.tous("td") if td["class"] != "barre"
        ]
        for ligne in racine.tous("tr")
        if ligne.tous("td") and ligne.tous("th")[0]["scope"] == "row"
    }


def liens(element: Element) -> list[str]:
    return [a["href"] for a in element.tous("a")]


def test_une_distribution_donne_barres_pourcentages_et_liens():
    stats = compter()
    racine = table(sections_de(stats, decor_de(stats)), "type")
    assert lignes(racine)["Non-connaissance"] == ["30", "75 %"]
    premiere = racine.tous("tbody")[0].tous("tr")[0]
    assert premiere["data-type"] == "non-connaissance"
    assert [rect["width"] for rect in racine.tous("rect")][:3] == ["100%", "27%", "7%"]
    assert liens(premiere) == ["?annee=2026&f_type=NC", f"{SITUATIONS}?annee=2026&c_type=NC"]


def test_le_lien_d_une_ligne_filtree_retire_le_filtre():
    stats = compter(ANNEE.avec_filtre("type", "NC"))
    premiere = table(sections_de(stats, decor_de(stats)), "type").tous("tbody")[0].tous("tr")[0]
    assert liens(premiere)[0] == "?annee=2026"
    assert "retirer ce filtre" in premiere.dit


def test_sans_reponse_se_compte_et_mene_a_ses_situations():
    stats = compter()
    racine = table(sections_de(stats, decor_de(stats)), "age")
    assert lignes(racine)["Sans réponse"][0] == "2"
    assert f"{SITUATIONS}?annee=2026&c_age=-" in liens(racine)


def test_plusieurs_territoires_ne_menent_pas_aux_situations():
    stats = compter()
    racine = table(sections_de(stats, decor_de(stats, situations="")), "type")
    assert all(lien.startswith("?") for lien in liens(racine))


def test_une_reponse_locale_est_sous_celle_qu_elle_precise():
    situations = [recueil(1, age="a_75p"), recueil(2, age="a_90p"), recueil(3, age="a_18_24")]
    stats = compter(situations=situations)
    racine = table(sections_de(stats, decor_de(stats)), "age")
    noms = list(lignes(racine))
    assert noms.index("90 ans et plus") == noms.index("75 ans et plus") + 1
    assert [th.dit for th in racine.tous("th") if th["class"] == "precise"] == ["90 ans et plus"]


def test_la_periode_d_avant_est_a_cote_et_l_ecart_dit_en_mots():
    avant = [recueil(100 + i, mois=305, type="NC", droit="rsa") for i in range(24)]
    stats = compter(situations=[*RECUEILS, *avant])
    precedentes = compter(Demande(annee=2025), situations=[*RECUEILS, *avant])
    sections = sections_de(stats, decor_de(stats, precedentes=precedentes))
    racine = table(sections, "type")
    assert racine.tous("thead")[0].dit.endswith("2025")
    assert lignes(racine)["Non-connaissance"][2:] == ["24", "6 de plus"]
    assert lignes(racine)["Non-demande"][2:] == ["0", "8 de plus"]
    assert lignes(table(sections, "mois"))["janvier"][1:] == ["0", "13 de plus"]
    chiffre = chiffres_cles(stats, precedentes, Liens.de(stats))[0]
    assert chiffre.avant.replace("\u00a0", " ") == "2025 : 24 (16 de plus)"


def test_une_part_se_compare_a_une_part():
    variable, (code, *_) = DURENT_PLUS_D_UN_AN[0], sorted(DURENT_PLUS_D_UN_AN[1])
    avant = [recueil(100 + i, mois=305, droit="rsa") for i in range(15)]
    longs = [recueil(200 + i, mois=305, droit="rsa", **{variable: code}) for i in range(5)]
    situations = [*RECUEILS, *avant, *longs]
    stats, precedentes = (compter(Demande(annee=a), situations=situations) for a in (2026, 2025))
    chiffres = chiffres_cles(stats, precedentes, Liens.de(stats))
    chiffre = next(c for c in chiffres if c.libelle == "durent depuis plus d’un an")
    assert chiffre.avant.replace("\u00a0", " ") == "2025 : 25 %"


def test_les_mois_d_un_trimestre_ne_se_comparent_pas_a_ceux_du_precedent():
    precedentes = compter()
    assert avant_de(precedentes, MOIS, Demande(annee=2027)) is not None
    assert avant_de(precedentes, MOIS, Demande(du="2027-01", au="2027-03")) is None


def test_ce_qui_a_perdu_son_nom_l_an_dernier_se_dit_secret():
    precedentes = compter()
    types = precedentes.distributions["type"]
    autres = LigneProtegee(CODE_AUTRES, "Autres réponses", SECRET, None)
    cachee = replace(types, lignes=(*types.lignes[1:], autres))
    avant = avant_de(montree(precedentes, type=cachee), "type", Demande(annee=2027))
    assert avant.effectif(types.lignes[0].code) is SECRET
    assert avant.effectif(types.lignes[1].code) == types.lignes[1].effectif
    assert avant.effectif(CODE_AUTRES) is SECRET
    assert avant_de(precedentes, "type", Demande(annee=2027)).effectif("NO") == 0


def test_rien_n_est_compare_avec_une_periode_sans_situation():
    stats, precedentes = compter(), compter(Demande(annee=2025))
    racine = table(sections_de(stats, decor_de(stats, precedentes=precedentes)), "type")
    assert "2025" not in racine.dit


def test_la_population_est_une_seconde_barre():
    stats = compter()
    population = {"a_18_24": 300, "a_75p": 100}
    decor = Decor(Liens.de(stats), Contexte(population=population))
    racine = table(sections_de(stats, decor), "age")
    assert len([svg for svg in racine.tous("svg") if svg["class"] == "population"]) == 2
    assert lignes(racine)["18-24 ans"] == ["30", "75 %", "75 %"]
    assert "n’en sont pas un échantillon" in racine.dit


def test_les_longues_listes_s_abregent_puis_se_montrent_par_groupes():
    situations = [recueil(i, droit="rsa") for i in range(3)] + [recueil(9, droit="aspa")]
    stats = compter(situations=situations)
    distribution = stats.distributions["droit"]
    autres = tuple(LigneProtegee(f"d{i}", f"Droit {i}", 1) for i in range(12))
    longue = replace(distribution, lignes=(*distribution.lignes, *autres))
    stats = replace(stats, distributions={**stats.distributions, "droit": longue})
    groupes = {"domaine": {"aspa": "Vieillesse", "rsa": "Ressources"}}
    courte = table(sections_de(stats, decor_de(stats, groupes=groupes)), "droit")
    assert len(lignes(courte)) == 10
    assert courte.tous("a")[-1]["href"] == "?annee=2026&complet=droit#t-droit"
    stats = replace(stats, demande=ANNEE.avec(complets=("droit",)))
    entiere = table(sections_de(stats, decor_de(stats, groupes=groupes)), "droit")
    titres = [th.dit for th in entiere.tous("th") if th["class"] == "groupe"]
    assert titres == ["Vieillesse", "Ressources", "Autres"]
    assert len(lignes(entiere)) == 14


def test_un_repere_national_accompagne_le_compte_sans_s_y_comparer():
    stats = compter()
    racine = table(sections_de(stats, decor_de(stats)), "droit")
    (repere,) = [d for d in racine.tous("details") if "Revenu de solidarité" in d.dit]
    assert "à titre de repère, non comparable" in repere.dit
    assert "Drees, 2018" in repere.dit


def croisee(**autres) -> StatistiquesProtegees:
    return compter(ANNEE.avec(croisement=("droit", "type"), **autres))


def test_un_croisement_porte_ombres_marges_et_situations():
    stats = croisee()
    racine = Lecteur(croisement_demande(stats, decor_de(stats)).html).racine
    rsa = racine.tous("tbody")[0].tous("tr")[0]
    assert [(td.dit, td["class"]) for td in rsa.tous("td")] == [
        ("30", "i10"),
        ("0", "i0"),
        ("0", "i0"),
        ("30", "marge"),
    ]
    assert liens(rsa)[1] == f"{SITUATIONS}?annee=2026&c_droit=rsa&c_type=NC"
    assert lignes(racine)["Ensemble"] == ["30", "8", "2", "40"]
    assert {th["scope"] for th in racine.tous("th")} == {"row", "col"}


def test_un_croisement_en_pourcentage_dit_l_effectif_des_petites_bases():
    stats = croisee(affichage="ligne")
    lues = lignes(Lecteur(croisement_demande(stats, decor_de(stats)).html).racine)
    assert lues["RSA"] == ["100 %", "0 %", "0 %", "30"]
    assert lues["Aspa"][1] == "8 sur 8"
    assert lues["Ensemble"][1] == "20 %"
    stats = croisee(affichage="colonne")
    lues = lignes(Lecteur(croisement_demande(stats, decor_de(stats)).html).racine)
    assert lues["Aspa"][3] == "20 %"
    assert lues["Ensemble (effectif)"] == ["30", "8", "2", "40"]


def test_la_troisieme_variable_donne_un_onglet_par_reponse():
    demande = ANNEE.avec(croisement=("droit", "type", "age"), onglet="a_75p")
    stats = compter(demande)
    racine = Lecteur(croisement_demande(stats, decor_de(stats)).html).racine
    onglets = racine.tous("nav")[0].tous("a")
    assert [a.dit for a in onglets] == ["Ensemble", "18-24 ans", "75 ans et plus", "Sans réponse"]
    assert [a.dit for a in onglets if a["aria-current"] == "true"] == ["75 ans et plus"]
    assert lignes(racine)["Aspa"][1] == "8"
    assert lignes(racine)["RSA"][0] == "0"
    cellule = [lien for lien in liens(racine) if "c_type=ND" in lien and "c_droit" in lien]
    assert cellule == [f"{SITUATIONS}?annee=2026&c_age=a_75p&c_droit=aspa&c_type=ND"]


def test_un_choix_multiple_dit_que_les_lignes_depassent_la_base():
    stats = compter()
    racine = table(sections_de(stats, decor_de(stats)), "obstacles")
    assert "Plusieurs réponses sont possibles" in racine.dit


def montree(stats: StatistiquesProtegees, **changees: DistributionProtegee):
    """What a batch shows: these distributions, no crossing, no key figure."""
    return replace(
        stats,
        audience=Audience.TERRITOIRE,
        seuil=5,
        distributions=changees,
        validees=None,
        cumul=None,
        plus_d_un_an=None,
        droits_ouverts=None,
        contributeurs=None,
        croisements={},
        cooccurrence=None,
        parcours=None,
    )


def secrete() -> StatistiquesProtegees:
    """What the comité de pilotage reads: two lines of types hidden."""
    stats = compter()
    types = stats.distributions["type"]
    petites = {n.code for n in types.lignes if 0 < n.effectif <= 10}
    lignes = tuple(
        n if n.code not in petites else replace(n, effectif=SECRET) for n in types.lignes
    )
    lues = ("droit", "age", "motif_principal", "mois")
    autres = {v: stats.distributions[v] for v in lues if v in stats.distributions}
    return montree(stats, **autres, type=replace(types, lignes=lignes))


def test_hors_comite_technique_ni_lien_ni_barre_d_un_effectif_secret():
    stats = secrete()
    racine = table(sections_de(stats, decor_de(stats)), "type")
    assert racine.tous("a") == []
    secretes = [td for td in racine.tous("td") if td["class"] == "effectif secret"]
    assert [td.dit for td in secretes] == ["secret", "secret"]
    assert len(racine.tous("rect")) == len(lignes(racine)) - 2
    assert "(5)" in racine.dit
    assert list(lignes(racine))[-1] == "Sans réponse"


def test_ce_qui_n_est_pas_donne_a_un_public_ne_parait_pas():
    stats = secrete()
    codes = [section.code for section in sections_de(stats, decor_de(stats))]
    assert codes == ["recueil", "non_recours", "droits", "types", "motifs_types", "profils"]
    assert {nom for nom, _ in tables_nommees(stats, Contexte())} >= {"type", "droit", "age"}


def test_un_croisement_secret_ne_dit_que_secret():
    stats = croisee()
    cellules = ((SECRET, 0, SECRET), (0, 8, 0), (SECRET, 0, SECRET))
    secret = replace(stats.croisements["droit", "type"], cellules=cellules)
    stats = replace(
        stats,
        audience=Audience.TERRITOIRE,
        seuil=5,
        croisements={("droit", "type"): secret},
    )
    racine = Lecteur(croisement_demande(stats, decor_de(stats)).html).racine
    assert lignes(racine)["RSA"] == ["secret", "0", "secret", "30"]
    assert "effectif inférieur au seuil" in racine.dit


def test_une_annee_trop_petite_le_dit():
    stats = compter(situations=RECUEILS[:3])
    vides = {
        v: replace(d, total=SECRET, lignes=(), sans_reponse=SECRET)
        for v, d in stats.distributions.items()
    }
    stats = replace(montree(stats, **vides), situations=SECRET, non_recours=SECRET)
    html = "".join(m.html for s in sections_de(stats, decor_de(stats)) for m in s.morceaux)
    assert html.count("Effectif trop faible pour être diffusé.") >= 5
    assert [c.valeur for c in chiffres_cles(stats, None, Liens.de(stats))] == ["secret", "secret"]


def test_les_chiffres_cles_se_lisent_comme_des_phrases():
    stats = compter()
    chiffres = chiffres_cles(stats, None, Liens.de(stats, SITUATIONS))
    lus = [" ".join((c.valeur, c.libelle, c.precision)) for c in chiffres]
    assert [texte.replace("\u00a0", " ") for texte in lus] == [
        "40 situations ",
        "40 non-recours signalés 1,0 par situation",
        "0 % cumulent au moins deux non-recours 0 situation",
        "0 % durent depuis plus d’un an 0 non-recours",
        "20 % droits ouverts 8 non-recours",
    ]
    assert chiffres[0].lien == f"{SITUATIONS}?annee=2026"
    seul = compter(situations=[recueil(1, issue="is_ouvert")])
    dernier: Chiffre = chiffres_cles(seul, None, Liens.de(seul))[-1]
    assert (dernier.valeur, dernier.libelle) == ("1", "droit ouvert")
    assert dernier.precision == "sur 1\u00a0non-recours"


def test_les_territoires_sont_cote_a_cote_par_ordre_alphabetique():
    ensemble, petit = compter(), compter(situations=RECUEILS[30:])
    cote_a_cote = {"Vans": ensemble, "Écrins": petit, "Drôme": petit}
    sections = sections_de(ensemble, decor_de(ensemble, ""), par_territoire=cote_a_cote)
    comparees = [s.numero for s in sections if '<th scope="col">Écrins' in s.morceaux[0].html]
    assert comparees == [1, 3, 4, 8, 11]
    assert len(COMPARES) == len(comparees)
    racine = table(sections, "type")
    entetes = [th.dit for th in racine.tous("thead")[0].tous("th")]
    assert entetes == ["Réponse", "Drôme", "Vans", "Écrins", "Ensemble"]
    assert lignes(racine)["Non-connaissance"] == ["0", "30", "0", "30"]


def test_ce_qu_un_territoire_ne_liste_pas_est_secret_ou_nul():
    """Among its hidden answers, it may be any of them; without hidden ones, it is a zero."""
    ensemble = compter()
    types = ensemble.distributions["type"]
    premiere, *_ = types.lignes
    sans = replace(types, lignes=(premiere,))
    caches = replace(sans, lignes=(premiere, LigneProtegee(CODE_AUTRES, "Autres", SECRET)))
    cote_a_cote = {
        nom: replace(ensemble, audience=Audience.NATIONAL, distributions={"type": d})
        for nom, d in (("Drôme", sans), ("Vans", caches))
    }
    racine = table(
        sections_de(ensemble, decor_de(ensemble, ""), par_territoire=cote_a_cote), "type"
    )
    deuxieme = lignes(racine)[types.lignes[1].libelle]
    assert deuxieme[:2] == ["0", "secret"]


def delais(*effectifs: int) -> DistributionProtegee:
    codes = ("de_m1", "de_1_3", "nsp")
    noms = ("Moins d’un mois", "De 1 à moins de 3 mois", "Ne sait pas")
    lues = tuple(map(LigneProtegee, codes, noms, effectifs))
    return DistributionProtegee("delai_ouverture", "", "non_recours", sum(effectifs), lues, 0)


@pytest.mark.parametrize(
    ("effectifs", "dit"),
    [((3, 1, 9), "moins d’un mois"), ((1, 3, 0), "de 1 à moins de 3 mois"), ((0, 0, 5), "")],
)
def test_le_delai_median_ne_compte_que_les_delais_connus(effectifs, dit):
    phrase = delai_median(delais(*effectifs))
    assert dit in phrase
    assert bool(phrase) == bool(dit)


def test_un_libelle_local_est_echappe():
    stats = compter()
    piege = DistributionProtegee(
        "piege", "<b>Question</b>", "situations", 5, (LigneProtegee("<i>", "<i>Oui</i>", 5),), 0
    )
    stats = replace(stats, distributions={**stats.distributions, "piege": piege})
    html = "".join(
        m.titre + m.html for m in sections_de(stats, decor_de(stats), ("piege",))[-1].morceaux
    )
    assert "&lt;i&gt;Oui&lt;/i&gt;" in html
    assert not re.search(r"<i>", html)


@pytest.mark.parametrize("croisement", [("droit", "type"), ("type", "droit")])
@pytest.mark.parametrize("comptee_seule", [True, False])
def test_un_croisement_range_une_reponse_locale_sous_celle_qu_elle_precise(
    croisement, comptee_seule
):
    situations = [
        *(recueil(n, droit="aspa_local", type="NC") for n in range(5)),
        *(recueil(10 + n, droit="rsa", type="ND") for n in range(4)),
        *(recueil(20 + n, droit="aspa", type="ND") for n in range(2)),
    ]
    stats = compter(ANNEE.avec(croisement=croisement), situations)
    decor = decor_de(stats)
    if not comptee_seule:
        # A variable that is only crossed: the form's list says what is local.
        stats = replace(stats, distributions={})
        contexte = Contexte(raffinements={"droit": {"aspa_local": "aspa"}})
        decor = replace(decor, contexte=contexte)
    racine = Lecteur(croisement_demande(stats, decor).html).racine
    precises = [th.dit for th in racine.tous("th") if th["class"] == "precise"]
    assert precises == ["Aspa et aide des Vans"]
    lues = lignes(racine)
    if croisement[0] == "droit":
        assert list(lues) == ["RSA", "Aspa", "Aspa et aide des Vans", "Ensemble"]
        assert lues["Aspa et aide des Vans"] == ["5", "0", "5"]
    else:
        # Each number went with its column.
        assert lues["Non-connaissance"] == ["0", "0", "5", "5"]
        assert lues["Ensemble"] == ["4", "2", "5", "11"]
