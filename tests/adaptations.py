"""Generated gestures of a territory on its form, and what must hold whatever it did."""

from copy import deepcopy
from functools import partial

from hypothesis import strategies as st

from situations import adaptation
from situations.adaptation.document import questions
from situations.adaptation.relations import relations
from situations.moteur.genres import GENRES
from situations.noyau import document_noyau, listes
from tests.definitions import LIBELLES, documents

_VIDE_OU_MOTS = st.one_of(st.just(""), LIBELLES)
_RANGS = st.one_of(st.none(), st.integers(-1, 8))
_BOOLEENS = st.booleans()
_BORNES = st.one_of(st.none(), st.integers(-3, 400))
_LIBELLES = st.one_of(LIBELLES, LIBELLES, st.just("Sexe"), st.just(""), st.just("long " * 80))


@st.composite
def documents_de_territoire(draw) -> dict:
    """Generated documents where some of the lists are the territory's own."""
    document = draw(documents())
    for options in document["listes"].values():
        if draw(_BOOLEENS):
            for option in options:
                option |= {"local": True, "raffine": None}
    return document


departs = st.one_of(st.builds(document_noyau), documents_de_territoire())


def _section(draw, doc):
    return draw(st.sampled_from([s["code"] for s in doc["sections"]] + ["inconnue"]))


def _variable(draw, doc):
    return draw(st.sampled_from([*questions(doc), "inconnue"]))


def _liste(draw, doc):
    return draw(st.sampled_from([*doc["listes"], "inconnue"]))


def _code(draw, doc, liste):
    """A code of a list, the territory's own more often than their number."""
    options = doc["listes"].get(liste, [])
    locaux = [o["code"] for o in options if o.get("local")]
    return draw(st.sampled_from([*(o["code"] for o in options), *locaux * 3, "inconnu"]))


def _code_libre(draw, prefixe):
    return f"{prefixe}_{draw(st.integers(0, 10**6))}"


def _ajouter_section(draw, doc):
    return partial(
        adaptation.ajouter_section,
        titre=draw(_LIBELLES),
        aide=draw(_VIDE_OU_MOTS),
        rang=draw(_RANGS),
    )


def _modifier_section(draw, doc):
    return partial(
        adaptation.modifier_section,
        code=_section(draw, doc),
        titre=draw(_LIBELLES),
        aide=draw(_VIDE_OU_MOTS),
    )


def _deplacer_section(draw, doc):
    return partial(
        adaptation.deplacer_section, code=_section(draw, doc), rang=draw(st.integers(0, 4))
    )


def _retirer_section(draw, doc):
    return partial(adaptation.retirer_section, code=_section(draw, doc))


def _ajouter_question(draw, doc):
    section, genre = _section(draw, doc), draw(st.sampled_from([*GENRES, "inconnu"]))
    proposes = [
        {"code": f"o{rang}", "libelle": libelle, "exclusif": rang == 2}
        for rang, libelle in enumerate(draw(st.lists(_LIBELLES, max_size=3)))
    ]
    fournie = draw(_BOOLEENS)
    geste = partial(
        adaptation.ajouter_question,
        genre=genre,
        libelle=draw(_LIBELLES),
        code=draw(st.sampled_from([_code_libre(draw, "q"), "sexe", "Mauvais code"])),
        aide=draw(_VIDE_OU_MOTS),
        obligatoire=draw(_BOOLEENS),
        options=proposes if fournie else None,
        liste=None if fournie else draw(st.sampled_from(["oui_non_nsp", "inconnue", None])),
        min=draw(_BORNES) if genre == "entier" else None,
        max=draw(_BORNES),
        classes=draw(st.sampled_from([None, [[0, 4], [5, None]], [[5, 2]]]))
        if genre == "entier"
        else None,
        rang=draw(_RANGS),
    )
    return lambda d: geste(d, section)


def _modifier_question(draw, doc):
    changements = {
        "libelle": _LIBELLES,
        "aide": _VIDE_OU_MOTS,
        "obligatoire": _BOOLEENS,
        "sensible": _BOOLEENS,
        "max": _BORNES,
        "genre": st.just("texte_long"),
    }
    noms = draw(st.sets(st.sampled_from(list(changements)), min_size=1, max_size=2))
    return partial(
        adaptation.modifier_question,
        variable=_variable(draw, doc),
        **{nom: draw(changements[nom]) for nom in sorted(noms)},
    )


def _dupliquer_question(draw, doc):
    return partial(
        adaptation.dupliquer_question,
        variable=_variable(draw, doc),
        code=_code_libre(draw, "copie"),
    )


def _deplacer_question(draw, doc):
    return partial(
        adaptation.deplacer_question,
        variable=_variable(draw, doc),
        section=_section(draw, doc),
        rang=draw(st.integers(0, 8)),
    )


def _retirer_question(draw, doc):
    return partial(adaptation.retirer_question, variable=_variable(draw, doc))


def _reprendre_question(draw, doc):
    reprises = questions(document_noyau())
    section = _section(draw, doc)
    absentes = [v for v in reprises if v not in questions(doc)] or list(reprises)
    variable = draw(st.sampled_from(absentes))
    return lambda d: adaptation.reprendre_question(d, reprises[variable], section, listes())


def _definir_condition(draw, doc):
    variable, source = _variable(draw, doc), _variable(draw, doc)
    liste = questions(doc).get(source, {}).get("liste")
    condition = {
        "mode": draw(st.sampled_from(["toutes", "une"])),
        "clauses": [
            {"variable": source, "valeurs": [_code(draw, doc, liste), _code(draw, doc, liste)]}
        ],
    }
    return partial(
        adaptation.definir_condition,
        variable=variable,
        condition=draw(st.sampled_from([condition, condition, None])),
    )


