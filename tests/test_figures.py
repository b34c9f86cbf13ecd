"""The figures that leave the page: the same bytes for the same data, and nothing left unsaid."""

import ast
import hashlib
import io
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pilotage.export import Ligne, description_de
from pilotage.export.mots import PHRASE_DU_BAROMETRE
from pilotage.figures import figure_de
from pilotage.figures.cadre import commencer, finir
from pilotage.figures.couleurs import PALETTE
from pilotage.figures.texte import couper, largeur_de
from pilotage.figures.toile import DENSITE_PNG, Toile
from pilotage.presentation.noms import NOMS_DE_TYPE
from tests.bases import RACINE
from tests.tableaux_affiches import TOUS, ages, croisement, mois, tableau

SVG = "{http://www.w3.org/2000/svg}"
THEME = (RACINE / "static" / "css" / "theme.css").read_text(encoding="utf-8")
EMPREINTES = """
import hashlib, json
from pilotage.figures import figure_de
from tests.tableaux_affiches import TOUS
print(json.dumps({
    f"{cle} {forme}": hashlib.sha256(figure_de(affiche, forme)).hexdigest()
    for cle, affiche in TOUS.items() for forme in ("png", "svg")
}))
"""


def empreintes() -> dict[str, str]:
    return {
        f"{cle} {forme}": hashlib.sha256(figure_de(affiche, forme)).hexdigest()
        for cle, affiche in TOUS.items()
        for forme in ("png", "svg")
    }


@pytest.fixture
def textes(monkeypatch) -> list[str]:
    """Every line of text drawn."""
    ecrits: list[str] = []
    tracer = Toile.texte

    def noter(toile, x, y, texte, **style):
        ecrits.append(texte)
        tracer(toile, x, y, texte, **style)

    monkeypatch.setattr(Toile, "texte", noter)
    return ecrits


def recoller(textes: list[str]) -> str:
    return " ".join(textes)


