"""« Le socle a évolué »: what it gained comes in, what it retired goes, the territory's stays."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from situations.adaptation import (
    ajouter_choix,
    deplacer_question,
    evolution,
    masquer_droit,
    modifier_question,
    prendre_evolution,
    problemes,
    retirer_question,
)
from situations.adaptation.document import questions
from situations.adaptation.ordre import deplaces
from situations.noyau import document_noyau
from tests.adaptations import adapter, atteintes_au_noyau, copie
from tests.definitions import condition, document_option, document_question

ANCIEN = document_noyau()


def question(noyau: dict, variable: str) -> dict:
    return questions(noyau)[variable]


def nouveau_noyau() -> dict:
    """A noyau that gained a question, a choice and a right, and retired one of each."""
    noyau = copie(ANCIEN)
    personne = noyau["sections"][1]["questions"]
    personne.insert(
        2, document_question("nationalite", "choix", liste="oui_non", noyau=True, libelle="UE ?")
    )
    personne.remove(question(noyau, "mobilite"))
    del noyau["listes"]["mobilite"]
    question(noyau, "sexe")["libelle"] = "Quel est son sexe ?"
    logement = noyau["listes"]["logement"]
    logement.insert(3, document_option("l_coloc", "Colocation"))
    logement[:] = [o for o in logement if o["code"] != "l_urg"]
    droits = noyau["listes"]["droits"]
    droits.insert(1, {**droits[0], "code": "nouveau", "libelle": "Nouveau droit"})
    droits[:] = [o for o in droits if o["code"] != "ass"]
    return noyau


def variables(doc: dict, section: int) -> list[str]:
    return [q["variable"] for q in doc["sections"][section]["questions"]]


def codes(doc: dict, liste: str) -> list[str]:
    return [option["code"] for option in doc["listes"][liste]]


def test_a_form_never_adapted_becomes_the_new_noyau():
    assert prendre_evolution(ANCIEN, ANCIEN, nouveau_noyau()) == nouveau_noyau()


def test_what_changes_is_said_in_sentences():
    changements = evolution(ANCIEN, nouveau_noyau(), ANCIEN)
    dites = [d.phrase.replace("\u00a0", " ").replace("\u202f", " ") for d in changements]
    assert dites == [
        "« Sa mobilité » n’est plus posée.",
        "« Sexe » devient « Quel est son sexe ? ».",
        "Question ajoutée dans « La personne » : « UE ? ».",
        "« Quel est son logement ? » : choix retiré « Hébergement institutionnel ou hôtel ».",
        "« Quel est son logement ? » : choix ajouté « Colocation ».",
        "Droit masqué : « Allocation de solidarité spécifique (ASS) ».",
        "Droit proposé : « Nouveau droit ».",
    ]
    assert evolution(ANCIEN, ANCIEN, ANCIEN) == []


def test_the_words_the_order_and_the_hidden_things_of_a_territory_are_kept():
    doc = modifier_question(ANCIEN, "sexe", libelle="Genre")
    doc = deplacer_question(doc, "logement", section="personne", rang=0)
    doc = retirer_question(doc, "pcs")
    doc = masquer_droit(doc, "rsj")
    doc = ajouter_choix(doc, "logement", libelle="Caravane", code="l_caravane", raffine="l_mobile")
    apres = prendre_evolution(doc, ANCIEN, nouveau_noyau())
    assert question(apres, "sexe")["libelle"] == "Genre"
    assert variables(apres, 1)[:4] == ["logement", "age", "sexe", "nationalite"]
    assert "pcs" not in questions(apres)
    assert "rsj" not in codes(apres, "droits")
    assert codes(apres, "logement")[3] == "l_coloc"
    assert "l_caravane" in codes(apres, "logement")
    assert problemes(apres, nouveau_noyau()) == []


def test_a_question_that_the_noyau_now_requires_comes_back():
    noyau = copie(ANCIEN)
    question(noyau, "pcs")["doit_etre_posee"] = True
    doc = retirer_question(ANCIEN, "pcs")
    assert "pcs" in questions(prendre_evolution(doc, ANCIEN, noyau))


def test_a_condition_of_the_noyau_follows_it_and_still_holds_for_local_choices():
    noyau = copie(ANCIEN)
    question(noyau, "enfants")["condition"] = condition("famille", "f_mono", "f_couple0")
    doc = ajouter_choix(ANCIEN, "famille", libelle="Mère seule", code="f_mere", raffine="f_mono")
    apres = prendre_evolution(doc, ANCIEN, noyau)
    (clause,) = question(apres, "enfants")["condition"]["clauses"]
    assert clause["valeurs"] == ["f_mono", "f_couple0", "f_mere"]


def test_a_condition_on_a_retired_question_is_told():
    doc = modifier_question(ANCIEN, "sexe", aide="a")
    question(doc, "francais_ecrit")["condition"] = condition("mobilite", "mo_auto")
    apres = prendre_evolution(doc, ANCIEN, nouveau_noyau())
    assert [p.cle for p in problemes(apres, nouveau_noyau())] == ["question:francais_ecrit"]


@st.composite
def noyaux(draw) -> dict:
    """A noyau some edits away from the present one."""
    noyau = copie(ANCIEN)
    for n in range(draw(st.integers(0, 6))):
        draw(st.sampled_from(_EVOLUTIONS))(draw, noyau, n)
    return noyau


def _gagner_une_question(draw, noyau, n):
    ici = draw(st.sampled_from(noyau["sections"]))["questions"]
    posee = document_question(
        f"nouvelle_{n}", liste="oui_non", noyau=True, obligatoire=draw(st.booleans())
    )
    ici.insert(draw(st.integers(0, len(ici))), posee)


def _retirer_une_question(draw, noyau, _n):
    ici = draw(st.sampled_from(noyau["sections"]))["questions"]
    facultatives = [q for q in ici if q["variable"] in {"sexe", "pcs", "zone", "etape", "enjeu"}]
    if facultatives:
        ici.remove(draw(st.sampled_from(facultatives)))


def _changer_une_question(draw, noyau, n):
    changee = draw(st.sampled_from(list(questions(noyau).values())))
    nom = draw(st.sampled_from(["libelle", "aide", "obligatoire", "doit_etre_posee", "sensible"]))
    changee[nom] = f"Autre {n}" if isinstance(changee[nom], str) else True
    if changee["doit_etre_posee"]:
        changee["condition"] = None


def _gagner_un_choix(draw, noyau, n):
    options = noyau["listes"][draw(st.sampled_from(["logement", "famille", "motifs", "droits"]))]
    rang = draw(st.integers(0, len(options) - 1))
    options.insert(rang, {**options[rang], "code": f"n{n}", "libelle": f"Nouveau {n}"})


def _retirer_un_choix(draw, noyau, _n):
    options = noyau["listes"][draw(st.sampled_from(["logement", "famille", "motifs", "droits"]))]
    options.pop(draw(st.integers(0, len(options) - 1)))


_EVOLUTIONS = [
    _gagner_une_question,
    _retirer_une_question,
    _changer_une_question,
    _gagner_un_choix,
    _retirer_un_choix,
]
LENT = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@LENT
@given(st.data(), noyaux())
def test_taking_an_evolution_puts_the_form_on_the_new_noyau_once_and_for_all(data, nouveau):
    doc = adapter(data.draw, ANCIEN, pas=8)
    avant = copie(doc)
    apres = prendre_evolution(doc, ANCIEN, nouveau)
    assert doc == avant
    assert atteintes_au_noyau(apres, nouveau) == []
    assert prendre_evolution(apres, ANCIEN, nouveau) == apres
    assert bool(evolution(ANCIEN, nouveau, doc)) == (apres != doc)
    assert prendre_evolution(doc, ANCIEN, ANCIEN) == doc
    gagnees = questions(nouveau).keys() - questions(ANCIEN).keys()
    assert gagnees <= questions(apres).keys()
    retirees = questions(ANCIEN).keys() - questions(nouveau).keys()
    assert not retirees & questions(apres).keys()


@LENT
@given(st.data(), noyaux())
def test_what_a_territory_did_survives_an_evolution(data, nouveau):
    doc = adapter(data.draw, ANCIEN, pas=8)
    apres = prendre_evolution(doc, ANCIEN, nouveau)
    avant_, apres_ = questions(doc), questions(apres)
    for variable, posee in avant_.items():
        if not posee["noyau"]:
            assert apres_[variable]["libelle"] == posee["libelle"]
            assert apres_[variable]["condition"] == posee["condition"]
        elif variable in apres_ and posee["libelle"] != question(ANCIEN, variable)["libelle"]:
            assert apres_[variable]["libelle"] == posee["libelle"]
    masquees = questions(ANCIEN).keys() - avant_.keys()
    revenues = {v for v in masquees & apres_.keys() if not apres_[v]["doit_etre_posee"]}
    assert revenues == set()
    assert deplaces(list(avant_), list(apres_)) == []
    for liste in doc["listes"].keys() & apres["listes"].keys():
        locaux = [o["code"] for o in doc["listes"][liste] if o.get("local")]
        assert [o["code"] for o in apres["listes"][liste] if o.get("local")] == locaux
        assert deplaces(codes(doc, liste), codes(apres, liste)) == []
    droits_masques = set(codes(ANCIEN, "droits")) - set(codes(doc, "droits"))
    assert droits_masques.isdisjoint(codes(apres, "droits"))