def _ajouter_choix(draw, doc):
    liste = _liste(draw, doc)
    return partial(
        adaptation.ajouter_choix,
        liste=liste,
        libelle=draw(_LIBELLES),
        code=_code_libre(draw, "l"),
        precision=draw(_VIDE_OU_MOTS),
        raffine=draw(st.sampled_from([_code(draw, doc, liste), None])),
        exclusif=draw(_BOOLEENS),
        rang=draw(_RANGS),
    )


def _modifier_choix(draw, doc):
    liste = _liste(draw, doc)
    return partial(
        adaptation.modifier_choix,
        liste=liste,
        code=_code(draw, doc, liste),
        libelle=draw(_LIBELLES),
        precision=draw(_VIDE_OU_MOTS),
    )


def _deplacer_choix(draw, doc):
    liste = _liste(draw, doc)
    return partial(
        adaptation.deplacer_choix,
        liste=liste,
        code=_code(draw, doc, liste),
        rang=draw(st.integers(0, 6)),
    )


def _retirer_choix(draw, doc):
    liste = _liste(draw, doc)
    return partial(adaptation.retirer_choix, liste=liste, code=_code(draw, doc, liste))


def _masquer_droit(draw, doc):
    return partial(adaptation.masquer_droit, code=_code(draw, doc, "droits"))


def _reprendre_droit(draw, doc):
    return partial(
        adaptation.reprendre_droit, option=draw(st.sampled_from(listes()["droits"][:30]))
    )


def _ajouter_droit(draw, doc):
    return partial(
        adaptation.ajouter_droit,
        libelle=draw(_LIBELLES),
        code=_code_libre(draw, "d"),
        domaine=draw(st.sampled_from(["ALIM", "INCONNU"])),
        raffine=draw(st.sampled_from([None, "aide_alim", "inconnu"])),
        organismes=draw(st.sampled_from([[], ["CCAS"], ["INCONNU"]])),
        nature="SRV",
        sensible=draw(_BOOLEENS),
    )


def _modifier_droit(draw, doc):
    return partial(
        adaptation.modifier_droit,
        code=_code(draw, doc, "droits"),
        libelle=draw(_LIBELLES),
        synonymes=draw(_VIDE_OU_MOTS),
    )


def _retirer_droit(draw, doc):
    return partial(adaptation.retirer_droit, code=_code(draw, doc, "droits"))


def _prendre_module(draw, doc):
    return partial(adaptation.prendre_module, module=draw(st.sampled_from(adaptation.modules())))


_GESTES = [
    _ajouter_section,
    _modifier_section,
    _deplacer_section,
    _retirer_section,
    _ajouter_question,
    _modifier_question,
    _dupliquer_question,
    _deplacer_question,
    _retirer_question,
    _reprendre_question,
    _definir_condition,
    _ajouter_choix,
    _modifier_choix,
    _deplacer_choix,
    _retirer_choix,
    _masquer_droit,
    _reprendre_droit,
    _ajouter_droit,
    _modifier_droit,
    _retirer_droit,
    _prendre_module,
]


def tirer_geste(draw, doc: dict):
    """A gesture on `doc`, ready to be called with it; often one that must be refused."""
    return draw(st.sampled_from(_GESTES))(draw, doc)


def essayer(geste, doc: dict) -> tuple[dict, str | None]:
    """The document after a gesture and None, or the same document and why it was refused."""
    try:
        return geste(doc), None
    except adaptation.GesteImpossible as refus:
        return doc, refus.phrase


def adapter(draw, doc: dict, *, pas: int = 6) -> dict:
    """The document after up to `pas` gestures, those refused left out."""
    for _ in range(draw(st.integers(0, pas))):
        doc, _refus = essayer(tirer_geste(draw, doc), doc)
    return doc


def atteintes_au_noyau(doc: dict, noyau: dict) -> list[str]:
    """What of the noyau a territory changed without being allowed to; [] when it is whole."""
    trouvees = []
    places = {q["variable"]: s["portee"] for s in doc["sections"] for q in s["questions"]}
    posees = questions(doc)
    for section in noyau["sections"]:
        for originale in section["questions"]:
            variable = originale["variable"]
            posee = posees.get(variable)
            if posee is None:
                trouvees += [f"{variable} retirée"] if originale["doit_etre_posee"] else []
                continue
            attendue = originale | relations(originale, posees)
            for nom in ("libelle", "aide"):
                attendue[nom] = posee[nom]
            if not originale["obligatoire"]:
                attendue["obligatoire"] = posee["obligatoire"]
            if not originale["doit_etre_posee"]:
                attendue["condition"] = posee["condition"]
            trouvees += [variable] if attendue != posee else []
            trouvees += [f"portée de {variable}"] if places[variable] != section["portee"] else []
    for liste, options in doc["listes"].items():
        trouvees += _choix_atteints(liste, options, noyau["listes"].get(liste, []))
    return trouvees


def _choix_atteints(liste: str, options: list[dict], originales: list[dict]) -> list[str]:
    communs = {o["code"]: o for o in options if not o.get("local")}
    touches = [f"{liste}.{o['code']}" for o in originales if communs.get(o["code"], o) != o]
    if liste != "droits":
        touches += [f"{liste}.{o['code']}" for o in originales if o["code"] not in communs]
    return touches


def est_une_phrase(phrase: str) -> bool:
    """Whether a text reads as a French sentence: it starts as one, ends as one, says no code."""
    debut = phrase[:1]
    return (debut.isupper() or debut == "«") and phrase.endswith(".") and len(phrase.split()) > 3


def copie(doc: dict) -> dict:
    """What a document was, to be compared with what it is."""
    return deepcopy(doc)