def test_une_figure_est_identique_octet_pour_octet():
    """Twice here, and once in another process, with other hashes."""
    ici = empreintes()
    assert empreintes() == ici
    ailleurs = subprocess.run(
        [sys.executable, "-c", EMPREINTES],
        cwd=RACINE,
        env={"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin", "TZ": "Pacific/Auckland"},
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert json.loads(ailleurs.stdout) == ici


def test_des_figures_demandees_ensemble_sont_les_memes():
    affiches = [tableau(), ages(), mois(), croisement(5)] * 2
    une_a_une = [figure_de(affiche, "svg") for affiche in affiches]
    with ThreadPoolExecutor(4) as fils:
        assert list(fils.map(lambda affiche: figure_de(affiche, "svg"), affiches)) == une_a_une


@pytest.mark.parametrize("cle", TOUS)
def test_une_figure_dit_titre_base_periode_secret_et_ce_qu_elle_n_est_pas(cle, textes):
    affiche = TOUS[cle]
    figure_de(affiche, "png")
    ecrit = recoller(textes)
    assert affiche.titre in ecrit
    assert "n\u00a0=\u00a0" in ecrit
    assert affiche.periode_en_mots in ecrit
    assert PHRASE_DU_BAROMETRE in ecrit
    assert ("seuil de diffusion (5)" in ecrit) == affiche.note_secret


@pytest.mark.parametrize("cle", TOUS)
@pytest.mark.parametrize("largeur", [960, 390])
def test_une_case_secrete_s_ecrit_secret(cle, largeur, textes):
    affiche = TOUS[cle]
    figure_de(affiche, "png", largeur=largeur)
    cases = [
        valeur
        for i, ligne in enumerate(affiche.lignes)
        for valeur in (ligne.valeurs[: i + 1] if affiche.genre == "matrice" else ligne.valeurs)
    ]
    attendus = sum(not isinstance(v, int | float) and v is not None for v in cases)
    # In stacked bars a line of text names them one after the other.
    corps = [texte for texte in textes if "«" not in texte and "valeur secrète" not in texte]
    assert sum(len(re.findall(r"\bsecret\b", texte)) for texte in corps) >= attendus


@pytest.mark.parametrize("cle", TOUS)
@pytest.mark.parametrize("largeur", [960, 390, 320])
def test_aucun_texte_ne_deborde_de_la_figure(cle, largeur, monkeypatch):
    debordants = []
    tracer = Toile.texte

    def mesurer(toile, x, y, texte, *, taille=13, gras=False, cote="left", vertical=False, **style):
        tracer(toile, x, y, texte, taille=taille, gras=gras, cote=cote, vertical=vertical, **style)
        if vertical:
            return
        debut = x - {"left": 0, "right": 1, "center": 0.5}[cote] * largeur_de(texte, taille, gras)
        if debut < 0 or debut + largeur_de(texte, taille, gras) > toile.largeur + 0.5:
            debordants.append(texte)

    monkeypatch.setattr(Toile, "texte", mesurer)
    figure_de(TOUS[cle], "svg", largeur=largeur)
    assert debordants == []


@pytest.mark.parametrize("cle", TOUS)
def test_tous_les_libelles_sont_ecrits_en_entier(cle, textes):
    affiche = TOUS[cle]
    figure_de(affiche, "png")
    ecrit = recoller(textes).replace(" ", "")
    abreges = affiche.genre == "serie" and len(affiche.lignes) <= 12
    for ligne in affiche.lignes:
        assert abreges or ligne.libelle.replace(" ", "") in ecrit


@pytest.mark.parametrize("largeur", [320, 390, 960])
def test_une_figure_a_la_largeur_demandee(largeur):
    image = Image.open(io.BytesIO(figure_de(tableau(), "png", largeur=largeur)))
    assert image.width == largeur * DENSITE_PNG
    assert image.text == {"Title": "Type de non-recours"}


def test_un_svg_se_lit_sans_style_ni_police_et_se_dit():
    contenu = figure_de(croisement(), "svg")
    racine = ElementTree.fromstring(contenu)
    assert racine.get("role") == "img"
    assert racine.findtext(f"{SVG}title") == "Droit et type de non-recours"
    assert racine.findtext(f"{SVG}desc") == description_de(croisement())
    assert b"style" not in contenu
    assert b"<text" not in contenu
    assert b"http://" not in re.sub(rb"http://www\.w3\.org/", b"", contenu)


@pytest.mark.parametrize(
    ("n", "part", "mise_en_garde"),
    [(19, False, "ne sont pas calculés"), (20, True, "avec prudence"), (30, True, "")],
)
def test_les_petites_bases_n_ont_pas_de_pourcentage(n, part, mise_en_garde, textes):
    figure_de(tableau(n=n, lignes=(Ligne("Oui", (5,)), Ligne("Non", (n - 5,)))), "png")
    assert any(re.fullmatch(r"\d+\u00a0%", texte) for texte in textes) == part
    assert mise_en_garde in recoller(textes)


def test_la_population_ne_se_compare_que_d_assez_de_situations(textes):
    figure_de(ages(412), "png")
    assert "Population du territoire" in textes
    assert "6\u00a0%" in textes
    textes.clear()
    figure_de(ages(15), "png")
    assert "Population du territoire" not in textes
    assert "population du territoire" in textes


def test_les_nombres_sont_a_la_francaise(textes):
    figure_de(tableau(n=12345, lignes=(Ligne("Oui", (12345,)),)), "png")
    assert "12\u202f345" in textes
    assert "100\u00a0%" in textes


def test_une_longue_serie_se_couche(textes):
    figure_de(mois(12), "png")
    assert "janv." in textes
    textes.clear()
    figure_de(mois(36), "png", largeur=390)
    assert textes.count("janvier") == 3
    assert {"2024", "2025", "2026"} <= set(textes)


def test_le_libelle_d_un_territoire_ne_devient_ni_formule_ni_balise():
    etrange = "$x_1$ <b>&amp; {\\LaTeX} -- \x07 \ud800]]> 100 %"
    affiche = tableau(titre=etrange, lignes=(Ligne(etrange, (30,)),))
    assert figure_de(affiche, "png")
    racine = ElementTree.fromstring(figure_de(affiche, "svg"))
    assert "<b>&amp;" in racine.findtext(f"{SVG}title")


@given(
    st.text(st.characters(max_codepoint=0x24F), max_size=80),
    st.integers(40, 300),
)
@settings(max_examples=100, deadline=None)
def test_couper_garde_tout_le_texte_et_tient_dans_la_largeur(texte, largeur):
    lignes = couper(texte, largeur, 13)
    assert all(len(ligne) <= 1 or largeur_de(ligne, 13) <= largeur for ligne in lignes)
    lettres = [c for c in texte if c.isalnum()]
    assert [c for ligne in lignes for c in ligne if c.isalnum()] == lettres


def test_les_couleurs_sont_celles_du_theme():
    for nom, couleur in PALETTE.types.items():
        assert f"--type-{nom}: {couleur};" in THEME
    assert set(NOMS_DE_TYPE.values()) == set(PALETTE.types)
    for rang, couleur in enumerate(PALETTE.ombres):
        assert f"td.i{rang} {{ background: {couleur};" in THEME
    for jeton in (PALETTE.encre, PALETTE.encre_douce, PALETTE.trait, PALETTE.barre, PALETTE.marge):
        assert jeton in THEME


def test_chaque_type_a_sa_couleur():
    contenu = figure_de(tableau(), "svg").decode()
    assert all(f'fill="{couleur}"' in contenu for couleur in PALETTE.types.values())
    en_colonnes = figure_de(croisement(), "svg").decode()
    assert all(f'fill="{couleur}"' in en_colonnes for couleur in PALETTE.types.values())


def test_une_figure_trop_etroite_ou_d_une_autre_forme_est_refusee():
    with pytest.raises(ValueError):
        figure_de(tableau(), "png", largeur=200)
    with pytest.raises(ValueError):
        figure_de(tableau(), "gif")


def test_le_cadre_seul_tient_un_titre_de_deux_lignes():
    affiche = tableau(
        titre="Motifs de non-recours des personnes de 60 ans et plus logées en HLM " * 3
    )
    court, long = (commencer(t, 390, PALETTE) for t in (tableau(), affiche))
    finir(long, affiche)
    assert long.y > court.y + 40


def test_matplotlib_ne_se_charge_que_pour_les_figures_et_jamais_pyplot():
    qui = {
        str(chemin.relative_to(RACINE))
        for paquet in ("bnr", "territoires", "situations", "pilotage")
        for chemin in (RACINE / paquet).rglob("*.py")
        for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8")))
        for nom in (
            [alias.name for alias in noeud.names]
            if isinstance(noeud, ast.Import)
            else [noeud.module or ""]
            if isinstance(noeud, ast.ImportFrom)
            else []
        )
        if nom.startswith("matplotlib")
    }
    assert all(chemin.startswith("pilotage/figures/") for chemin in qui)
    sans = "import pilotage.export, pilotage.indicateurs, sys; print('matplotlib' in sys.modules)"
    avec = "import pilotage.figures, sys; print('matplotlib.pyplot' in sys.modules)"
    for programme in (sans, avec):
        sortie = subprocess.run(
            [sys.executable, "-c", programme],
            cwd=RACINE,
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert sortie.stdout.strip() == b"False"
